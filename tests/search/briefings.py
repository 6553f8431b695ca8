"""Briefings made by hand from the shipped texts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

from corpus.load import load_corpus
from search.brief import Briefing, Section, scope_of
from search.compare.model import LABELS, Cell, Comparison, Difference, Evidence, Point, Relation
from search.model import Quote

DATE = dt.date(2024, 5, 6)
INJECTED = '=HYPERLINK("http://evil.example","点")|<script>alert(1)</script>[a](javascript:x)*b*'


@cache
def documents():
    return load_corpus().documents


def quote(document, start, end):
    return Quote(document.text[start:end], start, end)


def cell(document, clause, *, whole):
    """The clause's whole body, or its second sentence (the first one mostly names it)."""
    sentence = clause.sentences[min(1, len(clause.sentences) - 1)]
    start, end = (clause.body, clause.end) if whole else (sentence.start, sentence.end)
    return Cell(document.doc_id, clause.clause_id, clause.label, quote(document, start, end))


def evidence(document, said):
    start = said.quote.start
    return Evidence(document.doc_id, quote(document, start, min(said.quote.end, start + 6)))


def point(number, *, whole=False, reason="由“满五年”改为“满三年”"):
    cells = {}
    for column, document in enumerate(documents()):
        clauses = [clause for clause in document.clauses if clause.kind == "clause"]
        silent = (number + column) % 7 == 3
        cells[document.doc_id] = None if silent else cell(document, clauses[number % len(clauses)], whole=whole)
    held = {document.doc_id: document for document in documents()}
    base, *others = held
    relations = []
    for of in others:
        label = "未规定" if cells[of] is None else "新增" if cells[base] is None else LABELS[number % 5]
        rests_on = tuple(evidence(held[each], cells[each]) for each in (base, of) if cells[each])
        relations.append(Relation(of, base, Difference(label, reason, rests_on)))
    return Point(cells, tuple(relations))


def section(points=3, *, topic="职称评审对学历的要求", note="先讲国家规定。", **kind):
    made = tuple(point(number, **kind) for number in range(points))
    doc_ids = tuple(document.doc_id for document in documents())
    notice = "三份文件层级不同。" if points else "未找到依据：收录的文件都没有对此作出规定。"
    return Section(topic, note, Comparison(topic, doc_ids, made, notice, 1.0))


def briefing(*sections, title="基层职称政策对照", notes=("供培训使用。",)):
    return Briefing(title, DATE, scope_of(documents()), notes, sections or (section(),), documents())


def cells(made):
    """Every cell of the tables that is not silent, in order."""
    points = (each for part in made.sections for each in part.comparison.points)
    return [said for each in points for said in each.cells.values() if said is not None]


LONG = "长议题" * 200
CASES = {
    "small": briefing,
    "long": lambda: briefing(section(30, whole=True)),  # 30 points, whole clauses
    "empty": lambda: briefing(section(0, note=""), notes=()),  # one topic that nothing rules on
    "wordy": lambda: briefing(section(3, topic=LONG, note=LONG, reason=LONG), title=LONG, notes=(LONG,)),
    "injected": lambda: briefing(
        section(2, topic=INJECTED, note=INJECTED, reason=INJECTED), title=INJECTED, notes=(INJECTED,)
    ),
    "whole": lambda: whole(12, 2),
}


def said(document, start, end):
    """The cell for what the document says from the words `start` to the words `end`."""
    first = document.text.index(start)
    last = document.text.index(end, first) + len(end)
    clause = document.clause_at(first)
    return Cell(document.doc_id, clause.clause_id, clause.label, quote(document, first, last))


def alike():
    """A point that two texts word alike, one with words of its own before it: (the words, the point)."""
    national, chongqing, liaocheng = documents()
    to = said(national, "落实继续教育有关规定，基层专业技术人员每年", "期间各项待遇。")
    of = said(chongqing, "基层专业技术人才每年参加继续教育", "期间各项待遇。")
    cells = {national.doc_id: to, chongqing.doc_id: of, liaocheng.doc_id: None}
    reason = "只有国家有“落实继续教育有关规定”：写得更具体。"
    relations = (
        Relation(chongqing.doc_id, national.doc_id, Difference("细化", reason)),
        Relation(liaocheng.doc_id, national.doc_id, Difference("未规定", "国家有这一条，聊城的文件没有规定")),
    )
    return "落实继续教育有关规定", Point(cells, relations)


def alike_briefing(**changes):
    doc_ids = tuple(document.doc_id for document in documents())
    made = Comparison("继续教育", doc_ids, (alike()[1],), "重庆的文件依据国家的文件制定。", 1.0)
    return briefing(replace(Section("继续教育", "", made), **changes))


def whole(sections=60, points=4):
    """A briefing of whole texts: chapters of ten clauses each, all with one notice."""
    made = (section(points, topic=f"第{number}项", note="") for number in range(1, sections + 1))
    chaptered = (replace(each, chapter=f"第{at // 10 + 1}部分") for at, each in enumerate(made))
    return briefing(*chaptered, title="整份对照")
