"""A briefing as a Word document: front, a section for each topic with table and footnotes, the clauses in full."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from search.brief import content, docx_styles, docx_table
from search.brief.archive import moment, settled
from search.brief.content import Piece
from search.brief.footnotes import Footnotes
from search.brief.model import Briefing, Section
from search.compare.model import Point

_UPRIGHT, _WIDE = 156.0, 253.0
"""Width of the text in millimetres, upright and on its side."""
_NUMBER = 13.0
"""Width of the column of numbers in millimetres."""
_SCOPE_WIDTHS = (27.0, 23.0, 29.0, 22.0, 42.0, 13.0)
_NARROW_COLUMNS, _WIDE_COLUMNS = 2, 4
"""Documents side by side in one table, upright and on its side."""


def render(briefing: Briefing) -> bytes:
    """The file; the briefing is checked already."""
    word = docx.Document()
    _set_properties(word, briefing)
    docx_styles.apply_styles(word)
    docx_styles.set_page(word.sections[0], wide=False)
    docx_styles.number_pages(word.sections[0])
    notes = Footnotes(word)
    _front(word, briefing)
    for section in briefing.sections:
        _section(word, section, briefing, notes)
    _appendix(word, briefing)
    notes.close()
    out = BytesIO()
    word.save(out)
    return settled(out.getvalue(), briefing.date)


def _set_properties(word: WordFile, briefing: Briefing) -> None:
    core = word.core_properties
    core.title, core.author, core.comments, core.last_modified_by = briefing.title[:255], "", "", ""
    core.created = core.modified = moment(briefing.date)
    core.language = "zh-CN"
    word.part.package.rels.pop(_thumbnail(word), None)  # a picture of python-docx's own template


def _thumbnail(word: WordFile) -> str:
    rels = word.part.package.rels
    return next((key for key, relation in rels.items() if relation.reltype.endswith("/thumbnail")), "")


def _front(word: WordFile, briefing: Briefing) -> None:
    word.add_paragraph(briefing.title, "Title")
    date = word.add_paragraph(f"{briefing.date.year}年{briefing.date.month}月{briefing.date.day}日")
    date.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for note in briefing.notes:
        _body(word, note)
    word.add_heading("文件", 1)
    table = docx_table.add_table(word, content.SCOPE_HEADS, _SCOPE_WIDTHS)
    for entry in briefing.scope:
        cells = docx_table.add_row(table, _SCOPE_WIDTHS)
        for cell, fact in zip(cells, (entry.title, *content.scope_facts(entry)), strict=True):
            docx_table.first_paragraph(cell).add_run(fact)
    docx_table.keep_whole(table, _SCOPE_WIDTHS)


def _section(word: WordFile, section: Section, briefing: Briefing, notes: Footnotes) -> None:
    wide = len(section.comparison.doc_ids) > _NARROW_COLUMNS and bool(section.comparison.points)
    docx_styles.next_page(word, wide=wide)
    word.add_heading(section.topic, 1)
    for remark in (section.note, section.comparison.notice):
        if remark:
            _body(word, remark)
    if not section.comparison.points:
        _body(word, content.NOTHING)
        return
    _set_pieces(_body(word, ""), content.summary(section, briefing), notes)
    columns = _WIDE_COLUMNS if wide else _NARROW_COLUMNS
    for doc_ids in content.panels(section.comparison.doc_ids, columns):
        _comparison_table(word, section, doc_ids, briefing, notes)


def _comparison_table(
    word: WordFile, section: Section, doc_ids: Sequence[str], briefing: Briefing, notes: Footnotes
) -> None:
    names = content.named(briefing)
    room = _WIDE if len(section.comparison.doc_ids) > _NARROW_COLUMNS else _UPRIGHT
    widths = [_NUMBER, *[(room - _NUMBER) / len(doc_ids)] * len(doc_ids)]
    gap = word.add_paragraph()
    gap.paragraph_format.line_spacing = Pt(8)
    gap.paragraph_format.keep_with_next = True
    table = docx_table.add_table(word, ["序号", *(names[doc_id] for doc_id in doc_ids)], widths)
    for number, point in enumerate(section.comparison.points, 1):
        first, *cells = docx_table.add_row(table, widths)
        counter = docx_table.first_paragraph(first)
        counter.alignment = WD_ALIGN_PARAGRAPH.CENTER
        counter.add_run(str(number))
        for doc_id, cell in zip(doc_ids, cells, strict=True):
            _fill_cell(cell, doc_id, point, briefing, notes)
    docx_table.keep_whole(table, widths)


def _fill_cell(cell: _Cell, doc_id: str, point: Point, briefing: Briefing, notes: Footnotes) -> None:
    """What the text says, then how that differs from the others, with the reasons."""
    documents, names = content.by_id(briefing), content.named(briefing)
    paragraph = docx_table.first_paragraph(cell)
    said = point.cells.get(doc_id)
    if said is None:
        paragraph.add_run(content.SILENT)
    else:
        docx_styles.in_heading_font(paragraph.add_run(content.cell_label(said)))
        _set_pieces(docx_table.further_paragraph(cell), content.cell_pieces(said, point, documents), notes)
    for relation in point.relations:
        if relation.of != doc_id:
            continue
        line = docx_table.further_paragraph(cell)
        docx_table.add_label(line, relation.difference.label)
        reason = f"：{relation.difference.reason}" if relation.difference.reason else ""
        line.add_run(f"（对{names[relation.to]}）{reason}")
        _evidence(cell, content.evidence_pieces(content.unquoted(relation, point), documents), notes)


def _evidence(cell: _Cell, pieces: Sequence[Piece], notes: Footnotes) -> None:
    if pieces:
        line = docx_table.further_paragraph(cell)
        line.add_run("依据：")
        _set_pieces(line, pieces, notes)


def _appendix(word: WordFile, briefing: Briefing) -> None:
    quoted = content.quoted_clauses(briefing)
    if not quoted:
        return
    docx_styles.next_page(word, wide=False)
    word.add_heading("附录：引用的条文", 1)
    for document, clauses in quoted:
        metadata = document.metadata
        word.add_heading(content.titled(metadata.title or document.doc_id, metadata.number), 2)
        for clause in clauses:
            word.add_heading(content.clause_name(clause), 3)
            for line in clause.body_text.split("\n"):
                _body(word, line)


def _body(word: WordFile, text: str) -> Paragraph:
    """A paragraph of body text, its first line two characters in."""
    paragraph = word.add_paragraph(text)
    paragraph.paragraph_format.first_line_indent = Pt(28)
    return paragraph


def _set_pieces(paragraph: Paragraph, pieces: Sequence[Piece], notes: Footnotes) -> None:
    for piece in pieces:
        paragraph.add_run(piece.text).bold = piece.is_strong or None
        if piece.source is not None:
            notes.add(paragraph, piece.source)
