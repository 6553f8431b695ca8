"""A topic → its points across texts: one rule a row, a cell for each text, the differences between them.

Sentences that rule on the topic are found in each text on their own, so a text that is silent stays silent: a cell is
never filled with what merely comes nearest. Rows join the sentences of several texts that say the same.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import QuestionError
from corpus.model import Document, Span
from indexer.index import Index
from search.compare.align import by_level
from search.compare.differences import Rule, difference
from search.compare.likeness import unit_terms
from search.compare.lineage import notice_of
from search.compare.meaning import meaning
from search.compare.model import Cell, Comparison, Difference, Point, Relation
from search.decide import signals
from search.evidence import quote
from search.retrieve import Found

if TYPE_CHECKING:
    from search.engine import Engine

_CLAUSES = 6
"""Clauses of a text that are weighed, the best first."""
_SURE = 0.2
"""Confidence from which on a clause is held to rule on the topic: below that of an answer, since a topic is short.

This and the two below were chosen on the development points of `three-texts`.
"""
_SHARE = 0.8
"""Share of its clause's best score from which on a further sentence is a point of its own."""
_SAME = 0.3
"""Likeness from which on two sentences of two texts are one point."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A scored sentence that rules on the topic, by its place in `Index.units`; `score`: how much."""

    place: int
    score: float


def compared(engine: Engine, topic: str, doc_ids: Sequence[str] = ()) -> Comparison:
    """What the texts `doc_ids` (none given: those the topic names, or all) say on a topic, point by point.

    Points the surest first. Raises `QuestionError` for a topic that cannot be worked with or fewer than two texts.
    """
    began = time.perf_counter()
    index = engine.index
    scope, found = engine.find(topic, doc_ids=doc_ids)
    wanted = scope.doc_ids if len(scope.doc_ids) > 1 or doc_ids else tuple(index.document_of)
    documents = by_level(index.document_of[doc_id] for doc_id in wanted)
    if len(documents) < 2:
        raise QuestionError(f"对照至少要两份文件，这里只有 {len(documents)} 份。请多选一份，或在语料里放入另一份。")
    names = [document.doc_id for document in documents]
    units = _units(engine, found, names)
    rows = _rows(_Likeness(index), units, names)
    points = tuple(_point(index, documents, row) for row in rows)
    notice = (
        notice_of(documents) if points else "收录的文件都没有对这个话题作出规定，没有可以对照的。可以换个说法再试。"
    )
    return Comparison(topic, tuple(names), points, notice, round((time.perf_counter() - began) * 1000, 3))


def _units(engine: Engine, found: Found, names: Sequence[str]) -> dict[str, list[_Unit]]:
    """The sentences of each text that rule on the topic, the surest first."""
    index = engine.index
    fused = found.fused("hybrid") * engine.retriever.ruling
    sentences = found.fused_sentences()
    best = max(float(fused[rows.start : rows.stop].max()) for rows in (index.rows_of[name] for name in names))
    kept: dict[str, list[_Unit]] = {name: [] for name in names}
    for name in names:
        rows = index.rows_of[name]
        for place in np.argsort(-fused[rows.start : rows.stop], kind="stable")[:_CLAUSES].tolist():
            row = rows.start + place
            given = signals(found, row, best)
            sure = engine.decision.of(given).confidence(given)
            own = index.sentences_of(row)
            least = _SHARE * float(sentences[own.start : own.stop].max())
            if sure >= _SURE:
                kept[name] += [_Unit(u, float(sentences[u]) * sure) for u in own if sentences[u] >= least]
        kept[name].sort(key=lambda unit: -unit.score)
    return kept


class _Likeness:
    """How like two sentences are: half by shared characters, half in meaning, 0 to 1."""

    def __init__(self, index: Index) -> None:
        self._vectors = index.sentence_vectors.vectors
        self._terms = unit_terms(index.sentence_chars)

    def of(self, one: int, other: int) -> float:
        shared = float((self._terms[[one]] @ self._terms[[other]].T).toarray()[0, 0])
        return (shared + max(0.0, float(self._vectors[one] @ self._vectors[other]))) / 2


def _rows(likeness: _Likeness, units: Mapping[str, list[_Unit]], names: Sequence[str]) -> list[dict[str, _Unit]]:
    """The sentences joined across texts, each used once, the surest row first.

    Each sentence of a higher text takes the likest one that is left of each lower text.
    """
    used: set[int] = set()
    rows: list[dict[str, _Unit]] = []
    for number, name in enumerate(names):
        for unit in units[name]:
            if unit.place in used:
                continue
            row = {name: unit}
            for other in names[number + 1 :]:
                left = [(likeness.of(unit.place, each.place), each) for each in units[other] if each.place not in used]
                alike, nearest = max(left, key=lambda pair: pair[0], default=(0.0, None))
                if nearest is not None and alike >= _SAME:
                    row[other] = nearest
            used.update(each.place for each in row.values())
            rows.append(row)
    return sorted(rows, key=lambda row: -max(unit.score for unit in row.values()))


def _point(index: Index, documents: Sequence[Document], row: Mapping[str, _Unit]) -> Point:
    cells: dict[str, Cell | None] = {document.doc_id: None for document in documents}
    for doc_id, unit in row.items():
        clause = index.clauses[int(index.units.clause[unit.place])]
        start, end = int(index.units.start[unit.place]), int(index.units.end[unit.place])
        said = quote(index.document_of[doc_id], start, end)
        cells[doc_id] = Cell(doc_id, clause.clause_id, clause.label, said)
    relations = [
        Relation(of.doc_id, to.doc_id, _difference(of, to, cells))
        for to, of in combinations(documents, 2)
        if cells[of.doc_id] or cells[to.doc_id]
    ]
    return Point(cells, tuple(relations))


def _difference(of: Document, to: Document, cells: Mapping[str, Cell | None]) -> Difference:
    """Of the lower or later text, as seen towards the other; the reason names both by their short names."""
    own, other = cells[of.doc_id], cells[to.doc_id]
    here, there = of.metadata.short_name, to.metadata.short_name
    if own is None:
        return Difference("未规定", f"{there}有这一条，{here}的文件没有规定")
    if other is None:
        return Difference("新增", f"{here}有这一条，{there}的文件没有规定")
    rules = _rule(of, own), _rule(to, other)
    found = difference(*rules, meaning(*rules))
    return Difference(found.label, found.reason.replace("本方", here).replace("对方", there), found.evidence)


def _rule(document: Document, cell: Cell) -> Rule:
    return Rule(document, Span(cell.quote.start, cell.quote.end), cell.quote.text)
