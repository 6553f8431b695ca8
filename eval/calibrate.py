"""``python -m eval.calibrate --others QUERIES.jsonl``: fits `search/decision.toml` and prints what it is worth.

Development questions only. Positives are pairs of question and document whose best clause answers; negatives are
documents judged silent, questions of type none, and, at lower weight, `--others`: questions of another field (one
JSON object a line with a ``text``), that no held text rules on. All figures printed are by cross-validation over
questions: no question is judged by a model that it helped to fit.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from scipy.optimize import minimize
from scipy.stats import mannwhitneyu

from corpus.errors import PolicyError
from eval.model import Question
from eval.suite import find_suite, load_suite
from search import Engine, open_engine
from search.decide import SIGNALS
from search.question import check

Matrix = NDArray[np.float64]

FOLDS = 10
KINDS = ("answerable", "far", "near", "other")
OTHERS = 300
"""Questions of another field used at most."""
OTHER_WEIGHT = 0.2
RIDGE = 0.05
"""Strength of the pull of the weights towards zero."""
WRONG_COSTS = 1.0
"""What a wrong answer costs where a right one is worth 1 and a "no" 0."""
UNANSWERABLE = 1 / 4
"""Share of the questions people ask that nothing held rules on, as assumed for the threshold."""
RESAMPLES = 200
"""Bootstrap samples whose best thresholds are averaged: the best of one sample jumps about."""
NEAR = 1 / 2
"""Share of these that ask for a detail of a topic that is there."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a document in its scope. `rules`: None where the document rules but another clause was found."""

    query_id: str
    kind: str
    signals: tuple[float, ...]
    rules: bool | None
    weight: float = 1.0


def pairs_of(question: Question, engine: Engine) -> list[Pair]:
    """The judged pairs of a question; what is asked of places not held tells nothing of the signals."""
    if question.none == "elsewhere":
        return []
    held = {gold.clause_id for gold in question.gold if gold.grade == 2}
    ruling = {gold.doc_id for gold in question.gold if gold.grade == 2}
    pairs = []
    for doc_id, clause_id, signals in engine.weigh(question.text, question.history):
        if question.type == "none" or doc_id in question.silent:
            rules: bool | None = False
        elif doc_id in ruling:
            rules = True if clause_id in held else None
        else:
            continue
        pairs.append(Pair(question.query_id, question.none or "answerable", signals.values, rules))
    return pairs


def other_pairs(path: Path, engine: Engine, seed: int) -> list[Pair]:
    """Pairs of questions of another field, all of them negative."""
    try:
        texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PolicyError(f"{path} 读不出来（{error}）。应当每行一个 JSON，含 text。") from error
    random.Random(seed).shuffle(texts)
    return [
        Pair(f"other-{i}", "other", signals.values, rules=False, weight=OTHER_WEIGHT)
        for i, text in enumerate(texts[:OTHERS])
        for _, _, signals in engine.weigh(check(text))
    ]


def fit(signals: Matrix, rules: NDArray[np.bool_], weights: Matrix) -> Matrix:
    """(signals + 1,): weights and bias of a logistic model, by penalised maximum likelihood."""
    design = np.hstack([signals, np.ones((len(signals), 1))])
    signs = np.where(rules, 1.0, -1.0)

    def loss(theta: Matrix) -> tuple[float, Matrix]:
        margins = signs * (design @ theta)
        slope = -signs * weights / (1 + np.exp(margins))
        value = float(weights @ np.logaddexp(0, -margins)) + RIDGE * float(theta[:-1] @ theta[:-1])
        return value, design.T @ slope + 2 * RIDGE * np.append(theta[:-1], 0.0)

    return np.asarray(minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x)


def probabilities(signals: Matrix, theta: Matrix) -> Matrix:
    """(n,): the model's probability for each row of `signals`."""
    return np.asarray(1 / (1 + np.exp(-(signals @ theta[:-1] + theta[-1]))))


def cross_validated(pairs: list[Pair], seed: int) -> Matrix:
    """(pairs,): probability of each pair by a model fitted without its question."""
    ids = sorted({pair.query_id for pair in pairs})
    random.Random(seed).shuffle(ids)
    fold = {query_id: i % FOLDS for i, query_id in enumerate(ids)}
    folds = np.array([fold[pair.query_id] for pair in pairs])
    signals, rules, weights, known = _arrays(pairs)
    given = np.zeros(len(pairs))
    for k in range(FOLDS):
        train = known & (folds != k)
        given[folds == k] = probabilities(signals[folds == k], fit(signals[train], rules[train], weights[train]))
    return given


def _arrays(pairs: list[Pair]) -> tuple[Matrix, NDArray[np.bool_], Matrix, NDArray[np.bool_]]:
    return (
        np.array([pair.signals for pair in pairs]),
        np.array([bool(pair.rules) for pair in pairs]),
        np.array([pair.weight for pair in pairs]),
        np.array([pair.rules is not None for pair in pairs]),
    )


def auroc(yes: Matrix, no: Matrix) -> float:
    """Area under the receiver operating characteristic: the chance that one of `yes` lies above one of `no`."""
    return float(mannwhitneyu(yes, no).statistic) / (len(yes) * len(no))


def threshold(
    right: Matrix, wrong: Matrix, baseless: Sequence[tuple[float, Matrix]], cost: float, seed: int = 0
) -> float:
    """The threshold that is worth most: +1 for a right answer, -`cost` for any other, 0 for a "no".

    `right` and `wrong` are the confidences of the best clauses of answerable questions, `baseless` those of kinds of
    questions that nothing rules on, each with the share of all questions that the kind is taken for. The mean over
    bootstrap samples.
    """
    rng = np.random.default_rng(seed)

    def drawn(values: Matrix) -> Matrix:
        return rng.choice(values, len(values))

    return float(
        np.mean(
            [
                _best_threshold(drawn(right), drawn(wrong), [(s, drawn(v)) for s, v in baseless if len(v)], cost)
                for _ in range(RESAMPLES)
            ]
        )
    )


def _best_threshold(right: Matrix, wrong: Matrix, baseless: Sequence[tuple[float, Matrix]], cost: float) -> float:
    answerable = 1 - sum(share for share, _ in baseless)
    values = (len(right) + len(wrong)) / answerable
    candidates = np.unique(np.concatenate([right, wrong, *(given for _, given in baseless)]))

    def above(given: Matrix) -> Matrix:
        return np.asarray(len(given) - np.searchsorted(np.sort(given), candidates, side="left"), np.float64)

    lost = sum((share * values * above(given) / len(given) for share, given in baseless), np.zeros(len(candidates)))
    return float(candidates[int(np.argmax(above(right) - cost * (above(wrong) + lost)))])


def main(arguments: list[str] | None = None) -> int:
    """Fit, print, and write `search/decision.toml` where `--write` is given."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description="拟合“答还是不答”的模型")
    parser.add_argument(
        "--others", type=Path, required=True, metavar="QUERIES.jsonl", help="别的领域的问题，每行一个 JSON"
    )
    parser.add_argument("--suite", default="three-texts")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", type=Path, default=None, metavar="FILE", help="写到哪里（search/decision.toml）")
    options = parser.parse_args(arguments)
    try:
        phrased = open_engine()
        plain = Engine(phrased.index, phrased.config, expander=phrased.retriever.expander)
        suite = load_suite(find_suite(options.suite), phrased.documents()).part("dev")
        console = Console()
        tables = []
        for name, engine in (("plain", plain), ("phrased", phrased)):
            console.print(f"[bold]{name}[/bold]（{'不用' if engine is plain else '用'}说法）")
            pairs = [pair for question in suite.questions for pair in pairs_of(question, engine)]
            pairs += other_pairs(options.others, engine, options.seed)
            tables.append(_table(name, SIGNALS[name], pairs, options.seed, console))
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    if options.write is not None:
        head = "# 由 python -m eval.calibrate 拟合（只用 dev 部分），不要手改。\n"
        options.write.write_text("\n".join([head, *tables]), encoding="utf-8")
    return 0


def _table(name: str, names: tuple[str, ...], pairs: list[Pair], seed: int, console: Console) -> str:
    given = cross_validated(pairs, seed)
    best: dict[str, tuple[Pair, float]] = {}
    for pair, value in zip(pairs, given, strict=True):
        if pair.query_id not in best or value > best[pair.query_id][1]:
            best[pair.query_id] = (pair, float(value))
    by_kind = {kind: np.array([v for p, v in best.values() if p.kind == kind]) for kind in KINDS}
    for kind in KINDS[1:]:
        value = auroc(by_kind["answerable"], by_kind[kind])
        console.print(f"AUROC 能答的问题对 {kind}：{value:.3f}（{len(by_kind[kind])} 问）")
    right = np.array([v for p, v in best.values() if p.kind == "answerable" and p.rules])
    wrong = np.array([v for p, v in best.values() if p.kind == "answerable" and not p.rules])
    far = np.concatenate([by_kind["far"], by_kind["other"]])
    baseless = [(UNANSWERABLE * NEAR, by_kind["near"]), (UNANSWERABLE * (1 - NEAR), far)]
    whole = threshold(right, wrong, baseless, WRONG_COSTS)
    own = [(pair.rules, float(v)) for pair, v in zip(pairs, given, strict=True) if pair.kind != "other"]
    ruling = np.array([v for rules, v in own if rules])
    others = np.array([v for rules, v in own if not rules])
    single = threshold(ruling, others, [], WRONG_COSTS)
    console.print(f"AUROC 条文答对的文件对其他文件：{auroc(ruling, others):.3f}（{len(ruling)} 对 {len(others)}）")
    console.print(
        f"门槛 {whole:.3f}：找对的 {(right >= whole).mean():.3f} 答出；误答：找错的 {(wrong >= whole).mean():.3f}、"
        f"相近无据的 {(by_kind['near'] >= whole).mean():.3f}、无关的 {(far >= whole).mean():.3f}"
    )
    accuracy = (float((ruling >= single).sum()) + float((others < single).sum())) / (len(ruling) + len(others))
    console.print(f"文件门槛 {single:.3f}：答与未规定对的占 {accuracy:.3f}")
    console.print(
        f"（门槛按代价：答对 +1，答错 -{WRONG_COSTS}，不答 0；无据的占 {UNANSWERABLE:.2f}，其中相近的占 {NEAR:.2f}）"
    )
    signals, rules, weights, known = _arrays(pairs)
    theta = fit(signals[known], rules[known], weights[known])
    body = f"[{name}]\nbias = {theta[-1]:.4f}\nthreshold = {whole:.4f}\ndocument_threshold = {single:.4f}\n"
    lines = [f"{signal} = {value:.4f}" for signal, value in zip(names, theta[:-1], strict=True)]
    return f"{body}\n[{name}.weights]\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
