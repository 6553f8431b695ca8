"""A reranker counts in what is measured, as it does in an answer."""

from __future__ import annotations

import json

import numpy as np
import pytest
from tiny_corpus import FakeEncoder

from eval import beir
from eval.beir import open_beir
from eval.run import run_suite
from eval.suite import load_suite
from eval.systems import engines_for
from search.engine import Engine


class Contrary:
    """Prefers the passages with this word."""

    name = "contrary"

    def __init__(self, word):
        self.word = word

    def scores(self, question, passages, progress=None):
        return np.asarray([float(self.word in passage) for passage in passages], np.float32)


@pytest.fixture
def rankings(engine, write_suite, line, made_corpus):
    def rank(reranker):
        asking = Engine(engine.index, engine.config, engine.decision, reranker=reranker)
        suite = load_suite(write_suite(line(question="山区学校每月加发多少")), made_corpus.documents)
        (outcome,) = run_suite(suite, engines_for(("lexical", "hybrid", "hybrid-headings"), asking)).outcomes
        return {name: [each.clause_id for each in ranked] for name, ranked in outcome.rankings.items()}

    return rank


@pytest.mark.parametrize("name", ["hybrid", "hybrid-headings"])
def test_every_hybrid_is_measured_with_it_and_lexical_without(rankings, name):
    plain, held = rankings(None), rankings(Contrary("停发"))
    assert held[name] != plain[name]
    assert held[name].index("town/2") < plain[name].index("town/2")
    assert held["lexical"] == plain["lexical"]


def test_a_public_benchmark_is_opened_with_both_models(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(beir, "available_encoder", lambda name: asked.append(name) or FakeEncoder())
    monkeypatch.setattr(beir, "available_reranker", lambda name: asked.append(name) or Contrary("停发"))
    passages = ("山区学校每月加发三百元。", "调离的次月停发。")
    lines = (json.dumps({"_id": str(number), "text": text}) for number, text in enumerate(passages))
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    engine = open_beir(tmp_path, index_dir=tmp_path / "index", model="a", reranker="b")
    assert asked == ["a", "b"]
    assert "rerank" in dict(engine.search("每月停发多少").hits[0].why.scores)
