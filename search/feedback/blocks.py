"""A file of phrasings as its lines, so that one more can stand in it and all others stay; see `corpus.phrasings`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.phrasing_lint import fold_phrasing


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrasing on the line at `place`, from 0, without its mark."""

    place: int
    text: str
    is_apart: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A quote on the line at `place`, from 0, and what stands below it."""

    place: int
    quote: str
    phrases: tuple[Phrase, ...]

    @property
    def last(self) -> int:
        """The place of its last line that is not a note."""
        return max((self.place, *(phrase.place for phrase in self.phrases)))

    def room(self, *, is_apart: bool) -> int:
        """The place that another phrasing would have: behind those of its kind, the apart ones at the end."""
        above = (phrase.place for phrase in self.phrases if is_apart or not phrase.is_apart)
        return max((self.place, *above)) + 1


def read_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """The blocks of a file, in its order."""
    blocks: list[Block] = []
    is_open = False
    for place, line in enumerate(lines):
        text = line.removeprefix("\ufeff").strip()
        if text.startswith("#"):
            continue
        if text.startswith(">"):
            blocks.append(Block(place, text[1:].strip(), ()))
            is_open = True
        elif not text:
            is_open = False
        elif is_open:
            block, phrase = blocks[-1], Phrase(place, text.lstrip("! "), text.startswith("!"))
            blocks[-1] = Block(block.place, block.quote, (*block.phrases, phrase))
    return tuple(blocks)


def most_like(question: str, blocks: Sequence[Block]) -> Block:
    """Of several blocks, the one whose quote and phrasings share most with the question.

    Pairs of characters count by their rarity among the phrasings of all the blocks, and, each time less, by how often
    a block has them (`log(1 + n)`); a block of many phrasings has more of everything, which is allowed for.
    """
    held = {block: [_pairs(text) for text in (block.quote, *(phrase.text for phrase in block.phrases))]
            for block in blocks}  # fmt: skip
    often = Counter(pair for own in held.values() for pairs in own for pair in pairs)
    total = sum(map(len, held.values()))
    asked = _pairs(question)

    def likeness(block: Block) -> float:
        own = Counter(pair for pairs in held[block] for pair in pairs)
        shared = sum(math.log1p(total / (1 + often[pair])) * math.log1p(own[pair]) for pair in asked)
        return shared / math.log(2 + len(held[block]))

    return max(blocks, key=likeness)


def overlap(question: str, words: str) -> float:
    """How much of the question's pairs of characters the words have, 0 to 1, less for long words."""
    asked, held = _pairs(question), _pairs(words)
    return len(asked & held) / math.sqrt(len(asked) * len(held))


def _pairs(text: str) -> frozenset[str]:
    folded = fold_phrasing(text)
    return frozenset(map("".join, pairwise(folded))) or frozenset({folded})
