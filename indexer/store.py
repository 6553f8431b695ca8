"""Where an index is kept between runs: opened if it fits, else built and put there, whole or not at all.

::

    <index directory>/
        CURRENT              name of the build in use, and its manifest's sha-256; replaced in one step
        builds/<name>/       see `indexer.layout`; the one in use and the one before, for who still reads it
        builds/tmp-<name>/   being written, or left by a killed process
        .lock                held while building

An index kept elsewhere (a database for a corpus that one machine cannot hold) stands in for `IndexStore`: it gives
an `Index` by its recipe, takes one, and lets one builder at a time at it.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import secrets
import shutil
import time
import unicodedata
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from corpus.errors import IndexStoreError, reason
from indexer.build import build_index
from indexer.layout import FORMAT, DamagedError, Recipe, flush, load_index, load_recipe, save_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corpus.model import Corpus
    from indexer.build import Progress
    from indexer.config import IndexConfig
    from indexer.encoder import Encoder
    from indexer.index import Index

_log = logging.getLogger(__name__)

_LIBRARIES = ("faiss-cpu", "jieba", "numpy", "opencc", "rank-bm25")


@dataclass(frozen=True, slots=True)
class CorpusReader:
    """How a corpus folder becomes documents."""

    fingerprint: Callable[[Path], str]
    """Cheap; changes when any file does that `load` or `user_words` reads."""
    load: Callable[[Path], Corpus]
    user_words: Callable[[Corpus], tuple[str, ...]]
    """Words for the tokenizer to keep whole."""


def open_index(
    corpus_dir: Path,
    reader: CorpusReader,
    config: IndexConfig,
    encoder: Encoder,
    *,
    index_dir: Path | None = None,
    rebuild: bool = False,
    must_store: bool = False,
    progress: Progress | None = None,
) -> Index:
    """Index of the texts in `corpus_dir`: the stored one if it was made of just these, else a new one, stored.

    `index_dir`: where it is kept; None: `default_directories`. `rebuild`: make it anew, from nothing. What cannot be
    stored is used from memory, with a warning; with `must_store` it raises IndexStoreError. Raises what `reader` does.
    """
    recipe = current_recipe(reader.fingerprint(corpus_dir), config, encoder)
    stores = [IndexStore(path) for path in ([index_dir] if index_dir else default_directories(corpus_dir))]
    if not rebuild:
        reasons = []
        for store in stores:
            try:
                return store.read(recipe, encoder)
            except UnusableIndexError as error:
                reasons.append(error)
        _log.log(reasons[0].log_level, "需建立索引：%s", reasons[0])

    def build(previous: Index | None) -> Index:
        corpus = reader.load(corpus_dir)
        return build_index(corpus, config, encoder, reader.user_words(corpus), previous, progress)

    return _build_and_store(stores, recipe, encoder, build, rebuild=rebuild, must_store=must_store)


def default_directories(corpus_dir: Path) -> list[Path]:
    """Where an index may be kept: in the corpus folder, else (that is not writable) in the user's cache."""
    name = hashlib.sha256(str(corpus_dir.resolve()).encode(errors="surrogateescape")).hexdigest()[:16]
    return [corpus_dir / ".index", user_cache_path("clauselens") / name]


def current_recipe(fingerprint: str, config: IndexConfig, encoder: Encoder) -> Recipe:
    """Recipe of an index that this program would build now."""
    code = hashlib.sha256()
    for package in ("corpus", "indexer"):
        for path in sorted((Path(__file__).parents[1] / package).glob("*.py")):
            code.update(path.read_bytes())
    versions = {library: version(library) for library in _LIBRARIES} | {"unicode": unicodedata.unidata_version}
    return Recipe(FORMAT, code.hexdigest(), versions, encoder.identity(), config, fingerprint)


class UnusableIndexError(Exception):
    """No stored index fits the recipe; the text says why, in Chinese."""

    def __init__(self, message: str, log_level: int = logging.INFO) -> None:
        super().__init__(message)
        self.log_level = log_level


class IndexStore:
    """The directory `directory` with the index of one corpus; it need not be there yet."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def read(self, recipe: Recipe, encoder: Encoder) -> Index:
        """Index stored here, built by `recipe` and whole. Raises UnusableIndexError if there is none such."""
        try:
            return self._read(recipe, encoder)
        except DamagedError:
            # Its builder may have replaced it twice while it was being read; if so, another is in use now.
            pass
        try:
            return self._read(recipe, encoder)
        except DamagedError as error:
            raise UnusableIndexError(f"{self.directory} 中的索引已损坏：{error}", logging.WARNING) from error

    def read_for_reuse(self, recipe: Recipe, encoder: Encoder) -> Index | None:
        """Index stored here, of whatever texts, if this program and `encoder` would give the same vectors; or None."""
        try:
            name, digest = self._current()
            stored = load_recipe(self._builds / name, digest)
            same = (stored.format, stored.code, stored.versions, stored.encoder)
            if same != (recipe.format, recipe.code, recipe.versions, recipe.encoder):
                return None
            return load_index(self._builds / name, digest, encoder)
        except (UnusableIndexError, DamagedError):
            return None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one who builds. Raises IndexStoreError where the directory cannot be written."""
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

    def write(self, index: Index, recipe: Recipe) -> None:
        """Put `index` in the place of the stored one. To be called while `locked`.

        Raises IndexStoreError, the stored one untouched, if it cannot be written.
        """
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(4)}"
        temporary = self._builds / f"tmp-{name}"
        try:
            self._remove_all_but(self._names_in_use())
            temporary.mkdir()
            digest = save_index(index, recipe, temporary)
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

    def _current(self) -> tuple[str, str]:
        """Name of the build in use and its manifest's sha-256."""
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

    def _read(self, recipe: Recipe, encoder: Encoder) -> Index:
        name, digest = self._current()
        reason = _difference(load_recipe(self._builds / name, digest), recipe)
        if reason:
            raise UnusableIndexError(f"{self.directory} 中的索引已过时：{reason}")
        return load_index(self._builds / name, digest, encoder)

    def _names_in_use(self) -> set[str]:
        try:
            return {self._current()[0]}
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


def _build_and_store(
    stores: list[IndexStore],
    recipe: Recipe,
    encoder: Encoder,
    build: Callable[[Index | None], Index],
    *,
    rebuild: bool,
    must_store: bool,
) -> Index:
    index: Index | None = None
    failures = []
    for store in stores:
        try:
            with store.locked():
                if not rebuild:
                    try:
                        return store.read(recipe, encoder)
                    except UnusableIndexError:
                        pass  # said already
                index = index or build(None if rebuild else store.read_for_reuse(recipe, encoder))
                store.write(index, recipe)
                return index
        except IndexStoreError as error:
            failures.append(error)
    if must_store:
        raise failures[0]
    _log.warning("%s。本次在内存中使用索引，下次仍需重建", failures[0])
    return index or build(None)


def _difference(stored: Recipe, recipe: Recipe) -> str:
    """Why an index by `stored` does not serve for `recipe`, in Chinese; "" if it does."""
    changed = sorted(dict(stored.versions.items() ^ recipe.versions.items()))
    reasons = (
        (stored.format != recipe.format, f"格式为第 {stored.format} 版，现用第 {recipe.format} 版"),
        (stored.code != recipe.code, "程序已更新"),
        (bool(changed), f"依赖库版本已变（{'、'.join(changed)}）"),
        (stored.encoder != recipe.encoder, "编码模型已更换"),
        (stored.config != recipe.config, "索引设置已改变"),
        (stored.fingerprint != recipe.fingerprint, "文本已有增减或改动"),
    )
    return next((reason for differs, reason in reasons if differs), "")
