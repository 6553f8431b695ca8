"""Plain words and the official terms they stand for: `terms.tsv`; and common mistypings: `homophones.tsv`.

Both are shipped with the project; a corpus folder may bring its own, which are added. A line of `terms.tsv` is
plain word, official term, weight (how surely the one means the other, above 0 to 1), between tabs; one of
`homophones.tsv` is wrong and right spelling. Lines that begin with # are notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError

_SHIPPED = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Term:
    """A plain word, an official term it may stand for, and how surely (0 to 1)."""

    plain: str
    official: str
    weight: float


def read_terms(folder: Path) -> tuple[Term, ...]:
    """The shipped pairs and those of the corpus in `folder`; raises `CorpusError` for a line that does not fit."""
    terms = []
    for path, number, cells in _rows(folder, "terms.tsv"):
        if len(cells) != 3 or not all(cells) or not _is_weight(cells[2]):
            expected = "应为“白话<制表符>公文用语<制表符>权重（大于 0、不超过 1）”"
            raise CorpusError(f"{path} 第 {number} 行：{expected}。", path)
        terms.append(Term(cells[0], cells[1], float(cells[2])))
    return tuple(terms)


def read_homophones(folder: Path) -> dict[str, str]:
    """Right spelling by wrong one; raises `CorpusError` for a line that does not fit."""
    right: dict[str, str] = {}
    for path, number, cells in _rows(folder, "homophones.tsv"):
        if len(cells) != 2 or not all(cells):
            raise CorpusError(f"{path} 第 {number} 行：应为“错写<制表符>正写”。", path)
        right[cells[0]] = cells[1]
    return right


def _is_weight(text: str) -> bool:
    try:
        return 0 < float(text) <= 1
    except ValueError:
        return False


def _rows(folder: Path, name: str) -> list[tuple[Path, int, list[str]]]:
    paths = dict.fromkeys((_SHIPPED / name, folder / name))
    rows = []
    for path in paths:
        if not path.is_file():
            continue
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(f"{path} 读不出来（{error}）。请存为 UTF-8 纯文本。", path) from error
        rows += [
            (path, number, [cell.strip() for cell in line.split("\t")])
            for number, line in enumerate(lines, 1)
            if line.strip() and not line.startswith("#")
        ]
    return rows
