"""All families of measures over one run."""

from __future__ import annotations

from dataclasses import dataclass

from eval.measures.answering import ANSWERING, AnsweringFigures, answering_by_question, measure_answering
from eval.measures.evidence import EVIDENCE, EvidenceFigures, evidence_by_question, measure_evidence
from eval.measures.judged import was_asked
from eval.measures.refusal import REFUSAL, RefusalFigures, measure_refusal, refusal_by_question
from eval.measures.retrieval import DOCUMENTS, RANKINGS, SystemFigures, measure_rankings, rankings_by_question
from eval.model import Run, Suite

MEASURES = (*RANKINGS, DOCUMENTS, *ANSWERING, *REFUSAL, *EVIDENCE)
"""Names of the measures that have a value for each question, 0 to 1, higher is better, in the order of a report."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a run."""

    suite: str
    split: str
    systems: tuple[SystemFigures, ...]
    """In the run's order."""
    answering: AnsweringFigures | None
    """None, like the two below, where the run holds rankings alone."""
    refusal: RefusalFigures | None
    evidence: EvidenceFigures | None


def measure(suite: Suite, run: Run) -> Figures:
    """The figures of a run over the questions of `suite`, which is the part that was run (`Suite.part`).

    A question of `suite` that the run lacks counts as zero; what the run has beyond it is left out.
    """
    was = was_asked(suite, run)
    return Figures(
        suite=suite.name,
        split=run.info.split,
        systems=tuple(measure_rankings(suite, run, system) for system in run.info.systems),
        answering=measure_answering(suite, run) if was else None,
        refusal=measure_refusal(suite, run) if was else None,
        evidence=measure_evidence(suite, run) if was else None,
    )


def per_question(suite: Suite, run: Run, system: str) -> dict[str, dict[str, float]]:
    """Measure → query_id → value for every name of `MEASURES`, each over the questions that it applies to.

    Rankings are those of `system`; answers are the run's, whichever the system. In a run without answers their
    measures hold no question.
    """
    values = {name: dict[str, float]() for name in MEASURES} | rankings_by_question(suite, run, system)
    if not was_asked(suite, run):
        return values
    answers = (answering_by_question(suite, run), refusal_by_question(suite, run), evidence_by_question(suite, run))
    return values | answers[0] | answers[1] | answers[2]
