"""Words of rules as a reason quotes them: whole words, cut where they are long."""

from __future__ import annotations

from search.compare.counterparts import are_synonyms
from search.compare.insubstantial import telling_words

_LONGEST = 24
"""Characters of a rule that a reason quotes in one piece."""


def one_quoted(text: str, start: int, end: int) -> str:
    """The words in quotation marks, blanks and line breaks left out, a long piece cut: “组建工作专班，逐户…”."""
    words = "".join(text[start:end].split())
    return f"“{words}”" if len(words) <= _LONGEST else f"“{words[:_LONGEST]}…”"


def pair_of_synonyms(of: str, to: str) -> tuple[str, str] | None:
    """A word of `of` and the other word for it in `to`, the longest such; None where they share none."""
    ours, theirs = telling_words(of), telling_words(to)
    pairs = [(of[one.start : one.end], to[other.start : other.end]) for one in ours for other in theirs]
    found = [(one, other) for one, other in pairs if one not in to and other not in of and are_synonyms(one, other)]
    return max(found, key=lambda pair: len(pair[0]) + len(pair[1]), default=None)
