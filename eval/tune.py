"""``python -m eval.tune``: what each fusion is worth on the development questions; the defaults were chosen by it.

Prints RRF and a grid of weights (`search.retrieve.FusionConfig`), best first, with hit@1, hit@3 and MRR.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from corpus.errors import PolicyError
from eval.suite import find_suite, load_suite
from search import Engine, open_engine
from search.retrieve import Found, FusionConfig

_NOWHERE = 10**6
"""Rank of a clause outside the scope."""
RRF_K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A development question searched once: `rows` in scope, `answers` the rows whose clause answers."""

    found: Found
    rows: NDArray[np.int64]
    answers: frozenset[int]


def judged_questions(engine: Engine, suite_name: str) -> list[Judged]:
    """The answerable development questions of a suite."""
    suite = load_suite(find_suite(suite_name), engine.documents()).part("dev")
    row_of, rows_of = engine.index.row_of, engine.index.rows_of
    judged = []
    for question in suite.questions:
        answers = frozenset(row_of[gold.clause_id] for gold in question.gold if gold.grade == 2)
        if answers:
            scope, found = engine.find(question.text, question.history)
            rows = np.concatenate([np.asarray(rows_of[doc_id], np.int64) for doc_id in scope.doc_ids])
            judged.append(Judged(found, rows, answers))
    return judged


def figures(judged: Sequence[Judged], fuse: Callable[[Found], NDArray[np.float32]]) -> tuple[float, float, float]:
    """(hit@1, hit@3, MRR) of a fusion."""
    ranks = []
    for each in judged:
        scores = fuse(each.found)[each.rows]
        order = each.rows[np.argsort(-scores, kind="stable")].tolist()
        held = [order.index(row) + 1 for row in each.answers if row in set(order)]
        ranks.append(min(held, default=_NOWHERE))
    places = np.array(ranks)
    return float((places == 1).mean()), float((places <= 3).mean()), float((1 / places).mean())


def reciprocal_rank_fusion(found: Found) -> NDArray[np.float32]:
    """(n,): sum over the retrievers of 1 / (60 + rank)."""
    fused = np.zeros(len(found.index.clauses), np.float32)
    for name in found.retrievers:
        scores = found.retriever(name)
        ranks = np.empty(len(scores), np.int64)
        ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
        fused += 1 / (RRF_K + ranks)
    return fused


def grid() -> Iterator[FusionConfig]:
    """The weights tried."""
    shares = ((0.0, 0.4, 0.5, 0.6, 0.7, 0.8), (0.0, 0.1, 0.2, 0.4), (0.0, 0.05, 0.1, 0.2, 0.4), (0.0, 0.3, 0.6))
    for phrasing, words, dense, sentence in itertools.product(*shares):
        rest = 1 - phrasing
        yield FusionConfig(
            words=rest * words,
            chars=rest * (1 - words - dense),
            dense=rest * dense,
            phrasing=phrasing,
            sentence=sentence,
        )


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.tune", description="在 dev 部分比较各种融合")
    parser.add_argument("--suite", default="three-texts")
    parser.add_argument("--top", type=int, default=10, help="列出最好的几种")
    options = parser.parse_args(arguments)
    try:
        judged = judged_questions(open_engine(), options.suite)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    rows = [("RRF", figures(judged, reciprocal_rank_fusion))]
    rows.append(("现用", figures(judged, lambda found: found.fused("hybrid"))))
    tried = [(config, figures(judged, _fusion(config))) for config in grid()]
    tried.sort(key=lambda pair: -pair[1][2])
    rows += [(_name(config), values) for config, values in tried[: options.top]]
    table = Table("融合", "hit@1", "hit@3", "MRR", title=f"{options.suite}/dev，{len(judged)} 问")
    for name, values in rows:
        table.add_row(name, *(f"{value:.3f}" for value in values))
    Console().print(table)
    return 0


def _fusion(config: FusionConfig) -> Callable[[Found], NDArray[np.float32]]:
    return lambda found: found.with_config(config).fused("hybrid")


def _name(config: FusionConfig) -> str:
    parts = {"说法": config.phrasing, "词": config.words, "字": config.chars, "义": config.dense}
    weights = " ".join(f"{name} {weight:.2f}" for name, weight in parts.items())
    return f"{weights} 句 {config.sentence:.1f}"


if __name__ == "__main__":
    sys.exit(main())
