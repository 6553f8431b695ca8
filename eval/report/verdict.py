"""What came of one question, in one word and the reasons in Chinese sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from eval.measures import is_no
from eval.measures.answering import answering_clauses, expected_statuses, says
from eval.model import ANSWERS, AnswerOutcome, DocumentOutcome, Outcome, Question, Ranked, RunInfo
from eval.report.words import RETRIEVERS, STATUSES

VerdictKind = Literal[
    "missed_no", "wrong_clause", "needless_no", "wrong_no", "partly", "wrong_quote", "not_found", "low", "right"
]

FIRST_PAGE = 10
"""A relevant clause below this rank counts as not found."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kind` is a key of `words.VERDICTS`; `why` are sentences, none where there is nothing to say."""

    kind: VerdictKind
    why: tuple[str, ...] = ()


def main_system(info: RunInfo) -> str:
    """The system a reader is served by: the hybrid where the run has it, else the run's last."""
    return "hybrid" if "hybrid" in info.systems or not info.systems else info.systems[-1]


def verdict_of(question: Question, outcome: Outcome, info: RunInfo, grade: int = ANSWERS) -> Verdict:
    """Whether the answer is right; where none was asked for, whether the main system ranks a right clause first.

    `grade`: the grade from which on a judged clause is a right one (`eval.measures.judged.relevant_from`).
    """
    ranking = outcome.rankings.get(main_system(info), ())
    answer = outcome.answer
    if answer is None:
        return _of_ranking(ranking, gold_rank(question, ranking, grade))
    if question.none is not None:
        return _of_none(question, answer, info)
    if not is_no(answer):
        return _of_answer(question, answer, ranking, info)
    if answer.status in expected_statuses(question):
        return Verdict("right")
    return Verdict("needless_no", tuple(_needless(answer, ranking, gold_rank(question, ranking, grade), info)))


def gold_rank(question: Question, ranking: tuple[Ranked, ...], grade: int = ANSWERS) -> int | None:
    """Rank, from 1, of the first clause judged `grade` or higher; None where none is in the ranking."""
    grades = question.grades
    return next((rank for rank, each in enumerate(ranking, 1) if grades.get(each.clause_id, 0) >= grade), None)


def _of_ranking(ranking: tuple[Ranked, ...], rank: int | None) -> Verdict:
    if rank == 1:
        return Verdict("right")
    best = ranking[0].clause_id if ranking else "没有条文"
    if rank is None or rank > FIRST_PAGE:
        where = "不在名单里" if rank is None else f"排在第 {rank}"
        return Verdict("not_found", (f"排在第 1 的是 {best}；标准条文{where}。",))
    return Verdict("low", (f"排在第 1 的是 {best}；标准条文排在第 {rank}。",))


def _of_none(question: Question, answer: AnswerOutcome, info: RunInfo) -> Verdict:
    if answer.status == "answered":
        said = "、".join(d.clause_id or d.doc_id for d in answer.documents if d.status == "answered")
        sure = _against(answer.confidence, info.threshold)
        return Verdict("missed_no", (f"没有依据，却答了 {said or '条文'}；把握 {sure}。",))
    expected = expected_statuses(question)
    if answer.status not in expected:
        wanted = "”或“".join(STATUSES[status] for status in expected)
        return Verdict("wrong_no", (f"说成“{STATUSES[answer.status]}”，应当是“{wanted}”。",))
    return Verdict("right")


def _needless(answer: AnswerOutcome, ranking: tuple[Ranked, ...], rank: int | None, info: RunInfo) -> Iterator[str]:
    if answer.status == "not_held":
        yield "当成了问未收录的地方或文件。"
    elif answer.confidence < info.threshold:
        yield f"把握 {_against(answer.confidence, info.threshold)}。"
    else:
        yield f"没有一份文件的把握达到文件门槛 {info.document_threshold:.3f}。"
    yield "标准条文不在名单里。" if rank is None else f"标准条文排在第 {rank}{_retrievers(ranking[rank - 1])}。"


def _of_answer(question: Question, answer: AnswerOutcome, ranking: tuple[Ranked, ...], info: RunInfo) -> Verdict:
    """Documents that are neither silent nor hold gold of grade 2 are not judged."""
    said = [document for doc_id in question.ruling if (document := says(answer, doc_id)) is not None]
    right = [document for document in said if document.clause_id in answering_clauses(question, document.doc_id)]
    faults = list(_document_faults(question, answer, ranking, info))
    if not right:
        return Verdict("wrong_clause", tuple(faults))
    if faults:
        return Verdict("partly", tuple(faults))
    missed = [document for document in right if not _quotes_gold(question, document)]
    if missed:
        return Verdict("wrong_quote", tuple(f"{d.clause_id} 的引文没有落在标准依据上。" for d in missed))
    return Verdict("right")


def _document_faults(
    question: Question, answer: AnswerOutcome, ranking: tuple[Ranked, ...], info: RunInfo
) -> Iterator[str]:
    given = {document.doc_id: document for document in answer.documents}
    ranks = {each.clause_id: rank for rank, each in enumerate(ranking, 1)}
    for doc_id in question.ruling:
        wanted = answering_clauses(question, doc_id)
        document = given.get(doc_id)
        if document is None:
            yield f"{doc_id} 没有在查找范围里。"
        elif document.status == "silent":
            yield f"{doc_id} 有规定，却说未规定（把握 {_against(document.confidence, info.document_threshold)}）。"
        elif document.clause_id not in wanted:
            best = min(sorted(wanted), key=lambda clause_id: ranks.get(clause_id, len(ranks) + 1))
            rank = ranks.get(best)
            place = "不在名单里" if rank is None else f"排在第 {rank}{_retrievers(ranking[rank - 1])}"
            yield f"{doc_id} 给出 {document.clause_id}；标准条文 {best} {place}。"
    for doc_id in question.silent:
        document = given.get(doc_id)
        if document is not None and document.status == "answered":
            sure = _against(document.confidence, info.document_threshold)
            yield f"{doc_id} 未规定，却给出 {document.clause_id}（把握 {sure}）。"


def _quotes_gold(question: Question, document: DocumentOutcome) -> bool:
    """Whether a quote shares a character with one that answers."""
    golds = [g for g in question.gold if g.clause_id == document.clause_id and g.grade == ANSWERS]
    return any(quote.start < gold.end and gold.start < quote.end for gold in golds for quote in document.quotes)


def _retrievers(each: Ranked) -> str:
    ranks = "、".join(f"{RETRIEVERS.get(name, name)} {rank}" for name, rank in each.ranks.items())
    return f"（{ranks}）" if ranks else ""


def _against(confidence: float, threshold: float) -> str:
    relation = "低于" if confidence < threshold else "不低于"
    return f"{confidence:.3f}，{relation}门槛 {threshold:.3f}"
