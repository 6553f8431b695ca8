"""Comparisons of texts against judged ones: alignment of clauses, labels of differences, cells left silent.

Values of its own, so that any comparison can be measured that can be written down as them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.measures.judged import Share, mean, share


@dataclass(frozen=True, slots=True)
class Pair:
    """Two clauses that rule on the same matter, by `clause_id`; which stands first does not matter."""

    one: str
    other: str

    @property
    def folded(self) -> tuple[str, str]:
        """The two in sorted order."""
        return (self.one, self.other) if self.one <= self.other else (self.other, self.one)


@dataclass(frozen=True, slots=True)
class AlignmentFigures:
    """Pairs found against judged ones; each pair counts once, whichever way and however often it is given."""

    right: int
    given: int
    gold: int

    @property
    def precision(self) -> float | None:
        """Right of given; None where none is given."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Right of gold; None where there is none."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Twice the right over the sum of both (van Rijsbergen 1979, ch. 7); None where both are empty."""
        both = self.given + self.gold
        return 2 * self.right / both if both else None


@dataclass(frozen=True, slots=True)
class Relation:
    """The label of one text's words seen towards another's at one point; the direction matters (更严 is not 更宽).

    `point` names the row: a topic's or the alignment's; `of` and `to` are document ids.
    """

    point: str
    of: str
    to: str
    label: str


@dataclass(frozen=True, slots=True)
class JudgedRelation:
    """The right label of a relation, and others as defensible (`alt`)."""

    point: str
    of: str
    to: str
    label: str
    alt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelFigure:
    """One label: of `given`, and of `gold`, `right` ones."""

    label: str
    right: int
    given: int
    gold: int

    @property
    def f1(self) -> float:
        """Twice the right over the sum of both; a label that stands on neither side has no figure."""
        return 2 * self.right / (self.given + self.gold)


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """Labels given against judged ones; a relation that was not labelled counts as wrong."""

    accuracy: Share
    macro_f1: float | None
    """Mean of the labels' F1, over the labels that stand on either side (Opitz and Burst, arXiv:1911.03347)."""
    labels: tuple[LabelFigure, ...]
    """Sorted by label."""
    confusion: tuple[tuple[str, str | None, int], ...]
    """(right label, given one or None, count), sorted; a defensible label that was given stands as the right one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands for a document at a point: a clause, or None for 未规定."""

    point: str
    doc_id: str
    clause_id: str | None


@dataclass(frozen=True, slots=True)
class JudgedCell:
    """What should stand there: any of `clause_ids`, or 未规定 where there are none."""

    point: str
    doc_id: str
    clause_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellFigures:
    """Cells given against judged ones; one that was not given counts as wrong."""

    silent: Share
    """Cells that should be 未规定 and are."""
    filled: Share
    """Cells that should hold a clause and hold a right one: leaving all silent earns nothing."""


def measure_alignment(gold: Iterable[Pair], given: Iterable[Pair]) -> AlignmentFigures:
    """How the pairs given fit the judged ones.

    >>> measure_alignment([Pair("a/1", "b/2")], [Pair("b/2", "a/1"), Pair("a/1", "b/3")]).precision
    0.5
    """
    wanted, found = {pair.folded for pair in gold}, {pair.folded for pair in given}
    return AlignmentFigures(len(wanted & found), len(found), len(wanted))


def measure_labels(gold: Sequence[JudgedRelation], given: Iterable[Relation]) -> LabelFigures:
    """How the labels given fit the judged ones; relations that are not judged are left out."""
    found = {(each.point, each.of, each.to): each.label for each in given}
    counts: Counter[tuple[str, str | None]] = Counter()
    for judged in gold:
        label = found.get((judged.point, judged.of, judged.to))
        right = label if label is not None and label in judged.alt else judged.label
        counts[right, label] += 1
    names = sorted({name for pair in counts for name in pair if name is not None})
    labels = tuple(_label(name, counts) for name in names)
    confusion = sorted(((right, label, n) for (right, label), n in counts.items()), key=lambda c: (c[0], c[1] or ""))
    accuracy = Share(sum(each.right for each in labels), counts.total())
    return LabelFigures(accuracy, mean(each.f1 for each in labels), labels, tuple(confusion))


def measure_cells(gold: Sequence[JudgedCell], given: Iterable[Cell]) -> CellFigures:
    """How the cells given fit the judged ones; cells that are not judged are left out."""
    found = {(cell.point, cell.doc_id): cell for cell in given}
    pairs = [(judged, found.get((judged.point, judged.doc_id))) for judged in gold]
    return CellFigures(
        silent=share(cell is not None and cell.clause_id is None for judged, cell in pairs if not judged.clause_ids),
        filled=share(
            cell is not None and cell.clause_id in judged.clause_ids for judged, cell in pairs if judged.clause_ids
        ),
    )


def _label(name: str, counts: Counter[tuple[str, str | None]]) -> LabelFigure:
    given = sum(count for (_, label), count in counts.items() if label == name)
    gold = sum(count for (right, _), count in counts.items() if right == name)
    return LabelFigure(name, counts[name, name], given, gold)
