"""What can be set about an index. The configuration that built an index is stored with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexConfig:
    """How clauses and sentences are made ready for matching. A weight is how many times the tokens are counted."""

    k1: float = 1.5
    """BM25: how soon a repeated term stops to add."""
    b: float = 0.75
    """BM25: how much a long item is held back, 0 (not at all) to 1."""
    guess_words: bool = False
    """Whether jieba may join characters to words its dictionary lacks."""
    clause_heading: int = 2
    """Weight of a clause's heading, besides the once that it stands in the clause."""
    clause_trail: int = 1
    """Weight of the chapter headings above a clause."""
    clause_title: int = 0
    """Weight of the document's title for a clause."""
    sentence_text: int = 2
    """Weight of a sentence itself."""
    sentence_heading: int = 1
    """Weight of its clause's heading."""
    sentence_trail: int = 1
    """Weight of the chapter headings above."""
    sentence_title: int = 0
    """Weight of the document's title for a sentence."""
    shortest_sentence: int = 6
    """Letters and digits that a sentence must have to be scored on its own."""
    passage_heading: bool = True
    """Whether the encoder reads the clause's heading in front of a sentence."""
    passage_trail: bool = True
    """Whether the encoder reads the chapter headings in front of a clause or sentence."""
