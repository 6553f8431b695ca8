"""Words of weight that only one of two rules has (`steps.toml`): whom it prefers, and how far it has come.

优先 dropped takes something from those it was for; 探索建立 is not yet 建立.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from search.compare.claims import lacking
from search.compare.model import Label
from search.compare.rule import Pull, Rule
from search.compare.stakes import stake


def pull_of_preference(of: Rule, to: Rule) -> Pull | None:
    """Where a word of preference stands in one rule only: a gain lost or had, a limit, a focus."""
    for group in _data()["preference"]:
        ours, theirs = (_first(group["words"], rule.text) for rule in (of, to))
        if (ours is None) == (theirs is None):
            continue
        if ours is not None:
            return Pull(
                _preferred(group, of.text, is_ours=True),
                f"本方说“{ours[0]}”，对方{lacking(to, ours[0])}{_had(group)}",
                (of.evidence(*ours[1]),),
            )
        if theirs is not None:
            reason = f"本方{lacking(of, theirs[0])}“{theirs[0]}”{_lost(group)}"
            return Pull(_preferred(group, to.text, is_ours=False), reason, (to.evidence(*theirs[1]),))
    return None


def pull_of_maturity(of: Rule, to: Rule) -> Pull | None:
    """Where one rule tries or urges what the other lays down (探索建立, 建立): stricter, or wider for a gain."""
    ours, theirs = _step(of.text), _step(to.text)
    if ours is None or theirs is None or ours[0] == theirs[0]:
        return None
    last = len(_data()["maturity"]["steps"])
    if last not in {ours[0], theirs[0]}:  # 试点 and 探索 are both on the way
        return None
    is_further = ours[0] == last
    label: Label = "更宽" if is_further == (stake(of.text) == "gain") else "更严"
    word, place = (theirs if is_further else ours)[1:]
    if is_further:
        return Pull(label, f"对方还在“{word}”，本方已经定下来", (to.evidence(*place),))
    return Pull(label, f"本方还在“{word}”，对方已经定下来", (of.evidence(*place),))


def _preferred(group: dict[str, Any], text: str, *, is_ours: bool) -> Label:
    """A preference is a gain; a limit to it, and a focus of what is given, leaves less to others."""
    is_wider = is_ours == ("gain" in group)
    if "focus" in group and stake(text) == "cost":
        is_wider = not is_wider
    return "更宽" if is_wider else "更严"


def _lost(group: dict[str, Any]) -> str:
    return f"：少了{group['gain']}" if "gain" in group else ""


def _had(group: dict[str, Any]) -> str:
    return f"：本方多了{group['gain']}" if "gain" in group else ""


def _step(text: str) -> tuple[int, str, tuple[int, int]] | None:
    """(step, word, place): the least far step that the rule names; the last for one laid down; None for neither."""
    data = _data()["maturity"]
    for rank, words in enumerate(data["steps"]):
        found = _first(words, text)
        if found is not None:
            return rank, *found
    found = _first(data["settled"], text)
    return None if found is None else (len(data["steps"]), *found)


def _first(words: list[str], text: str) -> tuple[str, tuple[int, int]] | None:
    """The first of the words in the text, and its place."""
    match = re.search("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), text)
    return None if match is None else (match[0], match.span())


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("search.compare").joinpath("steps.toml").read_text(encoding="utf-8"))
