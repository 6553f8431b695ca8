"""Words that a tokenizer should keep whole: official terms, document numbers, names of places and bodies."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from corpus.citations import fold_number
from corpus.model import Corpus, Document
from corpus.places import short_form


def user_words(corpus: Corpus) -> tuple[str, ...]:
    """Words to keep whole for `corpus`, sorted: the official terms, and what its documents name themselves by."""
    words = set(official_terms())
    for document in corpus.documents:
        words.update(_names(document))
    return tuple(sorted(word for word in words if 1 < len(word) <= 40))


def _names(document: Document) -> Iterator[str]:
    metadata = document.metadata
    yield from (fold_number(c.number) for c in metadata.citations if c.number)
    if metadata.number:
        yield fold_number(metadata.number)
    if metadata.region and metadata.region_code:
        yield metadata.region
        yield short_form(metadata.region)
    yield from metadata.issuers
    yield from metadata.aliases


@cache
def official_terms() -> tuple[str, ...]:
    """The terms of `corpus/words.txt`: of personnel policy and of public administration at large, sorted."""
    lines = files("corpus").joinpath("words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
