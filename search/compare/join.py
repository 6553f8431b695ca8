"""Single rules of several texts → rows: which of them say the same thing, one passage of a text in each row.

The likest pairs are joined first. A passage grows by the rule next to it in its sentence where that has the same
counterpart, so that a rule cut in two here and not there still stands against itself. Rules without a counterpart
that stand side by side in a sentence stay one passage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.compare.kinship import Pairs
from search.compare.parts import Part

_GROWN = 0.05
"""What a further rule of a passage has to be liker, beyond the bound for the first.

This and the constants below were chosen on the development points of `three-texts`, where neighbouring values do alike.
"""
_AGAIN = 0.15
"""The same for a rule left over, to stand against a passage that has a likelier counterpart."""
_LINKED = 0.8
"""Share of the bound that the rules of a row have to reach in the mean, so that no chain joins strangers."""

Row = Mapping[str, tuple[int, ...]]
"""By doc_id, the places of neighbouring parts of one sentence, in reading order."""


def join(parts: Sequence[Part], pairs: Pairs, same: float, begun: Pairs | None = None) -> list[Row]:
    """The rows that `parts` make, in no order that means anything; those of a sentence that stand alone are one.

    `same`: likeness from which on rules of two texts are one point. `begun`: for the same pairs, the likeness by which
    rows are begun; passages grow, and rules left over are told, by that of `pairs` (None: all by that).
    Each part stands in one row, but for the counterpart of several rules of a text: it stands in a row with each.
    Headings without a counterpart are left out: they rule on nothing.
    """
    begun = pairs if begun is None else begun
    best = {pair: max(value, begun[pair]) for pair, value in pairs.items()}
    said = (pair for pair, value in best.items() if value >= same and not all(parts[p].is_heading for p in pair))
    likely = sorted(said, key=lambda pair: (-best[pair], pair))
    rows, row_of = _begun(parts, likely, (pairs, begun, best), same)
    joined: list[Row] = [row for row in rows.values() if len(row) > 1]
    alone = sorted(place for row in rows.values() if len(row) == 1 for run in row.values() for place in run)
    sure = [pair for pair in likely if pairs[pair] >= same + _AGAIN and not _headed(parts, pair)]
    again = _again(parts, rows, row_of, sure, set(alone))
    further = [
        {**theirs, parts[run[0]].doc_id: run} for theirs, places in again for run in _runs(parts, sorted(places))
    ]
    taken = {place for _, places in again for place in places}
    rest = [place for place in alone if place not in taken and not parts[place].is_heading]
    return [*joined, *further, *({parts[run[0]].doc_id: run} for run in _runs(parts, rest))]


def _begun(
    parts: Sequence[Part], likely: Iterable[tuple[int, int]], told: tuple[Pairs, Pairs, Pairs], same: float
) -> tuple[dict[int, dict[str, tuple[int, ...]]], list[int]]:
    """The rows by number, those of a single part too, and the row of each part."""
    pairs, begun, best = told
    rows: dict[int, dict[str, tuple[int, ...]]] = {n: {part.doc_id: (n,)} for n, part in enumerate(parts)}
    row_of = list(range(len(parts)))
    for one, other in likely:
        first, second = row_of[one], row_of[other]
        if first == second:
            continue
        grows = bool(rows[first].keys() & rows[second].keys())
        if (pairs[one, other] < same + _GROWN) if grows else (begun[one, other] < same):
            continue
        merged = _merged(parts, rows[first], rows[second])
        if merged is not None and _linkage(best, rows[first], rows[second]) >= _LINKED * same:
            rows[first] = merged
            for place in (place for run in rows.pop(second).values() for place in run):
                row_of[place] = first
    return rows, row_of


def _again(
    parts: Sequence[Part],
    rows: Mapping[int, Row],
    row_of: Sequence[int],
    likely: Iterable[tuple[int, int]],
    alone: set[int],
) -> list[tuple[Row, list[int]]]:
    """Rules left over whose counterparts stand in rows with others: of each text the likest passage, and the rules."""
    best: dict[int, dict[str, tuple[int, ...]]] = defaultdict(dict)
    likest: dict[int, set[str]] = defaultdict(set)
    for pair in likely:  # the likest first
        for place, other in (pair, pair[::-1]):
            doc_id = parts[other].doc_id
            if place in alone and other not in alone:
                theirs = {d: run for d, run in rows[row_of[other]].items() if d != parts[place].doc_id}
                best[place] = {**theirs, **best[place], **({} if doc_id in likest[place] else {doc_id: theirs[doc_id]})}
                likest[place].add(doc_id)
    found: dict[tuple[tuple[str, tuple[int, ...]], ...], list[int]] = defaultdict(list)
    for place, theirs in best.items():
        found[tuple(sorted(theirs.items()))].append(place)
    return [(dict(theirs), places) for theirs, places in found.items()]


def _headed(parts: Sequence[Part], pair: tuple[int, int]) -> bool:
    return any(parts[place].is_heading for place in pair)


def _merged(parts: Sequence[Part], one: Row, other: Row) -> dict[str, tuple[int, ...]] | None:
    """Two rows as one; None where a text would have rules in it that do not stand side by side."""
    merged = dict(one)
    for doc_id, run in other.items():
        together = tuple(sorted((*merged.get(doc_id, ()), *run)))
        if len(list(_runs(parts, together))) > 1:
            return None
        merged[doc_id] = together
    return merged


def _linkage(pairs: Pairs, one: Row, other: Row) -> float:
    """The mean likeness of the rules of two rows, those of one text apart."""
    values = [
        pairs.get((min(a, b), max(a, b)), 0.0)
        for doc_id, run in one.items()
        for other_id, others in other.items()
        if doc_id != other_id
        for a in run
        for b in others
    ]
    return sum(values) / len(values) if values else 0.0


def _runs(parts: Sequence[Part], places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """`places`, sorted, in groups of neighbours in one sentence."""
    run: list[int] = []
    for place in places:
        if run:
            last, this = parts[run[-1]], parts[place]
            if (last.sentence, last.order + 1) != (this.sentence, this.order):
                yield tuple(run)
                run = []
        run.append(place)
    if run:
        yield tuple(run)
