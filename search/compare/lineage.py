"""What to know of texts before they are compared: which rests on which, what is cited but not held, trial, expiry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.model import Citation, Document
from search.names import names_of

_NAMED = 2
"""Bases not held that are named; of more, the first."""


def notice_of(documents: Sequence[Document]) -> str:
    """Sentences for a reader, in Chinese: basis among the texts, trial, expiry, bases not held; "" for none of these.

    Documents have their dates where one rests on another.
    """
    held = {document.doc_id: document for document in documents}
    names = names_of(documents)
    told = []
    for document in documents:
        metadata = document.metadata
        cited = [c.doc_id for c in metadata.basis if c.doc_id in held and c.doc_id != document.doc_id]
        resting = [_dated(held[doc_id], names) for doc_id in dict.fromkeys(cited) if doc_id is not None]
        if resting:
            told.append(f"{_dated(document, names)}依据{'、'.join(resting)}制定。")
        if metadata.on_trial:
            told.append(f"{names[document.doc_id]}的文件是试行的。")
        if metadata.expires:
            told.append(f"{names[document.doc_id]}的文件有效期至 {metadata.expires}。")
    missing = [text for document in documents if (text := _missing(document, names))]
    if missing:
        told.append(f"作为依据引用、但没有收录的：{'；'.join(missing)}。")
    return "".join(told)


def _dated(document: Document, names: Mapping[str, str]) -> str:
    date = document.metadata.date
    return f"{names[document.doc_id]}的文件" + (f"（{date}）" if date else "")


def _missing(document: Document, names: Mapping[str, str]) -> str:
    """What the document rests on that is not held; "" for nothing."""
    cited = list(dict.fromkeys(_named(c for c in document.metadata.basis if c.doc_id is None)))
    more = "等" if len(cited) > _NAMED else ""
    return f"{names[document.doc_id]} {len(cited)} 份（{'、'.join(cited[:_NAMED])}{more}）" if cited else ""


def _named(citations: Iterable[Citation]) -> Iterable[str]:
    return (citation.number or f"《{citation.title}》" for citation in citations)
