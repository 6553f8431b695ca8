"""Which words of a provision are its heading: a line of its own, or the run-in words before the first 。"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import Block, ends_open
from corpus.markers import ARTICLE
from corpus.tree import Branch, Provision

_LONGEST = 30
_LONGEST_CLOSED = 16
"""Of a heading line that ends with 。; a longer one is a rule."""
_LONGEST_ALONE = 60
_TITLED_ARTICLE = re.compile(
    r"[【\[（(]([^】\]）)]{2,30})[】\]）)]|([^\s，。；：]{2,20})[\u3000 ]{1,4}(?=\S)|([^\s，。；：]{2,24})$"
)
_SPACED = re.compile(r"([^\s，。；：:]{2,20})(?:[：:]|\u3000|\s{2,})(?=\S)")
_HABIT = 0.6
"""Share of a text's provisions that must have run-in words for these to count as headings rather than as rules."""


def is_title_like(block: Block) -> bool:
    """Whether a numbered block is a heading line of its own."""
    text = block.text.rstrip()
    return "。" not in text[:-1] and len(text) <= (
        _LONGEST_CLOSED + 3 if text.endswith("。") else _LONGEST_ALONE
    )  # 3: its number


class Headings:
    """The headings of one part's provisions. A rule that happens to be short is not one: the text's habit decides."""

    def __init__(self, blocks: Sequence[Block], chosen: Sequence[Provision]) -> None:
        self._blocks = blocks
        rules = [p for p in chosen if p.branch.marker.level != ARTICLE]
        headed = [p for p in rules if self._alone(p.branch, p.end) or self._run_in(p.branch, p.end)]
        self._has_habit = bool(rules) and len(headed) >= _HABIT * len(rules)

    def of(self, branch: Branch, end: int) -> str:
        """The heading of the provision of `branch` whose blocks end at `end`, without its number; "" for none."""
        if branch.marker.level == ARTICLE:
            return self._of_article(branch, end)
        alone = self._alone(branch, end)
        return alone or (self._run_in(branch, end) if self._has_habit else "")

    def line(self, branch: Branch) -> str:
        """The heading line of `branch` as it stands in the text, its number included."""
        block = self._blocks[branch.start]
        if is_title_like(block):
            return block.text.strip()
        return f"{branch.marker.text}{self._run_in(branch, branch.end)}"

    def _body(self, branch: Branch) -> str:
        return self._blocks[branch.start].text[branch.marker.length :].strip()

    def _of_article(self, branch: Branch, end: int) -> str:
        match = _TITLED_ARTICLE.match(self._body(branch))
        if match is None or (match.group(3) and end == branch.start + 1):
            return ""
        return next(group for group in match.groups() if group)

    def _alone(self, branch: Branch, end: int) -> str:
        """The heading that is a block of its own: more follows, and it ends no sentence."""
        block = self._blocks[branch.start]
        if end == branch.start + 1 or not is_title_like(block) or not ends_open(block):
            return ""
        return self._body(branch)

    def _run_in(self, branch: Branch, end: int) -> str:
        body = self._body(branch)
        has_more = end > branch.start + 1
        stop = body.find("。")
        if 0 < stop < len(body) - 1 and stop <= _LONGEST:
            return body[:stop]
        if has_more and stop == len(body) - 1 and 0 < stop <= _LONGEST_CLOSED:
            return body[:stop]
        spaced = _SPACED.match(body)
        if spaced:
            return spaced.group(1)
        if stop < 0 and ends_open(self._blocks[branch.start]) and len(body) <= _LONGEST and "，" not in body:
            return body
        return ""
