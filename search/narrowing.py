"""A search narrowed: to levels and chapters of the texts, and put in order."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from search.model import Hit, SearchResult, System

if TYPE_CHECKING:
    from corpus.model import Document, Level
    from search.engine import Engine

Order = Literal["relevance", "reading"]
SHOWN = 20
"""Clauses listed."""
_WEIGHED = 300
"""Best clauses looked at: those of other chapters, and those without the words, may stand before what is wanted."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is searched, and in which order it is listed; nothing chosen narrows nothing."""

    doc_ids: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    chapters: tuple[str, ...] = ()
    """As `chapter_of` names them."""
    order: Order = "relevance"
    system: System = "hybrid"


def levels_of(documents: Sequence[Document]) -> tuple[Level, ...]:
    """The levels that the texts have, the highest first."""
    held = {document.metadata.level for document in documents}
    every: tuple[Level, ...] = ("national", "province", "city", "county")
    return tuple(level for level in every if level in held)


def chapters_of(documents: Sequence[Document], doc_ids: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """(doc_id, heading) of the chapters of the texts, in reading order; `doc_ids`: of these alone."""
    held = [document for document in documents if not doc_ids or document.doc_id in doc_ids]
    return tuple(
        dict.fromkeys((d.doc_id, c.trail[0]) for d in held for c in d.clauses if c.trail and c.kind == "clause")
    )


def chapter_of(doc_id: str, heading: str) -> str:
    """The name of a chapter, as a choice."""
    return f"{doc_id}|{heading}"


def has_words(hit: Hit, text: str) -> bool:
    """Whether every word typed, as parted by spaces, stands in the clause; width, case and line breaks do not count."""
    held = _plain(hit.text)
    return all(_plain(word) in held for word in text.split())


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def narrowed(engine: Engine, text: str, wanted: Narrowing) -> SearchResult:
    """The best clauses for `text` of those wanted, their ranks counted anew. Raises `QuestionError`.

    By relevance, clauses with the very words come first, unless it is their sense alone that is wanted.
    """
    doc_ids = wanted.doc_ids
    if wanted.levels:
        every = [d.doc_id for d in engine.documents() if d.metadata.level in wanted.levels]
        doc_ids = tuple(doc_id for doc_id in every if not wanted.doc_ids or doc_id in wanted.doc_ids)
        if not doc_ids:
            return SearchResult(text, (), 0.0)
    found = engine.search(text, k=_WEIGHED, doc_ids=doc_ids, system=wanted.system)
    hits = [
        hit
        for hit in found.hits
        if not wanted.chapters or (hit.trail and chapter_of(hit.doc_id, hit.trail[0]) in wanted.chapters)
    ]
    if wanted.system != "dense":
        hits.sort(key=lambda hit: not has_words(hit, text))
    hits = [replace(hit, rank=rank) for rank, hit in enumerate(hits[:SHOWN], 1)]
    if wanted.order == "reading":
        places = {document.doc_id: place for place, document in enumerate(engine.documents())}
        hits.sort(key=lambda hit: (places[hit.doc_id], hit.start))
    return replace(found, hits=tuple(hits))
