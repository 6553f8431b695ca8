"""What one rule says beyond the other: exceptions, further items, narrower heads, conditions, details.

The words are those without a counterpart in the other rule (`counterparts`), wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from search.compare.circles import is_plain, stands_before_head
from search.compare.claims import lacks
from search.compare.counterparts import Counterparts
from search.compare.lists import is_listed, item_at
from search.compare.model import Label
from search.compare.rule import Pull, Rule
from search.compare.stakes import has, segment_at, specifics, stake
from search.compare.wording import one_quoted, phrase
from search.modals import modals

Beyond = Literal["exception", "case", "listed", "narrowed", "conditional", "detail", "missing"]

_SHORTEST = 2
"""Characters of words that may say something of their own."""
_PHRASE = 8
"""Characters up to which words inside a sentence that name nothing to do say nothing new."""
_MARKS = tuple("，；。：")
_OPPOSITE: dict[Label, Label] = {"更严": "更宽", "更宽": "更严"}
_ANY = re.compile("之一|任一|任意一")
_ALL = re.compile("同时(?![，,])|均须|均应|缺一不可|且")
_WHEN = re.compile("(?:的|之?前|之?后|时)$")
_NOUNS = re.compile(r"[^\d无未不已须应经满被]{2,10}")
"""Words of a list that name persons, units or things, not what they must have done."""
_MOST = 0.7
"""Share of a rule from which on words are no addition to what the other says, but a rule of their own."""
_LEAD = 4
"""First characters of a case that the other rule says too where it has the case itself, and lacks what follows."""
_OR = re.compile("或|以及|及")


def pulls_beyond(of: Rule, to: Rule, found: Counterparts) -> Iterator[tuple[Beyond, Pull]]:
    """A pull with what it is for each stretch that only one rule has, the heaviest first, those of `of` first."""
    for start, end in found.only_of:
        yield from _beyond(of, start, end, to, is_ours=True)
    for start, end in found.only_to:
        yield from _beyond(to, start, end, of, is_ours=False)


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


def _beyond(rule: Rule, start: int, end: int, other: Rule, *, is_ours: bool) -> Iterator[tuple[Beyond, Pull]]:
    """What words that only `rule` has do to it, turned round where it is the other rule."""
    what = _effect(rule.text, start, end, other.text) if end - start >= _SHORTEST else None
    if what is None:
        return
    name, label, said = what
    is_detail = name == "detail"
    place = (
        item_at(rule.text, start, end)
        if name == "listed"
        else phrase(rule.text, start, end, is_whole=is_detail, is_extra=True)
    )
    quoted, evidence = one_quoted(rule.text, *place), (rule.evidence(*place),)
    is_missed = lacks(other, rule.text[slice(*place)])
    if is_detail and (not is_missed or place[1] - place[0] > _MOST * len(rule.text)):
        return
    if is_detail and not is_ours:
        yield "missing", Pull("不同", f"本方没有对方的{quoted}", evidence)
        return
    seen = label if is_ours else _OPPOSITE.get(label, label)
    who, silent = ("本方", "对方") if is_ours else ("对方", "本方")
    claim = f"只有{who}有{quoted}" if is_missed else f"{who}有{quoted}，{silent}这一句没有"
    yield name, Pull(seen, f"{claim}：{who}{said}", evidence)


def _effect(text: str, start: int, end: int, other: str) -> tuple[Beyond, Label, str] | None:
    """What `text[start:end]` adds to the rule: exception, case, item, narrower head, condition or detail."""
    words, held = text[start:end], stake(text)
    first, last = segment_at(text, start)
    is_gain = held == "gain"
    if held != "none":
        if has("exception", text[first:last]):
            is_lost = is_gain and not any(modal.kind == "duty" for modal in modals(text))
            return "exception", ("更严" if is_lost else "更宽"), "把一部分除外"
        is_item = is_listed(text, start, end)
        is_case = _is_case(text, end) and len(words) > _SHORTEST and not is_plain(words)
        if is_case and not (is_item and _NOUNS.fullmatch(words) and not has("condition", words)):
            is_narrower = is_gain != (_OR.match(words) is not None and words[:_LEAD] not in other)
            return "case", ("更严" if is_narrower else "更宽"), "限定了适用的情形"
        if is_item:
            return "listed", ("更宽" if is_gain else "更严"), "的范围更大"
        if stands_before_head(text, end) and not is_plain(words):
            return "narrowed", ("更严" if is_gain else "更宽"), "限定了范围"
        if _binds(words, text, start, is_gain=is_gain):
            return "conditional", "更严", "加了条件或义务"
    is_part = text[max(0, start - 1) : start] in _MARKS and len(words) > _SHORTEST
    if specifics(words) or is_part or len(words) > _PHRASE:
        return "detail", "细化", "写得更具体"
    return None


def _binds(words: str, text: str, start: int, *, is_gain: bool) -> bool:
    """Whether words set a condition of a gain, or are a part of the sentence of their own that bans or charges."""
    if is_gain:
        return has("condition", words)
    is_part = start == 0 or text[start - 1] in _MARKS
    return has("condition", words) or (is_part and (_forbids(words) or has("cost", words)))


def _is_case(text: str, end: int) -> bool:
    """Whether the words stand in a clause that says when the rule holds: …的，"""
    first, last = segment_at(text, end - 1)
    return last < len(text) and text[last] in "，," and _WHEN.search(text[first:last]) is not None


def _forbids(words: str) -> bool:
    return any(modal.kind == "prohibition" for modal in modals(words))
