"""How much a rule weighs for who tells of it: what binds and can be counted first, what only exhorts last."""

from __future__ import annotations

from functools import lru_cache

from corpus.model import Document
from corpus.places import load
from search.compare.dates import dates
from search.compare.model import Label
from search.compare.stakes import has, matches
from search.measures import kind_of
from search.modals import ModalKind, modals, telling
from search.quantities import Quantity, quantities

LABELLED: dict[Label, float] = {
    "一致": 0.0,
    "细化": 1.0,
    "不同": 1.0,
    "更宽": 2.0,
    "更严": 2.0,
    "新增": 0.0,
    "未规定": 0.0,
}
"""What a label adds to the weight of the words it rests on."""
LIGHT = 1.0
"""Weight below which a rule only exhorts."""
_QUANTITY, _BOUNDED = 2.0, 1.0
"""Of a quantity, and more for one with a bound (不少于, 以上); a second one counts half."""
_DATE = 1.5
_MODALS: dict[ModalKind, float] = {
    "prohibition": 2.5,
    "release": 2.0,
    "duty": 1.0,
    "permission": 1.0,
    "soft_duty": 0.5,
    "encouragement": -0.5,
}
_PRIVILEGE = _EXCEPTION = 1.0
_CONDITION = _STAKE = _PROCEDURE = _PLACES = 0.5
_VAGUE = 0.5
"""What is left of the weight of a rule that only gives a direction."""
_RANKS = {"national": 0, "province": 1, "city": 2, "county": 3}
_CODE = {"province": 2, "city": 4, "county": 6}
"""Digits of a region's code that the places below it share."""


@lru_cache(maxsize=4096)
def weight(text: str) -> float:
    """0 for what only exhorts; a bounded quantity is 3, a ban 2.5, a plain duty or permission 1.

    >>> weight("每年不少于90学时") > weight("不得低于同级标准") > weight("应定期公开") > weight("加强组织领导")
    True
    """
    found = sorted((_of(quantity) for quantity in quantities(text)), reverse=True)[:2]
    total = sum(value / place for place, value in enumerate(found, 1))
    total += _DATE * bool(dates(text))
    total += sum(_MODALS[kind] for kind in {modal.kind for modal in modals(text)})
    total += _PRIVILEGE * any(word in text for word in telling().privilege)
    total += _EXCEPTION * has("exception", text) + _CONDITION * has("condition", text)
    total += _STAKE * (has("gain", text) or has("cost", text)) + _PROCEDURE * bool(matches("procedure", text))
    total += _PLACES * bool(load().find(text))
    return max(0.0, total * _VAGUE if not found and has("vague", text) else total)


def _of(quantity: Quantity) -> float:
    if quantity.bound != "exact":
        return _QUANTITY + _BOUNDED
    return 0.0 if quantity.low == 1 and kind_of(quantity.unit) == "count" else _QUANTITY  # 一个 is an article


def is_above(one: Document, other: Document) -> bool:
    """Whether `one` is of a higher level than `other` and, unless national, of a place that holds the other's."""
    level, below = one.metadata.level, other.metadata.level
    if level is None or below is None or _RANKS[level] >= _RANKS[below]:
        return False
    if level == "national":
        return True
    own, code = one.metadata.region_code, other.metadata.region_code
    return own is not None and code is not None and own[: _CODE[level]] == code[: _CODE[level]]


def are_comparable(one: Document, other: Document) -> bool:
    """Whether stricter and looser say something of the two: not of two places of which neither holds the other."""
    local = [each for each in (one, other) if each.metadata.level not in {None, "national"}]
    is_one_place = one.metadata.region_code == other.metadata.region_code
    return len(local) < 2 or is_one_place or is_above(one, other) or is_above(other, one)
