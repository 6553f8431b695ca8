"""What can go wrong with the accounts of a shared server."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import PolicyError


class AccountsError(PolicyError):
    """A file of accounts, or a name or password for it, that cannot be used; `line` counts from 1."""

    def __init__(self, message: str, path: Path | None = None, line: int | None = None) -> None:
        place = "" if path is None else f"{path}：" if line is None else f"{path} 第 {line} 行："
        super().__init__(f"{place}{message}")
        self.path = path
        self.line = line
