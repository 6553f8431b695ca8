"""How a label looks in a file: a mark that tells it in black and white, and a pale fill under dark text."""

from __future__ import annotations

from dataclasses import dataclass

from search.compare.model import LABELS, Label
from search.compare.redline import Change


@dataclass(frozen=True, slots=True)
class Look:
    """`mark` stands before the label; `fill` and `ink` are RRGGBB, the ink at least 7:1 upon the fill.

    `meaning`: what 甲对乙 with this label says, in Chinese.
    """

    mark: str
    fill: str
    ink: str
    meaning: str


LOOKS: dict[Label, Look] = {
    "一致": Look("＝", "E8F3E8", "1B4620", "两份文件没有实质差别"),
    "细化": Look("＋", "E1EEFA", "123C66", "甲把同一规则写得更具体"),
    "更严": Look("▲", "FBE3DD", "6E1A0B", "甲的义务更重、门槛更高或者范围更窄"),
    "更宽": Look("▽", "FFF4CC", "574000", "甲的义务更轻、门槛更低或者范围更宽"),
    "不同": Look("≠", "EFE4F6", "47206A", "两份文件的做法不同，分不出宽严"),
    "新增": Look("◆", "DDF3F1", "0B4642", "只有甲作了规定"),
    "未规定": Look("○", "EFEFEF", "3A3A3A", "只有乙作了规定"),
}
INKS: dict[Change, str] = {"kept": "1A1A1A", "added": "0B4FA0", "removed": "A01B0B"}
"""RRGGBB of words kept, added (also underlined) and removed (also struck through)."""
MINOR_INK = "767676"
"""RRGGBB of changes without substance, which are underlined and struck through as well."""
LEGEND_HEADS = ("标记", "甲对乙有这个标记，是说")
READING = (
    "“甲对乙”是从甲看乙。改了哪些词：加下划线的只有甲有，加删除线的只有乙有，灰色的改动不影响实质；"
    "两份文件写法相差太大的不逐词标出。"
)
HEADER_FILL = "1F3A5F"
"""Of a table's head, under white text."""


def ink(change: Change, *, is_minor: bool) -> str:
    """RRGGBB of words with that change, grey for one without substance."""
    return MINOR_INK if is_minor and change != "kept" else INKS[change]


def shown(label: Label) -> str:
    """The label with its mark.

    >>> shown("更严")
    '▲更严'
    """
    return LOOKS[label].mark + label


def legend() -> tuple[tuple[str, str], ...]:
    """(label with its mark, what it says) for each label, in their order."""
    return tuple((shown(label), LOOKS[label].meaning) for label in LABELS)
