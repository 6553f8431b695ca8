"""The shipped corpus: a cold command, warm questions, a whole index, memory."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import corpus
from eval.bench.figure import BenchError, Figure, command, milliseconds, quantile, resident_mb, run
from eval.bench.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search.engine import Engine

QUESTION = "大学生分到镇里头一年能多拿点钱不"
SHOWN_IMPORTS = 8


def cold_figures(times: int) -> Iterator[Figure]:
    """`clauselens ask` from shell to answer, in a new process each time, after one to build what is missing."""
    ask = [*command(), "ask", QUESTION]
    run(ask)
    ran = [run(ask) for _ in range(times)]
    seconds = [one.seconds for one in ran]
    yield Figure("冷启动提问，中位数", median(seconds), "秒", 2.5, f"{times} 次新进程，从命令到退出")
    yield Figure("冷启动提问，最快", min(seconds), "秒", 2.5)
    yield Figure("冷启动提问，内存峰值", max(one.peak_mb for one in ran), "MB", 700)


def where_the_time_goes() -> str:
    """A Markdown table: the cold command's time by what it is spent on."""
    bare = run([sys.executable, "-c", "pass"]).seconds
    whole, imports = _import_seconds()
    lines = ["| 冷启动的时间花在 | 秒 |", "|---|---:|", f"| 启动 Python | {bare:.2f} |"]
    shown = imports.most_common(SHOWN_IMPORTS)
    lines += [f"| 导入 {package} | {seconds:.2f} |" for package, seconds in shown]
    lines.append(f"| 导入其余 {len(imports) - len(shown)} 个包 | {imports.total() - sum(s for _, s in shown):.2f} |")
    lines.append(f"| 打开索引、回答、退出 | {max(0.0, whole - bare - imports.total()):.2f} |")
    return "\n".join(lines)


def _import_seconds() -> tuple[float, Counter[str]]:
    """Seconds of one cold command under ``-X importtime``, and those spent in the modules of each package."""
    arguments = [sys.executable, "-X", "importtime", *_as_python(command()), "ask", QUESTION]
    errors: list[str] = []

    def listen() -> None:
        ended = subprocess.run(arguments, capture_output=True, text=True, check=True)
        errors.append(ended.stderr)

    whole = milliseconds(listen) / 1000
    spent: Counter[str] = Counter()
    for microseconds, package in re.findall(r"^import time:\s+(\d+) \|\s+\d+ \|\s+(\w+)", errors[0], re.MULTILINE):
        spent[package] += int(microseconds)
    return whole, Counter({package: value / 1e6 for package, value in spent.items()})


def _as_python(arguments: list[str]) -> list[str]:
    """`arguments` without an interpreter of their own in front."""
    return arguments[1:] if arguments[0] == sys.executable else arguments


def warm_figures(engine: Engine, questions: Sequence[str], repeats: int) -> Iterator[Figure]:
    """`ask` in a process that has answered before, over all `questions`."""
    for question in questions:
        engine.ask(question)
    taken = [milliseconds(lambda q=question: engine.ask(q)) for _ in range(repeats) for question in questions]  # type: ignore[misc]
    note = f"{len(questions)} 问 × {repeats} 遍"
    yield Figure("热提问 p50", quantile(taken, 0.50), "毫秒", 15, note)
    yield Figure("热提问 p99", quantile(taken, 0.99), "毫秒", 40, note)


def resident_figure(questions: Sequence[str]) -> Figure:
    """Memory of `clauselens ask -` once it has answered all `questions`."""
    process = subprocess.Popen(
        [*command(), "ask", "-", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        for question in questions:
            process.stdin.write(json.dumps({"question": question}, ensure_ascii=False) + "\n")
            process.stdin.flush()
            if not process.stdout.readline():
                raise BenchError(f"clauselens ask - 没有回答“{question}”就结束了；请单独运行它，看它报什么错。")
        resident = resident_mb(process.pid)
        process.stdin.close()
    return Figure("回答全部问题后的常驻内存", resident, "MB", 700, f"clauselens ask -，{len(questions)} 问")


def index_figure() -> Figure:
    """`clauselens index` on a copy of the shipped corpus that has no index yet."""
    with scratch() as folder:
        copy = folder / "corpus"
        shutil.copytree(Path(corpus.__file__).parent, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__", ".*"))
        ran = run([*command(), "index", "--corpus", str(copy)])
    return Figure("全量建索引", ran.seconds, "秒", 5, "clauselens index，从命令到退出，含解析三份文本")
