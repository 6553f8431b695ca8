"""How long questions take one by one, and how many are answered a second by one thread and by two."""

from __future__ import annotations

import math
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from rich.progress import track

from eval.bench.figure import milliseconds, quantile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console

T = TypeVar("T")
"""A question, as text or as tokens."""
FEWEST = 20
"""Questions asked however long they take."""
_WARM = 20
_HANDOVERS = 20


@dataclass(frozen=True, slots=True)
class Timing:
    """Of `questions` questions, each asked once of a process that has answered before."""

    questions: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    one_thread: float
    """Questions a second, one after the other."""
    two_threads: float
    """Questions a second, two at a time."""


def timed(answer: Callable[[T], object], questions: Sequence[T], seconds: float, told: str, console: Console) -> Timing:
    """Times `answer` on `questions`, at most for about `seconds`, but on `FEWEST` at least; `told`: what is timed.

    With two threads it is asked the same questions again.
    """
    _warm(answer, questions[:_WARM], seconds / 10)
    taken: list[float] = []
    for question in track(questions, told, console=console, transient=True, refresh_per_second=2):
        taken.append(milliseconds(lambda q=question: answer(q)))  # type: ignore[misc]
        if sum(taken) > 1000 * seconds and len(taken) >= FEWEST:
            break
    asked = questions[: len(taken)]
    two = _two_threads(answer, asked, f"{told}，两个线程", console)
    p50, p95, p99 = (quantile(taken, share) for share in (0.50, 0.95, 0.99))
    return Timing(len(asked), p50, p95, p99, 1000 * len(asked) / sum(taken), two)


def _two_threads(answer: Callable[[T], object], questions: Sequence[T], told: str, console: Console) -> float:
    """Questions a second; they are handed out several at a time, since a handover takes as long as a quick answer."""
    many = math.ceil(len(questions) / _HANDOVERS)
    parts = [questions[start : start + many] for start in range(0, len(questions), many)]
    start = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        answered = pool.map(lambda part: [answer(question) for question in part], parts)
        for _ in track(answered, told, len(parts), console=console, transient=True, refresh_per_second=2):
            pass
        return len(questions) / (time.perf_counter() - start)


def _warm(answer: Callable[[T], object], questions: Sequence[T], seconds: float) -> None:
    end = time.perf_counter() + seconds
    for question in questions:
        answer(question)
        if time.perf_counter() > end:
            return
