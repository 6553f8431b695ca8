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
_BARE = re.compile("的[^的]{2,12}$")
"""What may be the object of a verb that stands before it: 充分体现贡献的|分配激励机制."""
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_DASHES = "—–-"
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
        words = _words(text, piece)
        leads_on = mark not in _HARD and bool(following)
        if words.startswith(_list("gathering_begins")) and len(found) > gathered:
            found[gathered:] = [Span(found[gathered].start, piece.end)]
        elif waiting is None and len(found) > gathered and _follows(words):
            begun = found.pop().start
            if leads_on and _is_condition(words):
                waiting = begun
                continue
            found.append(Span(begun, piece.end))
        elif leads_on and _leads(words, following):
            waiting = piece.start if waiting is None else waiting
            continue
        else:
            found.append(Span(piece.start if waiting is None else waiting, piece.end))
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
    while start < end and (text[start].isspace() or text[start] in _DASHES):
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
    """Whether a piece only says to whom, when or how, or about what, and the rule is in the `following` one."""
    words, following = (_BRACKETED.sub("", said) or said for said in (words, following))
    if len(words) < _SHORT or _is_condition(words):
        return True
    if any(frame.search(words) for frame in _frames("leading_frames")):
        return True
    if _BARE.search(following) and any(frame.search(words) for frame in _frames("verb_frames")):
        return True
    is_complete = bool(modals(words) or _has_action().search(words))
    begins, names = words.startswith(_list("leading_begins")), words.endswith(_list("leading_subjects"))
    has_predicate = not following.startswith(_list("subject_before"))
    if names and (begins or (not has_predicate and _NAMED.search(words))):
        return True
    is_bare = (names and not words.startswith(_list("verbs"))) or _is_noun(words) or _is_first(words, following)
    return (begins or is_bare or not has_predicate) and not is_complete


def _is_condition(words: str) -> bool:
    return words.endswith(_list("leading_ends"))


def _is_first(words: str, following: str) -> bool:
    """Whether the piece is the first of conditions, the `following` one the next: 聘满5年|考核合格的."""
    return following.endswith("的") and any(word in words for word in _list("conditions"))


def _is_noun(words: str) -> bool:
    """Whether the piece only names a thing by what is said of it: 机构取得的收入."""
    return _NAMED.search(words) is not None and not words.startswith(_list("verbs"))


def _follows(words: str) -> bool:
    """Whether a piece goes on with the rule before it, or is too short to say one: 专岗专用."""
    if words.startswith(_list("not_following")):
        return False
    says = words.startswith((*_list("leading_begins"), *_list("verbs"), *_list("complete")))
    return words.startswith(_list("following_begins")) or (
        len(words) < _SHORT and not says and not _is_condition(words)
    )


@cache
def _has_action() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _list("complete"))))


@cache
def _frames(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _data()[name]["patterns"]))


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(_data()[name]["words"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("search.compare").joinpath("cut.toml").read_text(encoding="utf-8"))
