"""Two rules word by word: what both have, what only one has, and whether that is of substance.

`difflib` of the standard library does the matching: it takes any sequence, so it can match words in the form in which
they are compared, and rules are short. Character differences (diff-match-patch, rapidfuzz) would cut words apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from search.compare.insubstantial import Word, words_of
from search.compare.rule import Rule
from search.model import Quote

Change = Literal["kept", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that share a fate, seen from `of`: kept in both, added (only `of` has them), or removed.

    `of` and `to`: the words in each document, None where it lacks them. Kept words may be written otherwise.
    """

    change: Change
    of: Quote | None
    to: Quote | None
    is_substantive: bool
    """False for what is kept, for words that may go, and for words that have only moved."""


def redline(of: Rule, to: Rule) -> tuple[Piece, ...]:
    """The words of both rules in the order of reading; where they differ the removed ones stand first.

    Each word of either rule is in exactly one piece; punctuation between pieces is in none.
    """
    ours, theirs = words_of(of.text), words_of(to.text)
    matcher = SequenceMatcher(None, [w.form for w in theirs], [w.form for w in ours], autojunk=False)
    steps = matcher.get_opcodes()
    gone = {w.form for tag, i, j, _, _ in steps if tag != "equal" for w in theirs[i:j]}
    new = {w.form for tag, _, _, i, j in steps if tag != "equal" for w in ours[i:j]}
    pieces: list[Piece] = []
    for tag, to_start, to_end, of_start, of_end in steps:
        before, now = theirs[to_start:to_end], ours[of_start:of_end]
        if tag == "equal":
            pieces.append(Piece("kept", _quote(of, now), _quote(to, before), is_substantive=False))
            continue
        if before:
            pieces.append(Piece("removed", None, _quote(to, before), _matters(before, new)))
        if now:
            pieces.append(Piece("added", _quote(of, now), None, _matters(now, gone)))
    return tuple(pieces)


def _quote(rule: Rule, words: Sequence[Word]) -> Quote:
    return rule.quote(words[0].start, words[-1].end)


def _matters(words: Sequence[Word], moved: set[str]) -> bool:
    """Whether a word among them may not go and stands nowhere among the changes of the other rule."""
    return any(not word.is_dropped and word.form not in moved for word in words)
