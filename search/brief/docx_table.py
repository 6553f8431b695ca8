"""Tables of a Word briefing: fixed widths, a head repeated on each page, rows kept whole where a page can hold them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from search.brief.docx_styles import CELL_ID, CELL_LINE, CELL_SIZE, in_heading_font
from search.brief.labels import HEADER_FILL, LOOKS, shown
from search.brief.textwidth import count_lines
from search.compare.model import Label

_CELL_MARGINS = 4.0
"""Millimetres that a cell loses to its left and right margin."""
_WHOLE_ROW = 280.0
"""Points of height up to which a row is kept on one page: well below what a page holds besides its footnotes."""


def add_table(document: Document, heads: Sequence[str], widths: Sequence[float]) -> Table:
    """An empty table with its head; `widths` of the columns in millimetres."""
    table: Table = document.add_table(1, len(heads), "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    row = table.rows[0]
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx does not know these two
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))
    for cell, head, width in zip(row.cells, heads, widths, strict=True):
        cell.width = Mm(width)
        fill(cell, HEADER_FILL)
        paragraph = first_paragraph(cell)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(head)
        in_heading_font(run)
        run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    return table


def add_row(table: Table, widths: Sequence[float]) -> tuple[_Cell, ...]:
    """A further row's cells, empty."""
    row = table.add_row()  # type: ignore[no-untyped-call]
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Mm(width)
    return tuple(row.cells)


def keep_whole(table: Table) -> None:
    """Keep each row on one page that is low enough; a higher one may break, or the page before it stays empty."""
    for row in list(table.rows)[1:]:
        if max(map(_height, row.cells)) <= _WHOLE_ROW:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - as above


def _height(cell: _Cell) -> float:
    assert cell.width is not None  # `add_row` sets it
    room = max(cell.width.pt - Mm(_CELL_MARGINS).pt, Mm(5).pt)
    return math.fsum(count_lines(p.text, room, CELL_SIZE) * CELL_LINE + 2 for p in cell.paragraphs)


def first_paragraph(cell: _Cell) -> Paragraph:
    """The paragraph that a new cell has, in the style of cells."""
    paragraph: Paragraph = cell.paragraphs[0]
    return _in_cell_style(paragraph)


def only_paragraph(cell: _Cell) -> Paragraph:
    """The first paragraph of a merged cell, which has those of all its parts; the empty others are taken away."""
    for other in cell.paragraphs[1:]:
        other._p.getparent().remove(other._p)  # noqa: SLF001 - python-docx cannot take a paragraph away
    return first_paragraph(cell)


def further_paragraph(cell: _Cell) -> Paragraph:
    """A new paragraph at the end of a cell, in the style of cells."""
    return _in_cell_style(cell.add_paragraph())


def _in_cell_style(paragraph: Paragraph) -> Paragraph:
    paragraph._p.style = CELL_ID  # noqa: SLF001 - by its name python-docx looks it up among all, each time
    return paragraph


def fill(cell: _Cell, colour: str) -> None:
    """Colour the ground of a cell; `colour` is RRGGBB."""
    cell._tc.get_or_add_tcPr().append(_shading(colour))  # noqa: SLF001 - python-docx has no shading


def add_label(paragraph: Paragraph, label: Label) -> None:
    """The label with its mark, on its colour, in the headings' font."""
    look = LOOKS[label]
    run = paragraph.add_run(shown(label))
    in_heading_font(run)
    run.font.color.rgb = RGBColor.from_string(look.ink)
    run.font.size = Pt(CELL_SIZE)
    run._r.get_or_add_rPr().append(_shading(look.fill))  # noqa: SLF001 - as above


def _shading(colour: str) -> OxmlElement:  # type: ignore[valid-type]
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), colour)
    return shading
