"""A question as the page shows it, and how it was read: what was mistyped, and what those before it add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.fold import fold
from search.views.html import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search.model import Answer


LONG = 150
"""Characters above which a question is shown in three lines, to be unfolded."""


def question_view(question: str) -> str:
    """The question as the heading of its answer; the beginning of a long one, with the rest to unfold."""
    heading = f"<h2><bdi>{escape(question)}</bdi></h2>"
    if len(question) <= LONG:
        return heading
    return f'<details class="cl-asked"><summary>{heading}</summary></details>'


def restated(answer: Answer) -> str | None:
    """The question as it stands alone; None where that only sets right what it has mistyped."""
    expected = fold(answer.question)
    for wrong, right in answer.corrected:
        expected = expected.replace(wrong, right)
    return None if fold(answer.standalone) in ("", expected) else answer.standalone


def carried_view(answer: Answer) -> str:
    """What earlier questions add to this one, and the way to ask it by itself; nothing where they add nothing."""
    alone = restated(answer)
    if alone is None:
        return ""
    button = f'<button type="button" data-question="{escape(answer.question)}" data-alone>只按这一句问</button>'
    return f'<p class="cl-carried"><span>理解为：<bdi>{escape(alone)}</bdi></span> {button}</p>'


def aside_view(answer: Answer, names: Mapping[str, str]) -> str:
    """The way to look in the texts that were asked about but not chosen; `names` by document."""
    scope = answer.scope
    if not scope.elsewhere:
        return ""
    wanted = scope.elsewhere if not scope.is_held else (*scope.doc_ids, *scope.elsewhere)
    where = "、".join(names.get(doc_id, doc_id) for doc_id in wanted)
    return (
        f'<p class="cl-aside"><button type="button" data-question="{escape(answer.standalone)}" '
        f'data-doc="{escape(" ".join(wanted))}" data-alone>在{escape(where)}里找</button></p>'
    )
