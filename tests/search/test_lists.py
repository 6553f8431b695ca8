"""Lists of rules: the items cut to what they name, and what an item more or less means."""

from __future__ import annotations

import pytest
from rules import pair

from search.compare.lists import is_listed, item_at, items, pull_of_lists

# text, its items
CUT = [
    ("医师考核对论文、外语不作要求", ["论文", "外语"]),  # no words before the list
    ("采取电话、短信、微信群等方式提醒", ["电话", "短信", "微信群"]),  # no tail
    ("可用体现工作水平的教案、病历等替代", ["教案", "病历"]),
    ("向教师、医生、护士倾斜", ["教师", "医生", "护士"]),  # no verb behind it
    ("严厉打击虚假住院、伪造病历等行为", ["虚假住院", "伪造病历"]),  # a verb with an adverb
    ("申报中、高级职称前应培训", []),  # 中、高级 is one word
    ("服务满1年、或支援满3年的可申报", []),  # parts of a sentence, not items
    ("做好日常管理", []),
]


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_items_are_cut_to_what_they_name(text, expected):
    assert [item.text for item in items(text)] == expected
    assert all(text[item.start : item.end] == item.text for item in items(text))


# of, to, label, words of the reason
GROWN = [
    ("对教师、医生、社工给予补贴", "对教师、医生给予补贴", "更宽", "增列“社工”：好处的范围更大"),
    ("对种粮大户、合作社给予补贴", "对种粮大户、合作社、家庭农场给予补贴", "更严", "少列“家庭农场”"),
    ("会同教育、体育、财政部门制定", "会同教育、体育部门制定", "细化", "增列“财政部门”"),  # means, not a circle
    (
        "重点发展茶叶、蚕桑、中药材产业",
        "重点发展钢铁、水泥、玻璃产业",
        "不同",
        "所列各项不同：本方有“茶叶”、“蚕桑”等3项，对方有“钢铁”",
    ),
    ("由公安、消防、住建联合检查出租房", "检查出租房", "细化", "列明了“公安”"),
]


@pytest.mark.parametrize(("of", "to", "label", "words"), GROWN)
def test_an_item_more_or_less(of, to, label, words):
    found = pull_of_lists(*pair(of, to))
    assert found.label == label
    assert words in found.reason


# of, to
ONE = [
    ("在社区、高校、商场布设驿站", "在社区、高等院校、商场布设驿站"),  # a short form
    ("改善居住、就学、文化生活条件", "改善居住、就学、文化需求条件"),  # a near name
    ("加强监测、追溯、检验", "加强检验、监测、追溯"),  # another order
    ("做好宣传", "加强宣传"),  # no list
]


@pytest.mark.parametrize(("of", "to"), ONE)
def test_items_that_stand_in_both_are_not_missed(of, to):
    assert pull_of_lists(*pair(of, to)) is None


def test_a_word_is_quoted_with_the_item_that_it_is_in():
    text = "可用教案、文化项目方案、病历替代"
    start = text.index("文化")
    assert text[slice(*item_at(text, start, start + 2))] == "文化项目方案"
    assert is_listed(text, start, start + 6)
    assert not is_listed("依托学校、企业培训", 2, 4)  # says by what means
