"""How like the rules of several texts are to each other, by their characters, their meaning and their sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.index import Index
from search.compare.parts import Part

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float32]
Pairs = Mapping[tuple[int, int], float]
"""How like the parts at two places are, the smaller place first; what is not in it is not alike."""

_CHARACTERS = 0.5
"""Share of the characters in likeness; the rest is meaning.

This and the constants below were chosen on the development points of `three-texts`, where neighbouring values do alike.
"""
_SENTENCE = 0.15
"""What the likeness of their sentences adds."""
_HEADING = -0.1
"""What is added for a heading, so that it stands for its clause only where no rule of the clause says the same."""
KEPT = 0.25
"""Likeness below which nothing else can make two rules one point."""
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_BLOCK = 512
"""Rules held against another text at once."""


class Kinship:
    """How like the rules in `parts` of one index are to each other."""

    def __init__(self, index: Index, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        texts = [_words(index, part) for part in parts]
        self.vectors: Floats = index.encoder.encode_passages(texts)
        self._terms = _terms(index, texts)
        self._is_heading = np.asarray([part.is_heading for part in parts], np.bool_)
        places, self._sentence = np.unique([part.sentence for part in parts], return_inverse=True)
        sentences = [_sentence(index, int(place)) for place in places]
        self._whole = index.encoder.encode_passages(sentences)
        self._whole_terms = _terms(index, sentences)

    def pairs(
        self, more: Callable[[NDArray[np.int64], NDArray[np.int64]], Floats] | None = None
    ) -> dict[tuple[int, int], float]:
        """The pairs of rules of two texts that are alike.

        `more`: what else speaks for the pairs of places of one text and of another, (len, len), added; -inf for never.
        """
        places: dict[str, list[int]] = defaultdict(list)
        for place, part in enumerate(self.parts):
            places[part.doc_id].append(place)
        held = [np.asarray(each, np.int64) for each in places.values()]
        found: dict[tuple[int, int], float] = {}
        for number, other in enumerate(held):
            for one in held[:number]:
                for start in range(0, len(one), _BLOCK):
                    block = one[start : start + _BLOCK]
                    alike = self._likeness(block, other)
                    values = alike if more is None else alike + more(block, other)
                    for a, b in np.argwhere((alike >= KEPT) & (values >= KEPT)).tolist():
                        pair = int(block[a]), int(other[b])
                        found[min(pair), max(pair)] = float(values[a, b])
        return found

    def _likeness(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> Floats:
        mixed = _mixed(self.vectors, self._terms, one, other)
        near = _mixed(self._whole, self._whole_terms, self._sentence[one], self._sentence[other])
        headed = self._is_heading[one][:, None].astype(np.float32) + self._is_heading[other][None, :]
        return np.asarray(mixed + _SENTENCE * near + _HEADING * headed, np.float32)


def _mixed(vectors: Floats, terms: csr_array, one: NDArray[np.int64], other: NDArray[np.int64]) -> Floats:
    meaning = np.maximum(vectors[one] @ vectors[other].T, 0)
    shared = (terms[one] @ terms[other].T).toarray()
    return np.asarray(_CHARACTERS * shared + (1 - _CHARACTERS) * meaning, np.float32)


def _words(index: Index, part: Part) -> str:
    """The words of a rule, without what stands in brackets: asides make the same rule look like another."""
    said = "".join(index.document_of[part.doc_id].text[part.span.start : part.span.end].split())
    return _BRACKETED.sub("", said) or said


def _sentence(index: Index, place: int) -> str:
    """The sentence at a place of `Index.units`; the heading of a clause for less than 0."""
    if place < 0:
        return index.clauses[-1 - place].heading
    clause = index.clauses[int(index.units.clause[place])]
    return index.document_of[clause.doc_id].text[int(index.units.start[place]) : int(index.units.end[place])]


def _terms(index: Index, texts: Sequence[str]) -> csr_array:
    """(texts, terms): rows of unit norm whose inner product is the share of characters, by what they tell, in both."""
    from scipy.sparse import csr_array

    held = index.sentence_chars
    number: dict[str, int] = {}
    rows, columns, weights = [], [], []
    for row, text in enumerate(texts):
        own = {token: max(held.idf(token), 0.0) for token in index.tokenizer.chars(text)}
        norm = sum(own.values()) ** 0.5 or 1.0
        for token, idf in own.items():
            rows.append(row)
            columns.append(number.setdefault(token, len(number)))
            weights.append(idf**0.5 / norm)
    entries = np.asarray(weights, np.float32), (np.asarray(rows, np.int64), np.asarray(columns, np.int64))
    return csr_array(entries, shape=(len(texts), max(1, len(number))))
