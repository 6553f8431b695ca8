"""Weights of the fusion, learned: a softmax over the clauses of a question, no weight below zero.

The model is a weighted sum of retrievers' scores, so its weights can be read: what each retriever counts. It maximises
the likelihood that a clause that answers is drawn (Cao et al. 2007, "ListNet", top one).
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from corpus.errors import PolicyError

Matrix = NDArray[np.float64]

FOLDS = 10
_HEAD = "# 各路检索的权重，按语料的种类。由 python -m eval.tune 与 python -m eval.crossvalidate 学得，不要手改。"
_PLACES = 3
"""Decimals of a weight."""
RIDGE = 0.003
"""Strength of the pull of the weights, each of a score at unit spread, towards zero."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question: each retriever's scores of the clauses (n,), by name, and which of them answer (n,)."""

    query_id: str
    scores: Mapping[str, NDArray[np.float32]]
    answers: NDArray[np.bool_]

    def fused(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """(n,): the weighted sum."""
        return np.asarray(sum(np.float32(weight) * self.scores[name] for name, weight in weights.items()), np.float32)


def learned(examples: Sequence[Example], names: Sequence[str]) -> dict[str, float]:
    """The weight of each retriever of `names`, 0 or more, summing to 1. Examples without an answer teach nothing."""
    taught = [example for example in examples if example.answers.any()]
    tables = [np.stack([np.asarray(example.scores[name], np.float64) for name in names], 1) for example in taught]
    spread = np.maximum(np.concatenate(tables).std(axis=0), 1e-9)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        value, slope = 0.0, np.zeros(len(names))
        for table, example in zip(tables, taught, strict=True):
            scaled = table / spread
            total = scaled @ weights
            share = np.exp(total - total.max())
            share /= share.sum()
            right = share * example.answers
            value -= float(np.log(right.sum() + 1e-12))
            slope -= scaled.T @ (right / (right.sum() + 1e-12) - share)
        count = len(taught)
        return value / count + RIDGE * float(weights @ weights), slope / count + 2 * RIDGE * weights

    start = np.ones(len(names))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(names)).x / spread
    return dict(zip(names, (found / max(found.sum(), 1e-9)).tolist(), strict=True))


def cross_validated(examples: Sequence[Example], names: Sequence[str], seed: int = 0) -> list[NDArray[np.float32]]:
    """The fused scores of each example, by weights learned without it."""
    order = list(range(len(examples)))
    random.Random(seed).shuffle(order)
    fused: dict[int, NDArray[np.float32]] = {}
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        weights = learned([example for place, example in enumerate(examples) if place not in held], names)
        fused |= {place: examples[place].fused(weights) for place in held}
    return [fused[place] for place in range(len(examples))]


def write_weights(path: Path, kind: str, weights: Mapping[str, float]) -> None:
    """Put the weights into table `kind` of a TOML file; its other tables stay. Raises `PolicyError`."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        tables[kind] = {name: round(weight, _PLACES) for name, weight in weights.items()}
        parts = ["\n".join([f"[{name}]", *(f"{k} = {v}" for k, v in held.items())]) for name, held in tables.items()]
        path.write_text("\n\n".join([_HEAD, *parts]) + "\n", encoding="utf-8")
    except (OSError, ValueError) as error:
        raise PolicyError(f"{path} 读不出来或写不进去（{error}）。请检查 --write。") from error
