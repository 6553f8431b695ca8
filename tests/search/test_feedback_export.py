"""Feedback as judged questions: only what judges, in the format of the suites."""

from __future__ import annotations

from dataclasses import replace

import pytest
from clinics import write_clinics
from made_feedback import GIVEN, a_right, a_wrong, cited

from corpus.load import load_corpus
from search.feedback import Cited, Feedback, export, suite_lines, write_suite

QUOTE = "每名乡村医生每月发放补助600元。"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_clinics(tmp_path_factory.mktemp("exported"))


def exported(folder, *givens):
    held = [Feedback(number, "new", given) for number, given in enumerate(givens, 1)]
    return export(held, load_corpus(folder).documents)


def one(folder, given):
    found = exported(folder, given)
    assert found.left_out == {}
    (line,) = found.lines
    return line


def test_of_a_right_answer_the_quotes_shown_are_the_gold_and_silence_is_not_judged(folder):
    assert one(folder, replace(GIVEN, shown=(cited(folder, "country/2/3", QUOTE),))) == {
        "id": "feedback-1",
        "type": "single",
        "question": GIVEN.question,
        "gold": [{"doc": "country", "quote": QUOTE, "grade": 2}],
        "expect": "answered",
    }


def test_of_a_wrong_answer_the_right_clause_is_the_gold_whole(folder):
    line = one(folder, a_wrong(folder, ["country/2/4"], ["country/2/3"]))
    assert line["gold"] == [
        {"doc": "country", "quote": "（四）完善养老保障。年满60周岁的乡村医生退出岗位，按月领取养老补助。", "grade": 2}
    ]
    assert "expect" not in line


def test_several_clauses_and_a_conversation_have_types_of_their_own(folder):
    assert one(folder, a_right(folder, "country/2/3", "province/2/2"))["type"] == "multi"
    line = one(folder, a_right(folder, "country/2/3", history=("先问的",)))
    assert (line["type"], line["history"]) == ("followup", ["先问的"])


@pytest.mark.parametrize(
    ("status", "kind", "silent"),
    [
        ("not_held", "elsewhere", []),
        ("silent", "near", ["country", "province", "city"]),
        ("no_basis", "far", ["country", "province", "city"]),
    ],
)
def test_a_right_no_is_a_question_that_nothing_rules_on(folder, status, kind, silent):
    line = one(folder, replace(GIVEN, status=status))
    assert (line["type"], line["none"], line["silent"], line["expect"]) == ("none", kind, silent, status)
    assert "gold" not in line


def test_a_question_that_nothing_rules_on_has_no_history(folder):
    line = one(folder, a_wrong(folder, [], ["country/2/3"], history=("先问的",), standalone="全的", question="半"))
    assert (line["type"], line["question"], line["none"]) == ("none", "全的", "near")
    assert "history" not in line


def test_what_judges_nothing_is_left_out_and_counted(folder):
    found = exported(
        folder,
        a_wrong(folder, None),
        a_wrong(folder, None, question="另一问"),
        a_wrong(folder, [], chosen=("city",)),  # the other texts may rule on it
        replace(GIVEN, shown=(Cited("country/2/3", "改过的"),)),
        replace(GIVEN, shown=(Cited("moon/1", "（一）"),)),
    )
    assert found.lines == ()
    assert found.left_out == {"unknown": 2, "narrowed": 1, "stale": 2}


def test_of_a_question_judged_again_the_last_judgment_counts(folder):
    found = exported(
        folder, a_right(folder, "country/2/3"), a_wrong(folder, ["country/2/4"], question=f"{GIVEN.question}？")
    )
    assert [line["id"] for line in found.lines] == ["feedback-2"]
    assert found.left_out == {"repeated": 1}


def test_a_quote_that_stands_twice_gives_way_to_its_clause(tmp_path):
    (tmp_path / "twice.txt").write_text(
        "一、甲\n\n（一）先报。材料应当齐全。\n\n（二）后审。材料应当齐全。\n", encoding="utf-8"
    )
    line = one(tmp_path, replace(GIVEN, shown=(cited(tmp_path, "twice/1/2", "材料应当齐全。"),)))
    assert line["gold"] == [{"doc": "twice", "quote": "（二）后审。材料应当齐全。", "grade": 2}]


def test_it_is_written_with_what_a_suite_says_of_itself(folder, tmp_path):
    found = exported(folder, a_right(folder, "country/2/3"))
    write_suite(found, tmp_path / "new" / "questions.jsonl", "诊所“甲”")
    assert (tmp_path / "new" / "questions.jsonl").read_text(encoding="utf-8") == suite_lines(found)
    assert "诊所“甲”" in (tmp_path / "new" / "suite.toml").read_text(encoding="utf-8")
    write_suite(found, tmp_path / "lines.jsonl", "x")
    assert not (tmp_path / "suite.toml").exists()
