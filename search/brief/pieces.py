"""What the texts of a briefing are made of: pieces to set, and what documents and clauses are called in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.model import Clause, Document, Span
from search.brief.model import Briefing
from search.compare.model import Cell
from search.compare.redline import Change
from search.model import Quote
from search.views.html import merged, place

SILENT = "未规定"
_LONGEST_NAME = 16
"""Characters of a name that heads a column: 国办发〔2018〕118号 has 13."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: from the character `start` of the text `doc_id` on."""

    doc_id: str
    start: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Text to set; `source` is the citation that it needs (a quote has one, what we say has none).

    `change`: whether, in a rule with its changes marked, the words are new or are those of the other text; `is_minor`:
    whether that makes no difference of substance. `place`: of words of a document, held against it by `check`.
    """

    text: str
    source: str | None = None
    is_strong: bool = False
    change: Change = "kept"
    is_minor: bool = False
    place: Place | None = None


def named(briefing: Briefing) -> dict[str, str]:
    """What each document is called in the briefing: its short name, its number, or 文件1, 文件2… by its place.

    The first that no other has and that is short enough for the head of a column.
    """
    wanted = [(document.metadata.short_name, document.metadata.number) for document in briefing.documents]
    held = Counter(name for names in wanted for name in names)
    return {
        document.doc_id: next(
            (name for name in names if name and held[name] == 1 and len(name) <= _LONGEST_NAME), f"文件{place}"
        )
        for place, (document, names) in enumerate(zip(briefing.documents, wanted, strict=True), 1)
    }


def by_id(briefing: Briefing) -> dict[str, Document]:
    """The documents of the briefing by `doc_id`."""
    return {document.doc_id: document for document in briefing.documents}


def titled(title: str, number: str | None) -> str:
    """《题名》（文号）; the number is left out where there is none."""
    return f"《{title}》" + (f"（{number}）" if number else "")


def citation(document: Document, label: str) -> str:
    """《题名》（文号）标号."""
    return titled(document.metadata.title or document.doc_id, document.metadata.number) + label


def clause_name(clause: Clause) -> str:
    """Label and heading; a part without either goes by what it is called (引言, 结语…)."""
    return " ".join(part for part in place(clause.clause_id, clause.label, clause.heading) if part)


def cell_label(cell: Cell) -> str:
    """The label of the cell's clause, or what a part without one is called."""
    return cell.label or place(cell.clause_id, "", "")[0]


def cell_name(cell: Cell, documents: Mapping[str, Document]) -> str:
    """The label of the cell's clause as `label_name` has it."""
    clause = documents[cell.doc_id].by_id.get(cell.clause_id)
    return cell_label(cell) if clause is None or clause.label != cell.label else label_name(clause)


def label_name(clause: Clause) -> str:
    """The label; a chapter's number that stands alone (二、) with its heading; or what a part without one is called."""
    label = clause.label or place(clause.clause_id, "", "")[0]
    return label + clause.heading if label.endswith("、") else label


def cell_source(cell: Cell, documents: Mapping[str, Document]) -> str:
    """The citation of the cell's quote."""
    return citation(documents[cell.doc_id], cell_name(cell, documents))


def quoted(
    cell: Cell, span: Span | Quote, documents: Mapping[str, Document], strong: Iterable[Span | Quote] = ()
) -> tuple[Piece, ...]:
    """The characters of `span`, which lies in the cell's quote, in pieces; what is in `strong` stands out.

    The last piece has the source, each its place.
    """
    document = documents[cell.doc_id]
    cuts = [Span(max(each.start, span.start), min(each.end, span.end)) for each in strong]
    pieces: list[Piece] = []
    at = span.start
    for each in merged(cuts):
        pieces += [_piece(document, at, each.start), _piece(document, each.start, each.end, is_strong=True)]
        at = each.end
    pieces.append(_piece(document, at, span.end))
    *others, last = [piece for piece in pieces if piece.text]
    source = cell_source(cell, documents)
    return (*others, Piece(last.text, source, last.is_strong, place=last.place))


def _piece(document: Document, start: int, end: int, *, is_strong: bool = False) -> Piece:
    return Piece(document.text[start:end], is_strong=is_strong, place=Place(document.doc_id, start))
