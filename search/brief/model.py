"""The values of a briefing: `Comparison → Section → Briefing`. What is quoted stays a span of its document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Citation, Document
from search.compare.model import Comparison


@dataclass(frozen=True, slots=True)
class ScopeEntry:
    """A document the briefing is about, as it is listed at the front. Absent is None or ()."""

    doc_id: str
    title: str
    number: str | None = None
    """文号, as written."""
    issuers: tuple[str, ...] = ()
    date: str | None = None
    """ISO date, as in `Metadata.date`."""
    basis: tuple[str, ...] = ()
    """The documents it is based on: 《title》（number）."""
    on_trial: bool = False
    """试行 or 暂行."""


@dataclass(frozen=True, slots=True)
class Section:
    """A topic compared; `note` is what the person who made the briefing says of it ("" for nothing)."""

    topic: str
    note: str
    comparison: Comparison
    chapter: str = ""
    """The heading that it stands under with its neighbours of the same chapter; "" for none."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """Topics compared over the texts in `scope`; `documents` holds at least every text that is quoted.

    `sections` in the order they are shown; `notes` are paragraphs for the front. `date` is also the date that
    files made from it carry, so that the same briefing gives the same bytes.
    """

    title: str
    date: dt.date
    scope: tuple[ScopeEntry, ...]
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    documents: tuple[Document, ...]


def scope_of(documents: Iterable[Document]) -> tuple[ScopeEntry, ...]:
    """An entry for each document, from its metadata, in the order given."""
    return tuple(
        ScopeEntry(
            doc_id=document.doc_id,
            title=document.metadata.title,
            number=document.metadata.number,
            issuers=document.metadata.issuers,
            date=document.metadata.date,
            basis=tuple(map(_cited, document.metadata.basis)),
            on_trial=document.metadata.on_trial,
        )
        for document in documents
    )


def _cited(citation: Citation) -> str:
    title = f"《{citation.title}》" if citation.title else ""
    return title + (f"（{citation.number}）" if citation.number else "")
