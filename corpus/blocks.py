"""Lines → blocks: which lines make one paragraph, and which of these open with a number that is in sequence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lines import Layout, Line, is_finished
from corpus.markdown import is_table_row
from corpus.markers import (
    ARABIC,
    ARTICLE,
    DECIMAL,
    HAN,
    PAREN_HAN,
    STATUTE_LEVELS,
    Marker,
    attachment,
    candidate,
    decimal_chapter,
)
from corpus.numbering import Numbering
from corpus.signatures import is_closing_line, is_date, is_note, is_signer

_SENTENCE_MARK = re.compile(r"[，。；：！？,;]")
_BULLET = re.compile(r"——|[●•◆■▲★]")
_OPENERS = "（(《“‘〈「『【"
_BRACKETS = (("《", "》"), ("（", "）"), ("“", "”"), ("〈", "〉"))
_SLACK = 2.5
"""Full-width characters that a full line may lack: its first-line indent, and a mark that may not begin a line."""
_SLACK_IN_PROSE = 4.5
"""The same where the sentence goes on: half-width digits and closing marks hang together."""
_LONGEST_HEADING = 32
"""Characters of a run-in heading at most, its number included."""
_PROSE = 40
"""From this width on a line without any punctuation is taken for prose cut off."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its lines in order, and the number it opens with, if that is in sequence."""

    lines: tuple[Line, ...]
    marker: Marker | None

    @property
    def text(self) -> str:
        """Its lines joined."""
        return "".join(line.shown for line in self.lines)


class _Assembler:
    """One pass over the lines of a text."""

    def __init__(self, lines: Sequence[Line], layout: Layout) -> None:
        self.lines = lines
        self.layout = layout
        self.numbering = Numbering()
        shown = [line.shown for line in lines]
        self.candidates = [candidate(text) for text in shown]
        if sum(1 for c in self.candidates if c and c.level == DECIMAL and len(c.number) == 2) >= 2:
            self.candidates = [c or decimal_chapter(text) for c, text in zip(self.candidates, shown, strict=True)]
        self.done: list[Block] = []
        self.open: list[Line] = []
        self.marker: Marker | None = None

    def run(self) -> tuple[Block, ...]:
        for i, line in enumerate(self.lines):
            marker = self.candidates[i]
            if marker is not None and self._opens(line, marker):
                self._close()
                self.numbering.take(marker)
                self.open, self.marker = [line], marker
            elif self.open and self._continues(i, line):
                self.open.append(line)
            else:
                self._close()
                self.open, self.marker = [line], None
        self._close()
        return tuple(self.done)

    def _close(self) -> None:
        if self.open:
            self.done.append(Block(tuple(self.open), self.marker))
        self.open = []

    @property
    def _so_far(self) -> str:
        return "".join(line.shown for line in self.open)

    def _opens(self, line: Line, marker: Marker) -> bool:
        """Whether the number at the head of `line` is a heading or item, by its sequence and by what stands before."""
        fit = self.numbering.fit(marker)
        if fit is None:
            return False
        if not self.open or line.is_marked_heading or is_table_row(self.open[-1].text):
            return True
        before = self.open[-1]
        if self._lists_inline(marker) and (not self.layout.is_wrapped or self._is_full(before)):
            return False
        if before.is_finished or self._is_title_like(before):
            return True
        if self.marker is not None and self.marker.level != marker.level and not _SENTENCE_MARK.search(self._so_far):
            return True  # a long heading line, and what it heads
        if self.layout.is_wrapped:
            return not self._is_full(before) and fit != "restart"
        is_statute = marker.level in (*STATUTE_LEVELS, ARTICLE)
        return (is_statute or fit in ("next", "jump")) and not self._breaks_off()

    def _lists_inline(self, marker: Marker) -> bool:
        """Whether the open paragraph already lists the number before `marker` inside its sentence."""
        if marker.level not in (PAREN_HAN, ARABIC, HAN) or len(marker.number) > 1 or marker.number[0] == 1:
            return False
        own = 0 if self.marker is None else self.marker.length
        for found in re.finditer(r"[（(][^（()）]{1,4}[）)]", self._so_far[own:]):
            inner = candidate(found.group(0))
            if inner and inner.level == marker.level and inner.number[0] == marker.number[0] - 1:
                return True
        return False

    def _is_title_like(self, line: Line) -> bool:
        """A line that stands alone though it ends no sentence: a heading, a title, a name, a cell."""
        if self.layout.is_wrapped and self._is_full(line):
            return False
        return self._is_bracketed() or (not _SENTENCE_MARK.search(self._so_far) and line.width < _PROSE)

    def _is_full(self, line: Line) -> bool:
        """Whether `line`, the last of the open paragraph, may be cut by the right margin alone."""
        text = self._so_far
        is_prose = bool(_SENTENCE_MARK.search(text)) or any(text.count(a) > text.count(b) for a, b in _BRACKETS)
        slack = _SLACK_IN_PROSE if is_prose and not line.is_finished else _SLACK
        return self.layout.is_full(line, slack)

    def _is_bracketed(self) -> bool:
        """The open paragraph is a remark in brackets, as under a title, and these have closed."""
        text = self._so_far
        return text[0] in "（(" and text[-1] in "）)" and self.marker is None

    def _breaks_off(self) -> bool:
        text = self._so_far.rstrip()
        return text[-1] in "、，," + _OPENERS or not _SENTENCE_MARK.search(text)

    def _continues(self, i: int, line: Line) -> bool:
        """Whether `line`, which opens no number, goes on in the open paragraph."""
        before = self.open[-1]
        if line.is_marked_heading or before.is_marked_heading or is_table_row(line.text) or is_table_row(before.text):
            return False
        if _BULLET.match(line.text) and (before.is_finished or not self._is_full(before)):
            return False
        if is_date(line.shown) or is_note(line.shown) or self._is_bracketed():
            return False
        if before.is_finished and (attachment(line.shown) or is_closing_line(line.shown)):
            return False
        return self._goes_on_wrapped(line, before) if self.layout.is_wrapped else self._goes_on(i, line, before)

    def _goes_on_wrapped(self, line: Line, before: Line) -> bool:
        if self.layout.indents_open and line.indent >= 1.5:
            return False
        if self._is_full(before):
            return not (self.layout.blanks_separate and line.blank_before and before.is_finished)
        return self._is_cut_prose(line, before)

    def _goes_on(self, i: int, line: Line, before: Line) -> bool:
        if before.is_finished:
            return False
        if self.marker is not None and not re.search("[。；]", self._so_far):
            return self._breaks_run_in(i, line) or self._so_far[-1] in "、，," + _OPENERS
        return self._is_cut_prose(line, before)

    def _is_cut_prose(self, line: Line, before: Line) -> bool:
        """Whether a page break fell into a sentence of prose."""
        if before.is_finished or is_signer(line.shown):
            return False
        text = self._so_far
        return text[-1] in "、，," + _OPENERS or bool(_SENTENCE_MARK.search(text)) or before.width >= _PROSE

    def _breaks_run_in(self, i: int, line: Line) -> bool:
        """Whether a page break fell into a run-in heading: its siblings all run on in one line after their 。"""
        joined = self._so_far + line.shown
        stop = joined.find("。")
        if not 0 < stop <= _LONGEST_HEADING:
            return False
        styles = [("。" in text or "；" in text) for text in self._siblings(i)]
        return bool(styles) and all(styles)

    def _siblings(self, i: int) -> list[str]:
        """Text of the numbered lines nearest to the open one, of its level, two on each side at most."""
        assert self.marker is not None
        own = self.lines.index(self.open[0])
        number = self.marker.number[0]
        found = []
        for step, order in ((-1, range(own - 1, -1, -1)), (1, range(i, len(self.lines)))):
            for distance in (1, 2):
                wanted = number + step * distance
                hit = next((j for j in order if self._has(j, wanted)), None)
                if hit is not None:
                    found.append(self.lines[hit].shown)
        return found

    def _has(self, j: int, number: int) -> bool:
        held = self.candidates[j]
        return (
            held is not None
            and self.marker is not None
            and held.level == self.marker.level
            and held.number[0] == number
        )


def assemble(lines: Sequence[Line], layout: Layout) -> tuple[Block, ...]:
    """The paragraphs that `lines` make, in order; every line is in exactly one of them."""
    return _Assembler(lines, layout).run()


def ends_open(block: Block) -> bool:
    """Whether the block ends without the end of a sentence, as headings and titles do."""
    return not is_finished(block.text)
