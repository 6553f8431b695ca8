"""An answer and what a person says of it → what is kept: cleaned, bounded, with no one named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.errors import QuestionError
from corpus.load import fingerprint
from search.feedback.discreet import discreet
from search.feedback.model import Cited, Feedback, Given, Verdict, cite
from search.question import LONGEST, check

if TYPE_CHECKING:
    from search.engine import Engine
    from search.feedback.store import FeedbackStore
    from search.model import Answer

NOTE = 1000
"""Characters of a note at most."""
HISTORY = 10
"""Earlier questions that are kept, the latest."""
SCOPE = 200
"""Texts in scope up to which they are listed."""
RIGHT = 20
"""Clauses at most that a person may name as the right ones."""
_NOT_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def mark(
    engine: Engine,
    store: FeedbackStore,
    question: str,
    verdict: Verdict,
    right: Sequence[str] | None = None,
    note: str = "",
    doc_ids: Sequence[str] = (),
    history: Sequence[str] = (),
) -> Feedback:
    """Keep what a person says of the answer to `question`, asked with `doc_ids` and `history` as it was before.

    The answer is worked out again, so that nothing is taken from the page but what was asked and what was found of
    it. `right`: with a wrong answer, ids of the right clauses; () says that no text rules on it, None that it is not
    known. Raises `QuestionError` for what cannot be kept, `FeedbackError` as `store.add` does.
    """
    answer = engine.ask(question, tuple(doc_ids), tuple(history))
    return store.add(given(engine, answer, verdict, right, note, doc_ids, history))


def given(
    engine: Engine,
    answer: Answer,
    verdict: Verdict,
    right: Sequence[str] | None = None,
    note: str = "",
    doc_ids: Sequence[str] = (),
    history: Sequence[str] = (),
) -> Given:
    """What is kept of `answer`, as `engine` gave it, with what a person says of it; see `mark`."""
    if verdict == "right" and right is not None:
        raise QuestionError("答得对就不用再选对的条款。请去掉条款，或改标为答错。")
    scope = answer.scope.doc_ids
    return Given(
        when=datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        question=discreet(check(answer.question)),
        standalone=discreet(check(answer.standalone))[:LONGEST],
        history=tuple(discreet(check(earlier)) for earlier in tuple(history)[-HISTORY:]),
        chosen=() if len(set(doc_ids)) >= len(engine.documents()) else tuple(dict.fromkeys(doc_ids)),
        scope=scope if len(scope) <= SCOPE else None,
        status=answer.status,
        shown=tuple(
            cite(engine.clause(said.clause.clause_id), [quote.text for quote in said.quotes])
            for said in answer.answers
            if said.clause is not None
        ),
        verdict=verdict,
        right=None if right is None else _right(engine, right),
        note=_note(note),
        corpus="" if engine.folder is None else fingerprint(engine.folder),
    )


def _right(engine: Engine, clause_ids: Sequence[str]) -> tuple[Cited, ...]:
    """The clauses of those ids, each once; of a paragraph, the clause that it stands in."""
    named = tuple(dict.fromkeys(clause_id.strip().partition("#")[0] for clause_id in clause_ids))
    if len(named) > RIGHT:
        raise QuestionError(f"选了 {len(named)} 条，最多 {RIGHT} 条。请只留真正回答这个问题的。")
    return tuple(cite(engine.clause(clause_id)) for clause_id in named)


def _note(text: str) -> str:
    kept = discreet(_NOT_TEXT.sub(" ", text.replace("\r\n", "\n")).strip())
    if len(kept) > NOTE:
        raise QuestionError(f"备注有 {len(kept)} 字，太长了。请缩到 {NOTE} 字以内。")
    return kept
