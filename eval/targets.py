"""``python -m eval.targets``: what is to be reached, what is, with intervals, and the questions that fall short.

Each row is a mean over questions of the held-out part, with its 95 % interval (BCa bootstrap over questions). The
last row opens the same texts as another office would bring them, without phrasings and without a manifest, and sets
the right clause first against a textbook's BM25 (jieba words of whole clauses, nothing else). ``--beir`` and
``--policies`` add the law questions, cross-validated (`eval.crossvalidate`, about ten minutes); how long a question
takes in a corpus of 55,000 clauses is `python -m eval.bench`'s.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy import stats

from corpus.errors import PolicyError
from corpus.load import DEFAULT_CORPUS
from eval.crossvalidate import SYSTEMS, ranked, scored
from eval.measures import is_no, per_question
from eval.measures.refusal import auroc
from eval.model import Run, Suite
from eval.run import run_suite
from eval.significance import SEED, bootstrap_interval
from eval.suite import find_suite, load_suite
from eval.systems import engines_for
from search import open_engine

TEXTBOOK = "bm25"
_ROUNDS = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """A target: `value` is to be at least `wanted`; `short` are the questions that count less than fully."""

    name: str
    value: float
    low: float
    high: float
    wanted: float
    count: int
    short: tuple[str, ...] = ()

    @property
    def is_reached(self) -> bool:
        """Whether the value is at least what is wanted."""
        return self.value >= self.wanted


def rows(suite: Suite, run: Run) -> list[Row]:
    """The targets that a run of the suite answers for, in the order of the issue that set them."""
    values = per_question(suite, run, "hybrid")
    none = {q.query_id: q.none for q in suite.questions}

    def of(name: str, measure: str, wanted: float, kinds: Sequence[str | None] = ()) -> Row:
        held = {q: v for q, v in values[measure].items() if not kinds or none[q] in kinds}
        return _row(name, held, wanted)

    return [
        of("条文排第一", "Success@1", 0.90),
        of("条文在前三", "Success@3", 0.97),
        of("MRR", "RR", 0.93),
        of("几份文件都有的题：前五里找到的文件", "documents@5", 0.92),
        of("逐份文件：答与未规定说对", "document_status", 0.90),
        of("引文含答案", "contains", 0.85),
        _auroc(run, none),
        of("能答的没有说“没有”", "no_needless_no", 0.95),
        of("无关的说了“没有”", "right_no", 0.90, ("far",)),
        of("细节没有、地方未收录的说了“没有”", "right_no", 0.70, ("near", "elsewhere")),
    ]


def unprepared(suite_name: str, split: str) -> Row:
    """Right clause first without phrasings and manifest, as a multiple of the textbook's."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for path in (DEFAULT_CORPUS / "texts").iterdir():
            shutil.copy(path, folder / path.name)
        engine = open_engine(folder)
        suite = load_suite(find_suite(suite_name), engine.documents()).part(split)
        run = run_suite(suite, engines_for(("hybrid", TEXTBOOK), engine))
    ours, theirs = (per_question(suite, run, name)["Success@1"] for name in ("hybrid", TEXTBOOK))
    pairs = np.array([(ours[query_id], theirs[query_id]) for query_id in ours])

    def ratio(own: np.ndarray, other: np.ndarray, axis: int = -1) -> np.ndarray:
        return np.asarray(own.mean(axis=axis) / np.maximum(other.mean(axis=axis), 1e-9))

    low, high = _interval(ratio, tuple(pairs.T), is_paired=True)
    own, other = pairs.mean(axis=0)
    short = tuple(query_id for query_id, value in ours.items() if not value)
    name = f"没有说法、没有清单的语料：条文排第一 {own:.3f}，为教科书 BM25（{other:.3f}）的倍数"
    return Row(name, float(own / other), low, high, 1.4, len(pairs), short)


def law(folder: Path, policies: Path | None, console: Console) -> list[Row]:
    """The law questions of a BEIR folder, none of which taught what finds its answer."""
    found = scored(folder, policies, console)
    names = [each.example.query_id for each in found]
    targets = (("法律提问 R@10（交叉验证）", 0.64), ("法律提问 nDCG@10（交叉验证）", 0.50))
    return [
        _row(name, dict(zip(names, values, strict=True)), wanted)
        for (name, wanted), values in zip(targets, ranked(found, SYSTEMS["综合"]), strict=True)
    ]


def _row(name: str, values: Mapping[str, float], wanted: float) -> Row:
    held = list(values.values())
    low, high = bootstrap_interval(held)
    short = tuple(query_id for query_id, value in values.items() if value < 1)
    return Row(name, float(np.mean(held)), low, high, wanted, len(held), short)


def _auroc(run: Run, none: Mapping[str, str | None]) -> Row:
    sure: dict[bool, list[float]] = {True: [], False: []}
    for outcome in run.outcomes:
        if outcome.answer is not None and none.get(outcome.query_id) != "elsewhere":
            sure[none[outcome.query_id] is None].append(outcome.answer.confidence)

    def area(yes: np.ndarray, no: np.ndarray, axis: int = -1) -> np.ndarray:
        return np.asarray(stats.mannwhitneyu(yes, no, axis=axis).statistic / (yes.shape[-1] * no.shape[-1]))

    low, high = _interval(area, (np.array(sure[True]), np.array(sure[False])), is_paired=False)
    value = auroc(sure[True], sure[False])
    assert value is not None
    return Row("“没有”的 AUROC（无关的与细节没有的）", value, low, high, 0.95, len(sure[True]) + len(sure[False]))


def _interval(
    statistic: Callable[..., np.ndarray], samples: tuple[np.ndarray, ...], *, is_paired: bool
) -> tuple[float, float]:
    found = stats.bootstrap(
        samples, statistic, n_resamples=_ROUNDS, paired=is_paired, vectorized=True, method="percentile", rng=SEED,
        batch=200,
    )  # fmt: skip
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; with ``--failures`` the questions that fall short as well."""
    parser = argparse.ArgumentParser(prog="python -m eval.targets", description="目标与实测")
    parser.add_argument("--suite", default="three-texts")
    parser.add_argument("--split", default="test", choices=("dev", "test", "all"))
    parser.add_argument("--failures", action="store_true", help="列出没有做对的题")
    parser.add_argument("--beir", type=Path, default=None, help="再加上法律提问：BEIR 目录（约十分钟）")
    parser.add_argument("--policies", type=Path, default=None, help="政策文本目录：*.txt（--beir 训练时用）")
    options = parser.parse_args(arguments)
    console = Console()
    try:
        engine = open_engine()
        suite = load_suite(find_suite(options.suite), engine.documents()).part(options.split)
        run = run_suite(suite, engines_for(("hybrid",), engine))
        found = [*rows(suite, run), unprepared(options.suite, options.split)]
        if options.beir is not None:
            found += law(options.beir, options.policies, Console(stderr=True))
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    console.print(_table(found, f"{options.suite}/{options.split}"))
    if options.failures:
        _print_failures(found, suite, run, console)
    return 0


def _table(found: Sequence[Row], title: str) -> Table:
    table = Table("目标", "实测", "95% 区间", "应当", "题数", "达到", title=title)
    for row in found:
        reached = "是" if row.is_reached else "否"
        interval = f"{row.low:.3f}–{row.high:.3f}"
        table.add_row(row.name, f"{row.value:.3f}", interval, f"≥ {row.wanted:.2f}", str(row.count), reached)
    return table


def _print_failures(found: Sequence[Row], suite: Suite, run: Run, console: Console) -> None:
    texts = {question.query_id: question.text for question in suite.questions}
    refused = {o.query_id for o in run.outcomes if o.answer is not None and is_no(o.answer)}
    for row in found:
        if not row.is_reached and row.short:
            console.print(f"\n[bold]{row.name}[/bold]：{len(row.short)} 题不全对")
            for query_id in row.short:
                remark = "（说了“没有”）" if query_id in refused else ""
                console.print(f"  {query_id} {texts.get(query_id, '')}{remark}", highlight=False)


if __name__ == "__main__":
    sys.exit(main())
