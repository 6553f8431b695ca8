"""How a question was read: what in it was taken for a mistyping, and what the questions before it add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.fold import fold

if TYPE_CHECKING:
    from search.model import Answer


def restated(answer: Answer) -> str | None:
    """The question as it stands alone; None where that only sets right what it has mistyped."""
    expected = fold(answer.question)
    for wrong, right in answer.corrected:
        expected = expected.replace(wrong, right)
    return None if fold(answer.standalone) in ("", expected) else answer.standalone
