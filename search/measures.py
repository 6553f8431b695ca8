"""Words of measure: units (`units.txt`) and bounds (`bounds.toml`) as values, and the pattern they make together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Bound = Literal["min", "max", "exact", "range"]

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
_DIGITS = "零〇一二三四五六七八九"
_WORDS = rf"(?:[{_DIGITS}两][{_DIGITS}两十百千]*|十[{_DIGITS}]?)"
_CHINESE = rf"(?:{_WORDS}万{_WORDS}|{_WORDS}(?:点[{_DIGITS}]+)?|半)"
_NUMBER = rf"(?:{_ARABIC}|{_CHINESE})"
_SCALE = "[百千]?[万亿]|[百千]"
_TO = r"(?:[-—–―‒~～至到]{1,2})"
_NOT_QUANTITIES = (
    r"第\d+(?:[.、,至到和-]第?\d+)*[\u4e00-\u9fff]?",
    r"第[零〇一二三四五六七八九十百千两]+(?:[、,至到和-]第?[零〇一二三四五六七八九十百千两]+)*[\u4e00-\u9fff]?",
    rf"(?:19|20)\d\d年?(?:{_TO}(?:19|20)\d\d)?年(?:度|\d{{1,2}}月(?:\d{{1,2}}日)?)?",
    r"[一二]?[〇零○一二三四五六七八九]{3,4}年(?:[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?)?",
    r"\d{1,2}月\d{1,2}日",
    r"\d{1,2}时\d{1,2}分",
    r"\d+(?:\.\d+){2,}",
    r"[\"'“‘《〈「][一二三四五六七八九十两]+[\u4e00-\u9fff]",
)
"""What holds a number and is no quantity: ordinals, dates, clock times, section numbers, slogans in quotation marks."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A way to write a unit: `factor` of the unit `name` each; `kind` groups units (time, money, count…)."""

    name: str
    spelling: str
    factor: float
    kind: str
    needs_bound: bool
    """Alone it is a date or an ordinal (3月, 5日); with a bound a quantity (5日内)."""
    not_before: str
    """Characters that make another word of it: 个人, 项目."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Bounds by the words that set them, before and after a number, and the other words of `bounds.toml`."""

    before: Mapping[str, Bound]
    after: Mapping[str, Bound]
    between: tuple[str, ...]
    shares: Mapping[str, float]
    """Hundredths that words without a number mean: 一半."""
    not_after: tuple[str, ...]
    set_phrases: tuple[str, ...]
    leads: tuple[str, ...]
    """Words that bring in a quantity, to be shown with it: 提前1年, 每月300元."""


@cache
def units() -> tuple[Unit, ...]:
    """Every spelling of `units.txt`, the longest first."""
    lines = files("search").joinpath("units.txt").read_text(encoding="utf-8").splitlines()
    held = [_unit(line.split("\t")) for line in lines if line and not line.startswith("#")]
    return tuple(sorted(held, key=lambda unit: -len(unit.spelling)))


def _unit(cells: list[str]) -> Unit:
    name, spelling, factor, kind, *rest = cells
    return Unit(name, spelling.rstrip("*"), float(factor), kind, spelling.endswith("*"), "".join(rest))


@cache
def _by_spelling() -> dict[str, Unit]:
    return {unit.spelling: unit for unit in units()}


def unit_of(spelling: str) -> Unit:
    """The unit that `spelling` writes; it must be one of `units`."""
    return _by_spelling()[spelling]


@cache
def kind_of(name: str) -> str:
    """The kind of the unit called `name`: time, age, money, share, grade, score, count or size."""
    return next(unit.kind for unit in units() if unit.name == name)


@cache
def measures() -> Measures:
    """The words of `bounds.toml`, read once."""
    data = tomllib.loads(files("search").joinpath("bounds.toml").read_text(encoding="utf-8"))
    return Measures(
        before=_before(data),
        after=_by_word(data["after"]),
        between=tuple(data["between"]["words"]),
        shares={word: float(share) for word, share in data["shares"].items()},
        not_after=tuple(data["not_after"]["words"]),
        set_phrases=tuple(data["set_phrases"]["words"]),
        leads=tuple(data["leads"]["words"]),
    )


def _by_word(table: Mapping[str, list[str]]) -> dict[str, Bound]:
    names: dict[str, Bound] = {"min": "min", "max": "max", "exact": "exact"}
    return {word: names[name] for name, words in table.items() for word in words}


def _before(data: Mapping[str, Any]) -> dict[str, Bound]:
    """A comparative with a negation before it means the opposite: 不少于 is a minimum."""
    plain = _by_word(data["comparatives"])
    opposite: dict[Bound, Bound] = {"min": "max", "max": "min"}
    negated = {no + word: opposite[bound] for word, bound in plain.items() for no in data["negations"]["words"]}
    return negated | plain | _by_word(data["before"])


@cache
def pattern() -> re.Pattern[str]:
    """Finds quantities in folded text, and first what is none, which has neither of the groups unit, of and share.

    Groups: before, after (bounds), first and number with first_scale and scale, unit, half; of and parts with
    first_parts (三分之二); share (一半).
    """
    table = measures()
    short = "".join(rf"(?<!{word})" for word in table.before if len(word) == 1)  # 满 begins other words: 满足…的3项
    of_what = rf"(?:{short}[^,.;:。、!?()\n\d]{{1,10}}的)?"
    before = rf"(?:(?P<before>{_any(table.before)}){of_what}(?:{_any(table.between)}){{0,2}})?"
    after = rf"(?:\((?:不?含)[^()]{{0,6}}\))?(?:及|或)?(?P<after>{_any(table.after)})(?:\(不?含[^()]{{0,6}}\))?"
    spelled = "|".join(_spelled(unit) for unit in units())
    single = rf"(?<![{''.join(table.not_after)}](?=一))(?<![上下](?=半))(?<![\d.])"
    ranged = rf"(?:(?P<first>{_NUMBER})(?P<first_scale>{_SCALE})?[余多]?(?:{_bare()})?{_TO})?"
    number = rf"{single}{ranged}(?P<number>{_NUMBER})(?P<scale>{_SCALE})?[余多]?\n?(?P<unit>{spelled})(?P<half>半)?"
    whole = rf"(?P<of>百|千|万|{_NUMBER})分之"
    part = rf"(?:百|{_NUMBER})"
    parts = rf"{whole}(?:(?P<first_parts>{part}){_TO}(?:[百千万]分之)?)?(?P<parts>{part})"
    share = rf"(?P<share>{_any(table.shares)})"
    none = "|".join((_any(table.set_phrases), *_NOT_QUANTITIES))
    return re.compile(rf"{none}|{before}(?:{parts}|{number}|{share})(?:{after})?")


def _spelled(unit: Unit) -> str:
    return re.escape(unit.spelling) + (f"(?![{unit.not_before}])" if unit.not_before else "")


def _bare() -> str:
    """Units between the ends of a range that repeats them: 3年至5年."""
    return _any(unit.spelling for unit in units())


def _any(words: Iterable[str]) -> str:
    """A pattern for any of `words`, longer ones tried first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
