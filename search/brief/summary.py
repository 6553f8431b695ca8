"""A topic told in a few sentences of quotes, names, labels and fixed words: alike, different, of one text alone.

What a trainer says first stands first in each: quantities, dates, duties and bans before exhortations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from corpus.model import Document, Span
from search.brief.model import Briefing, Section
from search.brief.phrases import phrase, phrases
from search.brief.pieces import Piece, by_id, cell_source, named, quoted
from search.brief.weight import LABELLED, LIGHT, are_comparable, is_above, weight
from search.compare.insubstantial import words_of
from search.compare.model import Cell, Label, Point, Relation
from search.decisive import decisive
from search.model import Quote

Kind = Literal["alike", "differs", "only", "silent"]
KINDS: tuple[Kind, ...] = ("alike", "differs", "only", "silent")
"""In the order they are told: what several texts require alike; what differs; what one text adds to those above it;
what a text above the others rules on alone."""
_FIRST: dict[Kind, int] = {"alike": 2, "differs": 3, "only": 3, "silent": 1}
"""Points of each kind told before there is room for more of another."""
FEW = 4
"""Points up to which a table says it as shortly as a summary would."""
CLAUSES = 6
"""Points that a summary tells at most."""
CHARACTERS = 560
"""Characters that it takes at most; its first point is told in any case."""
_SHARED = 0.75
"""Share of the words of a phrase that every text must have for it to be told as a rule of all."""
_WORDS: dict[Label, str] = {"细化": "细化为", "更严": "更严：", "更宽": "更宽：", "不同": "不同："}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the points `numbers` (from 1); `pieces` make one sentence; `weight` is that of the weightiest."""

    kind: Kind
    numbers: tuple[int, ...]
    weight: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A point with what it is told as, before it is put in words."""

    kind: Kind
    number: int
    weight: float
    point: Point
    base: Cell
    """Of the highest text that rules on it."""


def told(section: Section, briefing: Briefing) -> tuple[Told, ...]:
    """The weightiest points of the section, in the order of `KINDS` and within one by weight."""
    documents = by_id(briefing)
    chosen = _chosen(sorted(_found(section, documents), key=lambda each: -each.weight))
    sentences: list[Told] = []
    room = CHARACTERS
    for group in _grouped(chosen, documents):
        sentence = _told(group, section, briefing, documents)
        length = sum(len(piece.text) for piece in sentence.pieces)
        if length <= room or not sentences:
            sentences.append(sentence)
            room -= length
    return tuple(sentences)


def every(section: Section, briefing: Briefing) -> tuple[Told, ...]:
    """Each point of the section in a sentence of its own, the weightiest first."""
    documents = by_id(briefing)
    found = sorted(_found(section, documents), key=lambda each: -each.weight)
    return tuple(_told([each], section, briefing, documents) for each in found)


def sentences(section: Section, briefing: Briefing) -> tuple[tuple[Piece, ...], ...]:
    """The summary sentence by sentence; the last one counts the points that are left to the table."""
    made = told(section, briefing)
    rest = len(section.comparison.points) - sum(len(each.numbers) for each in made)
    more = ((Piece(f"其余 {rest} 点见下表。"),),) if rest else ()
    return (*(each.pieces for each in made), *more)


def summary(section: Section, briefing: Briefing) -> tuple[Piece, ...]:
    """The summary as one paragraph."""
    return tuple(piece for sentence in sentences(section, briefing) for piece in sentence)


def _found(section: Section, documents: Mapping[str, Document]) -> Iterator[_Found]:
    for number, point in enumerate(section.comparison.points, 1):
        cells = _ruling(point)
        if cells:
            kind = _kind(point, cells, documents)
            yield _Found(kind, number, _weight(kind, point, cells, documents), point, cells[0])


def _ruling(point: Point) -> list[Cell]:
    return [cell for cell in point.cells.values() if cell is not None]


def _kind(point: Point, cells: Sequence[Cell], documents: Mapping[str, Document]) -> Kind:
    if len(cells) == 1:
        silent = [documents[doc_id] for doc_id, cell in point.cells.items() if cell is None]
        is_highest = bool(silent) and all(is_above(documents[cells[0].doc_id], each) for each in silent)
        return "silent" if is_highest else "only"
    base, *others = cells
    labels = [_label(point, base, cell, documents) for cell in others]
    return "alike" if all(label == "一致" for label in labels) else "differs"


def _relation(point: Point, base: Cell, cell: Cell) -> Relation | None:
    """The relation of the cell's text towards that of `base`."""
    return next((each for each in point.relations if (each.of, each.to) == (cell.doc_id, base.doc_id)), None)


def _label(point: Point, base: Cell, cell: Cell, documents: Mapping[str, Document]) -> Label | None:
    """The label of the cell's text towards that of `base`; None where it says nothing (`are_comparable`) but 一致."""
    relation = _relation(point, base, cell)
    label = None if relation is None else relation.difference.label
    return label if label == "一致" or are_comparable(documents[base.doc_id], documents[cell.doc_id]) else None


def _weight(kind: Kind, point: Point, cells: Sequence[Cell], documents: Mapping[str, Document]) -> float:
    base, *others = cells
    if kind == "alike":
        return _weight_of(base, _shared_phrase(base, others)) * len(cells) / len(point.cells)
    if kind != "differs":
        return _weight_of(base, phrase(base.quote.text, weight))
    labels = [label for cell in others if (label := _label(point, base, cell, documents))]
    most = max(_weight_of(cell, phrase(cell.quote.text, weight, _evidence(point, cell))) for cell in cells)
    return most + max((LABELLED[label] for label in labels), default=0.0)


def _weight_of(cell: Cell, span: Span) -> float:
    return weight(cell.quote.text[span.start : span.end])


def _evidence(point: Point, cell: Cell) -> list[Span]:
    """The words of the cell that labels towards or from it rest on, by offsets in its quote; whole quotes left out."""
    quote = cell.quote
    found = [
        Span(each.words.start - quote.start, each.words.end - quote.start)
        for relation in point.relations
        for each in relation.difference.evidence
        if each.doc_id == cell.doc_id and quote.start <= each.words.start and each.words.end <= quote.end
    ]
    return [span for span in found if span != Span(0, len(quote.text))]


def _shared_phrase(base: Cell, others: Sequence[Cell]) -> Span:
    """The weightiest phrase of `base` whose words the others have too; what they have most of where none is such."""
    theirs = [{word.form for word in words_of(cell.quote.text)} for cell in others]
    shares: list[tuple[float, Span]] = []
    for span in phrases(base.quote.text):
        forms = [word.form for word in words_of(base.quote.text[span.start : span.end]) if not word.is_dropped]
        share = (
            min((sum(form in each for form in forms) / len(forms) for each in theirs), default=1.0) if forms else 0.0
        )
        shares.append((share, span))
    most = max((share for share, _ in shares), default=0.0)
    held_by_all = [span for share, span in shares if share >= min(most, _SHARED)]
    return phrase(base.quote.text, weight, within=held_by_all)


def _chosen(found: Sequence[_Found]) -> list[_Found]:
    """The weightiest of each kind as far as `_FIRST` goes, then any that do not merely exhort; `CLAUSES` in all."""
    chosen: list[_Found] = []
    for kind in KINDS:
        heavy = [each for each in found if each.kind == kind and each.weight >= LIGHT]
        chosen += heavy[: _FIRST[kind]]
    chosen = sorted(chosen, key=lambda each: -each.weight)[:CLAUSES]
    more = [each for each in found if each.weight >= LIGHT and each not in chosen]
    chosen += more[: CLAUSES - len(chosen)]
    return chosen or [*found[:2]]


def _grouped(chosen: Sequence[_Found], documents: Mapping[str, Document]) -> Iterator[list[_Found]]:
    """In the order of `KINDS`; what the same text rules on alone is told together."""
    for kind in KINDS:
        of_kind = sorted((each for each in chosen if each.kind == kind), key=lambda each: -each.weight)
        if kind not in {"only", "silent"}:
            yield from ([each] for each in of_kind)
            continue
        order = {doc_id: place for place, doc_id in enumerate(documents)}
        of_kind.sort(key=lambda each: order[each.base.doc_id])
        yield from (list(group) for _, group in groupby(of_kind, key=lambda each: each.base.doc_id))


def _told(group: Sequence[_Found], section: Section, briefing: Briefing, documents: Mapping[str, Document]) -> Told:
    first, names = group[0], named(briefing)
    silent = [names[doc_id] for doc_id in section.comparison.doc_ids if first.point.cells.get(doc_id) is None]
    if first.kind == "alike":
        pieces = [*_alike(first, names, documents), *_silent(silent)]
    elif first.kind == "differs":
        pieces = [*_differing(first, names, documents), *_silent(silent)]
    else:
        is_silent = first.kind == "silent"
        name = names[first.base.doc_id]
        pieces = [Piece(f"{name}规定" if is_silent else f"只有{name}规定：" if silent else f"{name}规定：")]
        for number, each in enumerate(group):
            pieces += [Piece("；")] if number else []
            pieces += _quote(each.base, phrase(each.base.quote.text, weight), documents)
        pieces += _silent(silent) if is_silent else ()
    weights = max(each.weight for each in group)
    return Told(first.kind, tuple(each.number for each in group), weights, (*pieces, Piece("。")))


def _alike(found: _Found, names: Mapping[str, str], documents: Mapping[str, Document]) -> Iterator[Piece]:
    base, *others = _ruling(found.point)
    yield Piece(f"{'、'.join(names[cell.doc_id] for cell in (base, *others))}都规定")
    yield from _quote(base, _shared_phrase(base, others), documents)


def _differing(found: _Found, names: Mapping[str, str], documents: Mapping[str, Document]) -> Iterator[Piece]:
    base, *others = _ruling(found.point)
    yield Piece(names[base.doc_id])
    yield from _near(base, found.point, documents)
    for cell in others:
        label = _label(found.point, base, cell, documents)
        if label == "一致":
            yield Piece(f"，{names[cell.doc_id]}与{names[base.doc_id]}一致")
        else:
            yield Piece(f"，{names[cell.doc_id]}{_WORDS.get(label, '') if label else ''}")
            yield from _near(cell, found.point, documents)


def _near(cell: Cell, point: Point, documents: Mapping[str, Document]) -> Iterator[Piece]:
    """The phrase of the cell that holds what labels rest on, those words in bold."""
    near = _evidence(point, cell)
    return _quote(cell, phrase(cell.quote.text, weight, near), documents, near)


def _silent(names: Sequence[str]) -> tuple[Piece, ...]:
    return (Piece(f"，{'、'.join(names)}未规定"),) if names else ()


def _quote(cell: Cell, span: Span, documents: Mapping[str, Document], strong: Iterable[Span] = ()) -> Iterator[Piece]:
    """The characters of the cell's quote in marks (「」 where they have such of their own), what decides in bold."""
    start = cell.quote.start + span.start
    text = cell.quote.text[span.start : span.end]
    quote = Quote(text, start, start + len(text))
    bold = [Span(cell.quote.start + each.start, cell.quote.start + each.end) for each in strong]
    inside = [each for each in bold if each.start < quote.end and quote.start < each.end]
    opening, closing = "「」" if "“" in text or "”" in text else "“”"
    yield Piece(opening)
    pieces = quoted(cell, quote, documents, inside or decisive(documents[cell.doc_id], [quote]))
    for piece in pieces:
        yield replace(piece, source=None, is_strong=piece.is_strong and len(pieces) > 1)  # all in bold tells nothing
    yield Piece(closing, cell_source(cell, documents))
