"""A question's plain words → the official terms they may stand for, with weights; and mistypings set right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.phrasings import Phrasing
from corpus.terms import Term, read_homophones, read_terms
from indexer.fold import fold
from indexer.index import Index
from search.spelling import Speller


@dataclass(frozen=True, slots=True)
class Expansion:
    """A pair that fired: the plain word as found in the question, the term it may stand for, and the weight."""

    plain: str
    official: str
    weight: float


class Expander:
    """Finds the pairs that fire for a question, and what is mistyped in it.

    `homophones`: right spelling by wrong one; they go before what the `speller`, where there is one, finds by sound.
    """

    def __init__(self, terms: Sequence[Term], homophones: Mapping[str, str], speller: Speller | None = None) -> None:
        self._speller = speller
        self._terms: dict[str, list[Term]] = {}
        for term in terms:
            self._terms.setdefault(fold(term.plain), []).append(term)
        self._lengths = sorted({len(plain) for plain in self._terms}, reverse=True)
        self._homophones = sorted(((fold(w), r) for w, r in homophones.items()), key=lambda pair: -len(pair[0]))

    def set_right(self, text: str) -> str:
        """`text` with its mistypings set right, folded; as it is where it has none."""
        return self.corrected(text)[0]

    def corrected(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """`text` set right as by `set_right`, and the pairs (as typed, as read) that it took, left to right."""
        folded = corrected = fold(text)
        pairs: list[tuple[str, str]] = []
        for wrong, right in self._homophones:
            if wrong in corrected:
                corrected = corrected.replace(wrong, right)
                pairs.append((wrong, right))
        for found in reversed(self._speller.corrections(corrected) if self._speller else ()):
            corrected = corrected[: found.start] + found.right + corrected[found.end :]
            pairs.append((found.wrong, found.right))
        in_order = sorted(dict.fromkeys(pairs), key=lambda pair: folded.find(pair[0]))
        return (text, ()) if corrected == folded else (corrected, tuple(in_order))

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


def open_expander(folder: Path, index: Index, phrasings: Sequence[Phrasing]) -> Expander:
    """The expander of the corpus in `folder`, with its word lists and the shipped ones. Raises `CorpusError`."""
    terms = read_terms(folder)
    return Expander(terms, read_homophones(folder), Speller(index, phrasings, terms))
