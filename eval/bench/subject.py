"""What is measured by corpus size, each in a process of its own: ``python -m eval.bench.subject``.

Two kinds: ``engine FOLDER QUESTIONS SECONDS``, the product over the corpus in FOLDER, whose index is there; and
``scorer NAME TOKENS SECONDS FOLDER``, a library that ranks items given as tokens, its index saved in FOLDER. What is
found out is written to standard output as JSON.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from rich.console import Console

from eval.bench.figure import milliseconds
from eval.bench.timing import Timing, timed
from indexer import lexical

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOP = 10
"""Best items that a library is asked for."""
COMPARED = 10
"""Questions whose best scores are told."""

Tokens = list[str]


@dataclass(frozen=True, slots=True)
class EngineFigures:
    """The product over one corpus."""

    documents: int
    clauses: int
    sentences: int
    open_ms: float
    """To open the stored index."""
    lexical: Timing
    """`search` by words and characters: from question to ten clauses."""
    hybrid: Timing
    """`search` by all retrievers."""
    ask: Timing


@dataclass(frozen=True, slots=True)
class ScorerFigures:
    """A library over the same tokens and questions: from tokens to its ten best items."""

    build_s: float
    """From tokens to index, in memory."""
    index_mb: float | None
    """On disk, in MB of 10⁶ bytes; None: it has no form for the disk."""
    timing: Timing
    best: tuple[tuple[float, ...], ...]
    """Scores of the best items of the first questions."""


@dataclass(frozen=True, slots=True)
class TokenFile:
    """Items and questions as tokens, each distinct token once."""

    vocabulary: tuple[str, ...]
    items: tuple[tuple[int, ...], ...]
    """Places in `vocabulary`."""
    questions: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(items: Sequence[Sequence[str]], questions: Sequence[Sequence[str]]) -> TokenFile:
        """The tokens of `items` and `questions`."""
        row: dict[str, int] = {}
        numbered = [
            tuple(tuple(row.setdefault(t, len(row)) for t in one) for one in many) for many in (items, questions)
        ]
        return TokenFile(tuple(row), *numbered)

    def tokens(self, numbered: Sequence[Sequence[int]]) -> list[Tokens]:
        """`items` or `questions` as they were given."""
        return [[self.vocabulary[row] for row in one] for one in numbered]


Top = Callable[[Tokens], "NDArray[np.float32]"]
"""Question → scores of the best items, best first."""
Build = Callable[[list[Tokens]], tuple[Top, Callable[[Path], None] | None]]
"""Items → how they are asked, and how they are saved (None: they cannot be)."""


def engine_figures(folder: Path, questions: Sequence[str], seconds: float, console: Console) -> EngineFigures:
    """Opens the corpus and asks; `seconds`: about how long each way of asking may take."""
    from search import open_engine  # the libraries' memory is to be without it

    start = time.perf_counter()
    engine = open_engine(folder)
    open_ms = 1000 * (time.perf_counter() - start)
    return EngineFigures(
        documents=len(engine.documents()),
        clauses=len(engine.index.clauses),
        sentences=len(engine.index.units.clause),
        open_ms=open_ms,
        lexical=timed(lambda q: engine.search(q, system="lexical"), questions, seconds, "按词语检索", console),
        hybrid=timed(engine.search, questions, seconds, "综合检索", console),
        ask=timed(engine.ask, questions, seconds, "提问", console),
    )


def scorer_figures(name: str, tokens: TokenFile, seconds: float, folder: Path, console: Console) -> ScorerFigures:
    """Builds, asks and saves."""
    items, questions = tokens.tokens(tokens.items), tokens.tokens(tokens.questions)
    built: list[tuple[Top, Callable[[Path], None] | None]] = []
    build_s = milliseconds(lambda: built.append(SCORERS[name](items))) / 1000
    (top, save), *_ = built
    timing = timed(top, questions, seconds, name, console)
    best = tuple(tuple(float(score) for score in top(question)) for question in questions[:COMPARED])
    if save is None:
        return ScorerFigures(build_s, None, timing, best)
    save(folder / "saved")
    return ScorerFigures(build_s, size_mb(folder / "saved"), timing, best)


def size_mb(folder: Path) -> float:
    """What the files in `folder` take, in MB of 10⁶ bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _ours(items: list[Tokens]) -> tuple[Top, Callable[[Path], None]]:
    index = lexical.LexicalIndex.build(items)
    return (lambda question: _best(index.scores(question))), index.save


def _rank_bm25(items: list[Tokens]) -> tuple[Top, None]:
    plain = lexical.BM25Okapi(items)  # type: ignore[attr-defined]  # it is to be imported in one file alone
    return (lambda question: _best(plain.get_scores(question))), None


def _bm25s(items: list[Tokens]) -> tuple[Top, Callable[[Path], None]]:
    model = import_module("bm25s").BM25(method="atire")
    model.index(items, show_progress=False)
    k = min(TOP, len(items))

    def top(question: Tokens) -> NDArray[np.float32]:
        return np.asarray(model.retrieve([question], k=k, show_progress=False).scores[0])

    return top, lambda folder: model.save(folder, show_progress=False)


SCORERS: dict[str, Build] = {"ours": _ours, "rank-bm25": _rank_bm25, "bm25s": _bm25s}


def _best(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    k = min(TOP, len(scores))
    rows = np.argpartition(-scores, k - 1)[:k]
    return np.sort(scores[rows])[::-1]


def main(arguments: Sequence[str]) -> None:
    """See the module."""
    console = Console(stderr=True)
    match arguments:
        case ["engine", folder, questions, seconds]:
            asked = msgspec.json.decode(Path(questions).read_bytes(), type=list[str])
            figures: object = engine_figures(Path(folder), asked, float(seconds), console)
        case ["scorer", name, tokens, seconds, folder]:
            given = msgspec.json.decode(Path(tokens).read_bytes(), type=TokenFile)
            figures = scorer_figures(name, given, float(seconds), Path(folder), console)
        case _:
            sys.exit(__doc__)
    sys.stdout.buffer.write(msgspec.json.encode(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
