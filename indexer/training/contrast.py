"""Contrastive training of token vectors, in numpy and scipy alone, so that the same seed gives the same bytes.

A text's vector is the mean of its tokens'; a question is to lie nearer to its own passage than to the others of its
batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Sparse = csr_matrix[np.float32]

_SCALE = 20.0
"""Of the cosines before the softmax."""
_RATE = 2e-3
_BETA_1, _BETA_2 = 0.9, 0.999
_EPSILON = 1e-8


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
    keep: float = 0.1
    """Share of the pairs whose passage still holds the sentence, so that shared wording counts too."""

    def draw(self, count: int, rng: np.random.Generator) -> Pairs:
        """Sentences at random, each as likely."""
        rows = rng.integers(len(self.owners), size=count)
        owners = self.owners[rows]
        queries = self.sentences[rows]
        removed = sparse.diags((rng.random(count) >= self.keep).astype(np.float32))
        passages = self.passages[owners] - removed @ queries
        clashes = (owners[:, None] == owners[None, :]) & ~np.eye(count, dtype=bool)
        return Pairs(queries, sparse.csr_matrix(passages.maximum(0)), clashes)


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


def _stacked(parts: Sequence[Pairs]) -> Pairs:
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


def contrasted(
    vectors: NDArray[np.float32],
    sources: Sequence[tuple[PairSource, int]],
    steps: int,
    rng: np.random.Generator,
    progress: Callable[[float], None],
) -> NDArray[np.float32]:
    """`vectors` (vocabulary, dim) after `steps` batches, each of the given number of pairs from each source.

    Symmetric cross-entropy over the batch; Adam on the rows a batch touches, its rate falling to zero in a straight
    line. `progress` gets the loss of each batch.
    """
    adam = _Adam(vectors.copy())
    for step in range(steps):
        batch = _stacked([source.draw(count, rng) for source, count in sources])
        loss, texts, slopes = _gradient(adam.vectors, batch)
        adam.update(texts, slopes, _RATE * (1 - step / steps))
        progress(loss)
    return adam.vectors


class _Adam:
    """Kingma and Ba 2015, "Adam", algorithm 1, with moments kept for each row and moved only when it is touched."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        self.vectors = vectors
        self._m = np.zeros_like(vectors)
        self._v = np.zeros_like(vectors)
        self._t = 0

    def update(self, texts: Sparse, slopes: NDArray[np.float32], rate: float) -> None:
        """One step down; `texts` (b, vocabulary) are token shares, `slopes` (b, dim) the gradient at their vectors."""
        self._t += 1
        rows = np.unique(texts.indices)
        g = np.asarray(texts[:, rows].T @ slopes, dtype=np.float32)
        m = self._m[rows] = _BETA_1 * self._m[rows] + (1 - _BETA_1) * g
        v = self._v[rows] = _BETA_2 * self._v[rows] + (1 - _BETA_2) * g**2
        unbiased = np.sqrt(1 - _BETA_2**self._t) / (1 - _BETA_1**self._t)
        self.vectors[rows] -= np.float32(rate * unbiased) * m / (np.sqrt(v) + np.float32(_EPSILON))


def _gradient(vectors: NDArray[np.float32], batch: Pairs) -> tuple[float, Sparse, NDArray[np.float32]]:
    """Give the loss, the token shares of all texts of the batch, and the gradient at their vectors."""
    texts = _means(sparse.csr_matrix(sparse.vstack([batch.queries, batch.passages])))
    raw = texts @ vectors
    lengths = np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), 1e-6)
    unit = raw / lengths
    count = batch.queries.shape[0]
    queries, passages = unit[:count], unit[count:]
    scores = _SCALE * (queries @ passages.T)
    scores[batch.clashes] = -1e9
    across, down = _log_softmax(scores), _log_softmax(scores[:, :count].T).T
    own = np.arange(count)
    loss = -float(across[own, own].mean() + down[own, own].mean()) / 2
    pull = np.exp(across)
    pull[:, :count] += np.exp(down)
    pull[own, own] -= 2
    pull *= _SCALE / (2 * count)
    to_unit = np.concatenate([pull @ passages, pull.T @ queries])
    to_raw = (to_unit - unit * (unit * to_unit).sum(axis=1, keepdims=True)) / lengths
    return loss, texts, to_raw.astype(np.float32)


def _log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    below = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(below - np.log(np.exp(below).sum(axis=1, keepdims=True)))


def _means(counts: Sparse) -> Sparse:
    lengths = np.maximum(np.asarray(counts.sum(axis=1)).ravel(), 1.0)
    return sparse.csr_matrix(sparse.diags((1.0 / lengths).astype(np.float32)) @ counts)
