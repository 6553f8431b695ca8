"""p values and intervals: hand-worked cases, what holds under the null, and inputs without spread."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.significance import bootstrap_interval, holm, paired_randomisation

VALUES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 1 / 3, 0.5, 1.0]), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("a", "b", "p"),
    [
        ([0.0], [1.0], 1.0),  # one question: both sign flips are as far out
        ([0.0, 0.0], [1.0, 1.0], 0.5),  # ++ and -- of four
        ([0.0, 0.0, 0.0], [1.0, 1.0, 1.0], 0.25),
        ([0.0] * 5, [1.0] * 5, 2 / 32),
        ([0.0] * 5, [0.1] * 5, 2 / 32),  # sums of 0.1 are equal only up to rounding
        ([0.0, 0.0, 0.0, 1.0], [1.0, 1.0, 1.0, 0.0], 10 / 16),  # three won, one lost: sums of ±2 or ±4
        ([0.0, 0.5, 0.0, 0.2, 0.0], [1.0, 0.5, 1.0, 0.2, 1.0], 0.25),  # ties change nothing
        ([0.3, 0.7], [0.7, 0.3], 1.0),
        ([0.4, 0.4], [0.4, 0.4], 1.0),  # no question differs
    ],
)
def test_few_differing_questions_give_the_exact_p(a, b, p):
    assert paired_randomisation(a, b) == pytest.approx(p)
    assert paired_randomisation(b, a) == pytest.approx(p)


@given(VALUES, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_exact_p_is_the_share_of_sign_flips_as_far_out(a, random):
    b = random.sample(a, len(a))
    differences = np.subtract(b, a)
    flips = np.array(list(itertools.product((-1, 1), repeat=len(a)))) @ differences
    share = (np.abs(flips) >= abs(differences.sum()) - 1e-9).mean()
    assert paired_randomisation(a, b, rounds=1 << 12) == pytest.approx(share)


def test_many_differing_questions_are_sampled_and_p_is_never_zero():
    a, b = [0.0] * 40, [1.0] * 40
    assert paired_randomisation(a, b, rounds=999) == pytest.approx(2 / 1000)


def test_the_same_seed_gives_the_same_p_and_interval():
    random = np.random.default_rng(3)
    a, b = random.random(60).tolist(), random.random(60).tolist()
    assert paired_randomisation(a, b, 500, 7) == paired_randomisation(a, b, 500, 7)
    assert paired_randomisation(a, b, 500, 7) != paired_randomisation(a, b, 500, 8)
    assert bootstrap_interval(a, 7) == bootstrap_interval(a, 7)
    assert bootstrap_interval(a, 7) != bootstrap_interval(a, 8)


def test_under_the_null_p_is_uniform():
    random = np.random.default_rng(5)
    found = [paired_randomisation(*random.random((2, 30)).tolist(), rounds=200, seed=i) for i in range(300)]
    for level in (0.1, 0.25, 0.5, 0.75):
        assert np.mean(np.array(found) <= level) == pytest.approx(level, abs=0.09)  # three standard errors


@pytest.mark.parametrize(("a", "b"), [([], []), ([1.0], [1.0, 2.0])])
def test_values_that_are_not_pairs_are_refused(a, b):
    with pytest.raises(ValueError, match=f"{len(a)} and {len(b)}"):
        paired_randomisation(a, b)


@pytest.mark.parametrize(
    ("p_values", "corrected"),
    [
        ([], []),
        ([0.04], [0.04]),  # one comparison needs no correction
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),  # 3 × 0.01; 2 × 0.03; 1 × 0.04 is raised to the one before
        ([0.5, 0.6], [1.0, 1.0]),  # at most 1
        ([0.02, 0.02], [0.04, 0.04]),
    ],
)
def test_holm_by_hand(p_values, corrected):
    assert holm(p_values) == pytest.approx(corrected)


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_keeps_the_order_and_lies_between_p_and_bonferroni(p_values):
    corrected = holm(p_values)
    pairs = sorted(zip(p_values, corrected, strict=True))
    assert [c for _, c in pairs] == sorted(corrected)
    assert all(p <= c <= min(1.0, p * len(p_values)) + 1e-12 for p, c in pairs)


@pytest.mark.parametrize("values", [[0.7], [0.3, 0.3, 0.3], [0.0] * 50])
def test_values_without_spread_give_an_interval_of_one_point(values):
    assert bootstrap_interval(values) == (values[0], values[0])


def test_no_values_give_no_interval():
    with pytest.raises(ValueError, match="at least one"):
        bootstrap_interval([])


@given(VALUES)
@settings(max_examples=30, deadline=None)
def test_an_interval_lies_within_the_values_and_a_surer_one_holds_it(values):
    low, high = bootstrap_interval(values, rounds=500)
    wide_low, wide_high = bootstrap_interval(values, level=0.99, rounds=500)
    bounds = [min(values), wide_low, low, high, wide_high, max(values)]
    assert bounds == pytest.approx(sorted(bounds), abs=1e-9)


def test_an_interval_is_that_of_the_normal_distribution_where_there_are_many():
    values = np.random.default_rng(9).normal(0.2, 0.5, 2000)
    low, high = bootstrap_interval(values.tolist())
    reach = 1.96 * values.std() / len(values) ** 0.5
    assert (low, high) == pytest.approx((values.mean() - reach, values.mean() + reach), abs=0.003)


def test_an_interval_holds_the_true_mean_about_as_often_as_it_says():
    random = np.random.default_rng(11)
    drawn = [bootstrap_interval(random.binomial(1, 0.7, 60).tolist(), seed=i, rounds=500) for i in range(200)]
    held = np.mean([low <= 0.7 <= high for low, high in drawn])
    assert held == pytest.approx(0.95, abs=0.05)
