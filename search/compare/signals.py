"""What the tests of two rules find, as named numbers that speak for or against each label.

更严 and 更宽 have the same names: what pulls there, and what pulls the other way. `weighing` says what each counts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.compare.circles import pull_of_bodies, pull_of_levels, pull_of_lists, pull_of_places
from search.compare.conditions import pull_of_alternatives, pulls_beyond
from search.compare.counterparts import Counterparts, contrast, counterparts
from search.compare.dates import pull_of_dates, pull_of_turns
from search.compare.degrees import pull_of_degrees
from search.compare.force import pull_of_force, pull_of_leave, withdrawal
from search.compare.insubstantial import likeness
from search.compare.stakes import has, specifics
from search.compare.swaps import swap
from search.compare.thresholds import equal_quantity, pulls_of_quantities

if TYPE_CHECKING:
    from search.compare.model import Label
    from search.compare.rule import Pull, Rule

JUDGED: tuple[Label, ...] = ("一致", "细化", "更严", "更宽", "不同")
"""The labels of two rules, in the order of the rows of `Signals.values`."""
SIDES: dict[Label, Label] = {"更严": "更宽", "更宽": "更严"}
_TESTS: tuple[tuple[str, Callable[[Rule, Rule], Pull | None]], ...] = (
    ("force", pull_of_force),
    ("leave", pull_of_leave),
    ("turns", pull_of_turns),
    ("alternatives", pull_of_alternatives),
    ("degrees", pull_of_degrees),
    ("lists", pull_of_lists),
    ("levels", pull_of_levels),
    ("places", pull_of_places),
    ("bodies", pull_of_bodies),
    ("dates", pull_of_dates),
)
_BEYOND = ("exception", "listed", "narrowed", "conditional")
_SIDED = (
    "force",
    "leave",
    "quantity",
    "turns",
    "alternatives",
    "degrees",
    "lists",
    "levels",
    "required",
    "withdrawn",
    *_BEYOND,
)
EVIDENCE: dict[Label, frozenset[str]] = {
    "一致": frozenset(),
    "细化": frozenset({"quantity", "places", "lists", "detail"}),
    "更严": frozenset(_SIDED),
    "更宽": frozenset(_SIDED),
    "不同": frozenset({"quantity", "lists", "levels", "places", "bodies", "dates", "swap"}),
}
"""The tests whose pulls are a reason for a label."""
AGAINST: dict[str, frozenset[str]] = {
    "same": frozenset({"quantity", "frame", "lost", "longer", "fuller"}),
    "finer": frozenset(),
    "sided": frozenset({"directed", "lost"}),
    "other": frozenset({"near"}),
}
"""What can only speak against the labels of a table."""
_CLEAN = 0.85
"""Share of the other rule's words that have a counterpart from which on the first says all that the other says."""
_ALIKE = 0.6
"""Likeness from which on words that only one rule has are an addition to the same sentence."""
_FRAME = 0.42
"""Share of words in one order from which on other words in one place are another thing in the same sentence."""
_STEEP = 4.0
_FEW, _MUCH = 6.0, 14.0
"""Characters of both without a counterpart up to which other words may say the same, and from which on they do not."""
_SPECIFICS = 4
_LENGTHS = 2.0
"""Most that a difference of lengths counts, as the logarithm of their quotient."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What was found, most telling tests first, and the numbers that speak on each label of `JUDGED`."""

    pulls: tuple[tuple[str, Pull], ...]
    values: dict[Label, dict[str, float]]
    words: Counterparts

    def of_label(self, label: Label) -> list[tuple[str, Pull]]:
        """The pulls to `label` that count, with the names of their tests."""
        counted = self.values[label]
        return [(name, pull) for name, pull in self.pulls if pull.label == label and counted.get(name, 1.0)]


@dataclass(frozen=True, slots=True)
class _Facts:
    """Numbers that several labels share."""

    least: float
    most: float
    near: float
    alike: float
    longer: float
    fuller: float
    frame: float
    is_directed: bool
    """Whether only `to` says no more than a direction."""
    are_directions: bool
    is_equal: bool
    lost: float
    """0 to 1: how far both say much that the other does not."""


def signals(of: Rule, to: Rule, meaning: float | None = None) -> Signals:
    """Ask every test; `meaning` is the cosine of the vectors of both texts, None for what their words alone say."""
    words = counterparts(of.text, to.text)
    pulls = tuple(_pulls(of, to, words))
    alike = likeness(of.text, to.text)
    changed = swap(of, to)
    facts = _Facts(
        least=min(words.cover_of, words.cover_to),
        most=max(words.cover_of, words.cover_to),
        near=(words.cover_of + words.cover_to) / 2 if meaning is None else meaning,
        alike=alike,
        longer=max(-_LENGTHS, min(_LENGTHS, math.log((words.weight_of + 2) / (words.weight_to + 2)))),
        fuller=(min(_SPECIFICS, specifics(of.text)) - min(_SPECIFICS, specifics(to.text))) / 2,
        frame=max(0.0 if changed is None else changed.frame, alike if "dates" in {name for name, _ in pulls} else 0.0),
        is_directed=_is_direction(to.text) and not _is_direction(of.text),
        are_directions=_is_direction(to.text) and _is_direction(of.text),
        is_equal=equal_quantity(of, to) is not None,
        lost=_lost(words),
    )
    if changed is not None and "dates" not in {name for name, _ in pulls}:  # 5月 for 4月 is told better as a date
        pulls = (*pulls, ("swap", changed.pull))
    values: dict[Label, dict[str, float]] = {
        "一致": _same(facts, pulls),
        "细化": _finer(facts, words, pulls),
        "更严": _sided("更严", facts, words, pulls),
        "更宽": _sided("更宽", facts, words, pulls),
        "不同": _other(of, to, facts, pulls),
    }
    return Signals(pulls, values, words)


def _pulls(of: Rule, to: Rule, words: Counterparts) -> Iterator[tuple[str, Pull]]:
    back = withdrawal(of)
    if back is not None and withdrawal(to) is None:
        yield "withdrawn", back
    for pull in pulls_of_quantities(of, to):
        yield ("required" if "多一项条件" in pull.reason else "quantity"), pull
    for name, test in _TESTS:
        found = test(of, to)
        if found is not None:
            yield name, found
    yield from pulls_beyond(of, to, words)


def _count(pulls: tuple[tuple[str, Pull], ...], name: str, label: Label) -> float:
    return float(any(held == name and pull.label == label for held, pull in pulls))


def _same(facts: _Facts, pulls: tuple[tuple[str, Pull], ...]) -> dict[str, float]:
    names = {name for name, _ in pulls}
    return {
        "bias": 1.0,
        "least": facts.least,
        "most": facts.most,
        "near": facts.near,
        "alike": facts.alike,
        "equal": float(facts.is_equal),
        "quantity": float("quantity" in names or "required" in names),
        "frame": _in_frame(facts),
        "lost": facts.lost,
        "longer": abs(facts.longer),
        "fuller": max(0.0, facts.fuller),
        "directions": float(facts.are_directions),
    }


def _finer(facts: _Facts, words: Counterparts, pulls: tuple[tuple[str, Pull], ...]) -> dict[str, float]:
    return {
        "bias": 1.0,
        "longer": facts.longer,
        "fuller": facts.fuller,
        "cover_of": words.cover_of,
        "cover_to": words.cover_to,
        "near": facts.near,
        "directed": float(facts.is_directed),
        "directions": float(facts.are_directions),
        "quantity": _count(pulls, "quantity", "细化"),
        "places": _count(pulls, "places", "细化"),
        "lists": _count(pulls, "lists", "细化"),
        "detail": _count(pulls, "detail", "细化"),
    }


def _sided(label: Label, facts: _Facts, words: Counterparts, pulls: tuple[tuple[str, Pull], ...]) -> dict[str, float]:
    clean = float(facts.most >= _CLEAN and facts.alike >= _ALIKE and not (words.only_of and words.only_to))
    values = {
        "alike": facts.alike,
        "near": facts.near,
        "directed": float(facts.is_directed),
        "lost": facts.lost,
    }
    for name in _SIDED:
        values[name] = _count(pulls, name, label) * (clean if name in (*_BEYOND, "required") else 1.0)
        values[f"{name}_near"] = values[name] * facts.near
    return values


def _other(of: Rule, to: Rule, facts: _Facts, pulls: tuple[tuple[str, Pull], ...]) -> dict[str, float]:
    return {
        "swap": facts.frame,
        "frame": _in_frame(facts),
        "near": facts.near,
        "apart": 1 - facts.most,
        "lost": facts.lost,
        "contrast": float(contrast(of.text, to.text) is not None),
        **{name: _count(pulls, name, "不同") for name in ("quantity", "lists", "levels", "places", "bodies", "dates")},
    }


def _lost(words: Counterparts) -> float:
    own, other = (1 - words.cover_of) * words.weight_of, (1 - words.cover_to) * words.weight_to
    return max(0.0, min(1.0, (min(own, other) - _FEW) / (_MUCH - _FEW)))


def _in_frame(facts: _Facts) -> float:
    """0 to 1: how surely words that changed stand in one and the same sentence."""
    return min(1.0, max(0.0, _STEEP * (facts.frame - _FRAME)))


def _is_direction(text: str) -> bool:
    """Whether a rule says only where to go: words of direction, no more than one thing to do."""
    return has("vague", text) and specifics(text) <= 1
