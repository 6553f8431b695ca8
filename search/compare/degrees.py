"""Words of degree of two rules (`degrees.toml`): a part against all, a warning against the loss of a licence."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from search.compare.claims import lacking
from search.compare.model import Label
from search.compare.rule import Pull, Rule
from search.compare.stakes import stake
from search.compare.wording import one_quoted, phrase

GRADE = re.compile("博士|硕士|研究生|本科|大专|专科|中专|高中|正高级?|副高级?|高级|中级|初级|[一二三四五六七八九十]级")
"""Names of grades, which are no quantities."""


@dataclass(frozen=True, slots=True)
class _Step:
    """How far up its scale a word of a rule stands, and where the word is."""

    rank: int
    start: int
    end: int


def pull_of_degrees(of: Rule, to: Rule) -> Pull | None:
    """Where both rules stand on one scale, on other steps: by what a higher step is; None where none tells."""
    for scale in _scales():
        ours, theirs = _step(of.text, scale["steps"]), _step(to.text, scale["steps"])
        if ours is None or theirs is None or ours.rank == theirs.rank:
            continue
        wider = _is_wider(scale["kind"], of.text, is_up=ours.rank > theirs.rank)
        if wider is not None:
            label: Label = "更宽" if wider else "更严"
            change = f"“{to.text[theirs.start : theirs.end]}”变为“{of.text[ours.start : ours.end]}”"
            evidence = (of.evidence(ours.start, ours.end), to.evidence(theirs.start, theirs.end))
            return Pull(label, f"{change}：{'程度更高' if ours.rank > theirs.rank else '程度更低'}", evidence)
    return None


def pull_of_grades(of: Rule, to: Rule) -> Pull | None:
    """A grade (八级, 副高级) that one rule names: another one in its place, one more, or one that is gone."""
    mine, other = _grade(of.text, to.text), _grade(to.text, of.text)
    if mine is not None and other is not None:
        change = f"“{to.text[slice(*other)]}”变为“{of.text[slice(*mine)]}”：等级不同"
        return Pull("不同", change, (of.evidence(*mine), to.evidence(*other)))
    if mine is not None:
        place = phrase(of.text, *mine, is_whole=True)
        return Pull("细化", f"只有本方定了{one_quoted(of.text, *place)}", (of.evidence(*place),))
    if other is not None:
        place = phrase(to.text, *other, is_whole=True)
        return Pull(
            "不同",
            f"本方{lacking(of, to.text[slice(*place)])}对方定的{one_quoted(to.text, *place)}",
            (to.evidence(*place),),
        )
    return None


def _grade(text: str, other: str) -> tuple[int, int] | None:
    """The first grade of `text` that `other` lacks."""
    return next((match.span() for match in GRADE.finditer(text) if match[0] not in other), None)


def _is_wider(kind: str, text: str, *, is_up: bool) -> bool | None:
    """Whether the step of `text` is the wider one; None where it is not told what reach means for it."""
    if kind != "reach":
        return is_up == (kind == "gain")
    held = stake(text)
    return None if held == "none" else is_up == (held == "gain")


def _step(text: str, steps: list[list[str]]) -> _Step | None:
    """The only step of the scale that `text` stands on; None where it stands on none or several."""
    found = [
        _Step(rank, text.index(word), text.index(word) + len(word))
        for rank, words in enumerate(steps)
        for word in words
        if word in text
    ]
    return found[0] if found and len({step.rank for step in found}) == 1 else None


@cache
def _scales() -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = tomllib.loads(
        files("search.compare").joinpath("degrees.toml").read_text(encoding="utf-8")
    )["scale"]
    return held
