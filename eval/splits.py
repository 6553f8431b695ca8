"""Which part of a suite a question belongs to: `dev`, which the product may be tuned on, or `test`, for reporting.

A question may say so itself (the field `split`). The others are dealt out, so that both parts ask about every clause:

1. They are put in strata: by the first clause whose gold answers, and those of type none by their kind.
2. In a stratum they are ordered by the sha-256 of their id, and go to the two parts in turn.
3. The first goes to the part that fewer questions of the stratum name themselves, or, where that is even, to one
   drawn by the sha-256 of the stratum's name.

So a question's part depends on its stratum alone: what is added elsewhere does not move it.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from eval.model import ANSWERS, Split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from eval.model import Question

SPLITS: tuple[Split, Split] = ("dev", "test")


def stratum(question: Question) -> str:
    """Name of the question's stratum: a clause id, or ``none/far``, ``none/near``, ``none/elsewhere``."""
    if question.none is not None:
        return f"none/{question.none}"
    return next((gold.clause_id for gold in question.gold if gold.grade == ANSWERS), question.type)


def assign(questions: Iterable[Question], named: Mapping[str, Split]) -> dict[str, Split]:
    """Part of each question by its id; `named` holds those that name their own, by id."""
    strata: defaultdict[str, list[str]] = defaultdict(list)
    for question in questions:
        strata[stratum(question)].append(question.query_id)
    parts: dict[str, Split] = {}
    for name, ids in strata.items():
        own = {query_id: named[query_id] for query_id in ids if query_id in named}
        first = _first(name, Counter(own.values()))
        rest = sorted((query_id for query_id in ids if query_id not in own), key=_digest)
        parts |= own | {query_id: SPLITS[(first + turn) % 2] for turn, query_id in enumerate(rest)}
    return parts


def _first(name: str, held: Counter[Split]) -> int:
    dev, test = (held[split] for split in SPLITS)
    return int(_digest(name), 16) % 2 if dev == test else int(test < dev)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
