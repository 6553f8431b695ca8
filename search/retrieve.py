"""A query → scores of every clause by each retriever, and their fusion into one ranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.phrasings import Phrasing
from indexer.fold import fold
from indexer.index import Index
from indexer.lexical import LexicalIndex
from search.expand import Expander
from search.fusion import RETRIEVERS, FusionConfig
from search.model import System
from search.phrasings import PhrasingIndex
from search.prepared import PreparedPhrasings
from search.wanted import wanted

Scores = NDArray[np.float32]

_BY_SYSTEM: dict[System, tuple[str, ...]] = {
    "hybrid": RETRIEVERS,
    "lexical": ("words", "chars"),
    "dense": ("dense",),
}


class Retriever:
    """Scores the clauses of one index for queries; may be used by several threads at once."""

    def __init__(
        self,
        index: Index,
        config: FusionConfig,
        phrasings: Sequence[Phrasing] = (),
        expander: Expander | None = None,
        prepared: PreparedPhrasings | None = None,
    ) -> None:
        self.index = index
        self.config = config
        self.expander = expander or Expander((), {})
        self.phrasings = PhrasingIndex(index, phrasings, config.meaning, config.misled, prepared)
        kinds = [config.apart if clause.kind in ("cover", "signature") else 1.0 for clause in index.clauses]
        self.factors: Scores = np.asarray(kinds, np.float32)
        provisions = [clause.kind in ("clause", "attachment") for clause in index.clauses]
        self.provisions: Scores = np.asarray(provisions, np.float32)
        self.ruling: Scores = np.asarray([clause.kind != "signature" for clause in index.clauses], np.float32)

    def find(self, text: str, question: str = "", spoken: str = "") -> Found:
        """What `text` finds; nothing is scored before it is asked for.

        `question`: as it was asked, where it was; `spoken`: what the encoder reads, its question words kept, since it
        learned from questions (not given: `text`).
        """
        return Found(self, text, question, spoken)


class Found:
    """Scores of all clauses (n,) and of all scored sentences (m,) for one query, 0 to about 1, worked out once."""

    def __init__(self, retriever: Retriever, text: str, question: str = "", spoken: str = "") -> None:
        self.index = retriever.index
        self.config = retriever.config
        self.phrasings = retriever.phrasings
        self._factors = retriever.factors
        self.words = tuple(self.index.tokenizer.words(text))
        self.chars = tuple(self.index.tokenizer.chars(text))
        self.asked = fold(question or text)
        self.details = wanted(self.asked)
        self.expansions = retriever.expander.expansions(fold(text))
        self._vector = self.index.encoder.encode_queries([fold(spoken or text)])[0]
        self._rules: Scores | None = None
        self._likeness: Scores | None = None
        self._clauses: dict[str, Scores] = {}
        self._sentences: dict[str, Scores] = {}
        self._mixed: dict[str, Scores] = {}
        self._fused: dict[System, Scores] = {}
        self._fused_sentences: Scores | None = None

    def with_config(self, config: FusionConfig) -> Found:
        """The same scores, fused otherwise; worked out anew where official terms count otherwise."""
        other = object.__new__(Found)
        kept = {**self.__dict__, "config": config, "_mixed": {}, "_fused": {}, "_fused_sentences": None}
        if config.expansion != self.config.expansion:
            kept |= {"_clauses": {}, "_sentences": {}}
        other.__dict__ = kept
        return other

    def meanings(self, texts: Sequence[str]) -> Scores:
        """(texts,): cosine of each text, folded, with the question."""
        return np.asarray(self.index.encoder.encode_passages([fold(text) for text in texts]) @ self._vector, np.float32)

    @property
    def held(self) -> tuple[str, ...]:
        """Names of the retrievers there are: phrasings only where the corpus brings some."""
        return RETRIEVERS if self.phrasings.phrasings else RETRIEVERS[:-1]

    @property
    def retrievers(self) -> tuple[str, ...]:
        """Names of the retrievers at work: those that count for something; all there are where none does."""
        return tuple(name for name in self.held if self.config.weight(name) > 0) or self.held

    def likeness(self) -> Scores:
        """(phrasings,): how much each phrasing is the question."""
        if self._likeness is None:
            self._likeness = self.phrasings.likeness(self.chars)
        return self._likeness

    def rules(self) -> Scores:
        """(rules,): how much the question asks for each rule that has phrasings."""
        if self._rules is None:
            self._rules = self.phrasings.rules(self.chars, self._vector, self.likeness())
        return self._rules

    def nearest_phrasing(self, row: int) -> Phrasing | None:
        """Of the best rule of clause `row`, the phrasing most like the question; None where none is like it."""
        return self.phrasings.nearest(self.likeness(), self.rules(), row)

    def clauses(self, name: str) -> Scores:
        """(n,): score of each whole clause by the retriever."""
        if name not in self._clauses:
            index = self.index
            if name == "phrasing":
                self._clauses[name] = self.phrasings.clauses(self.rules())
            elif name == "dense":
                self._clauses[name] = np.maximum(index.clause_vectors.scores(self._vector), 0)
            else:
                held = index.clause_words if name == "words" else index.clause_chars
                self._clauses[name] = self._scaled(held, name)
        return self._clauses[name]

    def sentences(self, name: str) -> Scores:
        """(m,): score of each sentence by the retriever."""
        if name not in self._sentences:
            index = self.index
            if name == "phrasing":
                self._sentences[name] = self.phrasings.sentences(self.rules())
            elif name == "dense":
                self._sentences[name] = np.maximum(index.sentence_vectors.scores(self._vector), 0)
            else:
                held = index.sentence_words if name == "words" else index.sentence_chars
                self._sentences[name] = self._scaled(held, name)
        return self._sentences[name]

    def _scaled(self, held: LexicalIndex, name: str) -> Scores:
        """Scores over that of an item that had every token of the query, each as often as ever helps."""
        tokens = self.words if name == "words" else self.chars
        ceiling = sum(held.idf(token) for token in tokens) * (self.index.config.k1 + 1)
        return held.weighted(self._weights(name)) / np.float32(max(ceiling, 1e-6))

    def _weights(self, name: str) -> dict[str, float]:
        """Tokens of the question by how often they stand in it, and those of official terms at less."""
        tokens, split = (
            (self.words, self.index.tokenizer.words) if name == "words" else (self.chars, self.index.tokenizer.chars)
        )
        weights: dict[str, float] = dict(Counter(tokens))
        for expansion in self.expansions:
            for token in split(expansion.official):
                weights[token] = max(weights.get(token, 0.0), self.config.expansion * expansion.weight)
        return weights

    def retriever(self, name: str) -> Scores:
        """(n,): the retriever's score of each clause, whole and best sentence mixed."""
        if name == "phrasing":
            return self.clauses(name)  # a phrasing is of one rule: its sentence and its clause are alike
        if name not in self._mixed:
            share = np.float32(self.config.sentence)
            best = self.index.units.lift(self.sentences(name)) if share else np.float32(0)
            self._mixed[name] = (1 - share) * self.clauses(name) + share * best
        return self._mixed[name]

    def fused(self, system: System) -> Scores:
        """(n,): fused score of each clause."""
        if system not in self._fused:
            names = self._counting(_BY_SYSTEM[system])
            self._fused[system] = self._weighted({name: self.retriever(name) for name in names}) * self._factors
        return self._fused[system]

    def fused_sentences(self) -> Scores:
        """(m,): fused score of each sentence by all retrievers."""
        if self._fused_sentences is None:
            names = self._counting(RETRIEVERS)
            self._fused_sentences = self._weighted({name: self.sentences(name) for name in names})
        return self._fused_sentences

    def _counting(self, names: Sequence[str]) -> list[str]:
        """Those of `names` at work; all of them that there are where none is."""
        return [name for name in names if name in self.retrievers] or [name for name in names if name in self.held]

    def _weighted(self, scores: dict[str, Scores]) -> Scores:
        total = sum(self.config.weight(name) for name in scores)
        if total <= 0:
            return np.asarray(sum(scores.values()), np.float32)
        return np.asarray(sum(np.float32(self.config.weight(n) / total) * s for n, s in scores.items()), np.float32)
