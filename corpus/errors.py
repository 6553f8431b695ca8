"""Every error this project raises on purpose.

::

    PolicyError                      what a person can mend; its text says found, expected, what to do
    ├── SourceError                  a file that cannot be read as a policy text (path)
    ├── CorpusError                  a corpus folder that is missing, empty or contradictory (path)
    │   ├── ManifestError            a manifest with a wrong line (path, line, field)
    │   └── ReviewedError            reviewed matches with a wrong entry (path, entry, field)
    ├── QuestionError                a question or option that cannot be worked with
    ├── IndexStoreError              an index that cannot be written or read (path)
    ├── ModelError                   an encoder or reranker that does not fit (name)
    │   └── ModelMissingError        one that is not on this machine (name)
    └── SuiteError                   an evaluation suite with a wrong line (path, line, field)

Entry points turn a `PolicyError` into one line of Chinese and an exit status; anything else is a fault.
"""

from __future__ import annotations

import errno
from pathlib import Path

_REASONS = {
    errno.ENOENT: "没有这个文件或目录",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是目录，不是文件",
    errno.ENOTDIR: "路径中有一段是文件，不是目录",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EROFS: "所在的磁盘只能读",
    errno.EMFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读写出错",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where we know the words."""
    known = None if error.errno is None else _REASONS.get(error.errno)
    return known or error.strerror or str(error)


class PolicyError(Exception):
    """The root: a message in Chinese that says what was found, what was expected and what to do.

    `exit_status` is 2 (bad usage or input) unless a subclass says 1 (a fault of the machine).
    """

    exit_status = 2


class SourceError(PolicyError):
    """A file that is empty, binary or undecodable; `path` names it."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(f"{path.name}：{message}")
        self.path = path


class CorpusError(PolicyError):
    """A corpus folder that is missing, empty or contradicts itself; `path` names it."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


class ManifestError(CorpusError):
    """A manifest line that does not fit; `line` counts from 1, `field` is the key (None: the whole file)."""

    def __init__(self, message: str, path: Path, line: int | None = None, field: str | None = None) -> None:
        place = f"{path}" if line is None else f"{path} 第 {line} 行"
        super().__init__(f"{place}：{message}", path)
        self.line = line
        self.field = field


class ReviewedError(CorpusError):
    """Reviewed matches that do not fit; `entry` counts the tables from 1, `field` is the key (None: the whole)."""

    def __init__(self, message: str, path: Path, entry: int | None = None, field: str | None = None) -> None:
        place = f"{path}" if entry is None else f"{path} 第 {entry} 个 [[match]]"
        super().__init__(f"{place}：{message}", path)
        self.entry = entry
        self.field = field


class QuestionError(PolicyError):
    """A question, history, scope or option that cannot be worked with."""


class IndexStoreError(PolicyError):
    """An index directory that cannot be written or read; `path` names it."""

    exit_status = 1

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


class ModelError(PolicyError):
    """An encoder or reranker that is not loadable or does not fit; `name` names it."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.name = name


class ModelMissingError(ModelError):
    """A model that is not on this machine; what is asked can go on without it."""


class SuiteError(PolicyError):
    """An evaluation suite with a wrong line; `line` counts from 1."""

    def __init__(self, message: str, path: Path, line: int | None = None, field: str | None = None) -> None:
        place = f"{path}" if line is None else f"{path} 第 {line} 行"
        super().__init__(f"{place}：{message}")
        self.path = path
        self.line = line
        self.field = field
