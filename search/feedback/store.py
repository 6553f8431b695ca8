"""Where feedback is kept: one SQLite file, written by many at once, made at the first writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from corpus.errors import QuestionError, reason
from search.feedback.errors import FeedbackError
from search.feedback.model import Cited, Feedback, Given, State
from search.feedback.schema import prepare

_WAIT = 30.0
"""Seconds that one who writes waits for the others."""
_FIELDS = (
    "given_at", "question", "standalone", "history", "chosen", "scope", "status", "shown", "verdict", "right_ones",
    "note", "corpus",
)  # fmt: skip
_SELECT = f"SELECT number, state, {', '.join(_FIELDS)} FROM feedback"  # noqa: S608 - names of our own columns
_INSERT = f"INSERT INTO feedback ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))})"  # noqa: S608 - likewise
_LISTS = {
    "history": tuple[str, ...],
    "chosen": tuple[str, ...],
    "scope": tuple[str, ...] | None,
    "shown": tuple[Cited, ...],
    "right_ones": tuple[Cited, ...] | None,
}
_TOLD = {
    sqlite3.SQLITE_NOTADB: "不是 SQLite 文件，没有动它。请用 --feedback 指定另一个文件，或先把它移开",
    sqlite3.SQLITE_CORRUPT: "已损坏，没有动它。请先留一份副本，再用 sqlite3 的 .recover 取回，或把它移开重新开始",
    sqlite3.SQLITE_BUSY: "一直有别的程序在写。请稍后再试",
    sqlite3.SQLITE_LOCKED: "一直有别的程序在写。请稍后再试",
    sqlite3.SQLITE_READONLY: "只能读，写不进去。请检查文件和所在目录的权限，或用 --feedback 指定另一个文件",
    sqlite3.SQLITE_CANTOPEN: "打不开。它应是一个文件，所在目录要可写。请检查路径和权限",
    sqlite3.SQLITE_PERM: "没有权限。请检查文件和所在目录的权限",
    sqlite3.SQLITE_FULL: "磁盘已满。请腾出空间后再试",
    sqlite3.SQLITE_IOERR: "磁盘读写出错。请检查磁盘",
}


class FeedbackStore:
    """The file `path` of feedback; it need not be there yet. May be used by several threads and processes at once.

    Every method raises `FeedbackError` for a file that cannot be read or written, and leaves that file as it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, given: Given) -> Feedback:
        """Keep it, as new."""
        kept = (
            given.when, given.question, given.standalone, given.history, given.chosen, given.scope, given.status,
            given.shown, given.verdict, given.right, given.note, given.corpus,
        )  # fmt: skip
        values = [_column(name, value) for name, value in zip(_FIELDS, kept, strict=True)]
        with self._open(may_create=True) as connection:
            number = connection.execute(_INSERT, values).lastrowid
        assert number is not None
        return Feedback(number, "new", given)

    def all(self, state: State | None = None) -> tuple[Feedback, ...]:
        """All of it, or what is in that state, the oldest first; () where there is no file."""
        if not self._is_there():
            return ()
        with self._open() as connection:
            where, values = ("", ()) if state is None else (" WHERE state = ?", (state,))
            rows = connection.execute(f"{_SELECT}{where} ORDER BY number", values).fetchall()
        return tuple(self._feedback(row) for row in rows)

    def get(self, number: int) -> Feedback:
        """The one of that number; raises `QuestionError` where there is none."""
        if self._is_there() and _is_number(number):
            with self._open() as connection:
                row = connection.execute(f"{_SELECT} WHERE number = ?", (number,)).fetchone()
            if row is not None:
                return self._feedback(row)
        raise QuestionError(f"没有编号为 {number} 的反馈。请用 clauselens feedback list 查看。")

    def settle(self, number: int, state: State) -> Feedback:
        """Put it in that state; gives it as it stands then. Raises `QuestionError` as `get` does."""
        self.get(number)
        with self._open() as connection:
            connection.execute("UPDATE feedback SET state = ? WHERE number = ?", (state, number))
        return self.get(number)

    def forget(self, number: int) -> None:
        """Delete it for good: its words are overwritten. Raises `QuestionError` as `get` does."""
        self.get(number)
        with self._open() as connection:
            connection.execute("DELETE FROM feedback WHERE number = ?", (number,))
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _is_there(self) -> bool:
        try:
            return self.path.exists()
        except OSError as error:
            raise FeedbackError(f"读不出来（{reason(error)}）。请检查路径和权限。", self.path) from error

    @contextmanager
    def _open(self, *, may_create: bool = False) -> Iterator[sqlite3.Connection]:
        """A connection for one task, the file of this version by then."""
        try:
            if may_create:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            address = f"{self.path.resolve().as_uri()}?mode={'rwc' if may_create else 'rw'}"
            # Without isolation levels every statement is whole by itself: written at once, or not at all.
            with closing(sqlite3.connect(address, timeout=_WAIT, isolation_level=None, uri=True)) as connection:
                connection.execute("PRAGMA secure_delete = ON")
                prepare(connection, self.path)
                yield connection
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            raise FeedbackError(f"{_TOLD.get(code, '用不了')}（{error}）。", self.path) from error
        except OSError as error:
            raise FeedbackError(f"写不进去（{reason(error)}）。请检查路径和权限。", self.path) from error

    def _feedback(self, row: tuple[object, ...]) -> Feedback:
        number, state, *columns = row
        held = dict(zip(_FIELDS, columns, strict=True))
        try:
            lists = {name: _list(held[name], kind) for name, kind in _LISTS.items()}
            given = held | lists | {"when": held["given_at"], "right": lists["right_ones"]}
            names = Given.__dataclass_fields__
            kept = {"number": number, "state": state, "given": {name: given[name] for name in names}}
            return msgspec.convert(msgspec.to_builtins(kept), Feedback)
        except (msgspec.MsgspecError, UnicodeError) as error:
            message = (
                f"第 {number} 条反馈读不懂（{error}）。请改正这一行，或用 clauselens feedback forget {number} 删去。"
            )
            raise FeedbackError(message, self.path) from error


def _column(name: str, value: object) -> object:
    return msgspec.json.encode(value).decode() if name in _LISTS and value is not None else value


def _list(column: object, kind: object) -> object:
    if column is None:
        return msgspec.convert(None, kind)
    return msgspec.json.decode(str(column), type=kind)


def _is_number(number: int) -> bool:
    """Whether SQLite can hold it: 64 bits."""
    return 0 < number < 1 << 63
