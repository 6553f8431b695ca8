"""A made suite and made runs of it, for what compares runs."""

from __future__ import annotations

from dataclasses import replace

from eval.model import AnswerOutcome, DocumentOutcome, Gold, Outcome, Question, Ranked, Run, RunInfo, Suite

RIGHT, WRONG, OTHER = "town/1", "town/2", "city/1"


def made_suite(count=6, split="dev"):
    """Questions q1, q2, … that `RIGHT` answers and `OTHER` supports, and one (none) that nothing answers."""
    gold = (Gold("city", OTHER, "每两年", 0, 3, 1), Gold("town", RIGHT, "每月加发", 3, 7, 2))
    asked = [Question(f"q{i}", "single", f"第{i}问", gold=gold, split=split) for i in range(1, count + 1)]
    none = Question("none", "none", "怎么离婚", none="far", split=split)
    return Suite("made", "自编", "zh", "town、city", "评测自身", "CC0-1.0", "编造", (*asked, none))


def made_run(suite, ranks, *, system="hybrid", answered=True, **info):
    """A run in which `RIGHT` stands at the rank given for each question (None: nothing is found)."""
    outcomes = []
    for question, rank in zip(suite.questions, [*ranks, None], strict=True):
        ranking = ()
        if rank is not None:
            ids = [*(f"filler/{i}" for i in range(1, rank)), RIGHT]
            ranking = tuple(Ranked(clause_id, 1 / place) for place, clause_id in enumerate(ids, start=1))
        outcomes.append(Outcome(question.query_id, {system: ranking}, made_answer() if answered else None))
    about = RunInfo("made", "dev", (system,), "corpus-1", {"fusion.words": 0.1}, {"numpy": "2.0"}, 0.4, 0.5)
    return Run(replace(about, **info), tuple(outcomes))


def made_answer(status="no_basis"):
    return AnswerOutcome(status, 0.1, "", (DocumentOutcome("town", "silent", 0.1),))


def both_systems(first, second):
    """One run with the rankings of both."""
    outcomes = tuple(
        replace(a, rankings={**a.rankings, **b.rankings}) for a, b in zip(first.outcomes, second.outcomes, strict=True)
    )
    return Run(replace(first.info, systems=(*first.info.systems, *second.info.systems)), outcomes)
