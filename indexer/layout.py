"""Where the parts of a stored index lie in its directory, and the digests that tell whether they are whole.

::

    manifest.json        recipe, documents' keys, user words, size and sha-256 of every other file
    documents.msgpack    tuple[Document, ...]
    units.npy            (3, sentences) int32: clause row, start, end
    clause-words/  clause-chars/  sentence-words/  sentence-chars/    LexicalIndex
    clause-vectors.npy  sentence-vectors.npy                          DenseIndex
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from corpus.errors import IndexStoreError
from corpus.model import Document
from indexer.config import IndexConfig
from indexer.dense import DenseIndex
from indexer.digests import (
    MANIFEST,
    DamagedError,
    FileDigest,
    check_files,
    flushed_digests,
    read_manifest,
    write_manifest,
)
from indexer.index import Index
from indexer.lexical import LexicalIndex
from indexer.units import Units

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.encoder import Encoder

FORMAT = 1
"""Of this layout; counts up when an older program could misread it."""

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


class _Manifest(msgspec.Struct, frozen=True):
    recipe: Recipe
    keys: tuple[str, ...]
    user_words: tuple[str, ...]
    files: dict[str, FileDigest]


def save_index(index: Index, recipe: Recipe, directory: Path) -> str:
    """Write `index` to `directory`, which is there and empty, down to the disk.

    Gives the manifest's sha-256. Raises OSError or IndexStoreError if anything cannot be written.
    """
    (directory / "documents.msgpack").write_bytes(msgspec.msgpack.encode(index.documents))
    units = np.stack((index.units.clause, index.units.start, index.units.end))
    np.save(directory / "units.npy", units, allow_pickle=False)
    for field, name in _PARTS.items():
        getattr(index, field).save(directory / name)
    manifest = _Manifest(recipe, index.keys, index.user_words, flushed_digests(directory))
    return write_manifest(directory, msgspec.json.format(msgspec.json.encode(manifest)))


def load_recipe(directory: Path, manifest_sha256: str) -> Recipe:
    """Recipe of the index in `directory`. Raises DamagedError if its manifest is not the one with that digest."""
    return _manifest(directory, manifest_sha256).recipe


def load_index(directory: Path, manifest_sha256: str, encoder: Encoder) -> Index:
    """Index in `directory`, each of its files checked; `encoder` has the identity that its recipe names.

    Raises DamagedError if a file is missing, cut off or changed.
    """
    manifest = _manifest(directory, manifest_sha256)
    check_files(directory, manifest.files)
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


def _manifest(directory: Path, sha256: str) -> _Manifest:
    try:
        return msgspec.json.decode(read_manifest(directory, sha256), type=_Manifest)
    except msgspec.MsgspecError as error:
        raise DamagedError(f"{MANIFEST} 不是第 {FORMAT} 版格式") from error
