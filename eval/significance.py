"""Is a difference chance? Paired randomisation, Holm's correction, bootstrap intervals; same seed, same figures.

Sources: the randomisation test by sign flips, Fisher, The Design of Experiments (1935), recommended for retrieval by
Smucker, Allan and Carterette (CIKM 2007); p never zero when sampled, Phipson and Smyth (2010); step-down correction,
Holm (1979); BCa intervals, Efron (1987). Computed by `scipy.stats`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import stats

ROUNDS = 10_000
"""Sign flips or resamples drawn; with 13 or fewer differing questions all flips are gone through instead."""
SEED = 20_16_57
"""Any fixed number would do."""
_BATCH = 1_000
"""Samples held in memory at once."""
_DECIMALS = 9


def paired_randomisation(a: Sequence[float], b: Sequence[float], rounds: int = ROUNDS, seed: int = SEED) -> float:
    """Two-sided p that `b` and `a`, values of the same questions in the same order, differ in mean by chance alone.

    Exact where `rounds` would go through all sign flips of the questions that differ; else sampled, and then at least
    ``2 / (rounds + 1)``. 1.0 where no question or one alone differs. Raises `ValueError` where
    `a` and `b` are not of equal number, or empty.
    """
    differences = _paired(a, b)
    differing = differences[differences != 0]
    if differing.size < 2:  # one question alone can as well have fallen the other way
        return 1.0
    tested = stats.permutation_test(
        (differing,), _sum, permutation_type="samples", vectorized=True, n_resamples=rounds, batch=_BATCH,
        alternative="two-sided", rng=seed,
    )  # fmt: skip
    return float(tested.pvalue)


def holm(p_values: Sequence[float]) -> list[float]:
    """Each p value corrected for there being several, in the order given: the chance that any of them is a fluke.

    Holm's step-down: the i-th smallest of m is multiplied by m - i + 1, never below the one before, at most 1.
    """
    corrected = [1.0] * len(p_values)
    reached = 0.0
    for place, index in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        reached = max(reached, min(1.0, (len(p_values) - place) * p_values[index]))
        corrected[index] = reached
    return corrected


def bootstrap_interval(
    values: Sequence[float], seed: int = SEED, level: float = 0.95, rounds: int = ROUNDS
) -> tuple[float, float]:
    """(low, high) of the mean of `values` at confidence `level`, by the BCa bootstrap over questions.

    For a difference give the paired differences. Values that are all equal, or one alone, give (value, value): a
    sample without spread cannot tell how far off it is. Raises `ValueError` for none.
    """
    drawn = np.asarray(values, np.float64)
    if not drawn.size:
        raise ValueError("an interval needs at least one value")
    if np.all(drawn == drawn[0]):
        return float(drawn[0]), float(drawn[0])
    found = stats.bootstrap(
        (drawn,), _mean, n_resamples=rounds, batch=_BATCH, vectorized=True, confidence_level=level, method="BCa",
        rng=seed,
    )  # fmt: skip
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


def _paired(a: Sequence[float], b: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """(n,): b - a."""
    if len(a) != len(b) or not a:
        raise ValueError(f"paired values of the same questions expected, found {len(a)} and {len(b)}")
    return np.asarray(b, np.float64) - np.asarray(a, np.float64)


def _sum(differences: Any, axis: int = -1) -> Any:
    # Rounded, so that sums of the same differences, added in another order, tie.
    return np.round(np.sum(differences, axis=axis), _DECIMALS)


def _mean(values: Any, axis: int = -1) -> Any:
    return np.mean(values, axis=axis)
