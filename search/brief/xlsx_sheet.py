"""A sheet in the making: texts stay texts, rows are as high as what stands in them, print comes out a page wide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from openpyxl.cell.cell import Cell as Box
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from search.brief.content import Piece
from search.brief.labels import HEADER_FILL, LOOKS, ink, shown
from search.brief.textwidth import count_lines
from search.compare.model import LABELS

MOST = 32_000
"""Characters a cell is given at most; Excel holds 32,767 and openpyxl cuts the rest without a word."""
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "\n")
_A3, _A4 = 8, 9
"""Paper sizes, as OOXML numbers them."""
_PRINTED = 145.0
"""Characters of the default type that A4 on its side holds in a line; a sheet that is wider is printed on A3."""
_FACE, _SIZE = "宋体", 11.0
_DRAWN, _LINE = 11.25, 15.0
"""Points of width of a character of that size, as screens round it, and of a line's height."""
_CHARACTER, _PADDING = 5.25, 3.0
"""Points that a unit of column width comes to, and that Excel keeps free beside a text."""
_HIGHEST, _WIDEST = 405.0, 200.0
"""Points of height and characters of width up to which Excel shows a cell well; it has 409 and 255 at most."""
_TITLE = 60
"""Characters of the briefing's title that the head of a page has room for."""
_SIDE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_BY_SHOWN = {shown(label): LOOKS[label] for label in LABELS}

Text: TypeAlias = str | CellRichText
Line: TypeAlias = Sequence[Text | int]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters of the default type."""

    head: str
    width: float


def fill(sheet: Worksheet, columns: Sequence[Column], lines: Iterable[Line], title: str) -> None:
    """The head and the lines, wrapped; the head frozen, with a filter; printed a page wide, the head repeated.

    Columns with nothing in them are left out. `title` stands at the head of each page with the sheet's name.
    """
    kept, rows = _without_empty(columns, [*lines])
    widths = [_widened(each.width, [row[place] for row in rows]) for place, each in enumerate(kept)]
    for column, (each, size) in enumerate(zip(kept, widths, strict=True), 1):
        box = _put(sheet, 1, column, each.head)
        box.font = Font(name=_FACE, size=_SIZE, bold=True, color="FFFFFF")
        box.fill = PatternFill("solid", fgColor=HEADER_FILL)
        box.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = size
    sheet.row_dimensions[1].height = max(_height(each.head, size) for each, size in zip(kept, widths, strict=True)) + 8
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            _colour(_put(sheet, number, column, value))
        sheet.row_dimensions[number].height = max(map(_height, row, widths))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(kept))}{sheet.max_row}"
    _set_page(sheet, sum(widths), title)


def _without_empty(columns: Sequence[Column], rows: Sequence[Line]) -> tuple[list[Column], list[Line]]:
    places = [place for place in range(len(columns)) if not rows or any(str(row[place]) for row in rows)]
    return [columns[place] for place in places], [[row[place] for place in places] for row in rows]


def _set_page(sheet: Worksheet, width: float, title: str) -> None:
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4 if width <= _PRINTED else _A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    shown_title = title if len(title) <= _TITLE else f"{title[:_TITLE]}…"
    sheet.oddHeader.left.text = " ".join(shown_title.split()).replace("&", "&&")
    sheet.oddHeader.right.text = "&A"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def parts(text: Text) -> Sequence[Text]:
    """A text longer than a cell can hold in several; "" is one."""
    if isinstance(text, CellRichText):
        return [text]
    return [text[start : start + MOST] for start in range(0, len(text), MOST)] or [""]


def rich(pieces: Sequence[Piece]) -> Text:
    """The pieces with new words underlined and gone ones struck through; "" where that is longer than a cell holds."""
    if not pieces or sum(len(piece.text) for piece in pieces) > MOST:
        return ""
    return CellRichText(
        *(piece.text if piece.change == "kept" else TextBlock(_font(piece), piece.text) for piece in pieces)
    )


def _font(piece: Piece) -> InlineFont:
    colour = ink(piece.change, is_minor=piece.is_minor)
    if piece.change == "added":
        return InlineFont(rFont=_FACE, sz=_SIZE, color=colour, u="single")
    return InlineFont(rFont=_FACE, sz=_SIZE, color=colour, strike=True)


def _height(value: Text | int, width: float) -> float:
    """Points of height to show a value in a column of that width, as far as Excel goes."""
    lines = count_lines(str(value), width * _CHARACTER - _PADDING, _DRAWN)
    return min(lines * _LINE + 4, _HIGHEST)


def _widened(width: float, values: Sequence[Text | int]) -> float:
    """The width, or a greater one at which every value of the column can be shown whole, as far as Excel goes."""
    while width < _WIDEST and any(_height(value, width) >= _HIGHEST for value in values):
        width = min(width * 1.25, _WIDEST)
    return width


def _put(sheet: Worksheet, row: int, column: int, value: Text | int) -> Box:
    """Write a value as it is: a text stays a text, also one that begins as a formula or an error does."""
    box = sheet.cell(row, column)
    assert isinstance(box, Box)
    box.value = value
    box.font = Font(name=_FACE, size=_SIZE)
    box.alignment = Alignment(horizontal="center" if isinstance(value, int) else None, vertical="top", wrap_text=True)
    box.border = _BORDER
    if not isinstance(value, int):
        box.data_type = "s"
        box.quotePrefix = str(value).startswith(_FORMULA_LIKE)
    return box


def _colour(box: Box) -> None:
    look = _BY_SHOWN.get(box.value) if isinstance(box.value, str) else None
    if look is not None:
        box.fill = PatternFill("solid", fgColor=look.fill)
        box.font = Font(name=_FACE, size=_SIZE, bold=True, color=look.ink)
