"""How many points a topic has, how many only one text rules on, and how often each label stands between two texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from search.brief.model import Section
from search.compare.model import Cell, Label, Point

Pair = tuple[str, str]
"""(of, to), as in `Relation`."""


def ruling(point: Point) -> tuple[Cell, ...]:
    """What the texts that rule on the point say, in the order of its columns."""
    return tuple(cell for cell in point.cells.values() if cell is not None)


def alone(section: Section) -> Counter[str]:
    """`doc_id` → points of the section that only this text rules on."""
    found = (ruling(point) for point in section.comparison.points)
    return Counter(cells[0].doc_id for cells in found if len(cells) == 1)


def pairs(sections: Iterable[Section]) -> dict[Pair, Counter[Label]]:
    """The labels of every pair of texts over all points of the sections, pairs in the order they come up."""
    counts: dict[Pair, Counter[Label]] = {}
    for section in sections:
        for point in section.comparison.points:
            for relation in point.relations:
                counts.setdefault((relation.of, relation.to), Counter())[relation.difference.label] += 1
    return counts
