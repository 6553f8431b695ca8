import re

import pytest

from corpus.errors import SuiteError
from eval.suite import SUITES, find_suite, load_suite

GOLD = {"doc": "town", "quote": "每月加发三百元", "grade": 2}


def test_gold_is_resolved_to_its_clause_and_span(write_suite, line, made_corpus):
    suite = load_suite(write_suite(line()), made_corpus.documents)
    (gold,) = suite.questions[0].gold
    assert gold.clause_id == "town/1"
    assert made_corpus.by_id["town"].text[gold.start : gold.end] == gold.quote == "每月加发三百元"


def test_line_breaks_and_blanks_in_a_quote_do_not_matter(write_suite, line, made_corpus):
    quote = "调离的次月\n停发。另有 规定"
    suite = load_suite(write_suite(line(gold=[{**GOLD, "quote": quote}])), made_corpus.documents)
    assert suite.questions[0].gold[0].quote == "调离的次月停发。\n另有规定"


def test_questions_keep_the_order_of_the_file_and_blank_lines_are_skipped(write_suite, line, made_corpus):
    folder = write_suite(line(id="b"), "", line(id="a"))
    assert [question.query_id for question in load_suite(folder, made_corpus.documents).questions] == ["b", "a"]


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"colour": "red"}, "colour", "不认识的字段"),  # a field nobody reads
        ({"type": "twofold"}, "type", "可写 single、multi"),  # a type that does not exist
        ({"question": 7}, "question", "应当是文字，写的是整数"),  # a wrong type
        ({"question": " "}, "question", "空的"),  # nothing asked
        ({"question": None}, "question", "缺少字段"),  # a field left out
        ({"gold": None}, "gold", "grade"),  # answerable, but no gold
        ({"question": "？？"}, "question", "标点"),  # nothing that could be asked
        ({"question": "问" * 2001}, "question", "2001"),  # a text, not a question
        ({"split": "train"}, "split", "可写 dev、test"),  # a part that does not exist
        ({"history": "补贴"}, "history", "应当是数组，写的是文字"),  # one question, but not as a list
        ({"none": 3}, "none", "应当是|不在可选"),
        ({"gold": [{**GOLD, "grade": 3}]}, "gold[0].grade", "可写 2、1|可写 1、2"),  # a grade that does not exist
        ({"gold": [{**GOLD, "note": "x"}]}, "gold[0].note", "不认识的字段"),  # an unknown field inside gold
        ({"gold": [{**GOLD, "doc": "village"}]}, "gold", "village"),  # a document that is not held
        ({"gold": [{**GOLD, "quote": "每月加发五百元"}]}, "gold[0].quote", "每月加发三百元"),  # shows the nearest text
        ({"gold": [{**GOLD, "quote": "停发。"}]}, "gold[0].quote", "不止一处"),  # found twice in one clause
        ({"gold": [{**GOLD, "quote": "三百元。（二）停发"}]}, "gold[0].quote", "town/1"),  # runs into the next clause
        ({"gold": []}, "gold", "grade"),  # answerable, but by nothing
        ({"gold": [{**GOLD, "grade": 1}]}, "gold", "grade"),  # support alone does not answer
        ({"silent": ["village"]}, "silent", "village"),  # silent, but not held
        ({"silent": ["town"]}, "silent", "town"),  # silent and answering at once
        ({"type": "none"}, "none", "none"),  # a "no" of no kind
        ({"type": "none", "none": "far"}, "gold", "gold"),  # a "no" with an answer
        ({"type": "followup"}, "history", "history"),  # follows nothing
        ({"history": ["补贴多少"]}, "history", "history"),  # follows, but says single
        ({"expect": "silent"}, "expect", "silent"),  # answerable, but a "no" is expected
    ],
)
def test_a_line_that_does_not_fit_is_named(write_suite, line, made_corpus, fields, field, said):
    folder = write_suite(line(), line(**{"id": "q2", **fields}))
    with pytest.raises(SuiteError) as caught:
        load_suite(folder, made_corpus.documents)
    assert (caught.value.line, caught.value.field) == (2, field)
    assert caught.value.path.name == "questions.jsonl"
    assert re.search(said, str(caught.value))
    assert "xpected" not in str(caught.value)


@pytest.mark.parametrize("text", ["{", "[]", "山里老师多拿多少"], ids=["half an object", "an array", "no JSON"])
def test_a_line_that_is_no_object_is_named(write_suite, line, made_corpus, text):
    with pytest.raises(SuiteError, match="第 2 行"):
        load_suite(write_suite(line(), text), made_corpus.documents)


def test_an_id_given_twice_is_named(write_suite, line, made_corpus):
    with pytest.raises(SuiteError, match=r"第 3 行.*“q1”重复"):
        load_suite(write_suite(line(), line(id="q2"), line()), made_corpus.documents)


def test_a_suite_without_questions_is_an_error(write_suite, made_corpus):
    with pytest.raises(SuiteError, match="没有问题"):
        load_suite(write_suite(), made_corpus.documents)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("name", "nom"), "不认识的字段“nom”"),  # an unknown field
        (('"zh"', "3"), "language：应当是文字"),  # a wrong type
        (("title =", "title"), "TOML：第 2 行第"),  # no TOML
    ],
)
def test_a_suite_description_that_does_not_fit_is_an_error(write_suite, line, made_corpus, change, said):
    folder = write_suite(line())
    about = folder / "suite.toml"
    about.write_text(about.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(SuiteError, match=said):
        load_suite(folder, made_corpus.documents)


def test_a_file_that_is_not_utf_8_is_an_error(write_suite, line, made_corpus):
    folder = write_suite(line())
    (folder / "questions.jsonl").write_bytes("{问题}".encode("gb18030"))
    with pytest.raises(SuiteError, match="UTF-8"):
        load_suite(folder, made_corpus.documents)


def test_a_suite_is_found_by_name_or_folder(write_suite, line):
    folder = write_suite(line())
    assert find_suite(str(folder)) == folder
    assert find_suite("three-texts") == SUITES / "three-texts"


def test_an_unknown_suite_names_those_that_ship():
    with pytest.raises(SuiteError, match="three-texts"):
        find_suite("no-such-suite")


def test_a_suite_without_its_questions_is_an_error(write_suite, line, made_corpus):
    folder = write_suite(line())
    (folder / "questions.jsonl").unlink()
    with pytest.raises(SuiteError, match=r"questions\.jsonl.*没有这个文件"):
        load_suite(folder, made_corpus.documents)


def test_a_no_may_leave_out_what_it_has_not(write_suite, line, made_corpus):
    folder = write_suite(line(type="none", none="far", gold=None, silent=None))
    (question,) = load_suite(folder, made_corpus.documents).questions
    assert (question.gold, question.silent, question.none) == ((), (), "far")


def test_a_part_is_named_by_the_question_and_taken_by_part(write_suite, line, made_corpus):
    folder = write_suite(line(id="a", split="dev"), line(id="b", split="test"), line(id="c", split="dev"))
    suite = load_suite(folder, made_corpus.documents)
    assert [question.query_id for question in suite.part("dev").questions] == ["a", "c"]
    assert [question.query_id for question in suite.part("test").questions] == ["b"]
