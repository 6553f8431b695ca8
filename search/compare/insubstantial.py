"""Words of a rule in the form in which rules are compared: what makes no difference of substance is made alike.

Modal words of one step are one (可以, 允许), quantities of one value too (十年, 10 年; 不少于, 不低于), and so are the
groups of `insubstantial.toml`. Punctuation is no word here.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from indexer.fold import fold_map
from indexer.tokens import Tokenizer
from search.modals import modals
from search.quantities import quantities

_LONGEST = 12
"""Characters of the longest word looked for."""
_MARKED = "<"
"""Begins the form of a modal word or a quantity; folded words never do."""
_IMPLIED = f"{_MARKED}duty>"
"""A rule without a modal word binds as a duty does: 加强…, 应加强…."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word at characters `start` to `end` of a text; `form` stands for all words that say the same."""

    start: int
    end: int
    form: str
    is_dropped: bool
    """Whether it may go without a difference of substance."""

    @property
    def is_marked(self) -> bool:
        """Whether it is a modal word or a quantity, which have tests of their own."""
        return self.form.startswith(_MARKED)


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text` in reading order, none overlapping: a modal word or a quantity is one word.

    >>> [word.form for word in words_of("人才可以，满十年")]
    ['人员', '<permission>', '<min 10 None 年>']
    """
    marked = {q.start: (q.end, f"{_MARKED}{q.bound} {q.low} {q.high} {q.unit}>") for q in quantities(text)}
    for modal in modals(text):
        if not any(start < modal.end and modal.start < end for start, (end, _) in marked.items()):
            marked[modal.start] = (modal.end, f"{_MARKED}{modal.kind}>")
    found: list[Word] = []
    done = 0
    for start, (end, form) in sorted(marked.items()):
        found += [*_plain(text, done, start), Word(start, end, form, is_dropped=form == _IMPLIED)]
        done = end
    return (*found, *_plain(text, done, len(text)))


def telling_words(text: str) -> list[Word]:
    """The words of substance that are neither modal words nor quantities; characters in a row (床日) are one word."""
    found: list[Word] = []
    for word in words_of(text):
        if word.is_dropped or word.is_marked:
            continue
        last = found[-1] if found else None
        if last is not None and last.end == word.start and len(word.form) == 1 == last.end - last.start:
            found[-1] = Word(last.start, word.end, last.form + word.form, is_dropped=False)
        else:
            found.append(word)
    return found


def likeness(of: str, to: str) -> float:
    """How alike two texts are in their words of substance, 0 to 1: Dice's coefficient of pairs of characters."""
    one, other = (Counter(_pairs(text)) for text in (of, to))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def is_same(of: str, to: str) -> bool:
    """Whether two texts have the same words of substance, in whatever order.

    >>> is_same("应当对人员给予补贴。", "对人才予以补贴"), is_same("可以补贴", "应当补贴")
    (True, False)
    """
    return _bag(of) == _bag(to)


def _bag(text: str) -> Counter[str]:
    return Counter(character for word in words_of(text) if not word.is_dropped for character in _units(word))


def _units(word: Word) -> tuple[str, ...]:
    """By character, since a word may be cut otherwise in another sentence (职称评聘)."""
    return (word.form,) if word.is_marked else tuple(word.form)


def _pairs(text: str) -> list[tuple[str, str]]:
    units = [unit for word in words_of(text) if not word.is_dropped for unit in _units(word)]
    return list(pairwise(["", *units, ""]))


def _plain(text: str, start: int, end: int) -> list[Word]:
    """The words from `start` to `end`: at each place the longest that the tokenizer or the groups know."""
    folded, origin = fold_map(text[start:end])
    for held, first in _forms().items():
        if len(held) == len(first):  # before words are cut: 专业|技术人员 and 专业技术|人才 become one
            folded = folded.replace(held, first)
    known = {*_tokenizer().words(folded), *_forms(), *_dropped()}
    found: list[Word] = []
    at = 0
    while at < len(folded):
        sizes = range(min(_LONGEST, len(folded) - at), 0, -1)
        size = next((size for size in sizes if folded[at : at + size] in known), 1)
        word = folded[at : at + size]
        if any(character.isalnum() for character in word):
            last = origin[at + size - 1] + 1
            found.append(Word(start + origin[at], start + last, _form(word), word in _dropped()))
        at += size
    return found


def _form(word: str) -> str:
    """The word with the first of a group for any other of it, also inside a longer word (技术人才)."""
    for held, first in _forms().items():
        word = word.replace(held, first)
    return word


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer()


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("search.compare").joinpath("insubstantial.toml").read_text(encoding="utf-8"))


@cache
def _forms() -> dict[str, str]:
    """Each word of a group → the first of the group."""
    return {word: group["words"][0] for group in _data()["same"] for word in group["words"]}


@cache
def _dropped() -> frozenset[str]:
    return frozenset(_data()["dropped"]["words"] + _data()["addressees"]["words"])
