"""The values of texts compared: an alignment of whole texts, and a topic's points with their differences.

All quotes are spans of a document's clean text, read from there (`search.model.Quote`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from search.model import Quote

Label = Literal["一致", "细化", "更严", "更宽", "不同", "新增", "未规定"]
LABELS: tuple[Label, ...] = ("一致", "细化", "更严", "更宽", "不同", "新增", "未规定")
"""Seen from one text (`of`) towards another (`to`).

一致 no difference of substance; 细化 the same rule made concrete; 更严 a stronger duty, a higher threshold or a
narrower circle; 更宽 the reverse; 不同 another arrangement, neither; 新增 only `of` rules on it; 未规定 only `to` does.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a text says on a point: the clause, and the very words of the rule in it."""

    doc_id: str
    clause_id: str
    label: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a label rests on: characters of the text `doc_id`."""

    doc_id: str
    words: Quote


@dataclass(frozen=True, slots=True)
class Difference:
    """One label for two rules with the reason in words (Chinese) and the words it rests on, of both texts."""

    label: Label
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """The difference of the text `of` (the lower or later one) as seen towards the text `to`."""

    of: str
    to: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class Point:
    """One rule across texts: a cell for each document in scope, None where it is silent, and the relations."""

    cells: Mapping[str, Cell | None]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A topic compared; `doc_ids` in the order of their level, the highest first. `took_ms`: milliseconds."""

    topic: str
    doc_ids: tuple[str, ...]
    points: tuple[Point, ...]
    notice: str
    """What to know of the texts compared (basis, trial, expiry), or why there is nothing to compare; Chinese."""
    took_ms: float


@dataclass(frozen=True, slots=True)
class Match:
    """A clause and one of another text that rule on the same matter; `score`: 0 to 1; `is_reviewed`: by a person."""

    clause_id: str
    other_id: str
    score: float
    is_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """Whole texts held against `base`: the matches of every pair of texts, and what has no counterpart.

    `matches` in reading order of the base text, best first for one clause; `only[doc_id]`: clauses of that text
    without a match in the base, and of the base without a match in any other text.
    """

    base: str
    doc_ids: tuple[str, ...]
    matches: tuple[Match, ...]
    only: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Matter:
    """What several texts rule on the matter of one clause, `clause_id`: of the base, or of a text that adds to it.

    `title`: label and heading of that clause; `chapter`: heading of its chapter, "" for none; both after the name of
    its text where that is not the base. `comparison`: its points, `topic` is the title.
    """

    clause_id: str
    chapter: str
    title: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class WholeComparison:
    """Whole texts compared rule by rule: every rule of every text stands in one cell of one matter at least.

    `matters` in reading order of the base, then what only other texts rule on, text by text. `took_ms`: milliseconds.
    """

    base: str
    doc_ids: tuple[str, ...]
    matters: tuple[Matter, ...]
    alignment: Alignment
    notice: str
    took_ms: float
