"""The label that the signals of two rules speak for: a sum of weights for each label, the highest wins.

The weights stand in `weighing.toml`; 更严 and 更宽 share theirs. Either is possible only where a test pulls there, so
that the reason a reader is given is one that counted; 一致 only where nothing of substance is left open.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from search.compare.model import Label
from search.compare.rule import Pull
from search.compare.signals import EVIDENCE, JUDGED, SIDES, Signals

TABLES: Mapping[Label, str] = {"一致": "same", "细化": "finer", "更严": "sided", "更宽": "sided", "不同": "other"}
"""The table of `weighing.toml` that weighs for each label."""

_LAST = "detail"
"""The least telling test: named only where no other says more."""

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A label, and the pulls to it that counted, the most telling first; perhaps none for 一致, 细化 and 不同."""

    label: Label
    pulls: tuple[Pull, ...]


def verdict(found: Signals, weights: Weights | None = None) -> Verdict:
    """Weigh with `weights`, those of `weighing.toml` if None; of equal sums the first label of `JUDGED`."""
    table = shipped() if weights is None else weights
    possible = [each for each in JUDGED if found.allows(each) and (each not in SIDES or _evidence(found, each, table))]
    label = max(possible, key=lambda label: score(found, label, table))
    return Verdict(label, _evidence(found, label, table))


def score(found: Signals, label: Label, weights: Weights) -> float:
    """The sum for `label`; a signal without a weight counts nothing."""
    table = weights[TABLES[label]]
    return sum(table.get(name, 0.0) * value for name, value in found.values[label].items())


@cache
def shipped() -> Weights:
    """The weights of `weighing.toml`, read once."""
    text = files("search.compare").joinpath("weighing.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _evidence(found: Signals, label: Label, weights: Weights) -> tuple[Pull, ...]:
    """The pulls whose test counts for `label`, by what they count."""
    table, values = weights[TABLES[label]], found.values[label]

    def counts(name: str) -> float:
        return table.get(name, 0.0) * values.get(name, 0.0)

    held = [(name, counts(name), pull) for name, pull in found.of_label(label) if name in EVIDENCE[label]]
    ordered = sorted(held, key=lambda each: (each[0] == _LAST, -each[1]))
    return tuple(pull for _, weight, pull in ordered if weight > 0)
