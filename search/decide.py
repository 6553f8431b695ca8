"""Answer or "no": how sure it is that a document rules on a question, from signals that mean the same for any."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from search.retrieve import Found

SIGNALS = ("coverage", "support", "phrase", "meaning", "lead")
_SUPPORTED = 0.1
"""Coverage from which on a clause is no chance hit."""
_CERTAIN = 50.0
"""Beyond it a logistic is 0 or 1 to the last digit, and may overflow."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Weights of a logistic model over `SIGNALS`, and the confidence from which on an answer is given."""

    weights: tuple[float, ...]
    """One per signal, in the order of `SIGNALS`."""
    bias: float
    threshold: float
    document_threshold: float
    """The same for one document among several."""

    def confidence(self, signals: tuple[float, ...]) -> float:
        """0 to 1: the model's probability that the clause rules on the question."""
        total = self.bias + sum(w * s for w, s in zip(self.weights, signals, strict=True))
        return float(1 / (1 + np.exp(-np.clip(total, -_CERTAIN, _CERTAIN))))


@cache
def shipped() -> Decision:
    """The model fitted on the development questions (`python -m eval.calibrate` prints and writes it)."""
    data = tomllib.loads(files("search").joinpath("decision.toml").read_text(encoding="utf-8"))
    return Decision(
        tuple(float(data["weights"][name]) for name in SIGNALS),
        float(data["bias"]),
        float(data["threshold"]),
        float(data["document_threshold"]),
    )


def signals(found: Found, row: int, best: float) -> tuple[float, ...]:
    """The signals of clause `row`: each in the order of `SIGNALS`, none depending on the size of the corpus.

    coverage: share of the question's words, weighted by rarity, that the clause has; support: the same up to a tenth,
    which tells a chance hit; phrase: score of its best
    sentence by characters over the highest possible; meaning: cosine of its best sentence; lead: its fused score
    over `best`, the best of any document in scope.
    """
    index = found.index
    has = {term for term, _ in index.clause_chars.explain(found.chars, row)}
    weight = {token: index.clause_chars.idf(token) for token in set(found.chars) if len(token) > 1}
    total = sum(weight.values())
    coverage = sum(w for token, w in weight.items() if token in has) / total if total else 0.0
    units = index.sentences_of(row)
    phrase = float(found.sentences("chars")[units.start : units.stop].max())
    meaning = float(found.sentences("dense")[units.start : units.stop].max())
    score = float(found.fused("hybrid")[row])
    return coverage, min(coverage, _SUPPORTED) / _SUPPORTED, phrase, meaning, score / best if best > 0 else 0.0
