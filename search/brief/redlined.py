"""Which words of a rule were changed, as a text to set: the rule as it reads, with what the other one had struck in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.model import Document, Span
from search.brief.content import Piece
from search.compare.model import Cell, Label, Point, Relation
from search.compare.redline import Piece as Words
from search.compare.redline import redline
from search.compare.rule import Rule

KEPT = 0.38
"""Share of the characters of both rules that must stand in both for a redline to be shown.

Read over all pairs of the shipped texts that differ: from 0.39 on one sentence with changes can be followed; up to
0.36 what is kept is what any sentence of the field has (基层, 专业技术人才), and the rest is struck out in shreds.
"""
_TOLD: tuple[Label, ...] = ("更严", "更宽", "细化", "不同")


def redlined(relation: Relation, point: Point, documents: Mapping[str, Document]) -> tuple[Piece, ...]:
    """The rule of `relation.of`, word for word, with the words that only `relation.to` has struck in before.

    Only changes of substance are marked. () where a side is silent, the label tells of no change, no change is of
    substance, or the rules are worded too differently (`KEPT`).
    """
    of, to = point.cells.get(relation.of), point.cells.get(relation.to)
    if of is None or to is None or relation.difference.label not in _TOLD:
        return ()
    found = redline(_rule(of, documents), _rule(to, documents))
    if not any(words.is_substantive for words in found) or _share_kept(found) < KEPT:
        return ()
    return tuple(_pieces(found, of, documents[of.doc_id].text))


def _rule(cell: Cell, documents: Mapping[str, Document]) -> Rule:
    quote = cell.quote
    return Rule(documents[cell.doc_id], Span(quote.start, quote.end), quote.text)


def _share_kept(found: tuple[Words, ...]) -> float:
    def length(words: Words) -> int:
        return sum(len(quote.text) for quote in (words.of, words.to) if quote is not None)

    kept = sum(length(words) for words in found if words.change == "kept")
    return kept / max(sum(map(length, found)), 1)


def _pieces(found: tuple[Words, ...], of: Cell, text: str) -> Iterator[Piece]:
    """The pieces that are not removed join to the quote of `of`, punctuation and all."""
    at = of.quote.start
    for words in found:
        if words.of is not None:
            if at < words.of.start:
                yield Piece(text[at : words.of.start])
            added = words.change == "added" and words.is_substantive
            yield Piece(words.of.text, change="added" if added else "kept")
            at = words.of.end
        elif words.to is not None and words.is_substantive:
            yield Piece(words.to.text, change="removed")
    if at < of.quote.end:
        yield Piece(text[at : of.quote.end])
