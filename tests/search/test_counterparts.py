"""Words of two rules held against each other: what has a counterpart, what stands in the place of something else."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules import pair

from search.compare.counterparts import are_synonyms, contrast, counterparts, nearness
from search.compare.swaps import swap
from search.compare.wording import one_quoted, pair_of_synonyms


def only(of, to):
    found = counterparts(of, to)
    return [of[start:end] for start, end in found.only_of], [to[start:end] for start, end in found.only_to]


# of, to, words that only `of` has, words that only `to` has
ONLY = [
    ("补发证件，公示名单", "公示名单，补发证件", [], []),  # order is nothing
    ("驾驶证遗失的可以补领", "驾驶证丢失的可以补发", [], []),  # synonyms
    ("老人免费乘车", "老年人免费乘车", [], []),  # a word within a word
    ("定点药店不得串换药品，不得摆放生活用品", "定点药店不得串换药品", ["不得摆放生活用品"], []),  # its part whole
    ("失能老年人发放护理补贴", "老年人发放护理补贴", ["失能"], []),  # characters in a row
    ("建立台账", "加强台账", [], []),  # words of direction
]


@pytest.mark.parametrize(("of", "to", "ours", "theirs"), ONLY)
def test_what_only_one_rule_says(of, to, ours, theirs):
    assert only(of, to) == (ours, theirs)


def test_the_share_that_is_covered_is_of_each_rule():
    found = counterparts("老年人免费乘车", "老年人免费乘车，凭证优先检票")
    assert found.cover_of == 1
    assert found.cover_to < 0.8
    assert found.weight_to > found.weight_of


@given(
    st.text("老年人免费乘车船凭证检票不得遗失丢补领发，。 ", max_size=30),
    st.text("老年人凭证检票遗失丢，。", max_size=30),
)
def test_shares_and_stretches_are_sound(of, to):
    found = counterparts(of, to)
    for share, stretches, text in ((found.cover_of, found.only_of, of), (found.cover_to, found.only_to, to)):
        assert -1e-6 <= share <= 1 + 1e-6
        assert all(0 <= start < end <= len(text) for start, end in stretches)


def test_near_words_are_synonyms_or_alike():
    assert nearness(["遗失", "老人", "渔船"], "老年人丢失证件") == [pytest.approx(0.9), pytest.approx(0.9), 0]
    assert are_synonyms("遗失", "丢失")
    assert not are_synonyms("遗失", "补发")


def test_words_that_exclude_each_other():
    assert contrast("由银行代发", "由邮政代发") == ("银行", "邮政")
    assert contrast("按月发放", "按月领取") is None


# of, to, words of the reason
SWAPS = [
    ("资金采用竞争立项方式分配到县", "资金采用因素法分配到县", ("“因素法分配”", "“竞争立项方式分配”")),
    ("稳岗补贴直接发放给职工本人", "稳岗补贴直接发放给参保企业", ("“参保企业”", "“职工本人”")),
]


@pytest.mark.parametrize(("of", "to", "words"), SWAPS)
def test_other_words_in_one_place_are_told_with_both(of, to, words):
    found = swap(*pair(of, to))
    assert found.frame > 0.5
    assert found.pull.label == "不同"
    assert all(word in found.pull.reason for word in words)


def test_synonyms_in_one_place_are_no_swap():
    assert swap(*pair("证件丢失的，可以补发", "证件遗失的，可以补发")) is None


def test_words_are_quoted_whole_or_cut():
    assert one_quoted("组建\n专班，逐户走访", 0, 6) == "“组建专班”"
    assert one_quoted("逐" * 40, 0, 40) == f"“{'逐' * 28}…”"
    assert pair_of_synonyms("证件丢失的补发", "证件遗失的补发") == ("丢失", "遗失")
    assert pair_of_synonyms("证件丢失的补发", "证件丢失的补发") is None


@pytest.mark.parametrize("name", ["synonyms.txt", "contrasts.txt"])
def test_groups_of_words_are_two_or_more_each_once(name):
    lines = files("search.compare").joinpath(name).read_text(encoding="utf-8").splitlines()
    groups = [line.split() for line in lines if not line.startswith("#")]
    assert groups == sorted(groups)
    assert all(len(group) == len(set(group)) > 1 for group in groups)
