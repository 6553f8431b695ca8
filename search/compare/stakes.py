"""What a rule means for those it rules on: a gain or a burden; and whether it says a direction or what to do."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from search.modals import modals
from search.quantities import quantities

Stake = Literal["gain", "cost", "none"]
Words = Literal[
    "gain", "cost", "vague", "procedure", "withdrawn", "exception", "condition", "relief",
    "negated", "approval", "filing", "own", "given",
]  # fmt: skip

_SEGMENT = re.compile(r"[^，。；：,;:\n]+")
_LISTED_FROM = 4
"""Items from which on a list says what is meant; two or three may stand in any phrase."""


def matches(words: Words, text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each word of the list in `text`, in reading order, the longest at each place."""
    return tuple((match.start(), match.end()) for match in _pattern(words).finditer(text))


def has(words: Words, text: str) -> bool:
    """Whether `text` holds a word of the list."""
    return _pattern(words).search(text) is not None


def stake(text: str) -> Stake:
    """What the rule is for those it rules on; where a permission stands without a word for it, a gain.

    >>> stake("每亩补贴100元"), stake("处100元罚款"), stake("不得停车"), stake("可就近停车")
    ('gain', 'cost', 'cost', 'gain')
    """
    kinds = {modal.kind for modal in modals(text)}
    if kinds & {"release", "permission"} or has("relief", text):
        return "gain"
    if has("cost", text) or "prohibition" in kinds:
        return "cost"
    return "gain" if has("gain", text) else "cost" if "duty" in kinds else "none"


def specifics(text: str) -> int:
    """How much of a rule says what to do: quantities, permissions, procedures, conditions, a long list."""
    telling = [modal for modal in modals(text) if modal.kind in {"permission", "prohibition", "release"}]
    lists = len(re.findall("、", text)) + 1 >= _LISTED_FROM
    conditions = len(re.findall("的(?=[，,])", text))
    return len(quantities(text)) + len(telling) + len(matches("procedure", text)) + conditions + lists


def is_direction(text: str) -> bool:
    """Whether a rule says only where to go: words of direction, no more than one thing to do."""
    return has("vague", text) and specifics(text) <= 1


def segments(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of the parts of `text` between marks; 、 and brackets join."""
    return tuple((match.start(), match.end()) for match in _SEGMENT.finditer(text))


def segment_at(text: str, offset: int) -> tuple[int, int]:
    """(start, end) of the part of `text` that the character at `offset` is in; all of it for a mark."""
    return next((part for part in segments(text) if part[0] <= offset < part[1]), (0, len(text)))


@cache
def _pattern(words: Words) -> re.Pattern[str]:
    data = tomllib.loads(files("search.compare").joinpath("stakes.toml").read_text(encoding="utf-8"))
    held: list[str] = data[words]["words"]
    return re.compile("|".join(re.escape(word) for word in sorted(held, key=len, reverse=True)))
