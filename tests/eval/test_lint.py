import re
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from corpus.errors import SuiteError
from corpus.load import load_corpus
from eval.lint import TERMS, coverage, lint, main, read_terms, report
from eval.suite import SUITES, load_suite

SHIPPED = SUITES / "three-texts"


@pytest.fixture
def linted(write_suite, line, made_corpus, tmp_path):
    """The findings for one `test` question over the made texts, with `files` in the corpus folder."""

    def check(question, terms=(), files=None, **fields):
        for name, content in (files or {}).items():
            (tmp_path / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "corpus" / name).write_text(content, encoding="utf-8")
        corpus = replace(made_corpus, path=tmp_path / "corpus")
        corpus.path.mkdir(exist_ok=True)
        folder = write_suite(line(**{"question": question, "split": "test", **fields}))
        return lint(load_suite(folder, made_corpus.documents), corpus, terms)

    return check


@pytest.mark.parametrize(
    ("question", "runs"),
    [
        ("山区学校每月发钱吗", ["山区学校每月"]),
        ("山区，学校：每月发钱吗", ["山区学校每月"]),  # marks do not hide it
        ("山區學校每月发钱吗", ["山区学校每月"]),  # nor do traditional characters
        ("山区学校每个月发钱吗", []),  # five in a row may be shared
        ("次月停发另有规定", ["次月停发另有", "月停发另有规", "停发另有规定"]),  # across a line of the text
    ],
)
def test_six_characters_of_a_text_in_a_row_are_a_copy(linted, question, runs):
    assert [repeat.text for repeat in linted(question).repeats] == runs


def test_an_earlier_question_may_not_copy_either(linted):
    findings = linted("停发呢", type="followup", history=["每月加发三百元吗"])
    assert [(repeat.query_id, repeat.doc_id) for repeat in findings.repeats] == [("q1", "town")] * 2


@pytest.mark.parametrize(
    ("terms", "repeats", "unneeded"),
    [
        (("山区学校每月",), 0, ()),
        (("山区学校",), 0, ()),  # what is left shares nothing
        (("山区学校", "高级职称"), 0, ("高级职称",)),  # no question has it
        (("发钱",), 1, ("发钱",)),  # it is there, and does not help
    ],
)
def test_a_listed_term_may_be_used_and_must_be_needed(linted, terms, repeats, unneeded):
    findings = linted("山区学校每月发钱吗", terms)
    assert (len(findings.repeats), findings.unneeded) == (repeats, unneeded)


@pytest.mark.parametrize(
    ("name", "content", "near"),
    [
        ("questions/a.txt", "山里老师多拿多少呢\n", True),
        ("questions/town/1.txt", "# 注\n山里老师，多拿多少？\n", True),  # but for the marks the same
        ("terms.tsv", "多拿多少\t补贴\n山里老师多拿多少\t乡镇工作补贴\n", True),  # one cell of a table
        ("questions/a.txt", "山里老师住哪里\n", False),
        ("texts/a.txt", "山里老师多拿多少\n", False),  # the texts themselves have a check of their own
        (".index/a.txt", "山里老师多拿多少\n", False),
    ],
)
def test_phrasings_of_the_corpus_may_not_be_test_questions(linted, name, content, near):
    found = linted("山里老师多拿多少", files={name: content}).near
    assert [(each.query_id, each.path) for each in found] == ([("q1", name)] if near else [])


def test_dev_questions_may_not_be_test_questions(write_suite, line, made_corpus, tmp_path):
    fields = {"type": "followup", "question": "那山里老师呢"}
    folder = write_suite(
        line(id="a", split="test"),
        line(id="b", split="dev", question="山里老师多拿多少？"),
        line(id="c", split="test", history=["补贴多少"], **fields),
        line(id="d", split="dev", history=["进修几年一次"], **fields),  # the same words after another question
    )
    suite = load_suite(folder, made_corpus.documents)
    (near,) = lint(suite, replace(made_corpus, path=tmp_path / "empty")).near
    assert (near.query_id, near.path, near.phrasing) == ("a", "dev", "山里老师多拿多少？")


def test_phrasings_may_be_dev_questions(linted):
    assert not linted("山里老师多拿多少", files={"questions/a.txt": "山里老师多拿多少\n"}, split="dev").near


def test_coverage_counts_clauses_that_answer(linted):
    gold = [
        {"doc": "town", "quote": "每月加发三百元", "grade": 2},
        {"doc": "town", "quote": "山区学校", "grade": 2},
        {"doc": "city", "quote": "每两年选派一次", "grade": 1},
    ]
    held = linted("山里老师多拿多少", gold=gold, silent=[]).coverage
    assert held.clauses == {"town/1": 1, "town/2": 0, "city/1": 0, "city/2": 0}
    assert held.asked_less_than(1) == ("town/2", "city/1", "city/2")
    assert (held.questions, held.types, held.splits) == (1, {"single": 1}, {"test": 1})


def test_what_is_found_is_printed(linted):
    out = StringIO()
    findings = linted("山区学校每月发钱吗", ("职称",), {"terms.tsv": "山区学校每月发钱吗\n"})
    report(findings, Console(file=out, width=120))
    for said in ("照抄原文：q1", "用不着的术语", "太像：q1", "town/2"):
        assert said in out.getvalue()


def test_terms_are_read_without_remarks(tmp_path):
    assert read_terms(tmp_path) == ()
    (tmp_path / TERMS).write_text("# 注\n\n职称\n", encoding="utf-8")
    assert read_terms(tmp_path) == ("职称",)
    (tmp_path / TERMS).write_bytes("职称".encode("gb18030"))
    with pytest.raises(SuiteError, match="UTF-8"):
        read_terms(tmp_path)


def test_the_command_fails_for_a_suite_that_is_not_there(capsys):
    assert main(["no-such-suite"]) == 2
    assert "three-texts" in capsys.readouterr().err


# The shipped suite


@pytest.fixture(scope="module")
def shipped_corpus():
    return load_corpus()


@pytest.fixture(scope="module")
def shipped(shipped_corpus):
    return load_suite(SHIPPED, shipped_corpus.documents)


@pytest.fixture(scope="module")
def findings(shipped, shipped_corpus):
    return lint(shipped, shipped_corpus, read_terms(SHIPPED))


def test_no_shipped_question_copies_a_text(findings):
    assert findings.repeats == ()


def test_every_listed_term_is_needed(findings):
    assert findings.unneeded == ()


def test_the_listed_terms_are_sorted():
    terms = read_terms(SHIPPED)
    assert list(terms) == sorted(set(terms))


def test_nothing_in_the_corpus_folder_is_a_test_question(findings):
    assert findings.near == ()


def test_no_shipped_question_is_asked_twice(shipped):
    asked = [(*question.history, re.sub(r"\W", "", question.text)) for question in shipped.questions]
    assert len(set(asked)) == len(asked)


REQUIRED = {
    "all": 300,
    "none": 60,
    "multi": 50,
    "compare": 35,
    "followup": 20,
}
"""Questions that the suite has at least."""


def test_the_shipped_suite_asks_enough_of_every_type(findings):
    held = findings.coverage
    counts = {"all": held.questions, **held.types}
    assert {name: counts[name] for name, least in REQUIRED.items() if counts[name] < least} == {}


def test_half_of_the_noes_are_near_the_matter_or_elsewhere(findings):
    kinds = findings.coverage.kinds
    assert 2 * (kinds["near"] + kinds["elsewhere"]) >= sum(kinds.values())


def test_every_shipped_clause_is_asked_twice(findings):
    assert findings.coverage.asked_less_than(2) == ()


def test_both_parts_of_the_shipped_suite_ask_about_every_clause(shipped, shipped_corpus):
    for split in ("dev", "test"):
        held = coverage(shipped.part(split), shipped_corpus.documents)
        assert held.asked_less_than(1) == (), split
