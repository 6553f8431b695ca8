"""Words of one rule in whose place the other has quite different ones: 采用因素法分配 against 采用竞争立项方式分配."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from search.compare.circles import stands_before_head
from search.compare.counterparts import are_synonyms, contrast, is_light, is_short_form, nearness
from search.compare.insubstantial import Word, telling_words
from search.compare.list_words import is_verb
from search.compare.rule import Pull, Rule
from search.compare.slots import told_apart
from search.compare.stakes import segment_at

_NAME = 4
"""Characters up to which two words that share one are parts of one name."""
_ONE = 0.75
"""Share of words in one order from which on two rules are one sentence but for what changed."""
_SAME = 0.75
"""Nearness from which on one word in the place of another says the same."""


@dataclass(frozen=True, slots=True)
class Swap:
    """What stands in one place of both rules, and how much of them is otherwise word by word the same, 0 to 1."""

    pull: Pull
    frame: float
    unlike: float
    """How unlike the words are, 0 to 1."""


def swap(of: Rule, to: Rule) -> Swap | None:
    """The words most unlike those in whose place they stand, where neither rule says them elsewhere; None without any.

    A changed word inside a name (公费, 免费|师范生), a short form and another verb name no other thing.
    """
    ours, theirs = (telling_words(rule.text) for rule in (of, to))
    matcher = SequenceMatcher(None, [w.form for w in theirs], [w.form for w in ours], autojunk=False)
    found: Swap | None = None
    for tag, to_start, to_end, of_start, of_end in matcher.get_opcodes():
        if tag != "replace":
            continue
        is_one = matcher.ratio() >= _ONE
        mine = _run(_foreign(ours[of_start:of_end], of.text, to.text, is_one=is_one), of.text)
        others = _run(_foreign(theirs[to_start:to_end], to.text, of.text, is_one=is_one), to.text)
        if not mine or not others:
            continue
        one, other = _span(mine), _span(others)
        unlike = _unlike(of.text[slice(*one)], to.text[slice(*other)])
        if unlike and (found is None or unlike > found.unlike):
            is_one_place = _have_neighbour((ours, mine, of.text), (theirs, others, to.text))
            pull = told_apart(of, one, to, other, is_one_place=is_one_place)
            found = Swap(pull, matcher.ratio(), unlike)
    return found


def _have_neighbour(
    ours: tuple[Sequence[Word], Sequence[Word], str], theirs: tuple[Sequence[Word], Sequence[Word], str]
) -> bool:
    """Whether the words stand in one place: the same word (a verb, a noun) right before or right behind them.

    Each: all words of a rule, those in question, the text.
    """
    before, behind = (tuple(_beside(*side, step=step) for side in (ours, theirs)) for step in (-1, 1))
    return any(one is not None and one == other for one, other in (before, behind))


def _beside(words: Sequence[Word], chosen: Sequence[Word], text: str, step: int) -> str | None:
    """The word before (-1) or behind (1) those chosen in the same part of the sentence; None at its end."""
    at = words.index(chosen[0]) - 1 if step < 0 else words.index(chosen[-1]) + 1
    if not 0 <= at < len(words):
        return None
    first, last = segment_at(text, chosen[0].start)
    return words[at].form if first <= words[at].start < last else None


def _foreign(words: Sequence[Word], text: str, other: str, *, is_one: bool) -> list[Word]:
    """The words of `text` among them that say what `other` says nowhere, without words of direction and verbs.

    In what is otherwise one sentence only the very word counts as said.
    """
    telling = [word for word in words if len(word.form) > 1 and not is_light(word.form)]
    named = [word for word in telling if not is_verb(word.form) or stands_before_head(text, word.end)]
    near = nearness([word.form for word in named], other)
    foreign = [word for word, value in zip(named, near, strict=True) if value < (1 if is_one else _SAME)]
    return [word for word in foreign if not _is_said(word.form, other)]


def _is_said(form: str, text: str) -> bool:
    """Whether the text says both halves of a word apart: 卫生部门 in 教育、卫生等部门."""
    return any(form[:at] in text and form[at:] in text for at in range(2, len(form) - 1))


def _run(words: Sequence[Word], text: str) -> list[Word]:
    """The first of the words and those behind it in one part of the sentence."""
    if not words:
        return []
    last = segment_at(text, words[0].start)[1]
    return [word for word in words if word.end <= last]


def _unlike(one: str, other: str) -> float:
    """How unlike two words are, 0 to 1; 0 for one word in two forms: a short form, or all but a character shared."""
    if contrast(one, other) is not None:  # 笔试 and 面试 share a character, and are two things
        return 1.0
    if (
        is_short_form(one, other)
        or are_synonyms(one, other)
        or (set(one) & set(other) and max(len(one), len(other)) <= _NAME)
    ):
        return 0.0
    return 1 - nearness([one], other)[0]


def _span(words: Sequence[Word]) -> tuple[int, int]:
    return words[0].start, words[-1].end
