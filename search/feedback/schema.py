"""The tables of a file of feedback, and how one of an older version becomes one of this.

`user_version` counts the steps that a file has been through; `application_id` tells it from the files of other
programs. A step is never changed once it has shipped: what is new is another step behind it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from filelock import FileLock

from corpus.errors import reason
from search.feedback.errors import FeedbackError

APPLICATION = 0x434C4642
"""`CLFB`."""
_FIRST = """
    CREATE TABLE feedback (
        number      INTEGER PRIMARY KEY AUTOINCREMENT,
        state       TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'accepted', 'dismissed')),
        given_at    TEXT NOT NULL,
        question    TEXT NOT NULL CHECK (length(question) BETWEEN 1 AND 2000),
        standalone  TEXT NOT NULL CHECK (length(standalone) <= 2000),
        history     TEXT NOT NULL,
        chosen      TEXT NOT NULL,
        scope       TEXT,
        status      TEXT NOT NULL,
        shown       TEXT NOT NULL,
        verdict     TEXT NOT NULL CHECK (verdict IN ('right', 'wrong')),
        right_ones  TEXT,
        note        TEXT NOT NULL CHECK (length(note) <= 1000),
        corpus      TEXT NOT NULL
    )
"""
STEPS: tuple[tuple[str, ...], ...] = ((_FIRST, "CREATE INDEX feedback_state ON feedback (state)"),)
"""Statements that make version n + 1 of version n; the first makes it of an empty file."""


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file at `path`, open in `connection`, to the version of this program; what it holds stays.

    Raises `FeedbackError` for a file of another program, or of a later version of this one.
    """
    if _marks(connection) == (APPLICATION, len(STEPS)):
        return
    try:
        lock = FileLock(path.with_name(f".{path.name}.lock"))
        lock.acquire()
    except OSError as error:
        raise FeedbackError(f"写不进去（{reason(error)}）。请检查所在目录的权限。", path) from error
    try:
        _bring_up(connection, path)
    finally:
        lock.release()


def _bring_up(connection: sqlite3.Connection, path: Path) -> None:
    application, version = _marks(connection)
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION and (application, version, tables) != (0, 0, 0):
        raise FeedbackError("是别的程序的数据库，不是反馈文件，没有动它。请用 --feedback 指定另一个文件。", path)
    if version > len(STEPS):
        message = f"由更新的版本写成（第 {version} 版，这里只认到第 {len(STEPS)} 版），没有动它。请升级后再用。"
        raise FeedbackError(message, path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[version:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    return application, connection.execute("PRAGMA user_version").fetchone()[0]
