"""What every kind of file says, before it is set: names, citations, emphasis, the summary, the clauses quoted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.model import Clause, Document
from search.brief.model import Briefing, ScopeEntry, Section
from search.compare.model import Cell, Comparison, Evidence, Label, Point, Relation
from search.compare.redline import Change
from search.model import Quote
from search.views.html import merged, place

SILENT = "未规定"
NOTHING = "没有可以对照的条文。"
_NARROWEST = 0.6
_LONGEST_NAME = 16
"""Characters of a name that heads a column: 国办发〔2018〕118号 has 13."""
SUMMARY_CHARACTERS = 240
"""Characters that a summary takes before the rest is left to the table; its first difference is told in any case."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text to set; `source` is the citation that it needs (a quote has one, what we say has none).

    `change`: whether, in a rule with its changes marked, the words are new or are those of the other text.
    """

    text: str
    source: str | None = None
    is_strong: bool = False
    change: Change = "kept"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A relation with the number of its point in the table, from 1."""

    number: int
    point: Point
    relation: Relation


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


def cell_source(cell: Cell, documents: dict[str, Document]) -> str:
    """The citation of the cell's quote."""
    return citation(documents[cell.doc_id], cell_label(cell))


def cell_pieces(cell: Cell, point: Point, documents: dict[str, Document]) -> tuple[Piece, ...]:
    """The quote in pieces that join to it, the words that labels rest on strong; the last one has the source.

    Where a label rests on the whole quote nothing in it is strong: all in bold tells nothing.
    """
    quote = cell.quote
    words = [
        evidence.words
        for relation in point.relations
        for evidence in relation.difference.evidence
        if evidence.doc_id == cell.doc_id and _lies_in(evidence.words, quote) and not _is_whole(evidence.words, quote)
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


def _is_whole(words: Quote, quote: Quote) -> bool:
    return "".join(words.text.split()) == "".join(quote.text.split())


def telling(relation: Relation, point: Point) -> tuple[Evidence, ...]:
    """The evidence of a relation without that which is a whole quote of its point, and stands there already."""
    return tuple(
        evidence
        for evidence in relation.difference.evidence
        if (cell := point.cells.get(evidence.doc_id)) is None or not _is_whole(evidence.words, cell.quote)
    )


def labels_of(point: Point, doc_id: str, names: dict[str, str]) -> dict[Label, str]:
    """Label → （对国家、重庆）, for the relations of the text `doc_id`: alike ones as one."""
    towards: dict[Label, list[str]] = {}
    for relation in point.relations:
        if relation.of == doc_id:
            towards.setdefault(relation.difference.label, []).append(names[relation.to])
    return {label: f"（对{'、'.join(others)}）" for label, others in towards.items()}


def common_notice(briefing: Briefing) -> str:
    """What to know of the texts, where several sections say the same: told once, at the front; "" for none."""
    notices = {section.comparison.notice for section in briefing.sections if section.comparison.points}
    return notices.pop() if len(notices) == 1 and len(briefing.sections) > 1 else ""


def remarks(section: Section, briefing: Briefing) -> tuple[str, ...]:
    """The paragraphs above what is compared: the note, and the notice unless it stands at the front."""
    notice = section.comparison.notice
    is_told = bool(section.comparison.points) and notice == common_notice(briefing)
    said = [*section.note.split("\n"), "" if is_told else notice]
    if not section.comparison.points:
        said.append(NOTHING)
    return tuple(paragraph for paragraph in said if paragraph.strip())


def chapters(briefing: Briefing) -> tuple[tuple[str, tuple[tuple[int, Section], ...]], ...]:
    """(heading, its sections with their numbers from 1) for sections in a row of one chapter; "" for none."""
    numbered = enumerate(briefing.sections, 1)
    return tuple((chapter, tuple(group)) for chapter, group in groupby(numbered, lambda pair: pair[1].chapter))


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


def is_alone(relation: Relation, point: Point) -> bool:
    """Whether only one of the two texts, or neither, says something on the point."""
    return point.cells.get(relation.of) is None or point.cells.get(relation.to) is None


def pair_name(relation: Relation, names: dict[str, str]) -> str:
    """Which text is held against which: 聊城对国家."""
    return f"{names[relation.of]}对{names[relation.to]}"


def differences(comparison: Comparison) -> tuple[Numbered, ...]:
    """Every relation that is not 一致, in the order of the points."""
    return tuple(
        Numbered(number, point, relation)
        for number, point in enumerate(comparison.points, 1)
        for relation in point.relations
        if relation.difference.label != "一致"
    )


def summary(section: Section, briefing: Briefing) -> tuple[Piece, ...]:
    """One paragraph of nothing but names, labels and quotes: what differs, or what all say where nothing does.

    What both of two texts rule on stands before what only one does.
    """
    names, documents = named(briefing), by_id(briefing)
    found = sorted(differences(section.comparison), key=lambda each: is_alone(each.relation, each.point))
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


def shares(section: Section, doc_ids: Sequence[str]) -> tuple[float, ...]:
    """The share of a table's width for each text: by how much it says, none below `_NARROWEST` of an equal one."""
    said = dict.fromkeys(doc_ids, 1)
    for point in section.comparison.points:
        for doc_id, cell in point.cells.items():
            if cell is not None and doc_id in said:
                said[doc_id] += len(cell.quote.text)
    lengths = [math.sqrt(each) for each in said.values()]  # or one that says little has a line a word
    wanted = [max(length / sum(lengths), _NARROWEST / len(lengths)) for length in lengths]
    return tuple(each / sum(wanted) for each in wanted)


def panels(doc_ids: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """The documents in groups of at most `size`, as even as can be, for tables that would be too wide.

    >>> list(panels("abcde", 4))
    [('a', 'b', 'c'), ('d', 'e')]
    """
    count = -(-len(doc_ids) // size)
    width = -(-len(doc_ids) // count) if count else 0
    for start in range(0, len(doc_ids), width or 1):
        yield tuple(doc_ids[start : start + width])
