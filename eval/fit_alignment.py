"""``python -m eval.fit_alignment``: fits `search/compare/align.toml` on development pairs; prints what it is worth.

Clear pairs are the positives, pairs that nobody judged or that were found apart the negatives; those that may be seen
either way are left out. What people reviewed in the corpus is judged too (see `eval.gold`). All figures printed are by
cross-validation over the clauses `one`: no pair is judged by a model that it helped to fit.
Both models are fitted on the same pairs, the plain one as if the texts had no phrasings.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from corpus.errors import PolicyError, reason
from eval import calibrate
from eval.calibrate import Matrix, fit, probabilities
from eval.gold import CLEAR, OPEN, GoldPair, pairs_judged, reviewed_counted, split_of
from eval.suite import find_suite
from search import Engine, open_engine
from search.compare.align import SIGNALS, Weigher, by_level

FOLDS = 8
RIDGE = 1.0
"""Strength of the pull of the weights, each of a signal at unit spread, towards zero: the pairs are few."""
SEEDS = 5
"""Ways the clauses are dealt into folds; the figures are over all of them."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs to learn from: their signals (n, signals), whether each is a match (n,), the clause `one` of each (n,).

    `missed`: matches that were not even weighed, which no model can find.
    """

    signals: Matrix
    is_match: NDArray[np.bool_]
    ones: NDArray[np.str_]
    missed: int


def examples_of(engine: Engine, gold: Sequence[GoldPair], split: str) -> dict[str, Examples]:
    """For each kind of model, the pairs of that split, of every two texts that have phrasings.

    Raises `PolicyError` where these hold no match to learn from.
    """
    weigher = Weigher(engine.index, engine.retriever.phrasings)
    strengths = {each.pair: each.strength for each in gold}
    parts = split_of(gold)
    held = [d.doc_id for d in by_level(engine.documents()) if d.doc_id in engine.retriever.phrasings.documents]
    rows: list[tuple[tuple[float, ...], bool, str]] = []
    for one, other in combinations(held, 2):
        weighed = weigher.weigh(one, other)
        rows += [
            (tuple(signals), strengths.get(pair, 0) == CLEAR, pair[0])
            for pair, signals in zip(weighed.pairs, weighed.signals, strict=True)
            if parts(pair[0]) == split and strengths.get(pair) != OPEN
        ]
    if not any(is_match for _, is_match, _ in rows):
        raise PolicyError(f"{split} 部分没有可学的对应：要两份以上有已知说法（questions/）的文件，和它们之间的判定。")
    texts = set(combinations(held, 2))
    clear = sum(
        each.strength == CLEAR and each.split == split and (_text(each.one), _text(each.other)) in texts
        for each in gold
    )
    table, is_match = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    ones = np.array([row[2] for row in rows])
    columns = {kind: [SIGNALS["phrased"].index(name) for name in names] for kind, names in SIGNALS.items()}
    return {
        kind: Examples(table[:, chosen], is_match, ones, clear - int(is_match.sum()))
        for kind, chosen in columns.items()
    }


def cross_validated(examples: Examples, seed: int) -> Matrix:
    """(n,): probability of each pair by a model fitted without any pair of its clause `one`."""
    ones = sorted(set(examples.ones.tolist()))
    random.Random(seed).shuffle(ones)
    given = np.zeros(len(examples.ones))
    for fold in range(FOLDS):
        held = np.isin(examples.ones, ones[fold::FOLDS])
        given[held] = probabilities(examples.signals[held], _fitted(examples, ~held))
    return given


def best_threshold(given: Sequence[Matrix], examples: Examples) -> tuple[float, float]:
    """The probability from which on F1 is highest, and that F1: both a mean over the ways of dealing `given`.

    F1 as a function of the threshold is jagged with so few pairs, so it is first smoothed over its neighbours.
    """
    steps = np.arange(0.10, 0.91, 0.01)
    gold = int(examples.is_match.sum()) + examples.missed

    def f1(values: Matrix, threshold: float) -> float:
        found = values >= threshold
        return 2 * float((found & examples.is_match).sum()) / (float(found.sum()) + gold)

    curve = np.array([np.mean([f1(values, step) for values in given]) for step in steps])
    width = 11
    smooth = np.convolve(np.pad(curve, width // 2, mode="edge"), np.full(width, 1 / width), mode="valid")
    best = int(smooth.argmax())
    return float(steps[best]), float(curve[best])


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print, and write `search/compare/align.toml` where `--write` is given."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit_alignment", description="拟合“是否规定同一事项”的模型")
    parser.add_argument("--suite", default="three-texts")
    parser.add_argument("--corpus", type=Path, default=None, metavar="DIR", help="语料目录（默认随附的语料）")
    parser.add_argument(
        "--write", type=Path, default=None, metavar="FILE", help="写到哪里（search/compare/align.toml）"
    )
    options = parser.parse_args(arguments)
    console = Console()
    try:
        engine = open_engine(options.corpus)
        gold = pairs_judged(find_suite(options.suite), engine)
        console.print(reviewed_counted(gold, "dev"), highlight=False)
        tables = [_table(kind, found, console) for kind, found in examples_of(engine, gold, "dev").items()]
        if options.write is not None:
            head = "# 由 python -m eval.fit_alignment 拟合（只用 dev 部分），不要手改。\n"
            _write(options.write, "\n".join([head, *tables]))
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    return 0


def _text(clause_id: str) -> str:
    return clause_id.partition("/")[0]


def _fitted(examples: Examples, chosen: NDArray[np.bool_]) -> Matrix:
    """(signals + 1,): weights and bias of a model over the `chosen` pairs."""
    signals, is_match = examples.signals[chosen], examples.is_match[chosen]
    unit = np.maximum(signals.std(axis=0), 1e-9) * np.sqrt(RIDGE / calibrate.RIDGE)
    theta = fit(signals / unit, is_match, np.ones(len(is_match)))
    return np.append(theta[:-1] / unit, theta[-1])


def _table(kind: str, examples: Examples, console: Console) -> str:
    threshold, f1 = best_threshold([cross_validated(examples, seed) for seed in range(SEEDS)], examples)
    theta = _fitted(examples, np.ones(len(examples.is_match), np.bool_))
    counts = f"{int(examples.is_match.sum())} 对对应，{int((~examples.is_match).sum())} 对不对应"
    console.print(f"{kind}：{counts}，没有比到的 {examples.missed} 对；门槛 {threshold:.2f}，交叉验证 F1 {f1:.3f}")
    weights = [f"{name} = {value:.4f}" for name, value in zip(SIGNALS[kind], theta[:-1], strict=True)]
    head = f"[{kind}]\nbias = {theta[-1]:.4f}\nthreshold = {threshold:.2f}\n\n[{kind}.weights]\n"
    return head + "\n".join(weights) + "\n"


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise PolicyError(f"{path} 写不进去（{reason(error)}）。请检查 --write。") from error


if __name__ == "__main__":
    sys.exit(main())
