"""Corpus → Index. Texts that an earlier index has encoded are not encoded again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from indexer.dense import DenseIndex
from indexer.index import Index
from indexer.lexical import LexicalIndex
from indexer.tokens import Tokenizer
from indexer.units import TokenLists, clause_passage, sentence_passage, sentence_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from corpus.model import Corpus, Document
    from indexer.config import IndexConfig
    from indexer.encoder import Encoder
    from indexer.units import Units

_BATCH = 1024


class Progress(Protocol):
    """Called as the work goes on."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note that `done` of `total` are done at `stage` (in Chinese)."""


def build_index(
    corpus: Corpus,
    config: IndexConfig,
    encoder: Encoder,
    user_words: Sequence[str] = (),
    previous: Index | None = None,
    progress: Progress | None = None,
) -> Index:
    """Index of `corpus`. Vectors of documents that `previous` holds unchanged, by the same encoder, are taken over.

    `user_words`: see `Tokenizer`.
    """
    report = progress or _silent
    documents = corpus.documents
    units = sentence_units([clause for document in documents for clause in document.clauses], config)
    passages = list(_passages(documents, units, config))
    clause_vectors, sentence_vectors = _vectors(passages, encoder, previous, report)
    tokenizer = Tokenizer(user_words, guess_words=config.guess_words)
    clause_words, sentence_words = _lexical(TokenLists(tokenizer.words, documents, config), config, report, "词语")
    clause_chars, sentence_chars = _lexical(TokenLists(tokenizer.chars, documents, config), config, report, "字符")
    return Index(
        documents=documents,
        keys=tuple(passage.key for passage in passages),
        user_words=tuple(user_words),
        config=config,
        encoder=encoder,
        units=units,
        clause_words=clause_words,
        clause_chars=clause_chars,
        sentence_words=sentence_words,
        sentence_chars=sentence_chars,
        clause_vectors=DenseIndex(clause_vectors),
        sentence_vectors=DenseIndex(sentence_vectors),
    )


def reencoded(index: Index, encoder: Encoder, progress: Progress | None = None) -> Index:
    """`index` with the vectors of another encoder; all else is shared."""
    passages = list(_passages(index.documents, index.units, index.config))
    clauses, sentences = _vectors(passages, encoder, None, progress or _silent)
    return replace(index, encoder=encoder, clause_vectors=DenseIndex(clauses), sentence_vectors=DenseIndex(sentences))


def _silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class _Passages:
    """What the encoder reads of one document, and the digest of it."""

    key: str
    clauses: list[str]
    sentences: list[str]


def _passages(documents: Iterable[Document], units: Units, config: IndexConfig) -> Iterator[_Passages]:
    row = 0
    for document in documents:
        clauses: list[str] = []
        sentences: list[str] = []
        for clause in document.clauses:
            clauses.append(clause_passage(clause, config))
            inside = slice(units.bounds[row], units.bounds[row + 1])
            spans = zip(units.start[inside].tolist(), units.end[inside].tolist(), strict=True)
            sentences += (sentence_passage(clause, start, end, config) for start, end in spans)
            row += 1
        digest = hashlib.sha256(document.sha256.encode())
        for text in (*clauses, "", *sentences):
            digest.update(text.encode(errors="surrogatepass") + b"\0")
        yield _Passages(digest.hexdigest(), clauses, sentences)


def _vectors(
    passages: Sequence[_Passages], encoder: Encoder, previous: Index | None, report: Progress
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(clauses, dim) and (sentences, dim)."""
    known = _known(previous, encoder)
    texts = [text for p in passages if p.key not in known for text in (*p.clauses, *p.sentences)]
    encoded = _encoded(texts, encoder, report)
    clauses = [np.zeros((0, encoder.dim), np.float32)]
    sentences = [np.zeros((0, encoder.dim), np.float32)]
    done = 0
    for passage in passages:
        vectors = known.get(passage.key)
        if vectors is None:
            middle = done + len(passage.clauses)
            end = middle + len(passage.sentences)
            vectors = (encoded[done:middle], encoded[middle:end])
            done = end
        clauses.append(vectors[0])
        sentences.append(vectors[1])
    return np.concatenate(clauses), np.concatenate(sentences)


def _known(previous: Index | None, encoder: Encoder) -> dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Clause and sentence vectors by document key."""
    if previous is None or previous.encoder.identity() != encoder.identity():
        return {}
    bounds = previous.units.bounds
    clauses, sentences = previous.clause_vectors.vectors, previous.sentence_vectors.vectors
    known = {}
    for key, document in zip(previous.keys, previous.documents, strict=True):
        rows = previous.rows_of[document.doc_id]
        known[key] = (clauses[rows.start : rows.stop], sentences[bounds[rows.start] : bounds[rows.stop]])
    return known


def _encoded(texts: Sequence[str], encoder: Encoder, report: Progress) -> NDArray[np.float32]:
    vectors = np.zeros((len(texts), encoder.dim), np.float32)
    for start in range(0, len(texts), _BATCH):
        end = min(start + _BATCH, len(texts))
        vectors[start:end] = encoder.encode_passages(texts[start:end])
        report("编码", end, len(texts))
    return vectors


def _lexical(
    token_lists: TokenLists, config: IndexConfig, report: Progress, name: str
) -> tuple[LexicalIndex, LexicalIndex]:
    """Over clauses, over sentences."""
    clauses: list[list[str]] = []
    sentences: list[list[str]] = []
    total = len(token_lists)
    for clause_tokens, sentence_tokens in token_lists:
        clauses.append(clause_tokens)
        sentences += sentence_tokens
        if len(clauses) % _BATCH == 0 or len(clauses) == total:
            report(f"切分{name}", len(clauses), total)
    over_clauses = LexicalIndex.build(clauses, config.k1, config.b)
    report(f"统计{name}", 1, 2)
    over_sentences = LexicalIndex.build(sentences, config.k1, config.b)
    report(f"统计{name}", 2, 2)
    return over_clauses, over_sentences
