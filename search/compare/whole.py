"""Whole texts rule by rule: for each clause of the base what the others say on it, then what only others rule on.

Rules are joined across all texts at once, so that each finds its likest counterpart wherever it stands; that clauses
were held for a match, by the model or by a person, speaks for their rules.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QuestionError
from corpus.model import Clause, Document
from indexer.index import Index
from search.compare.align import ALONE, align, by_level
from search.compare.join import Floats, Kinship, Part, Row, headings_of, join, parts_of
from search.compare.lineage import notice_of
from search.compare.model import Alignment, Comparison, Matter, Point, WholeComparison
from search.compare.points import Kin, Points
from search.compare.reviewed import Reviewed
from search.names import names_of

if TYPE_CHECKING:
    from search.engine import Engine

_STRANGE = -0.15
"""What is added to the likeness of two rules whose clauses are no match: they have to be so much liker."""

_Homes = Mapping[str, str]
"""By clause id, the id of the clause whose matter it belongs to."""


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
    homes = _homes(alignment, documents)
    by_home: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_home[_home(row, held, index, alignment, homes)].append(row)
    points = Points(index, by_level(documents), _kin(index, alignment))
    names = names_of(documents)
    matters = []
    for clause in (clause for document in documents for clause in document.clauses if clause.clause_id in by_home):
        own = sorted(by_home[clause.clause_id], key=lambda row: _place(row, held, alignment.doc_ids))
        clauses = {index.clauses[held[run[0]].row].clause_id for row in own for run in row.values()}
        if chosen is None or clauses & chosen:
            of = "" if clause.doc_id == alignment.base else f"{names[clause.doc_id]}："
            matters.append(_matter(of, clause, alignment, points.of(held, own)))
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
    return kinship.parts, join(kinship.parts, kinship.pairs(_by_clause(index, kinship.parts, alignment, reviewed)))


def _by_clause(
    index: Index, parts: Sequence[Part], alignment: Alignment, reviewed: Sequence[Reviewed]
) -> Callable[[NDArray[np.int64], NDArray[np.int64]], Floats]:
    """What matches of clauses add to the likeness of their rules: 0 for a match, never where a person said no."""
    rows = np.asarray([part.row for part in parts])
    size = len(index.clauses)

    def keys(pairs: Iterable[tuple[str, str]]) -> NDArray[np.int64]:
        numbered = [(index.row_of[one], index.row_of[other]) for one, other in pairs]
        return np.asarray([key for a, b in numbered for key in (a * size + b, b * size + a)], np.int64)

    matched = keys((match.clause_id, match.other_id) for match in alignment.matches)
    refused = keys((each.one, each.other) for each in reviewed if each.verdict == "different")

    def more(one: NDArray[np.int64], other: NDArray[np.int64]) -> Floats:
        pairs = rows[one][:, None] * size + rows[other][None, :]
        added = np.where(np.isin(pairs, matched), 0, _STRANGE)
        return np.asarray(np.where(np.isin(pairs, refused), -np.inf, added), np.float32)

    return more


def _homes(alignment: Alignment, documents: Sequence[Document]) -> _Homes:
    """For each clause of another text the clause of the base that it matches best; without one, itself."""
    best: dict[str, tuple[float, str]] = {}
    own = documents[0].by_id
    for match in alignment.matches:
        if match.clause_id in own:
            best[match.other_id] = max(best.get(match.other_id, (-1.0, "")), (match.score, match.clause_id))
    return {clause_id: home for clause_id, (_, home) in best.items()}


def _kin(index: Index, alignment: Alignment) -> Kin:
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for match in alignment.matches:
        for one, other in ((match.clause_id, match.other_id), (match.other_id, match.clause_id)):
            clause = index.clauses[index.row_of[other]]
            key = one, clause.doc_id
            best[key] = max(best.get(key, (-1.0, "")), (match.score, clause.label))
    return {key: label for key, (_, label) in best.items()}


def _home(row: Row, parts: Sequence[Part], index: Index, alignment: Alignment, homes: _Homes) -> str:
    """The clause whose matter a row belongs to: that of the base in it, else what its first text's clause matches."""
    first = next(doc_id for doc_id in alignment.doc_ids if doc_id in row)
    clause_id = index.clauses[parts[row[first][0]].row].clause_id
    return clause_id if first == alignment.base else homes.get(clause_id, clause_id)


def _place(row: Row, parts: Sequence[Part], doc_ids: Sequence[str]) -> tuple[int, int, int]:
    """In reading order of the first text that has a cell, rows of the base before others."""
    number, doc_id = next((n, doc_id) for n, doc_id in enumerate(doc_ids) if doc_id in row)
    last = next((parts[row[d][0]].span.start for d in doc_ids[number + 1 :] if d in row), -1)
    return number, parts[row[doc_id][0]].span.start, last


def _matter(of: str, clause: Clause, alignment: Alignment, points: tuple[Point, ...]) -> Matter:
    """`of`: how the title and the chapter begin."""
    title = of + (f"{clause.label}{clause.heading}" or clause.kind)
    chapter = of + clause.trail[0] if clause.trail else ""
    return Matter(clause.clause_id, chapter, title, Comparison(title, alignment.doc_ids, points, "", 0.0))
