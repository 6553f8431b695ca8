"""Rows of rules → points: a cell for each text, its words read from the text, and the differences between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from corpus.model import Document, Span
from indexer.index import Index
from search.compare.differences import Rule, difference
from search.compare.join import Row
from search.compare.meaning import meaning
from search.compare.model import Cell, Difference, Point, Relation
from search.compare.parts import Part
from search.evidence import quote
from search.names import names_of

Kin = Mapping[tuple[str, str], str]
"""By clause id and doc_id, the label of the clause of that document that rules on the same matter."""


class Points:
    """Makes points of rows over `documents`, the highest level first.

    `kin`: what a silent text rules on the matter though not on the point, to be named in the reason.
    """

    def __init__(self, index: Index, documents: Sequence[Document], kin: Kin | None = None) -> None:
        self._index = index
        self._documents = tuple(documents)
        self._names = names_of(documents)
        self._kin = kin or {}

    def of(self, parts: Sequence[Part], rows: Iterable[Row]) -> tuple[Point, ...]:
        """A point for each row of `parts`, in their order."""
        return tuple(self._point({doc_id: self._cell(parts, run) for doc_id, run in row.items()}) for row in rows)

    def _point(self, said: Mapping[str, Cell]) -> Point:
        relations = [
            Relation(of.doc_id, to.doc_id, self._difference(of, to, said))
            for to, of in combinations(self._documents, 2)
            if of.doc_id in said or to.doc_id in said
        ]
        return Point({document.doc_id: said.get(document.doc_id) for document in self._documents}, tuple(relations))

    def _cell(self, parts: Sequence[Part], run: Sequence[int]) -> Cell:
        first, last = parts[run[0]], parts[run[-1]]
        clause = self._index.clauses[first.row]
        said = quote(self._index.document_of[first.doc_id], first.span.start, last.span.end)
        return Cell(first.doc_id, clause.clause_id, clause.label, said)

    def _difference(self, of: Document, to: Document, said: Mapping[str, Cell]) -> Difference:
        """Of the lower or later text, as seen towards the other; the reason names both."""
        if of.doc_id not in said:
            return Difference("未规定", self._silence(said[to.doc_id], of.doc_id))
        if to.doc_id not in said:
            return Difference("新增", self._silence(said[of.doc_id], to.doc_id))
        rules = _rule(of, said[of.doc_id]), _rule(to, said[to.doc_id])
        found = difference(*rules, meaning(*rules))
        here, there = self._names[of.doc_id], self._names[to.doc_id]
        return Difference(found.label, found.reason.replace("本方", here).replace("对方", there), found.evidence)

    def _silence(self, said: Cell, silent: str) -> str:
        """Why one text says more: the other is silent on the point, though perhaps not on the matter."""
        here, there = self._names[said.doc_id], self._names[silent]
        label = self._kin.get((said.clause_id, silent))
        if label:
            return f"{here}有这一条；{there}的“{label}”管同一事项，没有规定到这一条。"
        return f"{here}有这一条，{there}没有规定。"


def _rule(document: Document, cell: Cell) -> Rule:
    return Rule(document, Span(cell.quote.start, cell.quote.end), cell.quote.text)
