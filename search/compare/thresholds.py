"""Quantities of two rules: equal, higher or lower, and whether higher is stricter; or only one rule has them.

Whether higher is stricter is read from the words round a quantity, in this order: time to be waited (10日后) is
stricter for a gain; a threshold of those meant (满10年的) as its bound says; a cap wider; an amount that is given
(补贴100元) wider, one that is taken (罚款100元) stricter; a minimum raised stricter and a maximum raised wider; last,
what the whole rule is for those it rules on. What none of these tells is another arrangement.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Literal

from search.compare.amounts import SAME, Amount, amounts, bound_of, comparable, size
from search.compare.claims import lacking
from search.compare.model import Evidence, Label
from search.compare.rule import Pull, Rule
from search.compare.stakes import has, matches, segment_at, stake
from search.compare.wording import LONGEST, one_quoted
from search.measures import kind_of
from search.modals import modals
from search.quantities import quantities

Higher = Literal["stricter", "wider", "unknown"]

_AGE = "岁"
_TURNED: dict[Higher, Higher] = {"stricter": "wider", "wider": "stricter", "unknown": "unknown"}
"""A condition of a burden: the higher it is set, the fewer are burdened (停放超过30分钟的收费)."""
_BY_BOUND: dict[str, Higher] = {"min": "stricter", "max": "wider"}
_ALSO = re.compile("且|并且")
"""Begins a part of a sentence that sets one more condition."""
_FRACTION = re.compile(r"(\d+)/([1-9]\d*)")
_WHOLE = re.compile("全部|全覆盖|一律|所有|均|全面")
_CLOCK = frozenset({"分", "分钟"})
"""Units that a time of day may be written in: 20点30分, 20:30."""
_TINY = 1e-9
_BEHIND = 8
"""Characters behind a quantity that still say what it is: 100元以下罚款."""


def pulls_of_quantities(of: Rule, to: Rule) -> tuple[Pull, ...]:
    """One pull for each unit that the rules differ in; none where all quantities are equal."""
    ours, theirs = amounts(of.text, to.text), amounts(to.text, of.text)
    only = [amount for amount in ours if not is_held(amount, theirs, to.text)]
    gone = [amount for amount in theirs if not is_held(amount, ours, of.text)]
    pulls: list[Pull] = []
    while pairs := [(mine, other) for mine in only for other in gone if comparable(mine, other)]:
        mine, other = min(pairs, key=lambda pair: _apart(*pair))
        pulls.append(_compared(of, mine, to, other))
        only.remove(mine)
        gone.remove(other)
    if only and gone and not pulls and len(only) == len(ours) and len(gone) == len(theirs):
        reason = f"“{only[0].text}”对“{gone[0].text}”：标准的口径不同"
        return (Pull("不同", reason, (_shown(of, only[0]), _shown(to, gone[0]))),)
    pulls += [_alone(of, only[0], to, is_ours=True)] if only else []
    lost = [amount for amount in gone if not is_said(amount, of.text)]
    pulls += [_alone(to, lost[0], of, is_ours=False)] if lost and not only else []
    return tuple(pulls)


def equal_quantity(of: Rule, to: Rule) -> Pull | None:
    """一致 by the first quantity that both rules have, for the reason of a rule that is else alike."""
    for ours in amounts(of.text, to.text):
        for theirs in amounts(to.text, of.text):
            if _equal(ours, theirs):
                reason = f"“{ours.text}”对“{theirs.text}”：要求相同"
                return Pull("一致", reason, (_shown(of, ours), _shown(to, theirs)))
    return None


def is_held(amount: Amount, others: Sequence[Amount], text: str = "") -> bool:
    """Whether one of the others is the same amount, or `text`, which has them, says it in another way (全部, 2/3)."""
    if amount.quantity.unit == "%":
        share = size(amount) / 100
        shares = [int(found[1]) / int(found[2]) for found in _FRACTION.finditer(text)]
        if any(abs(share - each) <= SAME for each in shares) or (share == 1 and _WHOLE.search(text)):
            return True
    return any(_equal(amount, other) for other in others)


def is_said(amount: Amount, text: str) -> bool:
    """Whether `text` says the amount somewhere, whatever it bounds there: a limit that is not dropped."""
    said = {(each.low, each.high, each.unit) for each in quantities(text)}
    quantity = amount.quantity
    return amount.text in text or (quantity.low, quantity.high, quantity.unit) in said or quantity.unit in _CLOCK


def _equal(one: Amount, other: Amount) -> bool:
    """An exact amount is that of a bound too: what 至少配备2名 and 不少于2名 bound is told by words further off."""
    if not comparable(one, other) or {one.quantity.bound, other.quantity.bound} == {"min", "max"}:
        return False
    if (one.quantity.bound == "range") != (other.quantity.bound == "range"):
        return False
    return abs(size(one) - size(other)) <= SAME * max(size(one), size(other))


def _apart(one: Amount, other: Amount) -> tuple[bool, float]:
    """How unlike two amounts are: another bound first, then how many times the larger is the smaller."""
    return one.quantity.bound != other.quantity.bound, abs(math.log(max(size(one), _TINY) / max(size(other), _TINY)))


def _shown(rule: Rule, amount: Amount) -> Evidence:
    return rule.evidence(amount.quantity.start, amount.quantity.end)


def _alone(rule: Rule, amount: Amount, other: Rule, *, is_ours: bool) -> Pull:
    """A bound that only one rule sets makes it concrete; one that must be met for a gain narrows who has it."""
    start = segment_at(rule.text, amount.quantity.start)[0]
    is_given = has("gain", rule.text[start : amount.quantity.start])
    place = _said_in(rule.text, amount)
    evidence = (rule.evidence(*place),)
    said = one_quoted(rule.text, *place)
    who = "本方" if is_ours else "对方"
    is_gain = stake(rule.text) == "gain" or _ALSO.match(rule.text, start) is not None
    if is_gain and amount.quantity.bound == "min" and not is_given:
        label: Label = "更严" if is_ours else "更宽"
        return Pull(label, f"只有{who}要求{said}：{who}多一项条件", evidence)
    if is_ours:
        return Pull("细化", f"只有本方定了{said}", evidence)
    return Pull("不同", f"本方{lacking(other, said[1:-1])}对方定的{said}", evidence)


def _said_in(text: str, amount: Amount) -> tuple[int, int]:
    """The part of the sentence that sets the amount, where it is short enough to be quoted, else the amount alone."""
    start, end = segment_at(text, amount.quantity.start)
    if end - start <= LONGEST and amount.quantity.end <= end:
        return start, end
    return amount.quantity.start, amount.quantity.end


def _compared(of: Rule, ours: Amount, to: Rule, theirs: Amount) -> Pull:
    evidence = (_shown(of, ours), _shown(to, theirs))
    change = f"“{theirs.text}”变为“{ours.text}”"
    higher = _higher(of.text, ours)
    if higher == "unknown":
        higher = _higher(to.text, theirs)
    up = size(ours) - size(theirs)
    if higher == "unknown" or up == 0:
        return Pull("不同", f"{change}：标准不同", evidence)
    is_stricter = (up > 0) == (higher == "stricter")
    how = "提高" if up > 0 else "降低"
    if kind_of(ours.quantity.unit) == "time":
        how = "延长" if up > 0 else "缩短"
    said = "要求更严" if is_stricter else "更为宽松"
    return Pull("更严" if is_stricter else "更宽", f"{change}：{how}，{said}", evidence)


def _higher(text: str, amount: Amount) -> Higher:
    quantity = amount.quantity
    start, end = segment_at(text, quantity.start)
    before, behind = text[start : quantity.start], text[quantity.end : min(end, quantity.end + _BEHIND)]
    bound = bound_of(text, quantity)
    if text[quantity.end - 1] == "后" or re.match("(?:之|以)?后", behind):
        return "stricter"
    if behind.startswith("的") or text[:end].endswith("的") or quantity.unit == _AGE:  # 满10年的, 60周岁以上老年人
        plain = _BY_BOUND.get(bound, "unknown")
        is_turned = stake(text) == "cost" and not modals(before) and quantity.unit != _AGE
        return _TURNED[plain] if is_turned else plain
    if bound == "max" and "不" in quantity.text:  # a cap, also on what is taken: 收费不得超过50元
        return "wider"
    before = _after_duty(before)
    given, taken = _nearest("gain", before, behind), _nearest("cost", before, behind)
    if given is not None or taken is not None:
        return "wider" if taken is None or (given is not None and given <= taken) else "stricter"
    return _by_rule(text, amount, bound)


def _by_rule(text: str, amount: Amount, bound: str) -> Higher:
    """What a higher quantity is where the words round it do not tell: by its bound, else by the whole rule."""
    if bound in _BY_BOUND:
        return _BY_BOUND[bound]
    is_due = any(modal.kind == "duty" for modal in modals(text)) and kind_of(amount.quantity.unit) in {"count", "time"}
    if is_due or stake(text) == "cost":
        return "stricter"
    return "wider" if stake(text) == "gain" else "unknown"


def _after_duty(before: str) -> str:
    """The words behind the last 须 or 应: what stands before it is no amount given (放宽条件招聘的须服务满5年)."""
    last = max((modal.end for modal in modals(before) if modal.kind in {"duty", "prohibition"}), default=0)
    return before[last:]


def _nearest(words: Literal["gain", "cost"], before: str, behind: str) -> int | None:
    """Characters to the nearest word, before the quantity or close behind it; None where there is none."""
    ahead = [len(before) - end for _, end in matches(words, before)]
    after = [start for start, _ in matches(words, behind)]
    return min([*ahead, *after], default=None)
