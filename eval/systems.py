"""The systems that a run compares: lexical, dense, hybrid, and hybrid with each of its parts switched off in turn.

A system is the engine's own retrieval under other settings. All rank for the same text in the same documents: what
`ask` searched for, in the scope that it read. Only `hybrid-scope`, `hybrid-history` and `hybrid-question-words`
differ there, since what they switch off is just that.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import QuestionError
from corpus.model import Corpus
from corpus.phrasings import Phrasing
from eval.model import Ranked
from indexer.build import build_index
from search.engine import Engine
from search.fusion import FusionConfig
from search.question import understand
from search.ranking import best_places
from search.rerank import reranked
from search.retrieve import Found, Retriever

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.build import Progress
    from search import model

DEFAULT = ("lexical", "dense", "hybrid")
_PLACES = 6
"""Decimals of a score: the rest differs between machines."""
_RANKED = 10
"""Clauses of a ranking whose ranks in the single retrievers are kept: those that are shown."""


@dataclass(frozen=True, slots=True)
class System:
    """How to rank: `fusion` and `index` are what is set otherwise than in the engine that is measured."""

    name: str
    title: str
    base: model.System = "hybrid"
    fusion: Mapping[str, float] = field(default_factory=dict)
    index: Mapping[str, Any] = field(default_factory=dict)
    reads_scope: bool = True
    reads_history: bool = True
    drops_question_words: bool = True


SYSTEMS: dict[str, System] = {
    system.name: system
    for system in (
        System(
            "bm25",
            "教科书：在同样的文件里，整条的词语 BM25",
            base="lexical",
            fusion={"words": 1.0, "chars": 0.0, "sentence": 0.0, "expansion": 0.0, "apart": 1.0},
            index={"clause_heading": 0, "clause_trail": 0},
            drops_question_words=False,
        ),
        System("lexical", "只用词和字", base="lexical"),
        System("dense", "只用语义", base="dense"),
        System("hybrid", "综合"),
        System("hybrid-words", "综合，不用词", fusion={"words": 0.0}),
        System("hybrid-chars", "综合，不用字", fusion={"chars": 0.0}),
        System("hybrid-dense", "综合，不用语义", fusion={"dense": 0.0}),
        System("hybrid-phrasing", "综合，不用问法", fusion={"phrasing": 0.0}),
        System("hybrid-expansion", "综合，不用白话对应的用语", fusion={"expansion": 0.0}),
        System("hybrid-sentences", "综合，不看单句", fusion={"sentence": 0.0}),
        System("hybrid-apart", "综合，封面和落款不降权", fusion={"apart": 1.0}),
        System(
            "hybrid-headings",
            "综合，标题不加权",
            index={
                "clause_heading": 0,
                "clause_trail": 0,
                "sentence_heading": 0,
                "sentence_trail": 0,
                "passage_heading": False,
                "passage_trail": False,
            },
        ),
        System("hybrid-scope", "综合，不看问的是哪份文件", reads_scope=False),
        System("hybrid-history", "综合，不看前面的问题", reads_history=False),
        System("hybrid-question-words", "综合，不去掉疑问词", drops_question_words=False),
    )
}
"""Every system, by name."""


def system_names(listed: str) -> tuple[str, ...]:
    """The systems of a list ``a,b,c``, each once; ``all`` names every one. Raises `QuestionError`."""
    names = tuple(dict.fromkeys(name.strip() for name in listed.split(",") if name.strip()))
    if names == ("all",):
        return tuple(SYSTEMS)
    unknown = [name for name in names if name not in SYSTEMS]
    if unknown or not names:
        said = "、".join(unknown) or "（空）"
        raise QuestionError(f"没有检索方式 {said}。可用：{'、'.join(SYSTEMS)}，或 all（全部）。")
    return names


def engines_for(names: Sequence[str], engine: Engine, progress: Progress | None = None) -> dict[str, Engine]:
    """The engine of each system: `engine` itself, but for those that need an index of their own.

    Such an index is built in memory from the documents that `engine` holds, once for all systems that share it.
    """
    built: dict[tuple[tuple[str, Any], ...], Engine] = {(): engine}
    for name in names:
        changes = SYSTEMS[name].index
        key = tuple(sorted(changes.items()))
        if key not in built:
            held = engine.index
            corpus = Corpus(Path(), held.documents)
            config = replace(held.config, **changes)
            index = build_index(corpus, config, held.encoder, held.user_words, held, progress)
            settings = replace(engine.config, index=config)
            own = engine.retriever.expander
            built[key] = Engine(index, settings, engine.decision, phrasings_of(engine), own, reranker=engine.reranker)
    return {name: built[tuple(sorted(SYSTEMS[name].index.items()))] for name in names}


def phrasings_of(engine: Engine) -> tuple[Phrasing, ...]:
    """The phrasings that the engine matches questions with."""
    return engine.retriever.phrasings.phrasings


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be ranked for: `text` in the documents `doc_ids`."""

    text: str
    doc_ids: tuple[str, ...]


class Ranker:
    """Ranks clauses for a system; scores that systems on one index share are worked out once a question."""

    def __init__(self, system: System, engine: Engine) -> None:
        self.system = system
        self.engine = engine
        self.fusion: FusionConfig = replace(engine.fusion, **system.fusion)
        own = engine.retriever
        is_same = self.fusion.apart == own.config.apart  # it is worked into a retriever, all else into what it finds
        self._retriever = own if is_same else Retriever(engine.index, self.fusion, phrasings_of(engine), own.expander)

    def rank(self, asked: Asked, depth: int, found: dict[tuple[int, float, str], Found]) -> tuple[Ranked, ...]:
        """The `depth` best clauses, best first, those that score nothing left out.

        `found` holds what was found for the same question; what is found now is added.
        """
        text = understand(asked.text).content if self.system.drops_question_words else asked.text
        key = (id(self.engine.index), self.fusion.apart, text)
        if key not in found:
            found[key] = self._retriever.find(text, spoken=asked.text)
        held = found[key] if found[key].config == self.fusion else found[key].with_config(self.fusion)
        engine = self.engine
        held = reranked(held, asked.text, asked.doc_ids, engine.reranker, engine.config.rerank)
        return _ranked(held, self.system.base, asked.doc_ids, depth)


def _ranked(found: Found, base: model.System, doc_ids: Sequence[str], depth: int) -> tuple[Ranked, ...]:
    index = found.index
    fused = found.fused(base)
    spans = (index.rows_of[doc_id] for doc_id in doc_ids)
    rows = np.concatenate([np.arange(span.start, span.stop) for span in spans])
    order = rows[best_places(fused[rows], depth)]
    order = order[fused[order] > 0]
    shown = order[:_RANKED]
    ranks = {name: _ranks(found.retriever(name)[rows], found.retriever(name)[shown]) for name in found.retrievers}
    return tuple(
        Ranked(
            index.clauses[row].clause_id,
            round(float(fused[row]), _PLACES),
            {name: held[place] for name, held in ranks.items()} if place < len(shown) else {},
        )
        for place, row in enumerate(order.tolist())
    )


def _ranks(scores: NDArray[np.float32], wanted: NDArray[np.float32]) -> list[int]:
    """Rank among `scores` of each score in `wanted`, from 1; equal ones share the best rank."""
    rising = np.sort(scores)
    above: NDArray[np.int64] = len(rising) - np.searchsorted(rising, wanted, side="right")
    return [int(count) + 1 for count in above]
