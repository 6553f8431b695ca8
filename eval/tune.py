"""``python -m eval.tune``: learns the weights of the fusion on the development questions, and says what each gives.

For policies with phrasings and for the same without, prints right clause first, in three, and MRR: of reciprocal rank
fusion, of the weights in use, of those learned (by cross-validation over questions: none is ranked by weights that it
helped to learn), and of those learned without each retriever in turn. ``--write`` puts them into `search/fusion.toml`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from corpus.errors import PolicyError
from eval.learn import Example, cross_validated, learned, write_weights
from eval.suite import find_suite, load_suite
from search import Engine, open_engine
from search.fusion import RETRIEVERS

_NOWHERE = 10**6
"""Rank of a clause outside the scope."""
RRF_K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009)."""


def examples(engine: Engine, suite_name: str) -> list[Example]:
    """The answerable development questions of a suite, with the scores of the clauses in their scope."""
    suite = load_suite(find_suite(suite_name), engine.documents()).part("dev")
    row_of, rows_of = engine.index.row_of, engine.index.rows_of
    found_all = []
    for question in suite.questions:
        answers = [row_of[gold.clause_id] for gold in question.gold if gold.grade == 2]
        if answers:
            scope, found = engine.find(question.text, question.history)
            rows = np.concatenate([np.asarray(rows_of[doc_id], np.int64) for doc_id in scope.doc_ids])
            factors = engine.retriever.factors[rows]
            scores = {name: found.retriever(name)[rows] * factors for name in found.held}
            found_all.append(Example(question.query_id, scores, np.isin(rows, answers)))
    return found_all


def figures(judged: Sequence[Example], fused: Iterable[NDArray[np.float32]]) -> tuple[float, float, float]:
    """(right clause first, in three, MRR) of fused scores, one array for each example."""
    ranks = []
    for example, scores in zip(judged, fused, strict=True):
        places = np.flatnonzero(example.answers[np.argsort(-scores, kind="stable")])
        ranks.append(int(places[0]) + 1 if len(places) else _NOWHERE)
    found = np.array(ranks)
    return float((found == 1).mean()), float((found <= 3).mean()), float((1 / found).mean())


def reciprocal_rank_fusion(example: Example) -> NDArray[np.float32]:
    """(n,): sum over the retrievers of 1 / (60 + rank)."""
    fused = np.zeros(len(example.answers), np.float32)
    for scores in example.scores.values():
        ranks = np.empty(len(scores), np.int64)
        ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
        fused += 1 / (RRF_K + ranks)
    return fused


def rows(judged: Sequence[Example], used: dict[str, float]) -> list[tuple[str, tuple[float, float, float]]]:
    """(what, its figures) for each fusion compared."""
    names = list(judged[0].scores)
    found = [
        ("RRF", figures(judged, map(reciprocal_rank_fusion, judged))),
        ("现用的权重", figures(judged, (example.fused(used) for example in judged))),
        ("学得的权重（交叉验证）", figures(judged, cross_validated(judged, names))),
    ]
    for left_out in names:
        rest = [name for name in names if name != left_out]
        found.append((f"　不用 {left_out}（交叉验证）", figures(judged, cross_validated(judged, rest))))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Print a table for each kind, and write the weights where ``--write`` is given."""
    parser = argparse.ArgumentParser(prog="python -m eval.tune", description="在 dev 部分学各路检索的权重")
    parser.add_argument("--suite", default="three-texts")
    parser.add_argument("--write", type=Path, default=None, metavar="FILE", help="写进哪里（search/fusion.toml）")
    options = parser.parse_args(arguments)
    console = Console()
    try:
        phrased = open_engine()
        plain = Engine(phrased.index, phrased.config, expander=phrased.retriever.expander)
        for kind, engine in (("phrased", phrased), ("plain", plain)):
            judged = examples(engine, options.suite)
            names = list(judged[0].scores)
            table = Table("融合", "排第一", "在前三", "MRR", title=f"{kind}：{options.suite}/dev，{len(judged)} 问")
            for name, values in rows(judged, {name: engine.fusion.weight(name) for name in names}):
                table.add_row(name, *(f"{value:.3f}" for value in values))
            console.print(table)
            weights = dict.fromkeys(RETRIEVERS, 0.0) | learned(judged, names)
            console.print("，".join(f"{name} {weight:.3f}" for name, weight in weights.items()))
            if options.write is not None:
                write_weights(options.write, kind, weights)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
