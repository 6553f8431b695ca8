"""The whole comparison at a glance: how many points, how they compare, and those that weigh most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from search.brief.model import Briefing
from search.brief.pieces import Piece, named
from search.brief.summary import every
from search.brief.weight import LIGHT, are_comparable
from search.compare.model import Label

SECTIONS = 6
"""Topics with something to compare from which on a briefing needs an overview."""
WEIGHTIEST = 10
_FROM_ONE = 2
"""Points of one topic among the weightiest at most."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often each label stands in the relations of one text towards another: 聊城对国家."""

    pair: str
    labels: Mapping[Label, int]


@dataclass(frozen=True, slots=True)
class Heavy:
    """One of the weightiest points: its topic, its number there (from 1), and a sentence that tells it."""

    topic: str
    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """`points` in `topics`; `only`: name → points that this text alone rules on; `counts` for each pair of texts.

    Pairs of two places of which neither holds the other are left out. `weightiest`: in the order of the briefing.
    """

    topics: int
    points: int
    only: Mapping[str, int]
    counts: tuple[Counted, ...]
    weightiest: tuple[Heavy, ...]

    def sentence(self) -> str:
        """共 33 项、220 点，其中 92 点只有一份文件规定（国家 10 点、…）。"""
        alone = "、".join(f"{name} {count} 点" for name, count in self.only.items())
        total = sum(self.only.values())
        return f"共 {self.topics} 项、{self.points} 点" + (
            f"，其中 {total} 点只有一份文件规定（{alone}）。" if total else "。"
        )


def overview(briefing: Briefing) -> Overview | None:
    """The overview of a briefing of `SECTIONS` topics or more that have points; None for a shorter one."""
    ruled = [section for section in briefing.sections if section.comparison.points]
    if len(ruled) < SECTIONS:
        return None
    names = named(briefing)
    points = [point for section in ruled for point in section.comparison.points]
    ruling = [[doc_id for doc_id, cell in point.cells.items() if cell is not None] for point in points]
    alone = Counter(held[0] for held in ruling if len(held) == 1)
    only = {name: alone[doc_id] for doc_id, name in names.items() if alone[doc_id]}
    return Overview(len(ruled), len(points), only, _counts(briefing), _weightiest(briefing))


def _counts(briefing: Briefing) -> tuple[Counted, ...]:
    names = named(briefing)
    found = {
        (of.doc_id, to.doc_id): Counter[Label]()
        for to, of in combinations(briefing.documents, 2)
        if are_comparable(of, to)
    }
    for section in briefing.sections:
        for point in section.comparison.points:
            for relation in point.relations:
                if (relation.of, relation.to) in found:
                    found[relation.of, relation.to][relation.difference.label] += 1
    return tuple(Counted(f"{names[of]}对{names[to]}", counts) for (of, to), counts in found.items() if counts)


def _weightiest(briefing: Briefing) -> tuple[Heavy, ...]:
    found = [
        (each.weight, place, section.topic, each)
        for place, section in enumerate(briefing.sections)
        for each in every(section, briefing)[:_FROM_ONE]
        if each.weight >= LIGHT
    ]
    heaviest = sorted(found, key=lambda entry: -entry[0])[:WEIGHTIEST]
    in_order = sorted(heaviest, key=lambda entry: (entry[1], entry[3].numbers))
    return tuple(Heavy(topic, each.numbers[0], each.pieces) for _, _, topic, each in in_order)
