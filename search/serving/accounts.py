"""The file of accounts: a line each, ``name:password as stored`` (see `passwords`); ``#`` begins a remark.

A trainer's line is ``name:trainer:password as stored``: he may also settle what others said of answers.

The file holds no password, but what it holds can be tried against a list of them: only its owner may read it.
"""

from __future__ import annotations

import os
import stat
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from corpus.errors import reason
from search.serving.errors import AccountsError
from search.serving.passwords import Stored, read_stored, stored

LONGEST_NAME = 64
_OWNER_ONLY = 0o600
_TRAINER = "trainer:"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in."""

    password: Stored
    is_trainer: bool = False

    def __str__(self) -> str:
        """What stands in the file behind the name."""
        return f"{_TRAINER if self.is_trainer else ''}{self.password}"


def read_accounts(path: Path) -> dict[str, Account]:
    """The accounts by name, in the order of the file.

    Raises `AccountsError` for a file that cannot be read, that others may read, or with a line that does not fit.
    """
    accounts: dict[str, Account] = {}
    for number, line in enumerate(_lines(path), 1):
        if _is_remark(line):
            continue
        try:
            name, held = _account(line)
            if name in accounts:
                _refuse_second(name)
        except AccountsError as error:
            raise AccountsError(
                f"{error}请改正这一行，或删去后用 clauselens accounts add 重加。", path, number
            ) from error
        accounts[name] = held
    return accounts


def _account(line: str) -> tuple[str, Account]:
    name, colon, rest = line.strip().partition(":")
    if not colon:
        raise AccountsError("没有冒号，应当是 名字:密码。")
    return checked_name(name), Account(read_stored(rest.removeprefix(_TRAINER)), rest.startswith(_TRAINER))


def _refuse_second(name: str) -> None:
    raise AccountsError(f"{name} 已有过一行，应当只有一行。")


def add_account(path: Path, name: str, password: str, *, is_trainer: bool | None = None) -> bool:
    """Write an account, or a new password of one; True for one that is new. The file is made where there is none.

    `is_trainer` None: as it was, and no trainer where it is new.
    """
    kept, password_stored = checked_name(name), stored(password)
    with _locked(path):
        lines = _lines(path) if path.exists() else []
        mine = [number for number, each in enumerate(lines) if _name_of(each) == kept]
        if is_trainer is None:
            is_trainer = bool(mine) and lines[mine[0]].strip().partition(":")[2].startswith(_TRAINER)
        line = Account(password_stored, is_trainer)
        if mine:
            lines[mine[0]] = f"{kept}:{line}"
        else:
            lines.append(f"{kept}:{line}")
        _write(path, lines)
    return not mine


def remove_account(path: Path, name: str) -> None:
    """Take an account out of the file. Raises `AccountsError` where it is not in it."""
    kept = checked_name(name)
    with _locked(path):
        lines = _lines(path)
        left = [line for line in lines if _name_of(line) != kept]
        if len(left) == len(lines):
            raise AccountsError(f"没有名为 {kept} 的账号。请用 clauselens accounts list 查看。", path)
        _write(path, left)


def checked_name(name: str) -> str:
    """The name as it is kept (NFC). Raises `AccountsError` for one that a line or a login could not carry."""
    kept = unicodedata.normalize("NFC", name)
    if not kept or len(kept) > LONGEST_NAME:
        raise AccountsError(f"名字有 {len(kept)} 个字，应当有 1 到 {LONGEST_NAME} 个。")
    if ":" in kept or kept.startswith("#") or any(char.isspace() or not char.isprintable() for char in kept):
        raise AccountsError(f"名字 {kept!r} 里有冒号、空白或看不见的字符，或以 # 开头。请只用文字、数字和一般符号。")
    return kept


class AccountFile:
    """The accounts as they are now: the file is read again when it has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None
        self._held: Mapping[str, Account] = {}
        self.accounts()

    def accounts(self) -> Mapping[str, Account]:
        """The accounts by name. Raises `AccountsError` as `read_accounts` does."""
        try:
            found = self.path.stat()
        except OSError as error:
            raise AccountsError(f"读不出来（{reason(error)}）。", self.path) from error
        now = (found.st_mtime_ns, found.st_size, found.st_ino)
        if now != self._seen:
            self._held = read_accounts(self.path)
            self._seen = now
        return self._held


def _name_of(line: str) -> str | None:
    return None if _is_remark(line) else unicodedata.normalize("NFC", line.strip().partition(":")[0])


def _is_remark(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _lines(path: Path) -> list[str]:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and mode & ~_OWNER_ONLY & 0o077:
            raise AccountsError(f"别人也能读写（权限 {mode:o}）。请运行 chmod 600 {path}。", path)
        return path.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as error:
        raise AccountsError(f"读不出来（{reason(error)}）。可用 clauselens accounts add 新建。", path) from error
    except UnicodeDecodeError as error:
        raise AccountsError("不是 UTF-8 编码。请另存为 UTF-8。", path) from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Two that write take turns."""
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire()
    except OSError as error:
        raise AccountsError(f"写不进去（{reason(error)}）。请检查所在目录。", path) from error
    try:
        yield
    finally:
        lock.release()


def _write(path: Path, lines: list[str]) -> None:
    """Put the lines in place of the file at once, for its owner alone."""
    written: Path | None = None
    try:
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
            written = Path(file.name)  # made with mode 600
            file.write("".join(f"{line}\n" for line in lines).encode())
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except OSError as error:
        if written is not None:
            written.unlink(missing_ok=True)
        raise AccountsError(f"写不进去（{reason(error)}）。请检查磁盘空间和目录权限。", path) from error
