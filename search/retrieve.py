"""A query → scores of every clause by each retriever, and their fusion into one ranking."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.index import Index
from indexer.lexical import LexicalIndex
from search.model import System

Scores = NDArray[np.float32]

RETRIEVERS = ("words", "chars", "dense")
_BY_SYSTEM: dict[System, tuple[str, ...]] = {
    "hybrid": RETRIEVERS,
    "lexical": ("words", "chars"),
    "dense": ("dense",),
}


@dataclass(frozen=True, slots=True)
class FusionConfig:
    """Weights of the fusion. Each lexical score is first scaled by what the query could reach at most.

    Chosen on the development questions of `eval/suites/three-texts` (`python -m eval.tune` prints the grid).
    """

    words: float = 0.1
    chars: float = 0.8
    dense: float = 0.1
    sentence: float = 0.3
    """Share of the best sentence's score in a retriever's score of a clause; the rest is the whole clause's."""
    apart: float = 0.75
    """Factor for clauses that are no provisions: cover, signature."""

    def weight(self, retriever: str) -> float:
        """The weight of a retriever by name."""
        return {"words": self.words, "chars": self.chars, "dense": self.dense}[retriever]


class Retriever:
    """Scores the clauses of one index for queries; may be used by several threads at once."""

    def __init__(self, index: Index, config: FusionConfig) -> None:
        self.index = index
        self.config = config
        kinds = [config.apart if clause.kind in ("cover", "signature") else 1.0 for clause in index.clauses]
        self.factors: Scores = np.asarray(kinds, np.float32)
        self.ruling: Scores = np.asarray([clause.kind != "signature" for clause in index.clauses], np.float32)

    def find(self, text: str) -> Found:
        """What `text` finds; nothing is scored before it is asked for."""
        return Found(self, text)


class Found:
    """Scores of all clauses (n,) and of all scored sentences (m,) for one query, 0 to about 1, worked out once."""

    def __init__(self, retriever: Retriever, text: str) -> None:
        self.index = retriever.index
        self.config = retriever.config
        self._factors = retriever.factors
        self.words = tuple(self.index.tokenizer.words(text))
        self.chars = tuple(self.index.tokenizer.chars(text))
        self._vector = self.index.encoder.encode_queries([text])[0]
        self._clauses: dict[str, Scores] = {}
        self._sentences: dict[str, Scores] = {}
        self._mixed: dict[str, Scores] = {}
        self._fused: dict[System, Scores] = {}
        self._fused_sentences: Scores | None = None

    def with_config(self, config: FusionConfig) -> Found:
        """The same scores, fused otherwise."""
        other = object.__new__(Found)
        other.__dict__ = {**self.__dict__, "config": config, "_mixed": {}, "_fused": {}, "_fused_sentences": None}
        return other

    def clauses(self, name: str) -> Scores:
        """(n,): score of each whole clause by the retriever."""
        if name not in self._clauses:
            index = self.index
            if name == "dense":
                self._clauses[name] = np.maximum(index.clause_vectors.scores(self._vector), 0)
            else:
                held = index.clause_words if name == "words" else index.clause_chars
                self._clauses[name] = self._scaled(held, name)
        return self._clauses[name]

    def sentences(self, name: str) -> Scores:
        """(m,): score of each sentence by the retriever."""
        if name not in self._sentences:
            index = self.index
            if name == "dense":
                self._sentences[name] = np.maximum(index.sentence_vectors.scores(self._vector), 0)
            else:
                held = index.sentence_words if name == "words" else index.sentence_chars
                self._sentences[name] = self._scaled(held, name)
        return self._sentences[name]

    def _scaled(self, held: LexicalIndex, name: str) -> Scores:
        """Scores over that of an item that had every token of the query, each as often as ever helps."""
        tokens = self.words if name == "words" else self.chars
        ceiling = sum(held.idf(token) for token in tokens) * (self.index.config.k1 + 1)
        return held.scores(tokens) / np.float32(max(ceiling, 1e-6))

    def retriever(self, name: str) -> Scores:
        """(n,): the retriever's score of each clause, whole and best sentence mixed."""
        if name not in self._mixed:
            share = np.float32(self.config.sentence)
            best = self.index.units.lift(self.sentences(name)) if share else np.float32(0)
            self._mixed[name] = (1 - share) * self.clauses(name) + share * best
        return self._mixed[name]

    def fused(self, system: System) -> Scores:
        """(n,): fused score of each clause."""
        if system not in self._fused:
            scores = {name: self.retriever(name) for name in _BY_SYSTEM[system]}
            self._fused[system] = self._weighted(scores) * self._factors
        return self._fused[system]

    def fused_sentences(self) -> Scores:
        """(m,): fused score of each sentence by all retrievers."""
        if self._fused_sentences is None:
            self._fused_sentences = self._weighted({name: self.sentences(name) for name in RETRIEVERS})
        return self._fused_sentences

    def _weighted(self, scores: dict[str, Scores]) -> Scores:
        total = sum(self.config.weight(name) for name in scores)
        if total <= 0:
            return np.asarray(sum(scores.values()), np.float32)
        return np.asarray(sum(np.float32(self.config.weight(n) / total) * s for n, s in scores.items()), np.float32)
