"""What people judged of comparisons: the points of topics and the pairs of clauses that a suite brings, and reviews.

``points.jsonl`` of a suite, one JSON object a line::

    id         unique in the file
    topic      what is compared
    split      dev | test
    cells      document id → {"clause", "quote"}: verbatim words of that clause, blanks and line breaks apart; null for
               a silent text; at least one is not
    relations  [{"of", "to", "label", "reason", "alt"}]: the label of one text as seen towards another, both among the
               cells; `reason` and `alt` (other labels as defensible) may be left out

``alignment.jsonl`` of a suite, one JSON object a line::

    one       clause id, of the text of the higher level
    other     clause id of another text
    strength  2: both rule on the same matter; 1: may be seen either way
    split     dev | test: the same for all lines of one `one`
    why       what both rule on; optional

All pairs of clauses not listed are taken for no matches. What people reviewed in the corpus itself (`alignment.toml`)
is judged too, and wins over a line of the suite. Anything that does not fit is a `SuiteError` with file, line, field.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec

from corpus.errors import SuiteError, reason
from corpus.model import Document, Span
from eval.measures.comparison import JudgedRelation
from eval.model import Split
from eval.splits import SPLITS
from eval.wording import field_of, in_chinese
from search import Engine
from search.compare.align import by_level
from search.compare.model import Label
from search.compare.reviewed import Reviewed, read_reviewed
from search.compare.rule import Rule

POINTS, PAIRS = "points.jsonl", "alignment.jsonl"
Strength = Literal[0, 1, 2]
CLEAR: Literal[2] = 2
"""Strength of a pair that has to be found."""
OPEN: Literal[1] = 1
"""Strength of a pair that may be seen either way: it counts neither as right nor as wrong."""
APART: Literal[0] = 0
"""Strength of a pair that somebody looked at and found to be none."""

_Filled = Annotated[str, msgspec.Meta(pattern=r"\S")]
_Line = TypeVar("_Line", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class GoldPoint:
    """A judged point: the rule of each text, None where it is silent, and the labels of relations between them."""

    id: str
    topic: str
    split: Split
    cells: Mapping[str, Rule | None]
    """By document id."""
    relations: tuple[JudgedRelation, ...]
    line: int
    """Of the file, from 1."""

    @property
    def two_sided(self) -> tuple[JudgedRelation, ...]:
        """The relations between texts that both rule."""
        return tuple(each for each in self.relations if self.cells[each.of] and self.cells[each.to])


@dataclass(frozen=True, slots=True)
class GoldPair:
    """A judged pair of clauses, the higher text's first; `why`: of the suite, or the note of who reviewed it."""

    one: str
    other: str
    strength: Strength
    split: Split
    why: str = ""
    is_reviewed: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """Both clause ids."""
        return self.one, self.other


class _CellLine(msgspec.Struct, forbid_unknown_fields=True):
    clause: _Filled
    quote: _Filled


class _RelationLine(msgspec.Struct, forbid_unknown_fields=True):
    of: str
    to: str
    label: Label
    reason: str = ""
    alt: tuple[Label, ...] = ()


class _PointLine(msgspec.Struct, forbid_unknown_fields=True):
    id: _Filled
    topic: _Filled
    split: Split
    cells: dict[str, _CellLine | None]
    relations: list[_RelationLine]


class _PairLine(msgspec.Struct, forbid_unknown_fields=True):
    one: str
    other: str
    strength: Literal[1, 2]
    split: Split
    why: str = ""


def read_points(folder: Path, documents: Sequence[Document]) -> tuple[GoldPoint, ...]:
    """The judged points of the suite in `folder`, in the order of the file; `SuiteError` where one is wrong."""
    path = folder / POINTS
    held = {document.doc_id: document for document in documents}
    points: dict[str, GoldPoint] = {}
    for number, line in _lines(path, _PointLine):
        if line.id in points:
            raise SuiteError(f"字段 id：{line.id} 在前面写过，每个点的 id 应不同。请改一个。", path, number, "id")
        points[line.id] = _point(line, held, path, number)
    if not points:
        raise SuiteError("文件里没有判定；每行写一个 JSON 对象。", path)
    return tuple(points.values())


def read_pairs(folder: Path, documents: Sequence[Document]) -> tuple[GoldPair, ...]:
    """The judged pairs of the suite in `folder`, in the order of the file; `SuiteError` where one is wrong."""
    path = folder / PAIRS
    rank = _ranks(documents)
    found: dict[frozenset[str], GoldPair] = {}
    splits: dict[str, Split] = {}
    for number, line in _lines(path, _PairLine):
        pair = GoldPair(line.one, line.other, line.strength, line.split, line.why)
        for field in ("one", "other"):
            clause_id = getattr(pair, field)
            if clause_id not in rank:
                raise SuiteError(f"字段 {field}：没有条款“{clause_id}”。请改正编号。", path, number, field)
        if rank[pair.one] >= rank[pair.other]:
            message = f"字段 one：{pair.one} 的文件层级应高于 {pair.other} 的。请对调 one 和 other。"
            raise SuiteError(message, path, number, "one")
        if frozenset(pair.pair) in found:
            raise SuiteError(f"{pair.one} 和 {pair.other} 已经写过。请删去一行。", path, number, "one")
        if splits.setdefault(pair.one, pair.split) != pair.split:
            message = f"字段 split：{pair.one} 在前面属于 {splits[pair.one]}，这里是 {pair.split}。请改为一致。"
            raise SuiteError(message, path, number, "split")
        found[frozenset(pair.pair)] = pair
    if not found:
        raise SuiteError("文件里没有判定；每行写一个 JSON 对象。", path)
    return tuple(found.values())


def pairs_judged(folder: Path, engine: Engine) -> tuple[GoldPair, ...]:
    """The pairs of the suite in `folder` with what was reviewed in the corpus of `engine`; see `with_reviewed`.

    Raises `SuiteError` as `read_pairs` does, `ReviewedError` as `read_reviewed` does.
    """
    documents = engine.documents()
    pairs = read_pairs(folder, documents)
    reviewed = () if engine.folder is None else read_reviewed(engine.folder, documents)
    return with_reviewed(pairs, reviewed, documents)


def with_reviewed(
    pairs: Sequence[GoldPair], reviewed: Iterable[Reviewed], documents: Sequence[Document]
) -> tuple[GoldPair, ...]:
    """The pairs with what people reviewed in place of what was said of the same clauses, else behind them.

    A reviewed pair belongs to the split of its higher clause, as that is without the reviews.
    """
    rank, part = _ranks(documents), split_of(pairs)
    held = {pair.pair: pair for pair in pairs}
    for each in reviewed:
        one, other = sorted((each.one, each.other), key=rank.__getitem__)
        strength: Strength = CLEAR if each.verdict == "same" else APART
        held[one, other] = GoldPair(one, other, strength, part(one), each.note, is_reviewed=True)
    return tuple(held.values())


def split_of(pairs: Iterable[GoldPair]) -> Callable[[str], Split]:
    """Which split a clause `one` belongs to: that of its lines, else by the sha-256 of its id."""
    named = {each.one: each.split for each in pairs}

    def split(clause_id: str) -> Split:
        dealt = SPLITS[int(hashlib.sha256(clause_id.encode()).hexdigest(), 16) % 2]
        return named.get(clause_id, dealt)

    return split


def reviewed_counted(pairs: Iterable[GoldPair], split: str) -> str:
    """How many reviewed judgments count in a split, as a line to print."""
    held = [each.strength for each in pairs if each.is_reviewed and each.split == split]
    same = held.count(CLEAR)
    return f"计入语料里人工核对的 {len(held)} 对：同一事项 {same}，不是 {len(held) - same}。"


def _ranks(documents: Sequence[Document]) -> dict[str, int]:
    """The place of the text of each clause, by its id: the highest level first."""
    return {clause_id: n for n, document in enumerate(by_level(documents)) for clause_id in document.by_id}


def _point(line: _PointLine, documents: Mapping[str, Document], path: Path, number: int) -> GoldPoint:
    for doc_id in line.cells:
        if doc_id not in documents:
            message = f"字段 cells：文件“{doc_id}”不在语料中；已收录：{'、'.join(documents)}。"
            raise SuiteError(message, path, number, "cells")
    if not any(line.cells.values()):
        raise SuiteError("字段 cells：没有一份文件有规定。请至少写一格。", path, number, "cells")
    cells = {
        doc_id: None if cell is None else _rule(cell, documents[doc_id], path, number)
        for doc_id, cell in line.cells.items()
    }
    for place, each in enumerate(line.relations):
        for end in ("of", "to"):
            doc_id, field = getattr(each, end), f"relations[{place}].{end}"
            if doc_id not in cells:
                raise SuiteError(f"字段 {field}：cells 里没有“{doc_id}”。请补上这一格，或改正。", path, number, field)
        if each.of == each.to:
            field = f"relations[{place}].to"
            raise SuiteError(f"字段 {field}：of 和 to 都是 {each.of}，应是两份文件。请改正。", path, number, field)
    relations = tuple(JudgedRelation(line.id, each.of, each.to, each.label, each.alt) for each in line.relations)
    return GoldPoint(line.id, line.topic, line.split, cells, relations, number)


def _rule(cell: _CellLine, document: Document, path: Path, number: int) -> Rule:
    """The quote where it first stands in its clause, blanks and line breaks apart."""
    at = f"cells.{document.doc_id}"
    clause = document.by_id.get(cell.clause)
    if clause is None:
        message = f"字段 {at}.clause：“{document.doc_id}”没有条款“{cell.clause}”；请核对编号。"
        raise SuiteError(message, path, number, f"{at}.clause")
    places = [place for place in range(clause.start, clause.end) if not document.text[place].isspace()]
    words = "".join(cell.quote.split())
    first = "".join(document.text[place] for place in places).find(words)
    if first < 0:
        message = f"字段 {at}.quote：“{cell.clause}”里没有“{cell.quote}”；请照抄原文。"
        raise SuiteError(message, path, number, f"{at}.quote")
    span = Span(places[first], places[first + len(words) - 1] + 1)
    return Rule(document, span, document.text[span.start : span.end])


def _lines(path: Path, kind: type[_Line]) -> Iterator[tuple[int, _Line]]:
    """(number from 1, what stands there) of each line that is not blank."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"对照的标准答案读不出来（{reason(error)}）；请检查评测集的目录，或换一个评测集。"
        raise SuiteError(message, path) from error
    except UnicodeDecodeError as error:
        raise SuiteError("不是 UTF-8 编码；请另存为 UTF-8 后重试。", path) from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _decoded(line, kind, path, number)


def _decoded(line: str, kind: type[_Line], path: Path, number: int) -> _Line:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.ValidationError as error:
        field = field_of(error)
        at = f"字段 {field}：" if field else ""
        raise SuiteError(f"{at}{in_chinese(error)}。格式见 eval/gold.py 开头。", path, number, field) from error
    except msgspec.DecodeError as error:
        message = f"不是合格的 JSON：{in_chinese(error)}。每行写一个完整的 JSON 对象。"
        raise SuiteError(message, path, number) from error
