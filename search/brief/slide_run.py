"""Runs of text as PowerPoint has them: fonts, exact line heights, labels in their colours, changes marked."""

from __future__ import annotations

from xml.sax.saxutils import escape

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.text.text import TextFrame
from pptx.util import Pt

from search.brief.labels import LOOKS, ink
from search.brief.slide_fit import INDENT, LEADING
from search.brief.slide_text import Run, Runs, lines_of

WHITE = "FFFFFF"
_FACE, _LATIN = "微软雅黑", "Arial"
_STYLES = {"kept": "", "added": ' u="sng"', "removed": ' strike="sngStrike"'}


def write(
    frame: TextFrame,
    runs: Runs,
    size: float,
    colour: str | None = None,
    *,
    is_item: bool = False,
    is_tinted: bool = False,
) -> None:
    """Set the text of a frame without margins, left, from the top, in `size` points; a line break is a paragraph.

    `colour`: RRGGBB for all of it. With `is_item` a dot stands before each paragraph. A label has a pale ground of its
    own unless the frame has it (`is_tinted`).
    """
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)
    body = frame._txBody  # noqa: SLF001 - set at one go: run by run python-pptx takes minutes for a thousand rows
    for paragraph in list(body.p_lst):
        body.remove(paragraph)
    for line in lines_of(runs):
        inner = "".join(_run(run, size, colour, is_tinted=is_tinted) for run in line)
        body.append(parse_xml(f"<a:p {nsdecls('a')}>{_paragraph_format(size, is_item=is_item)}{inner}</a:p>"))


def _paragraph_format(size: float, *, is_item: bool) -> str:
    none = '<a:spcPts val="0"/>'
    indent = round(INDENT * 12_700)  # English metric units, of which a point has that many
    place = f' marL="{indent}" indent="-{indent}"' if is_item else ""
    dot = '<a:buFont typeface="Arial"/><a:buChar char="•"/>' if is_item else "<a:buNone/>"
    return (
        f'<a:pPr{place} algn="l" hangingPunct="0"><a:lnSpc><a:spcPts val="{round(size * LEADING * 100)}"/></a:lnSpc>'
        f"<a:spcBef>{none}</a:spcBef><a:spcAft>{none}</a:spcAft>{dot}"
        f'<a:defRPr sz="{round(size * 100)}"/></a:pPr>'
    )


def _run(run: Run, size: float, colour: str | None, *, is_tinted: bool) -> str:
    look = LOOKS[run.label] if run.label else None
    shade = colour or (look.ink if look else ink(run.change, is_minor=run.is_minor))
    ground = f'<a:highlight><a:srgbClr val="{look.fill}"/></a:highlight>' if look and not is_tinted else ""
    return (
        f'<a:r><a:rPr lang="zh-CN" altLang="en-US" sz="{round(size * 100)}" b="{int(run.is_strong)}"'
        f'{_STYLES[run.change]}><a:solidFill><a:srgbClr val="{shade}"/></a:solidFill>{ground}'
        f'<a:latin typeface="{_LATIN}"/><a:ea typeface="{_FACE}"/></a:rPr>'
        f"<a:t>{escape(run.text)}</a:t></a:r>"
    )
