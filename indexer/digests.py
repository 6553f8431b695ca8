"""The files of a folder, each with its size and digest, which tell later whether it is as it was written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from corpus.errors import reason

MANIFEST = "manifest.json"
"""The file that lists the others."""


class FileDigest(msgspec.Struct, frozen=True):
    """Size in bytes and sha-256 (hex) of a file."""

    size: int
    sha256: str


class DamagedError(Exception):
    """What is stored is not as it was written; the text says what is wrong with it, in Chinese."""


def flushed_digests(directory: Path) -> dict[str, FileDigest]:
    """Digest of each file in `directory` by its relative name, all written down to the disk. Raises OSError."""
    found = {}
    for path in _files(directory):
        flush(path)
        found[path.relative_to(directory).as_posix()] = _digest(path)
    return found


def write_manifest(directory: Path, content: bytes) -> str:
    """Write the list of what is in `directory`, and all names in it, down to the disk; gives its sha-256.

    Raises OSError.
    """
    (directory / MANIFEST).write_bytes(content)
    flush(directory / MANIFEST)
    for parent in {path.parent for path in _files(directory)}:
        flush(parent)
    return hashlib.sha256(content).hexdigest()


def read_manifest(directory: Path, sha256: str) -> bytes:
    """What `write_manifest` wrote there. Raises DamagedError if it is not of that digest."""
    try:
        content = (directory / MANIFEST).read_bytes()
    except OSError as error:
        raise DamagedError(f"缺少 {MANIFEST}（{reason(error)}）") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedError(f"{MANIFEST} 与建立时不一致")
    return content


def check_files(directory: Path, files: Mapping[str, FileDigest]) -> None:
    """Raise DamagedError if a file is missing, cut off or changed."""
    for name, file in files.items():
        _check(directory / name, file)


def flush(path: Path) -> None:
    """Have the operating system write a file's content, or a directory's names, to the disk now."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _files(directory: Path) -> Iterator[Path]:
    return (path for path in sorted(directory.rglob("*")) if path.is_file())


def _digest(path: Path) -> FileDigest:
    with path.open("rb") as file:
        return FileDigest(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _check(path: Path, written: FileDigest) -> None:
    try:
        found = _digest(path)
    except OSError as error:
        raise DamagedError(f"缺少 {path.name}（{reason(error)}）") from error
    if found.size != written.size:
        raise DamagedError(f"{path.name} 应为 {written.size} 字节，实为 {found.size} 字节")
    if found.sha256 != written.sha256:
        raise DamagedError(f"{path.name} 与建立时不一致")
