"""The difference between two rules: one label with its reason, from tests that can each be read and tried.

1. The same words of substance and the same quantities: 一致.
2. A gain taken back (不再…倾斜): 更严, however else the rules read.
3. Quantities that pull both ways (an older age, fewer years): 不同, naming both.
4. Else every test is asked (`signals`) and what they find is weighed (`weighing`).

A reason names at most two pulls, those that counted most, with the words of both; 本方 is `of`, 对方 is `to`.
"""

from __future__ import annotations

from search.compare.claims import lacks
from search.compare.counterparts import Counterparts, counterparts
from search.compare.dates import pull_of_turns
from search.compare.force import withdrawal
from search.compare.insubstantial import is_same
from search.compare.leftover import limits
from search.compare.model import Difference, Evidence, Label
from search.compare.rule import Pull, Rule
from search.compare.signals import Signals, signals
from search.compare.slots import told_apart
from search.compare.stakes import segment_at
from search.compare.substance import pull_of_either, pull_of_exceptions
from search.compare.thresholds import equal_quantity, pulls_of_quantities
from search.compare.weighing import verdict
from search.compare.wording import one_quoted, pair_of_synonyms, phrase_quoted

__all__ = ["Rule", "difference", "settled_by"]

_NAMED = 2
"""Pulls that a reason names at most."""
_TELLING = 5
"""Characters from which on words that only one side has are named beside 一致."""
_JOINS = "、和与及"
"""Before or behind words that are one of several things, and are quoted with them."""
_KNOWN = 0.6
"""Share of the words of a part of the sentence that the other rule has, from which on only the limit in it is named."""
_CLOSE = 0.9
"""Share of the words of both that have a counterpart from which on they read as one sentence."""


def difference(of: Rule, to: Rule, meaning: float | None = None) -> Difference:
    """What `of` rules seen towards `to`; the reason is one Chinese sentence. Never 新增 or 未规定: both rule.

    `meaning`: the cosine of the vectors of both texts by an encoder, if there is one; without it the share of words
    that have a counterpart stands for it.
    """
    settled = settled_by(of, to)
    is_verbatim = of.text == to.text
    of, to = of.joined(), to.joined()
    if settled is not None:
        return _said(Pull("一致", "文字相同", _whole(of, to)) if is_verbatim else settled, of, to)
    found = signals(of, to, meaning)
    weighed = verdict(found)
    if weighed.pulls:
        decided = _joined(weighed.label, weighed.pulls, found, of, to)
    else:
        decided = _without_pull(weighed.label, found, of, to)
    return _said(_with_lost(decided, of, to), of, to)


def settled_by(of: Rule, to: Rule) -> Pull | None:
    """The first three of the questions above; None where what the tests find has to be weighed."""
    of, to = of.joined(), to.joined()
    measured = pulls_of_quantities(of, to)
    telling = (pull_of_turns, pull_of_either, pull_of_exceptions)
    if is_same(of.text, to.text) and not measured and all(test(of, to) is None for test in telling):
        return equal_quantity(of, to) or Pull("一致", "只有不影响实质的文字出入", _whole(of, to))
    back = withdrawal(of)
    if back is not None and withdrawal(to) is None:
        return back
    sides = {pull.label: pull for pull in reversed(measured)}
    return _both_ways(sides["更严"], sides["更宽"]) if {"更严", "更宽"} <= set(sides) else None


def _both_ways(stricter: Pull, wider: Pull) -> Pull:
    reason = f"有严有宽：{stricter.reason}；{wider.reason}"
    return Pull("不同", reason, (*stricter.evidence, *wider.evidence))


def _joined(label: Label, pulls: tuple[Pull, ...], found: Signals, of: Rule, to: Rule) -> Pull:
    """The pulls that counted most; a place that one pull quotes is not quoted by another."""
    ours = [pull for pull in pulls if label != "细化" or not pull.reason.startswith(("只有对方", "对方"))]
    if not ours:
        return _without_pull(label, found, of, to)
    kept: list[Pull] = []
    for pull in ours:
        if len(kept) < _NAMED and not any(_overlap(pull, other) or _repeats(pull, other) for other in kept):
            kept.append(pull)
    reason = _in_one([pull.reason for pull in kept])
    return Pull(label, reason, tuple(each for pull in kept for each in pull.evidence))


def _in_one(reasons: list[str]) -> str:
    """The reasons in a row; what two of them conclude alike is said once, at the end."""
    ends = {reason.partition("：")[2] for reason in reasons}
    if len(reasons) > 1 and len(ends) == 1 and "" not in ends:
        return f"{'；'.join(reason.partition('：')[0] for reason in reasons)}：{ends.pop()}"
    return "；".join(reasons)


def _repeats(one: Pull, other: Pull) -> bool:
    """Whether the words that one pull shows are among those of the other."""
    return all(any(a.words.text in b.words.text for b in other.evidence) for a in one.evidence)


def _overlap(one: Pull, other: Pull) -> bool:
    return any(
        a.doc_id == b.doc_id and a.words.start < b.words.end and b.words.start < a.words.end
        for a in one.evidence
        for b in other.evidence
    )


def _without_pull(label: Label, found: Signals, of: Rule, to: Rule) -> Pull:
    """What is said where no single test decides: the words of each that the other has no counterpart for."""
    words = found.words
    if label == "细化":
        return _finer(words, of, to)
    if label == "不同":
        return _apart(words, of, to)
    return _same(found, of, to)


def _same(found: Signals, of: Rule, to: Rule) -> Pull:
    words, quantity = found.words, equal_quantity(of, to)
    if quantity is not None and not limits(to.text, of.text):
        return quantity
    synonyms = pair_of_synonyms(of.text, to.text)
    if synonyms is not None:
        return Pull("一致", f"只有说法的出入：“{synonyms[0]}”即“{synonyms[1]}”", _whole(of, to))
    more = [
        _more(who, rule.text, only) for who, rule, only in (("本方", of, words.only_of), ("对方", to, words.only_to))
    ]
    listed = [pull.reason.partition("：")[0] for name, pull in found.pulls if name == "lists" and pull.label != "不同"]
    said = "；".join([each for each in more if each] or listed)
    if said:
        return Pull("一致", f"主要内容相同：{said}", _whole(of, to))
    is_close = min(words.cover_of, words.cover_to) >= _CLOSE
    return Pull("一致", "只有说法或词序的出入" if is_close else "说法不同，意思相同", _whole(of, to))


def _more(who: str, text: str, only: tuple[tuple[int, int], ...]) -> str:
    """The longest words that one side alone says, of those that are long enough to say something; "" for none."""
    start, end = max(only, key=lambda place: place[1] - place[0], default=(0, 0))
    return f"{who}另说{phrase_quoted(text, start, end, is_extra=True)}" if end - start >= _TELLING else ""


def _with_lost(decided: Pull, of: Rule, to: Rule) -> Pull:
    """The pull, and what the other rule limits by number or grade while this one does not, where it is not named."""
    for start, end in limits(to.text, of.text):
        if to.text[start:end] not in decided.reason and lacks(of, to.text[start:end]):
            part = segment_at(to.text, start)
            is_known = counterparts(to.text[slice(*part)], of.text).cover_of >= _KNOWN
            named = one_quoted(to.text, *((start, end) if is_known else part))
            return Pull(decided.label, f"{decided.reason}；本方没有对方的{named}", decided.evidence)
    return decided


def _finer(words: Counterparts, of: Rule, to: Rule) -> Pull:
    if not words.only_of:
        return Pull("细化", "对方说得笼统，本方写明了做法", _whole(of, to))
    start, end = words.only_of[0]
    if set(of.text[max(0, start - 1) : start] + of.text[end : end + 1]) & set(_JOINS):
        start, end = segment_at(of.text, start)
    evidence = (of.evidence(start, end), to.evidence(0, len(to.text)))
    return Pull("细化", f"对方说得笼统，本方写明了{phrase_quoted(of.text, start, end)}", evidence)


def _apart(words: Counterparts, of: Rule, to: Rule) -> Pull:
    if not of.text or not to.text:
        return Pull("不同", "两方各有各的做法", _whole(of, to))
    mine, other = (next(iter(only), (0, 1)) for only in (words.only_of, words.only_to))
    return told_apart(of, mine, to, other, is_one_place=False)


def _whole(of: Rule, to: Rule) -> tuple[Evidence, ...]:
    return of.evidence(0, len(of.text)), to.evidence(0, len(to.text))


def _said(pull: Pull, of: Rule, to: Rule) -> Difference:
    """The pull as a difference with words of both texts: a text that the pull does not show stands whole."""
    evidence = tuple(dict.fromkeys(pull.evidence))
    shown = {each.doc_id for each in evidence}
    missing = tuple(rule.evidence(0, len(rule.text)) for rule in (of, to) if rule.document.doc_id not in shown)
    return Difference(pull.label, f"{''.join(pull.reason.split())}。", (*evidence, *missing))
