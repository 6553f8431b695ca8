"""One rule with the changes of another in it: what is gone struck through, what is new underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.model import Span
from search.brief.redlined import KEPT
from search.compare.redline import redline
from search.compare.rule import Rule
from search.views.html import escape, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.model import Document
    from search.compare.model import Cell
    from search.compare.redline import Piece


def redline_view(of: Cell, to: Cell, documents: Mapping[str, Document]) -> str:
    """The fold "逐字对照": the rule `of`, with the words that only `to` has struck and its own underlined.

    Words of substance stand out; nothing where the two say the same in the
    same words, or have too little in common. `documents`: by `doc_id`.
    """
    document = documents[of.doc_id]
    pieces = redline(_rule(document, of), _rule(documents[to.doc_id], to))
    if all(piece.change == "kept" for piece in pieces):
        return ""
    if _kept(pieces) < KEPT * sum(len(quote.text) for piece in pieces for quote in (piece.of, piece.to) if quote):
        return ""
    shown: list[str] = []
    at = of.quote.start
    for piece in pieces:
        if piece.of is None:
            shown.append(_changed("del", piece))
            continue
        shown.append(escape(document.text[at : piece.of.start]))  # punctuation, which is in no piece
        shown.append(_changed("ins", piece) if piece.change == "added" else escape(piece.of.text))
        at = piece.of.end
    shown.append(escape(document.text[at : of.quote.end]))
    return fold("cl-redline", "逐字对照", f"<p>{''.join(shown)}</p>")


def _rule(document: Document, cell: Cell) -> Rule:
    return Rule(document, Span(cell.quote.start, cell.quote.end), cell.quote.text)


def _kept(pieces: tuple[Piece, ...]) -> int:
    """Characters of both rules that are in both."""
    return sum(len(p.of.text) + len(p.to.text) for p in pieces if p.of is not None and p.to is not None)


def _changed(tag: str, piece: Piece) -> str:
    words = piece.of or piece.to
    assert words is not None
    css = ' class="cl-matters"' if piece.is_substantive else ""
    return f"<{tag}{css}>{escape(words.text)}</{tag}>"
