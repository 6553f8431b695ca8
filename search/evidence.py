"""The sentences of a clause that answer, with those that limit them, as spans read from the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from corpus.model import Clause, Document, Sentence
from indexer.fold import fold
from indexer.index import Index
from search.model import Quote
from search.retrieve import Found
from search.wanted import gives

_GAP = ".{1,14}"
"""What the … of a beginning stands for: 在…期限内."""


@dataclass(frozen=True, slots=True)
class EvidenceConfig:
    """How many sentences are quoted."""

    most: int = 3
    """Sentences that answer; those that limit or carry on one of them come on top."""
    share: float = 0.82
    """A further sentence is quoted if it scores this share of the best one's score."""
    detail: float = 1.1
    """What the score of a sentence is multiplied by that has the kind of detail asked for (an amount, a date…)."""


def quotes(found: Found, row: int, document: Document, config: EvidenceConfig) -> tuple[Quote, ...]:
    """The sentences of clause `row` that answer, in reading order, neighbours joined to one quote; never empty.

    A sentence that limits or carries on the one before it (但…, 除…外…) is never left out behind it; nor quoted without
    it where it cannot be read alone (但…, 其中…).
    """
    clause = found.index.clauses[row]
    scored = [(sentence, score * _fit(found, clause, sentence, config)) for sentence, score in _scored(found, row)]
    best = max(scored, key=lambda pair: pair[1])
    chosen = {
        s for s, score in sorted(scored, key=lambda pair: -pair[1])[: config.most] if score >= config.share * best[1]
    }
    chosen.add(best[0])
    return tuple(quote(document, start, end) for start, end in _joined(clause, chosen | _bound_to(clause, chosen)))


def best_sentence(found: Found, row: int, document: Document) -> Quote:
    """The sentence of clause `row` that fits best."""
    sentence, _ = max(_scored(found, row), key=lambda pair: pair[1])
    return quote(document, sentence.start, sentence.end)


def quote(document: Document, start: int, end: int) -> Quote:
    """Characters `start` to `end` of the document."""
    return Quote(document.text[start:end], start, end)


def _fit(found: Found, clause: Clause, sentence: Sentence, config: EvidenceConfig) -> float:
    """The factor for a sentence that gives the details asked for; 1 where none is asked for."""
    if not found.details:
        return 1.0
    return config.detail if gives(fold(clause.slice(sentence.start, sentence.end)), found.details) else 1.0


def _bound_to(clause: Clause, chosen: set[Sentence]) -> set[Sentence]:
    """The sentences that the chosen ones cannot be read without, step by step."""
    bonds = list(_bonds(clause))
    added: set[Sentence] = set()
    for before, after, refers in reversed(bonds):
        if refers and (after in chosen or after in added):
            added.add(before)
    for before, after, _ in bonds:
        if before in chosen or before in added:
            added.add(after)
    return added


def _bonds(clause: Clause) -> Iterator[tuple[Sentence, Sentence, bool]]:
    """Neighbours in one paragraph, the second of which limits or carries on the first, in reading order.

    The third value says whether the second refers to the first, so that it cannot be read alone.
    """
    for before, after in pairwise(sorted(clause.sentences, key=lambda s: s.start)):
        if before.is_heading or before.paragraph != after.paragraph:
            continue
        words = clause.slice(after.start, after.end)
        refers = _carries_on().match(words) is not None
        if refers or _stands_alone().match(words):
            yield before, after, refers


@cache
def _carries_on() -> re.Pattern[str]:
    """How a sentence begins that limits or carries on the one before it and refers to it: 但, 其中."""
    return _begins(word for word in _beginnings() if not word.endswith("+"))


@cache
def _stands_alone() -> re.Pattern[str]:
    """How a sentence begins that limits the one before it, but can be read alone: 除…外."""
    return _begins(word.removesuffix("+").rstrip() for word in _beginnings() if word.endswith("+"))


def _begins(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_GAP.join(re.escape(part) for part in word.split("…")) for word in words))


def _beginnings() -> list[str]:
    lines = files("search").joinpath("carries-on.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _scored(found: Found, row: int) -> list[tuple[Sentence, float]]:
    index: Index = found.index
    by_start = {sentence.start: sentence for sentence in index.clauses[row].sentences}
    scores = found.fused_sentences()
    pairs = []
    for unit in index.sentences_of(row):
        start, end = int(index.units.start[unit]), int(index.units.end[unit])
        sentence = by_start.get(start) or Sentence(start, end, 0)
        pairs.append((sentence, float(scores[unit])))
    return pairs


def _next(clause: Clause, sentence: Sentence) -> Sentence | None:
    """The sentence after it in the same paragraph."""
    later = [s for s in clause.sentences if s.start >= sentence.end and s.paragraph == sentence.paragraph]
    return later[0] if later else None


def _joined(clause: Clause, chosen: set[Sentence]) -> list[tuple[int, int]]:
    """Spans of the chosen sentences, those that follow each other in one paragraph joined."""
    spans: list[tuple[int, int]] = []
    last: Sentence | None = None
    for sentence in sorted(chosen, key=lambda s: s.start):
        if last is not None and _next(clause, last) == sentence:
            spans[-1] = (spans[-1][0], sentence.end)
        else:
            spans.append((sentence.start, sentence.end))
        last = sentence
    return spans
