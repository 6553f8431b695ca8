"""BEIR folders (Thakur et al. 2021) in and out: public benchmarks as suites, our suites for other people's tools.

A folder holds ``corpus.jsonl`` (``_id``, ``title``, ``text``), ``queries.jsonl`` (``_id``, ``text``) and
``qrels/SPLIT.tsv`` (query-id, corpus-id, score, with a header line); each may be gzipped (``.gz``).

Read, it is a corpus of its own: one document, `beir`, with one clause a passage, ``beir/<_id>``; its title is its
heading. Questions are those that the split judges relevant passages for, all of type `single`; gold has no quotes,
and scores of 0 and below are not gold. Anything that does not fit is a `SuiteError`.
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec
from platformdirs import user_cache_path

from corpus.errors import SuiteError, reason
from corpus.model import Clause, Corpus, Document, Metadata, Sentence
from corpus.sentences import paragraphs, sentences
from corpus.vocabulary import user_words
from eval.model import Gold, Question, Suite
from eval.wording import field_of, in_chinese
from indexer.encoder import available_encoder
from indexer.reranker import available_reranker
from indexer.store import CorpusReader, open_index
from search.engine import Engine, EngineConfig

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from indexer.build import Progress

DOCUMENT = "beir"
"""The `doc_id` of the passages."""
_READER = 1
"""Of what passages become here; counts up when it changes, so that stored indexes are built again."""
_HEADER = "query-id\tcorpus-id\tscore"
_STEP = 2000

_Id = Annotated[str, msgspec.Meta(min_length=1)]


class _Passage(msgspec.Struct):
    id: _Id = msgspec.field(name="_id")
    text: str
    title: str = ""


class _Query(msgspec.Struct):
    id: _Id = msgspec.field(name="_id")
    text: str


_Line = TypeVar("_Line", _Passage, _Query)


def load_beir(folder: Path, split: str | None = None) -> tuple[Corpus, Suite]:
    """The passages of a BEIR folder and the questions of one of its splits (None: `test`, else the only one there is).

    Raises `SuiteError`.
    """
    corpus = load_passages(folder)
    (document,) = corpus.documents
    return corpus, load_questions(folder, split, document.by_id)


def open_beir(
    folder: Path,
    *,
    index_dir: Path | None = None,
    model: str | None = None,
    reranker: str | None = None,
    config: EngineConfig | None = None,
    progress: Progress | None = None,
) -> Engine:
    """An engine over the passages, their index built first where needed; `index_dir`: None for the user's cache.

    Raises `SuiteError`, and what `search.open_engine` does.
    """
    settings = config or EngineConfig()
    reader = CorpusReader(
        fingerprint=fingerprint, load=lambda path: load_passages(path, progress), user_words=user_words
    )
    name = hashlib.sha256(str(folder.resolve()).encode(errors="surrogateescape")).hexdigest()[:16]
    directory = index_dir or user_cache_path("clauselens") / f"beir-{name}"
    return Engine(
        open_index(folder, reader, settings.index, available_encoder(model), index_dir=directory, progress=progress),
        settings,
        reranker=available_reranker(reranker),
    )


def fingerprint(folder: Path) -> str:
    """Changes when the file of the passages does."""
    path = _file(folder, "corpus.jsonl")
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SuiteError(f"文件读不出来（{reason(error)}）；请检查路径和权限。", path) from error
    return f"beir {_READER} {folder.resolve().name} {digest}"


def load_passages(folder: Path, progress: Progress | None = None) -> Corpus:
    """The passages as a corpus of one document. Raises `SuiteError`."""
    path = _file(folder, "corpus.jsonl")
    passages = _decoded(path, _Passage)
    if not passages:
        raise SuiteError("文件里没有段落；每行写一个 JSON 对象，含 _id、title、text。", path)
    clauses: list[Clause] = []
    texts: list[str] = []
    start = 0
    for number, passage in enumerate(passages.values(), start=1):
        clause = _clause(passage, start)
        clauses.append(clause)
        texts.append(clause.text)
        start = clause.end + 1
        if progress is not None and (number % _STEP == 0 or number == len(passages)):
            progress("读入段落", number, len(passages))
    name = folder.resolve().name
    document = Document(
        doc_id=DOCUMENT,
        path=path.name,
        sha256=hashlib.sha256("\n".join(texts).encode(errors="surrogatepass")).hexdigest(),
        encoding="utf-8",
        text="\n".join(texts),
        runs=(),
        metadata=Metadata(title=name, short_name=name),
        nodes=(),
        clauses=tuple(clauses),
    )
    return Corpus(folder, (document,), fingerprint(folder))


def load_questions(folder: Path, split: str | None, clause_ids: Collection[str]) -> Suite:
    """The questions of a split, in the order of ``queries.jsonl``; `clause_ids`: of the passages that are held.

    `split`: None for `test`, else the only one there is. Raises `SuiteError` where the split is not there, judges
    nothing, or judges what is not there.
    """
    queries = _decoded(_file(folder, "queries.jsonl"), _Query)
    path = _qrels_file(folder, split)
    name = path.name.partition(".tsv")[0]
    gold: dict[str, dict[str, Gold]] = {}
    judged = False
    for number, query_id, passage_id, score in _judgments(path):
        judged = True
        clause_id = f"{DOCUMENT}/{passage_id}"
        if query_id not in queries:
            raise SuiteError(f"问题“{query_id}”不在 queries.jsonl 里。请补上，或删去这一行。", path, number, "query-id")
        if clause_id not in clause_ids:
            raise SuiteError(
                f"段落“{passage_id}”不在 corpus.jsonl 里。请补上，或删去这一行。", path, number, "corpus-id"
            )
        if score > 0:
            gold.setdefault(query_id, {})[clause_id] = Gold(DOCUMENT, clause_id, "", 0, 0, score)
    if not gold:
        said = "里面的分数都不大于 0" if judged else "里面没有判定"
        raise SuiteError(f"{said}；每行应是 query-id、corpus-id、score，以制表符分开。", path)
    questions = tuple(
        Question(query.id, "single", query.text, gold=tuple(gold[query.id].values()), split=name)
        for query in queries.values()
        if query.id in gold
    )
    title = folder.resolve().name
    return Suite(title, f"{title}（BEIR）", "", title, "检索", "", path.name, questions)


def write_beir(suite: Suite, documents: Sequence[Document], folder: Path) -> None:
    """Write a suite as a BEIR folder: each clause a passage, each split of the suite a file of judgments.

    ``_id`` is the `clause_id`; questions of a split without gold are in ``queries.jsonl`` alone. What earlier
    questions of a dialogue said stands in front of a question, a blank between. Raises `SuiteError` where it cannot
    be written.
    """
    passages = [
        {"_id": clause.clause_id, "title": clause.heading, "text": clause.text}
        for document in documents
        for clause in document.clauses
    ]
    queries = [{"_id": q.query_id, "text": " ".join((*q.history, q.text))} for q in suite.questions]
    judged: dict[str, list[str]] = {}
    for question in suite.questions:
        rows = judged.setdefault(question.split, [])
        rows += (f"{question.query_id}\t{clause_id}\t{grade}" for clause_id, grade in question.grades.items())
    try:
        (folder / "qrels").mkdir(parents=True, exist_ok=True)
        (folder / "corpus.jsonl").write_bytes(_lines_of(passages))
        (folder / "queries.jsonl").write_bytes(_lines_of(queries))
        for split, rows in judged.items():
            (folder / "qrels" / f"{split}.tsv").write_text("\n".join((_HEADER, *rows, "")), encoding="utf-8")
    except OSError as error:
        raise SuiteError(f"写不进去（{reason(error)}）。请换一个能写的位置。", folder) from error


def _clause(passage: _Passage, start: int) -> Clause:
    title, text = passage.title.strip(), passage.text.strip()
    whole = "\n".join(part for part in (title, text) if part)
    after = len(title) + 1 if title and text else 0
    heading = (Sentence(start, start + len(title), 0, is_heading=True),) if after else ()
    body = tuple(
        Sentence(start + span.start, start + span.end, number + len(heading))
        for number, paragraph in enumerate(paragraphs(whole, after, len(whole)))
        for span in sentences(whole, paragraph.start, paragraph.end)
    )
    return Clause(
        clause_id=f"{DOCUMENT}/{passage.id}",
        doc_id=DOCUMENT,
        kind="clause",
        label="",
        heading=title,
        trail=(),
        text=whole,
        start=start,
        end=start + len(whole),
        body=start,
        raw=(),
        sentences=heading + body,
    )


def _decoded(path: Path, kind: type[_Line]) -> dict[str, _Line]:
    decoder = msgspec.json.Decoder(kind)
    decoded: dict[str, _Line] = {}
    for number, line in _lines(path):
        entry = _entry(line, decoder, path, number)
        if entry.id in decoded:
            raise SuiteError(f"_id“{entry.id}”重复；每个 _id 必须唯一。", path, number, "_id")
        decoded[entry.id] = entry
    return decoded


def _entry(line: str, decoder: msgspec.json.Decoder[_Line], path: Path, number: int) -> _Line:
    try:
        return decoder.decode(line)
    except msgspec.ValidationError as error:
        field = field_of(error)
        raise SuiteError(f"字段 {field}：{in_chinese(error)}。", path, number, field) from error
    except msgspec.DecodeError as error:
        message = f"不是合格的 JSON：{in_chinese(error)}。每行写一个完整的 JSON 对象。"
        raise SuiteError(message, path, number) from error


def _judgments(path: Path) -> Iterator[tuple[int, str, str, int]]:
    """(line, query, passage, score) of each judgment."""
    for number, line in _lines(path):
        fields = line.split("\t")
        if number == 1 and line.strip().lower().startswith("query-id"):
            continue
        if len(fields) != 3 or not all(fields[:2]):
            raise SuiteError("应当是 query-id、corpus-id、score 三栏，以制表符分开。", path, number)
        try:
            yield number, fields[0], fields[1], int(fields[2])
        except ValueError as error:
            raise SuiteError(f"score 是“{fields[2]}”，应当是整数。", path, number, "score") from error


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    open_text: Callable[..., Any] = gzip.open if path.suffix == ".gz" else Path.open
    try:
        with open_text(path, "rt", encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except (gzip.BadGzipFile, EOFError) as error:
        raise SuiteError("不是完整的 gzip 文件；请重新取得。", path) from error
    except UnicodeDecodeError as error:
        raise SuiteError("不是 UTF-8 编码；请另存为 UTF-8 后重试。", path) from error
    except OSError as error:
        raise SuiteError(f"文件读不出来（{reason(error)}）；请检查路径和权限。", path) from error


def _file(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise SuiteError(f"没有 {name}（或 {name}.gz）。BEIR 目录应有 corpus.jsonl、queries.jsonl、qrels/。", folder)


def _qrels_file(folder: Path, split: str | None) -> Path:
    paths = (path for path in (folder / "qrels").glob("*.tsv*") if path.suffix in {".tsv", ".gz"})
    held = {path.name.partition(".tsv")[0]: path for path in sorted(paths, reverse=True)}
    wanted = split or (next(iter(held)) if len(held) == 1 else "test")
    if wanted not in held:
        message = (
            f"qrels/ 里没有 {wanted}.tsv（或 .tsv.gz）。现有：{'、'.join(sorted(held)) or '无'}。请用 --split 指定。"
        )
        raise SuiteError(message, folder)
    return held[wanted]


def _lines_of(entries: list[dict[str, str]]) -> bytes:
    return b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)
