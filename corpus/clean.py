"""Source → clean text: layout told, marks hidden, furniture dropped, wraps joined, every character traced back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import Block, assemble
from corpus.furniture import drop_furniture
from corpus.lines import Line, layout_of, split_lines
from corpus.markdown import hide_marks
from corpus.model import Run, Source
from corpus.read import byte_offsets

_BLANKS = " \t\u3000\xa0\ufeff\u200b\u200c\u200d\u2060"


@dataclass(frozen=True, slots=True)
class CleanText:
    """Clean text, its blocks with where each begins in it, and the runs that map it to the file.

    `text` is the blocks' texts joined by one line break; block `i` begins at ``starts[i]``.
    """

    text: str
    blocks: tuple[Block, ...]
    starts: tuple[int, ...]
    runs: tuple[Run, ...]


def clean(source: Source) -> CleanText:
    """The clean text of a source."""
    lines = hide_marks(split_lines(source.text))
    layout = layout_of(lines)
    lines = drop_furniture(lines, layout)
    return _write(source, assemble(lines, layout))


def _write(source: Source, blocks: Sequence[Block]) -> CleanText:
    """Lay the blocks out as clean text, noting for each character which one of the source it is."""
    pieces: list[str] = []
    origins: list[int] = []
    starts: list[int] = []
    for i, block in enumerate(blocks):
        if i:
            pieces.append("\n")
            origins.append(_break_after(source.text, blocks[i - 1].lines[-1]))
        starts.append(len(origins))
        for j, line in enumerate(block.lines):
            if j and _needs_blank(block.lines[j - 1].shown, line.shown):
                pieces.append(" ")
                origins.append(_break_after(source.text, block.lines[j - 1]))
            pieces.append(line.shown)
            origins.extend(_kept(line))
    text = "".join(pieces)
    return CleanText(text, tuple(blocks), tuple(starts), _runs(text, origins, source))


def _needs_blank(left: str, right: str) -> bool:
    """Whether a wrap stood between two Latin words, where it was a blank."""
    return re.fullmatch(r"[A-Za-z0-9]{2}", left[-1:] + right[:1]) is not None and not (left[-1:] + right[:1]).isdigit()


def _break_after(text: str, line: Line) -> int:
    """Offset in the source of the line break after `line`."""
    position = line.end
    while position < len(text) - 1 and text[position] in _BLANKS:
        position += 1
    return position


def _kept(line: Line) -> list[int]:
    """Offsets in the source of the characters of `line.shown`."""
    hidden = {k for start, end in line.hidden for k in range(start, end)}
    return [line.start + k for k in range(len(line.text)) if k not in hidden]


def _runs(text: str, origins: Sequence[int], source: Source) -> tuple[Run, ...]:
    """The characters that follow each other in the file as they do in `text`; one that was changed stands alone."""
    offsets = byte_offsets(source)
    changed = {i for i, origin in enumerate(origins) if text[i] != source.text[origin]}
    runs: list[Run] = []
    begin = 0
    for i in range(1, len(origins) + 1):
        if i == len(origins) or origins[i] != origins[i - 1] + 1 or i in changed or i - 1 in changed:
            if i > begin:
                runs.append(Run(begin, i - begin, int(offsets[origins[begin]]), int(offsets[origins[i - 1] + 1])))
            begin = i
    return tuple(runs)
