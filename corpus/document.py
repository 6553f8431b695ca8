"""Source → Document: clean text, tree, clauses and metadata put together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.clauses import cut_clauses, draft_clauses, tree_nodes
from corpus.clean import clean
from corpus.errors import SourceError
from corpus.manifest import Entry, apply
from corpus.metadata import FrontMatter, read_metadata
from corpus.model import Clause, Document, Metadata, Source
from corpus.parts import split_parts

PARSER_VERSION = 1
"""Counts up when the same file gives another parse; indexes made from an older one are then rebuilt."""


def parse(source: Source, entry: Entry | None = None) -> Document:
    """Read a source into a document; `entry` is what the manifest says of it, which wins over the text.

    What has no structure is one clause a paragraph. Raises `SourceError` where nothing but page numbers and marks is
    left of the text, and for nothing else.
    """
    cleaned = clean(source)
    if not cleaned.blocks:
        message = "文件是空的：除了空白、页码和版面标记，没有正文。请放入政策原文，或把它移出语料目录。"
        raise SourceError(message, Path(source.path))
    drafts, roots = draft_clauses(split_parts(cleaned.blocks))
    clauses = cut_clauses(source.doc_id, cleaned, drafts, source.encoding)
    metadata = read_metadata(_front_matter(cleaned.text, clauses))
    if not metadata.title:
        metadata = replace(metadata, title=_stem(source.path))
    if not metadata.short_name:
        metadata = replace(metadata, short_name=metadata.title[:14])
    return Document(
        doc_id=source.doc_id,
        path=source.path,
        sha256=source.sha256,
        encoding=source.encoding,
        text=cleaned.text,
        runs=cleaned.runs,
        metadata=apply(entry, metadata) if entry is not None else metadata,
        nodes=tree_nodes(roots, cleaned),
        clauses=clauses,
    )


def _front_matter(text: str, clauses: tuple[Clause, ...]) -> FrontMatter:
    main = [clause for clause in clauses if clause.clause_id.count("/") == 1 or clause.kind == "clause"]

    def span(kind: str) -> tuple[int, int] | None:
        found = next((clause for clause in main if clause.kind == kind), None)
        return None if found is None else (found.start, found.end)

    cover = span("cover")
    begin = 0 if cover is None else min(cover[1] + 1, len(text))
    return FrontMatter(text, span("preface") or (begin, begin), cover, span("closing"), span("signature"))


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def is_same_text(one: Metadata, other: Metadata) -> bool:
    """Whether two documents are one text held twice: the same number and the same title."""
    return one.number is not None and one.number == other.number and one.title == other.title
