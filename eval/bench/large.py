"""Tens of thousands of made clauses: lexical queries beside plain rank-bm25, and a whole index build."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rich.progress import track

from eval.bench.figure import Figure, command, milliseconds, quantile, run
from eval.bench.made import made_clauses, made_questions, write_corpus
from indexer import lexical
from indexer.tokens import Tokenizer
from search import open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

QUERIES = 200
SEARCHES = 30
"""From question to result."""
PLAIN_QUERIES = 10
"""Plain rank-bm25 takes near half a second for each."""


def lexical_figures(count: int, console: Console) -> Iterator[Figure]:
    """The scores of all clauses for a query, from precomputed scores and from plain rank-bm25."""
    split = Tokenizer().words
    clauses = made_clauses(count)
    tokens = [split(clause) for clause in track(clauses, "切分词语", console=console, transient=True)]
    queries = [split(question) for question in made_questions(QUERIES)]
    index = lexical.LexicalIndex.build(tokens)
    plain = lexical.BM25Okapi(tokens)  # type: ignore[attr-defined]  # it is to be imported in one file alone
    asked = queries[:PLAIN_QUERIES]
    difference = max(float(np.abs(index.scores(query) - plain.get_scores(query)).max()) for query in asked)
    ours = [milliseconds(lambda q=query: index.scores(q)) for query in queries]  # type: ignore[misc]
    theirs = [milliseconds(lambda q=query: plain.get_scores(q)) for query in asked]  # type: ignore[misc]
    words = f"{count:,} 条，{len(index.vocabulary):,} 个词"
    yield Figure("词语打分 p50", quantile(ours, 0.5), "毫秒", 3, f"{words}，{len(queries)} 问")
    yield Figure("词语打分 p99", quantile(ours, 0.99), "毫秒", 3)
    note = f"前 {len(asked)} 问；与上面的分数最多相差 {difference:.1g}"
    yield Figure("同样的问题，rank-bm25 自己打分 p50", quantile(theirs, 0.5), "毫秒", None, note)


def build_figures(count: int) -> Iterator[Figure]:
    """A whole index of `count` clauses by `clauselens index`, then searches in it."""
    with tempfile.TemporaryDirectory() as folder:
        write_corpus(Path(folder), made_clauses(count))
        built = run([*command(), "index", "--corpus", folder], quiet=False)
        yield Figure("建索引", built.seconds, "秒", None, f"clauselens index，{count:,} 条，含解析、编码、写盘")
        yield Figure("建索引，内存峰值", built.peak_mb, "MB")
        opened: list[object] = []
        yield Figure("打开这个索引", milliseconds(lambda: opened.append(open_engine(Path(folder)))), "毫秒")
        yield from _search_figures(Path(folder), made_questions(SEARCHES))


def _search_figures(folder: Path, questions: Sequence[str]) -> Iterator[Figure]:
    engine = open_engine(folder)
    engine.search(questions[0])
    for system, name in (("lexical", "按词语检索"), ("hybrid", "综合检索")):
        taken = [milliseconds(lambda q=question, s=system: engine.search(q, system=s)) for question in questions]  # type: ignore[misc]
        yield Figure(f"{name}（从问题到十条结果）p50", quantile(taken, 0.5), "毫秒")
        yield Figure(f"{name} p99", quantile(taken, 0.99), "毫秒")
    taken = [milliseconds(lambda q=question: engine.ask(q)) for question in questions]  # type: ignore[misc]
    yield Figure("提问 p50", quantile(taken, 0.5), "毫秒")
