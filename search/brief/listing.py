"""The list of differences of a topic, as every kind of file shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from search.brief import content
from search.brief.content import Piece
from search.brief.model import Briefing, Section
from search.brief.redlined import redlined
from search.compare.model import Label, Point, Relation
from search.names import names_of

HEADS = ("序号", "比较", "异同", "理由", "改了哪些词")
SEVERAL = "—"
_QUOTED = re.compile("(“[^”]*”)")
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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a text has a label: `towards` names the texts it is seen from, several where all is the same."""

    label: Label
    towards: tuple[str, ...]
    reason: str


def reasons(point: Point, doc_id: str, briefing: Briefing) -> tuple[Reason, ...]:
    """The labels of the text `doc_id` towards those that rule on the point as well, 一致 with the others."""
    names = content.named(briefing)
    found: dict[tuple[Label, str], list[str]] = {}
    for relation in point.relations:
        if relation.of == doc_id and not content.is_alone(relation, point):
            key = relation.difference.label, reason_of(relation, briefing)
            found.setdefault(key, []).append(names[relation.to])
    return tuple(Reason(label, tuple(towards), reason) for (label, reason), towards in found.items())


def reason_of(relation: Relation, briefing: Briefing) -> str:
    """The reason with the texts called as the briefing calls them, which may be shorter; what it quotes stays."""
    reason, names, longer = relation.difference.reason, content.named(briefing), names_of(briefing.documents)
    for doc_id in (relation.of, relation.to):
        parts = _QUOTED.split(reason)
        said = [part if part.startswith("“") else part.replace(longer[doc_id], names[doc_id]) for part in parts]
        reason = "".join(said)
    return reason


def silences(section: Section, briefing: Briefing) -> tuple[str, ...]:
    """What only some texts rule on, alike points as one: “第 2、4—6 点：国家、重庆有规定，聊城没有规定”.

    Then the reasons that say more than that one text has the rule and another has not.
    """
    names, doc_ids = content.named(briefing), section.comparison.doc_ids
    told: dict[str, dict[int, None]] = {}
    more: dict[str, dict[int, None]] = {}
    for number, point in enumerate(section.comparison.points, 1):
        ruling = [names[doc_id] for doc_id in doc_ids if point.cells.get(doc_id) is not None]
        silent = [names[doc_id] for doc_id in doc_ids if point.cells.get(doc_id) is None]
        if ruling and silent:
            only = "只有" if len(ruling) == 1 else ""
            told.setdefault(f"{only}{'、'.join(ruling)}有规定，{'、'.join(silent)}没有规定", {})[number] = None
        for relation in point.relations:
            if content.is_alone(relation, point) and (reason := _beyond(relation, briefing)):
                more.setdefault(reason, {})[number] = None
    found = [*told.items(), *more.items()]
    return tuple(f"第 {'、'.join(_ranges([*numbers]))} 点：{said}" for said, numbers in found)


def _beyond(relation: Relation, briefing: Briefing) -> str:
    """The reason of a label without that the one text has the rule and the other has not; "" for nothing more."""
    reason, names = reason_of(relation, briefing).rstrip("。"), content.named(briefing)
    of, to = names[relation.of], names[relation.to]
    for one, other in ((of, to), (to, of)):
        if reason == f"{one}有这一条，{other}没有规定":
            return ""
        reason = reason.removeprefix(f"{one}有这一条；")
    return reason


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
    return (*others, replace(last, source=source))


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
