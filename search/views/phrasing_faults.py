"""What `clauselens questions lint` found: as a record for JSON, and as a table for a terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from corpus.phrasing_lint import FaultKind, Findings, Line

_SAID: dict[FaultKind, str] = {
    "no_document": "没有收录这份文件。请把文件名改成文件的编号，或删去。",
    "no_quote": "上面没有以 > 开头的原文。请补上。",
    "quote_missing": "原文里没有这句话。请照原文改。",
    "quote_repeated": "原文里不止一处。请多引几个字，使它只有一处。",
    "empty_rule": "下面没有说法。请补上，或删去。",
    "empty_phrasing": "没有字。请补上，或删去。",
    "duplicate": "重复。请留一行。",
    "contradiction": "同一条里，一处算能答，一处算不能答（!）。请留一处。",
    "two_clauses": "相同或几乎相同，却指向两条。请留一处，或改写一处。",
}


def findings_record(findings: Findings) -> dict[str, Any]:
    """`{"faults": [{"kind", "path", "line", "text", "other"}], "notes", "rules", "phrasings"}`, faults by line.

    `path` is relative to the corpus folder; `other` is `{"path", "line", "text"}` or None.
    """
    return {
        "faults": [
            {"kind": fault.kind} | _line(fault.line) | {"other": None if fault.other is None else _line(fault.other)}
            for fault in findings.faults
        ],
        "notes": [
            {"kind": "unasked", "clause_id": clause.clause_id, "label": clause.label, "heading": clause.heading}
            for clause in findings.unasked
        ],
        "rules": findings.rules,
        "phrasings": findings.phrasings,
    }


def _line(line: Line) -> dict[str, Any]:
    return {"path": line.path, "line": line.number, "text": line.text}


def findings_table(findings: Findings) -> RenderableType:
    """A row for each fault, the other line of it below; then how many, and the clauses that nothing asks for."""
    held = f"{findings.rules} 处原文，{findings.phrasings} 条说法"
    verdict = f"{len(findings.faults)} 处要改。" if findings.faults else "没有要改的。"
    parts: list[RenderableType] = [Text(f"{held}：{verdict}")]
    if findings.faults:
        parts.insert(0, _faults(findings))
    if findings.unasked:
        clauses = "、".join(clause.clause_id for clause in findings.unasked)
        parts.append(Text(f"还没有说法的条（只是提示，共 {len(findings.unasked)} 条）：{clauses}"))
    return Group(*parts)


def _faults(findings: Findings) -> Table:
    table = Table()
    table.add_column("位置", no_wrap=True, overflow="fold")
    for heading in ("文字", "问题"):
        table.add_column(heading, overflow="fold")  # Chinese has no blanks to break at: rich would cut it short
    for fault in findings.faults:
        table.add_row(*_cells(fault.line), _SAID[fault.kind], end_section=fault.other is None)
        if fault.other is not None:
            table.add_row(*_cells(fault.other), "（与上一行对照）", end_section=True)
    return table


def _cells(line: Line) -> tuple[Text, Text]:
    # As `Text`, for a phrasing may hold square brackets, which rich would read as markup.
    return Text(f"{line.path}:{line.number}"), Text(line.text)
