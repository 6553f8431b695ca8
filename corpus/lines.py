"""Decoded text → its lines, each knowing where it stands, how wide and how far indented it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = " \t\u3000\xa0\ufeff\u200b\u200c\u200d\u2060"
_TERMINAL = frozenset("。！？；：…!?;:")
_CLOSERS = "”’」』）)】》〉〕﹞]"


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
    """Whether `text` ends with a sentence's end, a semicolon or a colon, closing marks after it allowed."""
    bare = text.rstrip(_CLOSERS + _BLANKS)
    return bool(bare) and bare[-1] in _TERMINAL


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
    widths = sorted(line.width + line.indent for line in lines if line.width >= 8)
    if not widths:
        return Layout(is_wrapped=False, width=0.0, blanks_separate=True, indents_open=False)
    full = widths[int(len(widths) * 0.95)]
    near = sum(1 for width in widths if full - 2.5 <= width <= full + 1.5)
    widest = widths[-1]
    is_wrapped = full <= 60 and widest <= full + 3 and len(widths) >= 5 and near >= 0.35 * len(widths)
    gaps = sum(1 for line in lines[1:] if line.blank_before)
    indented = sum(1 for line in lines if line.indent >= 1.5)
    return Layout(
        is_wrapped=is_wrapped,
        width=full,
        blanks_separate=0 < gaps < 0.7 * max(1, len(lines) - 1),
        indents_open=is_wrapped and 0.05 * len(lines) <= indented <= 0.8 * len(lines),
    )
