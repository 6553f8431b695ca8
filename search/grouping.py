"""Hits grouped by matter, so that near-identical clauses of several texts do not push other matters out of sight."""

from __future__ import annotations

from collections.abc import Sequence

from search.compare.model import Alignment
from search.model import Hit


def by_matter(hits: Sequence[Hit], alignment: Alignment) -> tuple[tuple[Hit, ...], ...]:
    """The hits in groups that rule on the same matter: each with the best hit in front, groups by that one's rank.

    A hit joins the first group whose best hit it is matched with, so a long clause that touches many matters does not
    draw them all together; two clauses of one text are never grouped.
    """
    matched = {frozenset((match.clause_id, match.other_id)) for match in alignment.matches}
    groups: list[list[Hit]] = []
    for hit in hits:
        for group in groups:
            is_new_text = all(hit.doc_id != other.doc_id for other in group)
            if is_new_text and frozenset((hit.clause_id, group[0].clause_id)) in matched:
                group.append(hit)
                break
        else:
            groups.append([hit])
    return tuple(tuple(group) for group in groups)
