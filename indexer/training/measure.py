"""What a trained encoder finds in the questions and texts that were held back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.training.texts import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.encoder import Encoder
    from indexer.training.texts import Passage, Question

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Found:
    """Means over `count` questions."""

    count: int
    recall: float
    """Share of a question's golds among the first ten."""
    ndcg: float
    """nDCG@10 with binary gains (Järvelin and Kekäläinen 2002)."""


def questions_found(encoder: Encoder, articles: Sequence[Passage], questions: Sequence[Question]) -> Found:
    """How well `encoder` alone ranks `articles` for `questions`."""
    rows = {passage.passage_id: row for row, passage in enumerate(articles)}
    vectors = encoder.encode_passages([passage.whole for passage in articles])
    asked = encoder.encode_queries([question.text for question in questions])
    return _mean([(vectors @ query, {rows[g] for g in q.golds}) for query, q in zip(asked, questions, strict=True)])


def openings_found(encoder: Encoder, paragraphs: Sequence[Passage]) -> Found:
    """How well the first sentence of a paragraph finds the rest of it among the rests of all `paragraphs`."""
    parts = [sentences(passage.text) for passage in paragraphs]
    whole = [part for part in parts if len(part) > 1]
    vectors = encoder.encode_passages(["".join(part[1:]) for part in whole])
    asked = encoder.encode_queries([part[0] for part in whole])
    return _mean([(vectors @ query, {row}) for row, query in enumerate(asked)])


def _mean(judged: Sequence[tuple[np.ndarray, set[int]]]) -> Found:
    discounts = 1 / np.log2(np.arange(2, _DEPTH + 2))
    recalls, gains = [], []
    for scores, golds in judged:
        hits = np.array([row in golds for row in np.argsort(-scores, kind="stable")[:_DEPTH]])
        recalls.append(hits.sum() / len(golds))
        gains.append(discounts[: len(hits)][hits].sum() / discounts[: len(golds)].sum())
    return Found(len(judged), float(np.mean(recalls)), float(np.mean(gains)))
