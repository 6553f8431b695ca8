from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QuestionError
from search.question import LONGEST, check, question_words, understand

REFUSED = [
    ("", "空的"),
    ("   \u3000\t\n", "空的"),  # blanks of every width
    ("\x00\x01\x1f\x7f", "空的"),  # control characters, NUL among them
    ("\ud800\udfff", "空的"),  # lone surrogates
    ("\u200b\u202e\ufeff", "空的"),  # invisible marks
    ("。。？！——《》", "标点"),
    ("😀🎉👩‍⚕️", "标点"),
    ("___", "标点"),
    ("问" * 20_000, "20000 字"),
]


@pytest.mark.parametrize(("question", "said"), REFUSED)
def test_what_cannot_be_asked_is_refused_with_what_to_do(question, said):
    with pytest.raises(QuestionError) as error:
        check(question)
    assert said in str(error.value)
    assert "请" in str(error.value)
    assert error.value.exit_status == 2


def test_what_is_no_text_is_refused():
    with pytest.raises(QuestionError, match="NoneType"):
        check(None)


def test_the_longest_question_is_taken_and_one_more_character_is_not():
    assert len(check("问" * LONGEST)) == LONGEST
    with pytest.raises(QuestionError, match=str(LONGEST)):
        check("问" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("  培训\t学时  ", "培训 学时"),
        ("\ufeff培训学时", "培训学时"),  # byte order mark of a pasted file
        ("培训\x00学时", "培训 学时"),
        ("培训\u202e学时", "培训 学时"),  # turns the direction of writing
        ("\ud800培训学时", "培训学时"),
        ("培训😀学时", "培训😀学时"),
    ],
)
def test_controls_and_outer_blanks_go(question, kept):
    assert check(question) == kept


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("请问培训要多少学时啊？", "培训要学时?"),
        ("培訓學時", "培训学时"),  # traditional
        ("培训 57 号", "培训57号"),
        ("怎么办", ""),  # nothing but question words: they are searched for, rather than nothing
        ("为什么呢？", ""),
    ],
)
def test_content_is_what_is_left_of_a_question_without_question_words(question, content):
    assert understand(check(question)).content == content


def test_question_words_are_tried_longest_first():
    lengths = [len(word) for word in question_words()]
    assert lengths == sorted(lengths, reverse=True)


@given(st.text())
def test_any_text_is_refused_or_gives_content(text):
    try:
        checked = check(text)
    except QuestionError:
        return
    assert understand(checked).content.strip()
    assert check(checked) == checked
