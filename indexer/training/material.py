"""All that the encoder learns from, and what of it is held back for measuring."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.load import DEFAULT_CORPUS
from corpus.terms import Term, read_terms
from indexer.training.texts import Passage, Question, read_policies, read_statutes, read_written

if TYPE_CHECKING:
    from collections.abc import Sequence

WRITTEN = Path(__file__).with_name("written")
"""Questions written for this project: `statutes.jsonl` and `policies.jsonl`, a passage and its questions a line."""


@dataclass(frozen=True, slots=True)
class Material:
    """Texts, questions on them (`articles` and `policies` by id), and words."""

    articles: tuple[Passage, ...]
    policies: tuple[Passage, ...] = ()
    questions: tuple[Question, ...] = ()
    """Asked by laypeople and judged."""
    written: tuple[Question, ...] = ()
    """Written for this project."""
    terms: tuple[Term, ...] = ()

    def shown(self) -> Material:
        """Without what is held back."""
        return Material(
            self.articles,
            tuple(passage for passage in self.policies if not passage.held_back),
            tuple(question for question in self.questions if not question.held_back),
            tuple(question for question in self.written if not question.held_back),
            self.terms,
        )


def read_material(statutes: Path, policies: Path | None, written: Path | None = None) -> Material:
    """Read a BEIR folder, a folder of policy texts, the written questions and the shipped terms.

    `written`: their folder; None: the project's own. Without `policies` only those on statutes are read.
    Raises `CorpusError`.
    """
    held = read_statutes(statutes)
    texts = read_policies(policies) if policies else ()
    folder = written or WRITTEN
    questions = (
        *_questions(folder / "statutes.jsonl", held.passages),
        *(_questions(folder / "policies.jsonl", texts) if texts else ()),
    )
    return Material(held.passages, texts, held.questions, questions, read_terms(DEFAULT_CORPUS))


def _questions(path: Path, passages: Sequence[Passage]) -> tuple[Question, ...]:
    return read_written(path, {passage.passage_id: passage for passage in passages}) if path.is_file() else ()
