"""Where an index is kept between runs: opened if it fits, else built and put there, whole or not at all.

::

    <index directory>/
        CURRENT, builds/, .lock      see `indexer.builds`; a build is laid out as `indexer.layout` says
        <kind>/                      what else was prepared of the corpus: `indexer.prepared`

An index kept elsewhere (a database for a corpus that one machine cannot hold) stands in for `IndexStore`: it gives
an `Index` by its recipe, takes one, and lets one builder at a time at it.
"""

from __future__ import annotations

import hashlib
import logging
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from corpus.errors import IndexStoreError
from indexer.build import build_index
from indexer.builds import Builds, UnusableIndexError
from indexer.digests import DamagedError
from indexer.layout import FORMAT, Recipe, load_index, load_recipe, save_index

if TYPE_CHECKING:
    from collections.abc import Callable

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
    stores = [IndexStore(path) for path in directories(corpus_dir, index_dir)]
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


def directories(corpus_dir: Path, index_dir: Path | None) -> list[Path]:
    """Where the index of a corpus may be kept, in the order to try: `index_dir` alone, where one is given."""
    return default_directories(corpus_dir) if index_dir is None else [index_dir]


def default_directories(corpus_dir: Path) -> list[Path]:
    """Where an index may be kept: in the corpus folder, else (that is not writable) in the user's cache."""
    name = hashlib.sha256(str(corpus_dir.resolve()).encode(errors="surrogateescape")).hexdigest()[:16]
    return [corpus_dir / ".index", user_cache_path("clauselens") / name]


def current_recipe(fingerprint: str, config: IndexConfig, encoder: Encoder) -> Recipe:
    """Recipe of an index that this program would build now."""
    code, versions = _program()
    return Recipe(FORMAT, code, dict(versions), encoder.identity(), config, fingerprint)


@cache
def _program() -> tuple[str, dict[str, str]]:
    """Digest of the code that has a say in an index, and the versions of the libraries that have one."""
    code = hashlib.sha256()
    for package in ("corpus", "indexer"):
        for path in sorted((Path(__file__).parents[1] / package).glob("*.py")):
            code.update(path.read_bytes())
    return code.hexdigest(), {name: version(name) for name in _LIBRARIES} | {"unicode": unicodedata.unidata_version}


class IndexStore(Builds):
    """The directory `directory` with the index of one corpus; it need not be there yet."""

    def read(self, recipe: Recipe, encoder: Encoder) -> Index:
        """Index stored here, built by `recipe` and whole. Raises UnusableIndexError if there is none such."""

        def load(build: Path, digest: str) -> Index:
            difference = _difference(load_recipe(build, digest), recipe)
            if difference:
                raise UnusableIndexError(f"{self.directory} 中的索引已过时：{difference}")
            return load_index(build, digest, encoder)

        return self.loaded(load)

    def read_for_reuse(self, recipe: Recipe, encoder: Encoder) -> Index | None:
        """Index stored here, of whatever texts, if this program and `encoder` would give the same vectors; or None."""
        try:
            build, digest = self.current()
            stored = load_recipe(build, digest)
            same = (stored.format, stored.code, stored.versions, stored.encoder)
            if same != (recipe.format, recipe.code, recipe.versions, recipe.encoder):
                return None
            return load_index(build, digest, encoder)
        except (UnusableIndexError, DamagedError):
            return None

    def write(self, index: Index, recipe: Recipe) -> None:
        """Put `index` in the place of the stored one. To be called while `locked`.

        Raises IndexStoreError, the stored one untouched, if it cannot be written.
        """
        self.put(lambda directory: save_index(index, recipe, directory))


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
