"""Whole phrases: cut at marks alone, never in a bracket; who and when quoted with what they lead to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Span
from search.brief.phrases import phrase, phrases
from search.brief.weight import weight

# a rule, and what is quoted of it
QUOTED = [
    # the number, with who it is for before it
    ("村医每年参加培训，累计不少于80学时。所在单位应加强管理。", "村医每年参加培训，累计不少于80学时"),
    # a condition is followed by what it leads to, however long
    (
        "在村卫生室连续从事医疗、公共卫生和健康管理工作满10年、20年、30年以上且每年考核均为合格等次的，可直接申报。另行通知",
        "在村卫生室连续从事医疗、公共卫生和健康管理工作满10年、20年、30年以上且每年考核均为合格等次的，可直接申报",
    ),
    # a mark in quotation marks parts nothing
    ("建立“县聘，乡用”的制度；完善机制", "建立“县聘，乡用”的制度"),
    ("不得收费", "不得收费"),
    ("。", "。"),
]


@pytest.mark.parametrize(("text", "quoted"), QUOTED)
def test_the_weightiest_phrase_is_quoted_with_what_belongs_to_it(text, quoted):
    span = phrase(text, weight)
    assert text[span.start : span.end] == quoted


def test_the_phrase_with_the_words_that_tell_comes_before_a_heavier_one():
    text = "每年培训不少于80学时。因病的可顺延。"
    near = Span(text.index("因病"), text.index("因病") + 2)
    span = phrase(text, weight, [near])
    assert text[span.start : span.end] == "因病的可顺延"


def test_only_phrases_that_may_be_quoted_are():
    text = "实行总量控制，比例单列，不得突破"
    parts = phrases(text)
    span = phrase(text, weight, within=[parts[1]])
    assert text[span.start : span.end] == "比例单列"


@given(st.text("甲乙丙1年的，。；、“”（）\n ", max_size=80))
def test_a_phrase_begins_and_ends_where_phrases_do(text):
    parts = phrases(text)
    assert all(text[part.start : part.end].strip() == text[part.start : part.end] for part in parts)
    span = phrase(text, weight)
    if parts:
        assert span.start in {part.start for part in parts}
        assert span.end in {part.end for part in parts}
