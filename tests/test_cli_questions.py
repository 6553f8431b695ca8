"""`clauselens questions lint`, as who writes phrasings sees it."""

import json

import pytest
from clinics import write_clinics

import cli

RULES = """> 每名乡村医生每月发放补助600元
[大夫]一个月给多少
村医一个月能拿几个钱

> 大专以上学历的，学费由县级财政补助一半
村医一个月能拿几个钱？
! 学校谁来挑

> 乡村医生每月发放补助900元
涨到多少了
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "questions").mkdir()
    return write_clinics(tmp_path)


@pytest.fixture
def run(capsys):
    """Lints a corpus: (exit status, stdout, stderr)."""

    def main(folder, *options):
        status = cli.main(["questions", "lint", "--corpus", str(folder), *options])
        return status, *capsys.readouterr()

    return main


def write(folder, text):
    (folder / "questions" / "country.txt").write_text(text, encoding="utf-8")


def test_faults_are_bad_input_and_told_as_json(run, folder):
    write(folder, RULES)
    status, out, err = run(folder, "--json")
    assert (status, err) == (2, "")
    found = json.loads(out)
    path = "questions/country.txt"
    assert found["faults"] == [
        {
            "kind": "two_clauses",
            "path": path,
            "line": 6,
            "text": "村医一个月能拿几个钱？",
            "other": {"path": path, "line": 3, "text": "村医一个月能拿几个钱"},
        },
        {"kind": "quote_missing", "path": path, "line": 9, "text": "乡村医生每月发放补助900元", "other": None},
    ]
    assert (found["rules"], found["phrasings"]) == (3, 5)


def test_faults_are_shown_with_both_places_and_what_to_do(run, folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")  # wide enough that no cell is broken
    write(folder, RULES)
    status, out, err = run(folder)
    assert (status, err) == (2, "")
    assert "questions/country.txt:6" in out
    assert "questions/country.txt:3" in out
    assert "指向两条" in out
    assert "请照原文改" in out
    assert "3 处原文，5 条说法：2 处要改。" in out


def test_nothing_is_cut_short_on_a_narrow_terminal(run, folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    write(folder, RULES)
    _, out, _ = run(folder)
    assert "…" not in out


def test_a_phrasing_in_square_brackets_is_shown_as_it_is(run, folder):
    write(folder, RULES.replace("涨到多少了", "[大夫]一个月给多少").replace("900", "600"))
    _, out, _ = run(folder)
    assert "[大夫]" in out


def test_clauses_without_phrasings_are_only_a_note(run, folder):
    write(folder, "> 每名乡村医生每月发放补助600元\n村医一个月能拿几个钱\n")
    status, out, err = run(folder)
    assert (status, err) == (0, "")
    assert "没有要改的" in out
    assert "country/2/4" in out
    status, out, _ = run(folder, "--json")
    found = json.loads(out)
    assert (status, found["faults"]) == (0, [])
    assert {"kind": "unasked", "clause_id": "country/2/4", "label": "二、（四）", "heading": "完善养老保障"} in found[
        "notes"
    ]
    assert "country/2/3" not in {note["clause_id"] for note in found["notes"]}


def test_a_corpus_without_phrasings_is_no_failure(run, folder):
    status, out, err = run(folder, "--json")
    assert (status, json.loads(out)["rules"], err) == (0, 0, "")


def test_phrasings_in_another_encoding_are_refused_in_one_line(run, folder):
    (folder / "questions" / "country.txt").write_bytes(RULES.encode("gb18030"))
    status, out, err = run(folder)
    assert (status, out) == (2, "")
    assert "UTF-8" in err
    assert len(err.splitlines()) == 1


def test_the_tools_for_phrasings_are_listed_where_none_is_named(capsys):
    assert cli.main(["questions"]) == 2
    assert "lint" in capsys.readouterr().err
