"""Quantities as values: a table of text → (text found, low, high, unit, bound), most not from the texts shipped."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.measures import kind_of, measures, units
from search.quantities import quantities

# text, the words found in it, low, high, unit, bound
FOUND = [
    # numbers
    ("培训90学时", "90学时", 90, 90, "学时", "exact"),
    ("培训 90 学时", "90 学时", 90, 90, "学时", "exact"),
    ("满 1 年", "满 1 年", 1, None, "年", "min"),
    ("工资总额的1.5%列支", "1.5%", 1.5, 1.5, "%", "exact"),
    ("总额的１．５％列支", "１．５％", 1.5, 1.5, "%", "exact"),
    ("奖励３０００元", "３０００元", 3000, 3000, "元", "exact"),
    ("奖励5,000元", "5,000元", 5000, 5000, "元", "exact"),
    ("补助12,345.50元", "12,345.50元", 12345.5, 12345.5, "元", "exact"),
    ("工作十年的", "十年", 10, 10, "年", "exact"),
    ("教龄二十一年", "二十一年", 21, 21, "年", "exact"),
    ("见习期半年", "半年", 0.5, 0.5, "年", "exact"),
    ("学制两年", "两年", 2, 2, "年", "exact"),
    ("学制一年半", "一年半", 1.5, 1.5, "年", "exact"),
    ("带教两个半月", "两个半月", 2.5, 2.5, "个月", "exact"),
    ("资助三十万元", "三十万元", 300_000, 300_000, "元", "exact"),
    ("资助一万五千元", "一万五千元", 15_000, 15_000, "元", "exact"),
    ("投资8.5亿元", "8.5亿元", 850_000_000, 850_000_000, "元", "exact"),
    ("每千瓦时加价2分钱", "2分钱", 0.02, 0.02, "元", "exact"),
    ("约30余名教师", "30余名", 30, 30, "名", "exact"),
    ("一点五倍", "一点五倍", 1.5, 1.5, "倍", "exact"),
    ("補助三個月", "三個月", 3, 3, "个月", "exact"),  # traditional characters
    # shares
    ("百分之三十的岗位", "百分之三十", 30, 30, "%", "exact"),
    ("百分之50", "百分之50", 50, 50, "%", "exact"),
    ("百分之百", "百分之百", 100, 100, "%", "exact"),
    ("到会三分之二以上委员", "三分之二以上", 66.666667, None, "%", "min"),
    ("不超过五分之一", "不超过五分之一", None, 20, "%", "max"),
    ("百分之十至百分之十五", "百分之十至百分之十五", 10, 15, "%", "range"),
    ("学费由财政补助一半", "一半", 50, 50, "%", "exact"),
    ("占三成以上", "三成以上", 30, None, "%", "min"),
    ("提高2个百分点", "2个百分点", 2, 2, "百分点", "exact"),
    ("不低于采购金额的 30%", "不低于采购金额的 30%", 30, None, "%", "min"),
    ("不少于委员总数的三分之一", "不少于委员总数的三分之一", 33.333333, None, "%", "min"),
    # ranges
    ("约定3—5年服务期", "3—5年", 3, 5, "年", "range"),
    ("约定3-5年服务期", "3-5年", 3, 5, "年", "range"),
    ("约定３～５年服务期", "３～５年", 3, 5, "年", "range"),
    ("三至五年", "三至五年", 3, 5, "年", "range"),
    ("3年至5年", "3年至5年", 3, 5, "年", "range"),
    ("薪级工资高定一至两级", "一至两级", 1, 2, "级", "range"),
    ("年龄在40～45周岁", "40～45周岁", 40, 45, "岁", "range"),
    ("试行一两年", "一两年", 1, 2, "年", "range"),
    ("公示三五天", "三五天", 3, 5, "天", "range"),
    ("占60%—70%", "60%—70%", 60, 70, "%", "range"),
    ("罚款1万至3万元", "1万至3万元", 10_000, 30_000, "元", "range"),
    ("罚款5000至1万元", "5000至1万元", 5000, 10_000, "元", "range"),
    ("罚款1至3万元", "1至3万元", 10_000, 30_000, "元", "range"),
    ("十五至二十天", "十五至二十天", 15, 20, "天", "range"),
    # bounds before
    ("累计不少于 90 学时", "不少于 90 学时", 90, None, "学时", "min"),
    ("每年不低于120课时", "不低于120课时", 120, None, "课时", "min"),
    ("不得少于两篇", "不得少于两篇", 2, None, "篇", "min"),
    ("至少5名评委", "至少5名", 5, None, "名", "min"),
    ("教龄满二十五年", "满二十五年", 25, None, "年", "min"),
    ("超过48小时的", "超过48小时", 48, None, "小时", "min"),
    ("未满18周岁", "未满18周岁", None, 18, "岁", "max"),
    ("不满六年的", "不满六年", None, 6, "年", "max"),
    ("不足5周年", "不足5周年", None, 5, "年", "max"),
    ("不高于3倍", "不高于3倍", None, 3, "倍", "max"),
    ("不得超过五年", "不得超过五年", None, 5, "年", "max"),
    ("最多申报两次", "两次", 2, 2, "次", "exact"),  # a verb between: the bound is not read
    ("最多3次", "最多3次", None, 3, "次", "max"),
    ("达到80%以上", "达到80%以上", 80, None, "%", "min"),
    ("任期不超过两届", "不超过两届", None, 2, "届", "max"),
    ("补贴不低于每月300元", "不低于每月300元", 300, None, "元", "min"),
    # bounds behind
    ("工作5年以上", "5年以上", 5, None, "年", "min"),
    ("建立3 年及以上支援关系", "3 年及以上", 3, None, "年", "min"),
    ("硕士5年（含）以上", "5年（含）以上", 5, None, "年", "min"),
    ("50万元以上（含50万元）", "50万元以上（含50万元）", 500_000, None, "元", "min"),
    ("40\n周岁及以下", "40\n周岁及以下", None, 40, "岁", "max"),  # broken by a page
    ("放宽到 40 周岁及以下", "40 周岁及以下", None, 40, "岁", "max"),
    ("低于5分以内", "低于5分以内", None, 5, "分", "max"),
    ("7个工作日内公开", "7个工作日内", None, 7, "工作日", "max"),
    ("30日内答复", "30日内", None, 30, "日", "max"),
    ("选择10个左右城市", "10个左右", 10, 10, "个", "exact"),
    ("两个以上部门", "两个以上", 2, None, "个", "min"),
    ("提高1档", "1档", 1, 1, "档", "exact"),
    ("方圆3公里以内", "3公里以内", None, 3, "公里", "max"),
    # units of weight, warmth and waiting
    ("留样不少于125克", "不少于125克", 125, None, "克", "min"),
    ("钠不超过500毫克", "不超过500毫克", None, 0.5, "克", "max"),
    ("控制在14至24摄氏度", "14至24摄氏度", 14, 24, "℃", "range"),
    ("10日后可重新预约", "10日后", 10, 10, "日", "exact"),
    ("安排2次日常检查", "2次", 2, 2, "次", "exact"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found", "low", "high", "unit", "bound"), FOUND)
def test_a_quantity_is_read_as_its_value(text, found, low, high, unit, bound):
    [quantity] = quantities(text)
    assert quantity.text == found
    assert (quantity.low, quantity.high) == (low, high)
    assert (quantity.unit, quantity.bound) == (unit, bound)


NONE = [
    "2017年起施行",
    "2020年12月31日前",
    "2016—2020年规划",
    "一九九七年一月二十八日",
    "二〇二一年度",
    "每年3月15日",
    "3月底前",
    "4月14日20时35分",
    "渝人社发〔2017〕206号",
    "第三条第二款第（四）项",
    "第一次会议",
    "第二、三项",
    "（三）个人自愿",
    "三、人员范围",
    "2.人才引进",
    "十分重要",
    "进一步完善",
    "统一人事管理",
    "同一年度只能申报",
    "下一级学会",
    "三门峡市、九江市",
    "“三个代表”重要思想",
    "上半年完成",
    "十九大精神",
    "二年级学生",
    "90年代",
    "“十四五”时期",
    "多点执业",
    "一克服二落实",
]


@pytest.mark.parametrize("text", NONE)
def test_dates_numbers_of_documents_ordinals_and_numbering_are_none(text):
    assert quantities(text) == ()


def test_the_bound_behind_a_list_goes_for_all_of_it():
    found = quantities("工作10年、20年或30年以上的")
    assert [(q.text, q.low, q.high, q.bound) for q in found] == [
        ("10年", 10, None, "min"), ("20年", 20, None, "min"), ("30年以上", 30, None, "min"),
    ]  # fmt: skip


def test_several_stand_in_reading_order():
    found = quantities("满3年可评，奖励500元；2020年起每年培训不少于90学时。")
    assert [q.text for q in found] == ["满3年", "500元", "不少于90学时"]


@given(st.text("不少于超过满以上下内半两一二三五十百分之年月日个工作元万%级3590 .，、—-第至 约", max_size=40))
def test_whatever_the_text_each_is_a_slice_and_they_do_not_overlap(text):
    found = quantities(text)
    assert all(text[q.start : q.end] == q.text != "" for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for q in found:
        assert q.low is not None or q.high is not None
        assert q.bound != "range" or q.low != q.high


def test_the_lists_are_sorted_and_no_spelling_stands_twice():
    from importlib.resources import files

    lines = files("search").joinpath("units.txt").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    assert rows == sorted(rows)
    assert len({unit.spelling for unit in units()}) == len(units()) == len(rows)
    assert measures().before["不少于"] == "min"
    assert measures().before["少于"] == "max"
    assert kind_of("学时") == "time"
