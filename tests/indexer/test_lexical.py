from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from indexer.lexical import LexicalIndex
from indexer.tokens import Tokenizer

TEXTS = Path(__file__).parents[2] / "corpus" / "texts"
ITEMS = [["补贴", "乡镇"], ["补贴", "补贴", "工资"], [], ["职称"], ["职称", "评审", "乡镇"]]

tokens = st.lists(st.sampled_from("甲乙丙丁戊己"), max_size=8)


@settings(deadline=None)
@given(st.lists(tokens, min_size=1, max_size=12).filter(any), tokens, st.floats(0.1, 3), st.floats(0, 0.95))
def test_scores_are_those_of_rank_bm25(items, query, k1, b):
    # few distinct tokens, so that many have a negative idf and BM25Okapi's floor comes in; at b = 1 it divides 0 by 0
    plain = BM25Okapi(items, k1=k1, b=b)
    assume(plain.average_idf > 0)
    expected = plain.get_scores(query)
    np.testing.assert_allclose(LexicalIndex.build(items, k1, b).scores(query), expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    "items",
    [
        [["补贴", "乡镇"]],  # one item: every idf of BM25Okapi is negative
        [["补贴"], ["补贴", "职称"]],  # two
    ],
)
def test_in_a_tiny_corpus_what_is_found_scores_above_what_is_not(items):
    index = LexicalIndex.build(items)
    assert index.scores(["补贴"]).min() > 0
    assert index.scores(["工资"]).max() == 0


@pytest.mark.parametrize("split", [Tokenizer().words, Tokenizer().chars])
def test_scores_are_those_of_rank_bm25_on_the_shipped_texts(split):
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.txt")))
    items = [split(line) for line in text.splitlines()]
    index, plain = LexicalIndex.build(items), BM25Okapi(items)
    for question in (
        "大学生分到镇里头一年能多拿点钱不",
        "在乡镇工作满10年，职称、职称怎么评？",
        "人社部发〔2016〕57号",
    ):
        query = split(question)
        assert index.scores(query).max() > 0
        np.testing.assert_allclose(index.scores(query), plain.get_scores(query), rtol=1e-5, atol=1e-5)


def test_explanation_adds_up_to_the_score():
    index = LexicalIndex.build(ITEMS)
    query = ["乡镇", "补贴", "补贴", "没有"]
    terms = index.explain(query, 0)
    assert {term for term, _ in terms} == {"乡镇", "补贴"}
    assert [weight for _, weight in terms] == sorted((weight for _, weight in terms), reverse=True)
    assert sum(weight for _, weight in terms) == pytest.approx(float(index.scores(query)[0]))
    assert index.explain(query, 2) == []


def test_idf_of_an_unknown_term_is_the_highest():
    index = LexicalIndex.build(ITEMS)
    assert index.idf("没有") == pytest.approx(math.log(5.5) - math.log(0.5))
    assert index.idf("没有") > index.idf("评审") > index.idf("职称")
    assert index.idf("评审") == pytest.approx(BM25Okapi(ITEMS).idf["评审"])


@pytest.mark.parametrize(
    "items",
    [
        ITEMS,
        # no items at all
        [],
        # items without a token
        [[], []],
        # one item
        [["补贴"]],
    ],
)
def test_save_and_load_give_the_same(tmp_path, items):
    index = LexicalIndex.build(items)
    index.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical")
    assert loaded.vocabulary == index.vocabulary
    query = ["补贴", "职称", "没有"]
    np.testing.assert_array_equal(loaded.scores(query), index.scores(query))
    assert loaded.scores(query).shape == (len(items),)
    assert loaded.idf("职称") == index.idf("职称")
