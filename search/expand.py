"""A question's plain words → the official terms they may stand for, with weights; and mistypings set right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.terms import Term
from indexer.fold import fold


@dataclass(frozen=True, slots=True)
class Expansion:
    """A pair that fired: the plain word as found in the question, the term it may stand for, and the weight."""

    plain: str
    official: str
    weight: float


class Expander:
    """Finds the pairs that fire for a question."""

    def __init__(self, terms: Sequence[Term], homophones: Mapping[str, str]) -> None:
        self._terms: dict[str, list[Term]] = {}
        for term in terms:
            self._terms.setdefault(fold(term.plain), []).append(term)
        self._lengths = sorted({len(plain) for plain in self._terms}, reverse=True)
        self._homophones = sorted(((fold(w), r) for w, r in homophones.items()), key=lambda pair: -len(pair[0]))

    def set_right(self, text: str) -> str:
        """`text` with its mistypings set right, folded; as it is where it has none."""
        folded = corrected = fold(text)
        for wrong, right in self._homophones:
            corrected = corrected.replace(wrong, right)
        return text if corrected == folded else corrected

    def expansions(self, text: str) -> tuple[Expansion, ...]:
        """The pairs whose plain word stands in the folded `text`: the longest word at each place, left to right.

        A term that the text has itself is not added.
        """
        found: list[Expansion] = []
        position = 0
        while position < len(text):
            plain = next(
                (text[position : position + n] for n in self._lengths if text[position : position + n] in self._terms),
                None,
            )
            if plain is None:
                position += 1
                continue
            found.extend(
                Expansion(term.plain, term.official, term.weight)
                for term in self._terms[plain]
                if fold(term.official) not in text
            )
            position += len(plain)
        return tuple(dict.fromkeys(found))
