from __future__ import annotations

import os
import stat

import pytest

from search.serving.accounts import AccountFile, add_account, read_accounts, remove_account
from search.serving.errors import AccountsError
from search.serving.passwords import fits, read_stored, stored

PASSWORD = "山区补贴三百元整"
GOOD = "scrypt$32768$8$3$eVNCqGDdYzI4tIBpsPpGPw==$/DBVZS9hSCqoN+CQvJmP7CyLS/yzaFA/48iZSoG+Pvg="
SALT, KEY = GOOD.split("$")[4:]
# a line of the file, what is said of it
BROKEN = [
    ("li", "没有冒号"),
    (f":{GOOD}", "名字有 0 个字"),
    (f"{'很' * 65}:{GOOD}", "名字有 65 个字"),
    (f"li lei:{GOOD}", "空白"),
    ("li:secret", "密码的格式不对"),  # a password as it is
    (f"li:bcrypt$32768$8$3${SALT}${KEY}", "密码的格式不对"),
    (f"li:scrypt$-1$8$3${SALT}${KEY}", "密码的格式不对"),
    (f"li:scrypt$30000$8$3${SALT}${KEY}", "N 是 30000"),  # no power of two
    (f"li:scrypt$1024$8$3${SALT}${KEY}", "N 是 1024"),  # too cheap
    (f"li:scrypt$32768$0$3${SALT}${KEY}", "r 是 0"),
    (f"li:scrypt$1048576$32$3${SALT}${KEY}", "r 是 32"),  # takes 4 GiB
    (f"li:scrypt$32768$8$99${SALT}${KEY}", "p 是 99"),
    (f"li:scrypt$32768$8$3$盐${KEY}", "不是 Base64"),
    (f"li:scrypt$32768$8$3$YWI=${KEY}", "盐有 2 字节"),
    (f"wang:{GOOD}", "wang 已有过一行"),
]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "accounts"
    add_account(path, "wang", PASSWORD)
    return path


def test_a_password_fits_itself_alone():
    held = stored(PASSWORD)
    assert fits(PASSWORD, held)
    assert not fits(PASSWORD[:-1], held)
    assert not fits("", held)
    assert read_stored(str(held)) == held


def test_two_that_have_one_password_do_not_show_it():
    assert stored(PASSWORD) != stored(PASSWORD)


@pytest.mark.parametrize("password", ["short77", "长" * 257])
def test_a_password_too_short_or_too_long_is_refused(password):
    with pytest.raises(AccountsError, match=f"密码有 {len(password)} 个字符"):
        stored(password)


def test_accounts_are_kept_for_their_owner_alone_and_without_the_password(path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PASSWORD not in path.read_text(encoding="utf-8")
    assert fits(PASSWORD, read_accounts(path)["wang"].password)


def test_remarks_and_order_stay(path):
    path.write_text(f"# 科室\n\n{path.read_text(encoding='utf-8')}# 完\n", encoding="utf-8")
    assert add_account(path, "李雷", PASSWORD) is True
    assert add_account(path, "wang", "another password") is False
    assert list(read_accounts(path)) == ["wang", "李雷"]
    assert fits("another password", read_accounts(path)["wang"].password)
    remove_account(path, "wang")
    assert list(read_accounts(path)) == ["李雷"]
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")] == [
        "# 科室",
        "# 完",
    ]


def test_removing_one_that_is_not_there_is_told(path):
    with pytest.raises(AccountsError, match="没有名为 li 的账号"):
        remove_account(path, "li")


@pytest.mark.parametrize(("line", "said"), BROKEN)
def test_a_line_that_does_not_fit_is_named(path, line, said):
    path.write_text(f"# 备注\n{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    with pytest.raises(AccountsError, match=said) as caught:
        read_accounts(path)
    assert caught.value.line == 3
    assert str(caught.value).startswith(f"{path} 第 3 行：")


def test_a_file_that_others_may_read_is_refused(path):
    path.chmod(0o640)
    with pytest.raises(AccountsError, match="chmod 600"):
        read_accounts(path)


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path):
    with pytest.raises(AccountsError, match="没有这个文件"):
        read_accounts(tmp_path / "none")
    (tmp_path / "odd").write_bytes(b"\xff\xfe")
    (tmp_path / "odd").chmod(0o600)
    with pytest.raises(AccountsError, match="UTF-8"):
        read_accounts(tmp_path / "odd")


def test_a_change_of_the_file_is_seen(path):
    file = AccountFile(path)
    assert list(file.accounts()) == ["wang"]
    add_account(path, "li", PASSWORD)
    assert list(file.accounts()) == ["wang", "li"]
    path.write_text("broken\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    for _ in range(2):  # and it stays broken until it is mended
        with pytest.raises(AccountsError, match="第 1 行"):
            file.accounts()
