"""What is left over of each of two rules when they are held against each other: the evidence that 一致 has to explain.

Three views of it: the words without a counterpart, by weight; the parts of the sentence of which the other rule says
nothing near; and the marks that no paraphrase leaves out (quantities, grades, names, places, procedures, bans).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.places import load
from search.compare.amounts import Amount, amounts
from search.compare.counterparts import Counterparts, are_synonyms, is_light
from search.compare.dates import dates, turn
from search.compare.degrees import GRADE
from search.compare.insubstantial import words_of
from search.compare.meaning import vectors
from search.compare.stakes import matches, segments
from search.compare.thresholds import is_held, is_said
from search.modals import modals

_FULL = 12.0
"""Weight of words without a counterpart from which on no more is left over: about its characters."""
_MOST = 3
"""Marks from which on more count no more."""
_SHORTEST = 4
"""Characters of a part of a sentence that says something of its own."""
_LEVEL = re.compile("省级|市级|县级|乡级|村级|国家级|初中|小学")
_NAME = re.compile("《[^》]{2,40}》")
_BINDING = {"prohibition", "release"}


@dataclass(frozen=True, slots=True)
class Leftover:
    """How much of each rule the other does not say, each number from 0 (nothing) to 1 (much)."""

    of: float
    to: float
    part_of: float
    """Of the part of `of` that is least like any of `to`: how unlike."""
    part_to: float
    marks_of: float
    marks_to: float
    is_marked: bool


def leftover(of: str, to: str, words: Counterparts) -> Leftover:
    """Hold both rules against each other; `words` are their counterparts."""
    ours, theirs = list(_marks(of, to)), list(_marks(to, of))
    return Leftover(
        of=_weight(of, words.only_of),
        to=_weight(to, words.only_to),
        part_of=_part(of, to),
        part_to=_part(to, of),
        marks_of=min(_MOST, len(ours)) / _MOST,
        marks_to=min(_MOST, len(theirs)) / _MOST,
        is_marked=len(ours) > 1 or (bool(ours) and bool(theirs)),
    )


def _weight(text: str, only: Sequence[tuple[int, int]]) -> float:
    """The words in the stretches that only this rule has, without those that make no difference."""
    held = [word for start, end in only for word in words_of(text[start:end]) if not word.is_dropped]
    return min(1.0, sum(len(word.form) for word in held if not word.is_marked and not is_light(word.form)) / _FULL)


def _part(text: str, other: str) -> float:
    """1 less the cosine of the part of `text` that is least like any part of `other`, or all of it."""
    parts = _parts(text)
    if not parts:
        return 0.0
    cosines = vectors(parts) @ vectors([*_parts(other), other]).T
    return float(1 - np.clip(cosines.max(axis=1).min(), 0, 1))


def _parts(text: str) -> list[str]:
    return [text[start:end] for start, end in segments(text) if end - start >= _SHORTEST]


def limits(text: str, other: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of the quantities and grades of `text` of which `other` says nothing, in reading order."""
    found = [(e.quantity.start, e.quantity.end) for e in _unheld(text, other) if not is_said(e, other)]
    grades = [match.span() for match in GRADE.finditer(text) if match[0] not in other]
    return tuple(sorted(place for place in {*found, *grades} if text[slice(*place)] not in other))


def _unheld(text: str, other: str) -> list[Amount]:
    theirs = amounts(other, text)
    return [each for each in amounts(text, other) if not is_held(each, theirs, other)]


def _marks(text: str, other: str) -> Iterator[str]:
    """The marks of `text` that `other` lacks, each once."""
    yield from {each.text for each in _unheld(text, other)}
    yield from (found for found in {*GRADE.findall(text), *_LEVEL.findall(text)} if found not in other)
    yield from (found for found in set(_NAME.findall(text)) if found not in other)
    yield from (found.text for found in load().find(text) if found.text not in other)
    if turn(text) is not None and turn(other) is None:
        yield "turn"
    days = [date.days for date in dates(other)]
    yield from ("date" for date in dates(text) if date.days not in days)
    yield from {modal.kind for modal in modals(text) if modal.kind in _BINDING} - {m.kind for m in modals(other)}
    said = [other[start:end] for start, end in matches("procedure", other)]
    for start, end in matches("procedure", text):
        word = text[start:end]
        if word not in other and not any(are_synonyms(word, each) for each in said):
            yield word
