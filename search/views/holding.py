"""The tab of texts: what is held with its metadata, what it rests on, what is cited but not held, the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from corpus.model import Span
from search.names import names_of
from search.views.html import escape, opens, theirs

if TYPE_CHECKING:
    from corpus.model import Citation, Document
    from search.held import IndexState

LEVELS = {"national": "国家", "province": "省级", "city": "市级", "county": "县级"}
ENCODERS = {"StaticEncoder": "内置编码器"}
"""Names of encoders on the page; another goes by its own."""


def holding_view(documents: Sequence[Document], state: IndexState) -> str:
    """Every text held, in reading order, then what is cited but not held, then the index."""
    names = names_of(documents)
    texts = "".join(_text(document, documents, names) for document in documents)
    return (
        f'<article class="cl-holding"><section><h2>收录的文本 <small>{len(documents)} 份</small></h2>'
        f'<div class="cl-texts-held">{texts}</div></section>{_missing(documents, names)}{_index(state)}</article>'
    )


def _text(document: Document, documents: Sequence[Document], names: Mapping[str, str]) -> str:
    metadata = document.metadata
    counted = sum(clause.kind == "clause" for clause in document.clauses)
    in_force = "试行" if metadata.on_trial else ""
    until = f"有效期至 {metadata.expires}" if metadata.expires else ""
    facts = (
        ("文号", theirs(metadata.number or "")),
        ("发文机关", theirs("、".join(metadata.issuers))),
        ("日期", escape(metadata.date or "")),
        ("层级", LEVELS.get(metadata.level or "", "")),
        ("适用地区", theirs(metadata.region or "")),
        ("效力", escape("，".join(word for word in (in_force, until) if word))),
        ("依据", _lineage(metadata.basis, documents, names)),
        ("引用", _lineage(tuple(c for c in metadata.citations if not c.is_basis), documents, names)),
        ("被引用", _citing(document, documents, names)),
        ("条款", f"{counted} 条，{len(document.text)} 字"),
        ("文件", f"{theirs(document.path)}（{escape(document.encoding)}）"),
    )
    listing = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts if value)
    title = f"<a {opens(document.clauses[0].clause_id, ())}>{escape(metadata.title)}</a>" if document.clauses else ""
    return (
        f'<section class="cl-card"><header><span class="cl-name">{escape(names[document.doc_id])}</span>'
        f'<h3>{title or escape(metadata.title)}</h3></header><dl class="cl-facts">{listing}</dl></section>'
    )


def _lineage(citations: Sequence[Citation], documents: Sequence[Document], names: Mapping[str, str]) -> str:
    return "<br>".join(_cited(citation, documents, names) for citation in citations)


def _cited(citation: Citation, documents: Sequence[Document], names: Mapping[str, str]) -> str:
    title = _titled(citation.title, citation.number)
    held = next((d for d in documents if d.doc_id == citation.doc_id and d.clauses), None)
    if held is None:
        return f'{title} <em class="cl-unheld">未收录</em>'
    return f"<a {opens(held.clauses[0].clause_id, ())}>{title}</a> <em>收录：{theirs(names[held.doc_id])}</em>"


def _titled(title: str, number: str | None) -> str:
    return theirs(f"《{title}》{f'（{number}）' if number else ''}")


def _citing(document: Document, documents: Sequence[Document], names: Mapping[str, str]) -> str:
    return "、".join(
        theirs(names[other.doc_id])
        for other in documents
        if any(citation.doc_id == document.doc_id for citation in other.metadata.citations)
    )


def _missing(documents: Sequence[Document], names: Mapping[str, str]) -> str:
    """Documents cited but not held, each once, with where they are cited."""
    found: dict[tuple[str, str | None], list[str]] = {}
    for document in documents:
        for citation in document.metadata.citations:
            if citation.doc_id is None:
                place = document.clause_at(citation.start)
                where = opens(place.clause_id, (Span(citation.start, citation.end),))
                link = f"<a {where}>{escape(names[document.doc_id])}</a>"
                found.setdefault((citation.title, citation.number), []).append(link)
    if not found:
        return ""
    items = "".join(
        f"<li>{_titled(title, number)} <small>见于 {'、'.join(links)}</small></li>"
        for (title, number), links in found.items()
    )
    return (
        f"<section><h2>引用了但没有收录 <small>{len(found)} 份；问到它们时会说“未收录”</small></h2>"
        f'<ul class="cl-missing">{items}</ul></section>'
    )


def _index(state: IndexState) -> str:
    built = state.built.strftime("%Y-%m-%d %H:%M") if state.built is not None else "没有存盘，在内存中使用"
    facts = (
        ("条款", f"{state.clauses} 条"),
        ("句子", f"{state.sentences} 句"),
        ("编码器", f"{escape(ENCODERS.get(state.encoder, state.encoder))}，{state.dim} 维（{escape(state.identity)}）"),
        ("建立于", built),
    )
    listing = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<section><h2>索引</h2><dl class="cl-facts">{listing}</dl></section>'
