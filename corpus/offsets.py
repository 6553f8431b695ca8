"""Offsets in clean text → bytes of the file as received."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from corpus.model import Run


def to_raw(runs: Sequence[Run], text: str, start: int, end: int, encoding: str) -> tuple[tuple[int, int], ...]:
    """Byte ranges of the file that hold characters `start` to `end` of the clean `text`, in order.

    Decoded with `encoding` and joined they are those characters; a line break between paragraphs stands as it does
    in the file.
    """
    ranges: list[tuple[int, int]] = []
    position = max(0, bisect_right(runs, start, key=lambda run: run.start) - 1)
    for run in runs[position:]:
        if run.start >= end:
            break
        low, high = max(start, run.start), min(end, run.start + run.length)
        if low >= high:
            continue
        begin = run.raw + _width(text[run.start : low], encoding)
        stop = run.raw_end - _width(text[high : run.start + run.length], encoding)
        ranges.append((begin, stop))
    return tuple(ranges)


def _width(text: str, encoding: str) -> int:
    return len(text.encode(encoding)) if text else 0
