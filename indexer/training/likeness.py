"""Passages alike by their words: near misses for a question, neighbours across laws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.training.bags import Sparse

_BATCH = 256
_LEAST, _MOST = 0.2, 0.85
"""Cosines of neighbours: below they have little in common, above they are copies."""
_NEIGHBOURS = 8
_LARGEST = 20_000
"""Passages whose neighbours are looked for at most, spread evenly."""


def nearest_others(
    questions: Sparse, weighted: Sparse, golds: Sequence[Sequence[int]], count: int
) -> tuple[tuple[int, ...], ...]:
    """For each question, the `count` rows of `weighted` (n, vocabulary; unit rows) most like it, its golds left out."""
    found: list[tuple[int, ...]] = []
    columns = weighted.T.tocsr()
    for start in range(0, len(golds), _BATCH):
        likeness = (questions[start : start + _BATCH] @ columns).toarray()
        for scores, own in zip(likeness, golds[start : start + _BATCH], strict=True):
            order = _best(scores, count + len(own))
            found.append(tuple(int(row) for row in order if row not in own)[:count])
    return tuple(found)


def like_pairs(weighted: Sparse, groups: Sequence[str]) -> NDArray[np.int64]:
    """(p, 2): rows of `weighted` (n, vocabulary; unit rows) that are alike and of different groups."""
    numbers = np.unique(np.asarray(groups), return_inverse=True)[1]
    columns = weighted.T.tocsr()
    step = max(1, len(groups) // _LARGEST)
    rows = np.arange(0, len(groups), step)
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        likeness = (weighted[batch] @ columns).toarray()
        for row, scores in zip(batch, likeness, strict=True):
            scores[numbers == numbers[row]] = 0
            pairs.extend(
                (int(row), int(other)) for other in _best(scores, _NEIGHBOURS) if _LEAST <= scores[other] <= _MOST
            )
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Places of the `count` highest scores, best first, equal ones in their order."""
    if count < len(scores):
        places = np.flatnonzero(scores >= np.partition(scores, len(scores) - count)[len(scores) - count])
    else:
        places = np.arange(len(scores))
    return np.asarray(places[np.argsort(-scores[places], kind="stable")[:count]])
