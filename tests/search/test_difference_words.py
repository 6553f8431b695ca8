"""The word lists of the comparison: sorted, each word once, and what the tests read from them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from search.compare.insubstantial import is_same, likeness
from search.compare.stakes import specifics, stake


def data(name):
    return tomllib.loads(files("search.compare").joinpath(name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "words",
    [
        *(table["words"] for table in data("stakes.toml").values()),
        *(table["words"] for table in data("lists.toml").values()),
        data("circles.toml")["heads"]["words"],
        data("circles.toml")["plain"]["words"],
        data("insubstantial.toml")["dropped"]["words"],
        data("insubstantial.toml")["addressees"]["words"],
    ],
)
def test_lists_are_sorted_and_say_each_word_once(words):
    assert words == sorted(set(words))


def test_no_word_stands_for_two_others():
    held = [word for group in data("insubstantial.toml")["same"] for word in group["words"]]
    assert len(held) == len(set(held))


# text, what it is for those it rules on
STAKES = [
    ("每亩补贴100元", "gain"),
    ("处100元罚款", "cost"),
    ("减半征收资源税", "gain"),  # what is taken less
    ("不得停车", "cost"),
    ("对论文不作要求", "gain"),
    ("会议室在二楼", "none"),
]


@pytest.mark.parametrize(("text", "expected"), STAKES)
def test_gain_or_burden(text, expected):
    assert stake(text) == expected


def test_a_direction_has_no_specifics():
    assert specifics("加强宣传，健全制度") == 0
    assert specifics("满3年的，可申请补贴200元") >= 3


def test_what_makes_no_difference():
    assert is_same("应当对技术人员给予补贴。", "对技术人才予以补贴")
    assert not is_same("补贴100元", "补贴200元")
    assert likeness("补贴100元", "补贴一百元") == 1
    assert likeness("补贴", "收费") == 0
