"""`clauselens accounts`, and the options of `serve` for an office."""

from __future__ import annotations

import io
import json

import pytest

import app
import cli
from search.serving.accounts import read_accounts
from search.serving.passwords import fits
from search.serving.settings import Serving


@pytest.fixture
def path(tmp_path):
    return tmp_path / "accounts"


def typed(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def run(*arguments):
    return cli.main(["accounts", *map(str, arguments)])


def test_an_account_is_added_changed_listed_and_removed(monkeypatch, capsys, path):
    typed(monkeypatch, "secret-123\n")
    assert run("add", "李雷", "--auth-file", path) == 0
    assert "已加上：李雷" in capsys.readouterr().out
    typed(monkeypatch, "secret-456\n")
    assert run("add", "李雷", "--auth-file", path) == 0
    assert "已换密码：李雷" in capsys.readouterr().out
    assert fits("secret-456", read_accounts(path)["李雷"].password)
    assert run("list", "--auth-file", path, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"accounts": ["李雷"], "trainers": []}
    assert run("remove", "李雷", "--auth-file", path) == 0
    assert run("list", "--auth-file", path) == 0
    assert "还没有账号" in capsys.readouterr().out


def test_a_trainer_is_made_kept_and_made_staff_again(monkeypatch, capsys, path):
    for more, is_trainer in ((["--trainer"], True), ([], True), (["--staff"], False), ([], False)):
        typed(monkeypatch, "secret-123\n")
        assert run("add", "李雷", "--auth-file", path, *more) == 0
        assert read_accounts(path)["李雷"].is_trainer is is_trainer
        capsys.readouterr()
        run("list", "--auth-file", path)
        assert ("（培训人员）" in capsys.readouterr().out) is is_trainer


def test_on_a_terminal_the_password_is_asked_twice_without_echo(monkeypatch, capsys, path):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stdin", Terminal("seen-on-screen\n"))
    answers = iter(["secret-123", "secret-123", "secret-123", "secret-124"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
    assert run("add", "li", "--auth-file", path) == 0
    assert fits("secret-123", read_accounts(path)["li"].password)
    assert run("add", "wang", "--auth-file", path) == 2
    assert "两次输入的密码不一样" in capsys.readouterr().err
    assert list(read_accounts(path)) == ["li"]


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [("li", "short", "密码有 5 个字符"), ("li", "", "密码有 0 个字符"), ("a:b", "secret-123", "冒号")],
)
def test_what_cannot_be_an_account_is_told(monkeypatch, capsys, path, name, password, said):
    typed(monkeypatch, f"{password}\n")
    assert run("add", name, "--auth-file", path) == 2
    assert said in capsys.readouterr().err
    assert not path.exists()


def test_a_broken_file_is_told_with_its_line(capsys, path):
    path.write_text("# 备注\nli\n", encoding="utf-8")
    path.chmod(0o600)
    assert run("list", "--auth-file", path) == 2
    assert f"{path} 第 2 行" in capsys.readouterr().err


def test_serve_hands_its_options_on(monkeypatch, path):
    given = {}
    monkeypatch.setattr(app, "serve", lambda *_, **options: given.update(options))
    assert cli.main(["serve", "--auth-file", str(path), "--root-path", "/policy", "--rate", "60"]) == 0
    assert given["serving"] == Serving(path, "/policy", 60)
    assert app.main(["--auth-file", str(path), "--root-path", "/policy", "--rate", "60"]) == 0
    assert given["serving"] == Serving(path, "/policy", 60)
