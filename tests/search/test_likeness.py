from __future__ import annotations

import numpy as np
import pytest

from indexer.lexical import LexicalIndex
from search.compare import likeness
from search.compare.likeness import Parts, likeness_of, mutual_lead, nearest_pairs, unit_terms

VECTORS = np.asarray([[1, 0], [0, 1], [1, 0], [0.6, 0.8], [0, 1]], np.float32)
PARTS = Parts(VECTORS, np.asarray([3, 1, 1, 1, 1], np.float32), np.asarray([0, 2, 2, 3, 5]))
"""Clause 0 has a long part and a short one, clause 1 none, clause 2 one, clause 3 two."""


def test_likeness_is_the_mean_of_both_ways_of_the_best_counterparts():
    found = PARTS.likeness(range(1), range(1, 4))
    there = (3 * 1 + 1 * 0) / 4  # of clause 0 in clause 2, by weight
    back = 1.0
    assert found[0] == pytest.approx([0, (there + back) / 2, ((3 * 0.6 + 1 * 1) / 4 + (0.8 + 1) / 2) / 2])


def test_likeness_is_the_same_seen_from_either_side():
    assert np.allclose(PARTS.likeness(range(2), range(2, 4)), PARTS.likeness(range(2, 4), range(2)).T)


def test_parts_may_be_given_in_any_order():
    order = np.asarray([4, 2, 0, 3, 1])
    placed = Parts.placed(VECTORS[order], np.asarray([0, 0, 2, 3, 3])[order], 4)
    equal = Parts(VECTORS, np.ones(5, np.float32), PARTS.bounds)
    assert np.allclose(placed.likeness(range(2), range(2, 4)), equal.likeness(range(2), range(2, 4)))


def test_clauses_with_parts_are_told_from_those_without():
    assert PARTS.are_filled(np.asarray([3, 1, 0])).tolist() == [True, False, True]


def test_blocks_change_nothing(monkeypatch):
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(60, 8)).astype(np.float32)
    parts = Parts.placed(vectors, rng.integers(0, 20, 60), 20)
    one, other = range(11), range(11, 20)
    whole = nearest_pairs(parts, one, other, 3)
    values = likeness_of(parts, whole, other)
    monkeypatch.setattr(likeness, "_BLOCK", 2)
    small = nearest_pairs(parts, one, other, 3)
    assert np.array_equal(whole, small)
    assert np.allclose(values, likeness_of(parts, small, other))
    assert np.allclose(values, parts.likeness(one, other)[whole[0], whole[1] - 11])


def test_the_nearest_of_either_side_are_kept():
    # clause 3 is the nearest of none in 0..2, but they are the nearest it has
    parts = Parts.one_each(np.asarray([[1, 0], [0.9, 0.1], [1, 0], [0.1, 0.9]], np.float32))
    rows, columns = nearest_pairs(parts, range(2), range(2, 4), 1)
    assert list(zip(rows, columns, strict=True)) == [(0, 2), (1, 2), (1, 3)]


def test_a_text_without_clauses_has_no_pairs():
    assert [len(rows) for rows in nearest_pairs(PARTS, range(2), range(2, 2), 3)] == [0, 0]


def test_the_lead_is_one_for_mutual_bests_and_less_for_the_others():
    pairs = np.asarray([0, 0, 1]), np.asarray([5, 6, 5])
    assert mutual_lead(np.asarray([0.8, 0.4, 0.2], np.float32), pairs) == pytest.approx(
        [1, 0.4 / (0.8 * 0.4) ** 0.5, 0.2 / (0.2 * 0.8) ** 0.5]
    )


def test_nothing_alike_has_no_lead():
    assert mutual_lead(np.zeros(1, np.float32), (np.asarray([0]), np.asarray([1]))) == 0


def test_shared_terms_count_by_how_rare_they_are():
    lexical = LexicalIndex.build([["a", "rare"], ["a", "rare"], ["a", "b"], ["c"], ["d"], ["a", "e"], []])
    terms = unit_terms(lexical)
    products = (terms @ terms.T).toarray()
    assert products[0, 1] == pytest.approx(1)
    assert 0 < products[0, 2] < 0.5
    assert products[0, 3] == 0
    assert not products[6].any()


def test_terms_left_out_of_an_item_weigh_nothing_in_it():
    lexical = LexicalIndex.build([["first", "a"], ["first", "b"], ["first", "a"], ["c"], ["d"], ["e"], ["f"]])
    terms = unit_terms(lexical, [["first", "unknown"], *[["c"]] * 6])
    products = (terms @ terms.T).toarray()
    assert products[0, 1] == 0  # the first item has no "first" any more
    assert 0 < products[0, 2] < 1
    assert products[1, 2] > 0
    assert products[0, 0] == pytest.approx(1)
