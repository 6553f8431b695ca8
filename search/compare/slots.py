"""How two rules that say other things in one place are told apart: by the kind of what differs, with both phrases.

Only what fills the same place (the same verb before it, the same noun behind it) is held phrase against phrase; of all
else the two predicates are shown. The words that tell the kinds stand in `slots.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.places import load
from search.compare.boundaries import words_at
from search.compare.circles import is_level
from search.compare.rule import Pull, Rule
from search.compare.stakes import has, segment_at
from search.compare.wording import LONGEST, one_quoted, phrase
from search.measures import kind_of
from search.quantities import quantities

Place = tuple[int, int]
_OTHER = "内容"
_DONE = "做法"
_SHORTEST = 4
"""Characters of a predicate that says something."""
_CASES = ("的", "时", "后")
"""How a part of the sentence ends that says when the rule holds."""


def told_apart(of: Rule, mine: Place, to: Rule, other: Place, *, is_one_place: bool) -> Pull:
    """不同 with what both say at `mine` and `other`: the phrases where they fill one place, else the predicates."""
    phrases = phrase(of.text, *mine), phrase(to.text, *other)
    parts = _predicate(of.text, mine[0]), _predicate(to.text, other[0])
    is_part = any(part[0] <= held[0] and held[1] <= part[1] for part, held in zip(phrases, parts, strict=True))
    if is_one_place and not is_part and _are_apart(of, to, phrases):
        return _told(of, to, phrases, _kind(of.text, phrases[0], to.text, phrases[1]))
    if any(end - start > LONGEST for start, end in parts):
        parts = _behind_what_is_shared(of.text, to.text, parts)
    return _told(of, to, parts if _are_apart(of, to, parts) else phrases, _DONE)


def _told(of: Rule, to: Rule, places: tuple[Place, Place], what: str) -> Pull:
    here, there = places
    reason = f"对方是{one_quoted(to.text, *there)}，本方是{one_quoted(of.text, *here)}：{what}不同"
    return Pull("不同", reason, (of.evidence(*here), to.evidence(*there)))


def _are_apart(of: Rule, to: Rule, places: tuple[Place, Place]) -> bool:
    """Whether the quotes of both places are two, neither within the other."""
    ours, theirs = one_quoted(of.text, *places[0])[1:-1], one_quoted(to.text, *places[1])[1:-1]
    return ours not in theirs and theirs not in ours


def _behind_what_is_shared(of: str, to: str, parts: tuple[Place, Place]) -> tuple[Place, Place]:
    """The parts from where they go apart on, since a long one is cut at its end; as they are where that is nothing."""
    (start, end), (first, last) = parts
    pairs = enumerate(zip(of[start:end], to[first:last], strict=False))
    size = next((at for at, (one, other) in pairs if one != other), min(end - start, last - first))
    here, there = (start + size, end), (first + size, last)
    return parts if min(here[1] - here[0], there[1] - there[0]) < _SHORTEST else (here, there)


def _predicate(text: str, at: int) -> Place:
    """The part of the sentence that the character at `at` is in; where that says when the rule holds, the next."""
    start, end = segment_at(text, at)
    while text[end - 1 : end] in _CASES and end < len(text) and segment_at(text, end + 1)[0] > start:
        start, end = segment_at(text, end + 1)
    return start, end


def _kind(of: str, mine: Place, to: str, other: Place) -> str:
    """What both phrases are alike, in a word: 对象, 条件, 期限, 范围, 办法; 内容 where they are not one of these."""
    found = [kind for kind in _kinds_of(of, *mine) if kind in _kinds_of(to, *other)]
    return found[0] if found else _OTHER


def _kinds_of(text: str, start: int, end: int) -> list[str]:
    """The kinds that a phrase may be, the most telling first."""
    words = text[start:end]
    found: list[str] = []
    if any(kind_of(each.unit) == "time" and start <= each.start < end for each in quantities(text)):
        found.append("期限")
    if load().find(words) or is_level(words):
        found.append("范围")
    before = [text[slice(*word)] for word in words_at(text) if segment_at(text, start)[0] <= word[0] < start]
    for kind, table in _data().items():
        is_led = bool(before) and before[-1] in table.get("before", ())
        if is_led or words.endswith(tuple(table["ends"])) or text.startswith(tuple(table.get("behind", ())), end):
            found.append(kind)
    if has("condition", words) or _is_case(text, end):
        found.append("条件")
    return found


def _is_case(text: str, end: int) -> bool:
    """Whether the part of the sentence says when the rule holds: …的，"""
    last = segment_at(text, end - 1)[1]
    return last < len(text) and text[last] in "，," and text[last - 1] == "的"


@cache
def _data() -> dict[str, dict[str, Any]]:
    held: dict[str, dict[str, Any]] = tomllib.loads(
        files("search.compare").joinpath("slots.toml").read_text(encoding="utf-8")
    )
    return held
