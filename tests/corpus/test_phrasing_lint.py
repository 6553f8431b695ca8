"""Faults of phrasings: each told at its line, and nothing told of phrasings that are in order."""

import pytest

from corpus import CorpusError, load_corpus
from corpus.phrasing_lint import NEAR, lint_phrasings
from corpus.phrasings import read_phrasings

TEXT = (
    "某县通知\n各乡镇：\n现通知如下：\n一、补助\n乡村医生每月发放补助六百元。\n"
    "村小教师每月发放补助\n三百元。\n二、培训\n每年培训不少于九十学时。\n三、附则\n本通知自发布之日起施行。\n"
)
DOCTORS = "> 乡村医生每月发放补助"
TEACHERS = "> 村小教师每月发放补助三百元"
TRAINING = "> 不少于九十学时"


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "questions").mkdir()
    (tmp_path / "texts").mkdir()
    for name in ("county", "town"):
        (tmp_path / "texts" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    return load_corpus(tmp_path)


def lint(corpus, *lines, name="county.txt"):
    (corpus.path / "questions" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return lint_phrasings(corpus)


def told(findings):
    """(kind, line, other line) of each fault."""
    return [(f.kind, f.line.number, f.other and f.other.number) for f in findings.faults]


CASES = [
    # A quote with a line wrap in it; a note and a near miss; a quote that is only a part of a sentence.
    (["# 说明", DOCTORS, "村里大夫一个月给多少", "# 注", "! 大夫的编制怎么算", "", TEACHERS, "村小一个月多少"], []),
    # Orphans.
    (["> 乡村医生每月发放奖金", "一个月奖多少"], [("quote_missing", 1, None)]),
    (["> 每月发放补助", "一个月给多少"], [("quote_repeated", 1, None)]),
    ([">", "一个月给多少"], [("quote_missing", 1, None)]),
    (["一个月给多少", "", DOCTORS, "大夫呢", "", "钱几号到"], [("no_quote", 1, None), ("no_quote", 6, None)]),
    # Rules without phrasings: at the end, before an empty line, before the next quote; near misses are phrasings.
    ([DOCTORS, "大夫多少钱", "", TEACHERS], [("empty_rule", 4, None)]),
    ([DOCTORS, "", TEACHERS, "# 待写", TRAINING, "! 学费谁出"], [("empty_rule", 1, None), ("empty_rule", 3, None)]),
    ([DOCTORS, "？？", "!"], [("empty_phrasing", 2, None), ("empty_phrasing", 3, None)]),
    # Duplicates: under one rule, under two of one clause; in another width, case, with other signs and blanks.
    ([DOCTORS, "大夫多少钱", "村医补多少", "大夫多少钱"], [("duplicate", 4, 2)]),
    ([DOCTORS, "算Ａ级吗？", TEACHERS, "算 a级 吗"], [("duplicate", 4, 2)]),
    ([DOCTORS, "大夫多少钱", "大夫，多少钱", "大夫多少钱？"], [("duplicate", 3, 2), ("duplicate", 4, 2)]),
    # Near misses twice in a document, whatever the clause.
    ([DOCTORS, "大夫多少钱", "! 几号到账", TRAINING, "要学多久", "! 几号到账？"], [("duplicate", 6, 3)]),
    # Answered and apart: a contradiction in one clause, just what near misses are for in two.
    ([DOCTORS, "大夫多少钱", "! 大夫多少钱？"], [("contradiction", 3, 2)]),
    ([DOCTORS, "! 老师多少钱", TEACHERS, "老师多少钱"], [("contradiction", 4, 2)]),
    ([DOCTORS, "大夫多少钱", TRAINING, "! 大夫多少钱", "要学多久"], []),
    # Two clauses.
    ([DOCTORS, "一年能有多少", TRAINING, "一年能有多少？"], [("two_clauses", 4, 2)]),
    # Near: 9 of 11 pairs are 0.82; the same in one clause is no fault; 8 of 12 are not near; one character.
    ([DOCTORS, "镇上卫生院一年能有多少", TRAINING, "镇上卫生院一年能有多大"], [("two_clauses", 4, 2)]),
    ([DOCTORS, "镇上卫生院一年能有多少", TEACHERS, "镇上卫生院一年能有多大"], []),
    ([DOCTORS, "镇上卫生院一年能有多少", TRAINING, "镇上卫生站一年能有多少"], []),
    ([DOCTORS, "钱", TRAINING, "钱？"], [("two_clauses", 4, 2)]),
]


@pytest.mark.parametrize(("lines", "expected"), CASES, ids=range(len(CASES)))
def test_each_fault_is_told_at_its_line(corpus, lines, expected):
    assert told(lint(corpus, *lines)) == expected


def test_a_fault_shows_both_places_as_written(corpus):
    [fault] = lint(corpus, DOCTORS, "一年能有多少？", TRAINING, "一年，能有多少").faults
    assert (fault.line.path, fault.line.text) == ("questions/county.txt", "一年，能有多少")
    assert (fault.other.path, fault.other.text) == ("questions/county.txt", "一年能有多少？")


def test_two_documents_may_be_asked_in_the_same_words(corpus):
    lint(corpus, DOCTORS, "一个月给多少", name="town.txt")
    assert lint(corpus, TRAINING, "一个月给多少").faults == ()


def test_a_file_of_no_document_is_told_and_the_examples_of_the_page_are_left_alone(corpus):
    lint(corpus, "在乡镇上班有没有补贴？", name="examples.txt")
    [fault] = lint(corpus, DOCTORS, "村里大夫一个月给多少", name="village.txt").faults
    assert (fault.kind, fault.line.path, fault.line.text) == ("no_document", "questions/village.txt", "village")


def test_clauses_that_no_answered_phrasing_points_at_are_noted(corpus):
    findings = lint(corpus, DOCTORS, "村里大夫一个月给多少", "", TRAINING, "! 学费谁出")
    assert findings.faults == ()
    assert [c.clause_id for c in findings.unasked] == ["county/2", "county/3", "town/1", "town/2", "town/3"]


def test_what_is_held_is_counted(corpus):
    findings = lint(corpus, DOCTORS, "多少", "! 编制怎么算", "", "> 没有这句", "一年要上多少课")
    assert (findings.rules, findings.phrasings) == (2, 3)


def test_a_corpus_without_phrasings_has_no_faults(corpus):
    (corpus.path / "questions").rmdir()
    findings = lint_phrasings(corpus)
    assert (findings.faults, findings.rules, len(findings.unasked)) == ((), 0, 6)


def test_a_file_in_another_encoding_is_refused(corpus):
    (corpus.path / "questions" / "county.txt").write_bytes(f"{DOCTORS}\n一个月给多少\n".encode("gb18030"))
    with pytest.raises(CorpusError, match=r"county\.txt.*UTF-8"):
        lint_phrasings(corpus)


def test_no_near_phrasing_is_missed(corpus):
    # Held against every pair compared: one character less is near (17 of 20 pairs or more), two less are mostly not.
    left = [f"镇上卫生院的{who}干满五年以后每月补助能有多少" for who in ("大夫", "护士", "老会计")]
    right = [text[:i] + text[i + 1 :] for text in left for i in range(len(text))]
    right += [text[:i] + text[i + 1 :] for text in right[::5] for i in range(0, len(text), 3)]
    right = sorted(set(right))
    pairs = {text: {text[i : i + 2] for i in range(len(text) - 1)} for text in (*left, *right)}
    near = {(a, b) for a in left for b in right if len(pairs[a] & pairs[b]) >= NEAR * len(pairs[a] | pairs[b])}
    found = lint(corpus, DOCTORS, *left, "", TRAINING, *right).faults
    assert {(f.other.text, f.line.text) for f in found} == near
    assert len(left) * 15 < len(near) < len(left) * len(right) / 2


def test_the_shipped_phrasings_are_in_order():
    corpus = load_corpus()
    findings = lint_phrasings(corpus)
    assert findings.faults == ()
    assert findings.unasked == ()
    assert findings.phrasings == len(read_phrasings(corpus.path, corpus.documents))
