"""A topic made by hand of bare sentences of three texts: a national one, and two cities of different provinces."""

from __future__ import annotations

import datetime as dt

from corpus.model import Clause, Document, Metadata
from search.brief import Briefing, Section, scope_of
from search.compare.model import Cell, Comparison, Difference, Evidence, Point, Relation
from search.model import Quote

NAMES = {"nation": "国家", "east": "东市", "west": "西市"}
PLACES = {"nation": ("national", None), "east": ("city", "510700"), "west": ("city", "371500")}
LABELS = {"=": "一致", "+": "细化", ">": "更严", "<": "更宽", "/": "不同"}


def briefing(*topics):
    """A briefing of topics; each is (name, rows), each row (national words, east, west, labels).

    Words are None where a text is silent; labels are marks of `LABELS` for 东对国, 西对国, 西对东 (" " where one is
    silent), and words in [brackets] are the evidence, the brackets themselves not of the text.
    """
    texts = dict.fromkeys(NAMES, "")
    sections = [(name, [_row(row, texts) for row in rows]) for name, rows in topics]
    documents = {doc_id: _document(doc_id, text) for doc_id, text in texts.items()}
    made = tuple(
        Section(name, "", Comparison(name, tuple(NAMES), tuple(_point(*row, documents) for row in rows), "", 1.0))
        for name, rows in sections
    )
    held = tuple(documents.values())
    return Briefing("对照", dt.date(2024, 5, 6), scope_of(held), (), made, held)


def _row(row, texts):
    *said, labels = row
    spans = {}
    for doc_id, words in zip(NAMES, said, strict=True):
        if words is None:
            continue
        start = len(texts[doc_id])
        plain = words.replace("[", "").replace("]", "")
        at = words.find("[")
        evidence = (start + at, start + words.find("]") - 1) if at >= 0 else None
        texts[doc_id] += plain + "\n"
        spans[doc_id] = (start, start + len(plain), evidence)
    return spans, labels


def _document(doc_id, text):
    clause = Clause(
        f"{doc_id}/1", doc_id, "clause", "一、（一）", "培训", ("一、培训",), text, 0, len(text), 0, ((0, 1),), ()
    )
    level, code = PLACES[doc_id]
    metadata = Metadata(title=f"{doc_id}的办法", short_name=NAMES[doc_id], level=level, region_code=code)
    return Document(doc_id, "", "", "utf-8", text, (), metadata, (), (clause,))


def _point(spans, labels, documents):
    cells = {
        doc_id: Cell(doc_id, f"{doc_id}/1", "一、（一）", _quote(documents[doc_id], *spans[doc_id][:2]))
        if doc_id in spans
        else None
        for doc_id in NAMES
    }
    pairs = (("east", "nation"), ("west", "nation"), ("west", "east"))
    relations = []
    for (of, to), mark in zip(pairs, labels, strict=True):
        if of in spans or to in spans:
            alone = "未规定" if of not in spans else "新增"
            rests_on = tuple(
                Evidence(each, _quote(documents[each], *spans[each][2]))
                for each in (of, to)
                if mark in LABELS and each in spans and spans[each][2]
            )
            label = LABELS.get(mark, alone)
            here, there = (to, of) if alone == "未规定" else (of, to)
            plain = f"{NAMES[here]}有这一条，{NAMES[there]}没有规定。"
            relations.append(Relation(of, to, Difference(label, "理由。" if mark in LABELS else plain, rests_on)))
    return Point(cells, tuple(relations))


def _quote(document, start, end):
    return Quote(document.text[start:end], start, end)
