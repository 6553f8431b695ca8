"""What two rules leave unsaid of each other, and the limits that one of them drops."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.compare.counterparts import counterparts
from search.compare.leftover import leftover, limits


def found(of, to):
    return leftover(of, to, counterparts(of, to))


def test_other_words_for_the_same_leave_nothing():
    left = found("证件丢失的可以补发", "证件遗失的可以补发")
    assert (left.of, left.to, left.marks_of, left.marks_to, left.is_marked) == (0, 0, 0, 0, False)


def test_what_a_rule_adds_is_left_over_on_its_side():
    left = found("实行网格化巡查，每月上报一次，由公安机关登记备案", "实行网格化巡查")
    assert left.of > left.to == 0
    assert left.marks_of > left.marks_to == 0
    assert left.part_of > left.part_to
    assert left.is_marked


# text, other, the limits of the first that the other lacks
DROPPED = [
    ("岗位可放宽至专业技术八级", "岗位可放宽", ["八级"]),
    ("补贴不超过5000元", "给予补贴", ["不超过5000元"]),
    ("补贴不超过5000元", "补贴最高5000元", []),  # the same in other words
    ("申请两项补贴的", "可申请两项补贴", []),
    ("三分之二以上业主同意", "达2/3以上业主同意", []),
    ("按100%的比例配建", "全部配建", []),
    ("不得晚于20点30分", "不得晚于20:30", []),  # a time of day is no amount
]


@pytest.mark.parametrize(("text", "other", "expected"), DROPPED)
def test_limits_that_are_dropped(text, other, expected):
    assert [text[start:end] for start, end in limits(text, other)] == expected


@given(st.text("补贴5元满三年八级不超过，。的", max_size=20), st.text("补贴5元满三年八级不超过，。的", max_size=20))
def test_numbers_are_shares_and_a_rule_leaves_nothing_of_itself(of, to):
    left = found(of, to)
    numbers = (left.of, left.to, left.part_of, left.part_to, left.marks_of, left.marks_to)
    assert all(0 <= number <= 1 for number in numbers)
    assert limits(of, of) == ()
