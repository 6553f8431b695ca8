"""Decoded text → its lines, each knowing where it stands, how wide and how far indented it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = " \t\u3000\xa0\ufeff\u200b\u200c\u200d\u2060"
_WIDEST = 60
"""Full-width characters of a hard-wrapped line at most; an A4 page holds 28 to 45."""
_TERMINAL = frozenset("。！？；：…!?;:")
_CLOSERS = "”’」』）)】》〉〕﹞]"
_REMARK = re.compile(r"[。；！？][（(][^（()）]{1,120}[）)]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the decoded text that holds something.

    `start`/`end` are character offsets in the decoded text, blanks at both ends left out. Widths count full-width
    characters (a half-width one is 0.5).
    """

    text: str
    start: int
    end: int
    indent: float
    width: float
    blank_before: int
    """Empty lines between it and the line before."""
    hidden: tuple[tuple[int, int], ...] = ()
    """Offsets in `text` of Markdown marks, which the clean text leaves out."""
    is_marked_heading: bool = False
    """Marked as a heading by Markdown (its level is not to be trusted)."""

    @property
    def shown(self) -> str:
        """Its text without the hidden marks."""
        if not self.hidden:
            return self.text
        pieces, position = [], 0
        for start, end in self.hidden:
            pieces.append(self.text[position:start])
            position = end
        return "".join(pieces) + self.text[position:]

    @property
    def is_finished(self) -> bool:
        """Ends as a sentence or an introduction to a list does."""
        return is_finished(self.shown)


def is_finished(text: str) -> bool:
    """Whether `text` ends with a sentence's end, a semicolon or a colon.

    Closing marks behind it are allowed, and so is a remark in brackets: 。（市教育局、财政局负责）
    """
    bare = text.rstrip(_CLOSERS + _BLANKS)
    if bare and bare[-1] in _TERMINAL:
        return True
    remark = _REMARK.search(text.rstrip(_BLANKS))
    return remark is not None


def width_of(text: str) -> float:
    """Width of `text` in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of `text` that hold something, in order."""
    lines: list[Line] = []
    position = blank = 0
    ends = [(match.start(), match.end()) for match in _BREAK.finditer(text)]
    for stop, following in [*ends, (len(text), len(text))]:
        raw = text[position:stop]
        content = raw.strip(_BLANKS)
        if content:
            lead = len(raw) - len(raw.lstrip(_BLANKS))
            begin = position + lead
            indent = width_of(raw[:lead].replace("\t", "  "))
            lines.append(Line(content, begin, begin + len(content), indent, width_of(content), blank))
            blank = 0
        else:
            blank += 1
        position = following
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is set: whether its lines are hard-wrapped, how wide, and what a blank line or an indent means."""

    is_wrapped: bool
    width: float
    """Of a full line, where wrapped."""
    blanks_separate: bool
    """An empty line ends a paragraph (rather than standing after every line)."""
    indents_open: bool
    """A paragraph's first line is indented."""

    def is_full(self, line: Line, slack: float = 2.5) -> bool:
        """Whether the line runs to the right margin up to `slack`, so that its end may be a mere wrap."""
        return self.is_wrapped and line.width + line.indent >= self.width - slack


def layout_of(lines: Sequence[Line]) -> Layout:
    """Tell a text's layout from its lines."""
    widths = sorted(line.width + line.indent for line in lines if line.width >= 8)  # shorter: names, numbers, cells
    if not widths:
        return Layout(is_wrapped=False, width=0.0, blanks_separate=True, indents_open=False)
    full = widths[int(len(widths) * 0.95)]
    near = [line for line in lines if full - 2.5 <= line.width + line.indent <= full + 1.5]
    breaking_off = sum(1 for line in near if not line.is_finished)
    at_margin = len(widths) >= 5 and len(near) >= 0.35 * len(widths) and widths[-1] <= full + 3
    is_wrapped = full <= _WIDEST and at_margin and breaking_off >= 0.5 * len(near)
    gaps = sum(1 for line in lines[1:] if line.blank_before)
    return Layout(
        is_wrapped=is_wrapped,
        width=full,
        blanks_separate=0 < gaps < 0.7 * max(1, len(lines) - 1),
        indents_open=is_wrapped and _do_indents_open(lines, full),
    )


def _do_indents_open(lines: Sequence[Line], full: float) -> bool:
    """Whether lines without an indent go on from a full line: then one with an indent opens a paragraph."""
    flush = [(before, line) for before, line in pairwise(lines) if line.indent < 1.5 and line.width >= 2]
    going_on = sum(1 for before, _ in flush if before.width + before.indent >= full - 4.5)
    indented = sum(1 for line in lines if line.indent >= 1.5)
    return len(flush) >= 2 and going_on >= 0.6 * len(flush) and indented >= 0.05 * len(lines)
