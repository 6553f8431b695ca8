"""A deck in the making: slides with a title, boxes of text and tables, in points, with fonts and exact line heights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.oxml.xmlchemy import OxmlElement
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.text.text import TextFrame
from pptx.util import Pt

from search.brief.content import Piece
from search.brief.labels import HEADER_FILL, INKS, LOOKS, shown
from search.brief.slide_fit import CELL_MARGIN, CONTINUED, LEADING, fitting_size, row_height, text_height
from search.compare.model import LABELS

WIDTH, HEIGHT = 960.0, 540.0
"""Of a slide, in points (16:9)."""
LEFT, TOP, INNER = 40.0, 24.0, 880.0
"""Where the content begins, and how wide it is."""
BOTTOM = 500.0
"""Where it ends; below is the slide's number."""
SMALLEST = 14.0
"""Points of the smallest type that is read from the back of a room."""
_FOOT = 12.0
_TITLE_SIZES = (28.0, 24.0, 20.0)
_TITLE_HEIGHT = 90.0
_FACE, _LATIN = "微软雅黑", "Arial"
_INK = INKS["kept"]
_STYLES = {"kept": "", "added": ' u="sng"', "removed": ' strike="sngStrike"'}
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
        write(box.text_frame, "", _FOOT)
        paragraph = box.text_frame.paragraphs[0]
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
    slide: Slide,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    top: float,
    size: float,
    changes: Sequence[Sequence[Piece]] = (),
) -> None:
    """A table at `top`, each row as high as its texts are measured; a cell that is a label alone has its colour.

    `changes`: for each row the pieces that its last text is made of, to mark what is new and what is gone.
    """
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
            is_last = column_number == len(heads) - 1
            pieces = changes[number - 1] if number and changes and is_last else ()
            _fill_cell(table.cell(number, column_number), text, size, pieces, is_head=number == 0)


def _fill_cell(cell: _Cell, text: str, size: float, pieces: Sequence[Piece], *, is_head: bool) -> None:
    look = _BY_SHOWN.get(text)
    ink = "FFFFFF" if is_head else look.ink if look else _INK
    write(cell.text_frame, text, size, ink, is_strong=is_head or look is not None, pieces=pieces)
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = Pt(CELL_MARGIN)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE if is_head else MSO_ANCHOR.TOP
    cell.fill.solid()  # type: ignore[no-untyped-call]
    cell.fill.fore_color.rgb = _rgb(HEADER_FILL if is_head else look.fill if look else "F7F8FA")


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


def write(
    frame: TextFrame,
    text: str,
    size: float,
    ink: str = _INK,
    *,
    is_strong: bool = False,
    pieces: Sequence[Piece] = (),
) -> None:
    """Set the text of a frame without margins, left, from the top, in `size` points; a line break is a paragraph.

    `pieces`: the same text cut where its changes begin and end; new words are underlined, gone ones struck through.
    """
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)
    body = frame._txBody  # noqa: SLF001 - set at one go: run by run python-pptx takes minutes for a thousand rows
    for paragraph in list(body.p_lst):
        body.remove(paragraph)
    for line in _lines(pieces or (Piece(text),)):
        runs = "".join(_run(piece, size, ink, is_strong=is_strong) for piece in line)
        body.append(parse_xml(f"<a:p {nsdecls('a')}>{_paragraph_format(size)}{runs}</a:p>"))


def _lines(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of each line."""
    line: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line.append(Piece(first, change=piece.change))
        for text in others:
            yield tuple(each for each in line if each.text)
            line = [Piece(text, change=piece.change)]
    yield tuple(each for each in line if each.text)


def _paragraph_format(size: float) -> str:
    none = '<a:spcPts val="0"/>'
    return (
        f'<a:pPr algn="l"><a:lnSpc><a:spcPts val="{round(size * LEADING * 100)}"/></a:lnSpc>'
        f"<a:spcBef>{none}</a:spcBef><a:spcAft>{none}</a:spcAft>"
        f'<a:defRPr sz="{round(size * 100)}"/></a:pPr>'
    )


def _run(piece: Piece, size: float, ink: str, *, is_strong: bool) -> str:
    colour = ink if piece.change == "kept" else INKS[piece.change]
    return (
        f'<a:r><a:rPr lang="zh-CN" sz="{round(size * 100)}" b="{int(is_strong)}"{_STYLES[piece.change]}>'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="{_LATIN}"/><a:ea typeface="{_FACE}"/></a:rPr>'
        f"<a:t>{escape(piece.text)}</a:t></a:r>"
    )
