"""``python -m eval.bench``: prints Markdown tables of speed and memory, each figure beside its target."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from itertools import chain
from typing import TYPE_CHECKING

from rich.console import Console

from corpus.errors import PolicyError
from eval.bench.figure import markdown
from eval.bench.large import build_figures, lexical_figures
from eval.bench.page import page_figures
from eval.bench.shipped import cold_figures, index_figure, resident_figure, warm_figures, where_the_time_goes
from eval.suite import find_suite, load_suite
from search import open_engine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eval.bench.figure import Figure

SUITE = "three-texts"


def main(argv: Sequence[str] | None = None) -> int:
    """Measures and prints; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description="测速度和内存，打印 Markdown 表格")
    parser.add_argument("--clauses", type=int, default=55_000, help="自造语料的条数（默认 55000）")
    parser.add_argument("--quick", action="store_true", help="少测几遍，自造语料不超过 5000 条")
    parser.add_argument("--skip", nargs="*", default=[], choices=["shipped", "page", "large"], help="不测哪几部分")
    options = parser.parse_args(argv)
    clauses = min(options.clauses, 5_000) if options.quick else options.clauses
    try:
        _measure(clauses, options.skip, quick=options.quick)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    return 0


def _measure(clauses: int, skip: Sequence[str], *, quick: bool) -> None:
    console = Console(stderr=True)
    _print(f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}\n")
    if "shipped" not in skip:
        _section("随附语料", _shipped(quick=quick))
        _print(f"{where_the_time_goes()}\n")
    if "page" not in skip:
        _section("页面", page_figures())
    if "large" not in skip:
        _section(f"自造语料 {clauses:,} 条", chain(lexical_figures(clauses, console), build_figures(clauses)))


def _shipped(*, quick: bool) -> Iterable[Figure]:
    yield from cold_figures(3 if quick else 7)
    engine = open_engine()
    folder = find_suite(SUITE)
    splits = [load_suite(folder, split, engine.documents()) for split in ("dev", "test")]
    questions = [question.text for suite in splits for question in suite.questions]
    yield from warm_figures(engine, questions, repeats=3 if quick else 20)
    yield resident_figure(questions)
    yield index_figure()


def _section(title: str, figures: Iterable[Figure]) -> None:
    _print(f"### {title}\n")
    for line in markdown(figures):
        _print(line)
    _print("")


def _print(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
