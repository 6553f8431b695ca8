"""The units that are scored: every clause, and every sentence of it that says something by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from corpus.model import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from corpus.model import Clause, Document
    from indexer.config import IndexConfig


@dataclass(frozen=True)
class Units:
    """The sentences that are scored, in reading order. Each clause has one at least."""

    clause: NDArray[np.int32]
    """(sentences,): row of the clause it is in, never falling."""
    start: NDArray[np.int32]
    """(sentences,): offset in the document's clean text."""
    end: NDArray[np.int32]
    """(sentences,)"""

    @cached_property
    def bounds(self) -> NDArray[np.int64]:
        """(clauses + 1,): the sentences of clause row r are ``bounds[r]`` to ``bounds[r + 1]`` (half open)."""
        rows = int(self.clause[-1]) + 1 if len(self.clause) else 0
        return np.searchsorted(self.clause, np.arange(rows + 1))

    def lift(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """(clauses,): of `scores` (sentences,), the best in each clause."""
        return np.maximum.reduceat(scores, self.bounds[:-1]) if len(scores) else scores


def sentence_units(clauses: Sequence[Clause], config: IndexConfig) -> Units:
    """Sentences of `clauses` (rows 0, 1, …) that are scored: without heading lines and those that are too short.

    A clause that has nothing else keeps its short sentences, and one that is but a heading that.
    """
    rows = [(row, s.start, s.end) for row, clause in enumerate(clauses) for s in scored_sentences(clause, config)]
    table = np.array(rows, np.int32).reshape(-1, 3)
    return Units(*(np.ascontiguousarray(column) for column in table.T))


def scored_sentences(clause: Clause, config: IndexConfig) -> tuple[Sentence, ...]:
    """Sentences of `clause` that are scored, one at least; see `sentence_units`."""
    every = clause.sentences or (Sentence(clause.body, clause.end, 0),)
    rules = tuple(s for s in every if not s.is_heading) or every
    return tuple(s for s in rules if _speaks(clause.slice(s.start, s.end), config)) or rules


def clause_passage(clause: Clause, config: IndexConfig) -> str:
    """Text of `clause` for the encoder: chapter headings, then the clause, a line each."""
    return "\n".join((*_trail(clause, config), clause.body_text))


def sentence_passage(clause: Clause, start: int, end: int, config: IndexConfig) -> str:
    """Text of the sentence at `start` to `end` for the encoder: chapter headings, heading, sentence, a line each."""
    text = clause.slice(start, end)
    heading = (clause.heading,) if config.passage_heading and clause.heading and clause.heading not in text else ()
    return "\n".join((*_trail(clause, config), *heading, text))


class TokenLists:
    """Tokens of the units of `documents`, by `split`; each distinct token is held in memory once."""

    def __init__(self, split: Callable[[str], list[str]], documents: Sequence[Document], config: IndexConfig) -> None:
        self._split = split
        self._documents = documents
        self._config = config
        self._held: dict[str, str] = {}
        self._headings: dict[str, list[str]] = {}

    def __len__(self) -> int:
        """Clauses in all."""
        return sum(len(document.clauses) for document in self._documents)

    def __iter__(self) -> Iterator[tuple[list[str], list[list[str]]]]:
        """For each clause in reading order, its tokens and those of its scored sentences."""
        for document in self._documents:
            title = self._heading(document.metadata.title)
            for clause in document.clauses:
                yield self._clause(clause, title)

    def _clause(self, clause: Clause, title: list[str]) -> tuple[list[str], list[list[str]]]:
        config = self._config
        heading = self._heading(clause.heading)
        trail = [token for part in clause.trail for token in self._heading(part)]
        every = clause.sentences or (Sentence(clause.body, clause.end, 0),)
        texts = {sentence: self._tokens(clause.slice(sentence.start, sentence.end)) for sentence in every}
        clause_tokens = [token for tokens in texts.values() for token in tokens]
        clause_tokens += heading * config.clause_heading + trail * config.clause_trail + title * config.clause_title
        context = heading * config.sentence_heading + trail * config.sentence_trail + title * config.sentence_title
        return clause_tokens, [texts[s] * config.sentence_text + context for s in scored_sentences(clause, config)]

    def _tokens(self, text: str) -> list[str]:
        return [self._held.setdefault(token, token) for token in self._split(text)]

    def _heading(self, text: str) -> list[str]:
        if text not in self._headings:
            self._headings[text] = self._tokens(text)
        return self._headings[text]


def _trail(clause: Clause, config: IndexConfig) -> tuple[str, ...]:
    return clause.trail if config.passage_trail else ()


def _speaks(text: str, config: IndexConfig) -> bool:
    return sum(character.isalnum() for character in text) >= config.shortest_sentence
