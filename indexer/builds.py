"""A directory that holds one thing, built now and then: replaced in one step, whole or not at all.

::

    <directory>/
        CURRENT              name of the build in use, and its manifest's sha-256; replaced in one step
        builds/<name>/       the one in use and the one before, for who still reads it
        builds/tmp-<name>/   being written, or left by a killed process
        .lock                held while building
"""

from __future__ import annotations

import errno
import logging
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from corpus.errors import IndexStoreError, reason
from indexer.digests import DamagedError, flush

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class UnusableIndexError(Exception):
    """Nothing that is stored fits what is wanted; the text says why, in Chinese."""

    def __init__(self, message: str, log_level: int = logging.INFO) -> None:
        super().__init__(message)
        self.log_level = log_level


class Builds:
    """The builds in `directory`; it need not be there yet."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def current(self) -> tuple[Path, str]:
        """Directory of the build in use and its manifest's sha-256. Raises UnusableIndexError or DamagedError."""
        name, digest = self._pointer()
        return self._builds / name, digest

    def loaded(self, load: Callable[[Path, str], _T]) -> _T:
        """What `load` gives for the build in use. Raises UnusableIndexError if there is none, or it is damaged.

        `load` may raise UnusableIndexError, and DamagedError for what is not as it was written.
        """
        try:
            return load(*self.current())
        except DamagedError:
            # Its builder may have replaced it twice while it was being read; if so, another is in use now.
            pass
        try:
            return load(*self.current())
        except DamagedError as error:
            raise UnusableIndexError(f"{self.directory} 中的索引已损坏：{error}", logging.WARNING) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one who builds. Raises IndexStoreError where the directory cannot be written."""
        from filelock import FileLock, Timeout  # who only reads does without it

        try:
            self._builds.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.directory / ".lock")
            try:
                lock.acquire(timeout=0)
            except Timeout:
                _log.info("另一个进程正在建立索引（%s），等它完成", self.directory)
                lock.acquire()
        except OSError as error:
            raise self._failure(error) from error
        try:
            yield
        finally:
            lock.release()

    def put(self, save: Callable[[Path], str]) -> None:
        """Have `save` write a build to the directory it is given, and use it from now on. Call it while `locked`.

        `save` gives the manifest's sha-256. Raises IndexStoreError, the build in use untouched, if it cannot write.
        """
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(4)}"
        temporary = self._builds / f"tmp-{name}"
        try:
            self._remove_all_but(self._names_in_use())
            temporary.mkdir()
            digest = save(temporary)
            temporary.rename(self._builds / name)
            flush(self._builds)
            in_use = self._names_in_use()
            pointer = self.directory / f"CURRENT-{name}"
            pointer.write_text(f"{name} {digest}\n", encoding="utf-8")
            flush(pointer)
            pointer.replace(self.directory / "CURRENT")
            flush(self.directory)
        except (OSError, IndexStoreError) as error:
            self._remove_all_but(self._names_in_use())
            raise self._failure(error) from error
        self._remove_all_but({name, *in_use})

    @property
    def _builds(self) -> Path:
        return self.directory / "builds"

    def _pointer(self) -> tuple[str, str]:
        try:
            content = (self.directory / "CURRENT").read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError) as error:
            raise UnusableIndexError(f"{self.directory} 中还没有索引") from error
        except (OSError, UnicodeDecodeError) as error:
            raise DamagedError(f"CURRENT 无法读取（{error}）") from error
        fields = content.split()
        if len(fields) != 2 or Path(fields[0]).name != fields[0]:
            raise DamagedError("CURRENT 不完整")
        return fields[0], fields[1]

    def _names_in_use(self) -> set[str]:
        try:
            return {self._pointer()[0]}
        except (UnusableIndexError, DamagedError):
            return set()

    def _remove_all_but(self, names: set[str]) -> None:
        """Clear away older builds and what killed builders left: under the lock, nobody writes any of it."""
        for path in self._builds.glob("*"):
            if path.name not in names:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.directory.glob("CURRENT-*"):
            with suppress(OSError):
                path.unlink()

    def _failure(self, error: OSError | IndexStoreError) -> IndexStoreError:
        cause = error if isinstance(error, OSError) else error.__cause__
        if isinstance(cause, OSError) and cause.errno in {errno.ENOSPC, errno.EDQUOT}:
            message = f"磁盘已满，索引无法写入 {self.directory}。请清理磁盘空间后重试，或另行指定索引文件夹"
        else:
            why = reason(cause) if isinstance(cause, OSError) else str(error)
            message = f"索引文件夹 {self.directory} 不可写（{why}）。请检查该文件夹的权限，或另行指定可写的索引文件夹"
        return IndexStoreError(message, self.directory)
