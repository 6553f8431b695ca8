"""A briefing as a workbook: every point of every topic in one sheet, and a sheet for each document's clauses."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import zip_longest
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Box
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from corpus.model import Document
from search.brief import content
from search.brief.archive import moment, settled
from search.brief.content import Piece
from search.brief.labels import HEADER_FILL, INKS, LOOKS, READING, legend, shown
from search.brief.model import Briefing, Section
from search.brief.redlined import redlined
from search.brief.textwidth import count_lines
from search.compare.model import LABELS, Point, Relation

_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "\n")
_MOST = 32_000
"""Characters a row's cell is given at most; Excel holds 32,767 and openpyxl cuts the rest without a word."""
_NAME_LENGTH = 31
_A3, _A4 = 8, 9
"""Paper sizes, as OOXML numbers them."""
_PRINTED = 200.0
"""Characters of the default type that A3 on its side holds in a line."""
_SIZE, _LINE = 11.0, 15.0
"""Points of the default type, and of a line of it."""
_HIGHEST, _WIDEST = 405.0, 200.0
"""Points of height and characters of width up to which Excel shows a cell well; it has 409 and 255 at most."""
_CHARACTER = 5.25
"""Points that a unit of column width comes to."""
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]']")
_SIDE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_BY_SHOWN = {shown(label): LOOKS[label] for label in LABELS}
_FACES = {
    "added": InlineFont(color=INKS["added"], u="single"),
    "removed": InlineFont(color=INKS["removed"], strike=True),
}
_PAIR_COLUMNS = 4
_Pair = tuple[str, str]
_Text: TypeAlias = str | CellRichText
_Row: TypeAlias = Sequence[_Text | int]


def render(briefing: Briefing) -> bytes:
    """The file; the briefing is checked already."""
    book = Workbook()
    book.properties.title, book.properties.creator = briefing.title[:255], ""
    book.properties.created = moment(briefing.date)
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "对照"
    _comparison_sheet(first, briefing)
    _scope_sheet(book.create_sheet("文件"), briefing)
    _about_sheet(book.create_sheet("说明"), briefing)
    taken = {"对照", "文件", "说明"}
    names = content.named(briefing)
    for document in briefing.documents:
        name = _sheet_name(names[document.doc_id], taken)
        taken.add(name.lower())
        _clauses_sheet(book.create_sheet(name), document)
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue(), briefing.date)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of its own signs, not taken (case does not count)."""
    base = _NOT_IN_NAMES.sub(" ", wanted).strip() or "文件"
    name, number = base[:_NAME_LENGTH], 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = base[: _NAME_LENGTH - len(ending)] + ending, number + 1
    return name


def _comparison_sheet(sheet: Worksheet, briefing: Briefing) -> None:
    names = content.named(briefing)
    doc_ids, pairs = _columns(briefing)
    has_chapters = any(section.chapter for section in briefing.sections)
    heads, widths = ["章", "议题", "序号"][not has_chapters :], [18.0, 18.0, 6.0][not has_chapters :]
    for doc_id in doc_ids:
        heads += [f"{names[doc_id]}条款", f"{names[doc_id]}原文"]
        widths += [13.0, 48.0]
    for of, to in pairs:
        pair = f"{names[of]}对{names[to]}"
        heads += [f"{pair}异同", f"{pair}理由", f"{pair}依据", f"{pair}改了哪些词"]
        widths += [12.0, 30.0, 30.0, 40.0]
    heads.append("说明")
    widths.append(40.0)
    rows: list[_Row] = []
    for section in briefing.sections:
        lead = (section.chapter, section.topic) if has_chapters else (section.topic,)
        rows += ((*lead, *row) for row in _section_rows(section, doc_ids, pairs, briefing))
    _fill_sheet(sheet, heads, rows, widths)
    sheet.freeze_panes = "D2" if has_chapters else "C2"
    sheet.page_setup.paperSize = _A3
    sheet.page_setup.fitToWidth = math.ceil(sum(widths) / _PRINTED)
    sheet.print_title_cols = "A:C" if has_chapters else "A:B"


def _columns(briefing: Briefing) -> tuple[tuple[str, ...], tuple[_Pair, ...]]:
    """The documents and the (of, to) pairs of all sections, each once, in the order they come up."""
    doc_ids: dict[str, None] = {}
    pairs: dict[_Pair, None] = {}
    for section in briefing.sections:
        doc_ids.update(dict.fromkeys(section.comparison.doc_ids))
        for point in section.comparison.points:
            pairs.update(dict.fromkeys((relation.of, relation.to) for relation in point.relations))
    return tuple(doc_ids), tuple(pairs)


def _section_rows(
    section: Section, doc_ids: Sequence[str], pairs: Sequence[_Pair], briefing: Briefing
) -> Iterator[_Row]:
    """The rows without chapter and topic."""
    remarks = "\n".join(content.remarks(section, briefing))
    if not section.comparison.points:
        nothing = [""] * (2 * len(doc_ids) + _PAIR_COLUMNS * len(pairs))
        yield from _within_bounds("—", [*nothing, remarks])
        return
    for number, point in enumerate(section.comparison.points, 1):
        said = [text for doc_id in doc_ids for text in _said(point, doc_id, section)]
        compared = [text for pair in pairs for text in _compared(point, pair, briefing)]
        yield from _within_bounds(number, [*said, *compared, remarks if number == 1 else ""])


def _said(point: Point, doc_id: str, section: Section) -> tuple[str, str]:
    cell = point.cells.get(doc_id)
    if cell is not None:
        return content.cell_label(cell), cell.quote.text
    return ("", content.SILENT) if doc_id in section.comparison.doc_ids else ("", "")


def _compared(point: Point, pair: _Pair, briefing: Briefing) -> tuple[_Text, ...]:
    """`_PAIR_COLUMNS` texts: label, reason, the words it rests on, and the redline."""
    documents = content.by_id(briefing)
    found = [relation for relation in point.relations if (relation.of, relation.to) == pair]
    return (
        "；".join(shown(relation.difference.label) for relation in found),
        "；".join(relation.difference.reason for relation in found),
        "；".join(_evidence(relation, point, documents) for relation in found),
        _rich(redlined(found[0], point, documents)) if found else "",
    )


def _rich(pieces: Sequence[Piece]) -> _Text:
    """The pieces with new words underlined and gone ones struck through; "" where that is longer than a cell holds."""
    if not pieces or sum(len(piece.text) for piece in pieces) > _MOST:
        return ""
    return CellRichText(
        *(piece.text if piece.change == "kept" else TextBlock(_FACES[piece.change], piece.text) for piece in pieces)
    )


def _evidence(relation: Relation, point: Point, documents: dict[str, Document]) -> str:
    return "".join(piece.text for piece in content.evidence_pieces(content.telling(relation, point), documents))


def _within_bounds(number: int | str, texts: Sequence[_Text]) -> Iterator[_Row]:
    """One row, or further ones under it for what is longer than a cell can hold."""
    for parts in zip_longest(*(_parts(text) for text in texts), fillvalue=""):
        yield (number, *parts)


def _parts(text: _Text) -> Sequence[_Text]:
    if isinstance(text, CellRichText):
        return [text]
    return [text[start : start + _MOST] for start in range(0, len(text), _MOST)] or [""]


def _scope_sheet(sheet: Worksheet, briefing: Briefing) -> None:
    rows: list[_Row] = [(entry.title, *content.scope_facts(entry)) for entry in briefing.scope]
    _fill_sheet(sheet, content.SCOPE_HEADS, rows, [60.0, 24.0, 40.0, 13.0, 60.0, 8.0])


def _about_sheet(sheet: Worksheet, briefing: Briefing) -> None:
    rows: list[_Row] = [("标题", briefing.title), ("日期", briefing.date.isoformat())]
    notes = (*briefing.notes, content.common_notice(briefing))
    rows += [("说明", part) for note in notes if note for part in _parts(note)]
    rows += [("怎么看", READING), *legend()]
    _fill_sheet(sheet, ("项目", "内容"), rows, [12.0, 110.0])


def _clauses_sheet(sheet: Worksheet, document: Document) -> None:
    rows: list[_Row] = [
        (clause.clause_id, clause.label, clause.heading, part)
        for clause in document.clauses
        for part in _parts(clause.body_text)
    ]
    _fill_sheet(sheet, ("编号", "条款", "标题", "原文"), rows, [20.0, 14.0, 28.0, 90.0])


def _fill_sheet(sheet: Worksheet, heads: Sequence[str], rows: Iterable[_Row], widths: Sequence[float]) -> None:
    """The head and the rows, wrapped; the head frozen, with a filter; printed on A4 on its side, the head repeated."""
    rows = [*rows]
    widths = [_widened(size, [row[column] for row in rows]) for column, size in enumerate(widths)]
    for column, (head, size) in enumerate(zip(heads, widths, strict=True), 1):
        box = _put(sheet, 1, column, head)
        box.font = Font(bold=True, color="FFFFFF")
        box.fill = PatternFill("solid", fgColor=HEADER_FILL)
        box.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = size
    sheet.row_dimensions[1].height = max(map(_height, heads, widths)) + _LINE / 2
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            _colour(_put(sheet, number, column, value))
        sheet.row_dimensions[number].height = max(map(_height, row, widths))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{sheet.max_row}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _height(value: _Text | int, width: float) -> float:
    """Points of height to show a value in a column of that width, as far as Excel goes."""
    return min(count_lines(str(value), width * _CHARACTER, _SIZE) * _LINE + 4, _HIGHEST)


def _widened(width: float, values: Sequence[_Text | int]) -> float:
    """The width, or a greater one at which every value of the column can be shown whole, as far as Excel goes."""
    while width < _WIDEST and any(_height(value, width) >= _HIGHEST for value in values):
        width = min(width * 1.25, _WIDEST)
    return width


def _put(sheet: Worksheet, row: int, column: int, value: _Text | int) -> Box:
    """Write a value as it is: a text stays a text, also one that begins as a formula or an error does."""
    box = sheet.cell(row, column)
    assert isinstance(box, Box)
    box.value = value
    box.alignment = Alignment(vertical="top", wrap_text=True)
    box.border = _BORDER
    if not isinstance(value, int):
        box.data_type = "s"
        box.quotePrefix = str(value).startswith(_FORMULA_LIKE)
    return box


def _colour(box: Box) -> None:
    look = _BY_SHOWN.get(box.value) if isinstance(box.value, str) else None
    if look is not None:
        box.fill = PatternFill("solid", fgColor=look.fill)
        box.font = Font(bold=True, color=look.ink)
