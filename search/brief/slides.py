"""A deck in the making: slides with a title, paragraphs and tables, in points, with fonts and exact line heights."""

from __future__ import annotations

from collections.abc import Sequence

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.xmlchemy import OxmlElement
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Pt

from search.brief.labels import HEADER_FILL, LOOKS
from search.brief.slide_fit import (
    CAPTION,
    CONTINUED,
    GAP,
    MARGIN_X,
    MARGIN_Y,
    Placed,
    caption_height,
    fitting_size,
    row_height,
    text_height,
    texts_of,
)
from search.brief.slide_run import WHITE, write
from search.brief.slide_text import Box, Rows, Run, Words, box, plain

WIDTH, HEIGHT = 960.0, 540.0
"""Of a slide, in points (16:9)."""
LEFT, TOP, INNER = 40.0, 24.0, 880.0
"""Where the content begins, and how wide it is."""
BOTTOM = 500.0
"""Where it ends; below are the chapter and the slide's number."""
_FOOT, _FOOT_TOP, _FOOT_HEIGHT = 14.0, 508.0, 20.0
_FOOT_WIDTH = 780.0
"""Points for the chapter at the foot."""
_TITLE_SIZES = (28.0, 24.0, 20.0)
_TITLE_HEIGHT = 90.0
_BELOW_TITLE = 14.0
_BAR = 24.0
"""Width of the bar beside a title."""
_TITLE_LAYOUT = 5
"""Title Only, in python-pptx's own template."""
_CELL_FILL = "F7F8FA"


class Deck:
    """A file of slides; `file` is python-pptx's presentation."""

    def __init__(self) -> None:
        self.file = pptx.Presentation()
        self.file.slide_width, self.file.slide_height = Pt(WIDTH), Pt(HEIGHT)

    def slide(self, title: str, foot: str = "") -> Slide:
        """A new slide with its title, which must fit (`fits_title`); `foot` stands at its foot where it fits there."""
        slide: Slide = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_LAYOUT])
        size, high = _title_shape(title)
        shape = slide.shapes.title
        assert shape is not None
        _place(shape, LEFT, TOP, INNER, high)
        if title:
            _add_bar(slide, high)
        write(shape.text_frame, (Run(title, is_strong=True),), size)
        if text_height(foot, _FOOT_WIDTH, _FOOT) <= _FOOT_HEIGHT and foot:
            below = slide.shapes.add_textbox(Pt(LEFT), Pt(_FOOT_TOP), Pt(_FOOT_WIDTH), Pt(_FOOT_HEIGHT))
            write(below.text_frame, (Run(foot),), _FOOT)
        self._number(slide)
        return slide

    def _number(self, slide: Slide) -> None:
        left = LEFT + _FOOT_WIDTH
        shape = slide.shapes.add_textbox(Pt(left), Pt(_FOOT_TOP), Pt(INNER - _FOOT_WIDTH), Pt(_FOOT_HEIGHT))
        write(shape.text_frame, (), _FOOT)
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        field = OxmlElement("a:fld")
        field.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
        field.set("type", "slidenum")
        properties = OxmlElement("a:rPr")
        properties.set("lang", "zh-CN")
        properties.set("sz", str(int(_FOOT * 100)))
        field.append(properties)
        digits = OxmlElement("a:t")
        digits.text = str(len(self.file.slides))
        field.append(digits)
        paragraph._p.append(field)  # noqa: SLF001 - python-pptx has no fields


def _title_shape(title: str) -> tuple[float, float]:
    """Size and height of a title, in points; those of a topic's slides are alike, as it may go on."""
    longest = title.removesuffix(CONTINUED) + CONTINUED
    size = fitting_size(longest, INNER, _TITLE_HEIGHT, _TITLE_SIZES) or _TITLE_SIZES[-1]
    return size, text_height(longest, INNER, size)


def fits_title(text: str) -> bool:
    """Whether `text` can stand as the title of a slide, also of one that goes on."""
    return fitting_size(text + CONTINUED, INNER, _TITLE_HEIGHT, _TITLE_SIZES) is not None


def content_top(title: str) -> float:
    """Points below the slide's edge at which the content under that title begins."""
    return TOP + _title_shape(title)[1] + _BELOW_TITLE


def draw(slide: Slide, placed: Placed, top: float) -> None:
    """A block on the slide whose content begins at `top` points."""
    if isinstance(placed.block, Rows):
        _draw_rows(slide, placed.block, top + placed.top)
    else:
        _draw_words(slide, placed.block, top + placed.top, placed.height)


def _draw_words(slide: Slide, words: Words, top: float, height: float) -> None:
    shape = slide.shapes.add_textbox(Pt(LEFT), Pt(top), Pt(INNER), Pt(height))
    write(shape.text_frame, words.runs, words.size, is_item=words.is_item)


def add_text(slide: Slide, text: str, top: float, size: float) -> float:
    """A box of text as wide as the slide at `top`; gives where it ends, in points."""
    high = text_height(text, INNER, size)
    shape = slide.shapes.add_textbox(Pt(LEFT), Pt(top), Pt(INNER), Pt(high))
    write(shape.text_frame, (Run(text),), size)
    return top + high


def _draw_rows(slide: Slide, rows: Rows, top: float) -> None:
    """The caption, then a table, each row as high as its texts are measured."""
    above = caption_height(rows)
    if above:
        caption = slide.shapes.add_textbox(Pt(LEFT), Pt(top), Pt(sum(rows.widths)), Pt(above - GAP / 2))
        write(caption.text_frame, rows.caption, CAPTION)
    lines = [tuple(box(head) for head in rows.heads), *(row.boxes for row in rows.rows)]
    texts = [rows.heads, *(texts_of(row) for row in rows.rows)]
    heights = [row_height(each, rows.widths, rows.size) for each in texts]
    width, height = Pt(sum(rows.widths)), Pt(sum(heights))
    table = slide.shapes.add_table(len(lines), len(rows.heads), Pt(LEFT), Pt(top + above), width, height).table
    table.horz_banding = False
    for column, wide in enumerate(rows.widths):
        table.columns[column].width = Pt(wide)
    for number, (line, high) in enumerate(zip(lines, heights, strict=True)):
        table.rows[number].height = Pt(high)
        for column, each in enumerate(line):
            _fill_cell(table.cell(number, column), each, rows.size, is_head=number == 0)


def _fill_cell(cell: _Cell, filling: Box, size: float, *, is_head: bool) -> None:
    runs = (Run(plain(filling.runs), is_strong=True),) if is_head else filling.runs
    write(cell.text_frame, runs, size, WHITE if is_head else None, is_tinted=filling.tint is not None)
    cell.margin_left = cell.margin_right = Pt(MARGIN_X)
    cell.margin_top = cell.margin_bottom = Pt(MARGIN_Y)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE if is_head else MSO_ANCHOR.TOP
    colour = HEADER_FILL if is_head else LOOKS[filling.tint].fill if filling.tint else _CELL_FILL
    cell.fill.solid()  # type: ignore[no-untyped-call]
    cell.fill.fore_color.rgb = _rgb(colour)


def add_notes(slide: Slide, said: Sequence[str]) -> None:
    """What the speaker has to say, a blank line between two of them; no page for notes where there is nothing."""
    if said:
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None  # in python-pptx's own template
        frame.text = "\n\n".join(said)


def _add_bar(slide: Slide, height: float) -> None:
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(0), Pt(TOP), Pt(_BAR), Pt(height))
    bar.shadow.inherit = False
    bar.fill.solid()
    bar.fill.fore_color.rgb = _rgb(HEADER_FILL)
    bar.line.fill.background()


def _rgb(colour: str) -> RGBColor:
    """RRGGBB as python-pptx takes it."""
    return RGBColor(*bytes.fromhex(colour))  # type: ignore[no-untyped-call]


def _place(shape: BaseShape, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(width), Pt(height)
