"""Folding: one form for what a reader takes as the same text. For matching only, never for showing.

Every character is folded by itself, so that a match in the folded text can be marked in the text as received.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

_BRACKETS = dict.fromkeys("[〔﹝【", "(") | dict.fromkeys("]〕﹞】", ")")
_DROPPED = frozenset({"Cc", "Cf", "Cs"})
"""Unicode categories without a glyph: controls, format marks, lone surrogates."""
_LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")
_BLANKS = re.compile(r"[ \n]+")
_PLAIN = re.compile(r"[a-z0-9]")


def fold(text: str) -> str:
    r"""`text` in its form for matching: NFKC, lower case, simplified characters, round brackets for all kinds.

    Blanks go, except between two Latin letters or digits, where one stays; a run of blanks with a line break in it
    becomes one ``"\n"``. Control characters, zero-width marks and lone surrogates are dropped. `fold` of the result
    is the result.

    >>> fold("人社部发﹝２０１６﹞57 号")
    '人社部发(2016)57号'
    >>> fold("鄉鎮 工作 補貼")
    '乡镇工作补贴'
    """
    translated = text.translate(_table())
    return _BLANKS.sub(lambda match: _blank(translated, match.start(), match.end()), translated)


def fold_map(text: str) -> tuple[str, tuple[int, ...]]:
    """`fold(text)`, and for each of its characters the offset in `text` of the character it came from.

    The offsets never fall.

    >>> fold_map("57 号㈠")
    ('57号(一)', (0, 1, 3, 4, 4, 4))
    """
    table = _table()
    pieces = [table[ord(character)] for character in text]
    translated = "".join(pieces)
    origin = [offset for offset, piece in enumerate(pieces) for _ in piece]
    folded: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _BLANKS.finditer(translated):
        blank = _blank(translated, match.start(), match.end())
        folded += (translated[done : match.start()], blank)
        offsets += origin[done : match.start()]
        offsets += origin[match.start() : match.start() + len(blank)]
        done = match.end()
    folded.append(translated[done:])
    offsets += origin[done:]
    return "".join(folded), tuple(offsets)


class _Table(dict[int, str]):
    """Code point → its folded form, worked out at the first use of each."""

    def __init__(self) -> None:
        super().__init__()
        self._converter = opencc.OpenCC("t2s")

    def __missing__(self, code: int) -> str:
        folded = self[code] = self._fold(chr(code))
        return folded

    def _fold(self, character: str) -> str:
        if character in _LINE_BREAKS:
            return "\n"
        if character.isspace():
            return " "
        normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).lower())
        return "".join(self._fold_normal(part) for part in normal)

    def _fold_normal(self, character: str) -> str:
        category = unicodedata.category(character)
        if category in _DROPPED or "VARIATION SELECTOR" in unicodedata.name(character, ""):
            return ""
        if character.isspace():
            return " "
        if category == "Lo":
            # Twice: 薴 is simplified to 苧, which is itself the traditional form of 苎.
            return str(self._converter.convert(self._converter.convert(character)))
        return _BRACKETS.get(character, character)


@cache
def _table() -> _Table:
    return _Table()


def _blank(text: str, start: int, end: int) -> str:
    """Form that the blanks `text[start:end]` fold to."""
    if start == 0 or end == len(text):
        return ""
    if "\n" in text[start:end]:
        return "\n"
    return " " if _PLAIN.match(text[start - 1]) and _PLAIN.match(text[end]) else ""
