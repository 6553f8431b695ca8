"""A suite put to an engine: for each question its answer, and the clauses that each system ranks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rich.progress import track

from eval.suite import find_suite, load_suite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from corpus.model import Document
    from eval.suite import Question, Suite
    from search.model import Answer, SearchResult, System

DEPTH = 100
"""How many clauses of a ranking are kept for the measures."""


class Engine(Protocol):
    """What a suite needs of `search.engine.Engine`."""

    def documents(self) -> Sequence[Document]:
        """The documents it answers from."""

    def ask(self, question: str, doc_ids: Sequence[str] = (), history: Sequence[str] = ()) -> Answer:
        """The answer to a question, with what earlier questions add."""

    def search(self, text: str, k: int = 10, doc_ids: Sequence[str] = (), system: System = "hybrid") -> SearchResult:
        """The `k` best clauses for a text."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The clauses one system gives for a question, best first, none twice."""

    system: System
    clause_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question."""

    question: Question
    answer: Answer
    rankings: tuple[Ranking, ...]
    """One for each system of the run, in its order."""


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """A suite put to an engine; outcomes in the order of the suite."""

    suite: Suite
    systems: tuple[System, ...]
    outcomes: tuple[Outcome, ...]


def run_suites(
    names: Sequence[str], split: str, systems: Sequence[System], engine: Engine, console: Console | None = None
) -> tuple[SuiteRun, ...]:
    """Runs one split of each named suite (a name in ``eval/suites/`` or a folder), in order.

    All suites are read and checked before the first question is asked; raises `SuiteError` where one does not fit.
    """
    suites = [load_suite(find_suite(name), split, engine.documents()) for name in names]
    return tuple(run_suite(suite, engine, systems, console) for suite in suites)


def run_suite(suite: Suite, engine: Engine, systems: Sequence[System], console: Console | None = None) -> SuiteRun:
    """Asks every question and lets each system rank clauses for it; progress goes to `console` (None: nowhere).

    All systems rank for the same text and the same documents: what `ask` searched for, in the scope that it
    makes of it. So they differ by retrieval alone, and follow-up questions can be ranked too.
    """
    questions = track(
        suite.questions, f"{suite.name}/{suite.split}", console=console, disable=console is None, transient=True
    )
    return SuiteRun(suite, tuple(systems), tuple(_outcome(question, engine, systems) for question in questions))


def _outcome(question: Question, engine: Engine, systems: Sequence[System]) -> Outcome:
    answer = engine.ask(question.text, history=question.history)
    rankings = []
    for system in systems:
        found = engine.search(answer.searched, k=DEPTH, doc_ids=answer.scope.doc_ids, system=system)
        rankings.append(Ranking(system, tuple(dict.fromkeys(hit.clause_id for hit in found.hits))))
    return Outcome(question, answer, tuple(rankings))
