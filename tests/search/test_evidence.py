from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_corpus import FakeEncoder, make_document

from corpus.model import Corpus
from indexer import IndexConfig, build_index
from search.evidence import EvidenceConfig, best_sentence, quotes
from search.fusion import FusionConfig
from search.retrieve import Retriever

RULE = "夜班护士每晚补助五十元。"


def quoted(tmp_path, body, question, config=None, heading="夜班补助"):
    document = make_document("d", (("", "（一）", heading, body),))
    index = build_index(Corpus(tmp_path, (document,)), IndexConfig(), FakeEncoder())
    found = Retriever(index, FusionConfig()).find(question)
    held = quotes(found, 0, document, config or EvidenceConfig())
    assert all(document.text[q.start : q.end] == q.text for q in held)
    return [q.text for q in held]


LIMITS = [
    "但同一晚不重复发放。",
    "除已领取其他补助的外，按月发放。",
    "不得以实物代替。",
    "其中急诊另行规定。",
    "离开岗位的停发。",
    "上述人员须登记。",
    "在岗不满一年期限内减半。",
]


@pytest.mark.parametrize("limit", LIMITS)
def test_the_sentence_that_limits_a_rule_goes_along(tmp_path, limit):
    assert quoted(tmp_path, f"{RULE}{limit}别的事另作规定。", "夜班护士每晚补助多少") == [RULE + limit]


def test_a_limit_goes_along_with_any_sentence_quoted_even_beyond_three(tmp_path):
    first, second, third = (f"夜班{who}每晚补助{n}元。" for n, who in enumerate("甲乙丙", 51))
    between = "食堂每日供餐三次，早中晚各有时间。"
    body = f"{first}但不重复发放。{between}{second}其中急诊另行规定。{between}{third}不得以实物代替。{between}"
    assert quoted(tmp_path, body, "夜班每晚补助多少元") == [
        f"{first}但不重复发放。", f"{second}其中急诊另行规定。", f"{third}不得以实物代替。",
    ]  # fmt: skip


def test_a_sentence_that_limits_is_quoted_with_what_it_limits(tmp_path):
    rule, limit = "急诊科全体人员按月领取津贴。", "但夜班护士每晚补助不得超过五十元。"
    assert quoted(tmp_path, f"食堂每日供餐三次。{rule}{limit}", "夜班护士每晚补助多少") == [rule + limit]


def test_an_exception_that_can_be_read_alone_is_quoted_alone(tmp_path):
    exception = "除急诊外，夜班护士每晚补助五十元。"
    assert quoted(tmp_path, f"食堂每日供餐三次。{exception}", "夜班护士每晚补助多少") == [exception]


def test_limits_on_limits_go_along(tmp_path):
    body = f"{RULE}但同一晚不重复发放。其中急诊除外。食堂每日供餐三次。"
    assert quoted(tmp_path, body, "夜班护士每晚补助多少") == [f"{RULE}但同一晚不重复发放。其中急诊除外。"]


def test_a_limit_in_another_paragraph_does_not_go_along(tmp_path):
    assert quoted(tmp_path, f"{RULE}\n但食堂每日供餐三次。", "夜班护士每晚补助多少") == [RULE]


def test_of_sentences_that_fit_nearly_alike_the_one_with_the_detail_asked_for_is_quoted(tmp_path):
    with_amount, nearer = "夜班护士每晚均补助五十元。", "夜班护士每晚补助照发。"
    only_best = EvidenceConfig(most=1)
    body = f"{nearer}食堂每日供餐三次。{with_amount}"
    assert quoted(tmp_path, body, "夜班护士每晚补助多少钱", only_best) == [with_amount]
    assert quoted(tmp_path, body, "夜班护士每晚补助发不发", only_best) == [nearer]  # asks for no amount


def test_the_beginnings_that_carry_on_are_a_sorted_list():
    lines = files("search").joinpath("carries-on.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert words == sorted(set(words))


def test_a_sentence_on_something_else_does_not(tmp_path):
    assert quoted(tmp_path, f"{RULE}食堂每日供餐三次。", "夜班护士每晚补助多少") == [RULE]


def test_neighbours_that_both_answer_are_one_quote(tmp_path):
    both = f"{RULE}夜班医生每晚补助八十元。"
    assert quoted(tmp_path, f"{both}食堂每日供餐三次。", "夜班每晚补助多少") == [both]


def test_sentences_apart_are_two_quotes_in_reading_order(tmp_path):
    between = "食堂每日供餐三次，早中晚各有时间。"
    held = quoted(tmp_path, f"{RULE}{between}夜班医生每晚补助八十元。", "夜班每晚补助多少")
    assert held == [RULE, "夜班医生每晚补助八十元。"]


def test_no_more_than_three_sentences(tmp_path):
    body = "".join(f"夜班{who}每晚补助{n}元。" for n, who in enumerate("甲乙丙丁戊己", 51))
    [held] = [quoted(tmp_path, body, "夜班每晚补助多少元")]
    assert sum(text.count("。") for text in held) == 3


def test_fewer_where_so_set(tmp_path):
    body = f"{RULE}夜班医生每晚补助八十元。但不重复。"
    assert quoted(tmp_path, body, "护士夜班每晚补助多少", EvidenceConfig(most=1)) == [RULE]


def test_a_heading_is_never_quoted_alone(tmp_path):
    # The heading has every word of the question, the rule none.
    held = quoted(tmp_path, "每晚五十元。", "护士夜班费标准", heading="护士夜班费标准")
    assert held == ["每晚五十元。"]


@given(st.text("夜班护士医生每晚补助五十元但除外不得。；“”（）\n ", min_size=1, max_size=60), st.text(max_size=20))
@settings(max_examples=25, deadline=None)
def test_quotes_are_slices_of_one_to_three_sentences(tmp_path_factory, body, question):
    body = re.sub(r"\s+", "", body).strip("。") or "夜班"
    document = make_document("d", (("", "（一）", "夜班补助", f"{body}。"),))
    index = build_index(Corpus(tmp_path_factory.getbasetemp(), (document,)), IndexConfig(), FakeEncoder())
    found = Retriever(index, FusionConfig()).find(question or "夜班")
    clause = document.clauses[0]
    held = quotes(found, 0, document, EvidenceConfig())
    assert 1 <= len(held) <= 3
    for quote in (*held, best_sentence(found, 0, document)):
        assert quote.text == document.text[quote.start : quote.end] != ""
        assert clause.body <= quote.start < quote.end <= clause.end
    assert all(a.end <= b.start for a, b in pairwise(held))
