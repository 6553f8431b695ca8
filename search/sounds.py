"""What a character sounds like: its syllables without tones, and what is commonly taken for the same."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

_READINGS = 2
"""Of a character's readings the commonest so many; the rest are of names and old books."""
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c"))
_INITIAL = re.compile(r"^([zcs])h")
_LATERAL = re.compile(r"^l")
_NASAL = re.compile(r"(?<=[aei])ng$")


@cache
def syllables(character: str) -> tuple[str, ...]:
    """The toneless syllables of a character, the commonest first, at most two; () for what is no Chinese character.

    >>> syllables("重"), syllables("聘"), syllables("A")
    (('zhong', 'chong'), ('pin', 'ping'), ())
    """
    readings = _dictionary().get(str(ord(character)), "")
    bare = (_toneless(reading) for reading in readings.split(",") if reading)
    return tuple(dict.fromkeys(bare))[:_READINGS]


@cache
def blurred(syllable: str) -> str:
    """One form for syllables that many speakers do not tell apart: zh/z, ch/c, sh/s, n/l, in/ing, en/eng, an/ang.

    >>> blurred("zhang") == blurred("zan"), blurred("ling") == blurred("nin"), blurred("ji") == blurred("qi")
    (True, True, False)
    """
    return _NASAL.sub("n", _LATERAL.sub("n", _INITIAL.sub(r"\1", syllable)))


def differing(left: str, right: str) -> int | None:
    """How many characters sound alike only when blurred; None where the two do not sound alike at all.

    Both are of one length.

    >>> differing("津帖", "津贴"), differing("平审", "品生"), differing("津帖", "补贴")
    (0, 2, None)
    """
    count = 0
    for one, other in zip(left, right, strict=True):
        if one == other or set(syllables(one)) & set(syllables(other)):
            continue
        if not {blurred(s) for s in syllables(one)} & {blurred(s) for s in syllables(other)}:
            return None
        count += 1
    return count


def _toneless(reading: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", reading).translate(_TONES))


@cache
def _dictionary() -> dict[str, str]:
    """Code point in digits → readings with tone marks, commas between: pypinyin's own file.

    Importing pypinyin reads its 47,000 phrases too, a quarter of a second at every start, and none is needed here.
    """
    spec = find_spec("pypinyin")
    assert spec is not None
    assert spec.origin is not None
    data = Path(spec.origin).with_name("pinyin_dict.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, str])
