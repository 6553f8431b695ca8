"""Contrastive training of token vectors, in numpy and scipy alone, so that the same seed gives the same bytes.

A text's vector is the mean of its tokens'; a question is to lie nearer to its own passage than to the others of its
batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from indexer.training.sources import Pairs, stacked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from indexer.training.bags import Sparse
    from indexer.training.sources import PairSource

_SCALE = 14.0
"""Of the cosines before the softmax."""
_RATE = 2e-3
_BETA_1, _BETA_2 = 0.9, 0.999
_EPSILON = 1e-8


def contrasted(
    vectors: NDArray[np.float32],
    sources: Sequence[tuple[PairSource, int]],
    steps: int,
    rng: np.random.Generator,
    progress: Callable[[float], None],
    dropout: float = 0.0,
) -> NDArray[np.float32]:
    """`vectors` (vocabulary, dim) after `steps` batches, each of the given number of pairs from each source.

    Symmetric cross-entropy over the batch; Adam on the rows a batch touches, its rate falling to zero in a straight
    line. `dropout` is the chance of each token of a text to be left out, which keeps rare words from learning their
    pair by heart. `progress` gets the loss of each batch.
    """
    adam = _Adam(vectors.copy())
    for step in range(steps):
        batch = _thinned(stacked([source.draw(count, rng) for source, count in sources]), dropout, rng)
        loss, texts, slopes = _gradient(adam.vectors, batch)
        adam.update(texts, slopes, _RATE * (1 - step / steps))
        progress(loss)
    return adam.vectors


def _thinned(batch: Pairs, dropout: float, rng: np.random.Generator) -> Pairs:
    return Pairs(_dropped(batch.queries, dropout, rng), _dropped(batch.passages, dropout, rng), batch.clashes)


def _dropped(texts: Sparse, dropout: float, rng: np.random.Generator) -> Sparse:
    kept = texts.copy()
    kept.data = (kept.data * (rng.random(kept.nnz) >= dropout)).astype(np.float32)
    kept.eliminate_zeros()
    return kept


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
