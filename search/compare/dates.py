"""Dates and turns of two rules: other days of the year or week, other times of day, more or less often."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import to_int
from search.compare.rule import Pull, Rule
from search.compare.stakes import segment_at, stake
from search.compare.wording import one_quoted, phrase
from search.quantities import quantities

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"(?P<month>{_NUMBER})(?:月(?:份)?)?[-—–~～至到](?P<last>{_NUMBER})月(?!\d)(?![一二三四五六七八九十]+日)"
    rf"|(?P<only>{_NUMBER})月(?:(?P<day>{_NUMBER})日|(?P<end>底|末)|(?P<start>初)|份)?"
    rf"|(?:周|星期)(?P<week>[一二三四五六日天])(?!个|次|岁)"
    rf"|每月(?P<monthly>{_NUMBER})日|(?P<hour>{_NUMBER})[时点](?!间|候|期|代|限|段|长|效|而|常|刻)"
)
_DAYS_IN = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EVERY = re.compile(r"(?:每(?:一|个)?|按|逐)(学年|半年|年度|年|学期|季度|季|半月|月|旬|周|日|天)")
_TURNS = {
    "学年": 365.0, "年度": 365.0, "年": 365.0, "半年": 182.5, "学期": 182.5, "季度": 91.25, "季": 91.25, "月": 30.4,
    "半月": 15.2, "旬": 10.0, "周": 7.0, "日": 1.0, "天": 1.0,
}  # fmt: skip
_DAYS = {"年": 365.0, "学年": 365.0, "学期": 182.5, "季度": 91.25, "个月": 30.4, "周": 7.0, "天": 1.0, "日": 1.0}
_TURN = re.compile(r"每隔?$")
_ONCE_OF = 0.1


@dataclass(frozen=True, slots=True)
class Date:
    """A date at characters `start` to `end` of a rule."""

    start: int
    end: int
    days: frozenset[tuple[str, int, int]]
    """What it names, in one form for all spellings: ("month", 6, 30), ("week", 2, 0), ("hour", 21, 0)."""


def pull_of_dates(of: Rule, to: Rule) -> Pull | None:
    """不同 where both rules name dates and neither names all of the other's."""
    ours, theirs = dates(of.text), dates(to.text)
    mine = frozenset(day for date in ours for day in date.days)
    others = frozenset(day for date in theirs for day in date.days)
    if not mine or not others or mine <= others or others <= mine:
        return None
    one = next(date for date in ours if not date.days <= others)
    other = next(date for date in theirs if not date.days <= mine)
    reason = f"“{to.text[other.start : other.end]}”变为“{of.text[one.start : one.end]}”：时间不同"
    return Pull("不同", reason, (of.evidence(one.start, one.end), to.evidence(other.start, other.end)))


def pull_of_turns(of: Rule, to: Rule) -> Pull | None:
    """每年 against 每两年: a duty that comes round more seldom is wider, a gain stricter."""
    ours, theirs = turn(of.text), turn(to.text)
    if ours is not None and theirs is None and not _EVERY.search(to.text):
        place = phrase(of.text, *segment_at(of.text, ours[1][0]))
        return Pull("细化", f"只有本方定了{one_quoted(of.text, *place)}", (of.evidence(*place),))
    if ours is None or theirs is None or abs(ours[0] - theirs[0]) <= _ONCE_OF * max(ours[0], theirs[0]):
        return None
    more_often = ours[0] < theirs[0]
    is_stricter = more_often != (stake(of.text) == "gain")
    reason = f"“{to.text[slice(*theirs[1])]}”变为“{of.text[slice(*ours[1])]}”：{'更勤' if more_often else '更疏'}"
    return Pull("更严" if is_stricter else "更宽", reason, (of.evidence(*ours[1]), to.evidence(*theirs[1])))


def turn(text: str) -> tuple[float, tuple[int, int]] | None:
    """(days, place) of how often the rule comes round; None where it says so not once alone."""
    found = [(_TURNS[m[1]], (m.start(), m.end())) for m in _EVERY.finditer(text)]
    for quantity in quantities(text):
        lead = _TURN.search(text, 0, quantity.start)
        if lead and quantity.unit in _DAYS and quantity.low is not None and quantity.text != "半年":
            found.append((quantity.low * _DAYS[quantity.unit], (lead.start(), quantity.end)))
    return found[0] if len(found) == 1 else None


def dates(text: str) -> list[Date]:
    """The dates that `text` names, in reading order."""
    return [Date(match.start(), match.end(), _days(match)) for match in _DATE.finditer(text)]


def _days(match: re.Match[str]) -> frozenset[tuple[str, int, int]]:
    if match["week"]:
        return frozenset({("week", "一二三四五六日天".index(match["week"]) % 7, 0)})
    if match["hour"]:
        return frozenset({("hour", _value(match["hour"]), 0)})
    if match["monthly"]:
        return frozenset({("monthly", _value(match["monthly"]), 0)})
    if match["month"]:
        last = _value(match["last"])
        return frozenset({("month", _value(match["month"]), 1), ("month", last, _last_of(last))})
    month = _value(match["only"])
    day = _value(match["day"]) if match["day"] else _last_of(month) if match["end"] else 1 if match["start"] else 0
    return frozenset({("month", month, day)})


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else to_int(numeral) or 0


def _last_of(month: int) -> int:
    return _DAYS_IN[month - 1] if 1 <= month <= len(_DAYS_IN) else 0
