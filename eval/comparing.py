"""``python -m eval.comparing``: does comparing a topic put the right words into the right cells, and leave silence be?

For each judged point of a suite (`points.jsonl`) its topic is compared. The row that has most of the point's words
counts: a cell is right where its quote meets the gold quote, a silent text where its cell in that row is empty.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from corpus.errors import PolicyError, SuiteError
from eval.significance import bootstrap_interval
from eval.suite import find_suite
from search import Engine, open_engine
from search.compare.model import Cell, Point

POINTS = "points.jsonl"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A point found: for each text that rules whether its words were found, for each silent one whether it is empty."""

    topic: str
    cells: tuple[bool, ...]
    silent: tuple[bool, ...]
    is_first: bool
    """Whether the row that counts came first with every cell right."""


def judge(engine: Engine, topic: str, gold: dict[str, Span | None]) -> Judged:
    """Compare `topic` and hold it against `gold`: the span of the rule in each document, None where it is silent."""
    points = engine.compare(topic).points

    def right(point: Point) -> int:
        return sum(_meets(point.cells.get(doc_id), span) for doc_id, span in gold.items() if span)

    best = max(range(len(points)), key=lambda n: (right(points[n]), -n), default=None)
    cells: dict[str, Cell | None] = {} if best is None else dict(points[best].cells)
    found = tuple(_meets(cells.get(doc_id), span) for doc_id, span in gold.items() if span)
    silent = tuple(cells.get(doc_id) is None for doc_id, span in gold.items() if span is None)
    return Judged(topic, found, silent, best == 0 and all(found))


def _meets(cell: Cell | None, span: Span) -> bool:
    return cell is not None and cell.quote.start < span[1] and span[0] < cell.quote.end


def _gold(engine: Engine, cells: dict[str, Any]) -> dict[str, Span | None]:
    spans: dict[str, Span | None] = {}
    for doc_id, cell in cells.items():
        start = -1 if cell is None else engine.document(doc_id).text.find(cell["quote"])
        if cell is not None and start < 0:
            raise SuiteError(f"原文里没有“{cell['quote']}”，请改正引文。", Path(POINTS), field=doc_id)
        spans[doc_id] = None if cell is None else (start, start + len(cell["quote"]))
    return spans


def _print(found: Sequence[Judged], title: str, console: Console, *, lists_failures: bool) -> None:
    table = Table("量", "占比", "95% 区间（按点）", "数量", title=title)
    for name, values in (
        ("有规定的格子：词句对", [each.cells for each in found]),
        ("未规定的格子：空着", [each.silent for each in found if each.silent]),
        ("第一行就全对", [(each.is_first,) for each in found]),
    ):
        low, high = bootstrap_interval([float(np.mean(cells)) for cells in values])
        flat = [cell for cells in values for cell in cells]
        table.add_row(name, f"{np.mean(flat):.3f}", f"{low:.3f}–{high:.3f}", f"{sum(flat)}/{len(flat)}")
    console.print(table)
    if lists_failures:
        for each in found:
            if not (all(each.cells) and all(each.silent)):
                console.print(f"  {each.topic}：格子 {each.cells}，空 {each.silent}", highlight=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; with ``--failures`` the topics that fall short."""
    parser = argparse.ArgumentParser(prog="python -m eval.comparing", description="话题对照的格子对不对")
    parser.add_argument("--suite", default="three-texts")
    parser.add_argument("--split", default="test", choices=("dev", "test"))
    parser.add_argument("--failures", action="store_true", help="列出没有做对的话题")
    options = parser.parse_args(arguments)
    try:
        engine = open_engine()
        path = find_suite(options.suite) / POINTS
        if not path.is_file():
            raise SuiteError("没有对照的标准答案；请换一个测试集，或先写这个文件。", path)
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        held = [row for row in rows if row["split"] == options.split]
        found = [judge(engine, row["topic"], _gold(engine, row["cells"])) for row in held]
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    title = f"{options.suite}/{options.split}，{len(found)} 点"
    _print(found, title, Console(), lists_failures=options.failures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
