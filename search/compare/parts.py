"""Sentences and headings of an index → the single rules in them, ready to be held against those of other texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.model import Span
from indexer.index import Index
from search.compare.cut import rules_in

_NUMBER = re.compile(
    r"(第[〇零一二三四五六七八九十百千\d]+[条款项]|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])\s*"
)

_DASH = "——"
_WATCHWORD = 20
"""Characters of the longest watchword."""


@dataclass(frozen=True, slots=True)
class Part:
    """A single rule: characters `span` of a document, in the clause at `row` of the index.

    `sentence`: the place of its sentence in `Index.units`; `order`: its place among the rules of that sentence.
    A heading may say a rule that its clause does not repeat: its `sentence` is less than 0, another for each clause.
    """

    doc_id: str
    row: int
    sentence: int
    order: int
    span: Span

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of its clause."""
        return self.sentence < 0


def _number(sentence: str) -> int:
    """How long the number is that a sentence begins with: no words of the rule."""
    found = _NUMBER.match(sentence)
    return 0 if found is None or found.end() == len(sentence) else found.end()


def headings_of(index: Index, rows: Iterable[int]) -> list[Part]:
    """The headings of the clauses at these rows of the index, those of them that have one."""
    found = []
    for row in rows:
        clause = index.clauses[row]
        at = clause.text.find(clause.heading, clause.body - clause.start) if clause.heading else -1
        if at >= 0:
            start = clause.start + at
            found.append(Part(clause.doc_id, row, -1 - row, 0, Span(start, start + len(clause.heading))))
    return found


def parts_of(index: Index, sentences: Iterable[int]) -> list[Part]:
    """The rules of the sentences at these places of `Index.units`, in their order.

    A watchword (——坚持服务发展。) begins the first rule of the sentence behind it, where that is one of `sentences`.
    """
    units = index.units
    found: list[Part] = []
    watchword: Part | None = None
    for place in sentences:
        row = int(units.clause[place])
        clause = index.clauses[row]
        text = index.document_of[clause.doc_id].text
        start = int(units.start[place])
        spans = rules_in(text, start + _number(text[start : int(units.end[place])]), int(units.end[place]))
        parts = [Part(clause.doc_id, row, place, order, span) for order, span in enumerate(spans)]
        if watchword is not None and parts and (watchword.row, watchword.sentence + 1) == (row, place):
            found.pop()
            parts[0] = replace(parts[0], span=Span(watchword.span.start, parts[0].span.end))
        is_watchword = len(parts) == 1 and text[start : parts[0].span.start].strip().startswith(_DASH)
        watchword = parts[0] if is_watchword and parts[0].span.end - parts[0].span.start <= _WATCHWORD else None
        found += parts
    return found
