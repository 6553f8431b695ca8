import pytest

from eval.by_point import interval_by_point


def test_the_interval_is_of_the_mean_over_all_values():
    values = [(1, 1, 1, 1, 1, 1)] * 8 + [(0,)] * 2  # two points in ten are wrong, but they hold little
    low, high = interval_by_point(values, rounds=2000)
    assert 0.8 < low < 48 / 50 < high <= 1  # the mean of the means of points is 0.8


def test_what_belongs_to_a_point_is_drawn_together():
    apart = interval_by_point([(1,), (0,)] * 20, rounds=2000)
    together = interval_by_point([(1,) * 10, (0,) * 10] * 2, rounds=2000)
    assert together[1] - together[0] > apart[1] - apart[0]


def test_points_without_values_are_left_out_and_none_at_all_is_refused():
    assert interval_by_point([(), (0.5,), ()]) == (0.5, 0.5)
    with pytest.raises(ValueError, match="at least one"):
        interval_by_point([(), ()])
