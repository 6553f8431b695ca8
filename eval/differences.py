"""How often `search.compare.differences` gives the readers' label: points of a suite, cells of both sides filled.

``points.jsonl`` of a suite, one JSON object a line: ``id``, ``topic``, ``split``, ``cells`` (document → ``clause`` and
``quote``, or null), ``relations`` (``of``, ``to``, ``label``, ``reason``, perhaps ``alt``: other labels as defensible).
``python -m eval.differences [--suite NAME] [--split test|dev]`` prints the accuracy with an interval by bootstrap over
points, the figures of each label, a table of confusions, and what went wrong (of dev; of test with --failures).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from corpus.errors import PolicyError, SuiteError, reason
from corpus.load import load_corpus
from corpus.model import Document, Span
from eval.measures.comparison import JudgedRelation, Relation, measure_labels
from eval.model import Split
from eval.significance import ROUNDS, SEED
from eval.suite import find_suite
from search.compare.differences import Rule, difference
from search.compare.meaning import meaning
from search.compare.model import Difference, Label

POINTS = "points.jsonl"


class _Cell(msgspec.Struct):
    clause: str
    quote: str


class _Judged(msgspec.Struct):
    of: str
    to: str
    label: Label
    reason: str = ""
    alt: tuple[Label, ...] = ()


class _Point(msgspec.Struct):
    id: str
    topic: str
    split: Split
    cells: dict[str, _Cell | None]
    relations: list[_Judged]


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


def read_cases(folder: Path, documents: Mapping[str, Document], split: Split) -> tuple[Case, ...]:
    """The relations of the suite in `folder` of this split between two filled cells, in the order of the file.

    Raises `SuiteError` for a file that cannot be read, a line that does not fit, a quote that is not in its clause, and
    where there is no such relation.
    """
    path = folder / POINTS
    cases = tuple(
        case
        for number, point in _points(path)
        if point.split == split
        for case in _cases(point, documents, path, number)
    )
    if not cases:
        raise SuiteError(f"{split} 部分没有两边都有规定的关系，无从评测；请换一部分。", path)
    return cases


def interval(cases: Sequence[Case], rounds: int = ROUNDS, seed: int = SEED) -> tuple[float, float]:
    """95 % interval of the accuracy, by percentiles of a bootstrap over points: relations of one point go together."""
    by_point: dict[str, list[bool]] = {}
    for case in cases:
        by_point.setdefault(case.judged.point, []).append(case.is_right)
    right, total = (np.array([f(held) for held in by_point.values()]) for f in (sum, len))
    drawn = np.random.default_rng(seed).integers(len(right), size=(rounds, len(right)))
    low, high = np.percentile(right[drawn].sum(axis=1) / total[drawn].sum(axis=1), [2.5, 97.5])
    return float(low), float(high)


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
        cases = read_cases(find_suite(options.suite), load_corpus(options.corpus).by_id, options.split)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    report(cases, Console(), failures=options.failures or options.split == "dev")
    return 0


def _points(path: Path) -> Iterator[tuple[int, _Point]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise SuiteError(f"要点读不出来（{reason(error)}）；请检查评测集的目录。", path) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, msgspec.json.decode(line, type=_Point)
            except msgspec.DecodeError as error:
                raise SuiteError(f"不是合格的要点：{error}。格式见 eval/differences.py 开头。", path, number) from error


def _cases(point: _Point, documents: Mapping[str, Document], path: Path, number: int) -> Iterator[Case]:
    for each in point.relations:
        ours, theirs = point.cells.get(each.of), point.cells.get(each.to)
        if ours is None or theirs is None:
            continue
        of, to = _rule(each.of, ours, documents, path, number), _rule(each.to, theirs, documents, path, number)
        judged = JudgedRelation(point.id, each.of, each.to, each.label, each.alt)
        yield Case(judged, point.topic, of, to, difference(of, to, meaning(of, to)))


def _rule(doc_id: str, cell: _Cell, documents: Mapping[str, Document], path: Path, number: int) -> Rule:
    """The quote where it first stands in its clause, blanks and line breaks apart."""
    document = documents.get(doc_id)
    clause = None if document is None else document.by_id.get(cell.clause)
    if document is None or clause is None:
        raise SuiteError(f"语料中没有“{doc_id}”的条款“{cell.clause}”；请核对编号。", path, number, "cells")
    places = [at for at in range(clause.start, clause.end) if not document.text[at].isspace()]
    words = "".join(cell.quote.split())
    first = "".join(document.text[at] for at in places).find(words) if words else -1
    if first < 0:
        raise SuiteError(f"“{cell.clause}”里没有“{cell.quote}”；请照抄原文。", path, number, "cells")
    span = Span(places[first], places[first + len(words) - 1] + 1)
    return Rule(document, span, document.text[span.start : span.end])


def _failure(case: Case) -> str:
    given = "/".join((case.judged.label, *case.judged.alt))
    head = f"{case.judged.point} {case.topic}：{case.judged.of} → {case.judged.to}，应为{given}，判为{case.found.label}"
    return f"{head}\n  {case.found.reason}\n  {case.of.text}\n  {case.to.text}"


if __name__ == "__main__":
    sys.exit(main())
