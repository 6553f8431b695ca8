"""Intervals of means over what belongs to points: what belongs to one point is drawn together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eval.significance import ROUNDS, SEED


def interval_by_point(values: Sequence[Sequence[float]], rounds: int = ROUNDS, seed: int = SEED) -> tuple[float, float]:
    """(low, high): the 95 % percentile bootstrap interval of the mean over all values; `values`: those of each point.

    A point without values is left out. Raises `ValueError` where none has any.

    >>> interval_by_point([(1, 1), (1,)])
    (1.0, 1.0)
    """
    held = [each for each in values if each]
    if not held:
        raise ValueError("an interval needs at least one value")
    sums, counts = np.array([sum(each) for each in held], np.float64), np.array([len(each) for each in held])
    drawn = np.random.default_rng(seed).integers(len(held), size=(rounds, len(held)))
    low, high = np.percentile(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), [2.5, 97.5])
    return float(low), float(high)
