"""jieba's dictionary, read by first character when a text needs it.

jieba reads all 350,000 words at its first use (half a second, also from its cache in the temporary directory). The
words that can begin in a text are those of its own characters, a few thousand; a pass of numpy over the file finds
where they stand. So nothing is cached, and no two processes can be in each other's way.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_BLANK, _NEWLINE, _ZERO = b" \n0"


class FrequencyDictionary:
    """The lines ``word frequency tag`` of `path` (UTF-8, each ended by a line feed), opened at the first use."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def words(self, character: str) -> dict[str, int]:
        """Words that begin with `character` → frequency, and each of their beginnings that is no word → 0.

        jieba's "prefix dictionary", the part of it that begins with `character`.
        """
        frequencies: dict[str, int] = {}
        for start, end in self._ranges.get(character.encode(), ()):
            for line in self._data[start:end].decode().splitlines():
                word, frequency, _ = line.split(" ", 2)
                frequencies[word] = int(frequency)
                for length in range(1, len(word)):
                    frequencies.setdefault(word[:length], 0)
        return frequencies

    @cached_property
    def total(self) -> int:
        """The sum of all frequencies."""
        data = np.frombuffer(self._data, np.uint8)
        first, last = np.flatnonzero(data == _BLANK).reshape(-1, 2).T
        total, power = 0, 1
        position = last - 1
        while len(position):
            total += power * int((data[position] - _ZERO).sum(dtype=np.int64))
            power *= 10
            unread = position - 1 > first
            position, first = position[unread] - 1, first[unread]
        return total

    @cached_property
    def _data(self) -> bytes:
        return self._path.read_bytes()

    @cached_property
    def _ranges(self) -> dict[bytes, list[tuple[int, int]]]:
        """First character in UTF-8 → byte ranges of the lines that begin with it."""
        data = np.frombuffer(self._data, np.uint8)
        starts = np.concatenate(([0], np.flatnonzero(data == _NEWLINE) + 1))
        keys = _first_characters(data, starts[:-1])
        changes = np.concatenate(([0], np.flatnonzero(np.diff(keys)) + 1, [len(keys)]))
        bounds = starts[changes].tolist()
        ranges: dict[bytes, list[tuple[int, int]]] = {}
        for start, end in pairwise(bounds):
            ranges.setdefault(self._data[start : start + _width(self._data[start])], []).append((start, end))
        return ranges


def _width(lead: int) -> int:
    """Bytes of the UTF-8 character that begins with the byte `lead`."""
    return 1 + (lead >= 0xC0) + (lead >= 0xE0) + (lead >= 0xF0)


def _first_characters(data: NDArray[np.uint8], starts: NDArray[np.int64]) -> NDArray[np.uint32]:
    """UTF-8 bytes of the character at each of `starts`, as one number each."""
    lead = data[starts]
    keys = lead.astype(np.uint32)
    for offset, bound in enumerate((0xC0, 0xE0, 0xF0), start=1):
        longer = lead >= bound
        keys[longer] = (keys[longer] << 8) | data[starts[longer] + offset]
    return keys
