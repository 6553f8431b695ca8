"""Weights of the fusion: learned from examples, none below zero, never from the example they rank."""

import numpy as np
import pytest

from corpus.errors import PolicyError
from eval.crossvalidate import PARTS, Judged, part_of, ranked
from eval.learn import Example, cross_validated, learned, write_weights


def example(number, rng):
    """`good` tells the answer, `bad` says the opposite, `noise` nothing."""
    answers = np.zeros(12, np.bool_)
    answers[number % 12] = True
    scores = {
        "good": (answers + rng.normal(0, 0.3, 12)).astype(np.float32),
        "bad": (1 - answers + rng.normal(0, 0.3, 12)).astype(np.float32),
        "noise": rng.random(12).astype(np.float32),
    }
    return Example(f"q{number}", scores, answers)


@pytest.fixture
def examples():
    rng = np.random.default_rng(0)
    return [example(number, rng) for number in range(60)]


def test_what_tells_the_answer_gets_the_weight_and_nothing_a_negative_one(examples):
    weights = learned(examples, ("good", "bad", "noise"))
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["good"] > 0.9
    assert weights["bad"] == 0
    assert min(weights.values()) >= 0


def test_examples_without_an_answer_teach_nothing(examples):
    silent = Example("none", {"good": np.ones(3, np.float32), "bad": np.ones(3, np.float32)}, np.zeros(3, np.bool_))
    names = ("good", "bad")
    assert learned([*examples, silent], names) == learned(examples, names)


def test_an_example_does_not_help_to_rank_itself(examples):
    """One whose answer only `bad` finds, by far: were it learned from, `bad` would count."""
    odd = Example(
        "odd", {"good": np.zeros(2, np.float32), "bad": np.array([0, 1], np.float32)}, np.array([False, True])
    )
    fused = cross_validated([*examples, odd], ("good", "bad"))[-1]
    assert fused[1] - fused[0] < 0.2


def test_the_parts_of_law_questions_are_ranked_by_the_others(examples):
    found = [Judged(number % PARTS, f"q{number}", each, 1) for number, each in enumerate(examples)]
    recalls, gains = ranked(found, ("good",))
    assert len(recalls) == len(gains) == 60
    assert np.mean(recalls) == 1
    assert 0.8 < np.mean(gains) <= 1
    assert np.mean(ranked(found, ("bad",))[1]) < np.mean(ranked(found, ("noise",))[1])


def test_a_question_is_in_one_part_for_good():
    parts = [part_of(f"第{number}问") for number in range(500)]
    assert set(parts) == set(range(PARTS))
    assert parts[:20] == [part_of(f"第{number}问") for number in range(20)]


def test_weights_are_written_beside_those_of_other_kinds(tmp_path):
    path = tmp_path / "fusion.toml"
    write_weights(path, "plain", {"chars": 0.7, "dense": 0.30004})
    write_weights(path, "statutes", {"chars": 0.4})
    assert "[plain]\nchars = 0.7\ndense = 0.3" in path.read_text(encoding="utf-8")
    assert "[statutes]\nchars = 0.4" in path.read_text(encoding="utf-8")
    path.write_text("= nonsense", encoding="utf-8")
    with pytest.raises(PolicyError, match="--write"):
        write_weights(path, "plain", {"chars": 1.0})
