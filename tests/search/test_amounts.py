"""Amounts across units, dates and turns of two rules."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from rules import pair

from search.compare.amounts import amounts, bound_of, comparable, size
from search.compare.dates import pull_of_dates, pull_of_turns
from search.compare.degrees import pull_of_degrees
from search.compare.force import pull_of_force, pull_of_leave
from search.compare.thresholds import equal_quantity, pulls_of_quantities
from search.quantities import quantities


def texts(text, other=""):
    return [amount.text for amount in amounts(text, other)]


def test_turns_grades_and_sums_of_lists_are_no_amounts():
    assert texts("每两年体检一次，每人600元") == ["600元"]
    assert texts("二级运动员由市县两级审批，奖励500元") == ["500元"]
    assert texts("缓缴养老、失业、工伤三项保险费") == []
    assert texts("设一个窗口") == []
    assert texts("设一个窗口", "设三个窗口") == ["一个"]  # counted by the other


def test_units_of_time_are_compared_where_they_may_be_one_thing():
    [hours], [days], [years] = amounts("48小时内"), amounts("5日内"), amounts("服务5年")
    assert comparable(hours, days)
    assert size(hours) < size(days)
    assert not comparable(days, years)


def test_a_bound_further_off_counts():
    text = "至少配备2名医生"
    assert bound_of(text, quantities(text)[0]) == "min"
    assert bound_of("配备2名医生", quantities("配备2名医生")[0]) == "exact"


# of, to: equal
EQUAL = [
    ("服务不少于60个月", "服务五年以上"),
    ("执法人员两名及以上", "执法人员不得少于2人"),
    ("至少配备2名医生", "配备医生不少于两名"),
    ("30日内办结", "一个月内办结"),
]


@pytest.mark.parametrize(("of", "to"), EQUAL)
def test_one_amount_in_other_units_is_equal(of, to):
    assert pulls_of_quantities(*pair(of, to)) == ()
    assert equal_quantity(*pair(of, to)).label == "一致"


# of, to, label
COMPARED = [
    ("收到通知后48小时内下架", "收到通知后5日内下架", "更严"),
    ("18—55周岁的农民可免费参加", "18至45周岁的农民可免费参加", "更宽"),
    ("放宽条件招聘的须服务满5年", "放宽条件招聘的须服务满3年", "更严"),  # a duty, not a gain
    ("10日后可重新预约", "20日后可重新预约", "更宽"),  # waited for
    ("每亩补贴80元", "每亩补贴100元", "更严"),
]


@pytest.mark.parametrize(("of", "to", "label"), COMPARED)
def test_higher_is_stricter_or_wider_by_what_it_measures(of, to, label):
    assert {pull.label for pull in pulls_of_quantities(*pair(of, to))} == {label}


# of, to, whether the dates differ
DATES = [
    ("1月31日前报送", "1月底前报送", False),
    ("3月1日至5月31日禁火", "3—5月禁火", False),
    ("每周二闭馆", "每周一闭馆", True),
    ("每年9月申报", "每年3月申报", True),
    ("7月31日前申报", "申报", False),
]


@pytest.mark.parametrize(("of", "to", "differ"), DATES)
def test_dates_are_compared_in_one_form(of, to, differ):
    pull = pull_of_dates(*pair(of, to))
    assert (pull is not None and pull.label == "不同") is differ


def test_a_duty_more_often_is_stricter():
    assert pull_of_turns(*pair("每季度应当演练一次", "每半年应当演练一次")).label == "更严"
    assert pull_of_turns(*pair("按季度发放津贴", "按月发放津贴")).label == "更严"  # a gain more seldom
    assert pull_of_turns(*pair("每年演练一次", "每年应演练一次")) is None


def test_two_ways_to_word_one_rule_do_not_pull():
    assert pull_of_force(*pair("未经批准，不得经营", "经营应当先取得批准")) is None
    assert pull_of_force(*pair("不再要求提交证明", "不得要求提交证明")) is None
    assert pull_of_force(*pair("不需购票", "免收门票")) is None
    assert pull_of_force(*pair("可给予适当补贴", "可给予补贴")) is None


def test_leave_that_has_to_be_asked_for():
    assert pull_of_leave(*pair("报单位备案", "须报主管部门批准")).label == "更宽"
    assert pull_of_leave(*pair("须报主管部门批准", "由负责人自主决定")).label == "更严"
    assert pull_of_leave(*pair("取消部门批准，改为备案", "实行备案")) is None


# of, to, label
DEGREES = [
    ("所有工地应当安装设备", "规模以上工地应当安装设备", "更严"),
    ("全体职工可申领补贴", "部分职工可申领补贴", "更宽"),  # reach of a gain
    ("困难职工全额报销", "困难职工减半报销", "更宽"),
    ("对违规企业吊销许可证", "对违规企业给予警告", "更严"),
]


@pytest.mark.parametrize(("of", "to", "label"), DEGREES)
def test_words_of_degree_are_strict_or_wide_by_their_scale(of, to, label):
    assert pull_of_degrees(*pair(of, to)).label == label
    assert pull_of_degrees(*pair(of, of)) is None


def test_no_word_of_degree_stands_on_two_steps():
    data = tomllib.loads(files("search.compare").joinpath("degrees.toml").read_text(encoding="utf-8"))
    words = [word for scale in data["scale"] for step in scale["steps"] for word in step]
    assert len(words) == len(set(words))
