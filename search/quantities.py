"""Quantities in administrative text as values: 不少于 90 学时, 3—5年, 提高一至两级, 40周岁及以下, 三分之二.

Dates (2017年9月4日), numbers of documents, ordinals (第三条) and numbering (（三）) are no quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.numerals import to_int
from indexer.fold import fold_map
from search.measures import Bound, measures, unit_of
from search.measures import pattern as measured

_TENTHS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_SCALE = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "": 1}
_LISTED = re.compile(r"\s*[、,或和及]\s*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at characters `start` to `end` of a text, with the words that bound it; `text` is that slice.

    `low` and `high` count `unit` (5万元 is 50000 of 元, 三分之二 is 66.67 of %); a minimum has no `high`, a maximum no
    `low`, an exact one has both the same. A bound includes its end or not: 超过5年 and 5年以上 are both "min".
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    unit: str
    bound: Bound


@lru_cache(maxsize=2048)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of `text` in reading order; none overlap.

    >>> [(q.text, q.low, q.high, q.unit, q.bound) for q in quantities("每年不少于 90 学时，服务3—5年")]
    [('不少于 90 学时', 90, None, '学时', 'min'), ('3—5年', 3, 5, '年', 'range')]
    """
    folded, origin = fold_map(text)
    found: list[Quantity] = []
    for match in measured().finditer(folded):
        if match["unit"] is None and match["share"] is None and match["of"] is None:
            continue
        quantity = _quantity(match)
        if quantity is not None:
            start, end = origin[match.start()], origin[match.end() - 1] + 1
            found.append(replace(quantity, start=start, end=end, text=text[start:end]))
    return _bounds_shared(text, found)


def _quantity(match: re.Match[str]) -> Quantity | None:
    """The value that `match` writes, its place left at 0; None where it is no numeral or needs a bound and has none."""
    bound = _bound(match)
    if match["share"] is not None:
        share = measures().shares[match["share"]]
        return _valued((share, share), "%", bound)
    if match["of"] is not None:
        ends = _parts(match)
        return None if ends is None else _valued(ends, "%", bound)
    unit = unit_of(match["unit"])
    if unit.needs_bound and bound == "exact" and match["half"] is None:
        return None
    ends = _ends(match)
    if ends is None:
        return None
    half = 0.5 if match["half"] or "半" in unit.spelling else 0.0  # 一年半, 两个半月
    return _valued(((ends[0] + half) * unit.factor, (ends[1] + half) * unit.factor), unit.name, bound)


def _valued(ends: tuple[float, float], unit: str, bound: Bound) -> Quantity:
    low, high = _plain(ends[0]), _plain(ends[1])
    if low != high:
        return Quantity(0, 0, "", low, high, unit, "range")
    return Quantity(0, 0, "", None if bound == "max" else low, None if bound == "min" else high, unit, bound)


def _plain(value: float) -> float:
    """Whole numbers as such, others to six places: what a reader would write."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _bound(match: re.Match[str]) -> Bound:
    """The bound behind a number wins over the one before it: 低于5分以内 reaches 5 分 at most."""
    table = measures()
    if match["after"] is not None:
        return table.after[match["after"]]
    return "exact" if match["before"] is None else table.before[match["before"]]


def _ends(match: re.Match[str]) -> tuple[float, float] | None:
    """Both ends of the number; 一两年 and 三五天 are ranges written without a mark."""
    last, first = match["number"], match["first"]
    if first is None and re.fullmatch(r"[一二两三四五六七八九]{2}", last):
        first, last = last[0], last[1]
    scale = _SCALE[match["scale"] or ""]
    high = value(last)
    low = high if first is None else value(first)
    if low is None or high is None:
        return None
    low_scale = scale if not match["first_scale"] else _SCALE[match["first_scale"]]
    if first is not None and low * low_scale > high * scale:
        low_scale = 1  # 5000至1万元
    return low * low_scale, high * scale


def _parts(match: re.Match[str]) -> tuple[float, float] | None:
    """Hundredths of the part 三分之二, 百分之十至百分之十五."""
    whole = _TENTHS.get(match["of"]) or value(match["of"])
    last = value(match["parts"])
    first = last if match["first_parts"] is None else value(match["first_parts"])
    if not whole or last is None or first is None:
        return None
    return 100 * first / whole, 100 * last / whole


def value(numeral: str) -> float | None:
    """The number that a folded numeral writes: 90, 1.5, 5,000, 二十一, 两, 半, 一点五; None if it is none.

    >>> value("5,000"), value("一点五"), value("半"), value("百")
    (5000, 1.5, 0.5, 100)
    """
    if numeral == "半":
        return 0.5
    if numeral in _TENTHS:
        return _TENTHS[numeral]
    if numeral[0].isdecimal():
        number = float(numeral.replace(",", ""))
        return int(number) if number.is_integer() else number
    whole, _, decimals = numeral.partition("点")
    read = [to_int(part) for part in (whole, *tuple(decimals))]
    digits = [digit for digit in read if digit is not None]
    if len(digits) < len(read):
        return None
    return digits[0] + sum(digit / float(10**place) for place, digit in enumerate(digits[1:], 1))


def _bounds_shared(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """The bound behind the last of a list goes for all: 10年、20年、30年以上."""
    shared: list[Quantity] = []
    for quantity in reversed(found):
        after = shared[-1] if shared else None
        is_listed = after is not None and _LISTED.fullmatch(text[quantity.end : after.start]) is not None
        shared.append(_bounded_as(quantity, after) if after is not None and is_listed else quantity)
    return tuple(reversed(shared))


def _bounded_as(quantity: Quantity, other: Quantity) -> Quantity:
    """An exact quantity with the bound of another of the same unit; any other one as it is."""
    if quantity.bound != "exact" or quantity.unit != other.unit:
        return quantity
    if other.bound == "min":
        return replace(quantity, high=None, bound="min")
    return replace(quantity, low=None, bound="max") if other.bound == "max" else quantity
