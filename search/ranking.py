"""Places and ranks by score."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.retrieve import Scores

Rows = NDArray[np.int64]


def best_places(scores: Scores, k: int) -> Rows:
    """Places of the `k` highest scores, best first, equal ones in their order."""
    if k < len(scores):
        least = np.partition(scores, len(scores) - k)[len(scores) - k]
        places = np.flatnonzero(scores >= least)
    else:
        places = np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")[:k]]


def ranks_among(
    scores: Scores, rows: np.ndarray[tuple[int], np.dtype[np.int64]], wanted: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> list[int]:
    """Rank among `rows` by `scores` of each of `wanted`, from 1."""
    held = scores[rows]
    return [1 + int((held > scores[row]).sum()) for row in wanted]
