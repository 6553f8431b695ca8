"""A briefing as a workbook: every point a row, every label a row, how often each stands, and each text whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import zip_longest

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from corpus.model import Document
from search.brief import content, tally
from search.brief.archive import moment, settled
from search.brief.labels import READING, legend, shown
from search.brief.model import Briefing, Section
from search.brief.redlined import redlined
from search.brief.xlsx_sheet import Column, Line, Text, fill, parts, rich
from search.compare.model import LABELS, Label, Point, Relation

_NAME_LENGTH = 31
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]']")
_POINTS, _LABELS, _COUNTS, _SCOPE, _ABOUT = "对照", "异同", "统计", "文件", "说明"
_LEAD = (Column("章", 14.0), Column("议题", 16.0), Column("序号", 6.0))
_QUOTES = 102.0
"""Characters of width that the quotes of all texts share in the sheet of points."""
_NARROWEST = 24.0


def render(briefing: Briefing) -> bytes:
    """The file; the briefing is checked already."""
    book = Workbook()
    book.properties.title, book.properties.creator = briefing.title[:255], ""
    book.properties.created = moment(briefing.date)
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = _POINTS
    _points_sheet(first, briefing)
    if any(point.relations for section in briefing.sections for point in section.comparison.points):
        _labels_sheet(book.create_sheet(_LABELS), briefing)
        _counts_sheet(book.create_sheet(_COUNTS), briefing)
    _scope_sheet(book.create_sheet(_SCOPE), briefing)
    _about_sheet(book.create_sheet(_ABOUT), briefing)
    taken = {_POINTS, _LABELS, _COUNTS, _SCOPE, _ABOUT}
    names = content.named(briefing)
    for document in briefing.documents:
        name = _sheet_name(names[document.doc_id], taken)
        taken.add(name.lower())
        _clauses_sheet(book.create_sheet(name), document, briefing)
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue(), briefing.date)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of its own signs, not taken (case does not count)."""
    base = _NOT_IN_NAMES.sub(" ", wanted).strip() or "文件"
    name, number = base[:_NAME_LENGTH], 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = base[: _NAME_LENGTH - len(ending)] + ending, number + 1
    return name


def _points_sheet(sheet: Worksheet, briefing: Briefing) -> None:
    """A row a point: who rules on it, what each says and where, and the label of each pair, to filter by."""
    names = content.named(briefing)
    doc_ids = [*dict.fromkeys(doc_id for section in briefing.sections for doc_id in section.comparison.doc_ids)]
    pairs = [*tally.pairs(briefing.sections)]
    width = max(_QUOTES / max(len(doc_ids), 1), _NARROWEST)
    columns = [*_LEAD, Column("有规定的文件", 12.0)]
    for doc_id in doc_ids:
        columns += [Column(f"{names[doc_id]}条款", 11.0), Column(f"{names[doc_id]}原文", width)]
    columns += [Column(f"{names[of]}对{names[to]}", 11.0) for of, to in pairs]
    columns.append(Column("没有对照的原因", 30.0))
    lines: list[Line] = []
    for section in briefing.sections:
        lead = (section.chapter, section.topic)
        if not section.comparison.points:
            nothing = [""] * (1 + 2 * len(doc_ids) + len(pairs))
            lines += _within_bounds((*lead, "—"), [*nothing, "\n".join(content.remarks(section, briefing))])
        for number, point in enumerate(section.comparison.points, 1):
            ruling = "、".join(names[cell.doc_id] for cell in tally.ruling(point))
            said = [text for doc_id in doc_ids for text in _said(point, doc_id, section, briefing)]
            labels = [_label(point, pair) for pair in pairs]
            lines += _within_bounds((*lead, number), [ruling, *said, *labels, ""])
    fill(sheet, columns, lines, briefing.title)
    sheet.freeze_panes = "D2" if any(section.chapter for section in briefing.sections) else "C2"


def _said(point: Point, doc_id: str, section: Section, briefing: Briefing) -> tuple[str, str]:
    """The clause and the quote."""
    cell = point.cells.get(doc_id)
    if cell is not None:
        return content.cell_name(cell, content.by_id(briefing)), cell.quote.text
    return ("", content.SILENT) if doc_id in section.comparison.doc_ids else ("", "")


def _label(point: Point, pair: tally.Pair) -> str:
    found = [relation for relation in point.relations if (relation.of, relation.to) == pair]
    return "；".join(shown(relation.difference.label) for relation in found)


def _labels_sheet(sheet: Worksheet, briefing: Briefing) -> None:
    """A row a label: the text that is held against the other and the other, why, and which words were changed."""
    columns = (
        *_LEAD,
        Column("比较（甲对乙）", 13.0),
        Column("异同", 11.0),
        Column("理由", 30.0),
        Column("甲条款", 11.0),
        Column("甲原文", 30.0),
        Column("乙条款", 11.0),
        Column("乙原文", 30.0),
        Column("改了哪些词", 34.0),
    )
    lines: list[Line] = []
    for section in briefing.sections:
        for number, point in enumerate(section.comparison.points, 1):
            for relation in point.relations:
                pair = content.pair_name(relation, content.named(briefing))
                lead = (section.chapter, section.topic, number, pair, shown(relation.difference.label))
                lines += _within_bounds(lead, _compared(relation, point, section, briefing))
    fill(sheet, columns, lines, briefing.title)


def _compared(relation: Relation, point: Point, section: Section, briefing: Briefing) -> list[Text]:
    """The reason, clause and quote of both, and the redline."""
    of, to = (_said(point, doc_id, section, briefing) for doc_id in (relation.of, relation.to))
    words = rich(redlined(relation, point, content.by_id(briefing)))
    return [relation.difference.reason, *of, *to, words]


def _counts_sheet(sheet: Worksheet, briefing: Briefing) -> None:
    """How many points, how many of one text alone, and how often each label stands for each pair: in all, by topic."""
    heads = ("点数", "只有一份文件规定", *map(shown, LABELS))
    columns = (*_LEAD[:2], Column("比较（甲对乙）", 20.0), *(Column(head, 11.0) for head in heads))
    lines: list[Line] = [*_counted("", "全部", briefing.sections, briefing)]
    for section in briefing.sections:
        lines += _counted(section.chapter, section.topic, (section,), briefing)
    fill(sheet, columns, lines, briefing.title)


def _counted(chapter: str, topic: str, sections: Sequence[Section], briefing: Briefing) -> Iterator[Line]:
    names = content.named(briefing)
    points = sum(len(section.comparison.points) for section in sections)
    only = sum(tally.alone(section).total() for section in sections)
    found: dict[tally.Pair, Counter[Label]] = tally.pairs(sections)
    for (of, to), counts in found.items():
        for lead in _within_bounds((chapter,), [topic]):
            yield (*lead, f"{names[of]}对{names[to]}", points, only, *(counts[label] for label in LABELS))


def _within_bounds(lead: Line, texts: Sequence[Text]) -> Iterator[Line]:
    """One row, or further ones under it for what is longer than a cell can hold."""
    for each in zip_longest(*(parts(text) for text in texts), fillvalue=""):
        yield (*lead, *each)


def _scope_sheet(sheet: Worksheet, briefing: Briefing) -> None:
    widths = (42.0, 22.0, 24.0, 12.0, 38.0, 7.0)
    columns = [Column(head, width) for head, width in zip(content.SCOPE_HEADS, widths, strict=True)]
    fill(sheet, columns, [(entry.title, *content.scope_facts(entry)) for entry in briefing.scope], briefing.title)


def _about_sheet(sheet: Worksheet, briefing: Briefing) -> None:
    """Title, date, notes, what is said of each topic, and what the marks say."""
    lines: list[Line] = [("标题", part) for part in parts(briefing.title)]
    lines.append(("日期", briefing.date.isoformat()))
    notes = (*briefing.notes, content.common_notice(briefing))
    lines += [("说明", part) for note in notes if note for part in parts(note)]
    for section in briefing.sections:
        said = "\n".join((section.topic, *content.remarks(section, briefing)))
        lines += [("议题", part) for part in parts(said) if said != section.topic]
    lines += [("怎么看", READING), *legend()]
    fill(sheet, (Column("项目", 12.0), Column("内容", 110.0)), lines, briefing.title)


def _clauses_sheet(sheet: Worksheet, document: Document, briefing: Briefing) -> None:
    columns = (Column("编号", 18.0), Column("条款", 13.0), Column("标题", 24.0), Column("原文", 86.0))
    lines = [
        (clause.clause_id, clause.label, clause.heading, part)
        for clause in document.clauses
        for part in parts(clause.body_text)
    ]
    fill(sheet, columns, lines, briefing.title)
