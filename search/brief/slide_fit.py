"""Blocks placed on slides: each page takes what it holds, nothing is dropped, and what is too high goes on overleaf.

Line heights are set exactly in the file (`LEADING` times the size), so what is measured here is what is drawn,
whatever font a machine puts in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from search.brief.slide_text import Block, Box, Row, Rows, Words, box, cut, plain
from search.brief.textwidth import count_lines, head

LEADING = 1.25
MARGIN_X, MARGIN_Y = 8.0, 5.0
"""Points that a cell keeps free on its sides, and above and below."""
INDENT = 20.0
"""Points that an item stands in from its dot."""
GAP = 10.0
"""Points between two blocks."""
CAPTION = 18.0
"""Points of the type of a table's caption."""
CONTINUED = "（续）"


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, or as much of it as the page takes, `top` points below where the content begins and `height` high."""

    block: Block
    top: float
    height: float


Page = tuple[Placed, ...]


def text_height(text: str, room: float, size: float) -> float:
    """Points of height that `text` takes in a box `room` points wide, margins left out of both."""
    return count_lines(text, room, size) * size * LEADING


def row_height(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Points of height of a table row with these texts in columns of these widths (points, margins included)."""
    inner = [width - 2 * MARGIN_X for width in widths]
    return max(text_height(text, room, size) for text, room in zip(texts, inner, strict=True)) + 2 * MARGIN_Y


def words_height(words: Words, width: float) -> float:
    """Points of height of a paragraph on a slide whose content is `width` points wide."""
    return text_height(plain(words.runs), width - INDENT * words.is_item, words.size)


def caption_height(rows: Rows) -> float:
    """Points of height of a table's caption with the space under it; 0 for none."""
    return text_height(plain(rows.caption), sum(rows.widths), CAPTION) + GAP / 2 if rows.caption else 0.0


def table_height(rows: Rows) -> float:
    """Points of height of a table with caption and head."""
    lines = [rows.heads, *(texts_of(row) for row in rows.rows)]
    return caption_height(rows) + sum(row_height(line, rows.widths, rows.size) for line in lines)


def texts_of(row: Row) -> tuple[str, ...]:
    """The texts of a row's boxes."""
    return tuple(plain(each.runs) for each in row.boxes)


def fitting_size(text: str, room: float, height: float, sizes: Sequence[float]) -> float | None:
    """The first of `sizes` (largest first) in which `text` fits the box; None where it fits in none."""
    return next((size for size in sizes if text_height(text, room, size) <= height), None)


def paged_text(text: str, room: float, height: float, size: float) -> Iterator[str]:
    """The text in pieces that each fit a box `room` by `height` points; joined they are the text."""
    lines = max(int(height / (size * LEADING)), 1)
    while text:
        part = head(text, lines, room, size)
        yield part
        text = text[len(part) :]


def paged(blocks: Iterable[Block], width: float, height: float, used: float = 0.0) -> tuple[Page, ...]:
    """The blocks on pages of `height` points, of which `used` are taken on the first; it may get nothing, as ().

    What is too high for a whole page goes on in further parts, whose texts joined are what they were; the first
    column of a row says where it goes on (`CONTINUED`).
    """
    filling = _Filling(width, height, used)
    queue = [*blocks]
    for number, block in enumerate(queue):
        if isinstance(block, Rows):
            filling.add_rows(block)
        else:
            filling.add_words(block, queue[number + 1] if number + 1 < len(queue) else None)
    return filling.pages()


def balanced(blocks: Sequence[Block], width: float, height: float) -> tuple[Page, ...]:
    """What `paged` gives, but as evenly filled as can be: no page has but the last row, and no part is cut more."""
    pages = paged(blocks, width, height)
    parts = _parts_in(pages)
    low, high = height / 2, height
    while len(pages) > 1 and high - low > LEADING:
        middle = (low + high) / 2
        tried = paged(blocks, width, middle)
        if len(tried) == len(pages) and _parts_in(tried) == parts:
            pages, high = tried, middle
        else:
            low = middle
    return pages


def _parts_in(pages: Iterable[Page]) -> int:
    blocks = [placed.block for page in pages for placed in page]
    return sum(len(block.rows) if isinstance(block, Rows) else 1 for block in blocks)


class _Filling:
    """Pages as they fill."""

    def __init__(self, width: float, height: float, used: float) -> None:
        self.width, self.height, self.at = width, height, used
        self.done: list[Page] = []
        self.page: list[Placed] = []
        self.is_fresh = not used

    def pages(self) -> tuple[Page, ...]:
        return (*self.done, tuple(self.page)) if self.page else tuple(self.done)

    def turn(self) -> None:
        self.done.append(tuple(self.page))
        self.page, self.at, self.is_fresh = [], 0.0, True

    def gap(self) -> float:
        return 0.0 if self.is_fresh else GAP

    def place(self, block: Block, high: float) -> None:
        self.page.append(Placed(block, self.at + self.gap(), high))
        self.at += self.gap() + high
        self.is_fresh = False

    def add_words(self, words: Words, after: Block | None) -> None:
        needed = words_height(words, self.width)
        with_next = GAP + self.least(after) if words.is_heading and after is not None else 0.0
        if not self.is_fresh and self.at + GAP + needed + min(with_next, self.height / 2) > self.height:
            self.turn()
        room = self.width - INDENT * words.is_item
        left, said = words.runs, words.said
        for part in paged_text(plain(words.runs), room, self.height, words.size):
            now, left = cut(left, len(part))
            high = text_height(part, room, words.size)
            if not self.is_fresh and self.at + GAP + high > self.height:
                self.turn()
            self.place(replace(words, runs=now, said=said), high)
            said = ""

    def add_rows(self, block: Rows) -> None:
        above = table_height(replace(block, rows=()))
        taken: list[Row] = []
        used = above
        for row in block.rows:
            for part in _row_parts(row, block.widths, self.height - above, block.size):
                high = row_height(texts_of(part), block.widths, block.size)
                if self.at + self.gap() + used + high > self.height and (taken or not self.is_fresh):
                    if taken:
                        self.place(replace(block, rows=tuple(taken)), used)
                    self.turn()
                    taken, used = [], above
                taken.append(part)
                used += high
        if taken:
            self.place(replace(block, rows=tuple(taken)), used)

    def least(self, block: Block) -> float:
        """Points of height of the least that begins the block."""
        if isinstance(block, Words):
            return words_height(block, self.width)
        return table_height(replace(block, rows=block.rows[:1]))


def _row_parts(row: Row, widths: Sequence[float], height: float, size: float) -> Iterator[Row]:
    lines = max(int((height - 2 * MARGIN_Y) / (size * LEADING)), 1)
    rooms = [width - 2 * MARGIN_X for width in widths[1:]]
    first, *others = row.boxes
    name, said = plain(first.runs), row.said
    while True:
        lengths = [len(head(plain(each.runs), lines, room, size)) for each, room in zip(others, rooms, strict=True)]
        cuts = [cut(each.runs, length) for each, length in zip(others, lengths, strict=True)]
        yield Row((first, *(Box(now, each.tint) for each, (now, _) in zip(others, cuts, strict=True))), said)
        others = [Box(left, each.tint) for each, (_, left) in zip(others, cuts, strict=True)]
        first, said = box(f"{name}{CONTINUED}"), ""
        if not any(plain(each.runs) for each in others):
            return
