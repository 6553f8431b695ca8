"""How systems rank the clauses that hold gold, through ir-measures (MacAvaney, Macdonald, Ounis, ECIR 2022).

Questions that no text answers (`none`) are left out; a question that the run lacks, or has no clause for, counts as
zero, as trec_eval's ``-c`` has it. nDCG takes the grades as gains, so supporting clauses count there; all other
measures are binary and count the clauses that answer (`eval.measures.judged.relevant_from`) alone: ir-measures
writes these ``RR(rel=2)``, ``Success(rel=2)@1``, ``R(rel=2)@5``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ir_measures
from ir_measures import Measure, Qrel, ScoredDoc

from eval.measures.judged import mean, relevant_from
from eval.model import Question, Run, Suite

RANKINGS = ("nDCG@10", "RR", "Success@1", "Success@3", "R@5", "R@10", "R@100")
"""nDCG: Järvelin and Kekäläinen, ACM TOIS 20(4), 2002. RR, one over the rank of the first right clause: Voorhees,
TREC-8 question answering track, 1999. Success@k, a right clause among the first k: Craswell and Hawking, TREC 2004
web track. R@k: share of the right clauses among the first k (recall: Cleverdon, 1967)."""
DOCUMENTS = "documents@5"
"""Of a question that several texts rule on: the share of these texts with a right clause among the first five hits
(subtopic recall: Zhai, Cohen, Lafferty, SIGIR 2003, with documents for subtopics)."""
SEVERAL = ("multi", "compare")
"""Types of question that `DOCUMENTS` is measured on."""
FIRST = 5


@dataclass(frozen=True, slots=True)
class RankingFigures:
    """Means over questions, each 0 to 1, higher is better."""

    questions: int
    """Questions with gold."""
    several: int
    """Those of them that `DOCUMENTS` is measured on."""
    values: dict[str, float | None]
    """Every name of `RANKINGS`, and `DOCUMENTS`, in this order; None where no question counts."""


@dataclass(frozen=True, slots=True)
class SystemFigures:
    """How one system ranks: over all questions, by type in order of appearance, by document that rules by its id.

    A question that several documents rule on counts, whole, for each of them.
    """

    system: str
    overall: RankingFigures
    by_type: dict[str, RankingFigures]
    by_document: dict[str, RankingFigures]


def measure_rankings(suite: Suite, run: Run, system: str) -> SystemFigures:
    """The figures of one system of the run."""
    values = rankings_by_question(suite, run, system)
    grade = relevant_from(suite)
    judged = [question for question in suite.questions if is_ranked(question)]
    types = dict.fromkeys(question.type for question in judged)
    documents: dict[str, list[Question]] = {}
    for question in judged:
        for doc_id in right_clauses(question, grade):
            documents.setdefault(doc_id, []).append(question)
    return SystemFigures(
        system,
        _over(judged, values),
        {kind: _over([q for q in judged if q.type == kind], values) for kind in types},
        {doc_id: _over(questions, values) for doc_id, questions in sorted(documents.items())},
    )


def rankings_by_question(suite: Suite, run: Run, system: str) -> dict[str, dict[str, float]]:
    """Measure → query_id → value, for every question with gold, in the suite's order."""
    grade = relevant_from(suite)
    judged = [question for question in suite.questions if is_ranked(question)]
    ranked = _rankings(run, system)
    names = {ir_measure(name, grade): name for name in RANKINGS}
    values: dict[str, dict[str, float]] = {name: dict.fromkeys((q.query_id for q in judged), 0.0) for name in RANKINGS}
    if judged:
        for found in ir_measures.iter_calc(list(names), list(qrels(judged)), list(scored(judged, ranked))):
            values[names[found.measure]][found.query_id] = float(found.value)
    values[DOCUMENTS] = {
        question.query_id: _documents_found(question, ranked.get(question.query_id, ())[:FIRST], grade)
        for question in judged
        if question.type in SEVERAL and right_clauses(question, grade)
    }
    return values


def is_ranked(question: Question) -> bool:
    """Whether rankings are measured on the question: something held answers it."""
    return question.none is None and question.type != "none" and bool(question.gold)


def ir_measure(name: str, grade: int) -> Measure:
    """ir-measures' own value for a name of `RANKINGS`, binary ones relevant from `grade` on."""
    measure = ir_measures.parse_measure(name)
    return measure if name.startswith("nDCG") else measure(rel=grade)


def qrels(questions: Iterable[Question]) -> Iterable[Qrel]:
    """The judged clauses of the questions, each with its highest grade."""
    for question in questions:
        for clause_id, grade in question.grades.items():
            yield Qrel(question.query_id, clause_id, grade)


def scored(questions: Iterable[Question], rankings: dict[str, tuple[str, ...]]) -> Iterable[ScoredDoc]:
    """The rankings for ir-measures, scored by one over the rank.

    Not by the system's own score: trec_eval orders equal scores by clause id, and the order shown to a person is
    the order given.
    """
    for question in questions:
        for rank, clause_id in enumerate(rankings.get(question.query_id, ()), start=1):
            yield ScoredDoc(question.query_id, clause_id, 1 / rank)


def right_clauses(question: Question, grade: int) -> dict[str, set[str]]:
    """Document → its clauses judged `grade` or better, for each document that has one."""
    right: dict[str, set[str]] = {}
    for gold in question.gold:
        if gold.grade >= grade:
            right.setdefault(gold.doc_id, set()).add(gold.clause_id)
    return right


def _rankings(run: Run, system: str) -> dict[str, tuple[str, ...]]:
    """Clause ids by question, best first, each at its best rank alone."""
    return {
        outcome.query_id: tuple(dict.fromkeys(ranked.clause_id for ranked in outcome.rankings.get(system, ())))
        for outcome in run.outcomes
    }


def _documents_found(question: Question, first: Sequence[str], grade: int) -> float:
    right = right_clauses(question, grade)
    return sum(not clauses.isdisjoint(first) for clauses in right.values()) / len(right)


def _over(questions: Sequence[Question], values: dict[str, dict[str, float]]) -> RankingFigures:
    ids = [question.query_id for question in questions]
    means = {name: mean(held[i] for i in ids if i in held) for name, held in values.items()}
    return RankingFigures(len(ids), sum(i in values[DOCUMENTS] for i in ids), means)
