"""The engine: a corpus opened once, questions answered from it as often as wanted."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import QuestionError
from corpus.load import DEFAULT_CORPUS, fingerprint, load_corpus
from corpus.model import Clause, Document
from corpus.paragraphs import paragraph_of
from corpus.phrasings import Phrasing, read_phrasings
from corpus.vocabulary import user_words
from indexer.build import Progress
from indexer.config import IndexConfig
from indexer.encoder import available_encoder
from indexer.index import Index
from indexer.reranker import Reranker, available_reranker
from indexer.store import CorpusReader, directories, open_index
from search import notices
from search.compare.model import Alignment, Comparison, WholeComparison
from search.decide import Decisions, Signals, shipped, signals
from search.decisive import decisive
from search.evidence import EvidenceConfig, best_sentence, quotes
from search.expand import Expander, open_expander
from search.fusion import FusionConfig, kind_of, learned
from search.gist import LEAST, gist
from search.history import standalone
from search.model import Answer, DocumentAnswer, Hit, Scope, SearchResult, Status, System, TermMatch, Why
from search.prepared import PreparedPhrasings, open_phrasings
from search.question import check, understand
from search.ranking import best_places, ranks_among
from search.rerank import RerankConfig, Reranked, reranked
from search.retrieve import Found, Retriever
from search.scope import ScopeReader
from search.similar import similar

if TYPE_CHECKING:
    from search.brief.model import Briefing
    from search.brief.plan import Plan
    from search.compare.reviewed import Reviewed

_MOST_HITS = 1000
_WHY_TERMS = 12
_Read = tuple[str, tuple[tuple[str, str], ...], str, Scope, Found]
"""A question as it stands alone, what was mistyped in it, what of it is searched for, its scope, what is found."""


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """What can be set about an engine."""

    index: IndexConfig = field(default_factory=IndexConfig)
    fusion: FusionConfig | None = None
    """None: the weights learned for the kind of corpus (`search.fusion`)."""
    evidence: EvidenceConfig = field(default_factory=EvidenceConfig)
    rerank: RerankConfig = field(default_factory=RerankConfig)
    hits: int = 10
    """Clauses listed with an answer."""
    documents: int = 40
    """Documents whose best clause is weighed; with more in scope, the others, which fit less, count as silent."""


def open_engine(
    corpus_dir: Path | str | None = None,
    *,
    index_dir: Path | str | None = None,
    model: str | None = None,
    reranker: str | None = None,
    config: EngineConfig | None = None,
    rebuild: bool = False,
    must_store: bool = False,
    progress: Progress | None = None,
) -> Engine:
    """The engine over the texts in `corpus_dir` (None: the shipped ones), its index built first where needed.

    `model`: an encoder by name or path (None: the built-in one); `reranker`: a cross-encoder likewise (None: none).
    Where one is not on this machine, the log warns, and it goes on with the built-in encoder, without a reranker.
    `index_dir`, `rebuild`, `must_store`, `progress`: see `indexer.store.open_index`. Raises `PolicyError`.
    """
    settings = config or EngineConfig()
    reader = CorpusReader(fingerprint=fingerprint, load=load_corpus, user_words=user_words)
    folder = DEFAULT_CORPUS if corpus_dir is None else Path(corpus_dir)
    second = available_reranker(reranker)
    index = open_index(
        folder,
        reader,
        settings.index,
        available_encoder(model),
        index_dir=None if index_dir is None else Path(index_dir),
        rebuild=rebuild,
        must_store=must_store,
        progress=progress,
    )
    kept = directories(folder, None if index_dir is None else Path(index_dir))
    phrased = _phrased(folder, kept, index, rebuild=rebuild)
    return Engine(index, settings, None, *phrased, reranker=second, folder=folder, kept=kept)


def _phrased(
    folder: Path, kept: Sequence[Path], index: Index, *, rebuild: bool = False
) -> tuple[Sequence[Phrasing], Expander, PreparedPhrasings]:
    """What people wrote for the texts of a corpus, and what is made of it, kept in one of the directories `kept`."""
    phrasings = read_phrasings(folder, index.documents)
    expander = open_expander(folder, index, phrasings)
    return phrasings, expander, open_phrasings(kept, index, phrasings, rebuild=rebuild)


class Engine:
    """Answers from one index. Holds no state of a conversation; may be used by several threads at once."""

    def __init__(
        self,
        index: Index,
        config: EngineConfig | None = None,
        decision: Decisions | None = None,
        phrasings: Sequence[Phrasing] = (),
        expander: Expander | None = None,
        prepared: PreparedPhrasings | None = None,
        *,
        reranker: Reranker | None = None,
        folder: Path | None = None,
        kept: Sequence[Path] = (),
    ) -> None:
        self.index = index
        self.folder = folder
        """Of the corpus, where what people reviewed is kept; None for an index without a folder."""
        self.reranker = reranker
        self.config = config or EngineConfig()
        self.decision = decision or shipped()
        self.scopes = ScopeReader(index.documents)
        self._kept = kept
        self._phrase(phrasings, expander, prepared)

    def _phrase(
        self, phrasings: Sequence[Phrasing], expander: Expander | None, prepared: PreparedPhrasings | None
    ) -> None:
        self.fusion = self.config.fusion or learned(kind_of(self.index, is_phrased=bool(phrasings)))
        self.retriever = Retriever(self.index, self.fusion, phrasings, expander, prepared)

    def reread(self) -> None:
        """Take in the phrasings as the corpus has them now, as after one was accepted; the texts stay as they are."""
        if self.folder is not None:
            self._phrase(*_phrased(self.folder, self._kept, self.index))

    def documents(self) -> tuple[Document, ...]:
        """The documents held, in reading order."""
        return self.index.documents

    def document(self, doc_id: str) -> Document:
        """The document of that id; raises `QuestionError` where it is not held."""
        held = self.index.document_of.get(doc_id)
        if held is None:
            raise QuestionError(f"没有编号为 {doc_id} 的文件。现有：{'、'.join(self.index.document_of)}。")
        return held

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id, or with `#2` behind it its second paragraph; `QuestionError` where there is none."""
        row = self.index.row_of.get(clause_id)
        if row is not None:
            return self.index.clauses[row]
        whole, _, number = clause_id.rpartition("#")
        row = self.index.row_of.get(whole)
        if row is not None and number.isdecimal():
            clause = self.index.clauses[row]
            paragraph = paragraph_of(self.index.document_of[clause.doc_id], clause, int(number))
            if paragraph is not None:
                return paragraph
        raise QuestionError(notices.no_clause(clause_id, self.index))

    def search(self, text: str, k: int = 10, doc_ids: Sequence[str] = (), system: System = "hybrid") -> SearchResult:
        """The `k` best clauses for `text`, in the documents `doc_ids` (none given: in all). Raises `QuestionError`."""
        began = time.perf_counter()
        if k < 1:
            raise QuestionError(f"要列出的条数是 {k}，应当至少是 1。请改 -k。")
        checked = self.retriever.expander.set_right(check(text))
        scope = self.scopes.read(checked, doc_ids).doc_ids if doc_ids else tuple(self.index.document_of)
        found = self._reranked(self.retriever.find(understand(checked).content, spoken=checked), checked, scope)
        hits = self._hits(found, scope, min(k, _MOST_HITS), system)
        return SearchResult(text, hits, _milliseconds_since(began))

    def similar(self, clause_id: str, k: int = 10) -> SearchResult:
        """The `k` clauses of other texts most like that one; see `search.similar`. Raises `QuestionError`."""
        began = time.perf_counter()
        if k < 1:
            raise QuestionError(f"要列出的条数是 {k}，应当至少是 1。")
        clause = self.clause(clause_id)
        row = self.index.row_of[clause.clause_id.partition("#")[0]]
        hits = similar(self.index, row, min(k, _MOST_HITS))
        return SearchResult(clause_id, hits, _milliseconds_since(began))

    def ask(self, question: str, doc_ids: Sequence[str] = (), history: Sequence[str] = ()) -> Answer:
        """What each document in scope says to `question`; `history` are earlier questions, the oldest first.

        Raises `QuestionError` for a question that cannot be worked with or a `doc_ids` that is not held.
        """
        began = time.perf_counter()
        alone, corrected, matter, scope, found = self._read(question, doc_ids, history)
        answers = self._answers(found, scope.doc_ids)
        confidence = max((answer.confidence for answer in answers), default=0.0)
        status = self._status(scope, answers)
        if status == "silent" and notices.is_foreign(alone):
            status = "no_basis"  # whether the text is silent on it, nobody has looked
        return Answer(
            question=question,
            standalone=alone,
            searched=matter,
            status=status,
            confidence=confidence,
            notice=notices.of(status, scope, answers, self.index, alone),
            scope=scope,
            answers=answers,
            hits=self._hits(
                found, self._listed(scope, doc_ids), self.config.hits, "hybrid", ruling=status != "answered"
            ),
            took_ms=_milliseconds_since(began),
            corrected=corrected,
        )

    def align(self, base: str | None = None, doc_ids: Sequence[str] = ()) -> Alignment:
        """Whole texts held against `base`, with what people reviewed as it stands now; see `search.compare.align`."""
        from search.compare.align import align  # asking and searching start sooner without it

        return align(self.index, self.retriever, self.reviewed(), base, doc_ids)

    def reviewed(self) -> tuple[Reviewed, ...]:
        """What people found of matching clauses, as `alignment.toml` of the corpus has it now."""
        from search.compare.reviewed import read_reviewed

        return read_reviewed(self.folder, self.index.documents) if self.folder is not None else ()

    def compare(self, topic: str, doc_ids: Sequence[str] = ()) -> Comparison:
        """What the texts say on a topic, point by point, and where they differ; see `search.compare.topic`."""
        from search.compare.topic import compared  # it is built on the engine

        return compared(self, topic, doc_ids)

    def compare_whole(
        self, base: str | None = None, doc_ids: Sequence[str] = (), parts: Sequence[str] = ()
    ) -> WholeComparison:
        """Whole texts rule by rule, or the clauses and chapters in `parts` of them; see `search.compare.whole`."""
        from search.compare.whole import compare_whole  # likewise

        return compare_whole(self, base, doc_ids, parts)

    def brief(self, plan: Plan | Sequence[str], title: str = "", doc_ids: Sequence[str] = ()) -> Briefing:
        """What is planned, or topics, as a briefing of today to write with `search.brief.write_briefing`; see there."""
        from search.brief.make import briefing  # likewise

        return briefing(self, plan, title, doc_ids)

    def weigh(self, question: str, history: Sequence[str] = ()) -> tuple[tuple[str, str, Signals], ...]:
        """(doc_id, best clause, its signals) for each document in scope: what the decision is fitted on."""
        scope, found = self.find(question, history)
        fused = found.fused("hybrid")
        rows = self._best_rows(found, scope.doc_ids)
        best = max(float(fused[row]) for row in rows.values())
        return tuple((d, self.index.clauses[row].clause_id, signals(found, row, best)) for d, row in rows.items())

    def find(self, question: str, history: Sequence[str] = (), doc_ids: Sequence[str] = ()) -> tuple[Scope, Found]:
        """The scope of a question and the scores of every clause for it: what the fusion is tuned on."""
        *_, scope, found = self._read(question, doc_ids, history)
        return scope, found

    def _read(self, question: str, doc_ids: Sequence[str], history: Sequence[str]) -> _Read:
        expander = self.retriever.expander
        asked, corrected = expander.corrected(check(question))
        before = [expander.set_right(check(text)) for text in history]
        alone = standalone(asked, before, self.scopes)
        scope = self.scopes.read(alone, doc_ids)
        matter = self._matter(alone)
        found = self.retriever.find(understand(matter).content, alone, matter)
        return alone, corrected, matter, scope, self._reranked(found, matter, self._listed(scope, doc_ids))

    def _listed(self, scope: Scope, doc_ids: Sequence[str]) -> tuple[str, ...]:
        """The documents whose clauses are listed: where what is asked about is not held, those of all."""
        return scope.doc_ids if scope.is_held or doc_ids else tuple(self.index.document_of)

    def _reranked(self, found: Found, question: str, doc_ids: Sequence[str]) -> Found:
        return reranked(found, question, doc_ids, self.reranker, self.config.rerank)

    def _matter(self, question: str) -> str:
        """The question without the places and documents that only say where to look."""
        names = [named.text for named in self.scopes.named(question) if not named.is_sought]
        rest = question
        for name in sorted(names, key=len, reverse=True):
            rest = rest.replace(name, " ")
        return rest if any(char.isalnum() for char in rest) else question

    def _answers(self, found: Found, doc_ids: Sequence[str]) -> tuple[DocumentAnswer, ...]:
        """What each document says, the surest first and silent ones last.

        The surest answers from the question's threshold on, the others from that for one document among several.
        """
        rows = self._best_rows(found, doc_ids)
        fused = found.fused("hybrid")
        best = max((float(fused[row]) for row in rows.values()), default=0.0)
        likely = sorted(rows, key=lambda doc_id: -float(fused[rows[doc_id]]))[: self.config.documents]
        weighed = {doc_id: signals(found, rows[doc_id], best) for doc_id in likely}
        sure = dict.fromkeys(rows, 0.0)
        sure |= {doc_id: self.decision.of(given).confidence(given) for doc_id, given in weighed.items()}
        needed = self._needed(weighed, sure)
        answers = [
            self._document_answer(found, doc_id, row, sure[doc_id], is_answered=sure[doc_id] >= needed.get(doc_id, 1))
            for doc_id, row in rows.items()
        ]
        order = {doc_id: i for i, doc_id in enumerate(doc_ids)}
        return tuple(sorted(answers, key=lambda a: (a.status == "silent", -a.confidence, order[a.doc_id])))

    def _needed(self, weighed: Mapping[str, Signals], sure: Mapping[str, float]) -> dict[str, float]:
        """The confidence from which each document answers; those not in it never do.

        Where the surest stays below the question's threshold, none does.
        """
        if not weighed:
            return {}
        surest = max(weighed, key=lambda doc_id: sure[doc_id])
        threshold = self.decision.of(weighed[surest]).threshold
        if sure[surest] < threshold:
            return {}
        others = {doc_id: self.decision.of(given).document_threshold for doc_id, given in weighed.items()}
        return others | {surest: threshold}

    def _best_rows(self, found: Found, doc_ids: Sequence[str]) -> dict[str, int]:
        """The best clause of each document, by its row; a signature rules on nothing."""
        fused = found.fused("hybrid") * self.retriever.ruling
        spans = {doc_id: self.index.rows_of[doc_id] for doc_id in doc_ids}
        return {d: rows.start + int(np.argmax(fused[rows.start : rows.stop])) for d, rows in spans.items()}

    def _document_answer(
        self, found: Found, doc_id: str, row: int, confidence: float, *, is_answered: bool
    ) -> DocumentAnswer:
        document = self.index.document_of[doc_id]
        metadata = document.metadata
        silent = DocumentAnswer(doc_id, "silent", metadata.title, metadata.number, metadata.short_name, confidence)
        if not is_answered:
            return silent
        hit = self._hit(found, 1, row, float(found.fused("hybrid")[row]), ranks={})
        said = quotes(found, row, document, self.config.evidence)
        words = decisive(document, said, found.details)
        line = gist(found, document, said) if confidence >= LEAST else ()
        return replace(silent, status="answered", clause=hit, quotes=said, decisive=words, gist=line)

    def _status(self, scope: Scope, answers: Sequence[DocumentAnswer]) -> Status:
        if not scope.is_held:
            return "not_held"
        if any(answer.status == "answered" for answer in answers):
            return "answered"
        return "silent" if scope.named or len(scope.doc_ids) < len(self.index.documents) else "no_basis"

    def _hits(
        self, found: Found, doc_ids: Sequence[str], k: int, system: System, *, ruling: bool = False
    ) -> tuple[Hit, ...]:
        """The best clauses of the documents; `ruling`: provisions alone, as suggestions below a "no"."""
        fused = found.fused(system)
        held = (self.index.rows_of[doc_id] for doc_id in doc_ids)
        rows = np.concatenate([np.arange(span.start, span.stop) for span in held])
        if ruling:
            rows = rows[self.retriever.provisions[rows] > 0]
        order = rows[best_places(fused[rows], k)]
        likely = order[fused[order] > 0]
        order = likely if likely.size or not ruling else order  # a "no" has suggestions, however far
        ranks = {name: ranks_among(found.retriever(name), rows, order) for name in found.retrievers}
        return tuple(
            self._hit(found, rank, int(row), float(fused[row]), {name: held[rank - 1] for name, held in ranks.items()})
            for rank, row in enumerate(order, 1)
        )

    def _hit(self, found: Found, rank: int, row: int, score: float, ranks: dict[str, int]) -> Hit:
        clause = self.index.clauses[row]
        terms = self.index.clause_words.explain(found.words, row)
        terms = terms or self.index.clause_chars.explain(found.chars, row)
        nearest = found.nearest_phrasing(row)
        why = Why(
            terms=tuple(TermMatch(term, round(weight, 4)) for term, weight in terms[:_WHY_TERMS]),
            ranks=tuple(ranks.items()),
            scores=tuple((name, round(float(found.retriever(name)[row]), 4)) for name in found.retrievers),
            phrasing=None if nearest is None else nearest.text,
            pairs=tuple((e.plain, e.official) for e in found.expansions if e.official in clause.text),
            sentence=best_sentence(found, row, self.index.document_of[clause.doc_id]),
        )
        return Hit(
            rank, clause.clause_id, clause.doc_id, clause.label, clause.heading, clause.trail, clause.text,
            clause.start, clause.end, round(score, 6), found.told(why, row) if isinstance(found, Reranked) else why,
        )  # fmt: skip


def _milliseconds_since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 3)
