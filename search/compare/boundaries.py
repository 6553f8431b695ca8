"""Where words and phrases of a rule begin and end, so that what is quoted of it is never cut within one.

Words are jieba's; a phrase is a run of them up to a mark, a function word (`boundaries.toml`), a modal word or a verb
that leads to it (履行岗位职责的|实践能力、工作业绩).
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from indexer.fold import fold_map
from indexer.tokens import Tokenizer
from search.compare.list_words import is_verb
from search.modals import modals
from search.quantities import quantities

_PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("（", "）"), ("(", ")"))
_LONGEST = 28
"""Characters up to which a quote grows to a whole phrase; what is longer only grows to whole words."""
_AHEAD = 12
"""Tokens that one word of the text may give."""
_DIGIT = re.compile(r"\d")
_BEFORE = 8
"""Characters before words of one rule alone that may be quoted with them."""
_HEAD = 12
"""Characters of the noun that words before 的 belong to, up to which it is quoted with them."""


@lru_cache(maxsize=1024)
def words_at(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each word of `text` in reading order, a quantity (不少于90学时) one; marks and blanks are none.

    >>> [text[a:b] for text in ["提高业务能力，年满十岁"] for a, b in words_at(text)]
    ['提高', '业务', '能力', '年', '满十岁']
    """
    measured = [(each.start, each.end) for each in quantities(text)]
    found = []
    for first, last in _plain(text):
        inside = {place for start, end in measured for place in range(max(first, start), min(last, end))}
        own = [place for place in range(first, last) if place not in inside]
        if own:  # 每半|年 and 半年: 每 is left
            found.append((own[0], own[-1] + 1))
    return tuple(sorted([*found, *measured]))


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch grown to the words that it begins and ends in."""
    words = words_at(text)
    first = next((word[0] for word in words if word[0] < start < word[1]), start)
    last = next((word[1] for word in words if word[0] < end < word[1]), end)
    return first, last


def whole_phrase(text: str, start: int, end: int, *, is_extra: bool = False) -> tuple[int, int]:
    """The stretch grown to whole phrases, brackets closed, without function words and marks at either end.

    It stays as it is, grown to whole words, where the phrase is longer than can be quoted. `is_extra`: what is quoted
    as said by one rule alone grows less, since what stands round it both may say.
    """
    start, end = balanced(*whole_words(text, start, end), text)
    modal = frozenset(place for each in modals(text) for place in range(each.start, each.end))
    words = words_at(text)
    first, last = start, end
    for word in reversed([word for word in words if word[1] <= start]):
        if word[1] != first or _stops(text, word, modal) or (is_extra and start - word[0] > _BEFORE):
            break
        first = word[0]
    last = _to_the_right(text, end, modal, is_extra=is_extra)
    last = _with_head(text, last, modal)
    sizes = [(first, last), (first, end), (start, last), (start, end)]
    first, last = next((size for size in sizes if size[1] - size[0] <= _LONGEST), (start, end))
    return _with_marks(text, *trimmed(text, *balanced(first, last, text)))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without function words, marks and blanks at either end; itself where nothing else is in it."""
    words = [word for word in words_at(text) if start <= word[0] and word[1] <= end]
    while words and text[slice(*words[0])] in _lists()["never_first"]:
        words = words[1:]
    while words and text[slice(*words[-1])] in _lists()["never_last"]:
        words = words[:-1]
    if not words:
        return start, end
    return balanced(words[0][0], words[-1][1], text)


def clipped(text: str, start: int, end: int, longest: int) -> int:
    """Where a quote from `start` that is cut to `longest` characters ends: behind a whole word, no bracket open."""
    ends = [word[1] for word in words_at(text) if start < word[1] <= min(end, start + longest)]
    for last in reversed(ends):
        first, done = trimmed(text, start, last)
        if first <= start and done == last and balanced(start, last, text) == (start, last):
            return last
    return ends[-1] if ends else min(end, start + longest)


def balanced(start: int, end: int, text: str) -> tuple[int, int]:
    """The stretch with the rest of a name in quotation marks or brackets that it begins or ends in: “滨易办”."""
    for opening, closing in _PAIRS:
        if text.count(opening, start, end) > text.count(closing, start, end) and closing in text[end:]:
            end = text.index(closing, end) + 1
        if text.count(closing, start, end) > text.count(opening, start, end) and opening in text[:start]:
            start = text.rindex(opening, 0, start)
    return start, end


def _to_the_right(text: str, end: int, modal: frozenset[int], *, is_extra: bool) -> int:
    """Where the phrase that goes on at `end` ends; for an extra `end` itself where a verb cuts in (发展|做出|积极…)."""
    last = end
    for word in words_at(text):
        if word[0] != last:
            continue
        if _stops(text, word, modal):
            is_cut = is_verb(text[slice(*word)]) and text[slice(*word)] not in _lists()["stops"]
            return end if is_extra and is_cut else last
        last = word[1]
    return last


def _plain(text: str) -> Iterator[tuple[int, int]]:
    folded, origin = fold_map(text)
    tokens = _tokenizer().words(folded)
    at = nth = 0
    while at < len(folded):
        size, nth = _word(folded, at, tokens, nth)
        if folded[at].isalnum():
            yield origin[at], origin[at + size - 1] + 1
        at += size


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the marks of the name that it is: “滨易办”, 《条例》."""
    is_name = start > 0 and any(text[start - 1] == a and text.startswith(b, end) for a, b in _PAIRS[:3])
    return (start - 1, end + 1) if is_name else (start, end)


def _stops(text: str, word: tuple[int, int], modal: frozenset[int]) -> bool:
    said = text[slice(*word)]
    if said in _lists()["stops"] or word[0] in modal:
        return True
    return is_verb(said) and said not in _lists()["nouns"]


def _with_head(text: str, end: int, modal: frozenset[int]) -> int:
    """The end of the noun that the words up to `end` belong to by 的; `end` where there is none close by."""
    if not text.startswith("的", end):
        return end
    last = end + 1
    for word in words_at(text)[bisect_right(words_at(text), (end, end + 1)) :]:
        if word[0] != last or _stops(text, word, modal):
            break
        last = word[1]
    return last if 1 < last - end <= _HEAD else end


def _word(text: str, at: int, tokens: list[str], nth: int) -> tuple[int, int]:
    """(characters of the word at `at`, number of the first token behind it).

    The tokenizer gives the shorter words inside a long one before it, and a spelled number in digits too.
    """
    size, behind = 1, nth
    for number in range(nth, min(nth + _AHEAD, len(tokens))):
        token = tokens[number]
        before = tokens[nth:number]
        fits = text.startswith(token, at) and all(each in token or _DIGIT.search(each) for each in before)
        if fits and len(token) >= size:
            size, behind = len(token), number + 1
    return size, behind


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer()


@cache
def _lists() -> dict[str, frozenset[str]]:
    held = tomllib.loads(files("search.compare").joinpath("boundaries.toml").read_text(encoding="utf-8"))
    return {name: frozenset(table["words"]) for name, table in held.items()}
