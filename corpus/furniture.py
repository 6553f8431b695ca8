"""Page numbers, running heads and publisher's lines: found by form, repetition and position, never by their words.

A page number is told by its form (- 3 -, 第 3 页) or, where it is bare, by counting up at page turns. A head or foot
is a short line without a sentence that comes again at page turns; one that comes but once goes only where a sentence
is cut around it and it stands off from the text, for what is dropped is lost.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.lines import Layout, Line, is_finished
from corpus.markers import attachment, candidate, decimal_chapter
from corpus.signatures import is_date, is_note, is_signer

_PAGE_NUMBER = re.compile(
    r"[-—–－―─·•~～\s]*(?:[-—–－―─·•~～])\s*\d{1,4}\s*[-—–－―─·•~～][-—–－―─·•~～\s]*"
    r"|第\s*\d{1,4}\s*页\s*(?:[/，,、|]?\s*共\s*\d{1,4}\s*页)?"
    r"|共\s*\d{1,4}\s*页\s*[/，,、|]?\s*第\s*\d{1,4}\s*页"
    r"|\d{1,4}\s*/\s*\d{1,4}"
    r"|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_SENTENCE_MARK = re.compile(r"[，。；？！,;]")
_PAIRS = (("《", "》"), ("（", "）"), ("“", "”"), ("〈", "〉"), ("(", ")"))
_REACH = 3
"""How many lines of running head or foot may stand on one side of a page number."""
_APART = 250
"""Characters that lie at least between two copies of a running head, on average."""


def drop_furniture(lines: Sequence[Line], layout: Layout) -> tuple[Line, ...]:
    """The lines without page numbers, running heads and feet."""
    return _Pages(lines, layout).text_lines()


class _Pages:
    """A text's lines, seen for where its pages turn."""

    def __init__(self, lines: Sequence[Line], layout: Layout) -> None:
        self.lines = lines
        self.layout = layout
        self.gap = median([line.blank_before for line in lines[1:]] or [0])
        self.numbers = {i for i, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text)}
        self.numbers |= self._bare_page_numbers()

    def text_lines(self) -> tuple[Line, ...]:
        gone = self.numbers | self._repeated() | self._interrupting()
        return tuple(line for i, line in enumerate(self.lines) if i not in gone)

    def _bare_page_numbers(self) -> set[int]:
        """Lines that are only a number, if they count up by one, a page's worth apart, and cut sentences."""
        bare = [(i, int(line.text)) for i, line in enumerate(self.lines) if _BARE_NUMBER.fullmatch(line.text)]
        if len(bare) < 3:  # two may count up by chance
            return set()
        counting = all(b - a == 1 for (_, a), (_, b) in pairwise(bare))
        apart = all(self.lines[j].start - self.lines[i].end > _APART for (i, _), (j, _) in pairwise(bare))
        cutting = sum(1 for i, _ in bare if i and self._is_cut(self.lines[i - 1]))
        return {i for i, _ in bare} if counting and apart and cutting >= len(bare) / 4 else set()

    def _could_be_head(self, i: int) -> bool:
        """Short, no sentence, no numbered heading: what a running head or foot looks like."""
        line = self.lines[i]
        text = line.shown
        if _SENTENCE_MARK.search(text) or is_finished(text) or text.endswith("、") or not _is_balanced(text):
            return False
        return candidate(text) is None and decimal_chapter(text) is None and i not in self.numbers

    def _is_cut(self, line: Line) -> bool:
        """Whether the line breaks off in mid-sentence."""
        if line.is_finished or line.is_marked_heading:
            return False
        if self.layout.is_wrapped:
            return self.layout.is_full(line)
        return bool(_SENTENCE_MARK.search(line.text)) or not _is_balanced(line.text)

    def _interrupting(self) -> set[int]:
        """Head-like lines beside a page number that stand off from the sentence cut around them."""
        found: set[int] = set()
        for number in self.numbers:
            before, after = self._stretch(number, -1), self._stretch(number, 1)
            last, following = number - len(before) - 1, number + len(after) + 1
            inside = last >= 0 and following < len(self.lines)
            if inside and self._is_cut(self.lines[last]) and candidate(self.lines[following].shown) is None:
                found.update(before if before and self._stands_off(min(before), min(before)) else ())
                found.update(after if after and self._stands_off(max(after), max(after) + 1) else ())
        return found

    def _stands_off(self, i: int, gap_at: int) -> bool:
        """Whether line `i` shows that it is no text: too short to be a wrapped line, or set apart by a wider gap."""
        short = self.layout.is_wrapped and not self.layout.is_full(self.lines[i], 4.5)
        return short or self.lines[gap_at].blank_before > self.gap

    def _stretch(self, number: int, step: int) -> list[int]:
        """Head-like lines next to line `number`, going by `step`, that are neither full nor of a signature."""
        stretch: list[int] = []
        position = number + step
        while 0 <= position < len(self.lines) and len(stretch) < _REACH:
            line = self.lines[position]
            is_text = self.layout.is_full(line) or _is_closing(line.shown) or line.is_marked_heading
            ends_sentence = step > 0 and not stretch and line.is_finished
            if is_text or ends_sentence or not self._could_be_head(position):
                break
            stretch.append(position)
            position += step
        return stretch

    def _repeated(self) -> set[int]:
        """Head-like lines that come again and again where pages turn."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for i, line in enumerate(self.lines):
            if self._could_be_head(i):
                places[re.sub(r"\d+", "0", re.sub(r"\s", "", line.text))].append(i)
        found: set[int] = set()
        for copies in places.values():
            span = self.lines[copies[-1]].start - self.lines[copies[0]].start
            if len(copies) < 2 or span < _APART * (len(copies) - 1):
                continue
            turning = [i for i in copies if self._at_page_turn(i)]
            cuts = any(self._cuts(i) for i in turning)
            if len(turning) >= (2 if cuts else 3) and len(turning) >= len(copies) / 2:  # fewer may be chance
                found.update(turning if _is_closing(self.lines[copies[0]].shown) else copies)
        return found

    def _at_page_turn(self, i: int) -> bool:
        """Whether line `i` stands beside a page number, or between two halves of one sentence."""
        near = any(self._joins(i, j) for j in range(i - _REACH, i + _REACH + 1) if j in self.numbers)
        inside = 0 < i < len(self.lines) - 1
        return near or (inside and self._is_cut(self.lines[i - 1]) and candidate(self.lines[i + 1].shown) is None)

    def _cuts(self, i: int) -> bool:
        """Whether the text above line `i` and the heads and numbers beside it breaks off in mid-sentence."""
        above = i - 1
        while above >= 0 and i - above <= _REACH and (above in self.numbers or self._could_be_head(above)):
            above -= 1
        return above >= 0 and self._is_cut(self.lines[above])

    def _joins(self, i: int, number: int) -> bool:
        """Whether nothing but head-like lines stands between line `i` and the page number."""
        return all(self._could_be_head(j) for j in range(min(i, number) + 1, max(i, number)))


def _is_balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in _PAIRS)


def _is_closing(text: str) -> bool:
    return is_date(text) or is_signer(text) or is_note(text) or attachment(text) is not None
