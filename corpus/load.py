"""A corpus folder → its documents: which files count, under which ids, and which of them cite each other.

A corpus folder holds texts in `texts/` (or, without that, beside each other), as .txt or .md, and may hold
`manifest.toml` (what overrides the texts), `terms.tsv` and `questions/`. A text without a manifest entry is held
under the name of its file.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.citations import fold_number, fold_title
from corpus.document import PARSER_VERSION, parse
from corpus.errors import CorpusError, reason
from corpus.manifest import Entry, Manifest, read_manifest
from corpus.model import Citation, Corpus, Document
from corpus.read import read_source

DEFAULT_CORPUS = Path(__file__).parent
"""The corpus shipped with the project."""

_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
_NO_TEXTS = re.compile(r"(?:readme|license|changelog|places-ambiguous)\b.*", re.IGNORECASE)
_SIDE_FILES = ("manifest.toml", "terms.tsv")
_RESOURCES = ("words.txt", "places.tsv", "places-ambiguous.txt")
"""Files of this package that reading and tokenising depend on, whatever the corpus."""


def load_corpus(folder: Path | str | None = None) -> Corpus:
    """Read the corpus in `folder` (None: the shipped one).

    Raises `CorpusError` for a folder that is missing, empty or gives two texts one id, `ManifestError` for a wrong
    manifest, `SourceError` for a file that cannot be read.
    """
    root = _root(folder)
    manifest = _manifest(root)
    listed = _listed(root, manifest)
    documents = [parse(read_source(root / path, doc_id, path), entry) for doc_id, path, entry in listed]
    return Corpus(root, _linked(documents), fingerprint(root))


def fingerprint(folder: Path | str | None = None) -> str:
    """A hash over everything the documents are made from: texts, manifest, terms, and the parser's version.

    Raises as `load_corpus` does for a folder that is missing or empty.
    """
    root = _root(folder)
    digest = hashlib.sha256(f"parser {PARSER_VERSION}".encode())
    side_files = (name for name in _SIDE_FILES if (root / name).is_file())
    for path in (
        *(DEFAULT_CORPUS / name for name in _RESOURCES),
        *(root / p for p in (*side_files, *_text_paths(root))),
    ):
        try:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise CorpusError(f"{path.name} 读不出来（{reason(error)}）。请检查文件权限。", path) from error
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        digest.update(f"\0{name}\0{content}".encode())
    return digest.hexdigest()


def _root(folder: Path | str | None) -> Path:
    root = DEFAULT_CORPUS if folder is None else Path(folder)
    if not root.exists():
        raise CorpusError(f"没有语料目录 {root}。请检查路径，或新建该目录并放入政策原文（.txt 或 .md）。", root)
    if not root.is_dir():
        raise CorpusError(f"{root} 是文件，不是目录。请给出存放政策原文的目录。", root)
    return root


def _manifest(root: Path) -> Manifest | None:
    path = root / "manifest.toml"
    return read_manifest(path) if path.is_file() else None


def _text_paths(root: Path) -> tuple[str, ...]:
    """The text files of a corpus, relative with /, sorted."""
    texts = root / "texts"
    base = texts if texts.is_dir() else root
    found = []
    for path in sorted(base.rglob("*") if base is texts else base.glob("*")):
        relative = path.relative_to(root)
        hidden = any(part.startswith(".") for part in relative.parts)
        if path.is_file() and path.suffix.lower() in _SUFFIXES and not hidden and not _NO_TEXTS.fullmatch(path.name):
            found.append(relative.as_posix())
    if not found:
        raise CorpusError(f"语料目录 {base} 里没有政策原文。请放入 .txt 或 .md 文件，每份文件一个。", base)
    return tuple(found)


def _listed(root: Path, manifest: Manifest | None) -> list[tuple[str, str, Entry | None]]:
    """(id, path, manifest entry) of each text, those of the manifest first, in its order."""
    entries = manifest.entries if manifest is not None else ()
    for entry in entries:
        if not (root / entry.file).is_file():
            assert manifest is not None
            raise CorpusError(
                f"{manifest.path} 第 {entry.line} 行：没有文件 {entry.file}。请改正 file，或把文件放进去。",
                manifest.path,
            )
    named = {entry.file for entry in entries}
    listed: list[tuple[str, str, Entry | None]] = [(entry.id, entry.file, entry) for entry in entries]
    listed += [(doc_id_of(path), path, None) for path in _text_paths(root) if path not in named]
    taken: dict[str, str] = {}
    for doc_id, path, _ in listed:
        if doc_id in taken:
            raise CorpusError(
                f"{taken[doc_id]} 和 {path} 都会用编号 {doc_id}。请改文件名，或在 manifest.toml 里各写一个 id。",
                root / path,
            )
        taken[doc_id] = path
    return listed


def doc_id_of(path: str) -> str:
    """The id of a text that no manifest names: its file's name in short ASCII, or a hash of it.

    >>> doc_id_of("texts/Rules 2020.txt"), doc_id_of("texts/重庆.txt")
    ('rules-2020', 'd-c4903021')
    """
    stem = unicodedata.normalize("NFKC", Path(path).stem)
    slug = re.sub(r"[^a-z0-9_-]+", "-", stem.lower()).strip("-_")
    if slug and stem.isascii():
        return slug
    return f"d-{hashlib.sha1(stem.encode(), usedforsecurity=False).hexdigest()[:8]}"


def _linked(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents, each citation of one that is held pointing at it."""
    by_number = {fold_number(d.metadata.number): d.doc_id for d in documents if d.metadata.number}
    by_title = {fold_title(d.metadata.title): d.doc_id for d in documents if len(d.metadata.title) > 6}

    def resolve(citation: Citation, own: str) -> Citation:
        held = (
            by_number.get(fold_number(citation.number)) if citation.number else by_title.get(fold_title(citation.title))
        )
        return replace(citation, doc_id=held) if held and held != own else citation

    return tuple(
        replace(
            document,
            metadata=replace(
                document.metadata,
                citations=tuple(resolve(citation, document.doc_id) for citation in document.metadata.citations),
            ),
        )
        for document in documents
    )
