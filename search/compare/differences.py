"""The difference between two rules: one label with its reason, from tests that can each be read and tried.

Every test (`force`, `thresholds`, `circles`, `conditions`) says where it pulls. They are weighed in this order:

1. The same words of substance: 一致.
2. A gain taken back (不再…倾斜): 更严, however else the rules read.
3. Rules that read alike (`_ALIKE`): all pulls together. 更严 and 更宽 against each other, or beside other words for
   the same thing (不同): 不同, naming both. One direction alone wins over 细化. No pull: 一致.
4. Rules that read otherwise are held against what they say, not word by word. The first that fits: the same quantity
   and no other, 一致; one says only a direction and the other what to do, 细化; one alone lists places, 细化; a modal
   word of each, 更严 or 更宽; other quantities, as they pull; other bodies (由…), 不同; few particulars, and as near in
   meaning as other words for one rule are (`_OTHER_WORDS`), 一致; else 不同.

One test says more than another: exceptions, lists, narrower nouns and conditions are asked (in that order) only where
force, quantities and lists pull nowhere. A reason names who has the words: 本方 is `of`, 对方 is `to`.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.compare.circles import pull_of_bodies, pull_of_levels, pull_of_lists, pull_of_places
from search.compare.conditions import pulls_of_words
from search.compare.force import pull_of_force, withdrawal
from search.compare.insubstantial import is_same, likeness
from search.compare.model import Difference, Evidence
from search.compare.redline import redline
from search.compare.rule import Pull, Rule
from search.compare.stakes import has, specifics
from search.compare.thresholds import equal_quantity, pulls_of_quantities
from search.modals import modals

__all__ = ["Rule", "difference"]

_ALIKE = 0.5
"""Likeness from which on two rules are one sentence with changes."""
_RELATED = 0.25
"""Likeness from which on a modal word of one rule answers to one of the other."""
_OTHER_WORDS = 0.32
"""Nearness in meaning beyond likeness in words from which on other words say the same.

Nearness alone tells a topic: rules that differ in an item have most words in common, and only what differs pulls their
meanings apart; other words for one rule have few in common, and their meanings stay together.
"""


def difference(of: Rule, to: Rule, meaning: float | None = None) -> Difference:
    """What `of` rules seen towards `to`; the reason is one Chinese sentence. Never 新增 or 未规定: both rule.

    `meaning`: the cosine of the vectors of both texts by an encoder, if there is one; without it rules in words of
    their own are 不同 unless a test says more.
    """
    if is_same(of.text, to.text):
        quantity = equal_quantity(of, to)
        reason = "文字相同" if of.text == to.text else "只有不影响实质的文字出入"
        return _said(quantity or Pull("一致", reason, _whole(of, to)), of, to)
    back = withdrawal(of)
    if back is not None and withdrawal(to) is None:
        return _said(back, of, to)
    alike = likeness(of.text, to.text)
    return _said(_of_one_sentence(of, to) if alike >= _ALIKE else _of_two(of, to, alike, meaning), of, to)


def _of_one_sentence(of: Rule, to: Rule) -> Pull:
    """The pulls of rules that read alike, weighed."""
    measured = [pull_of_force(of, to), *pulls_of_quantities(of, to), _circle(of, to)]
    pulls = [pull for pull in measured if pull is not None]
    if not pulls:
        pulls = list(pulls_of_words(of, to, redline(of, to)))
        if _are_directions(of, to):
            pulls = [pull for pull in pulls if pull.label == "细化"]
    return _weighed(pulls) or equal_quantity(of, to) or Pull("一致", "没有实质差别", _whole(of, to))


def _circle(of: Rule, to: Rule) -> Pull | None:
    return pull_of_lists(of, to) or pull_of_places(of, to) or pull_of_levels(of, to)


def _of_two(of: Rule, to: Rule, alike: float, meaning: float | None) -> Pull:
    """Rules in words of their own: the concrete one against the direction, or what each says to do."""
    ours, theirs = specifics(of.text), specifics(to.text)
    equal = equal_quantity(of, to)
    pulls = pulls_of_quantities(of, to)
    if equal is not None and not pulls:
        return equal
    if ours > theirs and _is_direction(to.text):
        return Pull("细化", "对方只提方向，本方写明了做法", _whole(of, to))
    places = pull_of_places(of, to)
    if places is not None:
        return places
    is_near = meaning is not None and meaning - alike >= _OTHER_WORDS and _say_one_thing(of, to)
    both_bind = all(modals(rule.text) for rule in (of, to))
    force = pull_of_force(of, to) if alike >= _RELATED or (is_near and both_bind) else None
    if force is not None:
        return force
    same = Pull("一致", "说法不同，意思相同", _whole(of, to)) if is_near else None
    return _weighed(pulls) or pull_of_bodies(of, to) or same or Pull("不同", "两方各有各的做法", _whole(of, to))


def _say_one_thing(of: Rule, to: Rule) -> bool:
    """Whether both are so short of particulars that none can differ, and neither alone makes an exception."""
    is_plain = all(specifics(rule.text) <= 1 for rule in (of, to))
    return is_plain and has("exception", of.text) == has("exception", to.text)


def _are_directions(of: Rule, to: Rule) -> bool:
    """Whether neither rule says what to do: other words for one direction are no difference."""
    return all(has("vague", rule.text) and not specifics(rule.text) for rule in (of, to))


def _is_direction(text: str) -> bool:
    """Whether a rule says only where to go: words of direction, no more than one thing to do."""
    return has("vague", text) and specifics(text) <= 1


def _weighed(pulls: Sequence[Pull]) -> Pull | None:
    """One pull for all; None for none."""
    labels = {pull.label for pull in pulls}
    sided = labels - {"细化"}
    if not pulls:
        return None
    if len(labels) == 1 or len(sided) == 1:
        chosen = [pull for pull in pulls if pull.label in sided] or list(pulls)
        return Pull(chosen[0].label, "；".join(p.reason for p in chosen), _evidence(chosen))
    return Pull("不同", "两头都有：" + "；".join(f"{p.reason}（{p.label}）" for p in pulls), _evidence(pulls))


def _evidence(pulls: Sequence[Pull]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(each for pull in pulls for each in pull.evidence))


def _whole(of: Rule, to: Rule) -> tuple[Evidence, ...]:
    return of.evidence(0, len(of.text)), to.evidence(0, len(to.text))


def _said(pull: Pull, of: Rule, to: Rule) -> Difference:
    """The pull as a difference with words of both texts: a text that the pull does not show stands whole."""
    shown = {each.doc_id for each in pull.evidence}
    missing = tuple(rule.evidence(0, len(rule.text)) for rule in (of, to) if rule.document.doc_id not in shown)
    return Difference(pull.label, f"{pull.reason}。", (*pull.evidence, *missing))
