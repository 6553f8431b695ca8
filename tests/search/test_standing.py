"""What stands out among its alternatives is joined though little alike; what has likelier rivals is not."""

import pytest

from corpus.model import Span
from search.compare.parts import Part
from search.compare.standing import outstanding

MANY = 20


def text(doc_id, count=MANY):
    return [Part(doc_id, 0, n, 0, Span(n + 1, n + 2)) for n in range(count)]


def test_a_pair_liker_than_all_else_gains_and_one_with_rivals_does_not():
    parts = [*text("a"), *text("b")]
    pairs = {(0, MANY): 0.4, (1, MANY + 1): 0.4, (1, MANY + 2): 0.4, (1, MANY + 3): 0.4}
    found = outstanding(parts, pairs)
    assert found[0, MANY] > 0.5
    assert found[1, MANY + 1] < 0.4


def test_the_rivals_of_either_side_count():
    parts = [*text("a"), *text("b")]
    found = outstanding(parts, {(0, MANY): 0.4, (1, MANY): 0.45, (2, MANY): 0.45})
    assert found[0, MANY] < 0.4


def test_rivals_are_those_of_the_same_text():
    parts = [*text("a"), *text("b"), *text("c")]
    found = outstanding(parts, {(0, MANY): 0.4, (0, 2 * MANY): 0.4})
    assert found[0, MANY] == found[0, 2 * MANY] > 0.5


def test_among_few_rules_to_stand_out_says_little():
    pairs = {(0, 2): 0.4}
    assert outstanding([*text("a", 2), *text("b", 2)], pairs)[0, 2] == pytest.approx(0.4, abs=0.03)


def test_a_heading_gains_nothing_and_is_no_rival():
    heading = [Part("b", 0, -1, 0, Span(0, 1))]
    parts = [*text("a"), *text("b"), *heading]
    found = outstanding(parts, {(0, MANY): 0.4, (0, 2 * MANY): 0.45, (1, 2 * MANY): 0.6})
    assert found[0, MANY] > 0.5
    assert found[1, 2 * MANY] <= 0.6
