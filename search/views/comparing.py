"""A topic compared: a table with a column for each text and a row for each point, and the labels between them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from search.brief.labels import LOOKS, shown
from search.compare.model import LABELS
from search.views.address import compare_address
from search.views.html import escape, fold, marked, opens, place, took
from search.views.redlined import redline_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpus.model import Document
    from search.compare.model import Cell, Comparison, Label, Point, Relation
    from search.model import Quote

WIDE = 4
"""Texts above which a table scrolls sideways within its own frame."""


def names_of(documents: Iterable[Document]) -> dict[str, str]:
    """What each document is called, by `doc_id`: its short name, or its title where another has the same."""
    held = tuple(documents)
    shorts = Counter(document.metadata.short_name for document in held)
    return {
        document.doc_id: (short if short and shorts[short] == 1 else document.metadata.title) or document.doc_id
        for document in held
        for short in [document.metadata.short_name]
    }


def ordered(doc_ids: Sequence[str], base: str | None) -> tuple[str, ...]:
    """The documents with `base` in front; as they are where it is None or not among them."""
    first = [doc_id for doc_id in doc_ids if doc_id == base]
    return (*first, *(doc_id for doc_id in doc_ids if doc_id != base))


def counted(points: Iterable[Point], base: str) -> Counter[Label]:
    """How often each label stands between `base` and another text."""
    return Counter(each.difference.label for point in points for each in point.relations if base in (each.of, each.to))


def pointed(points: Iterable[Point], base: str) -> Counter[Label]:
    """How many points have each label between `base` and another text."""
    return Counter(label for point in points for label in _labels(point, base))


def _labels(point: Point, base: str) -> tuple[Label, ...]:
    """The labels of a point as seen from `base`, each once."""
    return tuple(dict.fromkeys(each.difference.label for each in point.relations if base in (each.of, each.to)))


def chip(label: Label, count: int | None = None) -> str:
    """A label with its mark, and how often it stands where `count` is given."""
    number = "" if count is None else f" <b>{count}</b>"
    return f'<span class="cl-chip" data-label="{label}">{shown(label)}{number}</span>'


def chips(counts: Mapping[Label, int]) -> str:
    """The labels that occur, in their order, each with its count."""
    return "".join(chip(label, counts[label]) for label in LABELS if counts.get(label))


def notice_view(notice: str) -> str:
    """What to know of the texts compared; nothing for ""."""
    return f'<p class="cl-notice" role="note">{escape(notice)}</p>' if notice else ""


def add_button(kind: str, name: str, about: str, words: str = "加入简报") -> str:
    """A button that adds an entry to the briefing: `kind` is topic, part or all."""
    return (
        f'<button type="button" class="cl-add" data-add="{kind}" data-name="{escape(name)}"'
        f' aria-label="{escape(f"{words}：{about}")}">{escape(words)}</button>'
    )


def labels_view(counts: Mapping[Label, int]) -> str:
    """The labels as buttons that leave only the points with one of them, how many those are, what each means."""
    buttons = "".join(
        f'<button type="button" class="cl-chip" data-label="{label}" data-filter="{label}" aria-pressed="false">'
        f"{shown(label)} <b>{counts[label]}</b></button>"
        for label in LABELS
        if counts.get(label)
    )
    meanings = "".join(f"<div><dt>{chip(label)}</dt><dd>{LOOKS[label].meaning}</dd></div>" for label in LABELS)
    legend = fold("cl-legend", "标签的意思", f"<p>“甲 对 乙”是从甲看乙。</p><dl>{meanings}</dl>")
    if not buttons:
        return legend
    return (
        f'<div class="cl-labels"><div role="group" aria-label="只看带这些标签的" class="cl-filters">'
        f'<span aria-hidden="true">只看</span>{buttons}</div><p class="cl-filtered" role="status"></p>{legend}</div>'
    )


def comparison_view(comparison: Comparison, documents: Sequence[Document], base: str | None = None) -> str:
    """A topic compared, seen from `base` (None: the highest text); or that no text rules on it."""
    columns = ordered(comparison.doc_ids, base)
    address = escape(compare_address(comparison.topic, comparison.doc_ids, base))
    head = (
        f'<header title="{took(comparison.took_ms)}"><h2><bdi>{escape(comparison.topic)}</bdi></h2><p class="cl-acts">'
        f"{add_button('topic', comparison.topic, comparison.topic)}"
        f'<a class="cl-here" href="{address}">这次对照的链接</a></p></header>'
    )
    if not comparison.points:
        told = f"<strong>未找到依据</strong><span>{escape(comparison.notice)}</span>"
        return f'<article class="cl-compare">{head}<p class="cl-nothing" role="status">{told}</p></article>'
    counts = pointed(comparison.points, columns[0])
    return (
        f'<article class="cl-compare" data-filters>{head}{notice_view(comparison.notice)}{labels_view(counts)}'
        f"{table(comparison, documents, columns)}</article>"
    )


def table(comparison: Comparison, documents: Sequence[Document], columns: Sequence[str]) -> str:
    """The points of a comparison as rows; the first of `columns` is the base.

    On a narrow screen a row is laid out as a card, so the roles of a table are written out.
    """
    held = {document.doc_id: document for document in documents}
    names = names_of(documents)
    heads = "".join(_head(held[d], names[d], is_base=d == columns[0]) for d in columns)
    bodies = "".join(_point(n, point, columns, names, held) for n, point in enumerate(comparison.points, 1))
    wide = " cl-wide" if len(columns) > WIDE else ""
    focus = ' tabindex="0" role="region" aria-label="对照表，可左右滚动"' if wide else ""
    return (
        f'<div class="cl-frame{wide}"{focus} style="--cl-columns: {len(columns)}">'
        f'<table class="cl-points" role="table" aria-label="{escape(comparison.topic)}"><thead role="rowgroup">'
        f'<tr role="row">{heads}</tr></thead>{bodies}</table></div>'
    )


def _head(document: Document, name: str, *, is_base: bool) -> str:
    metadata = document.metadata
    facts = "".join(
        f"<span>{fact}</span>"
        for fact in (
            f"<bdi>{escape(metadata.number)}</bdi>" if metadata.number else None,
            escape(metadata.date or ""),
            "试行" if metadata.on_trial else None,
            escape(f"有效期至 {metadata.expires}") if metadata.expires else None,
        )
        if fact
    )
    base = '<span class="cl-base">基准</span>' if is_base else ""
    title = escape(f"《{metadata.title}》")
    return (
        f'<th scope="col" role="columnheader" title="{title}"><span class="cl-name">{escape(name)}</span>{base}'
        f"<small>{facts}</small></th>"
    )


def _point(
    number: int, point: Point, columns: Sequence[str], names: Mapping[str, str], held: Mapping[str, Document]
) -> str:
    seen = [each for each in point.relations if columns[0] in (each.of, each.to)]
    rest = [each for each in point.relations if columns[0] not in (each.of, each.to)]
    cells = "".join(_cell(number, point.cells.get(doc_id), seen, names[doc_id]) for doc_id in columns)
    lines = f'<ul class="cl-relations">{"".join(_relation(each, point, names, held) for each in seen)}</ul>'
    if rest:
        others = "".join(_relation(each, point, names, held) for each in rest)
        lines += fold("cl-others", f"其余两两对照（{len(rest)}）", f'<ul class="cl-relations">{others}</ul>')
    labels = " ".join(_labels(point, columns[0]))
    return (
        f'<tbody role="rowgroup" class="cl-point" data-labels="{labels}"><tr role="row">{cells}</tr>'
        f'<tr role="row" class="cl-between"><td role="cell" colspan="{len(columns)}">{lines}</td></tr></tbody>'
    )


def _cell(number: int, cell: Cell | None, seen: Sequence[Relation], name: str) -> str:
    """What a text says, the words marked that the relations in sight rest on."""
    named = f'<span class="cl-name">{escape(name)}</span>'
    if cell is None:
        return f'<td role="cell" class="cl-none">{named}<p><span aria-hidden="true">○ </span>未规定</p></td>'
    label = place(cell.clause_id, cell.label, "")[0]
    about = escape(f"看原文：{name} {label}，第 {number} 点")
    link = f'<a class="cl-source" {opens(cell.clause_id, (cell.quote,))} aria-label="{about}">{escape(label)}</a>'
    words = [each for relation in seen for each in _narrow(relation, cell)]
    return (
        f'<td role="cell">{named}{link}<p class="cl-said">{marked(cell.quote.text, cell.quote.start, words)}</p></td>'
    )


def _narrow(relation: Relation, cell: Cell) -> Iterable[Quote]:
    """The words of a cell that a label rests on; none where that is the whole rule, since a mark would tell nothing."""
    said = len(cell.quote.text.rstrip("。；， \n"))
    for evidence in relation.difference.evidence:
        if evidence.doc_id == cell.doc_id and len(evidence.words.text) < said:
            yield evidence.words


def _relation(relation: Relation, point: Point, names: Mapping[str, str], held: Mapping[str, Document]) -> str:
    found = relation.difference
    of, to = point.cells.get(relation.of), point.cells.get(relation.to)
    is_worded_apart = of is not None and to is not None and of.quote.text != to.quote.text
    words = redline_view(of, to, held) if of is not None and to is not None and is_worded_apart else ""
    pair = f"{escape(names[relation.of])} 对 {escape(names[relation.to])}"
    return (
        f'<li><p><span class="cl-pair">{pair}</span> {chip(found.label)} '
        f'<span class="cl-reason">{escape(found.reason)}</span></p>{words}</li>'
    )
