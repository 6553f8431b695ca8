"""The searchable form of a corpus."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from indexer.tokens import Tokenizer

if TYPE_CHECKING:
    from corpus.model import Clause, Document
    from indexer.config import IndexConfig
    from indexer.dense import DenseIndex
    from indexer.encoder import Encoder
    from indexer.lexical import LexicalIndex
    from indexer.units import Units


@dataclass(frozen=True)
class Index:
    """Documents with everything that is worked out about them ahead of a question.

    Row r everywhere stands for ``clauses[r]``; a sentence's row is its place in `units`.
    """

    documents: tuple[Document, ...]
    keys: tuple[str, ...]
    """Of each document: changes when its file, its clauses or the texts given to the encoder change (sha-256, hex)."""
    user_words: tuple[str, ...]
    """Kept whole by the tokenizer."""
    config: IndexConfig
    encoder: Encoder
    """The one that gave the vectors; to be asked for those of questions."""
    units: Units
    clause_words: LexicalIndex
    clause_chars: LexicalIndex
    sentence_words: LexicalIndex
    sentence_chars: LexicalIndex
    clause_vectors: DenseIndex
    sentence_vectors: DenseIndex

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Gives the tokens that the lexical indexes hold."""
        return Tokenizer(self.user_words, guess_words=self.config.guess_words)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of all documents, in reading order."""
        return tuple(clause for document in self.documents for clause in document.clauses)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row by `clause_id`."""
        return {clause.clause_id: row for row, clause in enumerate(self.clauses)}

    @cached_property
    def rows_of(self) -> dict[str, range]:
        """Rows of its clauses by `doc_id`."""
        rows: dict[str, range] = {}
        end = 0
        for document in self.documents:
            rows[document.doc_id] = range(end, end + len(document.clauses))
            end += len(document.clauses)
        return rows

    @cached_property
    def document_of(self) -> dict[str, Document]:
        """Document by `doc_id`."""
        return {document.doc_id: document for document in self.documents}

    def sentences_of(self, row: int) -> range:
        """Rows of the scored sentences of clause `row`."""
        return range(int(self.units.bounds[row]), int(self.units.bounds[row + 1]))
