"""The one to three sentences of a clause that answer, as spans read from the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Clause, Document, Sentence
from indexer.index import Index
from search.model import Quote
from search.retrieve import Found

_LIMITS = re.compile(r"(?:但|但是|其中|除|除外|不过|上述|前述|前款|该|同时|否则|限|仅|在.{1,14}期限内|离开|不得)")
"""How a sentence begins that limits or carries on the rule before it."""


@dataclass(frozen=True, slots=True)
class EvidenceConfig:
    """How many sentences are quoted."""

    most: int = 3
    share: float = 0.82
    """A further sentence is quoted if it scores this share of the best one's score."""


def quotes(found: Found, row: int, document: Document, config: EvidenceConfig) -> tuple[Quote, ...]:
    """The sentences of clause `row` that answer, in reading order, neighbours joined to one quote; never empty."""
    index = found.index
    clause = index.clauses[row]
    scored = _scored(found, row)
    best = max(scored, key=lambda pair: pair[1])
    chosen = {
        s for s, score in sorted(scored, key=lambda pair: -pair[1])[: config.most] if score >= config.share * best[1]
    }
    chosen.add(best[0])
    following = _next(clause, best[0])
    if following and len(chosen) < config.most and _LIMITS.match(clause.slice(following.start, following.end)):
        chosen.add(following)
    return tuple(quote(document, start, end) for start, end in _joined(clause, chosen))


def best_sentence(found: Found, row: int, document: Document) -> Quote:
    """The sentence of clause `row` that fits best."""
    sentence, _ = max(_scored(found, row), key=lambda pair: pair[1])
    return quote(document, sentence.start, sentence.end)


def quote(document: Document, start: int, end: int) -> Quote:
    """Characters `start` to `end` of the document."""
    return Quote(document.text[start:end], start, end)


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
