"""How many lines a text takes in a box, without any font at hand: never fewer than it is drawn in.

A wide character (East Asian Width W, F or A) is as wide as the type is high; any other one counts as 0.62 of that,
which is above what digits and ordinary words take in the faces used here. A line keeps one wide character free,
since punctuation that may not begin a line takes the character before it along.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NARROW = 0.62
_WORD = re.compile(r"[!-~]+|.", re.DOTALL)
"""A Latin word stays together; any other character may begin a line."""


def width(text: str) -> float:
    """The width of `text` on one line, in ems.

    >>> width("第3条")
    2.62
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else _NARROW for c in text)


@lru_cache(maxsize=8192)
def count_lines(text: str, room: float, size: float) -> int:
    """Lines that `text` takes in a box `room` points wide, in type of `size` points.

    Line breaks count, but one at the very end, after which nothing stands.
    """
    lines = re.split(r"[\n\v]", text.removesuffix("\n"))
    return sum(_paragraph_lines(line, capacity(room, size)) for line in lines)


def capacity(room: float, size: float) -> float:
    """Ems that a line of `room` points holds, at least 1."""
    return max(room / size - 1.0, 1.0)


def _paragraph_lines(text: str, ems: float) -> int:
    lines, at = 1, 0.0
    for word in _WORD.findall(text):
        wide = width(word)
        if at and at + wide > ems:
            lines, at = lines + 1, 0.0
        if wide > ems:  # too long for any line: broken anywhere
            more = int(wide / ems)
            lines, wide = lines + more, wide - more * ems
        at += wide
    return lines


def head(text: str, lines: int, room: float, size: float) -> str:
    """As much of the beginning of `text` as takes at most `lines` lines (at least 1); all of it where that fits.

    Broken after a sentence or clause where one ends in the last half of it, so that nothing is torn needlessly.
    """
    if count_lines(text, room, size) <= lines:
        return text
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count_lines(text[:middle], room, size) <= lines else (low, middle - 1)
    if text[low - 1] == "\n":  # the end of a line is the best place
        return text[:low]
    end = max(text.rfind(mark, 0, low) for mark in "。；，、\n")
    return text[: end + 1] if end >= low // 2 else text[:low]
