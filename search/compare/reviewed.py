"""`alignment.toml` in a corpus folder: which clauses people found to rule on the same matter, or not.

::

    [[match]]
    one = "east/3/7"
    other = "west/2"
    verdict = "same"               # or "different"
    note = "都管考勤"               # optional
    quote_one = "（七）工作时间。单位应"    # the first 12 characters of each, so that a changed text is noticed
    quote_other = "二、考勤。各单位应当"

The tool writes it and people may: comments, order and whatever else they put there stay.
"""

from __future__ import annotations

import logging
import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import tomlkit
from filelock import FileLock
from tomlkit.items import AoT

from corpus.errors import QuestionError, ReviewedError, reason
from corpus.model import Clause, Document

_log = logging.getLogger(__name__)

REVIEWED = "alignment.toml"
QUOTE = 12
"""Characters of a clause, blanks apart, that are kept to know it again."""
_SHOWN = 5
"""Clauses of a chapter that are named where the chapter was."""
Verdict = Literal["same", "different"]
_NEEDED = ("one", "other", "verdict", "quote_one", "quote_other")
_FIELDS = ("one", "other", "verdict", "note", "quote_one", "quote_other")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a person found about two clauses, of different documents, by `clause_id`."""

    one: str
    other: str
    verdict: Verdict
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A `[[match]]` of the file, the `number`-th, from 1; `stale`: why it is not applied (Chinese), None if it is."""

    reviewed: Reviewed
    number: int
    stale: str | None = None


def read_reviewed(folder: Path, documents: Sequence[Document]) -> tuple[Reviewed, ...]:
    """What was reviewed in the corpus in `folder` and applies, in the order of the file; () where there is no file.

    An entry is left out, with a warning in the log, whose clause is no longer there or begins otherwise than it did.
    Raises `ReviewedError` for a file that cannot be read or an entry that does not fit.
    """
    kept = []
    for entry in read_entries(folder, documents):
        if entry.stale is None:
            kept.append(entry.reviewed)
        else:
            _log.warning(
                "%s 第 %d 个 [[match]]：%s，这一条没有用上。请核对后改正或删去。",
                folder / REVIEWED, entry.number, entry.stale,
            )  # fmt: skip
    return tuple(kept)


def read_entries(folder: Path, documents: Sequence[Document]) -> tuple[Entry, ...]:
    """Every entry of the corpus in `folder`, those that are not applied too, in the order of the file.

    Raises `ReviewedError` as `read_reviewed` does.
    """
    clauses = _clauses(documents)
    return tuple(
        Entry(
            Reviewed(table["one"], table["other"], table["verdict"], table.get("note", "")),
            number,
            _stale(table, clauses),
        )
        for number, table in enumerate(_tables(folder / REVIEWED), 1)
    )


def add_reviewed(folder: Path, documents: Sequence[Document], reviewed: Reviewed) -> None:
    """Keep what a person found in the corpus in `folder`, in place of what was said of the same two clauses.

    Raises `QuestionError` where a clause is not held, both are of one text or the note is no text, `ReviewedError` as
    `read_reviewed` and where the file cannot be written.
    """
    clauses = _clauses(documents)
    _check_added(reviewed, clauses)
    entry = {
        "one": reviewed.one,
        "other": reviewed.other,
        "verdict": reviewed.verdict,
        "note": reviewed.note,
        "quote_one": _quote(clauses[reviewed.one]),
        "quote_other": _quote(clauses[reviewed.other]),
    }
    path = folder / REVIEWED
    with _locked(path):
        data, matches = _document(path)
        for table in (table for table in matches if _is_of(table, reviewed.one, reviewed.other)):
            table.update(entry)
            break
        else:
            matches.append(tomlkit.item(entry))
        _write(path, tomlkit.dumps(data))


def remove_reviewed(folder: Path, one: str, other: str) -> bool:
    """Drop what was said of two clauses, whichever is named first; whether there was anything.

    Raises `ReviewedError` as `add_reviewed` does.
    """
    path = folder / REVIEWED
    with _locked(path):
        data, matches = _document(path)
        places = [place for place, table in enumerate(matches) if _is_of(table, one, other)]
        for place in reversed(places):
            del matches[place]
        if places:
            _write(path, tomlkit.dumps(data))
    return bool(places)


def _clauses(documents: Sequence[Document]) -> dict[str, Clause]:
    return {clause.clause_id: clause for document in documents for clause in document.clauses}


def _check_added(reviewed: Reviewed, clauses: Mapping[str, Clause]) -> None:
    for clause_id in (reviewed.one, reviewed.other):
        if clause_id not in clauses:
            raise QuestionError(_no_clause(clause_id, clauses))
    if clauses[reviewed.one].doc_id == clauses[reviewed.other].doc_id:
        raise QuestionError(f"{reviewed.one} 和 {reviewed.other} 在同一份文件里，对照要用两份文件的条款。请改选一条。")
    try:
        reviewed.note.encode()
    except UnicodeEncodeError as error:
        raise QuestionError("备注里有不是文字的字节。请改用 UTF-8 编码的文字。") from error


def _no_clause(clause_id: str, clauses: Mapping[str, Clause]) -> str:
    """What to say where no clause has that id; it may be that of a chapter, or of a paragraph of one."""
    within = [held for held in clauses if held.startswith(f"{clause_id}/")]
    whole, _, paragraph = clause_id.partition("#")
    if within and "/" in clause_id:
        shown = "、".join(within[:_SHOWN]) + ("等" if len(within) > _SHOWN else "")
        return f"{clause_id} 是章节，不是条款；其中有 {shown}，共 {len(within)} 条。请写其中一条。"
    if paragraph and whole in clauses:
        return f"{clause_id} 是一款，对应以整条为准。请写 {whole}。"
    doc_ids = list(dict.fromkeys(clause.doc_id for clause in clauses.values()))
    doc_id = clause_id.partition("/")[0]
    known = "" if doc_id in doc_ids else f"没有编号为 {doc_id or '（空）'} 的文件，现有：{'、'.join(doc_ids)}。"
    return f"没有编号为 {clause_id} 的条款。{known}请用 clauselens clauses 查看现有的编号。"


def _quote(clause: Clause) -> str:
    return "".join(clause.body_text.split())[:QUOTE]


def _is_of(table: Mapping[str, Any], one: str, other: str) -> bool:
    return {table.get("one"), table.get("other")} == {one, other}


def _stale(table: Mapping[str, Any], clauses: Mapping[str, Clause]) -> str | None:
    """What no longer fits an entry, in words; None if nothing."""
    for name, quoted in (("one", "quote_one"), ("other", "quote_other")):
        clause = clauses.get(table[name])
        if clause is None:
            return f"没有条款 {table[name]}"
        if _quote(clause) != "".join(table[quoted].split()):
            return f"{table[name]} 现在以“{_quote(clause)}”开头，记下时是“{table[quoted]}”"
    if clauses[table["one"]].doc_id == clauses[table["other"]].doc_id:
        return f"{table['one']} 和 {table['other']} 在同一份文件里"
    return None


def _tables(path: Path) -> list[dict[str, Any]]:
    """The `[[match]]` tables, checked; [] where there is no file."""
    text = _read(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ReviewedError(f"不是正确的 TOML（{error}）。请按这个位置改正。", path) from error
    for name in data:
        if name != "match":
            raise ReviewedError(f"有不认识的项目“{name}”，顶层只能有 [[match]]。请删去或改正。", path, field=name)
    tables = data.get("match", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ReviewedError("“match”不是一节一节的。请写成 [[match]]（双方括号），每对条款一节。", path, field="match")
    first: dict[frozenset[str], int] = {}
    for number, table in enumerate(tables, 1):
        _check(table, path, number)
        before = first.setdefault(frozenset((table["one"], table["other"])), number)
        if before != number:
            raise ReviewedError(f"与第 {before} 个说的是同一对条款，每对只能有一节。请删去一节。", path, number, "one")
    return tables


def _check(table: Mapping[str, object], path: Path, number: int) -> None:
    for name, value in table.items():
        if name not in _FIELDS:
            message = f"有不认识的字段“{name}”。可用的字段是 {'、'.join(_FIELDS)}；请改正拼写或删去。"
            raise ReviewedError(message, path, number, name)
        if not isinstance(value, str) or (name in _NEEDED and not value.strip()):
            raise ReviewedError(f"“{name}”应是加引号的非空文字，却是 {value!r}。请改正。", path, number, name)
    for name in _NEEDED:
        if name not in table:
            raise ReviewedError(f'缺少“{name}”。请补上 {name} = "…"。', path, number, name)
    if table["verdict"] not in get_args(Verdict):
        found = table["verdict"]
        message = f"verdict“{found}”不对，只能是 same（同一事项）或 different（不是）。请改正。"
        raise ReviewedError(message, path, number, "verdict")
    if table["one"] == table["other"]:
        raise ReviewedError(f"one 和 other 都是 {table['one']}，应是两条条款。请改正。", path, number, "other")


def _document(path: Path) -> tuple[tomlkit.TOMLDocument, AoT]:
    """The file as people wrote it, and its `[[match]]` tables; checked, since nothing is added to what is broken."""
    _tables(path)
    data = tomlkit.parse(_read(path))
    if "match" not in data:
        data["match"] = tomlkit.aot()
    if not isinstance(data["match"], AoT):
        raise ReviewedError("“match”写在了一行里。请写成 [[match]]，每对条款一节。", path, field="match")
    return data, data["match"]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except OSError as error:
        raise ReviewedError(f"读不出来（{reason(error)}）。请检查读取权限。", path) from error
    except UnicodeDecodeError as error:
        raise ReviewedError("不是 UTF-8 编码。请另存为 UTF-8 后重试。", path) from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Two that write take turns, so that neither loses what the other added."""
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire()
    except OSError as error:
        raise ReviewedError(f"写不进去（{reason(error)}）。请检查语料目录的权限。", path) from error
    try:
        yield
    finally:
        lock.release()


def _write(path: Path, text: str) -> None:
    """Put `text` in place of the file at once: whoever reads finds the old file or the new, never half of one."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}-", delete=False
        ) as file:
            written = Path(file.name)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ReviewedError(f"写不进去（{reason(error)}）。请检查磁盘空间和目录权限。", path) from error
    try:
        written.chmod(path.stat().st_mode if path.exists() else 0o644)
        written.replace(path)
    except OSError as error:
        written.unlink(missing_ok=True)
        raise ReviewedError(f"写不进去（{reason(error)}）。请检查磁盘空间和目录权限。", path) from error
