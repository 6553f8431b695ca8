"""Clean text → paragraphs → sentences, with quotes and brackets kept whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from corpus.model import Span

_ENDS = frozenset("。！？!?")
_CLOSERS = frozenset("”’」』）)】》〉〕]")
_PAIRS = {"（": "）", "(": ")", "“": "”", "‘": "’", "「": "」", "『": "』", "【": "】", "《": "》"}


def paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of the paragraphs of `text[start:end]` in order; empty ones are left out."""
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        if text[position:stop].strip():
            yield Span(position, stop)
        position = stop + 1


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of the sentences of the paragraph `text[start:end]` in order: they tile it up to blanks.

    A sentence ends at 。！？ and the closing marks after it, outside brackets and quotes that close again in
    the same paragraph.
    """
    enclosed = _enclosed(text, start, end)
    position = begin = start
    while position < end:
        if text[position] in _ENDS and not enclosed[position - start]:
            position += 1
            while position < end and (text[position] in _CLOSERS or text[position] in _ENDS):
                position += 1
            yield from _trimmed(text, begin, position)
            begin = position
        else:
            position += 1
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _enclosed(text: str, start: int, end: int) -> bytearray:
    """1 for each character inside a bracket or quote that is closed again before `end`."""
    inside = bytearray(end - start)
    open_marks: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    for position in range(start, end):
        char = text[position]
        if char in _PAIRS:
            open_marks.append((_PAIRS[char], position))
            waiting[_PAIRS[char]] += 1
        elif waiting[char]:
            closer, opened = open_marks.pop()
            waiting[closer] -= 1
            while closer != char:  # marks opened since and never closed
                closer, opened = open_marks.pop()
                waiting[closer] -= 1
            ends_within = text[position - 1] in _ENDS and _quotes_sentence(text, opened, start)
            last = position - 1 if ends_within else position  # a quoted sentence's own end ends it
            inside[opened - start : last - start] = b"\1" * (last - opened)
    return inside


def _quotes_sentence(text: str, opened: int, start: int) -> bool:
    """Whether the mark at `opened` begins a sentence of its own: at the start, or after another sentence."""
    return opened == start or text[opened - 1] in _ENDS or text[opened - 1] in "：:"
