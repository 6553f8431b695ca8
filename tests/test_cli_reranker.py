from __future__ import annotations

import json

import pytest
from clinics import TEXTS, write_clinics
from tiny_reranker import write_reranker

import app
import cli

QUESTION = "乡村医生每月发放补助多少"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_clinics(tmp_path_factory.mktemp("clinics"))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return write_reranker(tmp_path_factory.mktemp("reranker") / "tiny", "".join(TEXTS.values()))


@pytest.fixture
def run(capsys, folder):
    """Runs the command on the made texts: (exit status, JSON of stdout, stderr)."""

    def main(*arguments):
        status = cli.main([*map(str, arguments), "--corpus", str(folder), "--json"])
        out, err = capsys.readouterr()
        return status, json.loads(out), err

    return main


@pytest.mark.parametrize("name", ["ask", "search"])
def test_a_reranker_has_its_word_in_the_order(run, tiny, name):
    _, plain, _ = run(name, QUESTION)
    status, found, _ = run(name, QUESTION, "--reranker", tiny)
    assert status == 0
    assert [hit["clause_id"] for hit in found["hits"]] != [hit["clause_id"] for hit in plain["hits"]]
    assert {"rerank"} == found["hits"][0]["why"]["scores"].keys() - plain["hits"][0]["why"]["scores"].keys()


def test_its_name_may_stand_in_the_environment(run, tiny, monkeypatch):
    monkeypatch.setenv("CLAUSELENS_RERANKER", str(tiny))
    _, found, _ = run("search", QUESTION)
    assert "rerank" in found["hits"][0]["why"]["scores"]


@pytest.mark.parametrize(
    ("option", "instead"), [("--reranker", "本次不重排，其余照常"), ("--model", "本次改用内置模型")]
)
@pytest.mark.parametrize("name", ["ask", "search"])
def test_one_that_is_not_there_is_told_on_stderr_and_the_answer_still_comes(run, caplog, name, option, instead):
    _, plain, _ = run(name, QUESTION)
    status, found, _ = run(name, QUESTION, option, "no/such-model")
    assert status == 0
    assert found["hits"] == plain["hits"]
    [told] = caplog.messages
    assert "“no/such-model”" in told
    assert told.endswith(instead)


@pytest.mark.parametrize("option", ["--reranker", "--model"])
def test_one_that_is_broken_is_refused(folder, tmp_path, capsys, option):
    status = cli.main(["ask", QUESTION, "--corpus", str(folder), option, str(tmp_path)])
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert str(tmp_path) in err
    assert "不能加载" in err


@pytest.mark.parametrize("start", [cli.main, app.main], ids=["serve", "app.py"])
def test_the_page_is_served_with_both_models(start, monkeypatch):
    asked = []

    def open_engine(corpus_dir, **options):
        asked.append(options)
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "open_engine", open_engine)
    monkeypatch.setattr(app, "check_free", lambda *_: None)
    arguments = ["--model", "a", "--reranker", "b"]
    if start is cli.main:
        assert start(["serve", *arguments]) == 130
    else:
        with pytest.raises(KeyboardInterrupt):
            start(arguments)
    assert asked == [{"model": "a", "reranker": "b"}]


@pytest.mark.parametrize("option", ["--model", "--reranker"])
def test_figures_are_never_those_of_another_model(option, capsys):
    assert cli.main(["eval", "three-texts", option, "no/such-model"]) == 2
    out, err = capsys.readouterr()
    assert "no/such-model" in err
    assert out == ""
