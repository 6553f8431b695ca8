"""A topic → its points across texts: one rule a row, a cell for each text, the differences between them.

Sentences that rule on the topic are found in each text on their own, so a text that is silent stays silent: a cell is
never filled with what merely comes nearest. Their rules are joined across texts; a rule that has its counterpart in a
sentence not found by the topic's words is held against that.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QuestionError
from corpus.model import Document
from indexer.fold import fold
from indexer.index import Index
from search.compare.align import by_level
from search.compare.join import Row, join
from search.compare.kinship import Floats, Kinship
from search.compare.lineage import notice_of
from search.compare.model import Comparison
from search.compare.parts import Part, headings_of, parts_of
from search.compare.points import Points
from search.decide import signals
from search.retrieve import Found

if TYPE_CHECKING:
    from search.engine import Engine

_CLAUSES = 6
"""Clauses of a text that are weighed, the best first."""
_COLUMNS = 6
"""Texts up to which the silent ones are shown too where nobody picked the texts."""
_SURE = 0.2
"""Confidence from which on a clause is held to rule on the topic: below that of an answer, since a topic is short.

This and the constants below were chosen on the development points of `three-texts`, where neighbouring values do alike.
"""
_HEADED = 0.7
"""Share of the topic in a clause's heading from which on all of the clause is on it."""
_SHARE = 0.8
"""Share of its clause's best score from which on a further sentence is on the topic."""
_SAME = 0.6
"""Likeness, with what nearness to the topic adds, from which on rules of two texts are one point."""
_TOPICAL = 0.7
"""What nearness to the topic adds to the likeness of two rules: that of the farther one."""
_SHARP = 3
"""How fast that fades for rules behind the nearest of their text: all rules of a broad topic are near it."""
_FEW = 8
"""Rules of a text up to which a topic is narrow: for a broader one, nearness to it says less."""
_GUEST = 0.6
"""Likeness from which on a rule that the topic did not find is the counterpart of one that it found."""
_SENTENCES = 8
"""Sentences of another text looked through for counterparts of one sentence."""
_LED = 0.5
"""What nearness to the topic adds to the score of a rule's sentence, to put the rows in order."""
_RULING = frozenset({"clause", "closing", "attachment"})
"""Kinds that may hold a counterpart: a preface is found by the topic or not at all."""

NOTHING = "收录的文件都没有对这个话题作出规定，没有可以对照的。可以换个说法再试。"


def compared(engine: Engine, topic: str, doc_ids: Sequence[str] = ()) -> Comparison:
    """What the texts `doc_ids` (none given: those the topic names, or all) say on a topic, point by point.

    Points the surest first. Raises `QuestionError` for a topic that cannot be worked with or fewer than two texts.
    """
    began = time.perf_counter()
    index = engine.index
    scope, found = engine.find(topic, doc_ids=doc_ids)
    wanted = scope.doc_ids if len(scope.doc_ids) > 1 or doc_ids else tuple(index.document_of)
    documents = by_level(index.document_of[doc_id] for doc_id in wanted)
    if len(documents) < 2:
        raise QuestionError(f"对照至少要两份文件，这里只有 {len(documents)} 份。请多选一份，或在语料里放入另一份。")
    names = [document.doc_id for document in documents]
    scores = _on_topic(engine, found, topic, names)
    parts, rows = _rows(index, topic, scores, names) if scores else ([], [])
    shown = documents if doc_ids or len(documents) <= _COLUMNS else _speaking(documents, rows)
    points = Points(index, shown).of(parts, rows)
    notice = _notice(shown, len(documents) - len(shown)) if points else NOTHING
    ids = tuple(document.doc_id for document in (shown if points else documents))
    return Comparison(topic, ids, points, notice, round((time.perf_counter() - began) * 1000, 3))


def _speaking(documents: Sequence[Document], rows: Sequence[Row]) -> list[Document]:
    return [document for document in documents if any(document.doc_id in row for row in rows)]


def _notice(shown: Sequence[Document], silent: int) -> str:
    return notice_of(shown) + (f"另外 {silent} 份收录的文件没有涉及这个话题，没有列出。" if silent else "")


def _on_topic(engine: Engine, found: Found, topic: str, names: Sequence[str]) -> dict[int, float]:
    """The sentences that rule on the topic, by their place in `Index.units`, with how much they do.

    None where no clause is as sure to as an answer has to be, or has the topic for its heading.
    """
    index = engine.index
    fused = found.fused("hybrid") * engine.retriever.ruling
    sentences = found.fused_sentences()
    best = max(float(fused[rows.start : rows.stop].max()) for rows in (index.rows_of[name] for name in names))
    kept: dict[int, float] = {}
    is_told = False
    for rows in (index.rows_of[name] for name in names):
        likeliest = rows.start + np.argsort(-fused[rows.start : rows.stop], kind="stable")[:_CLAUSES]
        in_chapter = {row for row in rows if _in_chapter(index, topic, row)}
        for row in dict.fromkeys([*likeliest.tolist(), *sorted(in_chapter)]):
            given = signals(found, row, best)
            decision = engine.decision.of(given)
            sure = decision.confidence(given)
            is_headed = row in in_chapter or _in_heading(index, topic, index.clauses[row].heading) >= _HEADED
            is_told = is_told or is_headed or sure >= decision.threshold
            own = index.sentences_of(row)
            least = 0.0 if is_headed else _SHARE * float(sentences[own.start : own.stop].max())
            if sure >= _SURE or is_headed:
                kept |= {u: float(sentences[u]) * max(sure, _SURE) for u in own if sentences[u] >= least}
    return kept if is_told else {}


def _in_chapter(index: Index, topic: str, row: int) -> bool:
    """Whether the clause stands in a chapter whose heading is the topic."""
    clause = index.clauses[row]
    return clause.kind == "clause" and any(_in_heading(index, topic, title) >= _HEADED for title in clause.trail)


def _in_heading(index: Index, topic: str, heading: str) -> float:
    """0 to 1: how much of the topic, by what its characters tell, stands in a heading."""
    weights = {token: max(index.clause_chars.idf(token), 0.0) for token in index.tokenizer.chars(topic)}
    total = sum(weights.values())
    held = set(index.tokenizer.chars(heading))
    return sum(weight for token, weight in weights.items() if token in held) / total if total else 0.0


def _rows(index: Index, topic: str, scores: Mapping[int, float], names: Sequence[str]) -> tuple[list[Part], list[Row]]:
    """The rules on the topic and their counterparts, and the rows they make, the surest first."""
    guests = _guests(index, scores, names)
    rows = {int(index.units.clause[place]) for place in scores}
    kinship = Kinship(index, [*headings_of(index, sorted(rows)), *parts_of(index, sorted({*scores, *guests}))])
    parts = kinship.parts
    is_found = np.asarray([part.is_heading or part.sentence in scores for part in parts], np.bool_)
    asked = index.encoder.encode_queries([fold(topic)])[0]
    says = is_found & ~np.asarray([part.is_heading for part in parts], np.bool_)
    near = np.where(says, np.maximum(kinship.vectors @ asked, 0), 0).astype(np.float32)
    leading = near * _narrow(says, parts) * np.asarray(np.power(_lead(near, parts), _SHARP), np.float32)

    def more(one: NDArray[np.int64], other: NDArray[np.int64]) -> Floats:
        both = is_found[one][:, None] & is_found[other][None, :]
        either = is_found[one][:, None] | is_found[other][None, :]
        added = _TOPICAL * np.minimum(leading[one][:, None], leading[other][None, :])
        return np.asarray(np.where(both, added, np.where(either, 0, -np.inf)), np.float32)

    pairs = {
        pair: value
        for pair, value in kinship.pairs(more).items()
        if value >= _GUEST or (is_found[pair[0]] and is_found[pair[1]])
    }
    joined = [row for row in join(parts, pairs, _SAME) if any(is_found[place] for run in row.values() for place in run)]

    def surest(row: Row) -> float:
        held = [place for run in row.values() for place in run if is_found[place]]
        return max(scores.get(parts[place].sentence, 0.0) * (_LED + float(near[place])) for place in held)

    return list(parts), sorted(joined, key=surest, reverse=True)


def _lead(near: Floats, parts: Sequence[Part]) -> Floats:
    """(parts,): nearness to the topic over that of the nearest rule of the same text, 0 to 1."""
    owners = np.asarray([part.doc_id for part in parts])
    best = {name: max(float(near[owners == name].max()), 1e-6) for name in np.unique(owners)}
    return np.asarray(near / np.asarray([best[name] for name in owners]), np.float32)


def _narrow(says: NDArray[np.bool_], parts: Sequence[Part]) -> float:
    """1 for a topic on which each text has few rules, less for a broader one."""
    texts = {part.doc_id for part, is_one in zip(parts, says, strict=True) if is_one}
    return min(1.0, _FEW * len(texts) / max(1, int(says.sum())))


def _guests(index: Index, scores: Mapping[int, float], names: Sequence[str]) -> set[int]:
    """The sentences of the other texts that may hold a counterpart of those found: the nearest in meaning."""
    vectors = index.sentence_vectors.vectors
    found: set[int] = set()
    for name in names:
        rows = index.rows_of[name]
        first, last = index.sentences_of(rows.start).start, index.sentences_of(rows.stop - 1).stop
        asking = [u for u in scores if not first <= u < last]
        ruling = np.asarray([index.clauses[int(c)].kind in _RULING for c in index.units.clause[first:last]], np.bool_)
        if not asking or not ruling.any():
            continue
        near = np.where(ruling, vectors[asking] @ vectors[first:last].T, -1)
        count = min(_SENTENCES, last - first)
        found |= {first + int(place) for place in np.argpartition(-near, count - 1, axis=1)[:, :count].ravel()}
    return {u for u in found if index.clauses[int(index.units.clause[u])].kind in _RULING}
