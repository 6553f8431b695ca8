"""Page numbers, running heads and publisher's lines: found by form, repetition and position, never by their words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from corpus.lines import Layout, Line, is_finished
from corpus.markers import candidate

_PAGE_NUMBER = re.compile(
    r"[-—–－―─·•~～\s]*(?:[-—–－―─·•~～])\s*\d{1,4}\s*[-—–－―─·•~～][-—–－―─·•~～\s]*"
    r"|第\s*\d{1,4}\s*页\s*(?:[/，,、|]?\s*共\s*\d{1,4}\s*页)?"
    r"|共\s*\d{1,4}\s*页\s*[/，,、|]?\s*第\s*\d{1,4}\s*页"
    r"|\d{1,4}\s*/\s*\d{1,4}"
    r"|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_SENTENCE_MARK = re.compile(r"[，。；？！,;]")
_REACH = 3
"""How many lines of running head or foot may stand on one side of a page number."""
_APART = 250
"""Characters that lie at least between two copies of a running head, on average."""


def drop_furniture(lines: Sequence[Line], layout: Layout) -> tuple[Line, ...]:
    """The lines without page numbers, running heads and feet."""
    numbers = {i for i, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text)} | _bare_page_numbers(lines)
    heads = _interrupting(lines, layout, numbers)
    heads |= _repeated(lines, layout, numbers, heads)
    gone = numbers | heads
    return tuple(line for i, line in enumerate(lines) if i not in gone)


def _bare_page_numbers(lines: Sequence[Line]) -> set[int]:
    """Lines that are only a number, if they count up by one through the text, a page's worth apart."""
    bare = [(i, int(line.text)) for i, line in enumerate(lines) if _BARE_NUMBER.fullmatch(line.text)]
    if len(bare) < 3:
        return set()
    counting = all(b - a == 1 for (_, a), (_, b) in pairwise(bare))
    apart = all(lines[j].start - lines[i].end > _APART for (i, _), (j, _) in pairwise(bare))
    return {i for i, _ in bare} if counting and apart else set()


def _could_be_head(line: Line, layout: Layout) -> bool:
    """Short, no sentence, no numbered heading: what a running head or foot looks like."""
    if _SENTENCE_MARK.search(line.text) or is_finished(line.text) or line.text.endswith("、"):
        return False
    return candidate(line.shown) is None and not (
        layout.is_wrapped and layout.is_full(line) and line.width < layout.width
    )


def _interrupting(lines: Sequence[Line], layout: Layout, numbers: set[int]) -> set[int]:
    """Head-like lines beside a page number that stand between two halves of one sentence."""
    found: set[int] = set()
    for number in numbers:
        before = _stretch(lines, layout, number, -1, numbers)
        after = _stretch(lines, layout, number, 1, numbers)
        last, following = number - len(before) - 1, number + len(after) + 1
        if last < 0 or following >= len(lines):
            continue
        if _is_cut(lines[last], layout) and candidate(lines[following].shown) is None:
            found.update(before, after)
    return found


def _stretch(lines: Sequence[Line], layout: Layout, number: int, step: int, numbers: set[int]) -> list[int]:
    """Head-like lines next to line `number`, going by `step`, while they could be heads."""
    stretch: list[int] = []
    position = number + step
    while 0 <= position < len(lines) and position not in numbers and len(stretch) < _REACH:
        line = lines[position]
        if not _could_be_head(line, layout) or (step > 0 and not stretch and _continues(lines, number, layout)):
            break
        stretch.append(position)
        position += step
    return stretch


def _continues(lines: Sequence[Line], number: int, layout: Layout) -> bool:
    """Whether the line after the page number is the last, short line of the sentence that the page cut."""
    following = lines[number + 1]
    return not layout.is_full(following) and following.is_finished


def _is_cut(line: Line, layout: Layout) -> bool:
    """Whether the line breaks off in mid-sentence."""
    if line.is_finished or line.is_marked_heading:
        return False
    return layout.is_full(line) if layout.is_wrapped else bool(_SENTENCE_MARK.search(line.text))


def _repeated(lines: Sequence[Line], layout: Layout, numbers: set[int], known: set[int]) -> set[int]:
    """Head-like lines that come again and again where pages turn."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if i not in numbers and _could_be_head(line, layout):
            places[re.sub(r"\d+", "0", re.sub(r"\s", "", line.text))].append(i)
    found: set[int] = set()
    for copies in places.values():
        if any(i in known for i in copies):
            found.update(copies)
            continue
        if len(copies) < 2 or (lines[copies[-1]].start - lines[copies[0]].start) < _APART * (len(copies) - 1):
            continue
        at_turns = sum(1 for i in copies if _at_page_turn(i, lines, layout, numbers))
        if at_turns >= 2 and at_turns >= len(copies) / 2:
            found.update(copies)
    return found


def _at_page_turn(i: int, lines: Sequence[Line], layout: Layout, numbers: set[int]) -> bool:
    near_number = any(j in numbers for j in range(i - _REACH, i + _REACH + 1))
    inside = 0 < i < len(lines) - 1
    splits = inside and _is_cut(lines[i - 1], layout) and candidate(lines[i + 1].shown) is None
    return near_number or splits
