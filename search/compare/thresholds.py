"""Quantities of two rules: equal, higher or lower, and whether higher is stricter; or only one rule has them.

Whether higher is stricter is read from the words round a quantity, in this order: an amount that is given (补贴100元)
is wider, one that is taken (罚款100元) stricter; the time between two turns (每两年) wider for a duty; else a minimum
raised is stricter and a maximum raised wider. What none of these tells is another arrangement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from search.compare.model import Evidence, Label
from search.compare.rule import Pull, Rule
from search.compare.stakes import has, matches, segment_at, stake
from search.measures import kind_of
from search.modals import modals
from search.quantities import Quantity, quantities

Higher = Literal["stricter", "wider", "unknown"]

_AGE = "岁"
_TURNED: dict[Higher, Higher] = {"stricter": "wider", "wider": "stricter", "unknown": "unknown"}
"""A condition of a burden: the higher it is set, the fewer are burdened (停放超过30分钟的收费)."""
_BEHIND = 8
"""Characters behind a quantity that still say what it is: 100元以下罚款."""
_TURN = re.compile(r"每隔?$")
_EVERY = re.compile(r"每(?:一|个)?(年|学年|月|季度|周|学期|日|天)")
_TURNS = {"年": 365, "学年": 365, "学期": 182, "季度": 91, "月": 30, "周": 7, "日": 1, "天": 1}
_DAYS = {"年": 365, "学年": 365, "学期": 182, "季度": 91, "个月": 30, "周": 7, "天": 1, "日": 1}


def pulls_of_quantities(of: Rule, to: Rule) -> tuple[Pull, ...]:
    """One pull for each unit that the rules differ in; none where all quantities are equal."""
    ours, theirs = _telling(of.text, to.text), _telling(to.text, of.text)
    units = dict.fromkeys(quantity.unit for quantity in (*ours, *theirs))
    pulls = [
        _pull(of, [q for q in ours if q.unit == unit], to, [q for q in theirs if q.unit == unit]) for unit in units
    ]
    found = [pull for pull in (*pulls, _turns(of, to)) if pull is not None]
    labels = {pull.label for pull in found}
    if ours and theirs and len(units) > 1 and not {q.unit for q in ours} & {q.unit for q in theirs}:
        return (_other_units(of, ours[0], to, theirs[0]),)
    return tuple(found) if "细化" not in labels or len(labels) == 1 else tuple(p for p in found if p.label != "细化")


def equal_quantity(of: Rule, to: Rule) -> Pull | None:
    """一致 by the first quantity that both rules have, for the reason of a rule that is else alike."""
    for ours in _telling(of.text):
        for theirs in _telling(to.text):
            if _value(ours) == _value(theirs):
                reason = f"“{ours.text}”对“{theirs.text}”：要求相同"
                return Pull("一致", reason, (_shown(of, ours), _shown(to, theirs)))
    return None


def _telling(text: str, other: str = "") -> list[Quantity]:
    """A count of one stands for an article (一个) unless `other` counts the same; 每五年 is a turn, told apart."""
    counted = {q.unit for q in quantities(other) if not _is_article(q)}
    found = [q for q in quantities(text) if not _TURN.search(text, 0, q.start)]
    return [q for q in found if not _is_article(q) or q.unit in counted]


def _is_article(quantity: Quantity) -> bool:
    return quantity.bound == "exact" and quantity.low == 1 and kind_of(quantity.unit) in {"count", "grade"}


def _value(quantity: Quantity) -> tuple[float | None, float | None, str]:
    return quantity.low, quantity.high, quantity.unit


def _shown(rule: Rule, quantity: Quantity) -> Evidence:
    return rule.evidence(quantity.start, quantity.end)


def _other_units(of: Rule, ours: Quantity, to: Rule, theirs: Quantity) -> Pull:
    reason = f"“{ours.text}”对“{theirs.text}”：标准的口径不同"
    return Pull("不同", reason, (_shown(of, ours), _shown(to, theirs)))


def _pull(of: Rule, ours: Sequence[Quantity], to: Rule, theirs: Sequence[Quantity]) -> Pull | None:
    """Quantities of one unit, those equal in both left out, the rest compared in reading order."""
    only = [q for q in ours if _value(q) not in [_value(other) for other in theirs]]
    gone = [q for q in theirs if _value(q) not in [_value(other) for other in ours]]
    if only and gone:
        return _compared(of, only[0], to, gone[0])
    if only and not theirs:
        return _alone(of, only[0], is_ours=True)
    return _alone(to, gone[0], is_ours=False) if gone and not ours else None


def _alone(rule: Rule, quantity: Quantity, *, is_ours: bool) -> Pull:
    """A bound that only one rule sets makes it concrete; one that must be met for a gain narrows who has it."""
    start = segment_at(rule.text, quantity.start)[0]
    is_given = has("gain", rule.text[start : quantity.start])
    evidence = (_shown(rule, quantity),)
    if stake(rule.text) == "gain" and quantity.bound == "min" and not is_given:
        label: Label = "更严" if is_ours else "更宽"
        return Pull(label, f"只有{'本方' if is_ours else '对方'}要求“{quantity.text}”：多一项条件", evidence)
    return Pull("细化", f"只有{'本方' if is_ours else '对方'}定了“{quantity.text}”", evidence)


def _compared(of: Rule, ours: Quantity, to: Rule, theirs: Quantity) -> Pull:
    evidence = (_shown(of, ours), _shown(to, theirs))
    change = f"“{theirs.text}”变为“{ours.text}”"
    higher = _higher(of.text, ours)
    up = _size(ours) - _size(theirs)
    if higher == "unknown" or up == 0:
        return Pull("不同", f"{change}：标准不同", evidence)
    is_stricter = (up > 0) == (higher == "stricter")
    how = "提高" if up > 0 else "降低"
    said = "要求更严" if is_stricter else "更为宽松"
    return Pull("更严" if is_stricter else "更宽", f"{change}：数额{how}，{said}", evidence)


def _size(quantity: Quantity) -> float:
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    return sum(ends) / len(ends)


def _higher(text: str, quantity: Quantity) -> Higher:
    start, end = segment_at(text, quantity.start)
    before = text[start : quantity.start]
    behind = text[quantity.end : min(end, quantity.end + _BEHIND)]
    by_bound: dict[str, Higher] = {"min": "stricter", "max": "wider"}
    if behind.startswith("的") or text[:end].endswith("的") or quantity.unit == _AGE:  # 满10年的, 60周岁以上老年人
        plain = by_bound.get(quantity.bound, "unknown")
        is_turned = stake(text) == "cost" and not modals(before) and quantity.unit != _AGE
        return _TURNED[plain] if is_turned else plain
    if quantity.bound == "max" and quantity.text.startswith("不"):  # a cap, also on what is taken: 收费不得超过50元
        return "wider"
    given, taken = _nearest("gain", before, behind), _nearest("cost", before, behind)
    if given is not None or taken is not None:
        return "wider" if taken is None or (given is not None and given <= taken) else "stricter"
    is_due = any(modal.kind == "duty" for modal in modals(text)) and kind_of(quantity.unit) in {"count", "time"}
    return by_bound.get(quantity.bound, "stricter" if is_due else "unknown")


def _nearest(words: Literal["gain", "cost"], before: str, behind: str) -> int | None:
    """Characters to the nearest word, before the quantity or close behind it; None where there is none."""
    ahead = [len(before) - end for _, end in matches(words, before)]
    after = [start for start, _ in matches(words, behind)]
    return min([*ahead, *after], default=None)


def _turns(of: Rule, to: Rule) -> Pull | None:
    """每年 against 每两年: a duty that comes round more seldom is wider, a gain stricter."""
    ours, theirs = _turn(of.text), _turn(to.text)
    if ours is None or theirs is None or ours[0] == theirs[0]:
        return None
    more_often = ours[0] < theirs[0]
    is_stricter = more_often != (stake(of.text) == "gain")
    reason = f"“{to.text[slice(*theirs[1])]}”变为“{of.text[slice(*ours[1])]}”：{'更勤' if more_often else '更疏'}"
    return Pull("更严" if is_stricter else "更宽", reason, (of.evidence(*ours[1]), to.evidence(*theirs[1])))


def _turn(text: str) -> tuple[float, tuple[int, int]] | None:
    """(days, place) of how often the rule comes round; None where it says so not once alone."""
    found = [(float(_TURNS[m[1]]), (m.start(), m.end())) for m in _EVERY.finditer(text)]
    for quantity in quantities(text):
        lead = _TURN.search(text, 0, quantity.start)
        if lead and quantity.unit in _DAYS and quantity.low is not None:
            found.append((quantity.low * _DAYS[quantity.unit], (lead.start(), quantity.end)))
    return found[0] if len(found) == 1 else None
