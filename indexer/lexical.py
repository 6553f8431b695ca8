"""BM25: every term's score in every item, worked out once, so that a query adds up a few sparse rows.

The definition is rank-bm25's `BM25Okapi` (Trotman, Puurula and Burgess 2014, the ATIRE variant), whose own
`get_scores` looks at every item for every term. That all of the score but the query is known at build time is
bm25s's finding (Lù 2024).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from rank_bm25 import BM25Okapi

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True)
class LexicalIndex:
    """Terms × items in compressed sparse rows.

    Term t has ``values[indptr[t]:indptr[t + 1]]`` in the items ``items[indptr[t]:indptr[t + 1]]``, ascending.
    """

    size: int
    """Number of items."""
    vocabulary: tuple[str, ...]
    """Term of each row, in order of first occurrence."""
    idfs: NDArray[np.float32]
    """(terms,): BM25Okapi's, its floor for terms in more than half of the items included."""
    indptr: NDArray[np.int64]
    """(terms + 1,)"""
    items: NDArray[np.int32]
    """(entries,)"""
    values: NDArray[np.float32]
    """(entries,)"""

    @staticmethod
    def build(token_lists: Sequence[Sequence[str]], k1: float = 1.5, b: float = 0.75) -> LexicalIndex:
        """Index of items, given as their tokens; an item may be empty. `k1`, `b`: the formula's symbols."""
        vocabulary = {term: row for row, term in enumerate(dict.fromkeys(chain.from_iterable(token_lists)))}
        if not vocabulary:
            empty = np.zeros(0, np.float32)
            return LexicalIndex(len(token_lists), (), empty, np.zeros(1, np.int64), np.zeros(0, np.int32), empty)
        bm25 = BM25Okapi(token_lists, k1=k1, b=b)
        counts = [len(frequencies) for frequencies in bm25.doc_freqs]
        entries = sum(counts)
        rows = np.fromiter((vocabulary[t] for f in bm25.doc_freqs for t in f), np.int32, entries)
        q_freq = np.fromiter((n for f in bm25.doc_freqs for n in f.values()), np.float64, entries)
        bm25.doc_freqs.clear()  # a gigabyte where there are 200,000 items
        items = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        idf = _idfs(bm25, list(vocabulary))
        length = 1 - b + b * np.array(bm25.doc_len) / bm25.avgdl
        values = (idf[rows] * (q_freq * (k1 + 1) / (q_freq + k1 * length[items]))).astype(np.float32)
        order = np.argsort(rows, kind="stable")
        indptr = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(vocabulary)))))
        return LexicalIndex(
            size=len(token_lists),
            vocabulary=tuple(vocabulary),
            idfs=idf.astype(np.float32),
            indptr=indptr.astype(np.int64),
            items=items[order],
            values=values[order],
        )

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """(size,) float32: BM25Okapi's score of each item. A token given twice counts twice, an unknown one not."""
        return self.weighted(_counted(tokens))

    def weighted(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """(size,) float32: the same for tokens that count by weight."""
        scores = np.zeros(self.size, np.float32)
        for term, weight in weights.items():
            row = self._rows.get(term)
            if row is not None:
                entries = slice(self.indptr[row], self.indptr[row + 1])
                values = self.values[entries]
                scores[self.items[entries]] += values if weight == 1 else np.float32(weight) * values
        return scores

    def explain(self, tokens: Sequence[str], item: int) -> list[tuple[str, float]]:
        """Each term of `tokens` that `item` has, with what it adds to the score, heaviest first."""
        found: list[tuple[str, float]] = []
        wanted = np.int32(item)  # of another type than the items, it would make a copy of them in that type
        for term, times in _counted(tokens).items():
            row = self._rows.get(term)
            if row is None:
                continue
            start, end = int(self.indptr[row]), int(self.indptr[row + 1])
            entry = start + int(self.items[start:end].searchsorted(wanted))
            if entry < end and self.items[entry] == item:
                found.append((term, times * float(self.values[entry])))
        return sorted(found, key=lambda weighted: -weighted[1])

    def idf(self, term: str) -> float:
        """How rare `term` is: its inverse document frequency. For a term in no item, the highest there can be."""
        row = self._rows.get(term)
        return float(self.idfs[row]) if row is not None else math.log(self.size + 0.5) - math.log(0.5)

    def save(self, directory: Path) -> None:
        """Write it to `directory`, which is made; its files are ``vocabulary.json`` and four ``.npy``."""
        directory.mkdir(parents=True)
        (directory / "vocabulary.json").write_bytes(msgspec.json.encode((self.size, self.vocabulary)))
        for name in _ARRAYS:
            np.save(directory / f"{name}.npy", getattr(self, name), allow_pickle=False)

    @staticmethod
    def load(directory: Path) -> LexicalIndex:
        """Index that `save` wrote there; its arrays are mapped, not read.

        Raises OSError, ValueError or `msgspec.DecodeError` if a file is missing or not what `save` writes.
        """
        size, vocabulary = msgspec.json.decode(
            (directory / "vocabulary.json").read_bytes(), type=tuple[int, tuple[str, ...]]
        )
        mapped = {name: np.load(directory / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS}
        arrays = {name: np.asarray(held) for name, held in mapped.items()}  # a memmap is slow to take slices of
        return LexicalIndex(size=size, vocabulary=vocabulary, **arrays)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {term: row for row, term in enumerate(self.vocabulary)}


_ARRAYS = ("idfs", "indptr", "items", "values")


def _counted(tokens: Sequence[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for token in tokens:
        counts[token] = counts.get(token, 0) + 1
    return counts


def _idfs(bm25: Any, terms: Sequence[str]) -> NDArray[np.float64]:
    """(terms,): BM25Okapi's, and where these average zero or less, as in one or two items, Lucene's, all positive.

    BM25Okapi then rates a term the lower the more it says; log(1 + (N - n + 0.5) / (n + 0.5)) is never negative.
    """
    if bm25.average_idf > 0:
        return np.array([bm25.idf[term] for term in terms])
    holding = Counter(term for frequencies in bm25.doc_freqs for term in frequencies)
    n = np.array([holding[term] for term in terms], np.float64)
    return np.asarray(np.log1p((bm25.corpus_size - n + 0.5) / (n + 0.5)))
