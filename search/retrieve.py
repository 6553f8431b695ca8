"""A query → scores of every clause by each retriever, and their fusion into one ranking."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.index import Index
from indexer.lexical import LexicalIndex
from search.model import System

Scores = NDArray[np.float32]

RETRIEVERS = ("words", "chars", "dense")


@dataclass(frozen=True, slots=True)
class FusionConfig:
    """Weights of the fusion. Each retriever's score is first scaled by what the query could reach at most.

    Chosen on the development questions of `eval/suites/three-texts` (`python -m eval.tune` prints the grid).
    """

    words: float = 0.1
    chars: float = 0.8
    dense: float = 0.1
    sentence: float = 0.3
    """Share of the best sentence's score in a retriever's score of a clause; the rest is the whole clause's."""
    apart: float = 0.75
    """Factor for clauses that are no provisions: cover, signature."""


@dataclass(frozen=True)
class Tokens:
    """A query as the retrievers read it."""

    words: tuple[str, ...]
    chars: tuple[str, ...]
    vector: Scores


@dataclass(frozen=True)
class Found:
    """Scores of all clauses (n,) and of all scored sentences (m,) for one query, by retriever, 0 to about 1."""

    index: Index
    tokens: Tokens
    config: FusionConfig
    clause: dict[str, Scores] = field(default_factory=dict)
    sentence: dict[str, Scores] = field(default_factory=dict)

    def retriever(self, name: str) -> Scores:
        """(n,): the retriever's score of each clause, whole and best sentence mixed."""
        share = self.config.sentence
        return (1 - share) * self.clause[name] + share * self.index.units.lift(self.sentence[name])

    @cached_property
    def sentences(self) -> Scores:
        """(m,): fused score of each sentence."""
        return self._fuse(self.sentence, "hybrid")

    def fused(self, system: System) -> Scores:
        """(n,): fused score of each clause."""
        mixed = {name: self.retriever(name) for name in self.clause}
        return self._fuse(mixed, system) * self._apart

    def _fuse(self, scores: dict[str, Scores], system: System) -> Scores:
        weights = {
            "hybrid": {"words": self.config.words, "chars": self.config.chars, "dense": self.config.dense},
            "lexical": {"words": self.config.words, "chars": self.config.chars},
            "dense": {"dense": 1.0},
        }[system]
        total = sum(weights.values())
        fused = sum(weight / total * scores[name] for name, weight in weights.items())
        return np.asarray(fused, np.float32)

    @cached_property
    def _apart(self) -> Scores:
        return _apart(self.index, self.config.apart)


def _apart(index: Index, factor: float) -> Scores:
    kinds = [factor if clause.kind in ("cover", "signature") else 1.0 for clause in index.clauses]
    return np.asarray(kinds, np.float32)


def retrieve(index: Index, text: str, config: FusionConfig) -> Found:
    """Score every clause and sentence of `index` for `text`."""
    tokenizer = index.tokenizer
    words = tuple(tokenizer.words(text))
    chars = tuple(tokenizer.chars(text))
    vector = index.encoder.encode_queries([text])[0]
    found = Found(index, Tokens(words, chars, vector), config)
    for name, tokens, clause, sentence in (
        ("words", words, index.clause_words, index.sentence_words),
        ("chars", chars, index.clause_chars, index.sentence_chars),
    ):
        ceiling = _ceiling(clause, tokens, index.config.k1)
        found.clause[name] = clause.scores(tokens) / ceiling
        found.sentence[name] = sentence.scores(tokens) / _ceiling(sentence, tokens, index.config.k1)
    found.clause["dense"] = np.maximum(index.clause_vectors.scores(vector), 0)
    found.sentence["dense"] = np.maximum(index.sentence_vectors.scores(vector), 0)
    return found


def _ceiling(lexical: LexicalIndex, tokens: tuple[str, ...], k1: float) -> float:
    """The score of an item that had every token of the query, each as often as ever helps."""
    return max(1e-6, sum(lexical.idf(token) for token in tokens) * (k1 + 1))
