"""Two rules word by word: what both have, what only one has, and whether that is of substance.

`difflib` of the standard library does the matching: it takes any sequence, so it can match words in the form in which
they are compared, and rules are short. Character differences (diff-match-patch, rapidfuzz) would cut words apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in a row that share a fate: of the text `of` where they are kept or added, of `to` where removed."""

    change: Change
    quote: Quote
    is_substantive: bool = False
    """Whether a change is one: false for other words for the same, words that may go or have moved, punctuation."""


_Step = tuple[str, Sequence[Word], Sequence[Word]]
"""What `difflib` calls it, the words of `to`, the words of `of`."""


def redline(of: Rule, to: Rule) -> tuple[Piece, ...]:
    """The words of both rules in the order of reading; where they differ the removed ones stand first.

    Each word of either rule is in exactly one piece; punctuation between pieces is in none.
    """
    steps = _steps(of, to)
    gone, new = _changed(steps)
    pieces: list[Piece] = []
    for tag, before, now in steps:
        if tag == "equal":
            pieces.append(Piece("kept", _quote(of, now), _quote(to, before), is_substantive=False))
            continue
        if before:
            pieces.append(Piece("removed", None, _quote(to, before), _matters(before, new)))
        if now:
            pieces.append(Piece("added", _quote(of, now), None, _matters(now, gone)))
    return tuple(pieces)


def runs(of: Rule, to: Rule) -> tuple[Run, ...]:
    """Both rules to the character, in the order of reading: kept and added join to `of`, kept and removed to `to`.

    Words that say the same in other letters (人员, 人才) and punctuation are changes too, though none of substance.
    """
    steps = _steps(of, to)
    gone, new = _changed(steps)
    found: list[Run] = []
    at_of, at_to, before, now = 0, 0, list[Word](), list[Word]()
    for tag, theirs, ours in steps:
        if tag != "equal":
            before, now = [*before, *theirs], [*now, *ours]
            continue
        for their, our in zip(theirs, ours, strict=True):
            matters = _matters(before, new), _matters(now, gone)
            found += _stretch(of, (at_of, our.start), to, (at_to, their.start), matters)
            found += _stretch(of, (our.start, our.end), to, (their.start, their.end))
            at_of, at_to, before, now = our.end, their.end, [], []
    matters = _matters(before, new), _matters(now, gone)
    found += _stretch(of, (at_of, len(of.text)), to, (at_to, len(to.text)), matters)
    return tuple(_joined(found))


def _steps(of: Rule, to: Rule) -> tuple[_Step, ...]:
    ours, theirs = words_of(of.text), words_of(to.text)
    matcher = SequenceMatcher(None, [w.form for w in theirs], [w.form for w in ours], autojunk=False)
    return tuple((tag, theirs[i:j], ours[k:m]) for tag, i, j, k, m in matcher.get_opcodes())


def _changed(steps: Sequence[_Step]) -> tuple[set[str], set[str]]:
    """The forms that are removed, and those that are added."""
    gone = {word.form for tag, before, _ in steps if tag != "equal" for word in before}
    new = {word.form for tag, _, now in steps if tag != "equal" for word in now}
    return gone, new


def _stretch(
    of: Rule, ours: tuple[int, int], to: Rule, theirs: tuple[int, int], matters: tuple[bool, bool] = (False, False)
) -> Iterator[Run]:
    """What lies between two words that both have: the marks alike at either end kept, the rest removed and added.

    The same text is kept whole; but letters that two words share are not: a word is changed as a whole.
    """
    mine, other = of.text[slice(*ours)], to.text[slice(*theirs)]
    if mine == other:
        head, tail = len(mine), 0
    else:
        head = _shared(mine, other)
        tail = _shared(mine[head:][::-1], other[head:][::-1])
    if head:
        yield Run("kept", of.quote(ours[0], ours[0] + head))
    if theirs[0] + head < theirs[1] - tail:
        yield Run("removed", to.quote(theirs[0] + head, theirs[1] - tail), matters[0])
    if ours[0] + head < ours[1] - tail:
        yield Run("added", of.quote(ours[0] + head, ours[1] - tail), matters[1])
    if tail:
        yield Run("kept", of.quote(ours[1] - tail, ours[1]))


def _shared(one: str, other: str) -> int:
    """How many characters at the beginning are the same marks in both."""
    count = 0
    for mine, their in zip(one, other, strict=False):
        if mine != their or mine.isalnum():
            break
        count += 1
    return count


def _joined(found: Sequence[Run]) -> Iterator[Run]:
    """Runs that are kept and follow each other as one."""
    kept: Quote | None = None
    for run in found:
        if run.change == "kept":
            quote = run.quote
            kept = quote if kept is None else Quote(kept.text + quote.text, kept.start, quote.end)
            continue
        if kept is not None:
            yield Run("kept", kept)
            kept = None
        yield run
    if kept is not None:
        yield Run("kept", kept)


def _quote(rule: Rule, words: Sequence[Word]) -> Quote:
    return rule.quote(words[0].start, words[-1].end)


def _matters(words: Sequence[Word], moved: set[str]) -> bool:
    """Whether a word among them may not go and stands nowhere among the changes of the other rule."""
    return any(not word.is_dropped and word.form not in moved for word in words)
