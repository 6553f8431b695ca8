"""Suites and runs made in a line, for tests of what is measured on them."""

from __future__ import annotations

from eval.model import (
    AnswerOutcome,
    DocumentOutcome,
    GivenQuote,
    Gold,
    Outcome,
    Question,
    Ranked,
    Run,
    RunInfo,
    Suite,
)


def gold(clause_id, grade=2, start=0, quote="每月加发三百元"):
    """A judged quote of a clause; its document is what stands before the slash."""
    return Gold(clause_id.split("/")[0], clause_id, quote, start, start + len(quote), grade)


def question(query_id, *golds, kind="single", **fields):
    return Question(query_id, kind, f"问{query_id}", gold=golds, **fields)


def none(query_id, kind, **fields):
    return Question(query_id, "none", f"问{query_id}", none=kind, **fields)


def suite(*questions):
    return Suite("made", "自编", "zh", "a、b", "评测自身", "CC0-1.0", "编造", questions)


def quote(start, text, *, is_exact=True):
    return GivenQuote(start, start + len(text), text, is_exact)


def says(doc_id, clause_id=None, *quotes, confidence=0.9):
    """What a document is said to answer; silent without a clause."""
    status = "silent" if clause_id is None else "answered"
    return DocumentOutcome(doc_id, status, confidence, clause_id, quotes)


def answer(status, confidence, *documents):
    return AnswerOutcome(status, confidence, "问", documents)


def outcome(query_id, *clause_ids, said=None, system="hybrid", scores=None):
    """A ranking of one system, scored from 1 downwards unless `scores` are given, and an answer."""
    values = scores or [1 - place / 100 for place in range(len(clause_ids))]
    ranked = tuple(Ranked(clause_id, value) for clause_id, value in zip(clause_ids, values, strict=True))
    return Outcome(query_id, {system: ranked}, said)


def run(*outcomes, systems=("hybrid",), threshold=0.5, document_threshold=0.2):
    info = RunInfo("made", "test", systems, "0" * 8, {}, {}, threshold, document_threshold)
    return Run(info, outcomes)
