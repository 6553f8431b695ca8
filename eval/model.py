"""The values of an evaluation: `Suite` (what is right) and `Run` (what a system gave), question by question.

Everything judged, compared, gated or reported is a function of these two: no measure asks an engine. A run holds no
times, so the same inputs give the same run; times are measured by `eval.bench`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from search.model import Status

QuestionType = Literal["single", "multi", "compare", "none", "followup"]
NoneKind = Literal["far", "near", "elsewhere"]
Grade = Literal[1, 2]
Split = Literal["dev", "test"]

ANSWERS: Grade = 2
"""The grade of a quote that answers; 1 supports."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A judged quote, resolved: `start` and `end` count characters of the document's clean text.

    In a suite read from a BEIR folder there are no quotes, only judged clauses: `quote` is "" and `start == end`.
    """

    doc_id: str
    clause_id: str
    quote: str
    start: int
    end: int
    grade: int


@dataclass(frozen=True, slots=True)
class Question:
    """A judged question; see `eval.suite` for what its fields mean in a file."""

    query_id: str
    type: QuestionType
    text: str
    history: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()
    silent: tuple[str, ...] = ()
    none: NoneKind | None = None
    expect: Status | None = None
    split: str = "test"

    @property
    def grades(self) -> dict[str, int]:
        """Highest grade of each judged clause, by `clause_id`."""
        best: dict[str, int] = {}
        for gold in self.gold:
            best[gold.clause_id] = max(gold.grade, best.get(gold.clause_id, 0))
        return best

    @property
    def ruling(self) -> tuple[str, ...]:
        """Documents with a quote that answers, each once, in the order of the gold."""
        return tuple(dict.fromkeys(gold.doc_id for gold in self.gold if gold.grade == ANSWERS))


@dataclass(frozen=True, slots=True)
class Suite:
    """Judged questions over one corpus, in the order of the file."""

    name: str
    title: str
    language: str
    corpus: str
    tests: str
    licence: str
    provenance: str
    questions: tuple[Question, ...]

    def part(self, split: str) -> Suite:
        """The suite with the questions of one split alone."""
        kept = tuple(question for question in self.questions if question.split == split)
        return Suite(self.name, self.title, self.language, self.corpus, self.tests, self.licence, self.provenance, kept)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A clause in a ranking; `ranks` are its ranks in the single retrievers, where known."""

    clause_id: str
    score: float
    ranks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GivenQuote:
    """Characters `start` to `end` of a document as an answer quoted them; `is_exact`: the source reads just so."""

    start: int
    end: int
    text: str
    is_exact: bool


@dataclass(frozen=True, slots=True)
class DocumentOutcome:
    """What an answer said of one document in scope."""

    doc_id: str
    status: Literal["answered", "silent"]
    confidence: float
    clause_id: str | None = None
    quotes: tuple[GivenQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What `ask` gave; documents in scope in the answer's order."""

    status: Status
    confidence: float
    searched: str
    documents: tuple[DocumentOutcome, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question: a ranking for each system of the run, and the answer (None where none was asked)."""

    query_id: str
    rankings: dict[str, tuple[Ranked, ...]]
    answer: AnswerOutcome | None = None


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What gave a run: enough to give it again."""

    suite: str
    split: str
    systems: tuple[str, ...]
    corpus: str
    """Fingerprint of the corpus."""
    config: dict[str, float | int | str | bool]
    """Settings of the engine, flat, e.g. ``fusion.words``."""
    versions: dict[str, str]
    """Of this program and of the libraries that bear on ranking."""
    threshold: float
    document_threshold: float


@dataclass(frozen=True, slots=True)
class Run:
    """What systems gave for a suite's questions, in the suite's order. Saved and read by `eval.run_file`."""

    info: RunInfo
    outcomes: tuple[Outcome, ...]

    def ranking(self, query_id: str, system: str) -> tuple[str, ...]:
        """Clause ids, best first; () for a question or system that the run lacks."""
        found = next((o for o in self.outcomes if o.query_id == query_id), None)
        return () if found is None else tuple(r.clause_id for r in found.rankings.get(system, ()))
