"""What one rule says beyond the other: exceptions, further items, narrower heads, conditions, details.

The words are those without a counterpart in the other rule (`counterparts`), wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from search.compare.circles import is_listed, stands_before_head
from search.compare.counterparts import Counterparts
from search.compare.model import Label
from search.compare.rule import Pull, Rule
from search.compare.stakes import has, segment_at, specifics, stake
from search.compare.wording import one_quoted
from search.modals import modals

Beyond = Literal["exception", "listed", "narrowed", "conditional", "detail"]

_SHORTEST = 2
"""Characters of words that may say something of their own."""
_PHRASE = 8
"""Characters up to which words inside a sentence that name nothing to do say nothing new."""
_MARKS = tuple("，；。：")
_OPPOSITE: dict[Label, Label] = {"更严": "更宽", "更宽": "更严"}
_ANY = re.compile("之一|任一|任意一")
_ALL = re.compile("同时具备|同时满足|同时符合|均须|均应|缺一不可|且")
_WHEN = re.compile(r"的(?=[，,])|之?前$|之?后$|时$")


def pulls_beyond(of: Rule, to: Rule, found: Counterparts) -> Iterator[tuple[Beyond, Pull]]:
    """A pull with what it is for each stretch that only one rule has, the heaviest first, those of `of` first."""
    for start, end in found.only_of:
        yield from _beyond(of, start, end, is_ours=True)
    for start, end in found.only_to:
        yield from _beyond(to, start, end, is_ours=False)


def pull_of_alternatives(of: Rule, to: Rule) -> Pull | None:
    """One of several conditions (…之一) against all of them (同时…); None where not both rules say which."""
    for one, other, label in ((of, to, "更宽"), (to, of, "更严")):
        mine, theirs = _ANY.search(one.text), _ALL.search(other.text)
        if mine and theirs and not _ANY.search(other.text):
            a, b = (mine[0], theirs[0]) if one is of else (theirs[0], mine[0])
            evidence = (one.evidence(*mine.span()), other.evidence(*theirs.span()))
            seen: Label = "更宽" if label == "更宽" else "更严"
            return Pull(seen, f"“{b}”变为“{a}”：条件{'少' if seen == '更宽' else '多'}了", evidence)
    return None


def _beyond(rule: Rule, start: int, end: int, *, is_ours: bool) -> Iterator[tuple[Beyond, Pull]]:
    """What words that only `rule` has do to it, turned round where it is the other rule."""
    words, held = rule.text[start:end], stake(rule.text)
    if len(words) < _SHORTEST:
        return
    what = _effect(rule.text, start, end, is_gain=held == "gain", is_known=held != "none")
    if what is None:
        return
    name, label, said = what
    seen = label if is_ours else _OPPOSITE.get(label, label)
    who = "本方" if is_ours else "对方"
    yield name, Pull(seen, f"只有{who}有{one_quoted(rule.text, start, end)}：{said}", (rule.evidence(start, end),))


def _effect(text: str, start: int, end: int, *, is_gain: bool, is_known: bool) -> tuple[Beyond, Label, str] | None:
    """What `text[start:end]` adds to the rule, in this order: exception, list, narrower head, condition, detail."""
    words = text[start:end]
    part = slice(*segment_at(text, start))
    if is_known and (has("exception", words) or (has("exception", text[part]) and text[part].startswith("除"))):
        is_lost = is_gain and not any(modal.kind == "duty" for modal in modals(text))
        return "exception", ("更严" if is_lost else "更宽"), "把一部分除外"
    if is_known and is_listed(text, start, end):
        return "listed", ("更宽" if is_gain else "更严"), "范围更大"
    if is_known and stands_before_head(text, end):
        return "narrowed", ("更严" if is_gain else "更宽"), "限定了范围"
    if is_known and not is_gain and has("cost", words):
        return "conditional", "更严", "加了负担"
    if is_known and len(words) > _SHORTEST and (has("condition", words) or _forbids(words) or _is_case(text, end)):
        return "conditional", "更严", "加了条件或义务"
    if specifics(words) or text[max(0, start - 1) : start] in _MARKS or len(words) > _PHRASE:
        return "detail", "细化", "写得更具体"
    return None


def _is_case(text: str, end: int) -> bool:
    """Whether the words end a clause that says when the rule holds: …的，"""
    return re.match("的?[，,]", text[end:]) is not None and _WHEN.search(text[:end] + text[end : end + 2]) is not None


def _forbids(words: str) -> bool:
    return any(modal.kind == "prohibition" for modal in modals(words))
