"""Comparisons and alignments as plain records, ready for JSON, and as text for a terminal."""

from __future__ import annotations

from typing import Any

from search.compare.model import Alignment, Cell, Comparison, Relation

Record = dict[str, Any]
_SILENT = "未规定"


def comparison_record(comparison: Comparison) -> Record:
    """`{"topic", "doc_ids", "notice", "rows": [{"cells", "relations"}], "took_ms"}`; a silent text's cell is null."""
    return {
        "topic": comparison.topic,
        "doc_ids": list(comparison.doc_ids),
        "notice": comparison.notice,
        "rows": [
            {
                "cells": {doc_id: None if cell is None else _cell(cell) for doc_id, cell in point.cells.items()},
                "relations": [_relation(relation) for relation in point.relations],
            }
            for point in comparison.points
        ],
        "took_ms": comparison.took_ms,
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
    blocks = [comparison.notice] if comparison.notice else []
    for number, point in enumerate(comparison.points, start=1):
        lines = [f"{number}."]
        for doc_id in comparison.doc_ids:
            cell = point.cells[doc_id]
            said = _SILENT if cell is None else f"{cell.label}「{cell.quote.text}」  [{cell.clause_id}]"
            lines.append(f"  {names[doc_id]}  {said}")
        lines += [
            f"  {names[each.of]} → {names[each.to]}  {each.difference.label}：{each.difference.reason}"
            for each in point.relations
        ]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def alignment_text(alignment: Alignment, names: dict[str, str]) -> str:
    """Each clause of the base with its counterparts, then what stands alone in each text."""
    held = alignment_record(alignment)
    lines = [
        f"{row['base']}  ↔  " + "；".join(f"{names[doc]} {'、'.join(ids)}" for doc, ids in row["matches"].items())
        for row in held["alignment"]
    ]
    alone = [f"{names[doc_id]}独有：{'、'.join(clauses)}" for doc_id, clauses in held["only"].items() if clauses]
    return "\n".join([*lines, "", *alone])
