"""Documents made by hand and an encoder without a model, for tests that need some text but no particular one."""

from __future__ import annotations

import hashlib
import re
import zlib
from itertools import pairwise
from pathlib import Path

import numpy as np

from corpus.model import Clause, Corpus, Document, Metadata, Run, Sentence

CITY = (
    (
        "一、工作待遇",
        "（一）",
        "落实乡镇工作补贴",
        "对在乡镇工作的人员发放乡镇工作补贴。补贴每月不低于300元，满5年后提高。",
    ),
    ("一、工作待遇", "（二）", "提高工资", "对到艰苦边远地区的人员，直接转正定级并提高薪级工资。"),
    ("二、职称评审", "（三）", "放宽学历要求", "在乡镇工作满10年的专业技术人员，可直接申报中级职称，不受学历限制。"),
)
COUNTY = (
    ("一、招聘", "（一）", "放宽招聘条件", "基层事业单位招聘可不设开考比例。本科以上人员可采取面试方式招聘。"),
    ("二、服务年限", "（二）", "约定服务期", "新聘人员应在基层服务满5年。"),
)


def make_document(
    doc_id: str, provisions: tuple[tuple[str, str, str, str], ...], title: str = "关于基层的意见"
) -> Document:
    """Of provisions (chapter heading, label, heading, text); a chapter heading opens the first clause below it."""
    clauses = []
    offset = 0
    chapter = None
    for number, (trail, label, heading, body) in enumerate(provisions, start=1):
        front = f"{trail}\n" if trail and trail != chapter else ""
        chapter = trail
        text = f"{front}{label}{heading}\n{body}"
        start, at = offset, offset + len(front)
        clauses.append(
            Clause(
                clause_id=f"{doc_id}/{number}",
                doc_id=doc_id,
                kind="clause",
                label=label,
                heading=heading,
                trail=(trail,) if trail else (),
                text=text,
                start=start,
                end=start + len(text),
                body=at,
                raw=((start, start + len(text)),),
                sentences=_sentences(label + heading, body, at),
            )
        )
        offset += len(text) + 1
    text = "\n".join(clause.text for clause in clauses)
    return Document(
        doc_id=doc_id,
        path=f"texts/{doc_id}.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        encoding="utf-8",
        text=text,
        runs=(Run(0, len(text), 0, len(text.encode())),),
        metadata=Metadata(title=title),
        nodes=(),
        clauses=tuple(clauses),
    )


def _sentences(heading: str, body: str, start: int) -> tuple[Sentence, ...]:
    found = [Sentence(start, start + len(heading), 0, is_heading=True)] if heading else []
    offset = start + len(heading) + 1
    found += (Sentence(offset + m.start(), offset + m.end(), 1) for m in re.finditer("[^。]+。?", body))
    return tuple(found)


def make_corpus(path: Path, **documents: tuple[tuple[str, str, str, str], ...]) -> Corpus:
    """Documents by `doc_id`; without any, `city` and `county`."""
    held = documents or {"city": CITY, "county": COUNTY}
    return Corpus(path=path, documents=tuple(make_document(name, held[name]) for name in held))


class FakeEncoder:
    """Counts pairs of characters by their checksum; notes which passages it was given."""

    name = "fake"
    dim = 64

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.encoded: list[str] = []

    def encode_queries(self, texts):
        return self._encode(texts)

    def encode_passages(self, texts, progress=None):
        self.encoded += texts
        if progress:
            progress(len(texts))
        return self._encode(texts)

    def identity(self) -> str:
        return f"fake-{self.version}"

    def _encode(self, texts):
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            for pair in pairwise(text):
                vectors[row, zlib.crc32("".join(pair).encode(errors="surrogatepass")) % self.dim] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
