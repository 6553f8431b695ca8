"""A briefing as slides: title, agenda, a table and the differences of each topic, the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

from pptx.util import Pt

from search.brief import content
from search.brief.archive import moment, settled
from search.brief.content import Piece
from search.brief.labels import LEGEND_HEADS, READING, legend, shown
from search.brief.listing import HEADS, NO_WORDS, listed
from search.brief.model import Briefing, Section
from search.brief.slide_fit import CONTINUED, Page, balanced, fitting_size, paged_rows, paged_text, text_height
from search.brief.slides import BOTTOM, INNER, LEFT, SMALLEST, Deck, add_table, add_text, fits_title, write
from search.compare.model import Point

_TITLE_SIZES = (40.0, 32.0, 28.0, 24.0, 20.0, 16.0)
_TITLE_TOP, _TITLE_HEIGHT = 130.0, 220.0
_TEXT_SIZES = (20.0, 18.0, 16.0, 14.0)
_AGENDA_SIZES = (24.0, 20.0, 18.0)
_TABLE_SIZES = (18.0, 16.0)
"""Tried for a whole table on one slide; what does not fit in these is set in the smallest and split."""
_NUMBER = 56.0
"""Width of the column of numbers in points."""
_LIST_WIDTHS = (_NUMBER, 132.0, 88.0, 274.0, 330.0)
_REMARK_SIZE, _REMARK_HEIGHT = 16.0, 90.0
"""Points: of remarks above a table, and how high they may be there."""
_COLUMNS = 4
"""Documents side by side on one slide."""


def render(briefing: Briefing) -> bytes:
    """The file; the briefing is checked already."""
    deck = Deck()
    core = deck.file.core_properties
    core.title, core.author, core.last_modified_by = briefing.title[:255], "", ""
    core.created = core.modified = moment(briefing.date)
    core.language = "zh-CN"
    _title(deck, briefing)
    _flow(deck, "说明", "\n".join(note for note in briefing.notes if note))
    _flow(deck, "议题", "\n".join(_agenda(briefing)), _AGENDA_SIZES)
    if any(section.comparison.points for section in briefing.sections):
        _reading(deck, content.common_notice(briefing))
    for chapter, numbered in content.chapters(briefing):
        if chapter:
            _chapter(deck, chapter, numbered)
        for number, section in numbered:
            _topic(deck, number, section, briefing)
    _sources(deck, briefing)
    out = BytesIO()
    deck.file.save(out)
    return settled(out.getvalue(), briefing.date)


def _title(deck: Deck, briefing: Briefing) -> None:
    """The title as large as it fits; the rest of one too long for a slide goes on upon the next."""
    size = fitting_size(briefing.title, INNER, _TITLE_HEIGHT, _TITLE_SIZES) or _TITLE_SIZES[-1]
    date = f"{briefing.date.year}年{briefing.date.month}月{briefing.date.day}日"
    for part in paged_text(briefing.title, INNER, _TITLE_HEIGHT, size) if briefing.title else ("",):
        slide, _ = deck.slide("")
        shape = slide.shapes.title
        assert shape is not None
        high = text_height(part, INNER, size)
        shape.left, shape.top, shape.width, shape.height = Pt(LEFT), Pt(_TITLE_TOP), Pt(INNER), Pt(high)
        write(shape.text_frame, part, size, is_strong=True)
        add_text(slide, date, _TITLE_TOP + high + 16, _TEXT_SIZES[0])


def _agenda(briefing: Briefing) -> Iterator[str]:
    """A line for each topic by its number, and for each chapter, whose topics stand on its own slide."""
    for chapter, numbered in content.chapters(briefing):
        numbers = [number for number, _ in numbered]
        if chapter:
            span = f"{numbers[0]}—{numbers[-1]}" if len(numbers) > 1 else f"{numbers[0]}"
            yield f"{span}. {chapter}"
        else:
            yield from (f"{number}. {section.topic}" for number, section in numbered)


def _chapter(deck: Deck, chapter: str, numbered: Sequence[tuple[int, Section]]) -> None:
    """A slide with what the chapter has, before its topics."""
    topics = [f"{number}. {section.topic}" for number, section in numbered]
    name = chapter if fits_title(chapter + CONTINUED) else f"议题 {numbered[0][0]}—{numbered[-1][0]}"
    lines = topics if name == chapter else [chapter, *topics]
    _flow(deck, name, "\n".join(lines), _AGENDA_SIZES)


def _reading(deck: Deck, notice: str) -> None:
    """What the marks say, and what to know of all the texts."""
    remarks = "\n".join(filter(None, (READING, notice)))
    _tables(deck, "怎么看", LEGEND_HEADS, legend(), (120, INNER - 120), remarks)


def _flow(deck: Deck, title: str, text: str, sizes: Sequence[float] = _TEXT_SIZES) -> None:
    """Text on as many slides as it takes, in the largest of `sizes` for one, else the smallest; none for no text."""
    if not text:
        return
    slide, top = deck.slide(title)
    size = fitting_size(text, INNER, BOTTOM - top, sizes) or sizes[-1]
    for number, part in enumerate(paged_text(text, INNER, BOTTOM - top, size)):
        if number:
            slide, top = deck.slide(title + CONTINUED)
        add_text(slide, part.rstrip("\n"), top, size)


def _topic(deck: Deck, number: int, section: Section, briefing: Briefing) -> None:
    """What is said of the topic, the table, then the differences."""
    name = section.topic
    remarks = "\n".join(content.remarks(section, briefing))
    if not fits_title(name + "：异同" + CONTINUED):
        name = f"议题 {number}"
        remarks = "\n".join(filter(None, (section.topic, remarks)))
    if not section.comparison.points:
        _flow(deck, name, remarks)
        return
    names = content.named(briefing)
    for doc_ids in content.panels(section.comparison.doc_ids, _COLUMNS):
        widths = (_NUMBER, *(share * (INNER - _NUMBER) for share in content.shares(section, doc_ids)))
        rows = [
            (str(row), *(_said(point, doc_id, names) for doc_id in doc_ids))
            for row, point in enumerate(section.comparison.points, 1)
        ]
        _tables(deck, name, ("序号", *(names[doc_id] for doc_id in doc_ids)), rows, widths, remarks)
        remarks = ""
    found = listed(section, briefing)
    if found:
        rows = [
            (line.number, line.pair, shown(line.label), line.reason, _text(line.words or NO_WORDS)) for line in found
        ]
        changes = [line.words or NO_WORDS for line in found]
        _tables(deck, f"{name}：异同", HEADS, rows, _LIST_WIDTHS, changes=changes)
    else:
        _flow(deck, f"{name}：异同", "没有标出的差异。")


def _said(point: Point, doc_id: str, names: dict[str, str]) -> str:
    """The clause's label, the quote on lines of its own, and the labels of what differs (reasons come after)."""
    cell = point.cells.get(doc_id)
    said = content.SILENT if cell is None else f"{content.cell_label(cell)}\n{cell.quote.text}"
    labels = content.labels_of(point, doc_id, names)
    return "\n".join((said, *(f"{shown(label)}{towards}" for label, towards in labels.items())))


def _tables(
    deck: Deck,
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    remarks: str = "",
    changes: Sequence[Sequence[Piece]] = (),
) -> None:
    """The rows on as many slides as they take, the head on each; remarks above the first, or before it if long."""
    if text_height(remarks, INNER, _REMARK_SIZE) > _REMARK_HEIGHT:
        _flow(deck, title, remarks)
        remarks = ""
    slide, top = deck.slide(title)
    if remarks:
        top = add_text(slide, remarks, top, _REMARK_SIZE) + 8
    for size in (*_TABLE_SIZES, SMALLEST):
        pages: Sequence[Page] = [*paged_rows(rows, heads, widths, BOTTOM - top, size)]
        if len(pages) == 1:
            break
    pages = balanced(pages, rows, heads, widths, BOTTOM - top, size)
    left = iter(_cut(changes, [row for page in pages for row in page]) if changes else ())
    for number, page in enumerate(pages):
        if number:
            slide, top = deck.slide(title + CONTINUED)
        add_table(slide, heads, page, widths, top, size, [next(left) for _ in page] if changes else ())


def _cut(changes: Sequence[Sequence[Piece]], rows: Sequence[Sequence[str]]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of each row's last text, where a row may go on in rows below it."""
    left: list[Piece] = []
    whole = iter(changes)
    for row in rows:
        if not row[0].endswith(CONTINUED):
            left = list(next(whole))
        room, taken = len(row[-1]), []
        while room > 0:
            piece = left.pop(0)
            taken.append(replace(piece, text=piece.text[:room]))
            if len(piece.text) > room:
                left.insert(0, replace(piece, text=piece.text[room:]))
            room -= len(piece.text)
        yield tuple(taken)


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _sources(deck: Deck, briefing: Briefing) -> None:
    """The documents in scope and the clauses quoted from each."""
    quoted = {document.doc_id: clauses for document, clauses in content.quoted_clauses(briefing)}
    rows = []
    for number, entry in enumerate(briefing.scope, 1):
        clauses = "、".join(content.clause_name(clause) for clause in quoted.get(entry.doc_id, ()))
        title = content.titled(entry.title, entry.number)
        rows.append((str(number), title, "、".join(entry.issuers) or "—", entry.date or "—", clauses or "—"))
    if rows:
        _tables(deck, "来源", ("序号", "文件", "发文机关", "日期", "引用的条文"), rows, (_NUMBER, 240, 186, 108, 290))
