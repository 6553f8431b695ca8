"""The numbered blocks of a part → its tree, and which of its nodes are clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.blocks import Block
from corpus.markers import ARABIC, ARTICLE, DECIMAL, HAN, PAREN_ARABIC, PAREN_HAN, STATUTE_LEVELS, Marker
from corpus.numbering import Numbering

_INTRODUCES = re.compile(r"下列|以下|如下|包括|分为|之一|主要(?:是|有)")
_LONGEST_HEADING = 60


@dataclass(slots=True)
class Branch:
    """A numbered block with what stands under it, while the tree is built. Indices count the part's blocks."""

    marker: Marker
    start: int
    end: int
    children: list[Branch] = field(default_factory=list)

    @property
    def own_end(self) -> int:
        """Where its own blocks end and its first child begins."""
        return self.children[0].start if self.children else self.end


@dataclass(frozen=True, slots=True)
class Provision:
    """A node that is a clause, or the unnumbered body of one that has clauses below it.

    `start` takes in the headings of `above` that stand right before it; `body` is its own first block.
    """

    above: tuple[Branch, ...]
    branch: Branch
    start: int
    body: int
    end: int


def grow(blocks: Sequence[Block], start: int, end: int) -> list[Branch]:
    """The tree of the numbered blocks in `blocks[start:end]`."""
    roots: list[Branch] = []
    numbering = Numbering()
    path: list[Branch] = []
    for i in range(start, end):
        marker = blocks[i].marker
        if marker is None:
            continue
        numbering.take(marker)
        above = {level for level, _ in numbering.open[:-1]}
        depth = next((k for k, branch in enumerate(path) if branch.marker.level not in above), len(path))
        if marker.level == DECIMAL:
            depth = _decimal_depth(path, marker)
        for closed in path[depth:]:
            closed.end = i
        del path[depth:]
        branch = Branch(marker, i, end)
        (path[-1].children if path else roots).append(branch)
        path.append(branch)
    return roots


def _decimal_depth(path: Sequence[Branch], marker: Marker) -> int:
    """How many of `path` stand above the decimal number: 1 above 1.2, and whatever holds the decimals themselves."""
    decimals = [k for k, branch in enumerate(path) if branch.marker.level == DECIMAL]
    if not decimals:
        return len(path)
    for k in decimals:
        outer = path[k].marker.number
        if len(outer) >= len(marker.number) or marker.number[: len(outer)] != outer:
            return k
    return decimals[-1] + 1


def provisions(roots: Sequence[Branch], blocks: Sequence[Block]) -> Iterator[Provision]:
    """The clauses of the tree in reading order; with the headings above them they tile its blocks."""
    has_articles = any(b.marker.level == ARTICLE for b in _walk(roots))
    pending: int | None = None
    for above, branch, is_holder in _choose(roots, (), blocks, has_articles=has_articles):
        start = branch.start if pending is None else pending
        if is_holder and is_heading_only(blocks, branch):
            pending = start
            continue
        yield Provision(above, branch, start, branch.start, branch.own_end if is_holder else branch.end)
        pending = None


def _walk(branches: Sequence[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _walk(branch.children)


def _choose(
    branches: Sequence[Branch], above: tuple[Branch, ...], blocks: Sequence[Block], *, has_articles: bool
) -> Iterator[tuple[tuple[Branch, ...], Branch, bool]]:
    for branch in branches:
        is_holder = bool(branch.children) and _holds_clauses(branch, above, blocks, has_articles=has_articles)
        yield above, branch, is_holder
        if is_holder:
            yield from _choose(branch.children, (*above, branch), blocks, has_articles=has_articles)


def _holds_clauses(branch: Branch, above: tuple[Branch, ...], blocks: Sequence[Block], *, has_articles: bool) -> bool:
    """Whether the clauses are below `branch` rather than `branch` itself."""
    level = branch.marker.level
    if level == ARTICLE:
        return False
    if level in STATUTE_LEVELS:
        return True
    if has_articles:
        return any(b.marker.level == ARTICLE for b in _walk(branch.children))
    if level == DECIMAL:
        return len(branch.marker.number) == 1 and branch.children[0].marker.level == DECIMAL
    below = branch.children[0].marker.level
    if level == HAN and below in (PAREN_HAN, ARABIC, PAREN_ARABIC):
        return (not above or is_heading_only(blocks, branch)) and not _is_item_list(branch, blocks)
    if not above and level in (ARABIC, PAREN_HAN) and below in (PAREN_ARABIC, PAREN_HAN):
        return level == ARABIC and is_heading_only(blocks, branch) and not _is_item_list(branch, blocks)
    return False


def _is_item_list(branch: Branch, blocks: Sequence[Block]) -> bool:
    """Whether the children only list what one sentence of `branch` introduces."""
    if is_heading_only(blocks, branch):
        return False
    introduction = blocks[branch.own_end - 1].text.rstrip()
    if not introduction.endswith(("：", ":")) and not _INTRODUCES.search(introduction):
        return False
    if len(branch.children) == 1:
        return re.search(r"[；;]\s*[（(][二2２][）)]", blocks[branch.children[0].start].text) is not None
    ends = [blocks[child.end - 1].text.rstrip() for child in branch.children[:-1]]
    return bool(ends) and all(end.endswith(("；", ";", "，", "、")) for end in ends)


def is_heading_only(blocks: Sequence[Block], branch: Branch) -> bool:
    """Whether the branch's own blocks are one heading line and nothing more."""
    if branch.own_end - branch.start != 1:
        return False
    text = blocks[branch.start].text.rstrip()
    return (
        len(text) <= _LONGEST_HEADING
        and "。" not in text[:-1]
        and not text.endswith(("；", ";"))
        and not (text.endswith(("：", ":")) and ("，" in text or _INTRODUCES.search(text) is not None))
    )
