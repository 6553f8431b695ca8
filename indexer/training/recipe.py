"""From texts to token vectors, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from indexer.training.bags import bags, tf_idf, token_ids
from indexer.training.contrast import ClozePairs, PairSource, QuestionPairs, contrasted
from indexer.training.cooccurrence import cooccurrences, ppmi, reduced, sif_weights
from indexer.training.texts import sentences
from indexer.training.vocabulary import train_tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from indexer.training.bags import Sparse
    from indexer.training.texts import Passage, Question

_NEAR = 10
"""Passages that resemble a question without answering it, kept for each."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The choices of a training run; the numbers of pairs are per batch."""

    seed: int = 0
    vocabulary: int = 20_000
    window: int = 8
    dim: int = 256
    steps: int = 400
    article_pairs: int = 512
    policy_pairs: int = 64
    question_pairs: int = 64


@dataclass(frozen=True, slots=True)
class Material:
    """What is learned from: nothing held back is in it. `questions` refer to `articles` by id."""

    articles: tuple[Passage, ...]
    policies: tuple[Passage, ...]
    questions: tuple[Question, ...]


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
    vectors = contrasted(initial, sources, recipe.steps, rng, report.stage("对比训练", recipe.steps))
    return Trained(tokenizer, initial, vectors)


def _initial(
    texts: Sequence[NDArray[np.int32]], size: int, recipe: Recipe, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Rows of unit length times their SIF weight; the unknown token's is zero."""
    vectors = reduced(ppmi(cooccurrences(texts, size, recipe.window)), recipe.dim, rng)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    counts = np.bincount(np.concatenate([*texts, np.empty(0, dtype=np.int32)]), minlength=size)
    weighted = vectors / np.maximum(lengths, np.finfo(np.float32).tiny) * sif_weights(counts)[:, None]
    weighted[0] = 0
    return np.asarray(weighted, dtype=np.float32)


def _sources(tokenizer: Tokenizer, material: Material, recipe: Recipe) -> list[tuple[PairSource, int]]:
    """Make the pair sources that the material gives, with the number of pairs to draw from each."""
    articles = bags(tokenizer, [passage.whole for passage in material.articles])
    found: list[tuple[PairSource | None, int]] = [
        (_cloze(tokenizer, material.articles, articles), recipe.article_pairs),
        (_cloze(tokenizer, material.policies, None), recipe.policy_pairs),
        (_question_pairs(tokenizer, material, articles), recipe.question_pairs),
    ]
    return [(source, count) for source, count in found if source is not None and count > 0]


def _cloze(tokenizer: Tokenizer, passages: Sequence[Passage], counts: Sparse | None) -> ClozePairs | None:
    """Pairs from the passages of two sentences or more; None where there is none."""
    taken = [(text, row) for row, passage in enumerate(passages) for text in _parts(passage)]
    if not taken:
        return None
    if counts is None:
        counts = bags(tokenizer, [passage.whole for passage in passages])
    return ClozePairs(bags(tokenizer, [text for text, _ in taken]), np.array([row for _, row in taken]), counts)


def _parts(passage: Passage) -> tuple[str, ...]:
    parts = sentences(passage.text)
    return parts if len(parts) > 1 else ()


def _question_pairs(tokenizer: Tokenizer, material: Material, articles: Sparse) -> QuestionPairs | None:
    """Pairs from the questions, their near misses the nearest articles by TF-IDF; None where there is no question."""
    if not material.questions:
        return None
    rows = {passage.passage_id: row for row, passage in enumerate(material.articles)}
    golds = tuple(tuple(rows[gold] for gold in question.golds) for question in material.questions)
    questions = bags(tokenizer, [question.text for question in material.questions])
    articles_weighted = tf_idf(articles).T.tocsr()
    near = []
    for row, own in enumerate(golds):
        likeness = np.asarray((questions[row] @ articles_weighted).todense()).ravel()
        nearest = np.argsort(-likeness, kind="stable")[: _NEAR + len(own)]
        near.append(tuple(int(found) for found in nearest if found not in own)[:_NEAR])
    return QuestionPairs(questions, articles, golds, tuple(near))
