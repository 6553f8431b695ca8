from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tiny_corpus import CITY, COUNTY, FakeEncoder, make_document

from corpus.model import Corpus
from indexer import IndexConfig, build_index
from search.fusion import FusionConfig
from search.retrieve import RETRIEVERS, Retriever


def ranked(index, text, system="hybrid", **weights):
    fused = Retriever(index, FusionConfig(**weights)).find(text).fused(system)
    return [index.clauses[row].clause_id for row in np.argsort(-fused, kind="stable")]


@pytest.mark.parametrize("system", ["lexical", "dense", "hybrid"])
@pytest.mark.parametrize(
    ("text", "clause_id"),
    [
        ("乡镇工作补贴", "city/1"),
        ("中级职称的学历限制", "city/3"),
        ("招聘的开考比例", "county/1"),
        ("服务满5年", "county/2"),
    ],
)
def test_every_system_finds_the_clause(tiny_index, system, text, clause_id):
    assert ranked(tiny_index, text, system)[0] == clause_id


def test_scores_stay_below_one_so_that_they_can_be_weighed(tiny_index):
    for text in ("乡镇工作补贴", "补贴补贴补贴", tiny_index.clauses[0].text, "x"):
        found = Retriever(tiny_index, FusionConfig()).find(text)
        for name in RETRIEVERS:
            assert found.retriever(name).shape == (5,)
            assert 0 <= found.retriever(name).min() <= found.retriever(name).max() <= 1.01


def test_unknown_words_score_nothing_in_the_lexical_system(tiny_index):
    assert not Retriever(tiny_index, FusionConfig()).find("ქართული").fused("lexical").any()


def test_lexical_and_dense_are_the_parts_of_hybrid(tiny_index):
    found = Retriever(tiny_index, FusionConfig(words=0.25, chars=0.25, dense=0.5)).find("乡镇补贴")
    np.testing.assert_allclose(
        found.fused("hybrid"), 0.5 * found.fused("lexical") + 0.5 * found.fused("dense"), rtol=1e-5
    )
    np.testing.assert_allclose(found.fused("dense"), found.retriever("dense"), rtol=1e-5)


def test_a_weight_of_nothing_leaves_a_retriever_out(tiny_index):
    found = Retriever(tiny_index, FusionConfig(words=1, chars=0, dense=0)).find("乡镇补贴")
    np.testing.assert_allclose(found.fused("hybrid"), found.retriever("words"), rtol=1e-5)


def test_a_detail_of_a_long_clause_is_found_by_its_sentence(tmp_path):
    filler = "各单位要高度重视并认真组织实施有关工作要求。" * 40
    long = ("", "（一）", "总则", f"{filler}夜班护士每晚补助五十元。")
    short = ("", "（二）", "补助", "补助按规定发放，护士另行规定。")
    index = build_index(Corpus(tmp_path, (make_document("d", (long, short)),)), IndexConfig(), FakeEncoder())
    assert ranked(index, "夜班护士每晚补助", "lexical", sentence=0.5)[0] == "d/1"


def test_a_signature_ranks_behind_a_provision_of_the_same_words(tmp_path):
    document = make_document("d", (("", "", "", "补助按月发放。"), ("", "", "", "补助按月发放。")))
    signed = replace(document, clauses=(replace(document.clauses[0], kind="signature"), document.clauses[1]))
    others = make_document("city", CITY), make_document("county", COUNTY)
    index = build_index(Corpus(tmp_path, (signed, *others)), IndexConfig(), FakeEncoder())
    assert ranked(index, "补助按月发放")[:2] == ["d/2", "d/1"]


def test_provisions_of_every_document_are_scored(tiny_index):
    assert len(Retriever(tiny_index, FusionConfig()).find("工作").fused("hybrid")) == len(CITY) + len(COUNTY)
