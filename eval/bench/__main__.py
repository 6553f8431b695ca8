"""``python -m eval.bench``: prints Markdown tables of speed and memory, each figure beside its target."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console

from corpus.errors import PolicyError, reason
from eval.bench.figure import BenchError, Figure, markdown
from eval.bench.page import page_figures
from eval.bench.shipped import cold_figures, index_figure, resident_figure, warm_figures, where_the_time_goes
from eval.bench.sizes import SIZES, SizeFigures, size_figures, tables
from eval.suite import find_suite, load_suite
from search import open_engine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from search import Engine

SUITE = "three-texts"
PARTS = ("shipped", "page", "sizes")
QUICK_SIZES = (1_000, 5_000)
TYPED = 101
"""Questions typed into the page in a browser: the first, and a hundred more."""
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured."""

    system: str
    machine: str
    cores: int
    python: str


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured: what ``--json`` writes. Empty for a part that was left out."""

    machine: Machine
    shipped: tuple[Figure, ...] = ()
    page: tuple[Figure, ...] = ()
    sizes: tuple[SizeFigures, ...] = ()
    """By size, ascending."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measures and prints; gives the exit status."""
    options = _parser().parse_args(argv)
    if options.quick:
        options.sizes, options.seconds = QUICK_SIZES, min(options.seconds, 2.0)
    try:
        if options.json and not options.json.resolve().parent.is_dir():
            raise BenchError(f"要写入的文件夹 {options.json.parent} 不存在；请先建好。")
        measured = _measure(options)
        if options.json:
            _write(measured, options.json)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    except KeyboardInterrupt:
        sys.stderr.write("已中断；自造的语料已删除。\n")
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description="测速度和内存，打印 Markdown 表格")
    parser.add_argument(
        "--sizes",
        nargs="+",
        type=_positive,
        default=SIZES,
        metavar="条数",
        help="自造语料的条数，可多个（默认 %(default)s）",
    )
    parser.add_argument(
        "--questions", type=_positive, default=200, metavar="问数", help="每种语料最多提几问（默认 200）"
    )
    parser.add_argument("--seconds", type=float, default=10.0, metavar="秒", help="每种做法最多测多久（默认 10 秒）")
    parser.add_argument("--quick", action="store_true", help="少测几遍，自造语料不超过 5000 条")
    parser.add_argument("--skip", nargs="*", default=[], choices=PARTS, help="不测哪几部分")
    parser.add_argument("--json", type=Path, metavar="文件", help="把全部数字写成 JSON")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} 应当至少是 1")
    return number


def _measure(options: argparse.Namespace) -> Measured:
    console = Console(stderr=True)
    machine = Machine(platform.system(), platform.machine(), os.cpu_count() or 1, platform.python_version())
    _print(f"{machine.system} {machine.machine}，{machine.cores} 核，Python {machine.python}\n")
    measured = Measured(machine)
    if "shipped" not in options.skip:
        measured = replace(measured, shipped=_section("随附语料", _shipped(quick=options.quick)))
        _print(f"{where_the_time_goes()}\n")
    if "page" not in options.skip:
        measured = replace(measured, page=_section("页面", page_figures(_typed())))
    if "sizes" not in options.skip:
        _print("### 自造语料\n")
        sizes = []
        for count in sorted(set(options.sizes)):
            console.print(f"自造语料 {count:,} 条")
            sizes.append(size_figures(count, options.questions, options.seconds, console))
        for line in tables(sizes):
            _print(line)
        measured = replace(measured, sizes=tuple(sizes))
    return measured


def _shipped(*, quick: bool) -> Iterable[Figure]:
    yield from cold_figures(3 if quick else 7)
    engine = open_engine()
    questions = _questions(engine)
    yield from warm_figures(engine, questions, repeats=3 if quick else 20)
    yield resident_figure(questions)
    yield index_figure()


def _questions(engine: Engine) -> list[str]:
    return [question.text for question in load_suite(find_suite(SUITE), engine.documents()).questions]


def _typed() -> list[str]:
    """What is typed into the page: questions of every kind, spread over the suite."""
    asked = list(dict.fromkeys(_questions(open_engine())))
    return asked[:: max(1, len(asked) // TYPED)][:TYPED]


def _section(title: str, figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Prints each figure as soon as it is there, and gives them all."""
    kept: list[Figure] = []

    def keep() -> Iterator[Figure]:
        for figure in figures:
            kept.append(figure)
            yield figure

    for line in chain([f"### {title}", ""], markdown(keep()), [""]):
        _print(line)
    return tuple(kept)


def _write(measured: Measured, path: Path) -> None:
    try:
        path.write_bytes(msgspec.json.format(msgspec.json.encode(measured), indent=2) + b"\n")
    except OSError as error:
        raise BenchError(f"不能写入 {path}（{reason(error)}）；请检查磁盘空间和目录权限。") from error


def _print(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
