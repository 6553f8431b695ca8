"""Runs shown: tables for a terminal, JSON for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from eval.measures import Share, is_no, measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from eval.measures import AnswerFigures
    from eval.run import Outcome, SuiteRun

_KINDS = {"far": "其他话题", "near": "话题在、细节无", "elsewhere": "未收录的地方或文件"}


def print_report(runs: Iterable[SuiteRun], console: Console) -> None:
    """Writes the figures of each run to `console`: its name, a table of rankings and one of answers."""
    for run in runs:
        figures = measure(run)
        name = f"{run.suite.title}（{run.suite.name}/{run.suite.split}，{len(run.outcomes)} 问）"
        retrieval = Table("检索", "hit@1", "hit@3", "MRR")
        for row in figures.retrieval:
            retrieval.add_row(row.system, f"{row.hit_at_1:.3f}", f"{row.hit_at_3:.3f}", f"{row.mrr:.3f}")
        answers = Table("回答", "占比", "数量")
        for label, share in _answer_rows(figures.answers):
            value = "—" if share.value is None else f"{share.value:.3f}"
            answers.add_row(label, value, f"{share.count}/{share.total}")
        console.print(Text(name, style="bold"))
        console.print(retrieval)
        console.print(answers)


def _answer_rows(answers: AnswerFigures) -> Iterable[tuple[str, Share]]:
    yield "该说“没有”时说了（越高越好）", answers.right_no
    for kind, share in answers.right_no_by_kind:
        yield f"　其中{_KINDS[kind]}", share
    yield "“没有”的种类也说对（越高越好）", answers.named_no
    yield "能答却说“没有”（越低越好）", answers.needless_no
    yield "有规定的文件答了（越高越好）", answers.document_answered
    yield "　且给出的条文对", answers.document_clause
    yield "　且引文含标准依据原文", answers.quoted
    yield "未规定的文件没有乱答（越高越好）", answers.document_silent


def as_json(runs: Iterable[SuiteRun]) -> dict[str, Any]:
    """The figures and every question of each run, ready for `json.dumps`; same run, same value (no times in it)."""
    return {"suites": [_run_json(run) for run in runs]}


def _run_json(run: SuiteRun) -> dict[str, Any]:
    figures = measure(run)
    answers = figures.answers
    return {
        "suite": run.suite.name,
        "split": run.suite.split,
        "retrieval": {
            row.system: {"n": row.questions, "hit@1": row.hit_at_1, "hit@3": row.hit_at_3, "mrr": row.mrr}
            for row in figures.retrieval
        },
        "answers": {
            "right_no": _share_json(answers.right_no),
            "right_no_by_kind": {kind: _share_json(share) for kind, share in answers.right_no_by_kind},
            "named_no": _share_json(answers.named_no),
            "needless_no": _share_json(answers.needless_no),
            "document_answered": _share_json(answers.document_answered),
            "document_clause": _share_json(answers.document_clause),
            "document_silent": _share_json(answers.document_silent),
            "quoted": _share_json(answers.quoted),
        },
        "questions": [_outcome_json(outcome) for outcome in run.outcomes],
    }


def _share_json(share: Share) -> dict[str, float | int | None]:
    return {"value": share.value, "count": share.count, "total": share.total}


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    question, answer = outcome.question, outcome.answer
    relevant = {gold.clause_id for gold in question.gold}
    return {
        "id": question.query_id,
        "type": question.type,
        "question": question.text,
        "standalone": answer.standalone,
        "status": answer.status,
        "right_status": is_no(outcome) == (question.none is not None),
        "confidence": answer.confidence,
        "gold": list(dict.fromkeys(gold.clause_id for gold in question.gold)),
        "systems": {
            ranking.system: {
                "rank": next((r for r, found in enumerate(ranking.clause_ids, start=1) if found in relevant), None),
                "top": list(ranking.clause_ids[:3]),
            }
            for ranking in outcome.rankings
        },
        "documents": {
            said.doc_id: {"status": said.status, "clause_id": said.clause.clause_id if said.clause else None}
            for said in answer.answers
        },
    }
