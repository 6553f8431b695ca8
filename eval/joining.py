"""``python -m eval.joining``: does comparing whole texts bring together what rules on the same, and nothing else?

The texts are made (`eval/pairs/joins/*.tsv`, each over a folder of texts). A line names words of two texts and how far
they rule the same: 2 yes, 1 either way, 0 no though it looks so. Two passages that stand in one row are right where
such a line, not of 0, has its words in them, and wrong where none has; a line of 2 is found where a row has both.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from corpus.errors import PolicyError, SuiteError, reason
from corpus.model import Document, Span
from search import open_engine
from search.compare.model import Cell, WholeComparison

JOINS = Path(__file__).parent / "pairs" / "joins"
"""The folder of the judged joins."""
TEXTS = {"care.tsv": "../clauses", "water.tsv": "water"}
"""Each file of joins → the folder of its texts."""
_FIELDS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a text: characters `span` of document `doc_id`."""

    doc_id: str
    span: Span

    def meets(self, cell: Cell | None) -> bool:
        """Whether the quote of a cell of that document has any of these words."""
        return cell is not None and cell.quote.start < self.span.end and self.span.start < cell.quote.end


@dataclass(frozen=True, slots=True)
class Join:
    """Words of two texts and how far they rule the same: 2 yes, 1 either way, 0 no."""

    grade: int
    one: Place
    other: Place
    about: str

    def stands_in(self, cells: Mapping[str, Cell | None]) -> bool:
        """Whether a row has the words of both texts."""
        return all(place.meets(cells.get(place.doc_id)) for place in (self.one, self.other))


@dataclass(frozen=True, slots=True)
class Joined:
    """What a comparison joined: pairs of passages right, open (grade 1) and wrong, lines of 2 found and all of them."""

    right: int
    open: int
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[Join, ...]
    wanted: int
    rows: int

    @property
    def precision(self) -> float:
        """0 to 1: of the passages joined, those that are not wrong; 1 where nothing is joined."""
        total = self.right + self.open + len(self.wrong)
        return 1 - len(self.wrong) / total if total else 1.0

    @property
    def recall(self) -> float:
        """0 to 1: of the lines of 2, those found; 1 where there is none."""
        return 1 - len(self.missed) / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def measure(whole: WholeComparison, gold: Sequence[Join]) -> Joined:
    """Hold the rows of a comparison against the judged joins."""
    rows = [point.cells for matter in whole.matters for point in matter.comparison.points]
    right = doubtful = 0
    wrong: list[tuple[str, str]] = []
    for one, other in _pairs(rows):
        pair = {one.doc_id: one, other.doc_id: other}
        best = max((each.grade for each in gold if each.stands_in(pair)), default=0)
        right, doubtful = right + (best > 1), doubtful + (best == 1)
        if best == 0:
            wrong.append((one.quote.text, other.quote.text))
    wanted = [each for each in gold if each.grade > 1]
    missed = tuple(each for each in wanted if not any(each.stands_in(cells) for cells in rows))
    return Joined(right, doubtful, tuple(wrong), missed, len(wanted), len(rows))


def _pairs(rows: Sequence[Mapping[str, Cell | None]]) -> Iterator[tuple[Cell, Cell]]:
    for cells in rows:
        yield from combinations([cell for cell in cells.values() if cell is not None], 2)


def read_joins(path: Path, documents: Sequence[Document]) -> tuple[Join, ...]:
    """The joins of a file, in its order. Raises `SuiteError` for a line that cannot be read or words not found once."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise SuiteError("不是 UTF-8 编码；请另存为 UTF-8 后重试。", path) from error
    except OSError as error:
        raise SuiteError(f"句段表读不出来（{reason(error)}）；请检查路径和权限。", path) from error
    return tuple(
        _join(line, number, path, documents)
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    )


def _join(line: str, number: int, path: Path, documents: Sequence[Document]) -> Join:
    fields = line.split("\t")
    if len(fields) != _FIELDS or fields[0] not in {"0", "1", "2"}:
        message = "这一行应有四栏：程度（0、1 或 2）、一份里的话、另一份里的话、管什么，用制表符隔开。请改正。"
        raise SuiteError(message, path, number)
    one, other = (_place(words, number, path, documents) for words in fields[1:3])
    if one.doc_id == other.doc_id:
        raise SuiteError(f"两处都在 {one.doc_id} 里，应在两份文件里。请换一处。", path, number)
    return Join(int(fields[0]), one, other, fields[3])


def _place(words: str, number: int, path: Path, documents: Sequence[Document]) -> Place:
    held = [(document.doc_id, document.text) for document in documents if words in document.text]
    count = sum(text.count(words) for _, text in held)
    if count != 1:
        raise SuiteError(f"“{words}”在文件里出现 {count} 次，应恰好一次。请多写或少写几个字。", path, number)
    start = held[0][1].index(words)
    return Place(held[0][0], Span(start, start + len(words)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each file of joins; with ``--failures`` what is wrong. 0, or 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m eval.joining", description="整份对照把哪些规定并到了一行")
    parser.add_argument("--failures", action="store_true", help="列出并错的和没有并上的")
    options = parser.parse_args(arguments)
    table = Table("文件", "对", "两可", "错", "该并的并上", "准确", "找全", "F1", "行", title="跨文件并行")
    console = Console()
    try:
        for name, folder in TEXTS.items():
            engine = open_engine(JOINS / folder)
            found = measure(engine.compare_whole(), read_joins(JOINS / name, engine.documents()))
            counts = (found.right, found.open, len(found.wrong))
            shares = (f"{value:.3f}" for value in (found.precision, found.recall, found.f1))
            reached = f"{found.wanted - len(found.missed)}/{found.wanted}"
            table.add_row(name, *map(str, counts), reached, *shares, str(found.rows))
            if options.failures:
                _print_failures(found, console)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    console.print(table)
    return 0


def _print_failures(found: Joined, console: Console) -> None:
    for one, other in found.wrong:
        console.print(escape(f"  并错：{one} ｜ {other}"), highlight=False, soft_wrap=True)
    for each in found.missed:
        console.print(
            f"  没有并上：{escape(each.about)}（第 {each.one.doc_id}、{each.other.doc_id} 两份）", highlight=False
        )


if __name__ == "__main__":
    sys.exit(main())
