"""One rule with the changes of another in it: what is gone struck through, what is new underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.brief.redlined import KEPT, rule_of, share_kept
from search.compare.redline import redline, runs
from search.views.html import escape, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.model import Document
    from search.compare.model import Cell
    from search.compare.redline import Run


def redline_view(of: Cell, to: Cell, documents: Mapping[str, Document]) -> str:
    """The fold "逐字对照": both rules to the character, what only `to` has struck and what only `of` has underlined.

    Changes of substance stand out; nothing where the two say the same in the
    same words, or have too little in common. `documents`: by `doc_id`.
    """
    rules = rule_of(of, documents), rule_of(to, documents)
    pieces = redline(*rules)
    if all(piece.change == "kept" for piece in pieces) or share_kept(pieces) < KEPT:
        return ""
    return fold("cl-redline", "逐字对照", f"<p>{''.join(map(_shown, runs(*rules)))}</p>")


def _shown(run: Run) -> str:
    words = escape(run.quote.text)
    if run.change == "kept":
        return words
    tag = "ins" if run.change == "added" else "del"
    css = ' class="cl-matters"' if run.is_substantive else ""
    return f"<{tag}{css}>{words}</{tag}>"
