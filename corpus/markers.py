"""Numbering at the start of a line: which marker it is, of which level, with which number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import to_int

PART, SUBPART, CHAPTER, SECTION, ARTICLE = "part", "subpart", "chapter", "section", "article"
HAN, PAREN_HAN, ARABIC, PAREN_ARABIC, CIRCLED, DECIMAL = (
    "han",
    "paren_han",
    "arabic",
    "paren_arabic",
    "circled",
    "decimal",
)
ATTACHMENT = "attachment"

STATUTE_LEVELS = (PART, SUBPART, CHAPTER, SECTION)
LEVELS = (*STATUTE_LEVELS, ARTICLE, DECIMAL, HAN, PAREN_HAN, ARABIC, PAREN_ARABIC, CIRCLED)
"""From the outside in (a decimal number carries its depth in itself)."""

_H = "〇零○一二三四五六七八九十百千两"
_D = "0-9０-９"
_PATTERNS = (
    (SUBPART, re.compile(rf"第\s*([{_H}{_D}]+)\s*分\s*编")),
    (PART, re.compile(rf"第\s*([{_H}{_D}]+)\s*(?:编|部分|篇)")),
    (CHAPTER, re.compile(rf"第\s*([{_H}{_D}]+)\s*章")),
    (SECTION, re.compile(rf"第\s*([{_H}{_D}]+)\s*节")),
    (ARTICLE, re.compile(rf"第\s*([{_H}{_D}]+)\s*条(?:\s*之\s*([{_H}]+))?")),
    (HAN, re.compile(rf"([{_H}]+)\s*[、．.](?!\s*[{_H}]\s*[、款条项])")),
    (PAREN_HAN, re.compile(rf"[（(]\s*([{_H}]+)\s*[）)](?!\s*[、和]\s*[（(]|\s*项(?!目)|\s*款(?!项))")),
    (PAREN_HAN, re.compile(r"([\u3220-\u3229])")),
    (DECIMAL, re.compile(rf"([{_D}]{{1,2}}(?:\s*[.．]\s*[{_D}]{{1,2}}){{1,4}})(?![{_D}.．%％‰])")),
    (ARABIC, re.compile(rf"([{_D}]{{1,3}})\s*(?:[.．、](?![{_D}])|[)）](?=\s*[^\s、，。；]))")),
    (ARABIC, re.compile(r"([\u2488-\u249b])")),
    (PAREN_ARABIC, re.compile(rf"[（(]\s*([{_D}]{{1,3}})\s*[）)]")),
    (PAREN_ARABIC, re.compile(r"([\u2474-\u2487])")),
    (CIRCLED, re.compile(r"([\u2460-\u2473])")),
)
_CROSS_REFERENCE = re.compile(
    rf"\s*第[{_H}{_D}]+[款项](?!目)|[、，。；的]|之?规定|所[列称述]|中(?=[，。的规所])|(?:[、和或及与至到]|或者|以及)第"
)
"""What follows 第八条 where a sentence refers to it instead of an article beginning."""
_ATTACHMENT = re.compile(rf"附\s*[件表录]\s*([{_H}{_D}]*)\s*[.．、：:]?")


@dataclass(frozen=True, slots=True)
class Marker:
    """A numeral that may open a heading or an item. `length` is of the marker in the line, blanks after it included."""

    level: str
    number: tuple[int, ...]
    text: str
    length: int


def candidate(line: str) -> Marker | None:
    """The marker that `line` begins with, if it could be one at all; whether it is one, its place decides.

    >>> candidate("（七）改进办法").number, candidate("第十二条第二款规定的"), candidate("1.5%的比例")
    ((7,), None, None)
    """
    for level, pattern in _PATTERNS:
        match = pattern.match(line)
        if match is None:
            continue
        number = _number(level, match)
        rest = line[match.end() :]
        if number is None or (level in (ARTICLE, *STATUTE_LEVELS) and _CROSS_REFERENCE.match(rest)):
            return None
        if level == PART and "部分" in match.group(0) and rest[:1].strip() and len(rest) > 20:
            return None
        return Marker(level, number, match.group(0).strip(), match.end() + len(rest) - len(rest.lstrip()))
    return None


def decimal_chapter(line: str) -> Marker | None:
    """The marker of a line such as "1 总则" or "3预警监测", which heads a chapter where 1.1, 1.2… follow."""
    match = re.match(rf"([{_D}]{{1,2}})\s*(?=[\u4e00-\u9fff])", line)
    if match is None or len(line) > 24 or re.search("[，。；：、年月日]", line):
        return None
    number = to_int(match.group(1))
    return None if number is None else Marker(DECIMAL, (number,), match.group(1), match.end())


def attachment(line: str) -> Marker | None:
    """The marker of an attachment's first line: 附件, 附件2, 附件三：, standing alone or before a short title."""
    match = _ATTACHMENT.match(line)
    if match is None:
        return None
    digits = match.group(1)
    number = 1 if not digits else to_int(digits)
    return None if number is None else Marker(ATTACHMENT, (number,), match.group(0).strip(" .．、：:"), match.end())


def _number(level: str, match: re.Match[str]) -> tuple[int, ...] | None:
    if level == DECIMAL:
        pieces = [to_int(piece) for piece in re.split(r"\s*[.．]\s*", match.group(1))]
    else:
        pieces = [to_int(group) for group in match.groups() if group]
    return None if any(piece is None for piece in pieces) else tuple(piece for piece in pieces if piece is not None)
