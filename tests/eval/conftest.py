"""Two made documents, a suite over them and an engine whose answers are written down."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.model import Clause, Corpus, Document, Metadata
from search.model import Answer, DocumentAnswer, Hit, Quote, Scope, SearchResult, Why

TEXTS = {
    "town": ("一、补贴\n（一）发放。山区学校每月加发三百元。", "（二）停发。调离的次月停发。\n另有规定的除外。"),
    "city": ("（一）进修。每两年选派一次。", "（二）费用。由单位承担。另有规定的除外。"),
}
ABOUT = """name = "made"
title = "自编"
language = "zh"
corpus = "town、city"
tests = "评测自身"
licence = "CC0-1.0"
provenance = "编造"
[splits]
dev = "questions.jsonl"
"""


def make_document(doc_id: str, texts: tuple[str, ...]) -> Document:
    clauses, start = [], 0
    for number, text in enumerate(texts, start=1):
        clauses.append(
            Clause(
                f"{doc_id}/{number}",
                doc_id,
                "clause",
                f"（{number}）",
                "",
                (),
                text,
                start,
                start + len(text),
                start,
                (),
                (),
            )
        )
        start += len(text) + 1
    return Document(
        doc_id, f"{doc_id}.txt", "", "utf-8", "\n".join(texts), (), Metadata(title=doc_id), (), tuple(clauses)
    )


@pytest.fixture
def made_corpus() -> Corpus:
    return Corpus(Path(), tuple(make_document(doc_id, texts) for doc_id, texts in TEXTS.items()))


@pytest.fixture
def write_suite(tmp_path):
    """Writes a suite of the given lines (objects, or text as it is) and gives its folder."""

    def write(*lines: dict | str, about: str = ABOUT) -> Path:
        (tmp_path / "suite.toml").write_text(about, encoding="utf-8")
        written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        (tmp_path / "questions.jsonl").write_text("\n".join(written) + "\n", encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def line():
    """A line of a suite that fits, with fields of one's own."""

    def make(**fields: object) -> dict:
        gold = [{"doc": "town", "quote": "每月加发三百元", "grade": 2}]
        fits = {"id": "q1", "type": "single", "question": "山里老师多拿多少", "gold": gold, "silent": ["city"]}
        return {name: value for name, value in {**fits, **fields}.items() if value is not None}

    return make


@dataclass
class FakeEngine:
    """Gives what is written down for a question: (status, {doc_id: (clause_id, quote) | None}, ranked clause ids).

    What is not written down is silent, without hits. `lexical` sees the ranking backwards.
    """

    corpus: Corpus
    known: dict[str, tuple] = field(default_factory=dict)

    def documents(self):
        return self.corpus.documents

    def ask(self, question, doc_ids=(), history=()):
        standalone = "".join([*history, question])
        status, said, _ = self.known.get(standalone, ("no_basis", {}, ()))
        answers = tuple(self._said(doc_id, found) for doc_id, found in said.items())
        return Answer(question, standalone, standalone, status, 0.5, "", Scope(tuple(said)), answers, (), 1.0)

    def search(self, text, k=10, doc_ids=(), system="hybrid"):
        ranked = self.known.get(text, ("", {}, ()))[2]
        ordered = ranked if system == "hybrid" else ranked[::-1]
        hits = tuple(self._hit(clause_id, rank) for rank, clause_id in enumerate(ordered[:k], start=1))
        return SearchResult(text, hits, 1.0)

    def _said(self, doc_id, found):
        if found is None:
            return DocumentAnswer(doc_id, "silent", doc_id, None, doc_id, 0.1)
        clause_id, words = found
        start = self.corpus.by_id[doc_id].text.index(words)
        quote = Quote(words, start, start + len(words))
        return DocumentAnswer(doc_id, "answered", doc_id, None, doc_id, 0.9, self._hit(clause_id, 1), (quote,))

    def _hit(self, clause_id, rank):
        doc_id = clause_id.split("/")[0]
        clause = self.corpus.by_id[doc_id].by_id[clause_id]
        why = Why((), (), (), None)
        return Hit(rank, clause_id, doc_id, clause.label, "", (), clause.text, clause.start, clause.end, 1.0, why)


@pytest.fixture
def fake_engine(made_corpus):
    return FakeEngine(made_corpus)
