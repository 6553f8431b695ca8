"""What the families of measures share: shares and means, and a suite's questions beside a run's answers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from eval.model import ANSWERS, AnswerOutcome, Question, Run, Suite


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `total`."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """`count / total`; None where there was nothing to count."""
        return self.count / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the suite with the run's answer; None where the run has none for it."""

    question: Question
    answer: AnswerOutcome | None


def share(truths: Iterable[bool]) -> Share:
    """How many of `truths` hold.

    >>> share([True, False, True, True]).value
    0.75
    """
    counted = list(truths)
    return Share(sum(counted), len(counted))


def mean(values: Iterable[float]) -> float | None:
    """The arithmetic mean; None of nothing.

    >>> mean([1.0, 0.0, 0.5])
    0.5
    """
    held = list(values)
    return math.fsum(held) / len(held) if held else None


def asked(suite: Suite, run: Run) -> tuple[Asked, ...]:
    """Every question of `suite`, in its order, with the run's answer. What the run has beyond the suite is left out."""
    answers = {outcome.query_id: outcome.answer for outcome in run.outcomes}
    return tuple(Asked(question, answers.get(question.query_id)) for question in suite.questions)


def was_asked(suite: Suite, run: Run) -> bool:
    """Whether the run holds an answer to any question of the suite: a run may hold rankings alone."""
    return any(each.answer is not None for each in asked(suite, run))


def is_no(answer: AnswerOutcome) -> bool:
    """Whether an answer is one of the three "no"s."""
    return answer.status != "answered"


def relevant_from(suite: Suite) -> int:
    """The grade from which on a judged clause is a right one: 2, and 1 where clauses were judged without quotes.

    A quote of grade 1 supports and does not answer, so its clause in front is not a success. In a BEIR folder every
    judged clause is relevant, whatever its grade (Thakur et al., BEIR, NeurIPS 2021).
    """
    return ANSWERS if any(gold.quote for question in suite.questions for gold in question.gold) else 1
