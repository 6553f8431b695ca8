"""Figures of a `SuiteRun`: rankings through ir-measures, and what the answers say and refuse to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success

from eval.suite import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eval.run import Outcome, SuiteRun
    from eval.suite import Question
    from search.model import DocumentAnswer, System

NONE_KINDS = ("far", "near", "elsewhere")


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
class RetrievalFigures:
    """How one system ranks the clauses that hold gold, over the questions that have gold; each 0 to 1.

    A clause is relevant from grade 1 on; a question without any hit counts as zero.
    """

    system: System
    questions: int
    hit_at_1: float
    """Success@1: the first clause is relevant."""
    hit_at_3: float
    """Success@3: one of the first three clauses is relevant."""
    mrr: float
    """RR: one over the rank of the first relevant clause (Voorhees, TREC-8 question answering track, 1999)."""


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """What the answers say."""

    right_no: Share
    """Questions without an answer that got one of the three "no"s."""
    right_no_by_kind: tuple[tuple[str, Share], ...]
    """The same for far, near and elsewhere."""
    named_no: Share
    """Those with a known kind of "no" (`expect`) that got just that."""
    needless_no: Share
    """Questions with an answer that got a "no"."""
    document_answered: Share
    """(question, document that answers) pairs where the document is said to answer."""
    document_silent: Share
    """(question, silent document) pairs where the document is not said to answer."""
    document_clause: Share
    """(question, document that answers) pairs where the clause given for the document holds gold."""
    quoted: Share
    """(question, document that answers) pairs where the quotes hold all the words of one of its gold quotes."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a run; `retrieval` in the order of its systems."""

    retrieval: tuple[RetrievalFigures, ...]
    answers: AnswerFigures


def measure(run: SuiteRun) -> Figures:
    """The figures of a run."""
    retrieval = tuple(_retrieval(run.outcomes, system, place) for place, system in enumerate(run.systems))
    return Figures(retrieval, _answers(run.outcomes))


def _retrieval(outcomes: Sequence[Outcome], system: System, place: int) -> RetrievalFigures:
    judged = [outcome for outcome in outcomes if outcome.question.gold]
    qrels = [qrel for outcome in judged for qrel in _qrels(outcome.question)]
    scored = [
        # One over the rank, not the system's score: trec_eval orders equal scores by clause id.
        ScoredDoc(outcome.question.query_id, clause_id, 1 / rank)
        for outcome in judged
        for rank, clause_id in enumerate(outcome.rankings[place].clause_ids, start=1)
    ]
    measures = (Success @ 1, Success @ 3, RR)
    figures = ir_measures.calc_aggregate(measures, qrels, scored) if judged else dict.fromkeys(measures, 0.0)
    return RetrievalFigures(system, len(judged), *(float(figures[one]) for one in measures))


def _qrels(question: Question) -> Iterable[Qrel]:
    grades: dict[str, int] = {}
    for gold in question.gold:
        grades[gold.clause_id] = max(gold.grade, grades.get(gold.clause_id, 0))
    return (Qrel(question.query_id, clause_id, grade) for clause_id, grade in grades.items())


def _answers(outcomes: Sequence[Outcome]) -> AnswerFigures:
    nones = [outcome for outcome in outcomes if outcome.question.none]
    answerable = [outcome for outcome in outcomes if not outcome.question.none]
    expecting = [outcome for outcome in nones if outcome.question.expect]
    answering = [(outcome, doc_id) for outcome in answerable for doc_id in outcome.question.answering]
    silent = [(outcome, doc_id) for outcome in outcomes for doc_id in outcome.question.silent]
    return AnswerFigures(
        right_no=_share(is_no(outcome) for outcome in nones),
        right_no_by_kind=tuple(
            (kind, _share(is_no(outcome) for outcome in nones if outcome.question.none == kind)) for kind in NONE_KINDS
        ),
        named_no=_share(outcome.answer.status == outcome.question.expect for outcome in expecting),
        needless_no=_share(is_no(outcome) for outcome in answerable),
        document_answered=_share(_says(outcome, doc_id) is not None for outcome, doc_id in answering),
        document_silent=_share(_says(outcome, doc_id) is None for outcome, doc_id in silent),
        document_clause=_share(_right_clause(outcome, doc_id) for outcome, doc_id in answering),
        quoted=_share(_quotes_gold(outcome, doc_id) for outcome, doc_id in answering),
    )


def is_no(outcome: Outcome) -> bool:
    """Whether the answer is one of the three "no"s."""
    return outcome.answer.status != "answered"


def _share(truths: Iterable[bool]) -> Share:
    counted = list(truths)
    return Share(sum(counted), len(counted))


def _says(outcome: Outcome, doc_id: str) -> DocumentAnswer | None:
    """What the document is said to answer; None where it is said to be silent, or not in scope."""
    said = (one for one in outcome.answer.answers if one.doc_id == doc_id and one.status == "answered")
    return next(said, None)


def _right_clause(outcome: Outcome, doc_id: str) -> bool:
    said = _says(outcome, doc_id)
    gold = {one.clause_id for one in outcome.question.gold if one.doc_id == doc_id}
    return said is not None and said.clause is not None and said.clause.clause_id in gold


def _quotes_gold(outcome: Outcome, doc_id: str) -> bool:
    said = _says(outcome, doc_id)
    if said is None:
        return False
    quoted = {place for quote in said.quotes for place in range(quote.start, quote.end)}
    wanted = (gold for gold in outcome.question.gold if gold.doc_id == doc_id and gold.grade == ANSWERS)
    return any(
        all(gold.start + place in quoted for place, char in enumerate(gold.quote) if not char.isspace())
        for gold in wanted
    )
