"""Comparisons and alignments as plain records, ready for JSON, and as text for a terminal."""

from __future__ import annotations

from typing import Any

from search.compare.model import Alignment, Cell, Comparison, Point, Relation, WholeComparison

Record = dict[str, Any]
_SILENT = "未规定"


def comparison_record(comparison: Comparison) -> Record:
    """`{"topic", "doc_ids", "notice", "rows": [{"cells", "relations"}], "took_ms"}`; a silent text's cell is null."""
    return {
        "topic": comparison.topic,
        "doc_ids": list(comparison.doc_ids),
        "notice": comparison.notice,
        "rows": [_row(point) for point in comparison.points],
        "took_ms": comparison.took_ms,
    }


def whole_record(whole: WholeComparison) -> Record:
    """`{"base", "doc_ids", "notice", "matters": [{"clause_id", "chapter", "title", "rows"}], "took_ms"}`.

    `rows` as in `comparison_record`. Beside them what `alignment_record` gives.
    """
    return {
        **alignment_record(whole.alignment),
        "doc_ids": list(whole.doc_ids),
        "notice": whole.notice,
        "matters": [
            {
                "clause_id": matter.clause_id,
                "chapter": matter.chapter,
                "title": matter.title,
                "rows": [_row(point) for point in matter.comparison.points],
            }
            for matter in whole.matters
        ],
        "took_ms": whole.took_ms,
    }


def _row(point: Point) -> Record:
    return {
        "cells": {doc_id: None if cell is None else _cell(cell) for doc_id, cell in point.cells.items()},
        "relations": [_relation(relation) for relation in point.relations],
    }


def _cell(cell: Cell) -> Record:
    said = cell.quote
    return {
        "clause_id": cell.clause_id, "label": cell.label, "quote": said.text, "start": said.start, "end": said.end,
    }  # fmt: skip


def _relation(relation: Relation) -> Record:
    found = relation.difference
    evidence = [
        {"doc_id": each.doc_id, "text": each.words.text, "start": each.words.start, "end": each.words.end}
        for each in found.evidence
    ]
    return {
        "of": relation.of, "to": relation.to, "label": found.label, "reason": found.reason, "evidence": evidence,
    }  # fmt: skip


def alignment_record(alignment: Alignment) -> Record:
    """`{"base", "alignment": [{"base": clause_id, "matches": {doc_id: [clause_id…]}}], "only", "reviewed"}`.

    `only`: by document, the clauses without a counterpart; `reviewed`: the pairs that a person confirmed.
    """
    rows: dict[str, dict[str, list[str]]] = {}
    for match in alignment.matches:
        if match.clause_id.split("/", 1)[0] == alignment.base:
            other = match.other_id.split("/", 1)[0]
            rows.setdefault(match.clause_id, {}).setdefault(other, []).append(match.other_id)
    return {
        "base": alignment.base,
        "alignment": [{"base": clause_id, "matches": matches} for clause_id, matches in rows.items()],
        "only": {doc_id: list(clauses) for doc_id, clauses in alignment.only.items()},
        "reviewed": [[match.clause_id, match.other_id] for match in alignment.matches if match.is_reviewed],
    }


def comparison_text(comparison: Comparison, names: dict[str, str]) -> str:
    """Point by point, a line for each text with its clause and quote, then the differences; `names`: by doc_id."""
    points = [_point_text(number, point, comparison, names) for number, point in enumerate(comparison.points, start=1)]
    return "\n\n".join([*([comparison.notice] if comparison.notice else []), *points])


def whole_text(whole: WholeComparison, names: dict[str, str], *, is_whole: bool = True) -> str:
    """Chapter by chapter and clause by clause, each as `comparison_text`; `is_whole`: with the alignment at the end."""
    blocks = [whole.notice] if whole.notice else []
    chapter = ""
    for matter in whole.matters:
        if matter.chapter != chapter:
            chapter = matter.chapter
            blocks += [f"━━ {chapter}"] if chapter else []
        blocks.append(f"{matter.title}  [{matter.clause_id}]\n\n{comparison_text(matter.comparison, names)}")
    return "\n\n".join([*blocks, *([alignment_text(whole.alignment, names)] if is_whole else [])])


def _point_text(number: int, point: Point, comparison: Comparison, names: dict[str, str]) -> str:
    lines = [f"{number}."]
    for doc_id in comparison.doc_ids:
        cell = point.cells[doc_id]
        said = _SILENT if cell is None else f"{cell.label}「{cell.quote.text}」  [{cell.clause_id}]"
        lines.append(f"  {names[doc_id]}  {said}")
    lines += [
        f"  {names[each.of]} → {names[each.to]}  {each.difference.label}：{each.difference.reason}"
        for each in point.relations
        if point.cells[each.of] and point.cells[each.to]  # who is silent stands there already
    ]
    return "\n".join(lines)


def alignment_text(alignment: Alignment, names: dict[str, str]) -> str:
    """Each clause of the base with its counterparts, then what stands alone in each text."""
    held = alignment_record(alignment)
    lines = [
        f"{row['base']}  ↔  " + "；".join(f"{names[doc]} {'、'.join(ids)}" for doc, ids in row["matches"].items())
        for row in held["alignment"]
    ]
    alone = [f"{names[doc_id]}独有：{'、'.join(clauses)}" for doc_id, clauses in held["only"].items() if clauses]
    return "\n".join([*lines, "", *alone])
