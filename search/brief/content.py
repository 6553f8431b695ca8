"""What every kind of file says, before it is set: names, citations, emphasis, the summary, the clauses quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Clause, Document
from search.brief.labels import shown
from search.brief.model import Briefing, ScopeEntry, Section
from search.compare.model import Cell, Comparison, Evidence, Point, Relation
from search.model import Quote
from search.views.html import merged, place

SILENT = "未规定"
NOTHING = "没有可以对照的条文。"
SUMMARY_CHARACTERS = 240
"""Characters that a summary takes before the rest is left to the table; its first difference is told in any case."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text to set; `source` is the citation that it needs (a quote has one, what we say has none)."""

    text: str
    source: str | None = None
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """A relation with the number of its point in the table, from 1."""

    number: int
    point: Point
    relation: Relation


def named(briefing: Briefing) -> dict[str, str]:
    """What each document is called in the briefing: its short name where no other has the same, else its title."""
    shorts = Counter(document.metadata.short_name for document in briefing.documents)
    return {
        document.doc_id: metadata.short_name if shorts[metadata.short_name] == 1 and metadata.short_name else title
        for document in briefing.documents
        for metadata, title in [(document.metadata, document.metadata.title or document.doc_id)]
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


def cell_source(cell: Cell, documents: dict[str, Document]) -> str:
    """The citation of the cell's quote."""
    return citation(documents[cell.doc_id], cell_label(cell))


def cell_pieces(cell: Cell, point: Point, documents: dict[str, Document]) -> tuple[Piece, ...]:
    """The quote in pieces that join to it, the words that labels rest on strong; the last one has the source."""
    quote = cell.quote
    words = [
        evidence.words
        for relation in point.relations
        for evidence in relation.difference.evidence
        if evidence.doc_id == cell.doc_id and _lies_in(evidence.words, quote)
    ]
    pieces: list[Piece] = []
    at = quote.start
    for span in merged(words):
        if at < span.start:
            pieces.append(Piece(documents[cell.doc_id].text[at : span.start]))
        pieces.append(Piece(documents[cell.doc_id].text[span.start : span.end], is_strong=True))
        at = span.end
    if at < quote.end:
        pieces.append(Piece(documents[cell.doc_id].text[at : quote.end]))
    last = pieces.pop()
    return (*pieces, Piece(last.text, cell_source(cell, documents), last.is_strong))


def _lies_in(words: Quote, quote: Quote) -> bool:
    return quote.start <= words.start and words.end <= quote.end


def unquoted(relation: Relation, point: Point) -> tuple[Evidence, ...]:
    """The evidence of a relation that lies in no quote of its point, where it would stand out as strong."""
    return tuple(
        evidence
        for evidence in relation.difference.evidence
        if (cell := point.cells.get(evidence.doc_id)) is None or not _lies_in(evidence.words, cell.quote)
    )


def evidence_pieces(evidences: Iterable[Evidence], documents: dict[str, Document]) -> tuple[Piece, ...]:
    """“…”，“…” — the words that a label rests on, each with its source; () where none is given."""
    pieces: list[Piece] = []
    for evidence in evidences:
        document = documents[evidence.doc_id]
        clause = document.clause_at(evidence.words.start)
        pieces.append(Piece("，“" if pieces else "“"))
        pieces.append(Piece(evidence.words.text, citation(document, place(clause.clause_id, clause.label, "")[0])))
        pieces.append(Piece("”"))
    return tuple(pieces)


def pair_name(relation: Relation, names: dict[str, str]) -> str:
    """Which text is held against which: 聊城对国家."""
    return f"{names[relation.of]}对{names[relation.to]}"


def relation_text(relation: Relation, names: dict[str, str]) -> str:
    """▲更严（对国家）：reason."""
    reason = f"：{relation.difference.reason}" if relation.difference.reason else ""
    return f"{shown(relation.difference.label)}（对{names[relation.to]}）{reason}"


def differences(comparison: Comparison) -> tuple[Numbered, ...]:
    """Every relation that is not 一致, in the order of the points."""
    return tuple(
        Numbered(number, point, relation)
        for number, point in enumerate(comparison.points, 1)
        for relation in point.relations
        if relation.difference.label != "一致"
    )


def summary(section: Section, briefing: Briefing) -> tuple[Piece, ...]:
    """One paragraph of nothing but names, labels and quotes: what differs, or what all say where nothing does."""
    names, documents = named(briefing), by_id(briefing)
    found = differences(section.comparison)
    if found:
        sentences = [tuple(_difference_pieces(each, names, documents)) for each in found]
    else:
        sentences = [tuple(_said_pieces(point, names, documents)) for point in section.comparison.points]
    taken: list[Piece] = []
    length = 0
    for number, pieces in enumerate(sentences):
        length += sum(len(piece.text) for piece in pieces)
        if number and length > SUMMARY_CHARACTERS:
            return (*taken, Piece(f"其余 {len(sentences) - number} 项见下表。"))
        taken += pieces
    return tuple(taken)


def _difference_pieces(each: Numbered, names: dict[str, str], documents: dict[str, Document]) -> Iterator[Piece]:
    relation = each.relation
    yield Piece(f"{pair_name(relation, names)}（{relation.difference.label}）：")
    for doc_id, after in ((relation.to, "；"), (relation.of, "。")):
        yield Piece(names[doc_id])
        words = [evidence.words for evidence in relation.difference.evidence if evidence.doc_id == doc_id]
        cell = each.point.cells.get(doc_id)
        if cell is None:
            yield Piece(SILENT)
        else:
            inside = [quote for quote in words if _lies_in(quote, cell.quote)] or [cell.quote]
            for quote in inside:
                yield from (Piece("“"), Piece(quote.text, cell_source(cell, documents)), Piece("”"))
        yield Piece(after)


def _said_pieces(point: Point, names: dict[str, str], documents: dict[str, Document]) -> Iterator[Piece]:
    for doc_id, cell in point.cells.items():
        if cell is not None:
            source = cell_source(cell, documents)
            yield from (Piece(f"{names[doc_id]}“"), Piece(cell.quote.text, source), Piece("”。"))


def quoted_clauses(briefing: Briefing) -> tuple[tuple[Document, tuple[Clause, ...]], ...]:
    """Every clause that a table quotes, once, by document, in reading order; documents without one are left out."""
    ids = {
        cell.clause_id
        for section in briefing.sections
        for point in section.comparison.points
        for cell in point.cells.values()
        if cell is not None
    }
    clauses = (
        (document, tuple(clause for clause in document.clauses if clause.clause_id in ids))
        for document in briefing.documents
    )
    return tuple((document, quoted) for document, quoted in clauses if quoted)


def scope_facts(entry: ScopeEntry) -> tuple[str, str, str, str, str]:
    """(文号, 发文机关, 日期, 依据, 试行) of a document in scope, "—" where it has none."""
    return (
        entry.number or "—",
        "、".join(entry.issuers) or "—",
        entry.date or "—",
        "；".join(entry.basis) or "—",
        "是" if entry.on_trial else "否",
    )


SCOPE_HEADS = ("文件", "文号", "发文机关", "日期", "依据", "试行")


def panels(doc_ids: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """The documents in groups of at most `size`, as even as can be, for tables that would be too wide.

    >>> list(panels("abcde", 4))
    [('a', 'b', 'c'), ('d', 'e')]
    """
    count = -(-len(doc_ids) // size)
    width = -(-len(doc_ids) // count) if count else 0
    for start in range(0, len(doc_ids), width or 1):
        yield tuple(doc_ids[start : start + width])
