"""The circles of persons, units and places that two rules name: lists, levels, bodies, and heads narrowed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.places import load
from search.compare.counterparts import counterparts
from search.compare.insubstantial import likeness
from search.compare.rule import Pull, Rule
from search.compare.stakes import stake
from search.compare.wording import one_quoted

_LISTS = re.compile(r"[^，。；：,;:\n（）()]+、[^，。；：,;:\n（）()]+")
_BETWEEN = re.compile(r"、|以及|或者|[和及或与](?!以[上下])")
_MARK = re.compile(r"[、和及与]")
_REACH = 2
"""Characters between narrowing words and their noun: 农村|客运车辆."""
_BODY = re.compile(r"(?<![自理事缘])由(?![于此])([^，。；：,;:\n]{2,})")
_NAME = 4
"""Characters behind 由 that tell one body from another."""
_PLACES_FROM = 3
"""Places from which on they are a list that says where a rule holds."""
_SHOWN = 2
"""Items of a list that a reason names."""
_SAID = 0.75
"""Share of an item's words that the other text has too, from which on it says the item."""
_SAME_ITEM = 0.5
"""Likeness from which on two items are one, written otherwise."""


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    text: str


def pull_of_lists(of: Rule, to: Rule) -> Pull | None:
    """A list that grew or was cut: a wider or narrower circle where it gains, the reverse where it burdens.

    A list of which either rule has items of its own is another one; a list that is neither 细化.
    """
    ours, theirs = _items(of.text), _items(to.text)
    if not ours or not theirs:
        return None
    new = [item for item in ours if not _stands(item, theirs, to.text)]
    gone = [item for item in theirs if not _stands(item, ours, of.text)]
    if len(new) == len(ours) or len(gone) == len(theirs) or not (new or gone):
        return None
    evidence = (*(of.evidence(i.start, i.end) for i in new), *(to.evidence(i.start, i.end) for i in gone))
    names = _named(new or gone)
    if new and gone:
        return Pull("不同", f"所列各项换了：有{names}，没有{_named(gone)}", evidence)
    held = stake(of.text)
    if held == "none":
        return Pull("细化", f"增列{names}", evidence) if new else Pull("不同", f"没有列{names}", evidence)
    is_wider = bool(new) == (held == "gain")
    change = (
        f"{'增列' if new else '少列'}{names}：{'好处' if held == 'gain' else '义务'}的范围{'更大' if new else '更小'}"
    )
    return Pull("更宽" if is_wider else "更严", change, evidence)


def pull_of_places(of: Rule, to: Rule) -> Pull | None:
    """细化 where one rule lists the places that the other leaves open; 不同 where both list others."""
    ours, theirs = (load().find(rule.text) for rule in (of, to))
    rich, poor, rule = (ours, theirs, of) if len(ours) >= len(theirs) else (theirs, ours, to)
    if len(rich) < _PLACES_FROM or {mention.text for mention in ours} == {mention.text for mention in theirs}:
        return None
    evidence = (rule.evidence(rich[0].start, rich[-1].end),)
    if poor:
        return Pull("不同", "所列的地方不同", evidence)
    who = "本方" if rule is of else "对方"
    return Pull("细化", f"只有{who}列出{len(rich)}个地方，从“{rich[0].text}”到“{rich[-1].text}”", evidence)


def pull_of_levels(of: Rule, to: Rule) -> Pull | None:
    """Units of a wider or narrower range of levels: 县级及以下 ⊃ 乡镇; 不同 where neither holds the other."""
    ours, theirs = _levels(of), _levels(to)
    if ours is None or theirs is None or ours[0] == theirs[0]:
        return None
    (mine, start, end), (others, first, last) = ours, theirs
    evidence = (of.evidence(start, end), to.evidence(first, last))
    change = f"“{to.text[first:last]}”变为“{of.text[start:end]}”"
    held = stake(of.text)
    if not (mine < others or others < mine) or held == "none":
        return Pull("不同", f"{change}：层级不同", evidence)
    is_wider = (mine > others) == (held == "gain")
    return Pull("更宽" if is_wider else "更严", f"{change}：范围{'更大' if mine > others else '更小'}", evidence)


def pull_of_bodies(of: Rule, to: Rule) -> Pull | None:
    """不同 where both rules say who does it (由…) and no character of the names is shared; None where one leaves it."""
    ours, theirs = (list(_BODY.finditer(rule.text)) for rule in (of, to))
    named, others = ({char for match in found for char in match[1][:_NAME]} for found in (ours, theirs))
    if not ours or not theirs or named & others:
        return None
    mine, other = ours[0], theirs[0]
    evidence = (of.evidence(mine.start(), mine.end()), to.evidence(other.start(), other.end()))
    return Pull("不同", f"“{mine[0]}”对“{other[0]}”：由谁来做不同", evidence)


def stands_before_head(text: str, end: int) -> bool:
    """Whether a noun for persons, units or things follows within a few characters: words before `end` narrow it."""
    return any(head in text[end : end + len(head) + _REACH] for head in _heads())


def is_listed(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is an item of a list or several: a mark of lists is in it or beside it."""
    return _MARK.search(text[max(0, start - 1) : end + 1]) is not None


def _items(text: str) -> list[_Item]:
    """The items of all lists of `text`; the first and last may hold the words that stand beside the list."""
    found = []
    for listed in _LISTS.finditer(text):
        at = listed.start()
        for mark in [*_BETWEEN.finditer(text, listed.start(), listed.end()), None]:
            end = listed.end() if mark is None else mark.start()
            if text[at:end].strip():
                found.append(_Item(at, end, text[at:end]))
            at = end if mark is None else mark.end()
    return found


def _named(items: list[_Item]) -> str:
    """The first items in quotation marks, and how many there are where some are left out."""
    shown = "、".join(one_quoted(item.text, 0, len(item.text)) for item in items[:_SHOWN])
    return shown if len(items) <= _SHOWN else f"{shown}等{len(items)}项"


def _stands(item: _Item, others: list[_Item], text: str) -> bool:
    """Whether the item is one of the others, or its words stand in the other text."""
    is_said = counterparts(item.text, text).cover_of >= _SAID
    return is_said or any(likeness(item.text, other.text) >= _SAME_ITEM for other in others)


def _levels(rule: Rule) -> tuple[frozenset[str], int, int] | None:
    """The levels of the only place that names one, with its place; None where there is none or several."""
    found = list(_level_pattern().finditer(rule.text))
    if len(found) != 1:
        return None
    match = found[0]
    order: list[str] = _data()["levels"]["words"]
    at = order.index(_data()["level_forms"].get(match["level"], match["level"]))
    reach = order[: at + 1] if match["below"] else order[at:] if match["above"] else [order[at]]
    return frozenset(reach), match.start(), match.end()


@cache
def _level_pattern() -> re.Pattern[str]:
    words = sorted((*_data()["levels"]["words"], *_data()["level_forms"]), key=len, reverse=True)
    levels = "|".join(map(re.escape, words))
    return re.compile(rf"(?P<level>{levels})(?:(?P<below>及?以下)|(?P<above>及?以上))?(?!级)")


@cache
def _heads() -> tuple[str, ...]:
    return tuple(sorted(_data()["heads"]["words"], key=len, reverse=True))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("search.compare").joinpath("circles.toml").read_text(encoding="utf-8"))
