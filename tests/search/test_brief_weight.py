"""What weighs more in a summary, and of which texts stricter and looser may be said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import Document, Metadata
from search.brief.weight import LIGHT, are_comparable, is_above, weight

# each weighs more than the next
ORDER = [
    "经费比例不得低于工资总额的1.5%",
    "每年培训不少于80学时",
    "不得收费",
    "应签订合同",
    "加强组织领导",
]


def test_bounds_and_bans_weigh_more_than_duties_and_those_more_than_exhortations():
    weights = [weight(text) for text in ORDER]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(ORDER)
    assert weights[-1] < LIGHT <= weights[-2]


def test_an_article_is_no_quantity():
    assert weight("成立一个小组") == 0


def text(level, code=None):
    metadata = Metadata(title="办法", level=level, region_code=code)
    return Document(f"{level}{code}", "", "", "utf-8", "办法。", (), metadata, (), ())


NATION, PROVINCE, CITY, COUNTY = (
    text("national"),
    text("province", "510000"),
    text("city", "510700"),
    text("county", "510704"),
)
# one, other, whether the one is above, whether stricter and looser say something of them
PLACES = [
    (NATION, CITY, True, True),
    (PROVINCE, CITY, True, True),
    (CITY, COUNTY, True, True),
    (PROVINCE, text("city", "371500"), False, False),  # of another province
    (CITY, text("city", "510800"), False, False),  # its neighbour
    (CITY, CITY, False, True),  # an older and a newer one of one place
    (NATION, NATION, False, True),
    (text(None), CITY, False, True),  # nothing known of it
]


@pytest.mark.parametrize(("one", "other", "above", "comparable"), PLACES)
def test_which_texts_stand_above_which(one, other, above, comparable):
    other = replace(other, doc_id=f"{other.doc_id}b")
    assert is_above(one, other) is above
    assert not is_above(other, one)
    assert are_comparable(one, other) is are_comparable(other, one) is comparable
