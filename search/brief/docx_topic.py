"""A topic in a Word briefing: what to know, the clauses, the summary, then a row a point with labels and reasons."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from search.brief import content, docx_styles, docx_table
from search.brief.content import Piece
from search.brief.footnotes import Footnotes
from search.brief.labels import ink
from search.brief.listing import Reason, reasons, silences
from search.brief.model import Briefing, Section
from search.brief.redlined import redlined
from search.brief.summary import FEW
from search.brief.weight import are_comparable
from search.compare.model import Point

NUMBER = 13.0
"""Width of the column of numbers in millimetres."""
_REASON_SIZE = 9.0
_SMALLER = (_REASON_SIZE / docx_styles.CELL_SIZE) ** 2
"""Room that a character of a reason takes, to that of a quote."""


def add_topic(
    word: WordFile, section: Section, briefing: Briefing, notes: Footnotes, level: int, room: float, columns: int
) -> None:
    """The topic under a heading of `level`, its tables `room` millimetres wide, with at most `columns` texts each."""
    notes.begin()
    word.add_heading(section.topic, level)
    points = section.comparison.points
    for remark in content.remarks(section, briefing):
        add_body(word, remark).paragraph_format.keep_with_next = bool(points)
    if not points:
        return
    only = content.only_text(section)
    if only is not None:
        _of_one(word, only, section, briefing, notes)
        return
    _clauses(word, section, briefing, notes)
    if len(points) > FEW:
        set_pieces(add_body(word, ""), content.summary(section, briefing), notes)
    for doc_ids in content.panels(section.comparison.doc_ids, columns):
        _table(word, section, doc_ids, briefing, notes, room)
    _silences(word, silences(section, briefing))


def _clauses(word: WordFile, section: Section, briefing: Briefing, notes: Footnotes) -> None:
    """The clauses that rule on the topic, text by text, each with its footnote: the quotes below refer to those."""
    names = content.named(briefing)
    line = word.add_paragraph(style=docx_styles.CELL)
    line.paragraph_format.keep_with_next = True
    docx_styles.in_heading_font(line.add_run("条文："))
    for place, (document, clauses) in enumerate(content.clauses_of(section, briefing)):
        line.add_run(f"{'；' if place else ''}{names[document.doc_id]} ")
        for number, clause in enumerate(clauses):
            name = content.label_name(clause)
            line.add_run(f"{'，' if number else ''}{name}")
            notes.add(line, content.citation(document, name))
    line.add_run("。")


def _of_one(word: WordFile, one: str, section: Section, briefing: Briefing, notes: Footnotes) -> None:
    """What a single text rules: that it is the only one, then its words, point by point."""
    documents, names = content.by_id(briefing), content.named(briefing)
    silent = [names[doc_id] for doc_id in section.comparison.doc_ids if doc_id != one]
    line = word.add_paragraph(style=docx_styles.CELL)
    line.paragraph_format.keep_with_next = True
    docx_styles.in_heading_font(line.add_run(f"只有{names[one]}有规定"))
    line.add_run(f"，{'、'.join(silent)}没有规定。" if silent else "。")
    for number, point in enumerate(section.comparison.points, 1):
        cell = point.cells[one]
        assert cell is not None  # no other text rules on it
        paragraph = word.add_paragraph(style=docx_styles.CELL)
        paragraph.paragraph_format.first_line_indent = Pt(21)
        paragraph.add_run(f"{number}. ")
        docx_styles.in_heading_font(paragraph.add_run(f"{content.cell_name(cell, documents)}\u3000"))
        set_pieces(paragraph, content.cell_pieces(cell, point, documents), notes)
    _silences(word, silences(section, briefing)[1:])


def _table(
    word: WordFile, section: Section, doc_ids: Sequence[str], briefing: Briefing, notes: Footnotes, room: float
) -> None:
    """A row a point; what one text alone rules goes across the columns, so that it takes few lines."""
    names = content.named(briefing)
    points = section.comparison.points
    shares = content.shares_of([_size(points, doc_id, briefing) for doc_id in doc_ids])
    widths = [NUMBER, *(share * (room - NUMBER) for share in shares)]
    gap = word.add_paragraph()
    gap.paragraph_format.line_spacing = Pt(6)  # not kept with the table: LibreOffice then puts a row a page
    table = docx_table.add_table(word, ["序号", *(names[doc_id] for doc_id in doc_ids)], widths)
    for number, point in enumerate(points, 1):
        ruling = content.ruling(point)
        if not set(ruling).intersection(doc_ids):
            continue  # stands in the table of the texts that rule on it
        first, *cells = docx_table.add_row(table, widths)
        centre(first, str(number))
        if len(ruling) == 1:
            _fill_across(cells[0].merge(cells[-1]), ruling[0], point, briefing, notes)
            continue
        for doc_id, cell in zip(doc_ids, cells, strict=True):
            _fill_cell(cell, doc_id, point, briefing, notes)
        for line in _changes(point, doc_ids, briefing):
            below = docx_table.add_row(table, widths)
            _set_change(below[1].merge(below[-1]), line, notes)
    docx_table.keep_whole(table)


def _size(points: Sequence[Point], doc_id: str, briefing: Briefing) -> float:
    """How much the column of a text holds, in characters of its quotes, from 1."""
    size = 1.0
    for point in points:
        cell = point.cells.get(doc_id)
        if cell is not None and len(content.ruling(point)) > 1:
            size += len(cell.quote.text) + _SMALLER * sum(len(each.reason) for each in reasons(point, doc_id, briefing))
    return size


def _fill_across(cell: _Cell, doc_id: str, point: Point, briefing: Briefing, notes: Footnotes) -> None:
    """What `doc_id` alone rules: whose it is and in what clause, its words, who is silent."""
    documents, names = content.by_id(briefing), content.named(briefing)
    said = point.cells[doc_id]
    assert said is not None  # it rules
    paragraph = docx_table.only_paragraph(cell)
    docx_styles.in_heading_font(paragraph.add_run(f"{names[doc_id]} {content.cell_name(said, documents)}"))
    set_pieces(docx_table.further_paragraph(cell), content.cell_pieces(said, point, documents), notes)
    paragraph.add_run("\u3000")
    labels = content.labels_of(point, doc_id, names)
    for label, towards in labels.items():
        docx_table.add_label(paragraph, label)
        paragraph.add_run(towards).font.size = Pt(_REASON_SIZE)
    below = [names[relation.of] for relation in point.relations if relation.to == doc_id]
    if below:
        docx_table.add_label(paragraph, "未规定")
        paragraph.add_run(f"（{'、'.join(below)}）").font.size = Pt(_REASON_SIZE)


def _fill_cell(cell: _Cell, doc_id: str, point: Point, briefing: Briefing, notes: Footnotes) -> None:
    """What the text says, then how that differs from the others and why."""
    documents, names = content.by_id(briefing), content.named(briefing)
    paragraph = docx_table.first_paragraph(cell)
    said = point.cells.get(doc_id)
    if said is None:
        docx_table.add_label(paragraph, "未规定")
        return
    docx_styles.in_heading_font(paragraph.add_run(content.cell_name(said, documents)))
    set_pieces(docx_table.further_paragraph(cell), content.cell_pieces(said, point, documents), notes)
    for reason in reasons(point, doc_id, briefing):
        _set_reason(docx_table.further_paragraph(cell), reason)
    alone = {label: towards for label, towards in content.labels_of(point, doc_id, names).items() if label == "新增"}
    for label, towards in alone.items():
        line = docx_table.further_paragraph(cell)
        docx_table.add_label(line, label)
        line.add_run(towards).font.size = Pt(_REASON_SIZE)


def _set_reason(paragraph: Paragraph, reason: Reason) -> None:
    docx_table.add_label(paragraph, reason.label)
    paragraph.add_run(f"（对{'、'.join(reason.towards)}）{reason.reason}").font.size = Pt(_REASON_SIZE)


_Change = tuple[str, tuple[Piece, ...]]
"""Who is held against whom, and both rules in one text."""


def _changes(point: Point, doc_ids: Sequence[str], briefing: Briefing) -> list[_Change]:
    """The redlines of the texts in `doc_ids` towards those they can be held against, the same ones as one."""
    documents, names = content.by_id(briefing), content.named(briefing)
    found: dict[tuple[str, tuple[tuple[str, str], ...]], _Change] = {}
    for relation in point.relations:
        is_wanted = relation.of in doc_ids and are_comparable(documents[relation.of], documents[relation.to])
        pieces = redlined(relation, point, documents) if is_wanted else ()
        if pieces:
            key = relation.of, tuple((piece.text, piece.change) for piece in pieces)
            pair = f"{found[key][0]}、{names[relation.to]}" if key in found else content.pair_name(relation, names)
            found[key] = pair, pieces
    return list(found.values())


def _set_change(cell: _Cell, change: _Change, notes: Footnotes) -> None:
    """The redline below the row of its point, where both rules stand with their sources."""
    pair, pieces = change
    paragraph = docx_table.only_paragraph(cell)
    docx_styles.in_heading_font(paragraph.add_run(f"{pair}改了哪些词："))
    set_pieces(paragraph, pieces, notes)


def _silences(word: WordFile, told: Sequence[str]) -> None:
    if told:
        paragraph = word.add_paragraph(f"{'；'.join(told)}。", docx_styles.CELL)
        paragraph.paragraph_format.space_before = Pt(4)


def centre(cell: _Cell, text: str) -> None:
    """`text` in the middle of a table's cell."""
    paragraph = docx_table.first_paragraph(cell)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text)


def add_body(word: WordFile, text: str) -> Paragraph:
    """A paragraph of body text, its first line two characters in."""
    paragraph = word.add_paragraph(text)
    paragraph.paragraph_format.first_line_indent = Pt(24)
    return paragraph


def set_pieces(paragraph: Paragraph, pieces: Sequence[Piece], notes: Footnotes) -> None:
    """The pieces as runs: strong ones bold, new words underlined, gone ones struck through, a mark for each source."""
    for piece in pieces:
        run = paragraph.add_run(piece.text)
        run.bold = piece.is_strong or None
        if piece.change != "kept":
            run.font.color.rgb = RGBColor.from_string(ink(piece.change, is_minor=piece.is_minor))
            run.font.underline = True if piece.change == "added" else None
            run.font.strike = True if piece.change == "removed" else None
        if piece.source is not None:
            notes.add(paragraph, piece.source)
