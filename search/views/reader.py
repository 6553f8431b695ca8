"""A whole text to read, with an outline, and the cited words marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.views.html import escape, lines, merged, paragraph, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Clause, Document, Metadata, Span


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


def _clause(clause: Clause, marks: Sequence[Span], *, cited: bool) -> str:
    chapters = "".join(f"<h3>{escape(line)}</h3>" for _, line in _chapter_lines(clause))
    shown = lines(clause.body_text, clause.body)
    text = "".join(
        paragraph(at, line, marks, clause.heading if number == 0 else "") for number, (at, line) in enumerate(shown)
    )
    css = f"cl-part cl-{clause.kind}" + (" cl-cited" if cited else "")
    name = " ".join(place(clause.clause_id, clause.label, clause.heading)).strip()
    return (
        f'{chapters}<section class="{css}" id="{escape(anchor(clause.clause_id))}" tabindex="-1"'
        f' aria-label="{escape(name)}">{text}</section>'
    )


def _facts(metadata: Metadata) -> str:
    basis = "、".join(
        f"《{c.title}》{f'（{c.number}）' if c.number else ''}{'' if c.doc_id else ' 未收录'}" for c in metadata.basis
    )
    rows = (
        ("文号", metadata.number or ""),
        ("发文机关", "、".join(metadata.issuers)),
        ("日期", metadata.date or ""),
        ("适用地区", metadata.region or ""),
        ("有效期至", metadata.expires or ""),
        ("依据", basis),
    )
    return "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in rows if value)


def reader_view(document: Document, clause_id: str | None = None, marks: Sequence[Span] = ()) -> str:
    """The text from its first to its last clause; the clause cited is set apart, the words cited are marked.

    `marks` are characters of `document.text`; those outside it show nothing.
    """
    spans = merged(marks)
    metadata = document.metadata
    parts = "".join(_clause(clause, spans, cited=clause.clause_id == clause_id) for clause in document.clauses)
    trial = '<span class="cl-trial">试行</span>' if metadata.on_trial else ""
    return (
        f'<div class="cl-reader" data-doc="{escape(document.doc_id)}">{_outline(document, clause_id)}'
        f'<article class="cl-text"><header><h2>{escape(metadata.title)}{trial}</h2>'
        f'<dl class="cl-facts">{_facts(metadata)}</dl></header>{parts}</article></div>'
    )
