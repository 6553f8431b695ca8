"""How the retrievers are mixed: weights that were learned, one set for each kind of corpus."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from indexer.index import Index

Kind = Literal["phrased", "plain", "statutes"]
WEIGHTS = "fusion.toml"
RETRIEVERS = ("words", "chars", "dense", "phrasing")
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?$")


@dataclass(frozen=True, slots=True)
class FusionConfig:
    """Weights of the fusion. Each lexical score is first scaled by what the query could reach at most."""

    words: float = 0.0
    chars: float = 0.7
    dense: float = 0.3
    phrasing: float = 0.0
    """Of the phrasings that a corpus brings; they add nothing where it has none."""
    meaning: float = 0.2
    """Share of the encoder's cosine in the score of a rule by its phrasings; the rest is shared words."""
    misled: float = 0.5
    """How much a rule loses where the question is more like one that it does not answer than like any it does."""
    expansion: float = 0.6
    """What an official term counts that a plain word of the question may stand for, times how surely it does."""
    sentence: float = 0.6
    """Share of the best sentence's score in a retriever's score of a clause; the rest is the whole clause's."""
    apart: float = 0.75
    """Factor for clauses that are no provisions: cover, signature."""

    def weight(self, retriever: str) -> float:
        """The weight of a retriever by name."""
        weights = {"words": self.words, "chars": self.chars, "dense": self.dense, "phrasing": self.phrasing}
        return weights[retriever]


def kind_of(index: Index, *, is_phrased: bool) -> Kind:
    """Policies that bring phrasings, policies that do not, or statutes: mostly articles (第十二条), no phrasings."""
    if is_phrased:
        return "phrased"
    articles = sum(bool(_ARTICLE.search(clause.label or clause.heading)) for clause in index.clauses)
    return "statutes" if 2 * articles > len(index.clauses) else "plain"


@cache
def learned(kind: Kind) -> FusionConfig:
    """The shipped weights for a kind of corpus (`python -m eval.tune`, `python -m eval.crossvalidate`)."""
    table = tomllib.loads(files("search").joinpath(WEIGHTS).read_text(encoding="utf-8"))[kind]
    return FusionConfig(**{name: float(table[name]) for name in RETRIEVERS})
