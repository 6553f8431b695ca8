"""From texts to token vectors, step by step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import sparse

from indexer.training.bags import bags, tf_idf, token_ids
from indexer.training.contrast import contrasted
from indexer.training.cooccurrence import cooccurrences, ppmi, reduced, sif_weights
from indexer.training.likeness import like_pairs, nearest_others
from indexer.training.sources import ClozePairs, NeighbourPairs, QuestionPairs, TermPairs
from indexer.training.texts import sentences
from indexer.training.vocabulary import train_tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from corpus.terms import Term
    from indexer.training.bags import Sparse
    from indexer.training.material import Material
    from indexer.training.sources import PairSource
    from indexer.training.texts import Passage, Question

_NEAR = 10
"""Passages that resemble a question without answering it, kept for each."""
_NEIGHBOURHOOD, _NOISE = 0.75, 0.66
"""Lengths of the two halves of a first vector."""
_LAW = re.compile(r"第[〇零一二三四五六七八九十百千]+条.*$")
"""What of an article's title is not its law's name."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The choices of a training run; the numbers of pairs are per batch."""

    seed: int = 0
    vocabulary: int = 40_000
    window: int = 8
    dim: int = 256
    """Half of it for the factorised neighbourhoods of a token, half at random, to be learned."""
    steps: int = 700
    dropout: float = 0.3
    article_pairs: int = 160
    policy_pairs: int = 20
    neighbour_pairs: int = 80
    question_pairs: int = 80
    written_pairs: int = 240
    term_pairs: int = 60


@dataclass(frozen=True, slots=True)
class Trained:
    """A tokenizer with its token vectors (vocabulary, dim) before and after contrastive training."""

    tokenizer: Tokenizer
    initial: NDArray[np.float32]
    vectors: NDArray[np.float32]


class Reporter(Protocol):
    """Shows how far the training is."""

    def stage(self, name: str, total: int = 1) -> Callable[[float], None]:
        """Open a stage of `total` steps; call the result once a step, with the loss (0.0 where there is none)."""


def trained(material: Material, recipe: Recipe, report: Reporter) -> Trained:
    """Follow the whole recipe; the same material and recipe give the same bytes."""
    rng = np.random.default_rng(recipe.seed)
    texts = [passage.whole for passage in (*material.articles, *material.policies)]
    done = report.stage("词表")
    tokenizer = train_tokenizer(texts, recipe.vocabulary)
    done(0.0)
    done = report.stage("共现与分解")
    initial = _initial(token_ids(tokenizer, texts), tokenizer.get_vocab_size(), recipe, rng)
    done(0.0)
    sources = _sources(tokenizer, material, recipe)
    if not sources:
        return Trained(tokenizer, initial, initial)
    vectors = contrasted(initial, sources, recipe.steps, rng, report.stage("对比训练", recipe.steps), recipe.dropout)
    return Trained(tokenizer, initial, vectors)


def _initial(
    texts: Sequence[NDArray[np.int32]], size: int, recipe: Recipe, rng: np.random.Generator
) -> NDArray[np.float32]:
    """(size, dim): neighbourhoods and noise side by side, times the token's SIF weight; the unknown token's is zero.

    The noise gives tokens of like neighbourhoods (opposites, sister terms) room to part.
    """
    learned = recipe.dim // 2
    vectors = _unit(reduced(ppmi(cooccurrences(texts, size, recipe.window)), recipe.dim - learned, rng))
    noise = _unit(rng.standard_normal((size, learned), dtype=np.float32))
    counts = np.bincount(np.concatenate([*texts, np.empty(0, dtype=np.int32)]), minlength=size)
    weighted = np.hstack([_NEIGHBOURHOOD * vectors, _NOISE * noise]) * sif_weights(counts)[:, None]
    weighted[0] = 0
    return np.asarray(weighted, dtype=np.float32)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, np.finfo(np.float32).tiny), dtype=np.float32)


def _sources(tokenizer: Tokenizer, material: Material, recipe: Recipe) -> list[tuple[PairSource, int]]:
    """Make the pair sources that the material gives, with the number of pairs to draw from each."""
    articles = bags(tokenizer, [passage.whole for passage in material.articles])
    policies = bags(tokenizer, [passage.whole for passage in material.policies])
    pool = sparse.csr_matrix(sparse.vstack([articles, policies]))
    rows = {p.passage_id: row for row, p in enumerate((*material.articles, *material.policies))}
    found: list[tuple[PairSource | None, int]] = [
        (_cloze(tokenizer, material.articles, articles), recipe.article_pairs),
        (_cloze(tokenizer, material.policies, policies), recipe.policy_pairs),
        (_neighbours(material.articles, articles), recipe.neighbour_pairs),
        (_question_pairs(tokenizer, material.questions, pool, rows), recipe.question_pairs),
        (_question_pairs(tokenizer, material.written, pool, rows), recipe.written_pairs),
        (_term_pairs(tokenizer, material.terms), recipe.term_pairs),
    ]
    return [(source, count) for source, count in found if source is not None and count > 0]


def _cloze(tokenizer: Tokenizer, passages: Sequence[Passage], counts: Sparse) -> ClozePairs | None:
    """Pairs from the passages of two sentences or more; None where there is none."""
    taken = [(text, row) for row, passage in enumerate(passages) for text in _parts(passage)]
    if not taken:
        return None
    return ClozePairs(bags(tokenizer, [text for text, _ in taken]), np.array([row for _, row in taken]), counts)


def _parts(passage: Passage) -> tuple[str, ...]:
    parts = sentences(passage.text)
    return parts if len(parts) > 1 else ()


def _neighbours(articles: Sequence[Passage], counts: Sparse) -> NeighbourPairs | None:
    """Pairs of articles of different laws that are much alike, yet not copies; None where there is none."""
    pairs = like_pairs(tf_idf(counts), [_LAW.sub("", passage.title) for passage in articles])
    return NeighbourPairs(counts, pairs) if len(pairs) else None


def _question_pairs(
    tokenizer: Tokenizer, questions: Sequence[Question], pool: Sparse, rows: Mapping[str, int]
) -> QuestionPairs | None:
    """Pairs from the questions, their near misses the nearest passages by TF-IDF; None where there is no question."""
    if not questions:
        return None
    golds = tuple(tuple(rows[gold] for gold in question.golds) for question in questions)
    asked = bags(tokenizer, [question.text for question in questions])
    return QuestionPairs(asked, pool, golds, nearest_others(asked, tf_idf(pool), golds, _NEAR))


def _term_pairs(tokenizer: Tokenizer, terms: Sequence[Term]) -> TermPairs | None:
    if not terms:
        return None
    plain, official = [term.plain for term in terms], [term.official for term in terms]
    return TermPairs(bags(tokenizer, plain), bags(tokenizer, official), _numbered(plain), _numbered(official))


def _numbered(words: Sequence[str]) -> NDArray[np.int64]:
    """(n,): the same number for the same word."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(word, len(numbers)) for word in words], dtype=np.int64)
