"""What no other wording leaves out or changes: an exception, 或 between conditions, a circle named more widely.

Where one of these tells two rules apart, they are not 一致, however alike their words are (`signals`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.compare.boundaries import trimmed, whole_phrase, whole_words, words_at
from search.compare.circles import head_behind, is_plain
from search.compare.counterparts import counterparts, nearness
from search.compare.insubstantial import telling_words
from search.compare.model import Label
from search.compare.rule import Pull, Rule
from search.compare.stakes import segments, stake
from search.compare.wording import one_quoted
from search.modals import modals

_EXCEPTION = re.compile(
    "(?<![免消清解扣开拆排根删去])除(?P<but>[^，。；:：]{1,30}?)(?:之?外|以外)|[，；](?P<out>[^，。；:：]{2,30}?)除外"
)
"""除…外, …除外: what is left out of the rule."""
_OR = re.compile("(?:对于?)?([^，。；：、或和及与对]{2,12})(?:或者|或)(?!以[上下])([^，。；：、或和及与的]{4,12})")
_EITHER = re.compile("或|之一|任一|任意|任何")
_AND = re.compile("[、，；和并且及与]")
_SAID = 0.65
"""Share of the words of a condition that a part of the other rule has, from which on that sets it too."""
_UNSAID = 0.5
"""Share of the words of an exception below which the other rule does not know of it."""
_NEAR = 0.62
"""Nearness from which on another word names the same object."""
_ALL_KINDS = re.compile("各级各类|各行各业|各类|全体|所有|全部")


def pull_of_exceptions(of: Rule, to: Rule) -> Pull | None:
    """An exception that one rule makes and the other knows nothing of; stricter for a gain, else wider."""
    for rule, other, is_ours in ((of, to, True), (to, of, False)):
        place = _exception(rule.text, other.text)
        if place is not None:
            is_lost = stake(rule.text) == "gain" and not any(modal.kind == "duty" for modal in modals(rule.text))
            label: Label = "更严" if is_lost == is_ours else "更宽"
            who = "本方" if is_ours else "对方"
            reason = f"只有{who}把一部分除外：{one_quoted(rule.text, *place)}"
            return Pull(label, reason, (rule.evidence(*place),))
    return None


def pull_of_either(of: Rule, to: Rule) -> Pull | None:
    """One of two conditions (…或…) is enough by one rule, where the other sets both: wider."""
    if stake(of.text) != "gain" or stake(to.text) != "gain":
        return None
    for rule, other, is_ours in ((of, to, True), (to, of, False)):
        place = _either(rule.text, other.text)
        if place is not None:
            label: Label = "更宽" if is_ours else "更严"
            who, strict = ("本方", "对方") if is_ours else ("对方", "本方")
            reason = f"{who}是{one_quoted(rule.text, *place)}，满足一项即可；{strict}要求同时满足"
            return Pull(label, reason, (rule.evidence(*place),))
    return None


def pull_of_circle(of: Rule, to: Rule) -> Pull | None:
    """All of a kind (各类人员) by one rule, and some of them (技术人员) by the other: by what the rule is for them."""
    for rule, other, is_ours in ((of, to, True), (to, of, False)):
        for whole, part in _circles(rule.text, other.text):
            held = stake(of.text)
            label: Label = "不同" if held == "none" else "更宽" if is_ours == (held == "gain") else "更严"
            mine, theirs = (whole, part) if is_ours else (part, whole)
            reason = f"对方是{one_quoted(to.text, *theirs)}，本方是{one_quoted(of.text, *mine)}：对象的范围不同"
            return Pull(label, reason, (of.evidence(*mine), to.evidence(*theirs)))
    return None


def has_other_object(of: str, to: str) -> bool:
    """Whether two rules of one part of a sentence each end in nouns that neither has of the other.

    创新评价方式, 建立评价标准: which direction is taken is a matter of the object, whatever verb stands before it.
    """
    if len(segments(of)) > 1 or len(segments(to)) > 1:
        return False
    ours, theirs = telling_words(of), telling_words(to)
    if not ours or not theirs:
        return False
    mine, other = ours[-1].form, theirs[-1].form
    return nearness([mine], to)[0] < _NEAR and nearness([other], of)[0] < _NEAR


def _exception(text: str, other: str) -> tuple[int, int] | None:
    """The exception that `text` makes, if `other` makes none and names nothing of it."""
    if _EXCEPTION.search(other):
        return None
    for match in _EXCEPTION.finditer(text):
        said = match["but"] or match["out"]
        if counterparts(said, other).cover_of < _UNSAID:
            return match.start() + (text[match.start()] in "，；"), match.end()
    return None


def _either(text: str, other: str) -> tuple[int, int] | None:
    """Two conditions joined by 或 in `text`, which `other` has one behind the other in two parts."""
    if _EITHER.search(other):
        return None
    parts = [part for part in _AND.split(other) if len(part) > 1]
    for match in _OR.finditer(text):
        begin = max((modal.end for modal in modals(match[1])), default=0)
        one, two = ([counterparts(said, part).cover_of for part in parts] for said in (match[1][begin:], match[2]))
        if one and max(one) >= _SAID and max(two) >= _SAID and one.index(max(one)) < two.index(max(two)):
            return trimmed(text, *whole_words(text, match.start(1), match.end(2)))
    return None


def _circles(text: str, other: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The places where `text` names all of a kind, and `other`, which does not, a narrower part of the same kind."""
    if _ALL_KINDS.search(other):
        return
    for match in _ALL_KINDS.finditer(text):
        head = head_behind(text, match.end())
        at = other.find(head) if head else -1
        ends = (at, at + len(head))
        narrowing = next((other[first:at] for first, last in words_at(other) if first < at and last in ends), "")
        if head and narrowing and narrowing not in text and not is_plain(narrowing):
            end = at + len(head)
            yield (match.start(), match.end() + len(head)), (whole_phrase(other, at, end)[0], end)
