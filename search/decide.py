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

SIGNALS = ("phrase", "meaning", "lead", "detail")
PHRASED_SIGNALS = (*SIGNALS, "phrasing")
_CERTAIN = 50.0
"""Beyond it a logistic is 0 or 1 to the last digit, and may overflow."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Weights of a logistic model over signals, and the confidence from which on an answer is given."""

    weights: tuple[float, ...]
    """One per signal, in the order of `SIGNALS` or `PHRASED_SIGNALS`."""
    bias: float
    threshold: float
    document_threshold: float
    """The same for one document among several."""

    def confidence(self, signals: tuple[float, ...]) -> float:
        """0 to 1: the model's probability that the clause rules on the question."""
        total = self.bias + sum(w * s for w, s in zip(self.weights, signals, strict=True))
        return float(1 / (1 + np.exp(-np.clip(total, -_CERTAIN, _CERTAIN))))


@dataclass(frozen=True, slots=True)
class Decisions:
    """The model for documents that bring phrasings, and the one for those that do not."""

    plain: Decision
    phrased: Decision

    def of(self, signals: tuple[float, ...]) -> Decision:
        """The model that `signals` are for."""
        return self.phrased if len(signals) == len(PHRASED_SIGNALS) else self.plain


@cache
def shipped() -> Decisions:
    """The models fitted on the development questions (`python -m eval.calibrate` prints and writes them)."""
    data = tomllib.loads(files("search").joinpath("decision.toml").read_text(encoding="utf-8"))
    return Decisions(_decision(data["plain"], SIGNALS), _decision(data["phrased"], PHRASED_SIGNALS))


def _decision(table: dict[str, Any], names: tuple[str, ...]) -> Decision:
    return Decision(
        tuple(float(table["weights"][name]) for name in names),
        float(table["bias"]),
        float(table["threshold"]),
        float(table["document_threshold"]),
    )


def signals(found: Found, row: int, best: float) -> tuple[float, ...]:
    """The signals of clause `row`, in the order of `SIGNALS`; of `PHRASED_SIGNALS` if its document brings phrasings.

    None depends on the size of the corpus. phrase: score of its best sentence by characters over the highest possible;
    meaning: cosine of its best sentence; lead: its fused score over `best`, the best of any document in scope;
    detail: 0 where the question asks for an amount, date, place or the like and what would be quoted has none, else 1;
    phrasing: how much its nearest phrasing is the question.
    """
    index = found.index
    units = index.sentences_of(row)
    phrase = float(found.sentences("chars")[units.start : units.stop].max())
    meaning = float(found.sentences("dense")[units.start : units.stop].max())
    score = float(found.fused("hybrid")[row])
    lead = score / best if best > 0 else 0.0
    plain = (phrase, meaning, lead, _detail(found, row))
    if index.clauses[row].doc_id not in found.phrasings.documents:
        return plain
    return (*plain, float(found.clauses("phrasing")[row]))


def _detail(found: Found, row: int) -> float:
    if not found.details:
        return 1.0
    document = found.index.document_of[found.index.clauses[row].doc_id]
    passage = " ".join(quote.text for quote in quotes(found, row, document, EvidenceConfig()))
    return float(gives(fold(passage), found.details))
