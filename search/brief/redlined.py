"""Which words of a rule were changed, as a text to set: both rules to the character, each to be read out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.model import Document, Span
from search.brief.pieces import Piece, Place
from search.compare.model import Cell, Label, Point, Relation
from search.compare.redline import Piece as Words
from search.compare.redline import redline, runs
from search.compare.rule import Rule

KEPT = 0.38
"""Share of the characters of both rules that must stand in both for a redline to be shown.

Read over all pairs of the shipped texts that differ: from 0.39 on one sentence with changes can be followed; up to
0.36 what is kept is what any sentence of the field has (基层, 专业技术人才), and the rest is struck out in shreds.
"""
_TOLD: tuple[Label, ...] = ("更严", "更宽", "细化", "不同")


def redlined(relation: Relation, point: Point, documents: Mapping[str, Document]) -> tuple[Piece, ...]:
    """Both rules in one text: kept and added pieces join to the quote of `relation.of`, kept and removed to `to`'s.

    Changes without substance are `is_minor`. () where a side is silent, the label tells of no change, no change is of
    substance, or the rules are worded too differently (`KEPT`).
    """
    of, to = point.cells.get(relation.of), point.cells.get(relation.to)
    if of is None or to is None or relation.difference.label not in _TOLD:
        return ()
    rules = rule_of(of, documents), rule_of(to, documents)
    found = redline(*rules)
    if not any(words.is_substantive for words in found) or share_kept(found) < KEPT:
        return ()
    return tuple(_pieces(of, to, *rules))


def rule_of(cell: Cell, documents: Mapping[str, Document]) -> Rule:
    """The cell's quote as a rule to compare."""
    quote = cell.quote
    return Rule(documents[cell.doc_id], Span(quote.start, quote.end), quote.text)


def share_kept(found: Sequence[Words]) -> float:
    """Share of the characters of both rules that are of words in both, 0 to 1."""

    def length(words: Words) -> int:
        return sum(len(quote.text) for quote in (words.of, words.to) if quote is not None)

    kept = sum(length(words) for words in found if words.change == "kept")
    return kept / max(sum(map(length, found)), 1)


def _pieces(of: Cell, to: Cell, rule: Rule, other: Rule) -> Iterator[Piece]:
    for run in runs(rule, other):
        cell = to if run.change == "removed" else of
        is_minor = run.change != "kept" and not run.is_substantive
        place = Place(cell.doc_id, run.quote.start)
        yield Piece(run.quote.text, change=run.change, is_minor=is_minor, place=place)
