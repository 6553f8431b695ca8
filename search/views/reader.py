"""A whole text to read, with an outline, and the cited words marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.views.address import source_address
from search.views.html import Link, escape, lines, merged, opens, paragraph, place, theirs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Citation, Clause, Document, Metadata, Span


def anchor(clause_id: str) -> str:
    """The id of a clause's element on the page."""
    return f"clause-{clause_id}"


def _chapter_lines(clause: Clause) -> tuple[tuple[int, str], ...]:
    return lines(clause.text[: clause.body - clause.start], clause.start)


def _outline(document: Document, cited: str | None) -> str:
    items: list[str] = []
    for clause in document.clauses:
        target = escape(anchor(clause.clause_id))
        items += [
            f'<li class="cl-chapter"><a href="#{target}" data-goto="{target}">{escape(line)}</a></li>'
            for _, line in _chapter_lines(clause)
        ]
        name = " ".join(place(clause.clause_id, clause.label, clause.heading)).strip()
        current = ' aria-current="true"' if clause.clause_id == cited else ""
        items.append(f'<li><a href="#{target}" data-goto="{target}"{current}>{escape(name)}</a></li>')
    return (
        '<nav class="cl-outline" aria-label="目录"><details open><summary>目录</summary>'
        f"<ol>{''.join(items)}</ol></details></nav>"
    )


def _clause(clause: Clause, marks: Sequence[Span], links: Sequence[Link], *, cited: bool) -> str:
    chapters = "".join(f"<h3>{escape(line)}</h3>" for _, line in _chapter_lines(clause))
    shown = lines(clause.body_text, clause.body)
    text = "".join(
        paragraph(at, line, marks, clause.heading if number == 0 else "", links=links)
        for number, (at, line) in enumerate(shown)
    )
    css = f"cl-part cl-{clause.kind}" + (" cl-cited" if cited else "")
    name = " ".join(place(clause.clause_id, clause.label, clause.heading)).strip()
    return (
        f'{chapters}<section class="{css}" id="{escape(anchor(clause.clause_id))}" tabindex="-1"'
        f' aria-label="{escape(name)}">{text}</section>'
    )


def _links(document: Document, documents: Sequence[Document]) -> tuple[Link, ...]:
    """The texts that the document names: those held as links to their beginning, the others told apart."""
    held = {d.doc_id: d for d in documents if d.clauses and d.doc_id != document.doc_id}
    links: list[Link] = []
    for citation in sorted(document.metadata.citations, key=lambda c: (c.start, c.end)):
        if links and citation.start < links[-1].end:
            continue
        other = held.get(citation.doc_id or "")
        if other is not None:
            before = f'<a class="cl-cites" {opens(other.clauses[0].clause_id, ())}>'
            links.append(Link(citation.start, citation.end, before, "</a>"))
        elif citation.doc_id is None:
            links.append(Link(citation.start, citation.end, '<span class="cl-unheld" title="未收录">', "</span>"))
    return tuple(links)


def _facts(metadata: Metadata, documents: Sequence[Document]) -> str:
    basis = "、".join(_basis(citation, documents) for citation in metadata.basis)
    rows = (
        ("文号", theirs(metadata.number or "")),
        ("发文机关", theirs("、".join(metadata.issuers))),
        ("日期", escape(metadata.date or "")),
        ("适用地区", theirs(metadata.region or "")),
        ("有效期至", escape(metadata.expires or "")),
        ("依据", basis),
    )
    return "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows if value)


def _basis(citation: Citation, documents: Sequence[Document]) -> str:
    title = theirs(f"《{citation.title}》{f'（{citation.number}）' if citation.number else ''}")
    held = next((d for d in documents if d.doc_id == citation.doc_id and d.clauses), None)
    if held is not None:
        return f"<a {opens(held.clauses[0].clause_id, ())}>{title}</a>"
    return title if citation.doc_id else f"{title} 未收录"


def _tools(document: Document, clause: Clause | None, marks: Sequence[Span]) -> str:
    """Above the text: its name, the way back to where it was opened from, what to do with the clause, a search."""
    name = document.metadata.short_name or document.metadata.title
    return (
        f'<div class="cl-tools"><button type="button" data-back hidden>← 返回</button>'
        f'<span class="cl-name cl-reading" aria-hidden="true">{escape(name)}</span>{_takings(clause, marks)}'
        '<span role="search"><input type="search" data-find aria-label="在这份文本里查找" autocomplete="off"'
        ' placeholder="在这份文本里查找"><output aria-live="polite"></output>'
        '<button type="button" data-step="-1" aria-label="上一处">↑</button>'
        '<button type="button" data-step="1" aria-label="下一处">↓</button></span></div>'
    )


def _takings(clause: Clause | None, marks: Sequence[Span]) -> str:
    if clause is None:
        return ""
    name = " ".join(place(clause.clause_id, clause.label, clause.heading)).strip()
    address = escape(source_address(clause.clause_id, marks))
    return (
        f'<a class="cl-here" href="{address}">这一条的链接</a>'
        f'<button type="button" data-like="{escape(clause.clause_id)}" aria-label="更像这条：{escape(name)}">'
        "更像这条</button>"
    )


def reader_view(
    document: Document,
    clause_id: str | None = None,
    marks: Sequence[Span] = (),
    documents: Sequence[Document] = (),
) -> str:
    """The text from its first to its last clause; the clause cited is set apart, the words cited are marked.

    `marks` are characters of `document.text`; those outside it show nothing. `documents` are those held: where the
    text names one of them, it links to it.
    """
    spans = merged(marks)
    metadata = document.metadata
    links = _links(document, documents)
    parts = "".join(_clause(clause, spans, links, cited=clause.clause_id == clause_id) for clause in document.clauses)
    trial = '<span class="cl-trial">试行</span>' if metadata.on_trial else ""
    tools = _tools(document, document.by_id.get(clause_id or ""), spans)
    return (
        f'<div class="cl-reader" data-doc="{escape(document.doc_id)}">{_outline(document, clause_id)}'
        f'<div>{tools}<article class="cl-text"><header><h2>{escape(metadata.title)}{trial}</h2>'
        f'<dl class="cl-facts">{_facts(metadata, documents)}</dl></header>{parts}</article></div></div>'
    )
