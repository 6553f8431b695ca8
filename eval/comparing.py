"""``python -m eval.comparing``: does comparing a topic put the right words into the right cells, and leave silence be?

For each judged point of a suite (`points.jsonl`, see `eval.gold`) its topic is compared. The row that has most of the
point's words counts: a cell is right where its quote meets the gold quote, a silent text where its cell in that row is
empty. End to end: between two texts that both rule, the label that this row gives is the readers' or one as defensible.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from corpus.errors import PolicyError, SuiteError, reason
from corpus.model import Document
from eval.by_point import interval_by_point
from eval.gold import POINTS, GoldPoint, read_points
from eval.splits import SPLITS
from eval.suite import find_suite
from search import Engine, open_engine
from search.compare.align import by_level
from search.compare.model import Cell, Point
from search.compare.rule import Rule


@dataclass(frozen=True, slots=True)
class Judged:
    """A point found: what became of each text that rules, of each silent one, and of each relation between two."""

    topic: str
    cells: tuple[bool, ...]
    """Of each text that rules, whether its words were found."""
    silent: tuple[bool, ...]
    """Of each silent text, whether its cell is empty."""
    is_first: bool
    """Whether the row that counts came first with every cell right."""
    labels: tuple[bool, ...]
    """Of each relation between texts that both rule, whether its label is right; not where a cell is empty."""
    overlaps: tuple[float, ...]
    """Of each text whose words were found, how far they are the gold ones: 0 to 1 (`overlap`)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over all that is counted, with its 95 % interval by point; None of both where there is nothing."""

    name: str
    title: str
    value: float | None
    low: float | None
    high: float | None
    right: float
    """Sum of what is counted: how many are right, or all overlaps together."""
    total: int


def judge(engine: Engine, gold: GoldPoint) -> Judged:
    """Compare the topic of `gold` and hold the row that counts against it."""
    points = engine.compare(gold.topic).points
    ruled = {doc_id: rule for doc_id, rule in gold.cells.items() if rule is not None}

    def right(point: Point) -> int:
        return sum(_meets(point.cells.get(doc_id), rule) for doc_id, rule in ruled.items())

    best = max(range(len(points)), key=lambda n: (right(points[n]), -n), default=None)
    row = Point({}, ()) if best is None else points[best]
    found = {doc_id: _meets(row.cells.get(doc_id), rule) for doc_id, rule in ruled.items()}
    given = {
        (each.of, each.to): each.difference.label for each in row.relations if row.cells[each.of] and row.cells[each.to]
    }
    return Judged(
        gold.topic,
        tuple(found.values()),
        tuple(row.cells.get(doc_id) is None for doc_id, rule in gold.cells.items() if rule is None),
        best == 0 and all(found.values()),
        tuple(given.get((each.of, each.to)) in (each.label, *each.alt) for each in gold.two_sided),
        tuple(overlap(row.cells[doc_id], rule) for doc_id, rule in ruled.items() if found[doc_id]),
    )


def overlap(cell: Cell | None, rule: Rule) -> float:
    """Characters that the cell's quote and the gold quote share over those of either, blanks apart: 0 to 1."""
    if cell is None:
        return 0.0
    text = rule.document.text
    own, gold = (
        {at for at in range(span.start, span.end) if not text[at].isspace()} for span in (cell.quote, rule.span)
    )
    return len(own & gold) / len(own | gold)


def figures(found: Sequence[Judged]) -> tuple[Figure, ...]:
    """The figures over points, in the order in which they are shown."""
    return (
        _figure("cells", "有规定的格子：词句对", [each.cells for each in found]),
        _figure("silent", "未规定的格子：空着", [each.silent for each in found]),
        _figure("first", "第一行就全对", [(each.is_first,) for each in found]),
        _figure("labels", "两边都有规定：标签也对", [each.labels for each in found]),
        _figure("overlap", "找到的词句与标准的重合", [each.overlaps for each in found]),
    )


def _figure(name: str, title: str, values: Sequence[tuple[float, ...]]) -> Figure:
    flat = [value for held in values for value in held]
    if not flat:
        return Figure(name, title, None, None, None, 0, 0)
    low, high = interval_by_point(values)
    return Figure(name, title, float(np.mean(flat)), low, high, round(float(sum(flat)), 4), len(flat))


def _meets(cell: Cell | None, rule: Rule) -> bool:
    return cell is not None and cell.quote.start < rule.span.end and rule.span.start < cell.quote.end


def read_held(folder: Path, documents: Sequence[Document], split: str) -> tuple[GoldPoint, ...]:
    """The points of a split, their relations as comparisons give them: of the lower text, towards the higher.

    Raises `SuiteError` as `read_points` does, for a relation the other way round, and where there is no point.
    """
    path = folder / POINTS
    rank = {document.doc_id: n for n, document in enumerate(by_level(documents))}
    held = tuple(point for point in read_points(folder, documents) if point.split == split)
    for point in held:
        for place, each in enumerate(point.relations):
            if rank[each.of] < rank[each.to]:
                field = f"relations[{place}].of"
                message = f"字段 {field}：{each.of} 的层级应低于 {each.to} 的，对照只从低的看高的。请对调并改标签。"
                raise SuiteError(message, path, point.line, field)
    if not held:
        raise SuiteError(f"{split} 部分没有点，无从评测；请换一部分。", path)
    return held


def _print(found: Sequence[Judged], title: str, console: Console, *, lists_failures: bool) -> None:
    table = Table("量", "占比", "95% 区间（按点）", "数量", title=title)
    for each in figures(found):
        if each.value is None:
            table.add_row(each.title, "—", "—", "0")
            continue
        count = f"{each.right:.0f}/{each.total}" if each.name != "overlap" else f"{each.total}"
        table.add_row(each.title, f"{each.value:.3f}", f"{each.low:.3f}–{each.high:.3f}", count)
    console.print(table)
    for judged in found if lists_failures else ():
        if not all((*judged.cells, *judged.silent, *judged.labels)):
            said = f"格子 {judged.cells}，空 {judged.silent}，标签 {judged.labels}"
            console.print(f"  {escape(judged.topic)}：{said}", highlight=False)


def _write(path: Path, record: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise PolicyError(f"{path} 写不进去（{reason(error)}）。请检查 --json。") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; with ``--failures`` the topics that fall short. 0, or 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m eval.comparing", description="话题对照的格子和标签对不对")
    parser.add_argument("--suite", default="three-texts")
    parser.add_argument("--split", default="test", choices=SPLITS)
    parser.add_argument("--corpus", type=Path, default=None, metavar="DIR", help="语料目录（默认随附的语料）")
    parser.add_argument("--failures", action="store_true", help="列出没有做对的话题")
    parser.add_argument("--json", type=Path, default=None, metavar="FILE", help="把各个量写成 JSON 文件")
    options = parser.parse_args(arguments)
    try:
        engine = open_engine(options.corpus)
        held = read_held(find_suite(options.suite), engine.documents(), options.split)
        found = [judge(engine, point) for point in held]
        if options.json is not None:
            named = {each.name: {k: v for k, v in asdict(each).items() if k != "name"} for each in figures(found)}
            about = {"suite": options.suite, "split": options.split, "points": len(found)}
            _write(options.json, about | {"figures": named})
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    title = f"{options.suite}/{options.split}，{len(found)} 点"
    _print(found, title, Console(), lists_failures=options.failures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
