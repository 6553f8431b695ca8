import json
import re

import pytest

from corpus.errors import SuiteError
from corpus.load import load_corpus
from eval.suite import SUITES, find_suite, load_suite
from indexer.fold import fold

GOLD = {"doc": "town", "quote": "每月加发三百元", "grade": 2}


def test_gold_is_resolved_to_its_clause_and_span(write_suite, line, made_corpus):
    suite = load_suite(write_suite(line()), "dev", made_corpus.documents)
    (gold,) = suite.questions[0].gold
    assert gold.clause_id == "town/1"
    assert made_corpus.by_id["town"].text[gold.start : gold.end] == gold.quote == "每月加发三百元"


def test_line_breaks_and_blanks_in_a_quote_do_not_matter(write_suite, line, made_corpus):
    quote = "调离的次月\n停发。另有 规定"
    suite = load_suite(write_suite(line(gold=[{**GOLD, "quote": quote}])), "dev", made_corpus.documents)
    assert suite.questions[0].gold[0].quote == "调离的次月停发。\n另有规定"


def test_questions_keep_the_order_of_the_file_and_blank_lines_are_skipped(write_suite, line, made_corpus):
    folder = write_suite(line(id="b"), "", line(id="a"))
    assert [question.query_id for question in load_suite(folder, "dev", made_corpus.documents).questions] == ["b", "a"]


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"colour": "red"}, "colour", "unknown field"),  # a field nobody reads
        ({"type": "twofold"}, "type", "twofold"),  # a type that does not exist
        ({"question": 7}, "question", "Expected `str`"),  # a wrong type
        ({"question": " "}, "question", ""),  # nothing asked
        ({"gold": None}, "gold", "missing"),  # a field left out
        ({"gold": [{**GOLD, "grade": 3}]}, "gold[0].grade", ""),  # a grade that does not exist
        ({"gold": [{**GOLD, "note": "x"}]}, "note", "unknown field"),  # an unknown field inside gold
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
        load_suite(folder, "dev", made_corpus.documents)
    assert (caught.value.line, caught.value.field) == (2, field)
    assert caught.value.path.name == "questions.jsonl"
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["{", "[]", "山里老师多拿多少"], ids=["half an object", "an array", "no JSON"])
def test_a_line_that_is_no_object_is_named(write_suite, line, made_corpus, text):
    with pytest.raises(SuiteError, match="第 2 行"):
        load_suite(write_suite(line(), text), "dev", made_corpus.documents)


def test_an_id_given_twice_is_named(write_suite, line, made_corpus):
    with pytest.raises(SuiteError, match=r"第 3 行.*“q1”重复"):
        load_suite(write_suite(line(), line(id="q2"), line()), "dev", made_corpus.documents)


def test_a_suite_without_questions_is_an_error(write_suite, made_corpus):
    with pytest.raises(SuiteError, match="没有问题"):
        load_suite(write_suite(), "dev", made_corpus.documents)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("name", "nom"), "nom"),  # an unknown field
        (('"zh"', "3"), "language"),  # a wrong type
        (("title =", "title"), "TOML"),  # no TOML
        (('"questions.jsonl"', '"gone.jsonl"'), "gone.jsonl"),  # a file that is not there
    ],
)
def test_a_suite_description_that_does_not_fit_is_an_error(write_suite, line, made_corpus, change, said):
    folder = write_suite(line())
    about = folder / "suite.toml"
    about.write_text(about.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(SuiteError, match=said):
        load_suite(folder, "dev", made_corpus.documents)


def test_an_unknown_split_names_those_there_are(write_suite, line, made_corpus):
    with pytest.raises(SuiteError, match="dev"):
        load_suite(write_suite(line()), "test", made_corpus.documents)


def test_a_file_that_is_not_utf_8_is_an_error(write_suite, line, made_corpus):
    folder = write_suite(line())
    (folder / "questions.jsonl").write_bytes("{问题}".encode("gb18030"))
    with pytest.raises(SuiteError, match="UTF-8"):
        load_suite(folder, "dev", made_corpus.documents)


def test_a_suite_is_found_by_name_or_folder(write_suite, line):
    folder = write_suite(line())
    assert find_suite(str(folder)) == folder
    assert find_suite("three-texts") == SUITES / "three-texts"


def test_an_unknown_suite_names_those_that_ship():
    with pytest.raises(SuiteError, match="three-texts"):
        find_suite("no-such-suite")


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_shipped_suite_asks_every_type_and_repeats_no_question(split):
    lines = (SUITES / "three-texts" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    assert len(questions) == 60
    assert {question["type"] for question in questions} == {"single", "multi", "compare", "none", "followup"}
    asked = {(*question.get("history", []), question["question"]) for question in questions}
    assert len(asked) == 60


def test_dev_and_test_share_no_question():
    asked = [
        set(re.findall(r'"question": "([^"]*)"', (SUITES / "three-texts" / f"{split}.jsonl").read_text("utf-8")))
        for split in ("dev", "test")
    ]
    assert not asked[0] & asked[1] - {"聊城呢？"}


@pytest.mark.parametrize("split", ["dev", "test"])
def test_every_gold_quote_of_the_shipped_suite_is_found_once(split):
    suite = load_suite(SUITES / "three-texts", split, load_corpus().documents)
    assert sum(bool(question.gold) for question in suite.questions) == 48
    assert {question.none for question in suite.questions} == {None, "far", "near", "elsewhere"}


def test_every_clause_of_the_shipped_texts_is_asked_about():
    documents = load_corpus().documents
    suites = [load_suite(SUITES / "three-texts", split, documents) for split in ("dev", "test")]
    asked = {gold.clause_id for suite in suites for question in suite.questions for gold in question.gold}
    held = {clause.clause_id for document in documents for clause in document.clauses if clause.kind != "signature"}
    assert not held - asked


@pytest.mark.parametrize("split", ["dev", "test"])
def test_no_question_repeats_six_characters_of_a_text(split):
    documents = load_corpus().documents
    texts = [_letters(document.text) for document in documents]
    for question in load_suite(SUITES / "three-texts", split, documents).questions:
        for asked in (question.text, *question.history):
            letters = _letters(
                re.sub(r"\w+〔\d{4}〕\d+号", " ", asked)
            )  # the number of a document cannot be put otherwise
            repeated = [
                letters[i : i + 6] for i in range(len(letters) - 5) if any(letters[i : i + 6] in t for t in texts)
            ]
            assert not repeated, question.query_id


def _letters(text):
    return re.sub(r"\W", "", fold(text))
