"""Answer or "no": how sure it is that a document rules on a question, from signals that mean the same for any."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from indexer.fold import fold
from search.evidence import EvidenceConfig, quotes
from search.retrieve import Found
from search.wanted import gives

SIGNALS = {
    "plain": ("phrase", "meaning", "lead", "detail"),
    "phrased": ("phrasing", "lead", "detail", "asked"),
}
"""Names of the signals of a document that brings no phrasings, and of one that does."""
_CERTAIN = 50.0
"""Beyond it a logistic is 0 or 1 to the last digit, and may overflow."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a clause ruling on a question, in the order of `SIGNALS`, and whether it has phrasings."""

    values: tuple[float, ...]
    is_phrased: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """Weights of a logistic model over signals, and the confidence from which on an answer is given."""

    weights: tuple[float, ...]
    """One per signal, in the order of `SIGNALS`."""
    bias: float
    threshold: float
    document_threshold: float
    """The same for one document among several."""

    def confidence(self, signals: Signals) -> float:
        """0 to 1: the model's probability that the clause rules on the question."""
        total = self.bias + sum(w * s for w, s in zip(self.weights, signals.values, strict=True))
        return float(1 / (1 + np.exp(-np.clip(total, -_CERTAIN, _CERTAIN))))


@dataclass(frozen=True, slots=True)
class Decisions:
    """The model for documents that bring phrasings, and the one for those that do not."""

    plain: Decision
    phrased: Decision

    def of(self, signals: Signals) -> Decision:
        """The model that `signals` are for."""
        return self.phrased if signals.is_phrased else self.plain


@cache
def shipped() -> Decisions:
    """The models fitted on the development questions (`python -m eval.calibrate` prints and writes them)."""
    data = tomllib.loads(files("search").joinpath("decision.toml").read_text(encoding="utf-8"))
    return Decisions(*(_decision(data[kind], names) for kind, names in SIGNALS.items()))


def _decision(table: dict[str, Any], names: tuple[str, ...]) -> Decision:
    return Decision(
        tuple(float(table["weights"][name]) for name in names),
        float(table["bias"]),
        float(table["threshold"]),
        float(table["document_threshold"]),
    )


def signals(found: Found, row: int, best: float) -> Signals:
    """The signals of clause `row`. None depends on the size of the corpus.

    phrasing: how much the question asks for its best rule; phrase: score of its best sentence by characters over the
    highest possible; meaning: cosine of its best sentence; lead: its fused score over `best`, the best of any document
    in scope; detail: 0 where the question asks for an amount, date, place or the like and what would be quoted has
    none, else 1; asked: log odds that a rule answers what is asked this way.
    """
    index = found.index
    score = float(found.fused("hybrid")[row])
    lead = score / best if best > 0 else 0.0
    detail = _detail(found, row)
    if index.clauses[row].doc_id in found.phrasings.documents:
        values = (float(found.clauses("phrasing")[row]), lead, detail, found.phrasings.asked.odds(found.chars))
        return Signals(values, is_phrased=True)
    units = index.sentences_of(row)
    phrase = float(found.sentences("chars")[units.start : units.stop].max())
    meaning = float(found.sentences("dense")[units.start : units.stop].max())
    return Signals((phrase, meaning, lead, detail), is_phrased=False)


def _detail(found: Found, row: int) -> float:
    if not found.details:
        return 1.0
    document = found.index.document_of[found.index.clauses[row].doc_id]
    indifferent = EvidenceConfig(detail=1)  # preferred for a detail, a passage would always seem to answer
    passage = " ".join(quote.text for quote in quotes(found, row, document, indifferent))
    return float(gives(fold(passage), found.details))
