"""A deck in the making: slides with a title, boxes of text and tables, in points, with fonts and exact line heights."""

from __future__ import annotations

from collections.abc import Sequence

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Pt

from search.brief.labels import HEADER_FILL, LOOKS, shown
from search.brief.slide_fit import CELL_MARGIN, CONTINUED, LEADING, fitting_size, row_height, text_height
from search.compare.model import LABELS

WIDTH, HEIGHT = 960.0, 540.0
"""Of a slide, in points (16:9)."""
LEFT, TOP, INNER = 40.0, 24.0, 880.0
"""Where the content begins, and how wide it is."""
BOTTOM = 500.0
"""Where it ends; below is the slide's number."""
SMALLEST = 12.0
_TITLE_SIZES = (28.0, 24.0, 20.0)
_TITLE_HEIGHT = 90.0
_FACE, _LATIN = "微软雅黑", "Arial"
_INK = "1A1A1A"
_BAR = 24.0
"""Width of the bar beside a title."""
_TITLE_LAYOUT = 5
"""Title Only, in python-pptx's own template."""
_BY_SHOWN = {shown(label): LOOKS[label] for label in LABELS}


class Deck:
    """A file of slides; `file` is python-pptx's presentation."""

    def __init__(self) -> None:
        self.file = pptx.Presentation()
        self.file.slide_width, self.file.slide_height = Pt(WIDTH), Pt(HEIGHT)

    def slide(self, title: str) -> tuple[Slide, float]:
        """A new slide with its title, and the height in points at which its content begins.

        The title must fit (`fits_title`).
        """
        slide = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_LAYOUT])
        longest = title.removesuffix(CONTINUED) + CONTINUED  # so that the slides of one topic begin alike
        size = fitting_size(longest, INNER, _TITLE_HEIGHT, _TITLE_SIZES) or _TITLE_SIZES[-1]
        high = text_height(longest, INNER, size)
        shape = slide.shapes.title
        assert shape is not None
        _place(shape, LEFT, TOP, INNER, high)
        if title:
            _add_bar(slide, high)
        write(shape.text_frame, title, size, is_strong=True)
        self._number(slide)
        return slide, TOP + high + 14

    def _number(self, slide: Slide) -> None:
        box = slide.shapes.add_textbox(Pt(LEFT), Pt(508), Pt(INNER), Pt(20))
        write(box.text_frame, "", SMALLEST)
        paragraph = box.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        field = OxmlElement("a:fld")
        field.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
        field.set("type", "slidenum")
        properties = OxmlElement("a:rPr")
        properties.set("lang", "zh-CN")
        properties.set("sz", str(int(SMALLEST * 100)))
        field.append(properties)
        digits = OxmlElement("a:t")
        digits.text = str(len(self.file.slides))
        field.append(digits)
        paragraph._p.insert_element_before(field, "a:endParaRPr")  # noqa: SLF001 - python-pptx has no fields


def fits_title(text: str) -> bool:
    """Whether `text` can stand as the title of a slide."""
    return fitting_size(text, INNER, _TITLE_HEIGHT, _TITLE_SIZES) is not None


def add_text(slide: Slide, text: str, top: float, size: float) -> float:
    """A box of text as wide as the slide at `top`; gives where it ends, in points."""
    high = text_height(text, INNER, size)
    box = slide.shapes.add_textbox(Pt(LEFT), Pt(top), Pt(INNER), Pt(high))
    write(box.text_frame, text, size)
    return top + high


def add_table(
    slide: Slide, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], top: float, size: float
) -> None:
    """A table at `top`, each row as high as its texts are measured; a cell that is a label alone has its colour."""
    lines = [tuple(heads), *map(tuple, rows)]
    heights = [row_height(line, widths, size) for line in lines]
    frame = slide.shapes.add_table(len(lines), len(heads), Pt(LEFT), Pt(top), Pt(sum(widths)), Pt(sum(heights)))
    table = frame.table
    table.horz_banding = False
    for column, width in enumerate(widths):
        table.columns[column].width = Pt(width)
    for number, (line, high) in enumerate(zip(lines, heights, strict=True)):
        table.rows[number].height = Pt(high)
        for column_number, text in enumerate(line):
            _fill_cell(table.cell(number, column_number), text, size, is_head=number == 0)


def _fill_cell(cell: _Cell, text: str, size: float, *, is_head: bool) -> None:
    look = _BY_SHOWN.get(text)
    write(cell.text_frame, text, size, is_strong=is_head or look is not None)
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = Pt(CELL_MARGIN)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE if is_head else MSO_ANCHOR.TOP
    cell.fill.solid()  # type: ignore[no-untyped-call]
    cell.fill.fore_color.rgb = _rgb(HEADER_FILL if is_head else look.fill if look else "F7F8FA")
    ink = _rgb("FFFFFF") if is_head else _rgb(look.ink) if look else _rgb(_INK)
    for paragraph in cell.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = ink


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


def write(frame: TextFrame, text: str, size: float, *, is_strong: bool = False) -> None:
    """Set the text of a frame without margins, left, from the top, in `size` points; a line break is a paragraph."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)
    for number, line in enumerate(text.split("\n")):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]  # type: ignore[no-untyped-call]
        _write_line(paragraph, line, size, is_strong=is_strong)


def _write_line(paragraph: _Paragraph, line: str, size: float, *, is_strong: bool) -> None:
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.line_spacing = Pt(size * LEADING)
    paragraph.space_before = paragraph.space_after = Pt(0)
    paragraph.font.size = Pt(size)
    if not line:
        return
    run = paragraph.add_run()
    run.text = line
    run.font.size, run.font.bold, run.font.name = Pt(size), is_strong, _LATIN
    run.font.color.rgb = _rgb(_INK)
    properties = run._r.get_or_add_rPr()  # noqa: SLF001 - python-pptx names no East Asian font
    properties.set("lang", "zh-CN")
    face = OxmlElement("a:ea")
    face.set("typeface", _FACE)
    latin = properties.find(qn("a:latin"))
    assert latin is not None
    latin.addnext(face)
