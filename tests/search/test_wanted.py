"""A question for an amount, a date or a place leans towards "no" where no passage has one."""

import pytest

from search import open_engine
from search.wanted import gives, wanted


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("报名要交多少钱", {"money"}),
        ("每年几月份报名", {"date"}),
        ("材料交到哪个窗口", {"place"}),
        ("一年要学多少学时", {"time"}),
        ("公需课占几成", {"share"}),
        ("医生评职称要论文吗", set()),  # asks for no detail
        ("政府花钱买岗位有啥讲究", set()),  # names money, asks for none
    ],
)
def test_what_is_asked_for(question, kinds):
    assert {detail.name for detail in wanted(question)} == kinds


@pytest.mark.parametrize(
    ("question", "passage", "has"),
    [
        ("每月发多少钱", "每月发放补助600元。", True),
        ("每月发多少钱", "每月发放补助六百元。", True),
        ("每月发多少钱", "按规定发放补助。", False),
        ("几号报名", "每年3月15日前报名。", True),
        ("几号报名", "按通知报名。", False),
        ("评职称要论文吗", "对论文不作要求。", True),  # nothing wanted, nothing missing
    ],
)
def test_whether_a_passage_has_it(question, passage, has):
    assert gives(passage, wanted(question)) is has


def test_a_detail_that_no_passage_has_is_not_answered():
    engine = open_engine()
    with_detail, without = engine.ask("继续教育一年要学多少学时"), engine.ask("继续教育一年要交多少钱")
    assert with_detail.status == "answered"
    assert without.confidence < with_detail.confidence
    assert without.status != "answered"
