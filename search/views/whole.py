"""Whole texts compared: chapter by chapter, a fold for each matter with the counts of its labels."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from search.views.address import WHOLE, compare_address
from search.views.comparing import add_button, chips, labels_view, names_of, notice_view, ordered, pointed, table
from search.views.html import escape, took

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.model import Document
    from search.compare.model import Label, Matter, WholeComparison


def whole_view(whole: WholeComparison, documents: Sequence[Document]) -> str:
    """The matters of whole texts compared, in reading order of the base, each folded away."""
    names = names_of(documents)
    columns = ordered(whole.doc_ids, whole.base)
    address = escape(compare_address(WHOLE, whole.doc_ids, whole.base))
    title = f"整份对照：{'、'.join(names[doc_id] for doc_id in columns)}"
    counts: Counter[Label] = sum((_counts(matter, whole.base) for matter in whole.matters), Counter())
    points = sum(len(matter.comparison.points) for matter in whole.matters)
    head = (
        f'<header><h2>{escape(title)}</h2><p class="cl-acts">{add_button("all", "", title, "整份加入简报")}'
        '<button type="button" data-unfold="open">全部展开</button>'
        '<button type="button" data-unfold="">全部收起</button>'
        f'<a class="cl-here" href="{address}">这次对照的链接</a>'
        f'<small title="{took(whole.took_ms)}">{len(whole.matters)} 项 {points} 点</small></p></header>'
    )
    parts = "".join(
        _chapter(chapter, tuple(matters), documents, columns)
        for chapter, matters in groupby(whole.matters, key=lambda matter: matter.chapter)
    )
    nothing = "" if whole.matters else '<p class="cl-nothing" role="status">这几份文件没有可以对照的条文。</p>'
    return (
        f'<article class="cl-compare cl-whole" data-filters>{head}{notice_view(whole.notice)}{labels_view(counts)}'
        f"{parts}{nothing}</article>"
    )


def _counts(matter: Matter, base: str) -> Counter[Label]:
    return pointed(matter.comparison.points, base)


def _chapter(chapter: str, matters: Sequence[Matter], documents: Sequence[Document], columns: Sequence[str]) -> str:
    whole_chapter = _chapter_id(matters, columns[0]) if chapter else ""
    apart = "<small>不成一章，请打开后逐条加入简报</small>"
    add = add_button("part", whole_chapter, chapter, "本章加入简报") if whole_chapter else apart
    name = f"<bdi>{escape(chapter)}</bdi>" if chapter else "其他"
    heading = f"<header><h3>{name}</h3>{add}</header>"
    folds = "".join(_matter(matter, documents, columns) for matter in matters)
    return f'<section class="cl-chapter-compared">{heading}{folds}</section>'


def _chapter_id(matters: Iterable[Matter], base: str) -> str:
    """The id of the chapter they stand in, by those of the base where it has any; "" where they have none in common.

    A chapter that is a single clause goes by that clause's id.
    """
    ids = [matter.clause_id for matter in matters]
    own = [clause_id for clause_id in ids if clause_id.startswith(f"{base}/")] or ids
    above = {clause_id.rpartition("/")[0] for clause_id in own}
    found = above.pop() if len(above) == 1 else ""
    if "/" in found:
        return found
    return own[0] if len(own) == 1 else ""


def _matter(matter: Matter, documents: Sequence[Document], columns: Sequence[str]) -> str:
    counts = _counts(matter, columns[0])
    return (
        f'<details class="cl-matter"><summary><span class="cl-matter-title">{escape(matter.title)}</span>'
        f'<span class="cl-chips">{chips(counts)}</span></summary>'
        f'<p class="cl-acts">{add_button("part", matter.clause_id, matter.title)}</p>'
        f"{table(matter.comparison, documents, columns)}</details>"
    )
