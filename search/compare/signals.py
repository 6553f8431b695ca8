"""What the tests of two rules find, as named numbers that speak for or against each label.

更严 and 更宽 have the same names: what pulls there, and what pulls the other way. `weighing` says what each counts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.compare.circles import pull_of_bodies, pull_of_levels, pull_of_places
from search.compare.conditions import pull_of_alternatives, pulls_beyond
from search.compare.counterparts import Counterparts, contrast, counterparts
from search.compare.dates import pull_of_dates, pull_of_turns
from search.compare.degrees import pull_of_degrees, pull_of_grades
from search.compare.force import pull_of_force, pull_of_leave, withdrawal
from search.compare.insubstantial import likeness
from search.compare.leftover import Leftover, leftover, limits
from search.compare.lists import are_other_lists, pull_of_lists
from search.compare.stakes import is_direction, specifics
from search.compare.steps import pull_of_maturity, pull_of_preference
from search.compare.substance import has_other_object, pull_of_circle, pull_of_either, pull_of_exceptions
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
    ("either", pull_of_either),
    ("excepted", pull_of_exceptions),
    ("circle", pull_of_circle),
    ("degrees", pull_of_degrees),
    ("preference", pull_of_preference),
    ("maturity", pull_of_maturity),
    ("lists", pull_of_lists),
    ("levels", pull_of_levels),
    ("places", pull_of_places),
    ("bodies", pull_of_bodies),
    ("dates", pull_of_dates),
)
_BEYOND = ("exception", "case", "listed", "narrowed", "conditional")
_SIDED = (
    "force",
    "leave",
    "quantity",
    "turns",
    "alternatives",
    "either",
    "excepted",
    "circle",
    "degrees",
    "preference",
    "maturity",
    "lists",
    "levels",
    "required",
    "withdrawn",
    *_BEYOND,
)
EVIDENCE: dict[Label, frozenset[str]] = {
    "一致": frozenset(),
    "细化": frozenset({"quantity", "grade", "places", "lists", "detail", "turns"}),
    "更严": frozenset(_SIDED),
    "更宽": frozenset(_SIDED),
    "不同": frozenset(
        {"quantity", "lists", "levels", "places", "bodies", "dates", "swap", "missing", "grade", "circle"}
    ),
}
"""The tests whose pulls are a reason for a label."""
AGAINST: dict[str, frozenset[str]] = {
    "same": frozenset({"quantity", "lost", "longer", "fuller", "marked", "substance"}),
    "finer": frozenset(),
    "sided": frozenset({"directed", "lost"}),
    "other": frozenset({"near"}),
}
"""What can only speak against the labels of a table."""
_SUBSTANCE = frozenset({*_SIDED, "grade", "dates"}) - {"withdrawn"}
"""The tests that, in what is otherwise one sentence, find more than other words for the same."""
_TELLING = frozenset({"either", "excepted", "circle", "bodies"})
"""The tests that find what no other wording changes."""
_CLEAN = 0.85
"""Share of the other rule's words that have a counterpart from which on the first says all that the other says."""
_ALIKE = 0.6
"""Likeness from which on words that only one rule has are an addition to the same sentence."""
_SENTENCE = 0.2  # likeness below which the modal words of two rules bind to different things
_ONE = 0.65
"""Likeness from which on two rules are one sentence but for what changed."""
_FEW, _MUCH = 6.0, 14.0
"""Characters of both without a counterpart up to which other words may say the same, and from which on they do not."""
_OPEN = 0.5
"""`_Facts.lost` from which on what is left over with a mark in it cannot be 一致."""
_SPECIFICS = 4
_LENGTHS = 2.0
"""Most that a difference of lengths counts, as the logarithm of their quotient."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What was found, most telling tests first, and the numbers that speak on each label of `JUDGED`."""

    pulls: tuple[tuple[str, Pull], ...]
    values: dict[Label, dict[str, float]]
    words: Counterparts
    is_open: bool
    """Whether something of substance is left over: what other words for the same never leave out."""

    def allows(self, label: Label) -> bool:
        """Whether the label is possible at all: 更严 and 更宽 with a test that pulls there, 一致 with nothing open."""
        return bool(self.of_label(label)) if label in SIDES else not (label == "一致" and self.is_open)

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
    left: Leftover
    unlike: float
    """How unlike the words that stand in one place are, 0 to 1."""
    one: float
    """1 for one sentence but for what changed, else 0."""
    whole: float
    """1 where one rule says all that the other says, else 0."""


def signals(of: Rule, to: Rule, meaning: float | None = None) -> Signals:
    """Ask every test; `meaning` is the cosine of the vectors of both texts, None for what their words alone say."""
    words = counterparts(of.text, to.text, (of.document.text, to.document.text))
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
        is_directed=is_direction(to.text) and not is_direction(of.text),
        are_directions=is_direction(to.text) and is_direction(of.text),
        is_equal=equal_quantity(of, to) is not None and not any(name == "quantity" for name, _ in pulls),
        lost=_lost(words),
        left=leftover(of.text, to.text, words),
        unlike=0.0 if changed is None else changed.unlike,
        one=float(alike >= _ONE),
        whole=float(max(words.cover_of, words.cover_to) >= _CLEAN),
    )
    if changed is not None and not {"dates", "circle"} & {name for name, _ in pulls}:  # which tell more of it
        pulls = (*pulls, ("swap", changed.pull))
    values: dict[Label, dict[str, float]] = {
        "一致": _same(facts, pulls),
        "细化": _finer(facts, words, pulls),
        "更严": _sided("更严", facts, words, pulls),
        "更宽": _sided("更宽", facts, words, pulls),
        "不同": _other(of, to, facts, pulls),
    }
    return Signals(pulls, values, words, is_open=_is_open(of, to, facts, {name for name, _ in pulls}))


def _pulls(of: Rule, to: Rule, words: Counterparts) -> Iterator[tuple[str, Pull]]:
    back = withdrawal(of)
    if back is not None and withdrawal(to) is None:
        yield "withdrawn", back
    for pull in pulls_of_quantities(of, to):
        yield ("required" if "多一项条件" in pull.reason else "quantity"), pull
    grade = pull_of_grades(of, to)
    if grade is not None:
        yield "grade", grade
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
        "equal": float(facts.is_equal) * (1 - max(facts.left.of, facts.left.to)),
        "quantity": float("quantity" in names or "required" in names),
        "lost": facts.lost,
        "longer": abs(facts.longer),
        "fuller": max(0.0, facts.fuller),
        "directions": float(facts.are_directions),
        "marked": float(facts.left.is_marked),
        "one": facts.one,
        "substance": float(bool(names & _SUBSTANCE)) * facts.one,
    }


def _finer(facts: _Facts, words: Counterparts, pulls: tuple[tuple[str, Pull], ...]) -> dict[str, float]:
    return {
        "bias": 1.0,
        "longer": facts.longer,
        "cover_to": words.cover_to,
        "near": facts.near,
        "directed": float(facts.is_directed),
        "directions": float(facts.are_directions),
        "quantity": _count(pulls, "quantity", "细化"),
        "grade": _count(pulls, "grade", "细化") * facts.whole,
        "places": _count(pulls, "places", "细化"),
        "turns": _count(pulls, "turns", "细化"),
        "lists": _count(pulls, "lists", "细化"),
        "detail": _count(pulls, "detail", "细化") * (1 - facts.alike),
        "part_of": facts.left.part_of,
        "part_to": facts.left.part_to,
        "marks_of": facts.left.marks_of,
        "marks_to": facts.left.marks_to,
        "adds": facts.left.of * (1 - facts.left.to),
    }


def _sided(label: Label, facts: _Facts, words: Counterparts, pulls: tuple[tuple[str, Pull], ...]) -> dict[str, float]:
    clean = float(facts.most >= _CLEAN and facts.alike >= _ALIKE and not (words.only_of and words.only_to))
    gates = {
        **dict.fromkeys((*_BEYOND, "required"), clean),
        "force": float(facts.alike >= _SENTENCE),
        "preference": facts.one,
        "maturity": facts.one,
    }
    values = {
        "alike": facts.alike,
        "near": facts.near,
        "directed": float(facts.is_directed),
        "lost": facts.lost,
    }
    for name in _SIDED:
        values[name] = _count(pulls, name, label) * gates.get(name, 1.0)
    return values


def _other(of: Rule, to: Rule, facts: _Facts, pulls: tuple[tuple[str, Pull], ...]) -> dict[str, float]:
    return {
        "swap": facts.frame,
        "swap_unlike": facts.unlike * facts.frame,
        "near": facts.near,
        "apart": 1 - facts.most,
        "left_both": min(facts.left.of, facts.left.to),
        "part_both": min(facts.left.part_of, facts.left.part_to),
        "alike": facts.alike,
        "left_times": facts.left.of * facts.left.to,
        "marks_both": min(facts.left.marks_of, facts.left.marks_to),
        "lost": facts.lost,
        "contrast": float(contrast(of.text, to.text) is not None),
        "grade": _count(pulls, "grade", "不同") * facts.whole,
        **{
            name: _count(pulls, name, "不同")
            for name in ("quantity", "lists", "levels", "places", "bodies", "dates", "missing", "circle")
        },
    }


def _lost(words: Counterparts) -> float:
    own, other = (1 - words.cover_of) * words.weight_of, (1 - words.cover_to) * words.weight_to
    return max(0.0, min(1.0, (min(own, other) - _FEW) / (_MUCH - _FEW)))


def _is_open(of: Rule, to: Rule, facts: _Facts, names: set[str]) -> bool:
    """Whether a telling test finds something, much is left over on both sides with marks, or a limit is dropped."""
    is_dropped = bool(facts.whole) and bool(limits(to.text, of.text))
    is_other = are_other_lists(of, to) or (facts.are_directions and has_other_object(of.text, to.text))
    return is_dropped or is_other or bool(names & _TELLING) or (facts.left.is_marked and facts.lost >= _OPEN)
