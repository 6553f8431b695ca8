"""A measured figure beside its target, and the measuring."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Self

import numpy as np

from corpus.errors import PolicyError, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

ROOT = Path(__file__).parents[2]
"""The folder that holds ``cli.py`` and ``app.py``."""
NOT_MEASURED = "未测"


class BenchError(PolicyError):
    """A command of the product that the benchmark runs and that failed."""

    exit_status = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `target` is the most it may be (None: none is set), `value` None where it could not be measured."""

    what: str
    value: float | None
    unit: str
    target: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target or a value."""
        return None if self.value is None or self.target is None else self.value <= self.target


def markdown(figures: Iterable[Figure]) -> Iterator[str]:
    """The lines of a Markdown table of figures, each as soon as its figure is there."""
    yield "| 项目 | 实测 | 目标 | 达标 | 说明 |"
    yield "|---|---:|---:|:-:|---|"
    for figure in figures:
        value = NOT_MEASURED if figure.value is None else f"{number(figure.value)} {figure.unit}"
        target = "" if figure.target is None else f"≤ {number(figure.target)} {figure.unit}"
        met = {True: "是", False: "**否**", None: ""}[figure.met]
        yield f"| {figure.what} | {value} | {target} | {met} | {figure.note} |"


def number(value: float) -> str:
    """Three figures that say something, no exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def milliseconds(work: Callable[[], object]) -> float:
    """How long `work` takes, in milliseconds."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of `values` do not exceed, interpolated."""
    return float(np.quantile(values, share))


def command() -> list[str]:
    """How the `clauselens` of this environment is run."""
    script = Path(sys.executable).with_name("clauselens")
    return [str(script)] if script.exists() else [sys.executable, str(ROOT / "cli.py")]


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended well."""

    seconds: float
    """From start to end, by the clock."""
    peak_mb: float
    """The most memory it had resident, in MB of 10⁶ bytes."""
    output: bytes
    """What it wrote to standard output."""


def run(arguments: Sequence[str], *, quiet: bool = True, cwd: Path | None = None) -> Ran:
    """Runs a command to its end; unless `quiet`, its standard error (progress bars) goes to ours.

    It is ended with us where we are interrupted. Raises `BenchError` where it cannot be started or ends with another
    status than 0.
    """
    start = time.perf_counter()
    errors = subprocess.DEVNULL if quiet else None
    try:
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=errors, cwd=cwd)
    except OSError as error:
        raise BenchError(f"命令“{arguments[0]}”启动不了（{reason(error)}）；请检查安装。") from error
    assert process.stdout is not None
    try:
        with process.stdout, _Peak(process.pid) as peak:
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        process.kill()
        process.wait()
        raise
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise BenchError(f"命令“{' '.join(arguments)}”以状态 {process.returncode} 结束；请先单独运行它，看它报什么错。")
    return Ran(seconds, peak.seen_mb or usage.ru_maxrss * _RUSAGE_UNIT / 1e6, output)


_RUSAGE_UNIT = 1 if sys.platform == "darwin" else 1024


class _Peak(Thread):
    """Reads the peak memory of a running process again and again.

    Linux counts into a process's `ru_maxrss` what its parent had resident when it started it: of no use to a parent
    that may be the larger of the two.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.seen_mb = 0.0
        """0 where the system does not tell."""
        self._status = Path(f"/proc/{pid}/status")
        self._ended = Event()

    def run(self) -> None:
        while not self._ended.wait(0.01):
            try:
                status = self._status.read_text(encoding="ascii", errors="replace")
            except OSError:  # ended, or no Linux
                return
            found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
            if found:  # absent once it is ending
                self.seen_mb = int(found.group(1)) * 1024 / 1e6

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join()


def resident_mb(pid: int) -> float:
    """Memory that a running process has resident, in MB of 10⁶ bytes."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        found = re.search(r"^VmRSS:\s+(\d+) kB", status.read_text(encoding="ascii"), re.MULTILINE)
        kilobytes = found.group(1) if found else "0"
    else:
        asked = ["/bin/ps", "-o", "rss=", "-p", str(pid)]
        shown = subprocess.run(asked, capture_output=True, text=True, check=True)
        kilobytes = shown.stdout
    return int(kilobytes) * 1024 / 1e6
