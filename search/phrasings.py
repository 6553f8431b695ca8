"""Phrasings that people wrote for the held rules, matched with a question: a retriever of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.phrasings import Phrasing
from indexer.index import Index
from indexer.lexical import LexicalIndex

Scores = NDArray[np.float32]
_LITTLE = 1e-6


class PhrasingIndex:
    """The phrasings of a corpus, ready for matching. Without any, every score is zero."""

    def __init__(self, index: Index, phrasings: Sequence[Phrasing], meaning: float) -> None:
        self.phrasings = tuple(phrasings)
        self.documents = frozenset(phrasing.doc_id for phrasing in self.phrasings)
        self._meaning = np.float32(meaning)
        tokens = [index.tokenizer.chars(phrasing.text) for phrasing in self.phrasings]
        self._lexical = LexicalIndex.build(tokens, index.config.k1, index.config.b)
        self._full = np.float32(index.config.k1 + 1)
        self._own = np.asarray([self._weight(own) for own in tokens], np.float32)
        self._vectors = index.encoder.encode_passages([phrasing.text for phrasing in self.phrasings])
        self._rows = np.asarray([index.row_of[phrasing.clause_id] for phrasing in self.phrasings], np.int64)
        self._units = np.asarray([_unit(index, phrasing) for phrasing in self.phrasings], np.int64)
        self._answers = np.asarray([not phrasing.is_apart for phrasing in self.phrasings], np.bool_)
        self._sizes = (len(index.clauses), len(index.units.clause))

    def _weight(self, tokens: Sequence[str]) -> float:
        return float(sum(self._lexical.idf(token) for token in tokens))

    def likeness(self, tokens: Sequence[str], vector: Scores) -> Scores:
        """(phrasings,): 0 to about 1, how much each is the question.

        Words and meaning mixed: BM25 over the geometric mean of what question and phrasing weigh, and the cosine.
        """
        if not self.phrasings:
            return np.zeros(0, np.float32)
        both = np.sqrt(np.maximum(self._own, _LITTLE) * np.float32(max(self._weight(tokens), _LITTLE)))
        words = self._lexical.scores(tokens) / (both * self._full)
        meaning = np.maximum(self._vectors @ vector, 0)
        return np.asarray((1 - self._meaning) * words + self._meaning * meaning, np.float32)

    def clauses(self, likeness: Scores) -> Scores:
        """(clauses,): likeness of the best phrasing of each clause, less where one it does not answer is nearer."""
        return self._best(likeness, self._rows, self._sizes[0])

    def sentences(self, likeness: Scores) -> Scores:
        """(sentences,): the same for each scored sentence."""
        return self._best(likeness, self._units, self._sizes[1])

    def nearest(self, likeness: Scores, row: int) -> Phrasing | None:
        """The phrasing of clause `row` that is most like the question; None where it has none, or none is alike."""
        own = np.flatnonzero((self._rows == row) & self._answers & (likeness > 0))
        return self.phrasings[int(own[np.argmax(likeness[own])])] if len(own) else None

    def _best(self, likeness: Scores, places: NDArray[np.int64], size: int) -> Scores:
        best = np.zeros(size, np.float32)
        apart = np.zeros(size, np.float32)
        np.maximum.at(best, places[self._answers], likeness[self._answers])
        np.maximum.at(apart, places[~self._answers], likeness[~self._answers])
        return np.asarray(np.maximum(best - np.maximum(apart - best, 0), 0), np.float32)


def _unit(index: Index, phrasing: Phrasing) -> int:
    """The scored sentence that the phrasing's quote begins in, or the nearest one before it in its clause."""
    units = index.sentences_of(index.row_of[phrasing.clause_id])
    starts = index.units.start[units.start : units.stop]
    return units.start + max(0, int(np.searchsorted(starts, phrasing.start, side="right")) - 1)
