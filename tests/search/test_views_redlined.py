"""The redline on the page: both rules can be read out of it, to the character."""

from __future__ import annotations

import re

import pytest
from test_views import Shape
from test_views_comparing import cell, text

from search.views.redlined import redline_view

# rule of the lower text, rule of the higher one
PAIRS = [
    ("对新取得中、高级职称的人才进行岗前培训。", "加强对新晋中、高级职称的人员专项培训工作"),
    ("每年 补贴，不低于三百元；另给。", "每年补贴不低于二百元，并给"),
]


@pytest.mark.parametrize(("of", "to"), PAIRS)
def test_both_rules_can_be_read_out_of_it(of, to):
    one, other = text("one", of), text("other", to)
    page = redline_view(cell(one), cell(other), {"one": one, "other": other})
    shown = re.search(r"<p>(.*)</p>", page).group(1)
    assert Shape(re.sub(r"<del.*?</del>", "", shown)).text == of
    assert Shape(re.sub(r"<ins.*?</ins>", "", shown)).text == to


def test_changes_without_substance_are_there_but_do_not_stand_out():
    one, other = text("one", "人才每月补贴三百元"), text("other", "人员每月补贴二百元")
    page = redline_view(cell(one), cell(other), {"one": one, "other": other})
    assert "<del>人员</del><ins>人才</ins>" in page
    assert '<del class="cl-matters">二百元</del><ins class="cl-matters">三百元</ins>' in page
