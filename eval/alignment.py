"""``python -m eval.alignment``: how well whole texts are aligned, for every two texts and in all, and what is wrong.

The judged pairs are those of a suite (`alignment.jsonl`, see `eval.gold`) and what people reviewed in the corpus. What
is measured is what is computed: a reviewed match is judged as it would be without the review.

A pair belongs to the split of its higher clause; clauses that no line names as `one` are dealt by their sha-256.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from scipy import stats

from corpus.errors import PolicyError
from corpus.model import Document
from eval.gold import CLEAR, OPEN, GoldPair, pairs_judged, reviewed_counted, split_of
from eval.measures.comparison import AlignmentFigures, Pair, measure_alignment
from eval.significance import SEED
from eval.splits import SPLITS
from eval.suite import find_suite
from search import open_engine
from search.compare.align import by_level
from search.compare.matches import computed
from search.compare.model import Match

_ROUNDS = 5_000


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of two texts (of all for `texts` None), with the 95 % interval of F1 over clauses `one`."""

    texts: tuple[str, str] | None
    figures: AlignmentFigures
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What is judged of an alignment: the pairs wanted and those given, each the higher text's clause first."""

    gold: frozenset[tuple[str, str]]
    given: frozenset[tuple[str, str]]

    def of(self, texts: tuple[str, str] | None) -> Judged:
        """The part between two texts; all for None."""
        if texts is None:
            return self
        return Judged(*(frozenset(p for p in pairs if _texts(p) == texts) for pairs in (self.gold, self.given)))


def judge(gold: Sequence[GoldPair], matches: Iterable[Match], split: str) -> Judged:
    """What of `matches`, those with the higher text's clause first, and of `gold` is judged in a split."""
    part = split_of(gold)
    open_pairs = {each.pair for each in gold if each.strength == OPEN}
    given = {(match.clause_id, match.other_id) for match in matches if part(match.clause_id) == split}
    wanted = {each.pair for each in gold if each.strength == CLEAR and each.split == split}
    return Judged(frozenset(wanted), frozenset(given - open_pairs))


def rows(judged: Judged, documents: Sequence[Document]) -> list[Row]:
    """The figures for every two texts that have any pair, and in all."""
    pairs = combinations([document.doc_id for document in by_level(documents)], 2)
    found = [_row(judged.of(texts), texts) for texts in pairs]
    return [*(row for row in found if row.figures.gold or row.figures.given), _row(judged, None)]


def _row(judged: Judged, texts: tuple[str, str] | None) -> Row:
    figures = measure_alignment((Pair(*pair) for pair in judged.gold), (Pair(*pair) for pair in judged.given))
    return Row(texts, figures, f1_interval(judged))


def f1_interval(judged: Judged) -> tuple[float, float] | None:
    """(low, high): the 95 % percentile bootstrap interval of F1 over clauses `one`; None where fewer than two have any.

    Clauses are drawn, not pairs: the pairs of one clause stand and fall together.
    """
    ones = sorted({one for one, _ in judged.gold | judged.given})
    if len(ones) < 2:
        return None
    counted = [
        [sum(pair[0] == one for pair in pairs) for one in ones]
        for pairs in (judged.gold & judged.given, judged.gold, judged.given)
    ]

    def f1(right: np.ndarray, gold: np.ndarray, given: np.ndarray, axis: int = -1) -> np.ndarray:
        return np.asarray(2 * right.sum(axis=axis) / np.maximum(gold.sum(axis=axis) + given.sum(axis=axis), 1))

    found = stats.bootstrap(
        tuple(np.array(counts, np.float64) for counts in counted), f1, n_resamples=_ROUNDS, paired=True,
        vectorized=True, method="percentile", rng=SEED,
    )  # fmt: skip
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of a split, and its pairs that were missed or given wrongly."""
    parser = argparse.ArgumentParser(prog="python -m eval.alignment", description="全文对照与判定的差距")
    parser.add_argument("--suite", default="three-texts")
    parser.add_argument("--split", default="test", choices=SPLITS)
    parser.add_argument("--corpus", type=Path, default=None, metavar="DIR", help="语料目录（默认随附的语料）")
    options = parser.parse_args(arguments)
    console = Console()
    try:
        engine = open_engine(options.corpus)
        gold = pairs_judged(find_suite(options.suite), engine)
        given = computed(engine)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    judged = judge(gold, given, options.split)
    console.print(_table(rows(judged, engine.documents()), f"{options.suite}/{options.split}"))
    console.print(reviewed_counted(gold, options.split), highlight=False)
    _print_failures(judged, gold, given, console)
    return 0


def _table(found: Sequence[Row], title: str) -> Table:
    table = Table("文件", "准确率", "召回率", "F1", "F1 的 95% 区间", "对 / 给出 / 应有", title=title)
    for row in found:
        figures = row.figures
        shares = (figures.precision, figures.recall, figures.f1)
        table.add_row(
            " — ".join(row.texts) if row.texts else "合计",
            *("—" if value is None else f"{value:.3f}" for value in shares),
            "—" if row.interval is None else f"{row.interval[0]:.3f}–{row.interval[1]:.3f}",
            f"{figures.right} / {figures.given} / {figures.gold}",
        )
    return table


def _print_failures(judged: Judged, gold: Sequence[GoldPair], matches: Sequence[Match], console: Console) -> None:
    held = {each.pair: each for each in gold}
    scores = {(match.clause_id, match.other_id): f"{match.score:.2f}" for match in matches}
    for title, pairs in (("没有找到", judged.gold - judged.given), ("多给", judged.given - judged.gold)):
        if pairs:
            console.print(f"\n[bold]{title}[/bold]：{len(pairs)} 对")
        for pair in sorted(pairs):
            known = held.get(pair)
            remarks = [scores.get(pair, "")] if known is None or not known.why else [escape(known.why)]
            remarks += ["（人工核对）"] if known is not None and known.is_reviewed else []
            console.print(f"  {pair[0]} — {pair[1]}  {''.join(remarks)}".rstrip(), highlight=False)


def _texts(pair: tuple[str, str]) -> tuple[str, str]:
    one, other = (clause_id.partition("/")[0] for clause_id in pair)
    return one, other


if __name__ == "__main__":
    sys.exit(main())
