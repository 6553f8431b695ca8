"""The best clauses of a question read once more, each beside the question, and their order mixed from both scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.reranker import Reranker
from indexer.units import sentence_passage
from search.evidence import best_sentence
from search.model import System, Why
from search.ranking import Rows, best_places
from search.retrieve import Found, Scores

_NAME = "rerank"


@dataclass(frozen=True, slots=True)
class RerankConfig:
    """How much a reranker has to say; without one, none of it counts."""

    depth: int = 20
    """Clauses that it reads: the best of those in scope by the fused score."""
    share: float = 0.5
    """Share of its score in the mix, the rest is the fused score's; each first brought to 0..1 within the list."""


def reranked(
    found: Found, question: str, doc_ids: Sequence[str], reranker: Reranker | None, config: RerankConfig
) -> Found:
    """What was found, the best clauses of `doc_ids` put in order by `reranker` too; without one, as it was."""
    return found if reranker is None else Reranked(found, question, doc_ids, reranker, config)


class Reranked(Found):
    """What was found for a question, its best clauses read by a reranker: when the hybrid scores are first asked for.

    The mixed scores are spread over the range that the fused scores of the list had. So no clause that was read falls
    behind one that was not, and how far one clause leads another keeps its measure. The other systems, sentences and
    what is fused otherwise (`with_config`) stay as found.
    """

    def __init__(
        self, found: Found, question: str, doc_ids: Sequence[str], reranker: Reranker, config: RerankConfig
    ) -> None:
        self.__dict__ = dict(found.__dict__)
        self._question = question
        self._doc_ids = tuple(doc_ids)
        self._reranker = reranker
        self._rerank = config
        self._read: dict[int, float] = {}
        self._reranked: Scores | None = None

    def fused(self, system: System) -> Scores:
        """(n,): fused score of each clause; in `hybrid` with the reranker's word."""
        if system != "hybrid":
            return super().fused(system)
        if self._reranked is None:
            self._reranked = self._mix(super().fused(system))
        return self._reranked

    def told(self, why: Why, row: int) -> Why:
        """`why` with the reranker's score of clause `row`, and its rank by it, where it was read."""
        if row not in self._read:
            return why
        score = self._read[row]
        rank = 1 + sum(other > score for other in self._read.values())
        return replace(why, ranks=(*why.ranks, (_NAME, rank)), scores=(*why.scores, (_NAME, round(score, 4))))

    def _mix(self, fused: Scores) -> Scores:
        rows = np.concatenate([np.asarray(self.index.rows_of[doc_id], np.int64) for doc_id in self._doc_ids])
        listed = rows[best_places(fused[rows], self._rerank.depth)]
        listed = listed[fused[listed] > 0]
        if not len(listed):
            return fused
        given = self._reranker.scores(self._question, self._passages(listed))
        self._read = {int(row): float(score) for row, score in zip(listed, given, strict=True)}
        share = np.float32(self._rerank.share)
        mixed = (1 - share) * _within(fused[listed]) + share * _within(given)
        scores = fused.copy()
        low, high = fused[listed].min(), fused[listed].max()
        scores[listed] = low + mixed * ((high - low) or high)  # fused scores all alike leave it to the reranker
        return scores

    def _passages(self, rows: Rows) -> list[str]:
        """For the reranker: chapter headings, heading, the best sentence, and the clause, which a short model cuts."""
        passages = []
        for row in rows.tolist():
            clause = self.index.clauses[row]
            sentence = best_sentence(self, row, self.index.document_of[clause.doc_id])
            front = sentence_passage(clause, sentence.start, sentence.end, self.index.config)
            passages.append(f"{front}\n{clause.body_text}")
        return passages


def _within(scores: Scores) -> Scores:
    """0 for the lowest to 1 for the highest; 0 for all where they are alike."""
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)
