"""Words of one rule in whose place the other has quite different ones: 采用因素法分配 against 采用竞争立项方式分配."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from search.compare.counterparts import is_light, nearness
from search.compare.insubstantial import Word, telling_words
from search.compare.rule import Pull, Rule
from search.compare.wording import one_quoted

_SAME = 0.75
"""Nearness from which on one word in the place of another says the same."""


@dataclass(frozen=True, slots=True)
class Swap:
    """What stands in one place of both rules, and how much of them is otherwise word by word the same, 0 to 1."""

    pull: Pull
    frame: float


def swap(of: Rule, to: Rule) -> Swap | None:
    """The longest words in the place of other words, where neither rule says them elsewhere; None without any."""
    ours, theirs = (telling_words(rule.text) for rule in (of, to))
    matcher = SequenceMatcher(None, [w.form for w in theirs], [w.form for w in ours], autojunk=False)
    found: tuple[int, Pull] | None = None
    for tag, to_start, to_end, of_start, of_end in matcher.get_opcodes():
        if tag != "replace":
            continue
        mine = _foreign(ours[of_start:of_end], to.text)
        others = _foreign(theirs[to_start:to_end], of.text)
        if not mine or not others:
            continue
        one, other = _span(mine), _span(others)
        size = min(one[1] - one[0], other[1] - other[0])
        if found is None or size > found[0]:
            reason = f"对方说{one_quoted(to.text, *other)}，本方说{one_quoted(of.text, *one)}：不是一回事"
            found = size, Pull("不同", reason, (of.evidence(*one), to.evidence(*other)))
    return None if found is None else Swap(found[1], matcher.ratio())


def _foreign(words: Sequence[Word], other: str) -> list[Word]:
    """The words among them that say what `other` says nowhere: no words of direction, none of one character."""
    telling = [word for word in words if len(word.form) > 1 and not is_light(word.form)]
    near = nearness([word.form for word in telling], other)
    return [word for word, value in zip(telling, near, strict=True) if value < _SAME]


def _span(words: Sequence[Word]) -> tuple[int, int]:
    return words[0].start, words[-1].end
