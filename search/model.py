"""The values of a question answered: `Hit → Answer → view`. All offsets count characters of `Document.text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["answered", "silent", "not_held", "no_basis"]
System = Literal["hybrid", "lexical", "dense"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters `start` to `end` of a document, read from there; `text` is that slice, never anything else."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term of the question found in the clause, and what it adds to the lexical score."""

    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why a clause is in the list."""

    terms: tuple[TermMatch, ...]
    """Heaviest first."""
    ranks: tuple[tuple[str, int], ...]
    """(retriever, rank from 1) for each retriever that has the clause among its candidates."""
    scores: tuple[tuple[str, float], ...]
    """(retriever, its score as it went into the fusion)."""
    sentence: Quote | None
    """The sentence of the clause that fits best."""
    phrasing: str | None = None
    """The known phrasing of the clause that is most like the question."""
    pairs: tuple[tuple[str, str], ...] = ()
    """(plain word of the question, official term of the clause) that it was found by."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found, best first; `rank` counts from 1; `score` is the fused score, comparable within one list."""

    rank: int
    clause_id: str
    doc_id: str
    label: str
    heading: str
    trail: tuple[str, ...]
    text: str
    start: int
    end: int
    score: float
    why: Why


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """What one document in scope says: its best clause with the sentences that answer, or silent (未规定).

    When silent, `clause` is None and `quotes` empty. `title`, `number` and `short_name` name the document.
    """

    doc_id: str
    status: Literal["answered", "silent"]
    title: str
    number: str | None
    short_name: str
    confidence: float
    """0 to 1: how sure it is that this document rules on the question."""
    clause: Hit | None = None
    quotes: tuple[Quote, ...] = ()
    decisive: tuple[Quote, ...] = ()
    """The words inside `quotes` that decide, in reading order: amounts, what is forbidden or waived, exceptions."""
    gist: tuple[Quote, ...] = ()
    """The one or two phrases inside `quotes` that answer and can be read alone; none where that is not certain."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is asked of. `doc_ids` in reading order; `understood` says in words how it was read."""

    doc_ids: tuple[str, ...]
    named: tuple[str, ...] = ()
    """Places or documents that the question names, as written there."""
    not_held: tuple[str, ...] = ()
    """Those of them whose text is not held."""
    understood: str = ""
    aside: tuple[str, ...] = ()
    """Those of `named` whose text is held, but not among the documents that were chosen to look in."""
    elsewhere: tuple[str, ...] = ()
    """The documents that `aside` means."""

    @property
    def is_held(self) -> bool:
        """Whether any text that is asked about is held and looked in; True where none is named."""
        return not self.named or set(self.named) != {*self.not_held, *self.aside}


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with what each document in scope says, the ranked clauses, and one of three kinds of "no".

    `status`: answered, or silent (未规定: the text asked is held and silent), not_held (未收录: the text or place
    asked about is not held, or not among the texts chosen), no_basis (未找到依据: no held text rules on it). With a
    "no", `hits` are suggestions, clauses alone.
    `notice` is the sentence to show for it, in Chinese; `confidence` is 0 to 1; `took_ms` is milliseconds.
    """

    question: str
    standalone: str
    """The question as understood, with what the history adds."""
    searched: str
    """What of it was searched for: without the places and documents that only say where to look."""
    status: Status
    confidence: float
    notice: str
    scope: Scope
    answers: tuple[DocumentAnswer, ...]
    """One per document in scope, the best first, silent ones last."""
    hits: tuple[Hit, ...]
    took_ms: float
    corrected: tuple[tuple[str, str], ...] = ()
    """(as typed, as read) for each mistyped word of the question."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Clauses for a text, best first; `took_ms` is milliseconds."""

    query: str
    hits: tuple[Hit, ...]
    took_ms: float
