"""Judged pairs of clauses beside the texts that they are of: a second set for what one suite is too small to tell.

A folder of them is a corpus folder with ``pairs.tsv``. A line of it, but for blank ones and those that begin with
``#``: strength (2 or 1, as in `eval.gold`), words of the higher text's clause, words of the lower text's clause, what
both rule on; with tabs between. Words stand in one clause of all texts alone, so they name it whatever its number. All
pairs not listed are taken for no matches, and all are for development.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.errors import SuiteError, reason
from corpus.model import Document
from eval.gold import CLEAR, OPEN, GoldPair, Strength
from search.compare.align import by_level

PAIRS = "pairs.tsv"
FIELDS = ("程度", "上级的话", "下级的话", "管什么")
_STRENGTHS: Mapping[str, Strength] = {str(strength): strength for strength in (CLEAR, OPEN)}


def read_quoted(folder: Path, documents: Sequence[Document]) -> tuple[GoldPair, ...]:
    """The judged pairs in `folder`, in the order of the file; `SuiteError` where one is wrong or there is none."""
    path = folder / PAIRS
    ordered = by_level(documents)
    said = {clause.clause_id: _close(clause.text) for document in ordered for clause in document.clauses}
    rank = {clause_id: n for n, document in enumerate(ordered) for clause_id in document.by_id}
    found: dict[tuple[str, str], GoldPair] = {}
    for number, line in enumerate(_read(path).split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        strength, one, other, why = _fields(line, path, number)
        pair = _clause(one, said, path, number, FIELDS[1]), _clause(other, said, path, number, FIELDS[2])
        if rank[pair[0]] >= rank[pair[1]]:
            raise SuiteError(f"“{one}”的文件层级应高于“{other}”的。请对调两栏。", path, number, FIELDS[1])
        if pair in found:
            raise SuiteError(f"“{one}”和“{other}”所在的两条已经写过。请删去一行。", path, number, FIELDS[1])
        found[pair] = GoldPair(*pair, strength, "dev", why)
    if not found:
        raise SuiteError(f"文件里没有判定；每行写{'、'.join(FIELDS)}，用制表符隔开。", path)
    return tuple(found.values())


def _fields(line: str, path: Path, number: int) -> tuple[Strength, str, str, str]:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != len(FIELDS):
        message = f"有 {len(cells)} 栏，应有 {len(FIELDS)} 栏：{'、'.join(FIELDS)}，用制表符隔开。请改正。"
        raise SuiteError(message, path, number)
    if cells[0] not in _STRENGTHS:
        message = f"程度是“{cells[0]}”，应为 2（同一事项）或 1（两可）。请改正。"
        raise SuiteError(message, path, number, FIELDS[0])
    return _STRENGTHS[cells[0]], cells[1], cells[2], cells[3]


def _clause(words: str, said: Mapping[str, str], path: Path, number: int, field: str) -> str:
    """The id of the one clause that these words stand in, blanks and line breaks apart."""
    sought = _close(words)
    found = [clause_id for clause_id, text in said.items() if sought and sought in text]
    if len(found) != 1:
        where = f"在 {len(found)} 条里都有（{'、'.join(found)}）" if found else "哪一条里都没有"
        message = f"“{words}”{where}，应只在一条里有。请照抄一段别处没有的原文。"
        raise SuiteError(message, path, number, field)
    return found[0]


def _close(text: str) -> str:
    return "".join(text.split())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SuiteError(f"读不出来（{reason(error)}）；请检查目录，或换一个。", path) from error
    except UnicodeDecodeError as error:
        raise SuiteError("不是 UTF-8 编码；请另存为 UTF-8 后重试。", path) from error
