"""Files that people write too: read, and put in place whole, one writer at a time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from corpus.errors import reason
from search.feedback.errors import FeedbackError


def read_lines(path: Path) -> list[str]:
    """The lines with their ends; [] where there is no file. Raises `FeedbackError` for one that cannot be read."""
    try:
        return path.read_bytes().decode("utf-8").splitlines(keepends=True) if path.exists() else []
    except OSError as error:
        raise FeedbackError(f"读不出来（{reason(error)}）。请检查读取权限。", path) from error
    except UnicodeDecodeError as error:
        raise FeedbackError("不是 UTF-8 编码。请另存为 UTF-8 后重试。", path) from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Two that write take turns, so that neither loses what the other added; the folder is made where needed."""
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except OSError as error:
        raise FeedbackError(f"写不进去（{reason(error)}）。请检查所在目录的权限。", path) from error
    try:
        yield
    finally:
        lock.release()


def write_text(path: Path, text: str) -> None:
    """Put `text` in place of the file at once: whoever reads finds the old file or the new, never half of one."""
    written: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
            written = Path(file.name)
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        written.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        written.replace(path)
    except OSError as error:
        if written is not None:
            written.unlink(missing_ok=True)
        raise FeedbackError(f"写不进去（{reason(error)}）。请检查磁盘空间和目录权限。", path) from error
