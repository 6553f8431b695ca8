"""How like the clauses of two texts are: the parts of one held against all parts of the other, block by block.

A part is a sentence, a heading, a whole clause or a rule with its phrasings: a vector of unit norm. Only one block of
clauses is ever held against the other text, so memory grows with the longer text, not with the product of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.lexical import LexicalIndex

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
_BLOCK = 64
"""Clauses held against the other text at once."""
_LITTLE = 1e-9


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of the clauses of an index, in the order of the clauses; one may have none."""

    vectors: Floats | csr_array
    """(parts, dim): rows of unit norm, or of zeros."""
    weights: Floats
    """(parts,): what each counts in its clause."""
    bounds: Rows
    """(clauses + 1,): the parts of clause row r are ``bounds[r]`` to ``bounds[r + 1]`` (half open)."""

    @staticmethod
    def one_each(vectors: Floats | csr_array) -> Parts:
        """Of one part a clause."""
        count = vectors.shape[0]
        return Parts(vectors, np.ones(count, np.float32), np.arange(count + 1))

    @staticmethod
    def placed(vectors: Floats | csr_array, rows: Rows, clauses: int) -> Parts:
        """Of parts that stand in the clauses `rows` (parts,), in any order, of `clauses` in all."""
        order = np.argsort(rows, kind="stable")
        bounds = np.searchsorted(rows[order], np.arange(clauses + 1))
        return Parts(vectors[order], np.ones(len(rows), np.float32), bounds)

    def are_filled(self, rows: Rows) -> NDArray[np.bool_]:
        """(rows,): whether each of these clauses has any part."""
        return np.asarray(self.bounds[rows + 1] > self.bounds[rows], np.bool_)

    def likeness(self, one: range, other: range) -> Floats:
        """(len(one), len(other)): how like each clause of rows `one` is to each of `other`, 0 to 1.

        The mean over both directions of how like the parts of a clause are to their best counterparts in the other
        clause, by inner product. 0 where one has no parts.
        """
        own, theirs = (slice(int(self.bounds[rows.start]), int(self.bounds[rows.stop])) for rows in (one, other))
        found = self.vectors[own] @ self.vectors[theirs].T
        products = np.maximum(found if isinstance(found, np.ndarray) else found.toarray(), 0)
        there = self._directed(products, one, other)
        back = self._directed(products.T, other, one)
        return np.asarray((there + back.T) / 2, np.float32)

    def _directed(self, products: Floats, one: range, other: range) -> Floats:
        """(len(one), len(other)): the weighted mean, over the parts of a clause, of the best part of the other's."""
        result = np.zeros((len(one), len(other)), np.float32)
        held, filled = self._starts(one), self._starts(other)
        if not (len(held[0]) and len(filled[0])):
            return result
        best = np.maximum.reduceat(products, filled[1], axis=1)
        weights = self.weights[self.bounds[one.start] : self.bounds[one.stop]]
        sums = np.add.reduceat(best * weights[:, None], held[1], axis=0)
        result[np.ix_(held[0], filled[0])] = sums / np.maximum(np.add.reduceat(weights, held[1]), _LITTLE)[:, None]
        return result

    def _starts(self, rows: range) -> tuple[Rows, Rows]:
        """Places in `rows` of the clauses that have parts, and where these begin among the parts of `rows`."""
        bounds = self.bounds[rows.start : rows.stop + 1]
        filled = np.flatnonzero(np.diff(bounds))
        return filled, bounds[:-1][filled] - bounds[0]


def unit_terms(lexical: LexicalIndex, without: Sequence[Iterable[str]] = ()) -> csr_array:
    """(items, terms): rows of unit norm whose inner product is the share of the terms' weight that two items share.

    A term weighs its inverse document frequency, once however often it stands there. `without`: terms of each item,
    where given, that weigh nothing in it.
    """
    from scipy.sparse import csr_array

    weights = np.sqrt(np.maximum(lexical.idfs, 0))
    counts = np.diff(lexical.indptr)
    entries = np.repeat(weights, counts)
    if without:
        number = {term: place for place, term in enumerate(lexical.vocabulary)}
        left_out = [number[term] * lexical.size + n for n, own in enumerate(without) for term in own if term in number]
        places = np.repeat(np.arange(len(counts)), counts) * lexical.size + lexical.items
        entries = np.where(np.isin(places, left_out), 0, entries)
    shape = (len(lexical.vocabulary), lexical.size)
    terms = csr_array((entries, lexical.items, lexical.indptr), shape=shape).T.tocsr()
    norms = np.sqrt(np.asarray(terms.multiply(terms).sum(axis=1)).ravel())
    terms.data /= np.repeat(np.maximum(norms, _LITTLE), np.diff(terms.indptr)).astype(np.float32)
    return terms


def nearest_pairs(parts: Parts, one: range, other: range, count: int) -> tuple[Rows, Rows]:
    """Rows of the clauses of `one` and of `other` that are among the `count` most like of each other, either way.

    Sorted by the first, then the second.
    """
    there = list(_nearest(parts, one, other, count))
    back = [pairs[:, ::-1] for pairs in _nearest(parts, other, one, count)]
    found = np.unique(np.concatenate([np.zeros((0, 2), np.int64), *there, *back]), axis=0)
    return found[:, 0], found[:, 1]


def _nearest(parts: Parts, one: range, other: range, count: int) -> Iterator[Rows]:
    """For each block of `one`, pairs (n, 2) of its rows with those of the `count` most like of `other`."""
    kept = min(count, len(other))
    if not kept:
        return
    for block in _blocks(one):
        places = np.argpartition(-parts.likeness(block, other), kept - 1, axis=1)[:, :kept]
        rows = np.repeat(np.arange(block.start, block.stop), kept)
        yield np.stack([rows, places.ravel() + other.start], 1)


def likeness_of(parts: Parts, pairs: tuple[Rows, Rows], other: range) -> Floats:
    """(pairs,): how like the two clauses of each pair are; `pairs` sorted by the first, the second all in `other`."""
    found = np.zeros(len(pairs[0]), np.float32)
    if not len(found):
        return found
    for block in _blocks(range(int(pairs[0][0]), int(pairs[0][-1]) + 1)):
        low, high = np.searchsorted(pairs[0], (block.start, block.stop))
        if low < high:
            values = parts.likeness(block, other)
            found[low:high] = values[pairs[0][low:high] - block.start, pairs[1][low:high] - other.start]
    return found


def mutual_lead(values: Floats, pairs: tuple[Rows, Rows]) -> Floats:
    """(pairs,): 1 where each of the two is the other's best by `values` (pairs,), less the more they fall behind.

    The geometric mean of a value over the best of its first clause and over the best of its second.
    """
    leads = np.maximum(values, 0)
    bests = np.ones_like(leads)
    for rows in pairs:
        _, places = np.unique(rows, return_inverse=True)
        best = np.zeros(int(places.max(initial=-1)) + 1, np.float32)
        np.maximum.at(best, places, leads)
        bests *= best[places]
    return np.asarray(leads / np.sqrt(np.maximum(bests, _LITTLE)), np.float32)


def _blocks(rows: range) -> Iterator[range]:
    for start in range(rows.start, rows.stop, _BLOCK):
        yield range(start, min(start + _BLOCK, rows.stop))
