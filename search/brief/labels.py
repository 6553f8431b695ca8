"""How a label looks in a file: a mark that tells it in black and white, and a pale fill under dark text."""

from __future__ import annotations

from dataclasses import dataclass

from search.compare.model import Label


@dataclass(frozen=True, slots=True)
class Look:
    """`mark` stands before the label; `fill` and `ink` are RRGGBB, the ink at least 7:1 upon the fill."""

    mark: str
    fill: str
    ink: str


LOOKS: dict[Label, Look] = {
    "一致": Look("＝", "E8F3E8", "1B4620"),
    "细化": Look("＋", "E1EEFA", "123C66"),
    "更严": Look("▲", "FBE3DD", "6E1A0B"),
    "更宽": Look("▽", "FFF4CC", "574000"),
    "不同": Look("≠", "EFE4F6", "47206A"),
    "新增": Look("◆", "DDF3F1", "0B4642"),
    "未规定": Look("○", "EFEFEF", "3A3A3A"),
}
HEADER_FILL = "1F3A5F"
"""Of a table's head, under white text."""


def shown(label: Label) -> str:
    """The label with its mark.

    >>> shown("更严")
    '▲更严'
    """
    return LOOKS[label].mark + label
