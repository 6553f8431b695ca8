"""Clauses like one: what other texts say on the same matter, by the index's vectors and the words that both have."""

from __future__ import annotations

import numpy as np

from corpus.model import Clause
from indexer.index import Index
from search.model import Hit, TermMatch, Why
from search.ranking import best_places
from search.retrieve import Scores

_MEANING = 0.6
"""What likeness of meaning counts; the rest is that of words."""
_WHY_TERMS = 12
_APART = frozenset({"cover", "signature"})
"""Kinds that rule on nothing."""


def similar(index: Index, row: int, k: int) -> tuple[Hit, ...]:
    """The `k` clauses most like clause `row`, best first: of the other texts, or of its own where there is no other.

    A hit's score is 0 to 1; its reason names the words that both have, heaviest first. Clauses that share neither
    words nor meaning are left out.
    """
    clause = index.clauses[row]
    tokens = index.tokenizer.words(clause.body_text)
    parts = {"words": _shared(index, tokens, row), "dense": _meant(index, row)}
    scores = _MEANING * parts["dense"] + (1 - _MEANING) * parts["words"]
    wanted = _others(index, row)
    scores = np.where(wanted, scores, np.float32(0)).astype(np.float32)
    ranks = {name: _ranks(np.where(wanted, held, np.float32(-1))) for name, held in parts.items()}
    hits: list[Hit] = []
    for place in best_places(scores, k):
        if scores[place] <= 0:
            break
        terms = index.clause_words.explain(tokens, int(place))[:_WHY_TERMS]
        why = Why(
            terms=tuple(TermMatch(term, round(weight, 4)) for term, weight in terms if len(term) > 1),
            ranks=tuple((name, int(held[place])) for name, held in ranks.items()),
            scores=tuple((name, round(float(held[place]), 4)) for name, held in parts.items()),
            sentence=None,
        )
        hits.append(_hit(index.clauses[int(place)], len(hits) + 1, float(scores[place]), why))
    return tuple(hits)


def _hit(clause: Clause, rank: int, score: float, why: Why) -> Hit:
    return Hit(
        rank, clause.clause_id, clause.doc_id, clause.label, clause.heading, clause.trail, clause.text, clause.start,
        clause.end, round(score, 6), why,
    )  # fmt: skip


def _others(index: Index, row: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """(n,): whether each clause may be given: it rules, and stands in another text, if there is one."""
    own = index.rows_of[index.clauses[row].doc_id]
    wanted = np.asarray([clause.kind not in _APART for clause in index.clauses])
    if len(index.documents) > 1:
        wanted[own.start : own.stop] = False
    wanted[row] = False
    return wanted


def _shared(index: Index, tokens: list[str], row: int) -> Scores:
    """(n,): how much of the clause's own score its words bring each clause, at most 1."""
    scores = index.clause_words.scores(tokens)
    own = max(float(scores[row]), 1e-6)
    shares: Scores = np.clip(scores / np.float32(own), 0, 1).astype(np.float32)
    return shares


def _meant(index: Index, row: int) -> Scores:
    """(n,): how like each clause is in meaning, at least 0."""
    return np.maximum(index.clause_vectors.scores(index.clause_vectors.vectors[row]), np.float32(0))


def _ranks(scores: Scores) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """(n,): rank of each by score, from 1, equal ones in their order."""
    ranks = np.empty(len(scores), np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return ranks
