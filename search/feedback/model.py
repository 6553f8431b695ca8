"""The values of feedback: `Answer → Given → Feedback`. Nothing in them says who gave it, or from where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.model import Clause, Document
from search.model import Status

Verdict = Literal["right", "wrong"]
State = Literal["new", "accepted", "dismissed"]

OPENING = 12
"""Characters of a clause, blanks apart, that are kept to know it again."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause as it stood when the feedback was given; `quotes` are the words of it that were shown, if any."""

    clause_id: str
    opening: str
    """Its first `OPENING` characters, blanks apart."""
    quotes: tuple[str, ...] = ()

    @property
    def doc_id(self) -> str:
        """The document it stands in."""
        return self.clause_id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Given:
    """What a person found of an answer, and all that is kept of the question and the answer."""

    when: str
    """UTC, to the minute: 2026-03-01T08:15Z."""
    question: str
    standalone: str
    """As it was understood, with what the conversation adds."""
    history: tuple[str, ...]
    """Earlier questions of the conversation, the oldest first."""
    chosen: tuple[str, ...]
    """Texts that the question was put to by choice, by `doc_id`; () where it was put to all."""
    scope: tuple[str, ...] | None
    """Texts that the answer was looked for in; None where they are too many to list."""
    status: Status
    shown: tuple[Cited, ...]
    """What was shown as the answer, one clause a document; a document in scope that is not here was silent."""
    verdict: Verdict
    right: tuple[Cited, ...] | None
    """With a wrong answer, the clauses that would have been right; () where no text rules on it, None: not known."""
    note: str
    corpus: str
    """Fingerprint of the texts held."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Feedback as kept, by its `number`, and what became of it."""

    number: int
    state: State
    given: Given


def cite(clause: Clause, quotes: Sequence[str] = ()) -> Cited:
    """A clause as it stands now."""
    return Cited(clause.clause_id, _opening(clause), tuple(quotes))


def clauses_of(documents: Sequence[Document]) -> dict[str, Clause]:
    """The clauses of the documents, by `clause_id`."""
    return {clause.clause_id: clause for document in documents for clause in document.clauses}


def stale(cited: Cited, clauses: Mapping[str, Clause]) -> str | None:
    """Why the clause is no longer the one that was meant, in words; None where it is."""
    clause = clauses.get(cited.clause_id)
    if clause is None:
        return f"没有条款 {cited.clause_id}"
    if _opening(clause) != cited.opening:
        return f"{cited.clause_id} 现在以“{_opening(clause)}”开头，记下时是“{cited.opening}”"
    return None


def _opening(clause: Clause) -> str:
    return "".join(clause.body_text.split())[:OPENING]
