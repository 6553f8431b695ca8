"""A run shown on a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from eval.report.verdict import gold_rank, main_system, verdict_of
from eval.report.words import NONES

if TYPE_CHECKING:
    from rich.console import Console

    from eval.against import RunComparison
    from eval.measures import Figures, Share
    from eval.model import Outcome, Question, Run, Suite

SHOWN = (("hit@1", "Success@1"), ("hit@3", "Success@3"), ("MRR", "RR"), ("nDCG@10", "nDCG@10"), ("R@10", "R@10"))
"""(what a column is called, the measure it shows)."""
_NAMED = 10


def print_report(
    suite: Suite, run: Run, figures: Figures, console: Console, comparison: RunComparison | None = None
) -> None:
    """Write the figures of a run to `console`: its name, a table of rankings, one of answers, the comparison."""
    name = f"{suite.title}（{figures.suite}/{figures.split}，{len(suite.questions)} 问）"
    console.print(Text(name, style="bold"))
    retrieval = Table("检索", *(heading for heading, _ in SHOWN))
    for each in figures.systems:
        values = (number(each.overall.values.get(measure)) for _, measure in SHOWN)
        retrieval.add_row(each.system, *values, style="bold" if each.system == main_system(run.info) else None)
    console.print(retrieval)
    rows = list(answer_rows(figures))
    if rows:
        answers = Table("回答", "占比", "数量")
        for _, label, share in rows:
            answers.add_row(label, number(share.value), f"{share.count}/{share.total}")
        console.print(answers)
    if comparison is not None:
        _print_comparison(comparison, console)


def number(value: float | None) -> str:
    """Three decimals; a dash where there was nothing to measure."""
    return "—" if value is None else f"{value:.3f}"


def answer_rows(figures: Figures) -> Iterator[tuple[str, str, Share]]:
    """(key, what is counted, how often) of the answers, in the order of a report; none where the run holds none."""
    if figures.answering is None or figures.refusal is None or figures.evidence is None:
        return
    missed = figures.refusal.missed_no
    yield "missed_no", "该说“没有”却答了（越低越好）", missed["all"]
    for kind, name in NONES.items():
        yield f"missed_no_{kind}", f"　其中{name}", missed[kind]
    yield "needless_no", "能答却说“没有”（越低越好）", figures.refusal.needless_no
    yield "named_no", "“没有”的种类说对（越高越好）", figures.answering.named_no
    yield "document_answered", "有规定的文件答了（越高越好）", figures.answering.documents.said_to_answer
    yield "document_clause", "　且给出的条文对", figures.answering.right_clause
    yield "quoted", "　且引文含标准依据原文", figures.evidence.contains
    yield "document_silent", "未规定的文件没有乱答（越高越好）", figures.answering.documents.said_to_be_silent
    yield "exact", "引文与原文一字不差（应当全部）", figures.evidence.exact


def _print_comparison(comparison: RunComparison, console: Console) -> None:
    console.print(Text(f"比较：{comparison.system_a} → {comparison.system_b}", style="bold"))
    console.print(Text(comparison.sentence))
    table = Table("指标", "前", "后", "相差", "95% 区间", "校正后 p", "赢/输/平")
    for each in comparison.measures:
        table.add_row(
            each.measure, number(each.mean_a), number(each.mean_b), f"{each.difference:+.3f}",
            f"{each.low:+.3f} 至 {each.high:+.3f}", f"{each.corrected:.3f}{'*' if each.is_significant else ''}",
            f"{each.won}/{each.lost}/{each.tied}",
        )  # fmt: skip
    console.print(table)
    for verdict, name in (("lost", "输了"), ("won", "赢了")):
        changes = [change for change in comparison.changes if change.verdict == verdict]
        for change in changes[:_NAMED]:
            tops = f"{change.top_a or '—'} → {change.top_b or '—'}"
            console.print(Text(f"  {name} {change.query_id} {change.text}：{tops}"))
        if len(changes) > _NAMED:
            console.print(Text(f"  {name}的还有 {len(changes) - _NAMED} 问，见 --report 或 --json。"))


def as_json(suite: Suite, run: Run, figures: Figures, comparison: RunComparison | None = None) -> dict[str, Any]:
    """The figures and every question of a run, ready for `json.dumps`; same run, same value (no times in it)."""
    outcomes = {outcome.query_id: outcome for outcome in run.outcomes}
    asked = [(question, outcomes.get(question.query_id)) for question in suite.questions]
    return {
        "suite": figures.suite,
        "split": figures.split,
        "retrieval": {
            each.system: {"n": each.overall.questions}
            | {heading.lower(): each.overall.values.get(measure) for heading, measure in SHOWN[:3]}
            for each in figures.systems
        },
        "answers": {key: asdict(share) | {"value": share.value} for key, _, share in answer_rows(figures)},
        "figures": asdict(figures),
        "info": asdict(run.info),
        "comparison": None if comparison is None else asdict(comparison),
        "questions": [_question_json(question, outcome, run) for question, outcome in asked if outcome is not None],
    }


def _question_json(question: Question, outcome: Outcome, run: Run) -> dict[str, Any]:
    verdict = verdict_of(question, outcome, run.info)
    answer = outcome.answer
    return {
        "id": question.query_id,
        "type": question.type,
        "question": question.text,
        "verdict": verdict.kind,
        "why": list(verdict.why),
        "status": None if answer is None else answer.status,
        "confidence": None if answer is None else answer.confidence,
        "gold": list(question.grades),
        "systems": {
            system: {"rank": gold_rank(question, ranking), "top": [each.clause_id for each in ranking[:3]]}
            for system, ranking in outcome.rankings.items()
        },
        "documents": {} if answer is None else {
            said.doc_id: {"status": said.status, "clause_id": said.clause_id} for said in answer.documents
        },
    }  # fmt: skip
