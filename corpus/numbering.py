"""The state of a text's numbering: which numbers are open, and whether the next one fits."""

from __future__ import annotations

from typing import Literal

from corpus.markers import ARTICLE, DECIMAL, LEVELS, STATUTE_LEVELS, Marker

Fit = Literal["next", "first", "restart", "jump", "repeat"]
_RANK = {level: rank for rank, level in enumerate(LEVELS)}
_MAY_BEGIN_LATE = (*STATUTE_LEVELS, ARTICLE)
"""Levels that an extract may begin in the middle of."""
_LARGEST_JUMP = 3
"""Numbers skipped at most where an original misses some."""


class Numbering:
    """Numbers taken so far. Mutable; one lives through one pass over a text."""

    def __init__(self) -> None:
        self.open: list[tuple[str, tuple[int, ...]]] = []
        self._last: dict[str, tuple[int, ...]] = {}

    def fit(self, marker: Marker) -> Fit | None:
        """How `marker` goes on from the numbers taken; None where it does not.

        "next" includes a number that runs on under a new chapter; "first" opens a level, "restart" begins it anew.
        """
        if marker.level == DECIMAL:
            return self._fit_decimal(marker.number)
        held = next((number for level, number in self.open if level == marker.level), None)
        before = held or self._last.get(marker.level)
        number = marker.number[0]
        if before is None:
            return "first" if number == 1 else ("jump" if marker.level in _MAY_BEGIN_LATE else None)
        if len(marker.number) > 1 or (len(before) > 1 and number == before[0]):
            return "next" if marker.number > before else None
        if number == before[0] + 1:
            return "next"
        if number == 1:
            return "first" if held is None else "restart"
        if number == before[0]:
            return "repeat" if held else None
        step = number - before[0]
        allowed = step > 0 if marker.level == ARTICLE else 0 < step <= _LARGEST_JUMP
        return "jump" if allowed else None

    def _fit_decimal(self, number: tuple[int, ...]) -> Fit | None:
        last = self._last.get(DECIMAL)
        if last is None:
            return "first" if all(piece == 1 for piece in number) else None
        if number == (1,):
            return "restart"
        if number == (*last, 1):
            return "first"
        depth = len(number) - 1
        follows = depth < len(last) and number[:depth] == last[:depth] and number[depth] == last[depth] + 1
        return "next" if follows else None

    def take(self, marker: Marker) -> None:
        """Open `marker`, closing what stands inside the level it belongs to."""
        levels = [level for level, _ in self.open]
        if marker.level in levels:
            del self.open[levels.index(marker.level) :]
        else:
            while self.open and _RANK[self.open[-1][0]] > _RANK[marker.level]:
                self.open.pop()
        self.open.append((marker.level, marker.number))
        self._last[marker.level] = marker.number
