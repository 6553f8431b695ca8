"""Whole texts rule by rule: for each clause of the base what the others say on it, then what only others rule on.

Rules are joined across all texts at once, so that each finds its likest counterpart wherever it stands; that clauses
were held for a match, by the model or by a person, speaks for their rules.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QuestionError
from corpus.model import Clause, Document
from indexer.index import Index
from search.compare.align import ALONE, align, by_level
from search.compare.join import Row, join
from search.compare.kinship import Floats, Kinship
from search.compare.lineage import notice_of
from search.compare.model import Alignment, Comparison, Matter, Point, WholeComparison
from search.compare.parts import Part, headings_of, parts_of
from search.compare.points import Kin, Points
from search.compare.reviewed import Reviewed
from search.compare.standing import outstanding
from search.names import names_of

if TYPE_CHECKING:
    from search.engine import Engine

_STRANGE = -0.1
"""What is added to the likeness of two rules whose clauses are no match: they have to be so much liker."""
_SAME = 0.5
"""Likeness from which on rules of two texts are one point; chosen on the development points of `three-texts`."""
_COMMON = 0.2
"""Share of a clause that stands in rows with a clause of the base from which on it goes with that clause."""
_SURE = 0.6
"""Score of a match from which on a clause is said, and shown, to be on the matter of the other."""


def compare_whole(
    engine: Engine, base: str | None = None, doc_ids: Sequence[str] = (), parts: Sequence[str] = ()
) -> WholeComparison:
    """The texts `doc_ids` (none given: all) held against `base` (None: the highest), rule by rule.

    `parts`: ids of clauses or of chapters (`national/3`); where given, only the matters in which one of them takes
    part. Raises `QuestionError` for a document or a part that is not held or fewer than two texts.
    """
    began = time.perf_counter()
    index, reviewed = engine.index, engine.reviewed()
    alignment = align(index, engine.retriever, reviewed, base, doc_ids)
    documents = [index.document_of[doc_id] for doc_id in alignment.doc_ids]
    chosen = _chosen(documents, parts)
    held, rows = _joined(index, documents, alignment, reviewed)
    order = _Order(index, documents, alignment, held, rows)
    by_lead: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_lead[order.lead(row)].append(row)
    points = Points(index, by_level(documents), _kin(index, alignment))
    matters = []
    for lead in sorted(by_lead, key=order.place):
        own = sorted(by_lead[lead], key=order.place_in_matter)
        clauses = {index.clauses[held[run[0]].row].clause_id for row in own for run in row.values()}
        if chosen is None or clauses & chosen:
            matters.append(order.matter(lead, points.of(held, own)))
    took = round((time.perf_counter() - began) * 1000, 3)
    return WholeComparison(alignment.base, alignment.doc_ids, tuple(matters), alignment, notice_of(documents), took)


def is_part(documents: Iterable[Document], text: str) -> bool:
    """Whether `text` is the id of a clause or of a chapter, so that it can be one of `parts`."""
    ids = (clause.clause_id for document in documents for clause in document.clauses)
    return any(clause_id == text or clause_id.startswith(f"{text}/") for clause_id in ids)


def _chosen(documents: Sequence[Document], parts: Sequence[str]) -> set[str] | None:
    """The clauses that `parts` name; None for all."""
    if not parts:
        return None
    found: set[str] = set()
    for part in parts:
        ids = (clause.clause_id for document in documents for clause in document.clauses)
        named = {clause_id for clause_id in ids if clause_id == part or clause_id.startswith(f"{part}/")}
        if not named:
            held = "、".join(document.doc_id for document in documents)
            raise QuestionError(
                f"要对照的文件（{held}）里没有编号为 {part} 的章或条。请用 clauselens clauses 查看编号，章写到章号。"
            )
        found |= named
    return found


def _joined(
    index: Index, documents: Sequence[Document], alignment: Alignment, reviewed: Sequence[Reviewed]
) -> tuple[Sequence[Part], list[Row]]:
    """All rules of the documents and the rows they make."""
    rows = [row for document in documents for row in index.rows_of[document.doc_id] if index.clauses[row].kind in ALONE]
    places = [place for row in rows for place in index.sentences_of(row)]
    kinship = Kinship(index, [*headings_of(index, rows), *parts_of(index, places)])
    pairs = kinship.pairs(_by_clause(index, kinship.parts, alignment, reviewed))
    return kinship.parts, join(kinship.parts, pairs, _SAME, outstanding(kinship.parts, pairs))


def _by_clause(
    index: Index, parts: Sequence[Part], alignment: Alignment, reviewed: Sequence[Reviewed]
) -> Callable[[NDArray[np.int64], NDArray[np.int64]], Floats]:
    """What matches of clauses add to the likeness of their rules: 0 for a match, never where a person said no.

    A heading says too little to be held against a rule of a clause that is no match.
    """
    rows = np.asarray([part.row for part in parts])
    headings = np.asarray([part.is_heading for part in parts], np.bool_)
    size = len(index.clauses)

    def keys(pairs: Iterable[tuple[str, str]]) -> NDArray[np.int64]:
        numbered = [(index.row_of[one], index.row_of[other]) for one, other in pairs]
        return np.asarray([key for a, b in numbered for key in (a * size + b, b * size + a)], np.int64)

    matched = keys((match.clause_id, match.other_id) for match in alignment.matches)
    refused = keys((each.one, each.other) for each in reviewed if each.verdict == "different")

    def more(one: NDArray[np.int64], other: NDArray[np.int64]) -> Floats:
        pairs = rows[one][:, None] * size + rows[other][None, :]
        named = headings[one][:, None] | headings[other][None, :]
        added = np.where(np.isin(pairs, matched), 0, np.where(named, -np.inf, _STRANGE))
        return np.asarray(np.where(np.isin(pairs, refused), -np.inf, added), np.float32)

    return more


def _kin(index: Index, alignment: Alignment) -> Kin:
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for match in alignment.matches:
        for one, other in ((match.clause_id, match.other_id), (match.other_id, match.clause_id)):
            clause = index.clauses[index.row_of[other]]
            key = one, clause.doc_id
            if match.score >= _SURE:
                best[key] = max(best.get(key, (-1.0, "")), (match.score, clause.label))
    return {key: label for key, (_, label) in best.items()}


class _Order:
    """Where the rows of whole texts belong: each to the matter of a clause that leads it, the matters in their order.

    A row with a rule of the base belongs to that rule's clause. Another follows its own clause to the clause of the
    base that it has most rules in common with, or else matches; without one, its own clause leads, and stands behind
    the matter of its neighbour in the chapter.
    """

    def __init__(
        self, index: Index, documents: Sequence[Document], alignment: Alignment, parts: Sequence[Part], rows: list[Row]
    ) -> None:
        self._index = index
        self._parts = parts
        self._alignment = alignment
        self._names = names_of(documents)
        self._documents = {document.doc_id: document for document in documents}
        self._numbers = {c.clause_id: n for n, c in enumerate(c for d in documents for c in d.clauses)}
        self._homes = self._found(rows)

    def _found(self, rows: Iterable[Row]) -> dict[str, str]:
        """For each clause of another text, the clause of the base that it goes with."""
        votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        base = self._alignment.base
        for match in self._alignment.matches:
            if match.score >= _SURE and match.clause_id in self._documents[base].by_id:
                votes[match.other_id][match.clause_id] += match.score
        for row in rows:
            for doc_id in row if base in row else ():
                if doc_id != base:
                    clause = self._clause(row, doc_id)
                    votes[clause.clause_id][self._clause(row, base).clause_id] += self._share(row[doc_id], clause)
        best = {clause_id: max(held, key=lambda home: held[home]) for clause_id, held in votes.items()}
        return {clause_id: home for clause_id, home in best.items() if votes[clause_id][home] >= _COMMON}

    def _share(self, run: Sequence[int], clause: Clause) -> float:
        """How much of a clause a passage of it is."""
        return (self._parts[run[-1]].span.end - self._parts[run[0]].span.start) / len(clause.body_text)

    def _clause(self, row: Row, doc_id: str) -> Clause:
        return self._index.clauses[self._parts[row[doc_id][0]].row]

    def lead(self, row: Row) -> str:
        """The clause that leads the matter of a row."""
        first = next(doc_id for doc_id in self._alignment.doc_ids if doc_id in row)
        clause_id = self._clause(row, first).clause_id
        return clause_id if first == self._alignment.base else self._homes.get(clause_id, clause_id)

    def place(self, lead: str) -> tuple[int, int]:
        """Of a matter: in reading order of the base, what only others rule on behind its neighbour or at the end."""
        neighbour = self._neighbour(lead)
        return self._numbers[neighbour or lead], self._numbers[lead] if neighbour else -1

    def _neighbour(self, lead: str) -> str | None:
        """The clause of the base that the nearest clause of the same chapter goes with; None for one of the base."""
        clause = self._index.clauses[self._index.row_of[lead]]
        if clause.doc_id == self._alignment.base or not clause.trail:
            return None
        held = [c for c in self._documents[clause.doc_id].clauses if c.trail == clause.trail]
        number = self._numbers[lead]
        near = sorted(
            held, key=lambda c: (self._numbers[c.clause_id] > number, abs(self._numbers[c.clause_id] - number))
        )
        return next((self._homes[c.clause_id] for c in near if c.clause_id in self._homes), None)

    def place_in_matter(self, row: Row) -> tuple[int, int, int]:
        """In reading order of the first text that has a cell, rows of the base before others."""
        doc_ids = self._alignment.doc_ids
        number, doc_id = next((n, doc_id) for n, doc_id in enumerate(doc_ids) if doc_id in row)
        last = next((self._parts[row[d][0]].span.start for d in doc_ids[number + 1 :] if d in row), -1)
        return number, self._parts[row[doc_id][0]].span.start, last

    def matter(self, lead: str, points: tuple[Point, ...]) -> Matter:
        """The matter that the clause `lead` leads."""
        clause = self._index.clauses[self._index.row_of[lead]]
        of = "" if clause.doc_id == self._alignment.base else f"{self._names[clause.doc_id]}："
        title = of + (f"{clause.label}{clause.heading}" or clause.kind)
        neighbour = self._neighbour(lead)
        chapter = of + clause.trail[0] if clause.trail else ""
        if neighbour is not None:
            trail = self._index.clauses[self._index.row_of[neighbour]].trail
            chapter = trail[0] if trail else ""
        return Matter(lead, chapter, title, Comparison(title, self._alignment.doc_ids, points, "", 0.0))
