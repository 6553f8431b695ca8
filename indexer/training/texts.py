"""What the encoder learns from: statute articles with questions (a BEIR folder), policy texts, written questions."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import CorpusError, reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

_SENTENCE_END = re.compile(r"(?<=[。；！？])|\n+")
_SHORTEST_SENTENCE = 6
"""Characters; what is shorter (a number, a name in a table) says too little to look for."""
_HELD_BACK_PERCENT = 20
_HELD_BACK_WRITTEN_PERCENT = 10


@dataclass(frozen=True, slots=True)
class Passage:
    """A statute article, or one paragraph of a policy text, whose `passage_id` is file and line: ``04:17``."""

    passage_id: str
    title: str
    text: str
    held_back: bool = False
    """Whether it is kept for measuring: a fifth of the policy texts, each as a whole."""

    @property
    def whole(self) -> str:
        """Title and text, as the passage is encoded."""
        return f"{self.title}\n{self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class Question:
    """A layperson's question with the ids of the passages that answer it."""

    text: str
    golds: tuple[str, ...]
    held_back: bool = False
    """Whether it is kept for measuring, decided by its text or passage alone and so for good."""


def bucket(text: str) -> int:
    """0 to 99, decided by `text` alone: what is dealt out by it stays where it is when other texts come or go."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 100


@dataclass(frozen=True, slots=True)
class Statutes:
    """Articles in file order, and the questions judged on them in file order (none without `qrels/`)."""

    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]


def read_statutes(folder: Path) -> Statutes:
    """Read a BEIR folder: `corpus.jsonl` or `corpus.jsonl.gz`, `queries.jsonl` and `qrels/train.tsv` if there.

    Raises `CorpusError` naming the file that is missing or has a wrong line.
    """
    path = next((p for p in (folder / "corpus.jsonl.gz", folder / "corpus.jsonl") if p.is_file()), None)
    if path is None:
        raise CorpusError(
            f"{folder} 中没有 corpus.jsonl.gz 或 corpus.jsonl，应为 BEIR 格式的目录，请检查 --statutes", folder
        )
    passages = tuple(Passage(row["_id"], row.get("title", ""), row["text"]) for row in _rows(path, ("_id", "text")))
    if not passages:
        raise CorpusError(f"{path} 中没有条文，应每行一条 JSON", path)
    return Statutes(passages, _read_questions(folder, {passage.passage_id for passage in passages}))


def _read_questions(folder: Path, known: AbstractSet[str]) -> tuple[Question, ...]:
    queries, qrels = folder / "queries.jsonl", folder / "qrels" / "train.tsv"
    if not (queries.is_file() and qrels.is_file()):
        return ()
    golds: dict[str, list[str]] = {}
    for number, line in enumerate(qrels.read_text(encoding="utf-8").splitlines()[1:], start=2):
        query_id, passage_id, grade = _judgment(line, qrels, number)
        if passage_id not in known:
            raise CorpusError(f"{qrels} 第 {number} 行的条文 {passage_id} 不在条文文件里", qrels)
        if grade > 0:
            golds.setdefault(query_id, []).append(passage_id)
    return tuple(
        Question(row["text"], tuple(golds[row["_id"]]), bucket(row["text"]) < _HELD_BACK_PERCENT)
        for row in _rows(queries, ("_id", "text"))
        if row["_id"] in golds
    )


def _judgment(line: str, path: Path, number: int) -> tuple[str, str, int]:
    cells = line.split("\t")
    if len(cells) != 3 or not cells[2].isdigit():
        expected = "提问编号、条文编号、等级（非负整数），以制表符分隔"
        raise CorpusError(f"{path} 第 {number} 行是“{line}”，应为：{expected}", path)
    return cells[0], cells[1], int(cells[2])


def _rows(path: Path, fields: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for _, row in numbered_rows(path, fields):
        yield row


def numbered_rows(path: Path, fields: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read the JSON objects of a file, gzipped or not, each with its line number, blank lines passed over.

    Raises `CorpusError` where the file cannot be read or a line is no object with `fields`, all of them text.
    """
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except (gzip.BadGzipFile, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} 不能解压或不是 UTF-8（{error}），请重新获取", path) from error
    except OSError as error:
        raise CorpusError(f"{path} 读不出来（{reason(error)}），请检查路径", path) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CorpusError(f"{path} 第 {number} 行不是 JSON：{error.msg}", path) from error
        if not isinstance(row, dict):
            raise CorpusError(f"{path} 第 {number} 行应是一个 JSON 对象（用 {{}} 括起来的）", path)
        missing = [field for field in fields if not isinstance(row.get(field), str)]
        if missing:
            raise CorpusError(f"{path} 第 {number} 行缺少字段 {'、'.join(missing)}（应为字符串）", path)
        yield number, row


def questions_of(row: Mapping[str, Any], path: Path, number: int) -> list[str]:
    """Read the `questions` of a row; raises `CorpusError` where they are no list of texts."""
    texts = row.get("questions")
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise CorpusError(f"{path} 第 {number} 行的 questions 应为一列文字", path)
    return texts


def read_policies(folder: Path) -> tuple[Passage, ...]:
    """Read the paragraphs of every `*.txt` (UTF-8) in `folder`, files by name, a line a paragraph.

    Raises `CorpusError` where there is no such file.
    """
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise CorpusError(f"{folder} 中没有 .txt 文件，请检查 --policies", folder)
    return tuple(passage for path in files for passage in _paragraphs(path))


def _paragraphs(path: Path) -> Iterator[Passage]:
    text = path.read_text(encoding="utf-8-sig")
    held_back = bucket(text) < _HELD_BACK_PERCENT
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line.strip()) >= _SHORTEST_SENTENCE:
            yield Passage(f"{path.stem}:{number}", "", line.strip(), held_back)


def read_written(path: Path, passages: Mapping[str, Passage]) -> tuple[Question, ...]:
    """Read the written questions on `passages` (by id), in file order; those on a passage held back are held back.

    Raises `CorpusError` where a line is wrong or names a passage that is not there.
    """
    questions: list[Question] = []
    for number, row in numbered_rows(path, ("passage",)):
        passage_id = row["passage"]
        if passage_id not in passages:
            problem = f"{path} 第 {number} 行的条文 {passage_id} 不在所给的文本里"
            raise CorpusError(f"{problem}，请检查 --statutes、--policies，或用 --written 另指自写提问", path)
        held_back = passages[passage_id].held_back or bucket(passage_id) < _HELD_BACK_WRITTEN_PERCENT
        questions.extend(Question(text, (passage_id,), held_back) for text in questions_of(row, path, number))
    return tuple(questions)


def sentences(text: str) -> tuple[str, ...]:
    """Give the sentences of `text` that are long enough to stand alone, in order."""
    parts = (part.strip() for part in _SENTENCE_END.split(text))
    return tuple(part for part in parts if len(part) >= _SHORTEST_SENTENCE)
