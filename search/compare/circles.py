"""The circles of persons, units and places that two rules name: levels, places, bodies, and heads narrowed."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.places import load
from search.compare.rule import Pull, Rule
from search.compare.stakes import stake

_REACH = 2
"""Characters between narrowing words and their noun: 农村|客运车辆."""
_BODY = re.compile(r"(?<![自理事缘])由(?![于此])([^，。；：,;:\n]{2,})")
_AUTHORITY = re.compile("[^，。；、]{0,10}?(?:政府|部门|机关|林长|河长|办公室)")
_NAME = 4
"""Characters behind 由 that tell one body from another."""
_PLACES_FROM = 3
"""Places from which on they are a list that says where a rule holds."""


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
    if _is_body(of.text, end) or _is_body(to.text, last):
        return None if mine & others else Pull("不同", f"{change}：由哪一级来做不同", evidence)
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


def head_behind(text: str, at: int) -> str:
    """The noun for persons, units or things that begins at `at`; "" for none."""
    return next((head for head in _heads() if text.startswith(head, at)), "")


def is_plain(words: str) -> bool:
    """Whether words before a noun narrow nothing: 各类, 广大."""
    return words in _data()["plain"]["words"]


def is_level(words: str) -> bool:
    """Whether the words name a level of units: 县级, 乡镇及以下."""
    return _level_pattern().fullmatch(words) is not None


def _is_body(text: str, end: int) -> bool:
    """Whether a level is that of an authority: it says who acts, not whom the rule is for."""
    return _AUTHORITY.match(text, end) is not None


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
    return re.compile(rf"(?<!各)(?P<level>{levels})(?:(?P<below>及?以下)|(?P<above>及?以上))?(?!级)")


@cache
def _heads() -> tuple[str, ...]:
    return tuple(sorted(_data()["heads"]["words"], key=len, reverse=True))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("search.compare").joinpath("circles.toml").read_text(encoding="utf-8"))
