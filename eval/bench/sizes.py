"""Speed and memory by corpus size: the product, and its word scores beside those of rank-bm25 and bm25s."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, TypeVar

import msgspec
from rich.progress import track

from eval.bench.figure import ROOT, Ran, command, number, run
from eval.bench.made import made_clauses, made_questions, write_corpus
from eval.bench.scratch import scratch
from eval.bench.subject import SCORERS, EngineFigures, ScorerFigures, TokenFile, size_mb
from indexer.tokens import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rich.console import Console

    from eval.bench.timing import Timing

T = TypeVar("T")
SIZES = (1_000, 10_000, 55_000)
TARGETS = {"ours": 3.0, "ask": 30.0}
"""Milliseconds that the median may take, up to the largest of `SIZES`."""
WAYS = {"lexical": "按词语检索", "hybrid": "综合检索", "ask": "提问"}
SCORER_NAMES = {"ours": "本程序", "rank-bm25": "rank-bm25", "bm25s": "bm25s"}


@dataclass(frozen=True, slots=True)
class Way:
    """One way of asking the product: `name` is `lexical` or `hybrid` (`search`), or `ask`."""

    name: str
    timing: Timing


@dataclass(frozen=True, slots=True)
class Scorer:
    """One library that ranks items given as tokens; `ours` is the product's own."""

    name: str
    version: str
    """"" for our own."""
    build_s: float
    peak_mb: float
    """Of the process, the tokens included."""
    index_mb: float | None
    timing: Timing
    difference: float | None
    """Between the ten best scores and rank-bm25's, at most; None where they are not to be the same."""


@dataclass(frozen=True, slots=True)
class SizeFigures:
    """What was measured with a made corpus of `clauses` clauses. MB are 10⁶ bytes."""

    clauses: int
    sentences: int
    documents: int
    build_s: float
    """`clauselens index` from command to end: parsing, encoding, writing."""
    build_peak_mb: float
    index_mb: float
    """On disk."""
    open_ms: float
    answering_peak_mb: float
    """Of the process that opened the index and was asked."""
    ways: tuple[Way, ...]
    scorers: tuple[Scorer, ...]
    """Those that are installed."""


def size_figures(count: int, questions: int, seconds: float, console: Console) -> SizeFigures:
    """Measures one size; `questions`: how many are asked, if they take no more than about `seconds` in each way."""
    clauses, asked = made_clauses(count), made_questions(questions)
    with scratch() as folder:
        engine, built, index_mb, answered = _engine(folder / "texts", clauses, asked, seconds)
        scorers = tuple(_scorers(folder, clauses, asked, seconds, console))
    return SizeFigures(
        clauses=count,
        sentences=engine.sentences,
        documents=engine.documents,
        build_s=built.seconds,
        build_peak_mb=built.peak_mb,
        index_mb=index_mb,
        open_ms=engine.open_ms,
        answering_peak_mb=answered.peak_mb,
        ways=(Way("lexical", engine.lexical), Way("hybrid", engine.hybrid), Way("ask", engine.ask)),
        scorers=scorers,
    )


def missing() -> tuple[str, ...]:
    """Libraries to compare with that are not installed."""
    return tuple(name for name in SCORERS if name != "ours" and _version(name) is None)


def _engine(
    folder: Path, clauses: Sequence[str], questions: Sequence[str], seconds: float
) -> tuple[EngineFigures, Ran, float, Ran]:
    folder.mkdir()
    write_corpus(folder, clauses)
    built = run([*command(), "index", "--corpus", str(folder)], quiet=False)
    index_mb = size_mb(folder / ".index")
    asked = folder.with_name("questions.json")
    asked.write_bytes(msgspec.json.encode(questions))
    answered = _subject("engine", str(folder), str(asked), str(seconds))
    return msgspec.json.decode(answered.output, type=EngineFigures), built, index_mb, answered


def _scorers(
    folder: Path, clauses: Sequence[str], questions: Sequence[str], seconds: float, console: Console
) -> Iterator[Scorer]:
    split = Tokenizer().words
    items = [split(clause) for clause in track(clauses, "切分词语", console=console, transient=True)]
    tokens = folder / "tokens.json"
    tokens.write_bytes(msgspec.json.encode(TokenFile.of(items, [split(question) for question in questions])))
    del items
    best: dict[str, tuple[tuple[float, ...], ...]] = {}
    ended: list[tuple[str, ScorerFigures, Ran]] = []
    for name in SCORERS:
        if name not in missing():
            into = folder / name
            into.mkdir()
            ran = _subject("scorer", name, str(tokens), str(seconds), str(into))
            figures = msgspec.json.decode(ran.output, type=ScorerFigures)
            ended.append((name, figures, ran))
            best[name] = figures.best
    for name, figures, ran in ended:
        same = name == "ours" and "rank-bm25" in best
        difference = _difference(best[name], best["rank-bm25"]) if same else None
        held = "" if name == "ours" else _version(name) or ""
        yield Scorer(name, held, figures.build_s, ran.peak_mb, figures.index_mb, figures.timing, difference)


def _difference(one: Sequence[Sequence[float]], other: Sequence[Sequence[float]]) -> float:
    pairs = ((a, b) for x, y in zip(one, other, strict=True) for a, b in zip(x, y, strict=True))
    return max((abs(a - b) for a, b in pairs), default=0.0)


def _subject(*arguments: str) -> Ran:
    return run([sys.executable, "-m", "eval.bench.subject", *arguments], quiet=False, cwd=ROOT)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def tables(sizes: Sequence[SizeFigures]) -> Iterator[str]:
    """The lines of three Markdown tables: index and memory, asking, and scoring beside the other libraries."""
    yield from _table(
        "| 条数 | 句数 | 建索引 | 建时内存峰值 | 索引占磁盘 | 打开 | 答题内存峰值 |",
        (
            f"{s.clauses:,} | {s.sentences:,} | {number(s.build_s)} 秒 | {number(s.build_peak_mb)} MB | "
            f"{number(s.index_mb)} MB | {number(s.open_ms)} 毫秒 | {number(s.answering_peak_mb)} MB"
            for s in sizes
        ),
    )
    yield from _table(
        "| 做什么 | 条数 | 问数 | p50（毫秒） | p95 | p99 | 问/秒，一个线程 | 两个线程 | p50 目标 |",
        (
            f"{WAYS[way.name]} | {s.clauses:,} | {_timed(way.timing)} | {_target(way.name, s.clauses, way.timing)}"
            for s, way in _by_name(sizes, lambda s: s.ways)
        ),
    )
    yield from _table(
        "| 只按词语打分取前十 | 条数 | 问数 | p50（毫秒） | p95 | p99 | 问/秒，一个线程 | 两个线程 | p50 目标 "
        "| 建索引 | 内存峰值 | 占磁盘 |",
        (
            f"{SCORER_NAMES[one.name]} {one.version} | {s.clauses:,} | {_timed(one.timing)} | "
            f"{_target(one.name, s.clauses, one.timing)} | {number(one.build_s)} 秒 | {number(one.peak_mb)} MB | "
            + ("–" if one.index_mb is None else f"{number(one.index_mb)} MB")
            for s, one in _by_name(sizes, lambda s: s.scorers)
        ),
    )
    yield from _remarks(sizes)


def _table(head: str, rows: Iterator[str]) -> Iterator[str]:
    yield head
    yield "|---" + "|---:" * (head.count("|") - 2) + "|"
    for row in rows:
        yield f"| {row} |"
    yield ""


def _by_name(sizes: Sequence[SizeFigures], of: Callable[[SizeFigures], Sequence[T]]) -> Iterator[tuple[SizeFigures, T]]:
    """Rows such that the sizes of one thing stand below each other."""
    for rows in zip(*([(size, one) for one in of(size)] for size in sizes), strict=True):
        yield from rows


def _timed(timing: Timing) -> str:
    shown = (timing.p50_ms, timing.p95_ms, timing.p99_ms, timing.one_thread, timing.two_threads)
    return " | ".join([str(timing.questions), *map(number, shown)])


def _target(name: str, clauses: int, timing: Timing) -> str:
    target = TARGETS.get(name)
    if target is None or clauses > SIZES[-1]:
        return ""
    return f"≤ {number(target)}，{'达标' if timing.p50_ms <= target else '**未达标**'}"


def _remarks(sizes: Sequence[SizeFigures]) -> Iterator[str]:
    yield "词语打分各库用同样的词语和问题，各在自己的进程里；内存峰值含词语本身。问数少于所给，是到时间为止。"
    known = [one.difference for size in sizes for one in size.scorers if one.difference is not None]
    if known:
        yield f"本程序的前十名得分与 rank-bm25 最多相差 {max(known):.1g}。"
    for name in missing():
        yield f"没有安装 {name}，没有与它比；要比，请执行 pip install {name}。"
    yield ""
