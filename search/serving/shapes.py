"""The records that programs get: what `search.views.record` and `search.views.comparison` make, as types."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A record; the text under a field is its description in the OpenAPI document."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Words(Shape):
    """Words of a text: `document.text[start:end] == text`."""

    text: str
    """原文的字，逐字"""
    start: int
    """在这份文件正文里的起点（字符，从 0 数）"""
    end: int
    """终点（不含）"""


class Term(Shape):
    """A term that the question and the clause share."""

    term: str
    weight: float


class Reasons(Shape):
    """Why a clause was found."""

    terms: list[Term]
    """与问题相同的词，最重的在前"""
    ranks: dict[str, int]
    """在各路检索里的名次（从 1 数）"""
    scores: dict[str, float]
    """在各路检索里的分数"""
    phrasing: str | None
    """最近的已知说法"""
    pairs: list[list[str]]
    """[平常的话, 公文用语]"""
    sentence: Words | None
    """最贴近问题的一句"""


class Hit(Shape):
    """A clause found."""

    rank: int
    clause_id: str
    """条文的编号，可交给 show_clause"""
    doc_id: str
    label: str
    """文中的序号"""
    heading: str
    trail: list[str]
    """所在的章"""
    text: str
    start: int
    end: int
    score: float
    why: Reasons


class Said(Shape):
    """What one document says; the fields of a clause are null where it is silent."""

    doc_id: str
    status: Literal["answered", "silent"]
    """answered 有规定，silent 未规定"""
    short_name: str
    title: str
    number: str
    """文号"""
    confidence: float
    """把握，0 到 1"""
    clause_id: str | None
    label: str | None
    heading: str | None
    text: str | None
    """整条条文"""
    quotes: list[Words]
    """回答问题的原句"""
    decisive: list[Words]
    """原句里决定性的词"""
    gist: list[Words]
    """能单独读的一两个短语；拿不准就没有"""
    score: float | None
    trail: list[str] | None = None
    start: int | None = None
    end: int | None = None
    why: Reasons | None = None


class Within(Shape):
    """Where was looked."""

    doc_ids: list[str]
    named: list[str]
    """问题里提到的文件"""
    not_held: list[str]
    """问题里提到、而没有收录的"""
    understood: str
    aside: list[str]
    """问题里提到、收录了、而没有选中的"""
    elsewhere: list[str]
    """它们所指的文件的编号"""


class Answer(Shape):
    """What each document in scope says to a question."""

    question: str
    standalone: str
    """补上前文以后的问题"""
    corrected: list[list[str]]
    """改正的错字：[写的, 读作]"""
    searched: str
    status: Literal["answered", "silent", "not_held", "no_basis"]
    """answered 有规定；silent 未规定；not_held 未收录（问到没有收录的文件或地方）；no_basis 未找到依据"""
    confidence: float
    notice: str
    """“没有”时的说明"""
    scope: Within
    answers: list[Said]
    """每份文件一项，最有把握的在前"""
    hits: list[Hit]
    """找到的条文；“没有”时只是建议"""
    took_ms: float


class Found(Shape):
    """Clauses found, the best first."""

    query: str
    hits: list[Hit]
    took_ms: float


class Cell(Shape):
    """What one text says on a point."""

    clause_id: str
    label: str
    quote: str
    """原文的字，逐字"""
    start: int
    end: int


class Proof(Shape):
    """Words that a difference rests on."""

    doc_id: str
    text: str
    start: int
    end: int


class Relation(Shape):
    """How `of` stands to `to` on a point."""

    of: str
    to: str
    label: str
    """一致、细化、更严、更宽、不同、新增、未规定"""
    reason: str
    evidence: list[Proof]


class Row(Shape):
    """A point, in each text."""

    cells: dict[str, Cell | None]
    """按文件编号；未规定的是 null"""
    relations: list[Relation]


class Comparison(Shape):
    """What the texts say on a topic, point by point."""

    topic: str
    doc_ids: list[str]
    notice: str
    rows: list[Row]
    took_ms: float


class Matter(Shape):
    """A clause of the base and what the others say on it."""

    clause_id: str
    chapter: str
    title: str
    rows: list[Row]


class Match(Shape):
    """A clause of the base and its counterparts by text."""

    base: str
    matches: dict[str, list[str]]


class Whole(Shape):
    """Whole texts, or the clauses of one part, rule by rule."""

    base: str
    alignment: list[Match]
    only: dict[str, list[str]]
    """各份文件独有的条文"""
    reviewed: list[list[str]]
    """人工核对过的对应"""
    doc_ids: list[str]
    notice: str
    matters: list[Matter]
    took_ms: float


class Clause(Shape):
    """A clause, whole."""

    clause_id: str
    doc_id: str
    kind: str
    """clause 条文；preface、closing、cover、signature、attachment 为条文之外的部分"""
    label: str
    heading: str
    trail: list[str]
    text: str
    start: int
    end: int
    body: int
    """正文的起点，前面是章和标题"""
    raw: list[list[int]]
    """在收到的文件里的位置：[起, 止]，按字节"""


class Trouble(Shape):
    """What went wrong."""

    error: str
    """一句话：出了什么事，怎么办"""
