"""Whether a briefing says what its documents say, before any file is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Document
from search.brief import content
from search.brief.errors import BriefingError, QuoteMismatchError
from search.brief.model import Briefing, Section
from search.brief.redlined import redlined
from search.compare.model import Cell, Point
from search.model import Quote

_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for (Char, production 2), and hence no .docx, .pptx or .xlsx."""
_SHOWN = 24
"""Characters of a text that a message shows."""


def check(briefing: Briefing) -> None:
    """Raise unless every quote stands in its document as it is quoted, and every text can be written.

    `QuoteMismatchError` names the clause of a quote that differs; `BriefingError` a document that is missing, a
    clause that is not there, or a character that no file can hold.
    """
    documents = {document.doc_id: document for document in briefing.documents}
    for section in briefing.sections:
        _check_section(section, documents)
        _check_pieces(section, briefing, documents)
    for where, text in _texts(briefing):
        if (found := _UNWRITABLE.search(text)) is not None:
            raise BriefingError(
                f"{where}“{_short(_UNWRITABLE.sub('�', text))}”第 {found.start() + 1} 个字符"
                f"是控制字符（U+{ord(found[0]):04X}），文件里写不进去；请删去它再导出。"
            )


def _check_section(section: Section, documents: dict[str, Document]) -> None:
    for doc_id in section.comparison.doc_ids:
        _held(doc_id, section, documents)
    for point in section.comparison.points:
        for doc_id, cell in point.cells.items():
            if cell is not None:
                _check_cell(doc_id, cell, section, documents)
        _check_relations(point, section, documents)


def _check_cell(doc_id: str, cell: Cell, section: Section, documents: dict[str, Document]) -> None:
    document = _held(cell.doc_id, section, documents)
    clause = document.by_id.get(cell.clause_id)
    if doc_id != cell.doc_id or doc_id not in section.comparison.doc_ids or clause is None:
        raise BriefingError(
            f"议题“{_short(section.topic)}”引用的 {cell.clause_id} 不是 {doc_id} 一栏的条文；请重新对照后再导出。"
        )
    quote = cell.quote
    if not clause.start <= quote.start < quote.end <= clause.end:
        raise _mismatch(quote, f"{cell.clause_id} 之外的文字（第 {quote.start} 至 {quote.end} 字）", cell.clause_id)
    _check_quote(quote, document, cell.clause_id)


def _check_relations(point: Point, section: Section, documents: dict[str, Document]) -> None:
    for relation in point.relations:
        for doc_id in (relation.of, relation.to):
            if doc_id not in section.comparison.doc_ids:
                raise BriefingError(
                    f"议题“{_short(section.topic)}”标出了 {doc_id} 的异同，对照的文件里却没有它；请重新对照后再导出。"
                )
        for evidence in relation.difference.evidence:
            document = _held(evidence.doc_id, section, documents)
            clause_id = document.clause_at(evidence.words.start).clause_id
            _check_quote(evidence.words, document, clause_id)


def _check_pieces(section: Section, briefing: Briefing, documents: dict[str, Document]) -> None:
    """What is cut out of the quotes for the summary, the cells and the redlines, held against the documents again."""
    points = section.comparison.points
    cells = [(cell, point) for point in points for cell in point.cells.values() if cell is not None]
    pieces = [
        *content.summary(section, briefing),
        *(piece for cell, point in cells for piece in content.cell_pieces(cell, point, documents)),
        *(piece for point in points for each in point.relations for piece in redlined(each, point, documents)),
    ]
    for piece in pieces:
        if piece.place is None:
            continue
        start = piece.place.start
        document = documents[piece.place.doc_id]
        _check_quote(Quote(piece.text, start, start + len(piece.text)), document, document.clause_at(start).clause_id)


def _check_quote(quote: Quote, document: Document, clause_id: str) -> None:
    found = document.text[quote.start : quote.end] if 0 <= quote.start < quote.end else ""
    if not found or found != quote.text:
        raise _mismatch(quote, f"“{_short(found)}”", clause_id)


def _mismatch(quote: Quote, found: str, clause_id: str) -> QuoteMismatchError:
    return QuoteMismatchError(
        f"{clause_id} 的引文“{_short(quote.text)}”与原文不符：原文此处是{found}。没有导出；请重新对照后再导出。",
        clause_id,
    )


def _held(doc_id: str, section: Section, documents: dict[str, Document]) -> Document:
    if doc_id not in documents:
        held = "、".join(documents) or "无"
        raise BriefingError(
            f"议题“{_short(section.topic)}”对照的文件 {doc_id} 不在简报里（现有：{held}）；请把它加入简报的文件。"
        )
    return documents[doc_id]


def _texts(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """(what it is, the text) for each text a file would show."""
    yield "标题", briefing.title
    yield from (("说明", note) for note in briefing.notes)
    for entry in briefing.scope:
        facts = (entry.title, entry.number, entry.date, *entry.issuers, *entry.basis)
        yield from (("文件信息", fact) for fact in facts if fact)
    for section in briefing.sections:
        yield "章名", section.chapter
        yield "议题", section.topic
        yield "议题说明", section.note
        yield "提示", section.comparison.notice
        for point in section.comparison.points:
            yield from (("异同的理由", relation.difference.reason) for relation in point.relations)
            yield from (("条文标号", cell.label) for cell in point.cells.values() if cell)
    for document in briefing.documents:
        metadata = document.metadata
        facts = (metadata.title, metadata.short_name, metadata.number)
        yield from (("文件信息", fact) for fact in facts if fact)
        yield "文件", document.text


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
