"""Whole texts held against each other: which clauses rule on the same matter, many to many, and which stand alone.

How likely two clauses do is a logistic model over few signals of substance (`SIGNALS`); numbers play no part, and a
heading is one signal among several. What people reviewed (`search.compare.reviewed`) wins over what is computed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QuestionError
from corpus.model import Clause, Document
from indexer.index import Index
from search.compare.likeness import Parts, Rows, likeness_of, mutual_lead, nearest_pairs, unit_terms
from search.compare.model import Alignment, Match
from search.compare.reviewed import Reviewed
from search.phrasings import PhrasingIndex
from search.retrieve import Retriever

SIGNALS: dict[str, tuple[str, ...]] = {
    "plain": ("lead", "words", "heading"),
    "phrased": ("asked", "asked_lead", "heading"),
}
"""Names of the signals, each 0 to 1, of two clauses of which one at least has no phrasings, and of two that have.

lead: how like their sentences are in meaning, over the best that either clause finds in the other text; words: share of
the weight of their words that both have; heading: how like their headings are in meaning; asked: how much the same
people ask of the rules of both, the geometric mean of shared characters and of meaning; asked_lead: that over the best,
as for `lead`. What is asked of rules leaves their own wording nothing to add.
"""
MODEL = "align.toml"
_NEAREST = 24
"""Clauses of the other text weighed for each clause, those with the likest sentences."""
_CROWD = 8
"""Matches of a clause in another text beyond which it is boilerplate that they share, more than a matter."""
_RULING = frozenset({"clause", "closing", "preface", "attachment"})
ALONE = frozenset({"clause", "closing", "attachment"})
"""Kinds that are told when they have no counterpart: a preface without one leaves nothing unruled."""
_LEVELS = ("national", "province", "city", "county")
_CERTAIN = 50.0
"""Beyond it a logistic is 0 or 1 to the last digit, and may overflow."""

Signals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model over signals, and the probability from which on two clauses are a match."""

    weights: tuple[float, ...]
    """One per signal, in the order of `SIGNALS`."""
    bias: float
    threshold: float

    def scores(self, signals: Signals) -> Signals:
        """(pairs,): 0 to 1, how likely each pair rules on the same matter, of its signals (pairs, signals)."""
        totals = signals @ np.asarray(self.weights) + self.bias
        return np.asarray(1 / (1 + np.exp(-np.clip(totals, -_CERTAIN, _CERTAIN))))


@dataclass(frozen=True, slots=True)
class Weighed:
    """The pairs of clauses of two texts that may be matches, with their signals."""

    pairs: tuple[tuple[str, str], ...]
    """Clause ids, in reading order of the first text, then of the second."""
    phrased: NDArray[np.bool_]
    """(pairs,): whether both clauses have phrasings, so that the pair is to be judged by the signals `phrased`."""
    values: Mapping[str, NDArray[np.float32]]
    """Each signal (pairs,) by its name; without what is asked where no pair has phrasings."""

    def signals(self, kind: str) -> Signals:
        """(pairs, signals): those of a key of `SIGNALS`, in its order; `phrased` only where some pair is."""
        return np.stack([self.values[name] for name in SIGNALS[kind]], 1).astype(np.float64)


@cache
def shipped() -> Mapping[str, Weights]:
    """The model for each kind, fitted on development pairs (`python -m eval.fit_alignment` prints and writes it)."""
    data = tomllib.loads(files("search.compare").joinpath(MODEL).read_text(encoding="utf-8"))
    return {
        kind: Weights(
            tuple(float(data[kind]["weights"][name]) for name in names),
            float(data[kind]["bias"]),
            float(data[kind]["threshold"]),
        )
        for kind, names in SIGNALS.items()
    }


def align(
    index: Index,
    retriever: Retriever,
    reviewed: Sequence[Reviewed] = (),
    base: str | None = None,
    doc_ids: Sequence[str] | None = None,
) -> Alignment:
    """The texts `doc_ids` (None or none: all held) against `base` (None: the highest, of these the earliest).

    The matches of every pair of texts are given; between two that are not the base, the higher one stands first.
    Raises `QuestionError` for a document that is not held or fewer than two texts.
    """
    documents = _documents(index, base, doc_ids)
    weigher = Weigher(index, retriever.phrasings)
    matches = [
        match for one, other in combinations([d.doc_id for d in documents], 2) for match in weigher.matches(one, other)
    ]
    settled = _settled(matches, reviewed, documents)
    places = {clause.clause_id: (n, clause.start) for n, d in enumerate(documents) for clause in d.clauses}
    order = {doc.doc_id: n for n, doc in enumerate(documents)}

    def place(match: Match) -> tuple[object, ...]:
        other = places[match.other_id]
        return (*places[match.clause_id], -match.score, *other)

    return Alignment(documents[0].doc_id, tuple(order), tuple(sorted(settled, key=place)), _alone(documents, settled))


def by_level(documents: Iterable[Document]) -> list[Document]:
    """The documents, the highest level first, of equal ones the earlier; what is not known comes last."""

    def rank(document: Document) -> tuple[int, bool, str]:
        metadata = document.metadata
        level = _LEVELS.index(metadata.level) if metadata.level in _LEVELS else len(_LEVELS)
        return level, metadata.date is None, metadata.date or ""

    return sorted(documents, key=rank)


class Weigher:
    """Weighs the pairs of clauses of two texts of an index; everything but what is asked of rules is always there."""

    def __init__(self, index: Index, phrasings: PhrasingIndex) -> None:
        self._index = index
        self._phrased = phrasings.documents
        units = index.units
        lengths = np.asarray(units.end - units.start, np.float32)
        self._sentences = Parts(index.sentence_vectors.vectors, lengths, np.asarray(units.bounds, np.int64))
        numbers = [index.tokenizer.words(clause.label) for clause in index.clauses]
        self._words = Parts.one_each(unit_terms(index.clause_words, numbers))
        names = [_name(clause) for clause in index.clauses]
        self._headings = Parts.one_each(index.encoder.encode_passages(names))
        self._ruling = np.asarray([clause.kind in _RULING for clause in index.clauses], np.bool_)
        if self._phrased:
            self._asked = Parts.placed(unit_terms(phrasings.pooled), phrasings.rows, len(index.clauses))
            self._meant = Parts.placed(phrasings.centres, phrasings.rows, len(index.clauses))

    def weigh(self, one: str, other: str) -> Weighed:
        """The pairs of clauses of the documents `one` and `other`; covers and signatures rule on nothing."""
        own, theirs = self._index.rows_of[one], self._index.rows_of[other]
        rows, columns = nearest_pairs(self._sentences, own, theirs, _NEAREST)
        ruling = self._ruling[rows] & self._ruling[columns]
        pairs = rows[ruling], columns[ruling]
        values = {
            "lead": mutual_lead(likeness_of(self._sentences, pairs, theirs), pairs),
            "words": likeness_of(self._words, pairs, theirs),
            "heading": likeness_of(self._headings, pairs, theirs),
        }
        phrased = np.zeros(len(pairs[0]), np.bool_)
        if {one, other} <= self._phrased:
            phrased = self._meant.are_filled(pairs[0]) & self._meant.are_filled(pairs[1])
            asked = likeness_of(self._asked, pairs, theirs) * likeness_of(self._meant, pairs, theirs)
            values["asked"] = np.sqrt(asked)
            values["asked_lead"] = mutual_lead(values["asked"], pairs)
        return Weighed(self._ids(pairs), phrased, values)

    def matches(self, one: str, other: str) -> list[Match]:
        """The pairs that the shipped models hold for matches, of crowds of like clauses the likest alone."""
        weighed = self.weigh(one, other)
        scores, are_matches = np.zeros(len(weighed.pairs)), np.zeros(len(weighed.pairs), np.bool_)
        for kind, chosen in (("plain", ~weighed.phrased), ("phrased", weighed.phrased)):
            if chosen.any():
                model = shipped()[kind]
                scores[chosen] = model.scores(weighed.signals(kind)[chosen])
                are_matches |= chosen & (scores >= model.threshold)
        found = [pair for pair, is_match in zip(weighed.pairs, are_matches, strict=True) if is_match]
        stay = _told_apart(found, scores[are_matches])
        return [
            Match(*pair, round(float(score), 4))
            for pair, score, stays in zip(found, scores[are_matches], stay, strict=True)
            if stays
        ]

    def _ids(self, pairs: tuple[Rows, Rows]) -> tuple[tuple[str, str], ...]:
        clauses: tuple[Clause, ...] = self._index.clauses
        return tuple((clauses[row].clause_id, clauses[column].clause_id) for row, column in zip(*pairs, strict=True))


def _told_apart(pairs: Sequence[tuple[str, str]], scores: Signals) -> NDArray[np.bool_]:
    """(pairs,): which matches stay. Where either clause has a crowd of them, those that are the best of one of both."""
    is_crowded, is_best = np.zeros(len(pairs), np.bool_), np.zeros(len(pairs), np.bool_)
    for side in zip(*pairs, strict=True):
        _, places, counts = np.unique(side, return_inverse=True, return_counts=True)
        best = np.zeros(len(counts))
        np.maximum.at(best, places, scores)
        is_crowded |= counts[places] > _CROWD
        is_best |= scores >= best[places]
    return ~is_crowded | is_best


def _name(clause: Clause) -> str:
    """What names a clause: its heading, or, for a numbered one without, what it says; "" for a preface and the like."""
    if clause.heading or clause.kind != "clause":
        return clause.heading
    text = clause.body_text
    own = next((n for n in range(len(clause.label)) if text.startswith(clause.label[n:])), len(clause.label))
    return text.removeprefix(clause.label[own:])  # the number says nothing of the matter


def _documents(index: Index, base: str | None, doc_ids: Sequence[str] | None) -> list[Document]:
    """The documents to align, the base first, then by level."""
    wanted = dict.fromkeys((*((base,) if base else ()), *(doc_ids or index.document_of)))
    for doc_id in wanted:
        if doc_id not in index.document_of:
            raise QuestionError(f"没有编号为 {doc_id} 的文件。现有：{'、'.join(index.document_of)}。")
    if len(wanted) < 2:
        raise QuestionError(f"对照至少要两份文件，这里只有 {len(wanted)} 份。请多选一份，或在语料里放入另一份。")
    ordered = by_level(document for document in index.documents if document.doc_id in wanted)
    return sorted(ordered, key=lambda document: document.doc_id != base) if base else ordered


def _settled(matches: Iterable[Match], reviewed: Iterable[Reviewed], documents: Sequence[Document]) -> list[Match]:
    """The matches, with what people reviewed put in their place; the text named first in `documents` stands first."""
    order = {clause_id: n for n, document in enumerate(documents) for clause_id in document.by_id}
    found = {(match.clause_id, match.other_id): match for match in matches}
    for each in reviewed:
        if each.one not in order or each.other not in order:
            continue  # of a text that is not asked for
        first, second = sorted((each.one, each.other), key=order.__getitem__)
        if each.verdict == "same":
            found[first, second] = Match(first, second, 1.0, is_reviewed=True)
        else:
            found.pop((first, second), None)
    return list(found.values())


def _alone(documents: Sequence[Document], matches: Iterable[Match]) -> dict[str, tuple[str, ...]]:
    """Of each document, the clauses that no match with the base has; of the base, those that no match has."""
    base = documents[0]
    matched = {
        clause_id
        for match in matches
        if match.clause_id in base.by_id
        for clause_id in (match.clause_id, match.other_id)
    }
    return {
        document.doc_id: tuple(
            clause.clause_id for clause in document.clauses if clause.kind in ALONE and clause.clause_id not in matched
        )
        for document in documents
    }
