"""What is quoted of a rule begins and ends with whole words and phrases."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.compare.boundaries import clipped, trimmed, whole_phrase, whole_words, words_at
from search.compare.wording import one_quoted

LISTS = tomllib.loads(files("search.compare").joinpath("boundaries.toml").read_text(encoding="utf-8"))


def test_words_tile_what_is_no_mark_and_an_amount_is_one():
    text = "高等学校，每年不少于90学时；五年一轮"
    assert [text[start:end] for start, end in words_at(text)] == ["高等学校", "每年", "不少于90学时", "五年", "一轮"]


# text, a piece of it, the phrase that is quoted
PHRASES = [
    (
        "提高护理时长、护理质量、业务能力和口碑等权重",
        "护理时长、护理质量、业务",
        "护理时长、护理质量、业务能力",
    ),  # its noun
    ("推行“滨易办”改革", "易办", "“滨易办”"),  # a name whole
    ("离开养老机构的，补贴停发", "离开养老机构的", "离开养老机构"),  # no 的 left hanging
    ("落实《物业管理条例》要求", "管理条例", "《物业管理条例》"),
    ("对表现突出的社区工作者给予奖励", "突出", "表现突出的社区工作者"),  # what it says of whom
]


@pytest.mark.parametrize(("text", "piece", "expected"), PHRASES)
def test_a_piece_grows_to_its_phrase(text, piece, expected):
    start = text.index(piece)
    first, last = whole_phrase(text, start, start + len(piece))
    assert expected in text[first:last]


def test_words_of_one_rule_alone_do_not_run_on_into_another_predicate():
    text = "为养老事业做出积极贡献"
    assert text[slice(*whole_phrase(text, 1, 3, is_extra=True))] in {"养老", "养老事业"}


def test_a_long_quote_is_cut_behind_a_word():
    text = "组织社区医生、家庭医生、公共卫生人员和志愿者逐户上门为失能老人提供健康检查和护理服务"
    quoted = one_quoted(text, 0, len(text))
    assert quoted.endswith("…”")
    assert clipped(text, 0, len(text), 28) in {end for _, end in words_at(text)}
    assert trimmed(text, 0, len(quoted) - 3) == (0, len(quoted) - 3)


@given(st.text("公交、和的（）老年人免费“卡”，3年", min_size=1, max_size=20), st.integers(0, 19), st.integers(1, 20))
def test_quotes_stay_in_the_text_and_hold_the_piece(text, start, size):
    start = min(start, len(text) - 1)
    end = min(start + size, len(text))
    for first, last in (whole_words(text, start, end), whole_phrase(text, start, end), trimmed(text, start, end)):
        assert 0 <= first <= last <= len(text)
    first, last = whole_words(text, start, end)
    assert first <= start
    assert end <= last


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_lists_are_sorted_and_say_each_word_once(name):
    assert LISTS[name]["words"] == sorted(set(LISTS[name]["words"]))
