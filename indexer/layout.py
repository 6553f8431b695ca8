"""Where the parts of a stored index lie in its directory, and the digests that tell whether they are whole.

::

    manifest.json        recipe, documents' keys, user words, size and sha-256 of every other file
    documents.msgpack    tuple[Document, ...]
    units.npy            (3, sentences) int32: clause row, start, end
    clause-words/  clause-chars/  sentence-words/  sentence-chars/    LexicalIndex
    clause-vectors.npy  sentence-vectors.npy                          DenseIndex
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from corpus.errors import IndexStoreError, reason
from corpus.model import Document
from indexer.config import IndexConfig
from indexer.dense import DenseIndex
from indexer.index import Index
from indexer.lexical import LexicalIndex
from indexer.units import Units

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.encoder import Encoder

FORMAT = 1
"""Of this layout; counts up when an older program could misread it."""

MANIFEST = "manifest.json"
_PARTS = {
    "clause_words": "clause-words",
    "clause_chars": "clause-chars",
    "sentence_words": "sentence-words",
    "sentence_chars": "sentence-chars",
    "clause_vectors": "clause-vectors.npy",
    "sentence_vectors": "sentence-vectors.npy",
}
"""Field of `Index` → name."""


class Recipe(msgspec.Struct, frozen=True):
    """All that an index depends on. Two indexes by the same recipe are the same."""

    format: int
    code: str
    """Digest of this program's `corpus` and `indexer`."""
    versions: dict[str, str]
    """Of the libraries that have a say in it."""
    encoder: str
    """Its `identity()`."""
    config: IndexConfig
    fingerprint: str
    """Of the files that the documents are made from."""


class _File(msgspec.Struct, frozen=True):
    size: int
    sha256: str


class _Manifest(msgspec.Struct, frozen=True):
    recipe: Recipe
    keys: tuple[str, ...]
    user_words: tuple[str, ...]
    files: dict[str, _File]


class DamagedError(Exception):
    """A stored index is not as it was written; the text says what is wrong with it, in Chinese."""


def save_index(index: Index, recipe: Recipe, directory: Path) -> str:
    """Write `index` to `directory`, which is there and empty, down to the disk.

    Gives the manifest's sha-256. Raises OSError or IndexStoreError if anything cannot be written.
    """
    (directory / "documents.msgpack").write_bytes(msgspec.msgpack.encode(index.documents))
    units = np.stack((index.units.clause, index.units.start, index.units.end))
    np.save(directory / "units.npy", units, allow_pickle=False)
    for field, name in _PARTS.items():
        getattr(index, field).save(directory / name)
    files = {}
    for path in _files(directory):
        flush(path)
        files[path.relative_to(directory).as_posix()] = _digest(path)
    manifest = _Manifest(recipe, index.keys, index.user_words, files)
    content = msgspec.json.format(msgspec.json.encode(manifest))
    (directory / MANIFEST).write_bytes(content)
    flush(directory / MANIFEST)
    for parent in {path.parent for path in _files(directory)}:
        flush(parent)
    return hashlib.sha256(content).hexdigest()


def load_recipe(directory: Path, manifest_sha256: str) -> Recipe:
    """Recipe of the index in `directory`. Raises DamagedError if its manifest is not the one with that digest."""
    return _manifest(directory, manifest_sha256).recipe


def load_index(directory: Path, manifest_sha256: str, encoder: Encoder) -> Index:
    """Index in `directory`, each of its files checked; `encoder` has the identity that its recipe names.

    Raises DamagedError if a file is missing, cut off or changed.
    """
    manifest = _manifest(directory, manifest_sha256)
    for name, file in manifest.files.items():
        _check(directory / name, file)
    try:
        documents = msgspec.msgpack.decode((directory / "documents.msgpack").read_bytes(), type=tuple[Document, ...])
        units = np.load(directory / "units.npy", allow_pickle=False)
        parts: dict[str, Any] = {
            field: (DenseIndex if name.endswith(".npy") else LexicalIndex).load(directory / name)
            for field, name in _PARTS.items()
        }
    except (OSError, ValueError, msgspec.MsgspecError, IndexStoreError) as error:
        raise DamagedError(f"内容无法读取（{error}）") from error
    return Index(
        documents=documents,
        keys=manifest.keys,
        user_words=manifest.user_words,
        config=manifest.recipe.config,
        encoder=encoder,
        units=Units(*units),
        **parts,
    )


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


def _digest(path: Path) -> _File:
    with path.open("rb") as file:
        return _File(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _manifest(directory: Path, sha256: str) -> _Manifest:
    try:
        content = (directory / MANIFEST).read_bytes()
    except OSError as error:
        raise DamagedError(f"缺少 {MANIFEST}（{reason(error)}）") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedError(f"{MANIFEST} 与建立时不一致")
    try:
        return msgspec.json.decode(content, type=_Manifest)
    except msgspec.MsgspecError as error:
        raise DamagedError(f"{MANIFEST} 不是第 {FORMAT} 版格式") from error


def _check(path: Path, written: _File) -> None:
    try:
        found = _digest(path)
    except OSError as error:
        raise DamagedError(f"缺少 {path.name}（{reason(error)}）") from error
    if found.size != written.size:
        raise DamagedError(f"{path.name} 应为 {written.size} 字节，实为 {found.size} 字节")
    if found.sha256 != written.sha256:
        raise DamagedError(f"{path.name} 与建立时不一致")
