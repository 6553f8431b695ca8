"""A sentence → the single rules in it: what one can hold against the rule of another text.

A sentence of a policy text often rules several times (…不少于90学时，用人单位保障…). It is cut at its marks, outside
brackets and quotes; what only says to whom, when or on what condition stays with the rule that follows (`cut.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.model import Span
from search.modals import modals

_MARKS = "，,；;：:。！？!?"
_HARD = frozenset("；;。！？!?")
"""Marks after which a rule never goes on."""
_SHORT = 5
"""Characters below which a piece says no rule of its own."""
_NAMED = re.compile("的[^的]{2,4}$")
"""What ends in a noun with all that is said of it before: 评审通过的人员."""
_PAIRS = {"（": "）", "(": ")", "“": "”", "‘": "’", "「": "」", "《": "》", "〔": "〕", "【": "】"}


def rules_in(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of the rules of the sentence ``text[start:end]``, in reading order, without the mark that ends each.

    Between them stand only marks and blanks. Never empty for a sentence with a letter or digit in it.
    """
    found: list[Span] = []
    waiting: int | None = None  # where a piece began that leads on to the next
    gathered = 0  # rules up to here can no longer be part of a list
    pieces = list(_pieces(text, start, end))
    for number, (piece, mark) in enumerate(pieces, 1):
        following = _words(text, pieces[number][0]) if number < len(pieces) else ""
        begin = piece.start if waiting is None else waiting
        words = _words(text, piece)
        if words.startswith(_list("gathering_begins")) and len(found) > gathered:
            found[gathered:] = [Span(found[gathered].start, piece.end)]
        elif waiting is None and len(found) > gathered and _follows(words):
            found[-1] = Span(found[-1].start, piece.end)
        elif mark not in _HARD and following and _leads(words, following):
            waiting = begin
            continue
        else:
            found.append(Span(begin, piece.end))
        waiting = None
        gathered = len(found) if mark in _HARD else gathered
    if waiting is not None:
        found.append(Span(waiting, _last(text, waiting, end)))
    return tuple(found)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """The pieces between marks that are not enclosed, each with the mark after it ("" at the end)."""
    closers: list[str] = []
    begin = start
    for at in range(start, end + 1):
        character = text[at] if at < end else ""
        if closers and character == closers[-1]:
            closers.pop()
        elif character in _PAIRS and _PAIRS[character] in text[at:end]:
            closers.append(_PAIRS[character])
        elif at == end or (character in _MARKS and not closers):
            piece = _trimmed(text, begin, at)
            if any(held.isalnum() for held in text[piece.start : piece.end]):
                yield piece, character
            begin = at + 1


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _last(text: str, start: int, end: int) -> int:
    """Where the words of ``text[start:end]`` end, marks and blanks after them apart."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in _MARKS):
        end -= 1
    return end


def _words(text: str, span: Span) -> str:
    return "".join(text[span.start : span.end].split())


def _leads(words: str, following: str) -> bool:
    """Whether a piece only says to whom, when or how, and the rule is in the `following` one."""
    if len(words) < _SHORT:
        return True
    if words.endswith(_list("leading_ends")):
        return True
    if any(frame.search(words) for frame in _frames()):
        return True
    is_complete = modals(words) or _has_action().search(words)
    begins, names = words.startswith(_list("leading_begins")), words.endswith(_list("leading_subjects"))
    has_predicate = not following.startswith(_list("subject_before"))
    if names and (begins or (not has_predicate and _NAMED.search(words))):
        return True
    return (begins or names or not has_predicate) and not is_complete


def _follows(words: str) -> bool:
    return words.startswith(_list("following_begins")) and not words.startswith(_list("not_following"))


@cache
def _has_action() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _list("complete"))))


@cache
def _frames() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _data()["leading_frames"]["patterns"]))


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(_data()[name]["words"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("search.compare").joinpath("cut.toml").read_text(encoding="utf-8"))
