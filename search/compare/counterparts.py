"""The words of two rules held against each other, wherever they stand: which have a counterpart, which have none.

A counterpart is the same word, a synonym (`synonyms.txt`), a word within a word (老人, 老年人) or one near in meaning
by the shipped encoder. The order of the parts makes no difference. Modal words and quantities have tests of their own.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from indexer.fold import fold
from search.compare.boundaries import balanced
from search.compare.insubstantial import Word, telling_words
from search.compare.meaning import vectors
from search.compare.stakes import has

_SYNONYM = 0.9
_WITHIN = 0.8
"""How near a word is to one that holds it (2 characters or more)."""
_NEAR = 0.35
"""Cosine, or share of characters, from which on two words count as near at all."""
_HELD = 0.62
"""Nearness from which on a word has a counterpart."""
_MARKS = "，。；：、"
_LONGEST = 4
"""Characters from which on a word weighs no more."""
_PART = re.compile(r"(?:[且但并][^，。；：,;:\n且但并]+|[^，。；：,;:\n且但并]+)")
"""Parts of a sentence: between marks, and from 且, 并 or 但 on."""
_OFTEN = 3
"""Times that both texts together may say a word before it weighs less."""
_NEW = 0.5
"""Share of new words from which on a part of a sentence is new as a whole."""
_PAIR = 2
_SHORT = 0.4
"""Weight of a word of one character, where one of two weighs 2."""


@dataclass(frozen=True, slots=True)
class Counterparts:
    """How much of each rule has a counterpart in the other, and the stretches (start, end) that have none."""

    cover_of: float
    """0 to 1: the share of the words of `of`, by weight, that `to` says too; 1 for a rule without words."""
    cover_to: float
    only_of: tuple[tuple[int, int], ...]
    """Heaviest first; words in a row are one stretch."""
    only_to: tuple[tuple[int, int], ...]
    weight_of: float
    """Weight of all words of `of`: about its characters."""
    weight_to: float


@lru_cache(maxsize=512)
def counterparts(of: str, to: str, within: tuple[str, str] = ("", "")) -> Counterparts:
    """Hold the words of two rules against each other.

    `within`: the whole texts that they stand in; words which these say all over weigh less, since rules of such texts
    share them whatever they rule.

    >>> found = counterparts("老人凭证免费乘车", "老年人免费乘坐公交")
    >>> found.cover_of > 0.5
    True
    """
    ours, theirs = telling_words(of), telling_words(to)
    here, there = _best(ours, theirs, to), _best(theirs, ours, of)
    weigh = _Scale(tuple(map(_said, within)))
    return Counterparts(
        cover_of=_share(ours, here, weigh),
        cover_to=_share(theirs, there, weigh),
        only_of=_stretches(ours, here, of),
        only_to=_stretches(theirs, there, to),
        weight_of=sum(map(weigh, ours)),
        weight_to=sum(map(weigh, theirs)),
    )


def nearness(forms: Sequence[str], text: str) -> list[float]:
    """How near each word is to its nearest in `text`, 0 to 1."""
    words = [Word(0, 0, form, is_dropped=False) for form in forms]
    return _best(words, telling_words(text), text)


def is_light(form: str) -> bool:
    """Whether a word only says a direction (加强, 做好): another one in its place changes nothing."""
    return len(form) == _PAIR and has("vague", form)


def are_synonyms(one: str, other: str) -> bool:
    """Whether two words are in one group of `synonyms.txt`."""
    return bool(_groups().get(one, frozenset()) & _groups().get(other, frozenset()))


def is_short_form(one: str, other: str) -> bool:
    """Whether one of two words is made of characters of the other in their order, from its first on: 高校, 高等院校."""
    short, full = sorted((one, other), key=len)
    if len(short) < _PAIR or short[0] != full[0]:
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def contrast(of: str, to: str) -> tuple[str, str] | None:
    """Two words that exclude each other (`contrasts.txt`): the first only in `of`, the second only in `to`."""
    for group in _contrasts():
        mine = [word for word in group if word in of]
        others = [word for word in group if word in to]
        if mine and others and not set(mine) & set(others):
            return mine[0], others[0]
    return None


@dataclass(frozen=True, slots=True)
class _Scale:
    """What a word weighs in rules of texts that say each word so often."""

    said: tuple[Mapping[str, int], ...]

    def __call__(self, word: Word) -> float:
        often = sum(counts.get(word.form, 0) for counts in self.said)
        return _weight(word) / (1 + math.log(max(1.0, often / _OFTEN)))


@lru_cache(maxsize=16)
def _said(text: str) -> Mapping[str, int]:
    """How often a text says each word."""
    return Counter(word.form for word in telling_words("".join(text.split())))


def _weight(word: Word) -> float:
    size = len(word.form)
    return _SHORT if size == 1 else float(min(size, _LONGEST))


def _best(words: Sequence[Word], others: Sequence[Word], text: str) -> list[float]:
    """How near each word is to its nearest in the other rule, 0 to 1."""
    if not words or not others:
        return [0.0] * len(words)
    forms, held = [word.form for word in words], [word.form for word in others]
    cosines = vectors(forms) @ vectors(held).T
    folded = fold(text)
    return [
        1.0
        if form in folded
        else max(_near(form, other, float(cosine)) for other, cosine in zip(held, row, strict=True))
        for form, row in zip(forms, cosines, strict=True)
    ]


def _near(one: str, other: str, cosine: float) -> float:
    if one == other:
        return 1.0
    if are_synonyms(one, other) or is_short_form(one, other):
        return _SYNONYM
    if any(one in group and other in group for group in _contrasts()):
        return 0.0
    if min(len(one), len(other)) > 1 and (one in other or other in one):
        return _WITHIN
    common = 2 * len(set(one) & set(other)) / (len(one) + len(other)) if min(len(one), len(other)) > 1 else 0.0
    near = max(cosine, common)
    return near if near >= _NEAR else 0.0


def _share(words: Sequence[Word], best: Sequence[float], weigh: Callable[[Word], float]) -> float:
    total = sum(map(weigh, words))
    return sum(weigh(word) * near for word, near in zip(words, best, strict=True)) / total if total else 1.0


def _stretches(words: Sequence[Word], best: Sequence[float], text: str) -> tuple[tuple[int, int], ...]:
    """Words in a row without a counterpart as one stretch, those of more than a character alone."""
    found: list[list[float]] = []
    last = -2
    for at, (word, near) in enumerate(zip(words, best, strict=True)):
        if near >= _HELD or is_light(word.form):
            continue
        is_next = at == last + 1 and bool(found)
        if is_next and not set(_MARKS) & set(text[int(found[-1][1]) : word.start]):
            found[-1][1] = word.end
            found[-1][2] += _weight(word)
        else:
            found.append([word.start, word.end, _weight(word)])
        last = at
    heavy = [(int(start), int(end), weight) for start, end, weight in found if weight > 1]
    grown = [(*balanced(*_grown(start, end, words, best, text), text), weight) for start, end, weight in heavy]
    kept: dict[tuple[int, int], float] = {}
    for start, end, weight in grown:
        kept[start, end] = kept.get((start, end), 0.0) + weight
    return tuple(sorted(kept, key=lambda stretch: -kept[stretch]))


def _grown(start: int, end: int, words: Sequence[Word], best: Sequence[float], text: str) -> tuple[int, int]:
    """The stretch, or all of its part of the sentence where most of that is new: 不得|摆放生活用品, 且具有本市|户籍."""
    part = next((m for m in _PART.finditer(text) if m.start() <= start and end <= m.end()), None)
    if part is None or part.start() == 0:
        return start, end
    inside = [(word, near) for word, near in zip(words, best, strict=True) if part.start() <= word.start < part.end()]
    new = sum(_weight(word) for word, near in inside if near < _HELD)
    return (part.start(), part.end()) if new >= _NEW * sum(_weight(word) for word, _ in inside) else (start, end)


@cache
def _groups() -> dict[str, frozenset[int]]:
    """Each word → the numbers of its groups of synonyms."""
    found: dict[str, set[int]] = {}
    for number, group in enumerate(_lines("synonyms.txt")):
        for word in group:
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _contrasts() -> tuple[tuple[str, ...], ...]:
    return _lines("contrasts.txt")


def _lines(name: str) -> tuple[tuple[str, ...], ...]:
    text = files("search.compare").joinpath(name).read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line and not line.startswith("#"))
