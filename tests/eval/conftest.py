"""Two made documents, a suite over them and an engine that answers from them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_corpus import FakeEncoder

from corpus.model import Clause, Corpus, Document, Metadata
from indexer.build import build_index
from indexer.config import IndexConfig
from search.decide import SIGNALS, Decision, Decisions
from search.engine import Engine

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


@pytest.fixture
def engine(made_corpus):
    """Answers where it finds the question's words in a clause."""
    plain, phrased = (
        Decision(tuple(8.0 if name == "phrase" else 0.0 for name in names), -2.0, 0.5, 0.5)
        for names in SIGNALS.values()
    )
    index = build_index(made_corpus, IndexConfig(), FakeEncoder())
    return Engine(index, decision=Decisions(plain, phrased))
