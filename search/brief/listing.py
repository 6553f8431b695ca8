"""The list of differences of a topic, as every kind of file shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.brief import content
from search.brief.model import Briefing, Section
from search.compare.model import Label, Point, Relation
from search.names import names_of

_QUOTED = re.compile("(“[^”]*”)")


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
