"""How often `search.compare.differences` gives the readers' label: points of a suite, cells of both sides filled.

The points are those of ``points.jsonl`` of a suite; see `eval.gold`.
``python -m eval.differences [--suite NAME] [--split test|dev]`` prints the accuracy with an interval by bootstrap over
points, the figures of each label, a table of confusions, and what went wrong (of dev; of test with --failures).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from corpus.errors import PolicyError, SuiteError
from corpus.load import load_corpus
from corpus.model import Document
from eval.by_point import interval_by_point
from eval.gold import POINTS, GoldPoint, read_points
from eval.measures.comparison import JudgedRelation, Relation, measure_labels
from eval.model import Split
from eval.significance import ROUNDS, SEED
from eval.suite import find_suite
from search.compare.differences import difference
from search.compare.meaning import meaning
from search.compare.model import Difference
from search.compare.rule import Rule


@dataclass(frozen=True, slots=True)
class Case:
    """Two rules with the label that readers gave, and the one that the rules of `search.compare.differences` give."""

    judged: JudgedRelation
    topic: str
    of: Rule
    to: Rule
    found: Difference

    @property
    def is_right(self) -> bool:
        """Whether the label found is the readers' or one as defensible."""
        return self.found.label in (self.judged.label, *self.judged.alt)


def read_cases(folder: Path, documents: Sequence[Document], split: Split) -> tuple[Case, ...]:
    """The relations of the suite in `folder` of this split between two filled cells, in the order of the file.

    Raises `SuiteError` as `eval.gold.read_points` does, and where there is no such relation.
    """
    held = [point for point in read_points(folder, documents) if point.split == split]
    cases = tuple(case for point in held for case in _cases(point))
    if not cases:
        raise SuiteError(f"{split} 部分没有两边都有规定的关系，无从评测；请换一部分。", folder / POINTS)
    return cases


def interval(cases: Sequence[Case], rounds: int = ROUNDS, seed: int = SEED) -> tuple[float, float]:
    """95 % interval of the accuracy, by percentiles of a bootstrap over points: relations of one point go together."""
    by_point: dict[str, list[bool]] = {}
    for case in cases:
        by_point.setdefault(case.judged.point, []).append(case.is_right)
    return interval_by_point(list(by_point.values()), rounds, seed)


def report(cases: Sequence[Case], console: Console, *, failures: bool) -> None:
    """Print the figures, and what went wrong where `failures` asks for it."""
    figures = measure_labels(
        [case.judged for case in cases],
        [Relation(case.judged.point, case.judged.of, case.judged.to, case.found.label) for case in cases],
    )
    low, high = interval(cases)
    share = figures.accuracy
    console.print(f"对 {share.count}/{share.total} = {share.count / share.total:.3f}（95%：{low:.3f}—{high:.3f}）")
    table = Table("标签", "对", "给出", "应有", "F1", title="各标签")
    for each in figures.labels:
        table.add_row(each.label, str(each.right), str(each.given), str(each.gold), f"{each.f1:.3f}")
    console.print(table)
    confusion = Table("应为", "给出", "次数", title="混淆")
    for right, label, count in figures.confusion:
        confusion.add_row(right, label, str(count))
    console.print(confusion)
    for case in cases if failures else ():
        if not case.is_right:
            console.print(escape(_failure(case)), soft_wrap=True)


def main(arguments: list[str] | None = None) -> int:
    """Print the figures of a suite; 0, or 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m eval.differences", description="两条规定的差别判得准不准")
    parser.add_argument("--suite", default="three-texts", metavar="SUITE", help="评测集的名称或目录")
    parser.add_argument("--split", choices=("dev", "test"), default="test", help="评测集的哪一部分（默认 test）")
    parser.add_argument("--corpus", type=Path, default=None, metavar="DIR", help="语料目录（默认随附的语料）")
    parser.add_argument("--failures", action="store_true", help="test 也列出判错的")
    options = parser.parse_args(arguments)
    try:
        cases = read_cases(find_suite(options.suite), load_corpus(options.corpus).documents, options.split)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    report(cases, Console(), failures=options.failures or options.split == "dev")
    return 0


def _cases(point: GoldPoint) -> Iterator[Case]:
    for judged in point.two_sided:
        of, to = point.cells[judged.of], point.cells[judged.to]
        assert of is not None
        assert to is not None
        yield Case(judged, point.topic, of, to, difference(of, to, meaning(of, to)))


def _failure(case: Case) -> str:
    given = "/".join((case.judged.label, *case.judged.alt))
    head = f"{case.judged.point} {case.topic}：{case.judged.of} → {case.judged.to}，应为{given}，判为{case.found.label}"
    return f"{head}\n  {case.found.reason}\n  {case.of.text}\n  {case.to.text}"


if __name__ == "__main__":
    sys.exit(main())
