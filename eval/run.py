"""A suite put to engines: for each question the answer, and the clauses that each system ranks for it."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING

import msgspec
from rich.progress import track

from eval.model import AnswerOutcome, DocumentOutcome, GivenQuote, Outcome, Ranked, Run, RunInfo
from eval.systems import SYSTEMS, Asked, Ranker, phrasings_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from corpus.model import Document
    from eval.model import Question, Suite
    from search.engine import Engine
    from search.model import Answer
    from search.retrieve import Found

DEPTH = 100
"""How many clauses of a ranking are kept for the measures."""
_PLACES = 6
"""Decimals of a confidence: the rest differs between machines."""
_LIBRARIES = ("clauselens", "faiss-cpu", "jieba", "numpy", "opencc", "rank-bm25")


def run_suite(suite: Suite, engines: Mapping[str, Engine], console: Console | None = None, *, asks: bool = True) -> Run:
    """Asks every question and lets each system rank clauses for it; progress goes to `console` (None: nowhere).

    `engines`: the engine of each system, by its name in `eval.systems.SYSTEMS` (`eval.systems.engines_for` gives
    them). The answers are those of the engine of `hybrid`, else of the first. Without `asks`, as for passages that
    are no policy texts, there are no answers, and every system ranks all documents for the question as it stands.
    """
    engine = engines.get("hybrid") or next(iter(engines.values()))
    rankers = [Ranker(SYSTEMS[name], held) for name, held in engines.items()]
    questions = track(
        suite.questions,
        f"评测 {suite.name}",
        console=console,
        disable=console is None or not console.is_terminal,
        transient=True,
    )
    outcomes = tuple(_outcome(question, engine, rankers, asks=asks) for question in questions)
    return Run(_info(suite, engine, tuple(engines)), outcomes)


def fingerprint(documents: Sequence[Document]) -> str:
    """Changes when a document, its metadata or its division into clauses does (sha-256, hex)."""
    digest = hashlib.sha256()
    for document in documents:
        bounds = [(clause.clause_id, clause.start, clause.end) for clause in document.clauses]
        digest.update(msgspec.json.encode((document.doc_id, document.sha256, document.metadata, bounds)))
    return digest.hexdigest()


def _outcome(question: Question, engine: Engine, rankers: Sequence[Ranker], *, asks: bool) -> Outcome:
    answer = engine.ask(question.text, history=question.history) if asks else None
    found: dict[tuple[int, float, str], Found] = {}
    rankings: dict[str, tuple[Ranked, ...]] = {}
    for ranker in rankers:
        asked = _asked(question, answer, ranker)
        rankings[ranker.system.name] = ranker.rank(asked, DEPTH, found)
    said = None if answer is None else _answer(answer, {d.doc_id: d.text for d in engine.documents()})
    return Outcome(question.query_id, rankings, said)


def _asked(question: Question, answer: Answer | None, ranker: Ranker) -> Asked:
    everywhere = tuple(ranker.engine.index.document_of)
    system = ranker.system
    if answer is None:
        return Asked(question.text, everywhere)
    if not system.reads_history and question.history:
        answer = ranker.engine.ask(question.text)
    if not system.reads_scope:
        return Asked(answer.standalone, everywhere)
    return Asked(answer.searched, answer.scope.doc_ids)


def _answer(answer: Answer, texts: Mapping[str, str]) -> AnswerOutcome:
    documents = tuple(
        DocumentOutcome(
            said.doc_id,
            said.status,
            round(said.confidence, _PLACES),
            None if said.clause is None else said.clause.clause_id,
            tuple(
                GivenQuote(
                    quote.start, quote.end, quote.text, texts[said.doc_id][quote.start : quote.end] == quote.text
                )
                for quote in said.quotes
            ),
        )
        for said in answer.answers
    )
    return AnswerOutcome(answer.status, round(answer.confidence, _PLACES), answer.searched, documents)


def _info(suite: Suite, engine: Engine, systems: tuple[str, ...]) -> RunInfo:
    splits = {question.split for question in suite.questions}
    index = engine.index
    phrasings = phrasings_of(engine)
    decision = engine.decision.phrased if phrasings else engine.decision.plain
    config: dict[str, float | int | str | bool] = {
        "encoder": index.encoder.name,
        "phrasings": len(phrasings),
        "phrasings.sha256": hashlib.sha256(msgspec.json.encode(phrasings)).hexdigest()[:12],
    }
    for part, values in (
        ("index", index.config),
        ("fusion", engine.fusion),
        ("evidence", engine.config.evidence),
    ):
        config |= {f"{part}.{name}": value for name, value in asdict(values).items()}
    config |= {"hits": engine.config.hits, "documents": engine.config.documents}
    return RunInfo(
        suite=suite.name,
        split=splits.pop() if len(splits) == 1 else "all",
        systems=systems,
        corpus=fingerprint(index.documents),
        config=config,
        versions={library: version(library) for library in _LIBRARIES} | {"python": platform.python_version()},
        threshold=decision.threshold,
        document_threshold=decision.document_threshold,
    )
