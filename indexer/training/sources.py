"""Where the pairs of a batch come from: sentences, like articles, questions, plain and official terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.training.bags import Sparse


@dataclass(frozen=True, slots=True)
class Pairs:
    """Row i of `queries` (b, vocabulary) belongs to row i of `passages` (b + extra, vocabulary), all rows token counts.

    `clashes` (b, b + extra) is true where a passage also answers a query without being its own: it is left out.
    """

    queries: Sparse
    passages: Sparse
    clashes: NDArray[np.bool_]


class PairSource(Protocol):
    """Where pairs come from."""

    def draw(self, count: int, rng: np.random.Generator) -> Pairs:
        """`count` pairs."""


@dataclass(frozen=True)
class ClozePairs:
    """Inverse cloze: a sentence against the passage it was taken out of (Lee, Chang and Toutanova 2019).

    `sentences` (m, vocabulary); `owners` (m,) gives the row of `passages` (n, vocabulary) each was taken from.
    """

    sentences: Sparse
    owners: NDArray[np.int64]
    passages: Sparse
    keep: float = 0.3
    """Share of the pairs whose passage still holds the sentence, so that shared wording counts too."""

    def draw(self, count: int, rng: np.random.Generator) -> Pairs:
        """Sentences at random, each as likely."""
        rows = rng.integers(len(self.owners), size=count)
        owners = self.owners[rows]
        queries = self.sentences[rows]
        removed = sparse.diags((rng.random(count) >= self.keep).astype(np.float32))
        passages = self.passages[owners] - removed @ queries
        return Pairs(queries, sparse.csr_matrix(passages.maximum(0)), _others_alike(owners))


@dataclass(frozen=True)
class NeighbourPairs:
    """Two passages that say nearly the same in different texts: `pairs` (p, 2) are rows of `passages`."""

    passages: Sparse
    pairs: NDArray[np.int64]

    def draw(self, count: int, rng: np.random.Generator) -> Pairs:
        """Pairs at random, each as likely."""
        left, right = self.pairs[rng.integers(len(self.pairs), size=count)].T
        return Pairs(self.passages[left], self.passages[right], _others_alike(left) | _others_alike(right))


@dataclass(frozen=True)
class TermPairs:
    """A plain word against the official term it may stand for; row i of `plain` and `official` (n, vocabulary).

    `plain_ids` and `official_ids` (n,) tell which words are the same.
    """

    plain: Sparse
    official: Sparse
    plain_ids: NDArray[np.int64]
    official_ids: NDArray[np.int64]

    def draw(self, count: int, rng: np.random.Generator) -> Pairs:
        """Pairs at random, each as likely."""
        rows = rng.integers(len(self.plain_ids), size=count)
        clashes = _others_alike(self.plain_ids[rows]) | _others_alike(self.official_ids[rows])
        return Pairs(self.plain[rows], self.official[rows], clashes)


@dataclass(frozen=True)
class QuestionPairs:
    """A question against a passage judged to answer it, with one passage that only looks alike beside it.

    `questions` (q, vocabulary); `golds[i]` and `near[i]` are rows of `passages`: what answers question i, and what
    resembles it but does not.
    """

    questions: Sparse
    passages: Sparse
    golds: tuple[tuple[int, ...], ...]
    near: tuple[tuple[int, ...], ...]

    def draw(self, count: int, rng: np.random.Generator) -> Pairs:
        """Questions at random, each as likely."""
        rows = rng.integers(len(self.golds), size=count)
        own = np.array([rng.choice(self.golds[row]) for row in rows])
        hard = np.array([rng.choice(self.near[row]) for row in rows])
        chosen = np.concatenate([own, hard])
        clashes = np.array([np.isin(chosen, self.golds[row]) for row in rows])
        clashes[np.arange(count), np.arange(count)] = False
        return Pairs(self.questions[rows], self.passages[chosen], clashes)


def _others_alike(ids: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(b, b): whether two places of a batch have the same id without being one place."""
    alike: NDArray[np.bool_] = ids[:, None] == ids[None, :]
    np.fill_diagonal(alike, val=False)
    return alike


def stacked(parts: Sequence[Pairs]) -> Pairs:
    """One batch of all pairs; the extra passages of every part come last, and parts do not clash."""
    counts = [part.queries.shape[0] for part in parts]
    own = sparse.vstack([part.passages[:count] for part, count in zip(parts, counts, strict=True)])
    extra = sparse.vstack([part.passages[count:] for part, count in zip(parts, counts, strict=True)])
    total, column = sum(counts), 0
    clashes = np.zeros((total, total + extra.shape[0]), dtype=bool)
    tail = total
    for part, count in zip(parts, counts, strict=True):
        rows = slice(column, column + count)
        clashes[rows, rows] = part.clashes[:, :count]
        beyond = part.clashes.shape[1] - count
        clashes[rows, tail : tail + beyond] = part.clashes[:, count:]
        column, tail = column + count, tail + beyond
    queries = sparse.csr_matrix(sparse.vstack([part.queries for part in parts]))
    return Pairs(queries, sparse.csr_matrix(sparse.vstack([own, extra])), clashes)
