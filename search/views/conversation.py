"""A conversation: its turns, and the earlier ones folded above the newest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.views.headline import decided
from search.views.html import escape, place, source_link
from search.views.reading import restated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.model import Answer, DocumentAnswer


@dataclass(frozen=True, slots=True)
class Turn:
    """A question put and what came of it; `doc_ids`: the texts it was put to by choice, `history`: what was before."""

    answer: Answer
    doc_ids: tuple[str, ...] = ()
    history: tuple[str, ...] = ()


def questions(turns: Sequence[Turn]) -> tuple[str, ...]:
    """What was asked, the oldest first."""
    return tuple(turn.answer.question for turn in turns)


def earlier_view(earlier: Sequence[Answer], words: dict[str, str]) -> str:
    """Earlier answers in one line to unfold, the latest first; `words` says for each status what it is called."""
    if not earlier:
        return ""
    asked = "　".join(escape(answer.question) for answer in reversed(earlier))
    turns = "".join(_turn(answer, words) for answer in reversed(earlier))
    return (
        f'<details class="cl-earlier"><summary><span>此前 {len(earlier)} 问</span> <bdi>{asked}</bdi></summary>'
        f"<ol>{turns}</ol></details>"
    )


def _turn(answer: Answer, words: dict[str, str]) -> str:
    question = escape(answer.question)
    alone = restated(answer)
    understood = f"<small>理解为：<bdi>{escape(alone)}</bdi></small>" if alone is not None else ""
    said = "".join(_said(each) for each in answer.answers if each.clause is not None)
    listing = f"<ul>{said}</ul>" if said else ""
    head = f"<b><bdi>{question}</bdi></b> <em>{words[answer.status]}</em>{understood}"
    again = f'<button type="button" data-question="{question}">再问</button>'
    return f'<li data-status="{answer.status}"><p>{head} {again}</p>{listing}</li>'


def _said(said: DocumentAnswer) -> str:
    clause = said.clause
    assert clause is not None
    label = " ".join(place(clause.clause_id, clause.label, clause.heading)).strip()
    link = source_link(clause.clause_id, said.quotes, label, f"{said.short_name} 看原文")
    return f'<li><span class="cl-name">{escape(said.short_name)}</span> {escape(decided(said))} {link}</li>'
