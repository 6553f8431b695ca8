"""Phrasings that people wrote for the held rules, matched with a question: a retriever of its own.

All phrasings of a rule, with its own words, are one text to be found (Nogueira and Lin 2019, "doc2query"): a question
need not be like any one of them, if its words stand in several. The mean of their vectors is matched beside.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.phrasings import Phrasing
from indexer.index import Index
from indexer.lexical import LexicalIndex
from search.prepared import PreparedPhrasings, prepare

Scores = NDArray[np.float32]
_LITTLE = 1e-6


class PhrasingIndex:
    """The phrasings of a corpus, ready for matching. Without any, every score is zero.

    `meaning`: the share of the cosine in the score of a rule, the rest is BM25 over characters; `apart`: how much a
    question loses by being more like one that the rule does not answer than like any that it does; `prepared`: what
    was worked out of just these phrasings (None: it is done now).
    """

    def __init__(
        self,
        index: Index,
        phrasings: Sequence[Phrasing],
        meaning: float,
        apart: float,
        prepared: PreparedPhrasings | None = None,
    ) -> None:
        self.phrasings = tuple(phrasings)
        self.documents = frozenset(phrasing.doc_id for phrasing in self.phrasings)
        self._meaning = np.float32(meaning)
        self._apart = np.float32(apart)
        held = prepared or prepare(index, self.phrasings)
        self.asked = held.asked
        self._full = np.float32(index.config.k1 + 1)
        self._single, self._own, self._rule_of = held.single, held.own, held.rule_of
        self._answers = np.asarray([not phrasing.is_apart for phrasing in self.phrasings], np.bool_)
        self.pooled = held.pooled
        """An item for each rule: its own words and those of all its phrasings."""
        self.centres = held.centres
        """(rules, dim): of unit norm, the mean of a rule's phrasings."""
        first = [self.phrasings[place] for place in np.unique(held.rule_of, return_index=True)[1].tolist()]
        self.rows = np.asarray([index.row_of[phrasing.clause_id] for phrasing in first], np.int64)
        """(rules,): row of the clause that each rule stands in."""
        self._units = np.asarray([_unit(index, phrasing) for phrasing in first], np.int64)
        self._sizes = (len(index.clauses), len(index.units.clause))

    @staticmethod
    def _weight(lexical: LexicalIndex, tokens: Sequence[str]) -> float:
        return float(sum(lexical.idf(token) for token in tokens))

    def rules(self, tokens: Sequence[str], vector: Scores, likeness: Scores) -> Scores:
        """(rules,): 0 to about 1, how much a question of these tokens and this vector asks for each rule.

        `likeness`: of the question, as `likeness` gives it.
        """
        if not self.phrasings:
            return np.zeros(0, np.float32)
        ceiling = max(self._weight(self.pooled, tokens), _LITTLE) * self._full
        words = self.pooled.scores(tokens) / np.float32(ceiling)
        scores = (1 - self._meaning) * words + self._meaning * np.maximum(self.centres @ vector, 0)
        return np.asarray(np.maximum(scores - self._apart * self._misled(likeness), 0), np.float32)

    def _misled(self, likeness: Scores) -> Scores:
        """(rules,): how much nearer the nearest question is that the rule does not answer than the nearest it does."""
        best, apart = np.zeros(len(self.rows), np.float32), np.zeros(len(self.rows), np.float32)
        np.maximum.at(best, self._rule_of[self._answers], likeness[self._answers])
        np.maximum.at(apart, self._rule_of[~self._answers], likeness[~self._answers])
        return np.asarray(np.maximum(apart - best, 0), np.float32)

    def likeness(self, tokens: Sequence[str]) -> Scores:
        """(phrasings,): 0 to about 1, how much each is the question, by BM25 over what both weigh (geometric mean)."""
        both = np.sqrt(np.maximum(self._own, _LITTLE) * np.float32(max(self._weight(self._single, tokens), _LITTLE)))
        return np.asarray(self._single.scores(tokens) / (both * self._full), np.float32)

    def clauses(self, rules: Scores) -> Scores:
        """(clauses,): score of the best rule of each clause, from the scores of `rules`."""
        best = np.zeros(self._sizes[0], np.float32)
        np.maximum.at(best, self.rows, rules)
        return best

    def sentences(self, rules: Scores) -> Scores:
        """(sentences,): the same for each scored sentence."""
        best = np.zeros(self._sizes[1], np.float32)
        np.maximum.at(best, self._units, rules)
        return best

    def nearest(self, likeness: Scores, rules: Scores, row: int) -> Phrasing | None:
        """Of the best rule of clause `row`, the phrasing most like the question; None where none is like it at all."""
        own = np.flatnonzero((self.rows == row) & (rules > 0))
        if not len(own):
            return None
        answering = np.flatnonzero((self._rule_of == own[np.argmax(rules[own])]) & self._answers)
        best = answering[np.argmax(likeness[answering])] if len(answering) else None
        return None if best is None or likeness[best] <= 0 else self.phrasings[int(best)]


def _unit(index: Index, phrasing: Phrasing) -> int:
    """The scored sentence that the phrasing's quote begins in, or the nearest one before it in its clause."""
    units = index.sentences_of(index.row_of[phrasing.clause_id])
    starts = index.units.start[units.start : units.stop]
    return units.start + max(0, int(np.searchsorted(starts, phrasing.start, side="right")) - 1)
