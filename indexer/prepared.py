"""What else is worked out of a corpus ahead of questions, kept beside its index: taken if it fits, else made anew.

::

    <index directory>/<kind>/                   see `indexer.builds`
    <index directory>/<kind>/builds/<name>/     manifest.json with the key and the digests, and what the kind saves

It is kept apart from the index, since it depends on more: where a phrasing changes, the texts need not be read again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from corpus.errors import IndexStoreError
from indexer.builds import Builds, UnusableIndexError
from indexer.digests import (
    MANIFEST,
    DamagedError,
    FileDigest,
    check_files,
    flushed_digests,
    read_manifest,
    write_manifest,
)

FORMAT = 1
"""Of the manifest; what a kind saves has its say in the key."""

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Kind(Generic[_T]):
    """A kind of what is prepared: the name of its folder, how it is written to an empty folder, and read again.

    `save` may raise OSError or IndexStoreError; `load` those, ValueError and `msgspec.MsgspecError`.
    """

    name: str
    save: Callable[[_T, Path], None]
    load: Callable[[Path], _T]


class _Manifest(msgspec.Struct, frozen=True):
    format: int
    key: str
    files: dict[str, FileDigest]


class PreparedStore(Generic[_T]):
    """What is prepared of one kind, in the index directory `directory`; it need not be there yet."""

    def __init__(self, directory: Path, kind: Kind[_T]) -> None:
        self._builds = Builds(directory / kind.name)
        self._kind = kind

    def read(self, key: str) -> _T:
        """What was stored under `key`, whole. Raises UnusableIndexError if there is none such."""

        def load(build: Path, digest: str) -> _T:
            manifest = _manifest(build, digest)
            if (manifest.format, manifest.key) != (FORMAT, key):
                raise UnusableIndexError(f"{self._builds.directory} 中准备的内容已过时")
            check_files(build, manifest.files)
            try:
                return self._kind.load(build)
            except (OSError, ValueError, msgspec.MsgspecError, IndexStoreError) as error:
                raise DamagedError(f"内容无法读取（{error}）") from error

        return self._builds.loaded(load)

    def read_or_make(self, key: str, make: Callable[[], _T], *, rebuild: bool = False) -> _T:
        """What `make` gives, stored here under `key`; what another process stored meanwhile is taken instead.

        Raises IndexStoreError where it cannot be stored.
        """
        with self._builds.locked():
            if not rebuild:
                try:
                    return self.read(key)
                except UnusableIndexError:
                    pass  # said already
            made = make()
            self._builds.put(lambda directory: self._save(made, key, directory))
            return made

    def _save(self, made: _T, key: str, directory: Path) -> str:
        self._kind.save(made, directory)
        manifest = _Manifest(FORMAT, key, flushed_digests(directory))
        return write_manifest(directory, msgspec.json.format(msgspec.json.encode(manifest)))


def open_prepared(
    directories: Sequence[Path], kind: Kind[_T], key: str, make: Callable[[], _T], *, rebuild: bool = False
) -> _T:
    """What was prepared under `key` in one of the index `directories`, else what `make` gives, stored in the first.

    `key`: tells apart all that `make` could give something else for. `rebuild`: make it anew, whatever is stored.
    Where a directory cannot be written, the next is tried; where none can, it is used from memory, as the log notes.
    """
    stores = [PreparedStore(directory, kind) for directory in directories]
    reasons = []
    for store in () if rebuild else stores:
        try:
            return store.read(key)
        except UnusableIndexError as error:
            reasons.append(error)
    if reasons:
        _log.log(reasons[0].log_level, "需重新准备：%s", reasons[0])
    made: list[_T] = []

    def made_once() -> _T:
        if not made:
            made.append(make())
        return made[0]

    for store in stores:
        try:
            return store.read_or_make(key, made_once, rebuild=rebuild)
        except IndexStoreError as error:
            _log.info("%s。本次在内存中使用，下次仍需准备", error)
    return made_once()


def _manifest(directory: Path, sha256: str) -> _Manifest:
    try:
        return msgspec.json.decode(read_manifest(directory, sha256), type=_Manifest)
    except msgspec.MsgspecError as error:
        raise DamagedError(f"{MANIFEST} 不是第 {FORMAT} 版格式") from error
