"""Quantities of a rule as amounts that can be compared across units: 年 with 个月, 日 with 天, 名 with 人."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from search.compare.stakes import segment_at
from search.measures import Bound, kind_of
from search.quantities import Quantity, quantities

SAME = 0.02
"""Share by which two amounts may differ and be one: 30日 and 一个月, 33.33% and 三分之一."""
_HOURS = {
    "年": 8760.0, "学年": 8760.0, "学期": 4380.0, "季度": 2190.0, "个月": 730.0, "周": 168.0,
    "工作日": 33.6, "日": 24.0, "天": 24.0, "小时": 1.0, "分钟": 1 / 60,
}  # fmt: skip
"""A working day is more than a day: five make a week."""
_PERSONS = {"人", "名", "位"}
_FAR = 40
"""Times the shorter from which on two times are no two values of one thing: 10日 and 5年."""
_TURN = re.compile(r"每隔?$")
_LISTED = re.compile(r"、[^、，。；]{1,12}$")
_REACH = 10
"""Characters before a quantity in which a word may still bound it: 至少配备2名."""
_MIN = re.compile(r"最低|至少|最少|不少于|不低于|起点")
_MAX = re.compile(r"最高|最长|至多|最多|不超过|不得超过|限速|封顶|上限|控制在")


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity with what it measures: `kind` groups units that can be compared, `factor` makes them one unit."""

    quantity: Quantity
    kind: str
    factor: float

    @property
    def text(self) -> str:
        """The words of the quantity."""
        return self.quantity.text


def amounts(text: str, other: str = "") -> list[Amount]:
    """The amounts of `text` in reading order, without turns (每五年), names of grades (二级) and articles.

    A count of one is an article (一个) unless `other` counts the same.
    """
    counted = {_kind(q.unit) for q in quantities(other) if not _is_article(q)}
    found = [q for q in quantities(text) if not (_TURN.search(text, 0, q.start) or _is_grade(q) or _sums_up(text, q))]
    kept = [q for q in found if not _is_article(q) or _kind(q.unit) in counted]
    return [Amount(q, _kind(q.unit), _HOURS.get(q.unit, 1.0)) for whole in kept for q in _ends(whole)]


def comparable(one: Amount, other: Amount) -> bool:
    """Whether two amounts may be two values of one thing."""
    if one.kind != other.kind:
        return False
    if one.quantity.unit == other.quantity.unit or one.kind != "time":
        return True
    low, high = sorted((size(one), size(other)))
    return high <= _FAR * low


def size(amount: Amount) -> float:
    """The amount in the unit of its kind; of a range the middle."""
    ends = [end for end in (amount.quantity.low, amount.quantity.high) if end is not None]
    return amount.factor * sum(ends) / len(ends)


def bound_of(text: str, quantity: Quantity) -> Bound:
    """The bound of a quantity, also by a word a little further off."""
    if quantity.bound != "exact":
        return quantity.bound
    before = text[max(segment_at(text, quantity.start)[0], quantity.start - _REACH) : quantity.start]
    if _MIN.search(before):
        return "min"
    return "max" if _MAX.search(before) else "exact"


def _kind(unit: str) -> str:
    if unit in _HOURS:
        return "time"
    return "人" if unit in _PERSONS else unit


def _is_article(quantity: Quantity) -> bool:
    return quantity.bound == "exact" and quantity.low == 1 and kind_of(quantity.unit) in {"count", "grade"}


def _ends(quantity: Quantity) -> tuple[Quantity, ...]:
    """A range of ages is two thresholds: 18—55周岁 is 18周岁以上 and 55周岁以下."""
    if quantity.bound != "range" or kind_of(quantity.unit) != "age":
        return (quantity,)
    return replace(quantity, high=None, bound="min"), replace(quantity, low=None, bound="max")


def _sums_up(text: str, quantity: Quantity) -> bool:
    """The number behind a list: 养老、失业、工伤三项."""
    is_count = quantity.bound == "exact" and kind_of(quantity.unit) == "count"
    return is_count and _LISTED.search(text, segment_at(text, quantity.start)[0], quantity.start) is not None


def _is_grade(quantity: Quantity) -> bool:
    """八级, 三等, 两级财政: a name, not an amount."""
    return quantity.bound == "exact" and quantity.unit in {"级", "等", "类"}
