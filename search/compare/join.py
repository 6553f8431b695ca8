"""Single rules of several texts → rows: which of them say the same thing, one passage of a text in each row.

The likest pairs are joined first. A passage grows by the rule next to it in its sentence where that has the same
counterpart, so that a rule cut in two here and not there still stands against itself. Rules without a counterpart
that stand side by side in a sentence stay one passage.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.model import Span
from indexer.index import Index
from search.compare.cut import rules_in

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float32]

_GROWN = 0.05
"""What a further rule of a passage has to be liker, beyond the bound for the first.

This and the constants below were chosen on the development points of `three-texts`, where neighbouring values do alike.
"""
_AGAIN = 0.15
"""The same for a rule left over, to stand against a passage that has a likelier counterpart."""
_LINKED = 0.8
"""Share of the bound that the rules of a row have to reach in the mean, so that no chain joins strangers."""
_CHARACTERS = 0.5
"""Share of the characters in likeness; the rest is meaning."""
_SENTENCE = 0.15
"""What the likeness of their sentences adds."""
_HEADING = -0.1
"""What is added for a heading, so that it stands for its clause only where no rule of the clause says the same."""
_KEPT = 0.25
"""Likeness below which nothing else can make two rules one point."""
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_NUMBER = re.compile(
    r"(第[〇零一二三四五六七八九十百千\d]+[条款项]|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])\s*"
)
_BLOCK = 512
"""Rules held against another text at once."""


@dataclass(frozen=True, slots=True)
class Part:
    """A single rule: characters `span` of a document, in the clause at `row` of the index.

    `sentence`: the place of its sentence in `Index.units`; `order`: its place among the rules of that sentence.
    A heading may say a rule that its clause does not repeat: its `sentence` is less than 0, another for each clause.
    """

    doc_id: str
    row: int
    sentence: int
    order: int
    span: Span

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of its clause."""
        return self.sentence < 0


Row = Mapping[str, tuple[int, ...]]
"""By doc_id, the places of neighbouring parts of one sentence, in reading order."""
Pairs = Mapping[tuple[int, int], float]
"""How like the parts at two places are, the smaller place first; what is not in it is not alike."""


def _number(sentence: str) -> int:
    """How long the number is that a sentence begins with: no words of the rule."""
    found = _NUMBER.match(sentence)
    return 0 if found is None or found.end() == len(sentence) else found.end()


def headings_of(index: Index, rows: Iterable[int]) -> list[Part]:
    """The headings of the clauses at these rows of the index, those of them that have one."""
    found = []
    for row in rows:
        clause = index.clauses[row]
        at = clause.text.find(clause.heading, clause.body - clause.start) if clause.heading else -1
        if at >= 0:
            start = clause.start + at
            found.append(Part(clause.doc_id, row, -1 - row, 0, Span(start, start + len(clause.heading))))
    return found


def parts_of(index: Index, sentences: Iterable[int]) -> list[Part]:
    """The rules of the sentences at these places of `Index.units`, in their order."""
    units = index.units
    found = []
    for place in sentences:
        clause = index.clauses[int(units.clause[place])]
        text = index.document_of[clause.doc_id].text
        start = int(units.start[place])
        spans = rules_in(text, start + _number(text[start : int(units.end[place])]), int(units.end[place]))
        row = int(units.clause[place])
        found += [Part(clause.doc_id, row, place, order, span) for order, span in enumerate(spans)]
    return found


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
                    for a, b in np.argwhere((alike >= _KEPT) & (values >= _KEPT)).tolist():
                        pair = int(block[a]), int(other[b])
                        found[min(pair), max(pair)] = float(values[a, b])
        return found

    def _likeness(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> Floats:
        mixed = _mixed(self.vectors, self._terms, one, other)
        near = _mixed(self._whole, self._whole_terms, self._sentence[one], self._sentence[other])
        headed = self._is_heading[one][:, None].astype(np.float32) + self._is_heading[other][None, :]
        return np.asarray(mixed + _SENTENCE * near + _HEADING * headed, np.float32)


def join(parts: Sequence[Part], pairs: Pairs, same: float) -> list[Row]:
    """The rows that `parts` make, in no order that means anything; those of a sentence that stand alone are one.

    `same`: likeness from which on rules of two texts are one point.
    Each part stands in one row, but for the counterpart of several rules of a text: it stands in a row with each.
    Headings without a counterpart are left out: they rule on nothing.
    """
    rows: dict[int, dict[str, tuple[int, ...]]] = {n: {part.doc_id: (n,)} for n, part in enumerate(parts)}
    row_of = list(range(len(parts)))
    said = (pair for pair, value in pairs.items() if value >= same and not all(parts[p].is_heading for p in pair))
    likely = sorted(said, key=lambda pair: (-pairs[pair], pair))
    for one, other in likely:
        first, second = row_of[one], row_of[other]
        if first == second:
            continue
        bound = same if pairs[one, other] < same + _GROWN else None
        merged = _merged(parts, rows[first], rows[second], may_grow=bound is None)
        if merged is not None and _linkage(pairs, rows[first], rows[second]) >= _LINKED * same:
            rows[first] = merged
            for place in (place for run in rows.pop(second).values() for place in run):
                row_of[place] = first
    joined: list[Row] = [row for row in rows.values() if len(row) > 1]
    alone = sorted(place for row in rows.values() if len(row) == 1 for run in row.values() for place in run)
    sure = [pair for pair in likely if pairs[pair] >= same + _AGAIN and not _headed(parts, pair)]
    again = _again(parts, rows, row_of, sure, set(alone))
    further = [
        {**theirs, parts[run[0]].doc_id: run} for theirs, places in again for run in _runs(parts, sorted(places))
    ]
    taken = {place for _, places in again for place in places}
    rest = [place for place in alone if place not in taken and not parts[place].is_heading]
    return [*joined, *further, *({parts[run[0]].doc_id: run} for run in _runs(parts, rest))]


def _again(
    parts: Sequence[Part],
    rows: Mapping[int, Row],
    row_of: Sequence[int],
    likely: Iterable[tuple[int, int]],
    alone: set[int],
) -> list[tuple[Row, list[int]]]:
    """Rules left over whose counterparts stand in rows with others: of each text the likest passage, and the rules."""
    best: dict[int, dict[str, tuple[int, ...]]] = defaultdict(dict)
    likest: dict[int, set[str]] = defaultdict(set)
    for pair in likely:  # the likest first
        for place, other in (pair, pair[::-1]):
            doc_id = parts[other].doc_id
            if place in alone and other not in alone:
                theirs = {d: run for d, run in rows[row_of[other]].items() if d != parts[place].doc_id}
                best[place] = {**theirs, **best[place], **({} if doc_id in likest[place] else {doc_id: theirs[doc_id]})}
                likest[place].add(doc_id)
    found: dict[tuple[tuple[str, tuple[int, ...]], ...], list[int]] = defaultdict(list)
    for place, theirs in best.items():
        found[tuple(sorted(theirs.items()))].append(place)
    return [(dict(theirs), places) for theirs, places in found.items()]


def _headed(parts: Sequence[Part], pair: tuple[int, int]) -> bool:
    return any(parts[place].is_heading for place in pair)


def _merged(
    parts: Sequence[Part], one: Row, other: Row, *, may_grow: bool
) -> dict[str, tuple[int, ...]] | None:  # fmt: skip
    """Two rows as one; None where a text would have rules in it that do not stand side by side."""
    merged = dict(one)
    for doc_id, run in other.items():
        if doc_id in merged:
            together = tuple(sorted((*merged[doc_id], *run)))
            if not may_grow or len(list(_runs(parts, together))) > 1:
                return None
            merged[doc_id] = together
        else:
            merged[doc_id] = run
    return merged


def _linkage(pairs: Pairs, one: Row, other: Row) -> float:
    """The mean likeness of the rules of two rows, those of one text apart."""
    values = [
        pairs.get((min(a, b), max(a, b)), 0.0)
        for doc_id, run in one.items()
        for other_id, others in other.items()
        if doc_id != other_id
        for a in run
        for b in others
    ]
    return sum(values) / len(values) if values else 0.0


def _runs(parts: Sequence[Part], places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """`places`, sorted, in groups of neighbours in one sentence."""
    run: list[int] = []
    for place in places:
        if run:
            last, this = parts[run[-1]], parts[place]
            if (last.sentence, last.order + 1) != (this.sentence, this.order):
                yield tuple(run)
                run = []
        run.append(place)
    if run:
        yield tuple(run)


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
