"""Sets a text as a word processor or a PDF export does: hard-wrapped, indented, double-spaced, paged."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

NOT_FIRST = frozenset("，。、；：！？）)》”’】〉〕﹞%％…")
NOT_LAST = frozenset("（(《“‘【〈〔﹝")
PAGE = 16
"""Lines on a page: short ones, so that a short text has several."""


@dataclass(frozen=True)
class Setting:
    """One way of setting a text. `width` in full-width characters."""

    width: int
    indent: str = ""
    after_line: int = 0
    """Empty lines after every line."""
    after_paragraph: int = 0
    """Empty lines more after every paragraph."""
    page: tuple[str, ...] = ()
    """What stands where a page turns, {} being its number."""


def width_of(char):
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def wrap(paragraph, width, indent):
    """The lines of one paragraph, no line beginning with a closing mark or within a number."""
    lines, line, room = [], indent, width - sum(map(width_of, indent))
    for piece in re.findall(r"[0-9.]+%?|[A-Za-z]+|.", paragraph):
        size = sum(map(width_of, piece))
        if size > room and line.strip() and not (piece in NOT_FIRST and room > -1):
            held = line[-1] if line[-1] in NOT_LAST else ""
            lines.append(line[: len(line) - len(held)])
            line, room = held, width - sum(map(width_of, held))
        line += piece
        room -= size
    return [*lines, line]


def set_text(paragraphs, setting):
    """`paragraphs` as a file would hold them, set as `setting` says. Blanks inside are kept but for wraps at them."""
    out, on_page, page = [], 0, 0
    for paragraph in paragraphs:
        for line in wrap(paragraph, setting.width, setting.indent):
            out += [line, *[""] * setting.after_line]
            on_page += 1
            if setting.page and on_page == PAGE:
                page, on_page = page + 1, 0
                out += ["", *(piece.format(page) for piece in setting.page), ""]
        out += [""] * setting.after_paragraph
    return "\n".join(out) + "\n"
