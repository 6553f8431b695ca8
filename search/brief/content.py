"""What every kind of file says, before it is set: emphasis, labels, what is compared, the clauses quoted."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.model import Clause, Document
from search.brief.model import Briefing, ScopeEntry, Section
from search.brief.overview import Counted, Overview, overview
from search.brief.pieces import (
    SILENT,
    Piece,
    Place,
    by_id,
    cell_label,
    cell_name,
    cell_source,
    citation,
    clause_name,
    label_name,
    named,
    quoted,
    titled,
)
from search.brief.summary import Told, sentences, summary, told
from search.compare.model import Cell, Comparison, Evidence, Label, Point, Relation
from search.model import Quote
from search.views.html import place

__all__ = [
    "NOTHING",
    "SCOPE_HEADS",
    "SILENT",
    "Counted",
    "Numbered",
    "Overview",
    "Piece",
    "Place",
    "Told",
    "by_id",
    "cell_label",
    "cell_name",
    "cell_pieces",
    "cell_source",
    "chapters",
    "citation",
    "clause_name",
    "clauses_of",
    "common_notice",
    "differences",
    "evidence_pieces",
    "headed",
    "is_alone",
    "is_whole",
    "label_name",
    "labels_of",
    "named",
    "only_text",
    "overview",
    "pair_name",
    "panels",
    "quoted_clauses",
    "remarks",
    "ruling",
    "scope_facts",
    "sentences",
    "shares",
    "shares_of",
    "summary",
    "telling",
    "titled",
    "told",
]
NOTHING = "没有可以对照的条文。"
_NARROWEST = 0.6
_WHOLE = 0.9
"""Share of the characters of the clauses from which on the tables quote the whole documents."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A relation with the number of its point in the table, from 1."""

    number: int
    point: Point
    relation: Relation


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
    return quoted(cell, quote, documents, words)


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


def ruling(point: Point) -> tuple[str, ...]:
    """The texts that say something on the point, in the order of its cells."""
    return tuple(doc_id for doc_id, cell in point.cells.items() if cell is not None)


def only_text(section: Section) -> str | None:
    """The one text that rules on the topic; None where several do, or none."""
    held = {doc_id for point in section.comparison.points for doc_id in ruling(point)}
    return held.pop() if len(held) == 1 else None


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


def is_whole(briefing: Briefing) -> bool:
    """Whether the tables quote (nearly) everything that the clauses of the documents say."""
    quoted_at = {
        (cell.doc_id, at)
        for section in briefing.sections
        for point in section.comparison.points
        for cell in point.cells.values()
        if cell is not None
        for at in range(cell.quote.start, cell.quote.end)
    }
    said = [
        (document.doc_id, at) in quoted_at
        for document in briefing.documents
        for clause in document.clauses
        if clause.kind == "clause"
        for sentence in clause.sentences
        if not sentence.is_heading
        for at in range(sentence.start, sentence.end)
    ]
    return sum(said) >= _WHOLE * len(said) > 0


def clauses_of(section: Section, briefing: Briefing) -> tuple[tuple[Document, tuple[Clause, ...]], ...]:
    """The clauses that the section quotes, by document in the order of its columns, in reading order."""
    return quoted_clauses(replace(briefing, sections=(section,)))


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


def headed(clauses: Iterable[Clause]) -> Iterator[tuple[str, tuple[Clause, ...]]]:
    """(heading, its clauses) for clauses in a row under one heading that none of them begins with; "" for none."""
    for heading, group in groupby(clauses, key=_heading_above):
        yield heading, tuple(group)


def _heading_above(clause: Clause) -> str:
    """The chapter's heading; what a part without label is called; "" where the clause's own text begins with it."""
    if not clause.label:
        return place(clause.clause_id, "", clause.heading)[0]
    above = clause.trail[-1] if clause.trail else ""
    return "" if clause.body_text.startswith(above) else above


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
    return shares_of([*said.values()])


def shares_of(sizes: Sequence[float]) -> tuple[float, ...]:
    """The share of a table's width for each of several columns, by how much they hold, as `shares` has it."""
    lengths = [math.sqrt(each) for each in sizes]  # or one that says little has a line a word
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
