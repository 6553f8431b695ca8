"""Matches to be reviewed: what is computed and what people found of it, pair by pair, as both stand now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus.errors import QuestionError
from corpus.model import Document
from search.compare.align import align, by_level
from search.compare.model import Match
from search.compare.reviewed import Entry, Reviewed, Verdict, add_reviewed, read_entries

if TYPE_CHECKING:
    from pathlib import Path

    from search.engine import Engine

State = Literal["computed", "confirmed", "rejected", "stale"]
"""Computed and not reviewed; reviewed, either way; reviewed, but not applied, since the text is another by now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A pair of clauses, the higher text's first (a stale one as it was written), and how it stands."""

    one: str
    other: str
    state: State
    score: float | None
    """As computed, 0 to 1; None where it would not be a match without the review."""
    verdict: Verdict | None = None
    """None where nobody reviewed it."""
    note: str = ""
    stale: str | None = None
    """Why the review is not applied (Chinese); None where it is, or there is none."""


def computed(engine: Engine) -> tuple[Match, ...]:
    """The matches of every two texts as they are without any review, the higher text's clause first; () of one text."""
    if len(engine.documents()) < 2:
        return ()
    return align(engine.index, engine.retriever).matches


def standing(engine: Engine, doc_ids: Sequence[str] = ()) -> tuple[Standing, ...]:
    """Every pair that is computed or was reviewed, in reading order of the higher text; the stale ones last.

    `doc_ids`: one, those that it has part in; several, those between any two of them. Raises `QuestionError` for a
    document that is not held, `ReviewedError` for a file of reviews that cannot be used.
    """
    for doc_id in doc_ids:
        engine.document(doc_id)
    found = _standing(computed(engine), read_entries(_folder(engine), engine.documents()), engine.documents())
    wanted = set(doc_ids)

    def is_wanted(each: Standing) -> bool:
        texts = {each.one.partition("/")[0], each.other.partition("/")[0]}
        return texts <= wanted if len(wanted) > 1 else wanted <= texts

    return tuple(each for each in found if is_wanted(each))


def review(engine: Engine, one: str, other: str, verdict: Verdict, note: str | None = None) -> Standing:
    """Keep what a person found of two clauses; gives how the pair stands now.

    `note` None leaves that of an earlier review of the same verdict. Raises as `add_reviewed` does.
    """
    folder, documents = _folder(engine), engine.documents()
    if note is None:
        earlier = (entry.reviewed for entry in read_entries(folder, documents))
        same = (held for held in earlier if {held.one, held.other} == {one, other} and held.verdict == verdict)
        note = next((held.note for held in same), "")
    reviewed = Reviewed(one, other, verdict, note)
    matches = computed(engine)
    add_reviewed(folder, documents, reviewed)
    pair = {one, other}
    of_pair = [match for match in matches if {match.clause_id, match.other_id} == pair]
    (found,) = _standing(of_pair, [Entry(reviewed, 1)], documents)
    return found


def _folder(engine: Engine) -> Path:
    """Where the reviews of an engine's corpus are kept; `QuestionError` where it was opened without a folder."""
    if engine.folder is None:
        raise QuestionError("这个索引没有语料目录，核对的结果无处可存。请用 --corpus 指定语料目录。")
    return engine.folder


def _standing(matches: Iterable[Match], entries: Iterable[Entry], documents: Sequence[Document]) -> list[Standing]:
    places = {
        clause.clause_id: (n, clause.start)
        for n, document in enumerate(by_level(documents))
        for clause in document.clauses
    }
    scores = {(match.clause_id, match.other_id): match.score for match in matches}
    found = {pair: Standing(*pair, "computed", score) for pair, score in scores.items()}
    stale = []
    for entry in entries:
        held = entry.reviewed
        if entry.stale is not None:
            stale.append(Standing(held.one, held.other, "stale", None, held.verdict, held.note, entry.stale))
            continue
        one, other = sorted((held.one, held.other), key=places.__getitem__)
        state: State = "confirmed" if held.verdict == "same" else "rejected"
        found[one, other] = Standing(one, other, state, scores.get((one, other)), held.verdict, held.note)
    return [*sorted(found.values(), key=lambda each: (places[each.one], places[each.other])), *stale]
