"""``python -m eval.alignment``: how well whole texts are aligned, for every two texts and in all, and what is wrong.

A suite may bring ``alignment.jsonl``, one JSON object a line::

    one       clause id, of the text of the higher level
    other     clause id of another text
    strength  2: both rule on the same matter; 1: may be seen either way
    split     dev | test: the same for all lines of one `one`
    why       what both rule on; optional

All pairs of clauses not listed are taken for no matches. A pair of strength 1 counts neither as right nor as wrong. A
pair belongs to the split of its `one`; clauses that no line names as `one` are dealt to the splits by their sha-256.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
from rich.console import Console
from rich.table import Table
from scipy import stats

from corpus.errors import PolicyError, SuiteError, reason
from corpus.model import Document
from eval.measures.comparison import AlignmentFigures, Pair, measure_alignment
from eval.model import Split
from eval.significance import SEED
from eval.splits import SPLITS
from eval.suite import find_suite
from eval.wording import field_of, in_chinese
from search import open_engine
from search.compare.align import by_level
from search.compare.model import Match

GOLD = "alignment.jsonl"
CLEAR: Literal[2] = 2
"""Strength of a pair that has to be found."""
_ROUNDS = 5_000


class Gold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A judged pair; see the module's docstring."""

    one: str
    other: str
    strength: Literal[1, 2]
    split: Split
    why: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """Both clause ids."""
        return self.one, self.other


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


def load_gold(folder: Path, documents: Sequence[Document]) -> tuple[Gold, ...]:
    """The judged pairs of the suite in `folder`; raises `SuiteError` with file, line and field where one is wrong."""
    path = folder / GOLD
    rank = {clause_id: n for n, document in enumerate(by_level(documents)) for clause_id in document.by_id}
    found: dict[frozenset[str], Gold] = {}
    splits: dict[str, Split] = {}
    for number, line in enumerate(_read(path).splitlines(), 1):
        if not line.strip():
            continue
        gold = _decoded(line, path, number)
        for field in ("one", "other"):
            clause_id = getattr(gold, field)
            if clause_id not in rank:
                raise SuiteError(f"字段 {field}：没有条款“{clause_id}”。请改正编号。", path, number, field)
        if rank[gold.one] >= rank[gold.other]:
            message = f"字段 one：{gold.one} 的文件层级应高于 {gold.other} 的。请对调 one 和 other。"
            raise SuiteError(message, path, number, "one")
        if frozenset(gold.pair) in found:
            raise SuiteError(f"{gold.one} 和 {gold.other} 已经写过。请删去一行。", path, number, "one")
        if splits.setdefault(gold.one, gold.split) != gold.split:
            message = f"字段 split：{gold.one} 在前面属于 {splits[gold.one]}，这里是 {gold.split}。请改为一致。"
            raise SuiteError(message, path, number, "split")
        found[frozenset(gold.pair)] = gold
    if not found:
        raise SuiteError("文件里没有判定；每行写一个 JSON 对象。", path)
    return tuple(found.values())


def split_of(gold: Iterable[Gold]) -> Callable[[str], Split]:
    """Which split a clause `one` belongs to: that of its lines, else by the sha-256 of its id."""
    named = {each.one: each.split for each in gold}

    def split(clause_id: str) -> Split:
        dealt = SPLITS[int(hashlib.sha256(clause_id.encode()).hexdigest(), 16) % 2]
        return named.get(clause_id, dealt)

    return split


def judge(gold: Sequence[Gold], matches: Iterable[Match], split: str) -> Judged:
    """What of `matches`, those with the higher text's clause first, and of `gold` is judged in a split."""
    part = split_of(gold)
    open_pairs = {each.pair for each in gold if each.strength != CLEAR}
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
    options = parser.parse_args(arguments)
    console = Console()
    try:
        engine = open_engine()
        gold = load_gold(find_suite(options.suite), engine.documents())
        computed = [match for match in engine.align().matches if not match.is_reviewed]
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    judged = judge(gold, computed, options.split)
    console.print(_table(rows(judged, engine.documents()), f"{options.suite}/{options.split}"))
    _print_failures(judged, gold, computed, console)
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


def _print_failures(judged: Judged, gold: Sequence[Gold], matches: Sequence[Match], console: Console) -> None:
    why = {each.pair: each.why for each in gold}
    scores = {(match.clause_id, match.other_id): match.score for match in matches}
    for title, pairs in (("没有找到", judged.gold - judged.given), ("多给", judged.given - judged.gold)):
        if pairs:
            console.print(f"\n[bold]{title}[/bold]：{len(pairs)} 对")
        for pair in sorted(pairs):
            remark = why.get(pair) or f"{scores[pair]:.2f}"
            console.print(f"  {pair[0]} — {pair[1]}  {remark}", highlight=False)


def _texts(pair: tuple[str, str]) -> tuple[str, str]:
    one, other = (clause_id.partition("/")[0] for clause_id in pair)
    return one, other


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SuiteError(f"判定文件读不出来（{reason(error)}）；请检查路径和权限。", path) from error
    except UnicodeDecodeError as error:
        raise SuiteError("不是 UTF-8 编码；请另存为 UTF-8 后重试。", path) from error


def _decoded(line: str, path: Path, number: int) -> Gold:
    try:
        return msgspec.json.decode(line, type=Gold)
    except msgspec.ValidationError as error:
        field = field_of(error)
        raise SuiteError(
            f"字段 {field}：{in_chinese(error)}。格式见 eval/alignment.py 开头。", path, number, field
        ) from error
    except msgspec.DecodeError as error:
        message = f"不是合格的 JSON：{in_chinese(error)}。每行写一个完整的 JSON 对象。"
        raise SuiteError(message, path, number) from error


if __name__ == "__main__":
    sys.exit(main())
