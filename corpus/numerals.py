"""Numerals as they stand in policy texts: 二十一, 一百零三, 〇, 12, ㈠, ⑴, 二○○四.

The only module that imports cn2an. It is read in its "normal" mode, after every zero look-alike has become 零,
and only for strings made of whole-number characters: left to itself it also takes 点, 负 and mixtures such as 3十.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ZEROS = "〇○◯零０OＯo"
"""Characters found in the wild where a numeral means nought."""

_CHINESE = re.compile(r"[零一二三四五六七八九两十百千万亿廿壹贰叁肆伍陆柒捌玖拾佰仟]+")
_LONGEST = 18
_FOLD = str.maketrans(dict.fromkeys("〇○◯", "零"))
_THIRTY = re.compile(r"卅")
_DIGIT_OF = {character: str(value) for value, character in enumerate("零一二三四五六七八九")}
_SINGLE = {"十": 10, "两": 2} | {character: int(digit) for character, digit in _DIGIT_OF.items()}
"""The numerals of one character, most of those that a question's answer has, for which cn2an need not be loaded."""


@lru_cache(maxsize=4096)
def to_int(numeral: str) -> int | None:
    """Read the whole number that `numeral` writes, brackets and blanks around it aside; None if it is no numeral.

    >>> to_int("二十一"), to_int("１２"), to_int("㈠"), to_int("⑴"), to_int("甲")
    (21, 12, 1, 1, None)
    """
    text = numeral.strip()
    if len(text) == 1 and unicodedata.category(text) in {"Nl", "No"}:
        value = unicodedata.numeric(text)
        return int(value) if value.is_integer() else None
    text = unicodedata.normalize("NFKC", text).strip("() \t.")
    if len(text) > _LONGEST:
        return None
    if text.isascii():
        return int(text) if text.isdigit() else None
    return _chinese(_THIRTY.sub("三十", text.translate(_FOLD)))


def _chinese(text: str) -> int | None:
    if text in _SINGLE:
        return _SINGLE[text]
    if not _CHINESE.fullmatch(text):
        return None
    import cn2an  # a tenth of a second that only texts with Chinese numerals pay

    try:
        return int(cn2an.cn2an(text, "normal"))
    except ValueError:  # cn2an's word for "not well formed": 十十, 百
        return None


@lru_cache(maxsize=1024)
def year(text: str) -> int | None:
    """Read a year written digit by digit, 1000 to 2999: 2016, ２０１６, 二〇二一, 二○○四, 二OO四; else None.

    >>> year("二○○四"), year("２０１６"), year("二十一")
    (2004, 2016, None)
    """
    digits = "".join(_year_digit(character) for character in text if not character.isspace())
    return int(digits) if re.fullmatch(r"[12][0-9]{3}", digits) else None


def _year_digit(character: str) -> str:
    if character in ZEROS:
        return "0"
    return _DIGIT_OF.get(character) or unicodedata.normalize("NFKC", character)
