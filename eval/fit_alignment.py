"""``python -m eval.fit_alignment``: fits `search/compare/align.toml` on development pairs; prints what it is worth.

Clear pairs are the matches, pairs that nobody judged or that were found apart are none. Those that may be seen either
way stand between and help to weigh the signals (proportional odds, McCullagh 1980); they count for no figure. What
people reviewed in the corpus is judged too (see `eval.gold`). All figures printed are by cross-validation over the
clauses `one`: no pair is judged by a model that it helped to fit.
The plain model is fitted as if the texts had no phrasings, the other on pairs of clauses that both have some.

What holds of the texts of one suite need not hold of others: each model is also tried on a second set, made texts of
another field (`--pairs`, see `eval.quoted_pairs`) that no model is fitted on and no threshold chosen on.
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
from eval.gold import APART, CLEAR, OPEN, GoldPair, pairs_judged, reviewed_counted, split_of
from eval.measures.comparison import AlignmentFigures
from eval.model import Split
from eval.quoted_pairs import read_quoted
from eval.suite import find_suite
from search import Engine, open_engine
from search.compare.align import SIGNALS, Weigher, by_level

SECOND = Path(__file__).with_name("pairs") / "clauses"
"""The folder of the second set."""
FOLDS = 8
RIDGE = 1.0
"""Strength of the pull of the weights, each of a signal at unit spread, towards zero: the pairs are few."""
_FREE = 10.0
"""Of what tells the two biases apart: so large that the pull on its weight is nothing."""
SEEDS = 10
"""Ways the clauses are dealt into folds; the figures are over all of them."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs to learn from: their signals (n, signals), `Strength` (n,) and clause `one` (n,).

    `missed`: matches that were not even weighed, which no model can find.
    """

    signals: Matrix
    strengths: NDArray[np.int64]
    ones: NDArray[np.str_]
    missed: int

    @property
    def is_match(self) -> NDArray[np.bool_]:
        """(n,): whether each has to be found."""
        return np.asarray(self.strengths == CLEAR, np.bool_)

    @property
    def is_judged(self) -> NDArray[np.bool_]:
        """(n,): whether each counts as right or wrong."""
        return np.asarray(self.strengths != OPEN, np.bool_)


def examples_of(engine: Engine, gold: Sequence[GoldPair], split: Split | None) -> dict[str, Examples]:
    """For each kind of model, the pairs of that split (None: of both), of every two texts that have phrasings.

    Raises `PolicyError` where these hold no match to learn from.
    """
    weigher = Weigher(engine.index, engine.retriever.phrasings)
    strengths = {each.pair: each.strength for each in gold}
    parts = split_of(gold)
    held = [d.doc_id for d in by_level(engine.documents()) if d.doc_id in engine.retriever.phrasings.documents]
    rows: dict[str, list[tuple[Matrix, int, str]]] = {kind: [] for kind in SIGNALS}
    weighed_pairs: set[tuple[str, str]] = set()
    for texts in combinations(held, 2):
        weighed = weigher.weigh(*texts)
        weighed_pairs.update(weighed.pairs)
        for kind, found in rows.items():
            found += [
                (signals, strengths.get(pair, APART), pair[0])
                for pair, signals, is_phrased in zip(weighed.pairs, weighed.signals(kind), weighed.phrased, strict=True)
                if split in {None, parts(pair[0])} and (is_phrased or kind == "plain")
            ]
    if not all(any(strength == CLEAR for _, strength, _ in found) for found in rows.values()):
        raise PolicyError(
            f"{split or '全部'}判定里没有可学的对应：要两份以上有已知说法（questions/）的文件，和它们之间的判定。"
        )
    both = set(combinations(held, 2))
    clear = {each.pair for each in gold if each.strength == CLEAR and split in {None, each.split}}
    missed = sum((_text(one), _text(other)) in both for one, other in clear - weighed_pairs)
    return {
        kind: Examples(
            np.array([row[0] for row in found]),
            np.array([row[1] for row in found]),
            np.array([row[2] for row in found]),
            missed,
        )
        for kind, found in rows.items()
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
        return 2 * float((found & examples.is_match).sum()) / (float((found & examples.is_judged).sum()) + gold)

    curve = np.array([np.mean([f1(values, step) for values in given]) for step in steps])
    width = 11
    smooth = np.convolve(np.pad(curve, width // 2, mode="edge"), np.full(width, 1 / width), mode="valid")
    best = int(smooth.argmax())
    return float(steps[best]), float(curve[best])


def tried(theta: Matrix, threshold: float, examples: Examples) -> AlignmentFigures:
    """What a model, weights and bias (signals + 1,), finds from `threshold` on in examples that it did not see."""
    found = probabilities(examples.signals, theta) >= threshold
    return AlignmentFigures(
        int((found & examples.is_match).sum()),
        int((found & examples.is_judged).sum()),
        int(examples.is_match.sum()) + examples.missed,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print, and write `search/compare/align.toml` where `--write` is given."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit_alignment", description="拟合“是否规定同一事项”的模型")
    parser.add_argument("--suite", default="three-texts")
    parser.add_argument("--corpus", type=Path, default=None, metavar="DIR", help="语料目录（默认随附的语料）")
    parser.add_argument("--pairs", type=Path, default=SECOND, metavar="DIR", help="只作检验的另一套文件（默认随附的）")
    parser.add_argument(
        "--write", type=Path, default=None, metavar="FILE", help="写到哪里（search/compare/align.toml）"
    )
    options = parser.parse_args(arguments)
    console = Console()
    try:
        engine = open_engine(options.corpus)
        gold = pairs_judged(find_suite(options.suite), engine)
        console.print(reviewed_counted(gold, "dev"), highlight=False)
        second = _second(options.pairs)
        found = examples_of(engine, gold, "dev")
        tables = [_table(kind, examples, second[kind], console) for kind, examples in found.items()]
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
    signals, strengths = examples.signals[chosen], examples.strengths[chosen]
    unit = np.maximum(signals.std(axis=0), 1e-9) * np.sqrt(RIDGE / calibrate.RIDGE)
    # each pair stands twice, for whether it is a match and whether it may be: same weights, another bias
    twice = np.vstack([np.pad(signals / unit, ((0, 0), (0, 1)), constant_values=value) for value in (0, _FREE)])
    theta = fit(twice, np.append(strengths >= CLEAR, strengths >= OPEN), np.ones(len(twice)))
    return np.append(theta[:-2] / unit, theta[-1])


def _second(folder: Path) -> dict[str, Examples]:
    engine = open_engine(folder)
    return examples_of(engine, read_quoted(folder, engine.documents()), None)


def _table(kind: str, examples: Examples, second: Examples, console: Console) -> str:
    threshold, f1 = best_threshold([cross_validated(examples, seed) for seed in range(SEEDS)], examples)
    theta = _fitted(examples, np.ones(len(examples.is_match), np.bool_))
    sizes = [int((examples.strengths == strength).sum()) for strength in (CLEAR, OPEN, APART)]
    counts = f"{sizes[0]} 对对应，{sizes[1]} 对两可，{sizes[2]} 对不对应"
    console.print(f"{kind}：{counts}，没有比到的 {examples.missed} 对；门槛 {threshold:.2f}，交叉验证 F1 {f1:.3f}")
    other = tried(theta, threshold, second)
    console.print(f"  另一套文件：F1 {other.f1 or 0:.3f}（对 {other.right}，给出 {other.given}，应有 {other.gold}）")
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
