"""Texts and tables cut into pieces that each fit a slide: nothing is dropped, no text below 14 points.

Line heights are set exactly in the file (`LEADING` times the size), so what is measured here is what is drawn,
whatever font a machine puts in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.brief.textwidth import count_lines, head

LEADING = 1.35
CELL_MARGIN = 5.0
"""Points that a cell or box keeps free on each side."""
CONTINUED = "（续）"


def text_height(text: str, room: float, size: float) -> float:
    """Points of height that `text` takes in a box `room` points wide, margins left out of both."""
    return count_lines(text, room, size) * size * LEADING


def row_height(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Points of height of a table row with these texts in columns of these widths (points, margins included)."""
    inner = [width - 2 * CELL_MARGIN for width in widths]
    return max(text_height(text, room, size) for text, room in zip(texts, inner, strict=True)) + 2 * CELL_MARGIN


def paged_rows(
    rows: Sequence[Sequence[str]], heads: Sequence[str], widths: Sequence[float], height: float, size: float
) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The rows in groups that each fit `height` points below the head.

    A row too high for a whole page goes on in further rows, whose first column says that it is continued; its texts
    joined are what they were.
    """
    room = height - row_height(heads, widths, size)
    page: list[tuple[str, ...]] = []
    used = 0.0
    for row in rows:
        for part in _row_parts(tuple(row), widths, room, size):
            high = row_height(part, widths, size)
            if page and used + high > room:
                yield tuple(page)
                page, used = [], 0.0
            page.append(part)
            used += high
    if page:
        yield tuple(page)


Page = tuple[tuple[str, ...], ...]


def balanced(
    pages: Sequence[Page],
    rows: Sequence[Sequence[str]],
    heads: Sequence[str],
    widths: Sequence[float],
    height: float,
    size: float,
) -> Sequence[Page]:
    """The same rows on as many pages, as evenly filled as can be, so that no page has but the last row.

    `pages`: what `paged_rows` gives for the other arguments. No row is cut in more parts than there.
    """
    count, parts = len(pages), sum(map(len, pages))
    low, high = height / 2, height
    while count > 1 and high - low > size:
        middle = (low + high) / 2
        tried = [*paged_rows(rows, heads, widths, middle, size)]
        if len(tried) == count and sum(map(len, tried)) == parts:
            pages, high = tried, middle
        else:
            low = middle
    return pages


def _row_parts(row: tuple[str, ...], widths: Sequence[float], height: float, size: float) -> Iterator[tuple[str, ...]]:
    lines = max(int((height - 2 * CELL_MARGIN) / (size * LEADING)), 1)
    name, *rest = row
    first = True
    while True:
        inner = [width - 2 * CELL_MARGIN for width in widths[1:]]
        now = [head(text, lines, room, size) for text, room in zip(rest, inner, strict=True)]
        yield (name if first else f"{name}{CONTINUED}", *now)
        rest = [text[len(part) :] for text, part in zip(rest, now, strict=True)]
        first = False
        if not any(rest):
            return


def paged_text(text: str, room: float, height: float, size: float) -> Iterator[str]:
    """The text in pieces that each fit a box `room` by `height` points; joined they are the text."""
    lines = max(int(height / (size * LEADING)), 1)
    while text:
        part = head(text, lines, room, size)
        yield part
        text = text[len(part) :]


def fitting_size(text: str, room: float, height: float, sizes: Sequence[float]) -> float | None:
    """The first of `sizes` (largest first) in which `text` fits the box; None where it fits in none."""
    return next((size for size in sizes if text_height(text, room, size) <= height), None)
