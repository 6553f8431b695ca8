"""First vectors: positive pointwise mutual information of neighbouring tokens, by singular value decomposition.

Levy, Goldberg and Dagan 2015, "Improving distributional similarity with lessons learned from word embeddings".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SMOOTHING = 0.75
"""Exponent of the context counts: rare contexts weigh less."""
_OVERSAMPLING = 16
_POWER_ITERATIONS = 4


def cooccurrences(texts: Sequence[NDArray[np.int32]], size: int, window: int) -> sparse.csr_matrix:
    """How often tokens stand within `window` of each other, in 1/distance: (size, size), symmetric, in float32."""
    tokens = np.concatenate([*texts, np.empty(0, dtype=np.int32)])
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    nothing = np.empty(0, dtype=np.int32)
    counts = sparse.csr_matrix((np.empty(0, dtype=np.float32), (nothing, nothing)), shape=(size, size))
    for distance in range(1, min(window, len(tokens) - 1) + 1):
        left, right = tokens[:-distance], tokens[distance:]
        kept = (owner[:-distance] == owner[distance:]) & (left > 0) & (right > 0)
        weights = np.full(int(kept.sum()), 1.0 / distance, dtype=np.float32)
        counts = counts + sparse.csr_matrix((weights, (left[kept], right[kept])), shape=(size, size))
    return sparse.csr_matrix(counts + counts.T)


def ppmi(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """max(0, log(p(w, c) / (p(w) p(c)^0.75))), same shape as `counts`."""
    rows = np.asarray(counts.sum(axis=1)).ravel()
    context = rows**_SMOOTHING
    context = context / max(float(context.sum()), 1.0)
    cells = counts.tocoo()
    information = np.log(cells.data / (rows[cells.row] * context[cells.col]))
    positive = information > 0
    kept = (information[positive].astype(np.float32), (cells.row[positive], cells.col[positive]))
    return sparse.csr_matrix(kept, shape=counts.shape)


def reduced(matrix: sparse.csr_matrix, dim: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """`U sqrt(S)` of the symmetric `matrix`, (n, dim) float32, columns by falling singular value.

    Randomised subspace iteration (Halko, Martinsson and Tropp 2011, algorithm 4.4); where the matrix is smaller than
    `dim`, the columns beyond it are zero.
    """
    size = matrix.shape[0]
    width = min(size, dim + _OVERSAMPLING)
    basis = np.linalg.qr(matrix @ rng.standard_normal((size, width), dtype=np.float32))[0]
    for _ in range(_POWER_ITERATIONS):
        basis = np.linalg.qr(matrix @ basis)[0]
    left, values, _ = np.linalg.svd(basis.T @ (matrix @ basis))
    vectors = (basis @ left) * np.sqrt(values)
    result = np.zeros((size, dim), dtype=np.float32)
    result[:, : min(width, dim)] = vectors[:, :dim]
    return result


def sif_weights(counts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Weigh tokens by a / (a + p(token)) with a = 1e-3, (n,).

    Arora, Liang and Ma 2017, "A simple but tough-to-beat baseline for sentence embeddings".
    """
    share = counts / max(int(counts.sum()), 1)
    return (1e-3 / (1e-3 + share)).astype(np.float32)
