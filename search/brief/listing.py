"""The list of differences of a topic, as every kind of file shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from search.brief import content
from search.brief.content import Piece
from search.brief.model import Briefing, Section
from search.brief.redlined import redlined
from search.compare.model import Label, Point, Relation

HEADS = ("序号", "比较", "异同", "理由", "改了哪些词")
SEVERAL = "—"
NO_WORDS = (Piece("—"),)
"""Where neither a redline nor single words tell more than the rules themselves."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list: `number` of its point (`SEVERAL` for more than one), who is held against whom, and why.

    `words`: the rule with its changes marked, or the words that the label rests on; () for none.
    """

    number: str
    pair: str
    label: Label
    reason: str
    words: tuple[Piece, ...] = ()


def listed(section: Section, briefing: Briefing) -> tuple[Listed, ...]:
    """What differs where both texts rule, point by point; then what only one of two rules on, alike ones as one."""
    names = content.named(briefing)
    lines: list[Listed] = []
    alone: dict[tuple[str, Label, str], list[int]] = {}
    for each in content.differences(section.comparison):
        relation = each.relation
        pair, difference = content.pair_name(relation, names), relation.difference
        if content.is_alone(relation, each.point):
            alone.setdefault((pair, difference.label, difference.reason), []).append(each.number)
        else:
            words = words_of(relation, each.point, briefing)
            line = Listed(str(each.number), pair, difference.label, difference.reason, words)
            if lines and _is_alike(lines[-1], line, names[relation.of]):
                lines[-1] = replace(lines[-1], pair=f"{lines[-1].pair}、{names[relation.to]}")
            else:
                lines.append(line)
    for (pair, label, reason), numbers in alone.items():
        number = str(numbers[0]) if len(numbers) == 1 else SEVERAL
        lines.append(Listed(number, pair, label, f"第 {'、'.join(_ranges(numbers))} 点：{reason}", ()))
    return tuple(lines)


def words_of(relation: Relation, point: Point, briefing: Briefing) -> tuple[Piece, ...]:
    """The redline with where both rules stand, else the words that the label rests on, whole rules left out."""
    documents = content.by_id(briefing)
    changed = redlined(relation, point, documents)
    if not changed:
        return content.evidence_pieces(content.telling(relation, point), documents)
    of, to = point.cells[relation.of], point.cells[relation.to]
    assert of is not None  # a redline has both
    assert to is not None
    source = "；".join((content.cell_source(of, documents), f"对照{content.cell_source(to, documents)}"))
    *others, last = changed
    return (*others, Piece(last.text, source, change=last.change))


def _is_alike(one: Listed, other: Listed, of: str) -> bool:
    """Whether two lines in a row tell the same of the text named `of`, seen towards two others."""

    def told(line: Listed) -> tuple[object, ...]:
        return line.number, line.label, line.reason, [(piece.text, piece.change) for piece in line.words]

    return one.pair.startswith(f"{of}对") and told(one) == told(other)


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Numbers that follow each other as one, in the order given.

    >>> list(_ranges([1, 3, 4, 5]))
    ['1', '3—5']
    """
    start = numbers[0]
    for number, after in zip(numbers, (*numbers[1:], None), strict=True):
        if after != number + 1:
            yield str(start) if start == number else f"{start}—{number}"
            start = after or start
