from __future__ import annotations

import math

import pytest
from tiny_corpus import CITY, COUNTY, FakeEncoder, make_corpus

from indexer import IndexConfig, build_index
from search.decide import SIGNALS, Decision, Signals, shipped, signals
from search.fusion import FusionConfig
from search.retrieve import Retriever


def test_confidence_is_the_logistic_of_the_weighed_signals():
    decision = Decision((1.0, 2.0, 0.0, -1.0), bias=-0.5, threshold=0.5, document_threshold=0.5)
    given = Signals((1.0, 0.5, 9.0, 0.5), is_phrased=False)
    assert decision.confidence(given) == pytest.approx(1 / (1 + math.exp(-1.0)))


@pytest.mark.parametrize(("signal", "confidence"), [(-1e9, 0), (1e9, 1)])
def test_confidence_stays_between_0_and_1(signal, confidence):
    decision = Decision((1.0, 1.0, 1.0, 1.0), bias=0, threshold=0.5, document_threshold=0.5)
    assert decision.confidence(Signals((signal, 0, 0, 0), is_phrased=False)) == pytest.approx(confidence)


@pytest.mark.parametrize("kind", SIGNALS)
def test_the_shipped_decision_weighs_every_signal_for_an_answer(kind):
    names = SIGNALS[kind]
    nothing, everything = (Signals((value,) * len(names), is_phrased=kind == "phrased") for value in (0.0, 1.0))
    decision = shipped().of(nothing)
    assert len(decision.weights) == len(names)
    assert all(weight > 0 for weight in decision.weights)
    assert 0 < decision.document_threshold < 1
    assert decision.confidence(nothing) < decision.threshold < decision.confidence(everything)


def of(index, question, clause_id="city/1"):
    found = Retriever(index, FusionConfig()).find(question)
    row = index.row_of[clause_id]
    best = float(found.fused("hybrid").max())
    return dict(zip(SIGNALS["plain"], signals(found, row, best).values, strict=True))


def test_signals_say_how_much_of_a_question_a_clause_has(tiny_index):
    whole = of(tiny_index, "发放乡镇工作补贴")
    part = of(tiny_index, "补登月飞船降落伞操纵杆螺丝钉")
    none = of(tiny_index, "ქართული ენა")
    assert whole["lead"] == pytest.approx(1)
    assert whole["phrase"] > part["phrase"] > none["phrase"] == 0
    assert whole["meaning"] > none["meaning"]


def test_a_word_in_no_text_counts_against_an_answer(tiny_index):
    assert of(tiny_index, "乡镇工作补贴")["phrase"] > of(tiny_index, "乡镇工作补贴登月")["phrase"]


def test_the_lead_is_over_the_best_in_scope(tiny_index):
    assert of(tiny_index, "招聘的开考比例", "county/1")["lead"] == pytest.approx(1)
    assert of(tiny_index, "招聘的开考比例", "city/1")["lead"] < 0.5


def test_nothing_found_has_no_lead(tiny_index):
    found = Retriever(tiny_index, FusionConfig()).find("ქ")
    assert signals(found, 0, 0.0).values[SIGNALS["plain"].index("lead")] == 0


def test_signals_hardly_depend_on_what_else_is_held(tmp_path):
    few, lots = (
        build_index(
            make_corpus(tmp_path, city=CITY, **{f"d{n}": COUNTY for n in range(others)}), IndexConfig(), FakeEncoder()
        )
        for others in (10, 40)
    )
    for question in ("发放乡镇工作补贴", "乡镇补贴登月"):
        a, b = of(few, question), of(lots, question)
        assert a == pytest.approx(b, abs=0.1)
