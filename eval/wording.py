"""What libraries say of a file written by hand, in Chinese: of msgspec, tomllib."""

from __future__ import annotations

import re

import msgspec

_TYPES = {
    "str": "文字",
    "int": "整数",
    "float": "数",
    "bool": "true 或 false",
    "null": "null",
    "array": "数组",
    "object": "对象",
}
_SAID = (
    (r"Object contains unknown field `(.+?)`", "有不认识的字段“{0}”，请删去或改正"),
    (r"Object missing required field `(.+?)`", "缺少字段“{0}”，请补上"),
    (r"Invalid enum value (.+?)", "值 {0} 不在可选的之中"),
    (r"Expected `str` matching regex .*", "不能是空的"),
    (r"Expected `(.+?)`, got `(.+?)`", "应当是{0}，写的是{1}"),
    (r"Expected `(.+?)`", "应当是{0}"),
    (r"JSON is malformed: .*\(byte (\d+)\)", "第 {0} 个字节处不合 JSON 的写法"),
    (r"Input data was truncated", "没有写完"),
    (r".*\(at line (\d+), column (\d+)\)", "第 {0} 行第 {1} 列的写法不对"),
    (r".*\(at end of document\)", "文件没有写完"),
)
_PLACED = re.compile(r"(?P<said>.*?)(?: - at `(?:key in )?\$\.?(?P<place>[^`]*)`)?", re.DOTALL)


def in_chinese(error: Exception) -> str:
    """What `error` says, without where.

    >>> in_chinese(ValueError("Expected `str`, got `int` - at `$.gold[0].quote`"))
    '应当是文字，写的是整数'
    """
    placed = _PLACED.fullmatch(str(error))
    assert placed is not None
    for pattern, said in _SAID:
        match = re.fullmatch(pattern, placed["said"], re.DOTALL)
        if match:
            return said.format(*(" 或 ".join(_TYPES.get(t, t) for t in group.split(" | ")) for group in match.groups()))
    return placed["said"]


def field_of(error: msgspec.ValidationError) -> str | None:
    """The field that it is about: a name (`colour`), or a path (`gold[0].grade`)."""
    placed = _PLACED.fullmatch(str(error))
    assert placed is not None
    named = re.search(r"field `(.+?)`", placed["said"])
    return ".".join(part for part in (placed["place"], named and named[1]) if part) or None
