"""Lines → blocks: which lines make one paragraph, and which of these open with a number that is in sequence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lines import Layout, Line, is_finished
from corpus.markdown import is_table_row
from corpus.markers import ARTICLE, DECIMAL, STATUTE_LEVELS, Marker, attachment, candidate, decimal_chapter
from corpus.numbering import Numbering
from corpus.paragraph import OpenParagraph
from corpus.signatures import is_closing_line, is_date, is_note, is_signer

_BULLET = re.compile(r"——|[●•◆■▲★]")
_LONGEST_HEADING = 32
"""Characters of a run-in heading at most, its number included."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its lines in order, and the number it opens with, if that is in sequence."""

    lines: tuple[Line, ...]
    marker: Marker | None

    @property
    def text(self) -> str:
        """Its lines joined."""
        return "".join(line.shown for line in self.lines)


def assemble(lines: Sequence[Line], layout: Layout) -> tuple[Block, ...]:
    """The paragraphs that `lines` make, in order; every line is in exactly one of them."""
    return _Assembler(lines, layout).run()


def ends_open(block: Block) -> bool:
    """Whether the block ends without the end of a sentence, as headings and titles do."""
    return not is_finished(block.text)


class _Assembler:
    """One pass over the lines of a text."""

    def __init__(self, lines: Sequence[Line], layout: Layout) -> None:
        self.lines = lines
        self.layout = layout
        self.numbering = Numbering()
        self.candidates = _candidates(lines)
        self.done: list[Block] = []

    def run(self) -> tuple[Block, ...]:
        paragraph: OpenParagraph | None = None
        for i, line in enumerate(self.lines):
            marker = self.candidates[i]
            opens = marker is not None and self._opens(paragraph, line, marker)
            if paragraph is not None and not opens and self._continues(paragraph, i, line):
                paragraph.add(line)
                continue
            self._close(paragraph)
            paragraph = OpenParagraph(line, marker if opens else None, self.layout)
            if opens and marker is not None:
                self.numbering.take(marker)
        self._close(paragraph)
        return tuple(self.done)

    def _close(self, paragraph: OpenParagraph | None) -> None:
        if paragraph is not None:
            self.done.append(Block(tuple(paragraph.lines), paragraph.marker))

    def _opens(self, before: OpenParagraph | None, line: Line, marker: Marker) -> bool:
        """Whether the number at the head of `line` is a heading or item, by its sequence and by what stands before."""
        fit = self.numbering.fit(marker)
        if fit is None:
            return False
        if before is None or line.is_marked_heading or is_table_row(before.last.text) or self._is_indented(line):
            return True
        if before.lists_inline(marker):
            return False
        if before.is_finished or before.is_title_like:
            return True
        if before.is_heading and before.marker is not None and before.marker.level != marker.level and not before.hangs:
            return True
        if self.layout.is_wrapped:
            return not before.is_full and fit != "restart"
        is_statute = marker.level in (*STATUTE_LEVELS, ARTICLE)
        return (is_statute or fit in ("next", "jump")) and before.is_cut_prose and not before.hangs

    def _is_indented(self, line: Line) -> bool:
        return self.layout.indents_open and line.indent >= 1.5  # a first line's indent

    def _continues(self, before: OpenParagraph, i: int, line: Line) -> bool:
        """Whether `line`, which opens no number, goes on in the open paragraph."""
        if self._stands_alone(line) or before.last.is_marked_heading or is_table_row(before.last.text):
            return False
        if before.is_bracketed:
            return False
        if before.is_finished and (attachment(line.shown) or is_closing_line(line.shown)):
            return False
        if _BULLET.match(line.text) and (before.is_finished or not before.is_full):
            return False
        return self._goes_on_wrapped(before, line) if self.layout.is_wrapped else self._goes_on(before, i, line)

    def _stands_alone(self, line: Line) -> bool:
        return line.is_marked_heading or is_table_row(line.text) or is_date(line.shown) or is_note(line.shown)

    def _goes_on_wrapped(self, before: OpenParagraph, line: Line) -> bool:
        if self._is_indented(line):
            return False
        if before.is_full:
            return not (self.layout.blanks_separate and line.blank_before and before.is_finished)
        return before.is_cut_prose and not is_signer(line.shown)

    def _goes_on(self, before: OpenParagraph, i: int, line: Line) -> bool:
        if before.is_finished:
            return False
        if before.marker is not None and not re.search("[。；]", before.text):
            return before.hangs or self._breaks_run_in(before, i, line)
        return before.is_cut_prose and not is_signer(line.shown)

    def _breaks_run_in(self, before: OpenParagraph, i: int, line: Line) -> bool:
        """Whether a page break fell into a run-in heading: its siblings all run on in one line after their 。"""
        stop = (before.text + line.shown).find("。")
        if before.marker is None or not 0 < stop <= _LONGEST_HEADING:
            return False
        siblings = self._siblings(before.marker, i - len(before.lines), i)
        return bool(siblings) and all(re.search("[。；]", text) for text in siblings)

    def _siblings(self, marker: Marker, own: int, following: int) -> list[str]:
        """Text of the numbered lines nearest to line `own`, of its level, two on each side at most."""
        found = []
        for step, order in ((-1, range(own - 1, -1, -1)), (1, range(following, len(self.lines)))):
            for distance in (1, 2):
                wanted = (marker.level, marker.number[0] + step * distance)
                hit = next((j for j in order if self._key(j) == wanted), None)
                if hit is not None:
                    found.append(self.lines[hit].shown)
        return found

    def _key(self, j: int) -> tuple[str, int] | None:
        held = self.candidates[j]
        return None if held is None else (held.level, held.number[0])


def _candidates(lines: Sequence[Line]) -> list[Marker | None]:
    """The number each line may open with; "1 总则" counts only where 1.1 and 1.2 follow."""
    found = [None if is_table_row(line.text) else candidate(line.shown) for line in lines]
    if sum(1 for marker in found if marker and marker.level == DECIMAL and len(marker.number) == 2) < 2:
        return found
    return [marker or decimal_chapter(line.shown) for marker, line in zip(found, lines, strict=True)]
