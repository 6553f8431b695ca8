"""Blocks put on slides one after the other: what begins where there is room does not take a slide of its own."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.slide import Slide

from search.brief.slide_fit import CONTINUED, GAP, Page, balanced, paged
from search.brief.slide_text import Block, Row, Rows, Run, Words
from search.brief.slides import BOTTOM, INNER, Deck, add_notes, content_top, draw

_ROOM = 1 / 3
"""Share of a slide's content that must be free for something else to begin there."""
_HEADING = 22.0
"""Points of the type of what begins below something else."""
_APART = 18.0
"""Points between what ends and what begins."""


class Show:
    """Slides as they are made; `close` when all is said."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self._slide: Slide | None = None
        self._top = self._used = 0.0
        self._said: list[str] = []

    def put(self, title: str, blocks: Sequence[Block], said: str = "", foot: str = "") -> None:
        """The blocks on slides of their own under `title`, which must fit; `said` goes before what the blocks say."""
        height = BOTTOM - content_top(title)
        self._draw(title, balanced(blocks, INNER, height), said, foot)

    def join(self, title: str, blocks: Sequence[Block], said: str = "", foot: str = "") -> bool:
        """The blocks below what stands on the present slide, under `title`, if there is room; gives whether it was."""
        if self._slide is None or BOTTOM - self._top - self._used < _ROOM * (BOTTOM - self._top):
            return False
        heading = Words((Run(title, is_strong=True),), _HEADING, is_heading=True)
        height = BOTTOM - max(self._top, content_top(title))
        first, *others = paged((heading, *blocks), INNER, height, self._used + _APART - GAP)
        if not first:
            return False
        self._put(first, said)
        self._draw(title + CONTINUED, others, "", foot)
        return True

    def flow(self, title: str, blocks: Sequence[Block], said: str = "", foot: str = "") -> None:
        """The blocks where there is room for them to begin, else from a new slide on, each slide filled."""
        if blocks and not self.join(title, blocks, said, foot):
            self._draw(title, paged(blocks, INNER, BOTTOM - content_top(title)), said, foot)

    def close(self) -> None:
        """Write the notes of the last slide."""
        if self._slide is not None:
            add_notes(self._slide, [*dict.fromkeys(filter(None, self._said))])
        self._slide, self._said = None, []

    def _draw(self, title: str, pages: Sequence[Page], said: str, foot: str) -> None:
        for number, page in enumerate(pages):
            self.close()
            name = f"{title.removesuffix(CONTINUED)}{CONTINUED}" if number else title
            self._slide = self.deck.slide(name, foot)
            self._top, self._used = content_top(title), 0.0
            self._put(page, "" if number else said)

    def _put(self, page: Page, said: str) -> None:
        assert self._slide is not None
        self._said.append(said)
        for placed in page:
            draw(self._slide, placed, self._top)
            self._used = placed.top + placed.height
            rows: Sequence[Row | Words] = placed.block.rows if isinstance(placed.block, Rows) else (placed.block,)
            self._said += (each.said for each in rows)
