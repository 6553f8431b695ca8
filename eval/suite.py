"""Suites of questions with judged quotes: read from a folder, checked whole, resolved to clauses.

A suite is a folder with ``suite.toml`` (`name`, `title`, `language`, `corpus`, `tests`, `licence`, `provenance`,
all strings) and ``questions.jsonl``, one JSON object a line::

    id        unique in the suite
    type      single | multi | compare | none | followup
    question  as a person types it
    history   earlier questions, oldest first; needed by followup, absent elsewhere
    gold      [{"doc", "quote", "grade"}]: verbatim words of that document, found in it exactly once (blanks and
              line breaks apart) and within one clause; grade 2 answers the question, 1 supports or is beside it;
              may be left out with type none
    silent    ids of documents that were read for this question and say nothing on it; may be left out
    none      only with type none: far (another topic) | near (the topic is there, this detail is not) |
              elsewhere (a place or document that is not held)
    expect    optional: the status of the right answer (answered | silent | not_held | no_basis)
    split     optional: dev | test; without it, see `eval.splits`

A document that is neither silent nor holds gold of grade 2 is not judged for the question. Quotes, not clause ids,
are stored, so that a suite outlives a change of segmentation. Anything that does not fit is a `SuiteError`.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import msgspec

from corpus.errors import QuestionError, SuiteError, reason
from eval.model import ANSWERS, Gold, Grade, NoneKind, Question, QuestionType, Split, Suite
from eval.splits import assign
from eval.wording import field_of, in_chinese
from search.model import Status
from search.question import check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.model import Document

SUITES = Path(__file__).parent / "suites"
"""Where the suites that ship with the project are kept."""

ABOUT, QUESTIONS = "suite.toml", "questions.jsonl"

_Filled = Annotated[str, msgspec.Meta(pattern=r"\S")]
_CHOICES = {
    "type": QuestionType,
    "none": NoneKind,
    "expect": Status,
    "split": Split,
    "grade": Grade,
}


class _About(msgspec.Struct, forbid_unknown_fields=True):
    name: _Filled
    title: _Filled
    language: _Filled
    corpus: _Filled
    tests: _Filled
    licence: _Filled
    provenance: _Filled


class _GoldLine(msgspec.Struct, forbid_unknown_fields=True):
    doc: str
    quote: _Filled
    grade: Grade


class _QuestionLine(msgspec.Struct, forbid_unknown_fields=True):
    id: _Filled
    type: QuestionType
    question: _Filled
    gold: list[_GoldLine] = []
    silent: list[str] = []
    history: list[_Filled] = []
    none: NoneKind | None = None
    expect: Status | None = None
    split: Split | None = None


def find_suite(name: str) -> Path:
    """The folder of the suite `name`: a suite that ships with the project, else a path.

    Raises `SuiteError` where there is neither.
    """
    for folder in (SUITES / name, Path(name)):
        if (folder / ABOUT).is_file():
            return folder
    shipped = "、".join(sorted(path.parent.name for path in SUITES.glob(f"*/{ABOUT}")))
    raise SuiteError(
        f"没有找到评测集（需要含 {ABOUT} 的文件夹）。随附的有：{shipped}；也可以给出文件夹路径。", Path(name)
    )


def load_suite(folder: Path, documents: Sequence[Document]) -> Suite:
    """The suite in `folder`, its gold resolved in `documents`, each question with its part (`Suite.part`).

    Raises `SuiteError` with file, line and field at the first thing that does not fit.
    """
    about = _read_about(folder / ABOUT)
    path = folder / QUESTIONS
    held = {document.doc_id: _Squeezed(document) for document in documents}
    questions: dict[str, Question] = {}
    named: dict[str, Split] = {}
    for number, line in _lines(path):
        raw = _decode(line, path, number)
        if raw.id in questions:
            raise SuiteError(f"编号“{raw.id}”重复；每个问题的 id 必须唯一。", path, number, "id")
        _check_together(raw, path, number)
        _check_silent(raw, held, path, number)
        questions[raw.id] = _question(raw, held, path, number)
        if raw.split is not None:
            named[raw.id] = raw.split
    if not questions:
        raise SuiteError("文件里没有问题；每行写一个 JSON 对象。", path)
    parts = assign(questions.values(), named)
    placed = tuple(replace(question, split=parts[query_id]) for query_id, question in questions.items())
    facts = msgspec.structs.asdict(about)
    return Suite(**facts, questions=placed)


def _read_about(path: Path) -> _About:
    try:
        table = tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        raise SuiteError(f"不是合格的 TOML：{in_chinese(error)}。请改正后重试。", path) from error
    try:
        return msgspec.convert(table, _About)
    except msgspec.ValidationError as error:
        field = field_of(error)
        wanted = "、".join(_About.__struct_fields__)
        raise SuiteError(f"{_at(field)}{in_chinese(error)}。要写的字段：{wanted}。", path, field=field) from error


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if line.strip():
            yield number, line


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SuiteError(f"文件读不出来（{reason(error)}）；请检查路径和权限。", path) from error
    except UnicodeDecodeError as error:
        raise SuiteError("不是 UTF-8 编码；请另存为 UTF-8 后重试。", path) from error


def _decode(line: str, path: Path, number: int) -> _QuestionLine:
    try:
        return msgspec.json.decode(line, type=_QuestionLine)
    except msgspec.ValidationError as error:
        field = field_of(error)
        choices = _CHOICES.get((field or "").rpartition(".")[2])
        known = f"；可写 {'、'.join(map(str, get_args(choices)))}" if choices is not None else ""
        message = f"{_at(field)}{in_chinese(error)}{known}。格式见 eval/suite.py 开头。"
        raise SuiteError(message, path, number, field) from error
    except msgspec.DecodeError as error:
        message = f"不是合格的 JSON：{in_chinese(error)}。每行写一个完整的 JSON 对象。"
        raise SuiteError(message, path, number) from error


def _at(field: str | None) -> str:
    return f"字段 {field}：" if field else ""


def _check_together(raw: _QuestionLine, path: Path, number: int) -> None:
    """What must hold between the fields of one line."""
    is_none = raw.type == "none"
    if is_none != (raw.none is not None):
        raise SuiteError("none（far、near 或 elsewhere）与类型 none 必须同时出现。", path, number, "none")
    if is_none and raw.gold:
        raise SuiteError("类型 none 的问题没有依据，gold 必须为空。", path, number, "gold")
    if not is_none and not any(gold.grade == ANSWERS for gold in raw.gold):
        raise SuiteError("可回答的问题至少要有一条 grade 为 2 的依据。", path, number, "gold")
    if (raw.type == "followup") != bool(raw.history):
        raise SuiteError("history 与类型 followup 必须同时出现。", path, number, "history")
    if raw.expect is not None and is_none == (raw.expect == "answered"):
        raise SuiteError(f"expect 写的是“{raw.expect}”，与类型“{raw.type}”矛盾。", path, number, "expect")


def _check_silent(raw: _QuestionLine, documents: dict[str, _Squeezed], path: Path, number: int) -> None:
    with_gold = {gold.doc for gold in raw.gold}
    for doc_id in raw.silent:
        _held(doc_id, documents, path, number, "silent")
        if doc_id in with_gold:
            raise SuiteError(f"文件“{doc_id}”既列为未规定又有依据，请去掉一处。", path, number, "silent")


def _held(doc_id: str, documents: dict[str, _Squeezed], path: Path, number: int, field: str) -> _Squeezed:
    if doc_id not in documents:
        known = "、".join(documents)
        raise SuiteError(f"文件“{doc_id}”不在语料中；已收录：{known}。", path, number, field)
    return documents[doc_id]


def _question(raw: _QuestionLine, documents: dict[str, _Squeezed], path: Path, number: int) -> Question:
    gold = tuple(
        _held(gold.doc, documents, path, number, "gold").resolve(gold, path, number, f"gold[{place}].quote")
        for place, gold in enumerate(raw.gold)
    )
    for field, texts in (("question", (raw.question,)), ("history", raw.history)):
        for text in texts:
            _check_asked(text, path, number, field)
    return Question(raw.id, raw.type, raw.question, tuple(raw.history), gold, tuple(raw.silent), raw.none, raw.expect)


def _check_asked(text: str, path: Path, number: int, field: str) -> None:
    try:
        check(text)
    except QuestionError as error:
        raise SuiteError(str(error), path, number, field) from error


class _Squeezed:
    """A document's text without blanks, and where each character of it stands."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.places = [place for place, char in enumerate(document.text) if not char.isspace()]
        self.text = "".join(document.text[place] for place in self.places)

    def resolve(self, gold: _GoldLine, path: Path, number: int, field: str) -> Gold:
        """The span and clause of a quote; `SuiteError` where it is not found, found twice or crosses clauses."""
        words = "".join(gold.quote.split())
        first = self.text.find(words)
        doc_id = self.document.doc_id
        if first < 0:
            near = self._nearest(words)
            raise SuiteError(f"“{doc_id}”里没有“{gold.quote}”；最接近的原文是“{near}”。", path, number, field)
        start, end = self.places[first], self.places[first + len(words) - 1] + 1
        clause = self.document.clause_at(start)
        again = self.text.find(words, first + 1)
        if again >= 0:
            other = self.document.clause_at(self.places[again])
            where = f"{clause.clause_id} 和 {other.clause_id}"
            message = f"“{gold.quote}”在“{doc_id}”里不止一处（{where}）；请摘得长一些。"
            raise SuiteError(message, path, number, field)
        if end > clause.end:
            message = f"“{gold.quote}”跨越了 {clause.clause_id} 的结尾；请只摘一条里的文字。"
            raise SuiteError(message, path, number, field)
        return Gold(doc_id, clause.clause_id, self.document.text[start:end], start, end, gold.grade)

    def _nearest(self, words: str) -> str:
        """The stretch of text, as long as `words`, round the longest run of characters they share."""
        match = SequenceMatcher(None, self.text, words, autojunk=False).find_longest_match()
        start = max(0, match.a - match.b)
        return self.text[start : start + len(words)]
