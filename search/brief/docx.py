"""A briefing as a Word document: front, a section for each topic with table and footnotes, the clauses in full."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from search.brief import content, docx_styles, docx_table
from search.brief.archive import moment, settled
from search.brief.content import Piece
from search.brief.footnotes import Footnotes
from search.brief.labels import INKS, LOOKS, READING
from search.brief.listing import HEADS, NO_WORDS, Listed, listed
from search.brief.model import Briefing, Section
from search.compare.model import LABELS, Point

_UPRIGHT, _WIDE = 156.0, 253.0
"""Width of the text in millimetres, upright and on its side."""
_NUMBER = 13.0
"""Width of the column of numbers in millimetres."""
_SCOPE_WIDTHS = (24.0, 50.0, 58.0, 24.0)
_LIST_SHARES = (0.14, 0.14, 0.3, 0.42)
"""Of the width besides the numbers: who is held against whom, label, reason, words."""
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
    _body_sections(word, briefing, notes)
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
    _scope(word, briefing)
    if notice := content.common_notice(briefing):
        _body(word, notice)
    if any(section.comparison.points for section in briefing.sections):
        _legend(word)


def _scope(word: WordFile, briefing: Briefing) -> None:
    """The texts by the names that the tables give them; what each rests on stands below it, across the table."""
    names = content.named(briefing)
    table = docx_table.add_table(word, ("简称", "文件", "发文机关", "日期"), _SCOPE_WIDTHS)
    for entry in briefing.scope:
        trial = "（试行）" if entry.on_trial else ""
        title = content.titled(entry.title, entry.number) + trial
        facts = (names[entry.doc_id], title, "、".join(entry.issuers) or "—", entry.date or "—")
        row = docx_table.add_row(table, _SCOPE_WIDTHS)
        for cell, fact in zip(row, facts, strict=True):
            paragraph = docx_table.first_paragraph(cell)
            paragraph.add_run(fact)
            paragraph.paragraph_format.keep_with_next = bool(entry.basis)
        if entry.basis:
            below = docx_table.add_row(table, _SCOPE_WIDTHS)
            docx_table.first_paragraph(below[0].merge(below[-1])).add_run(f"依据：{'；'.join(entry.basis)}")
    docx_table.keep_whole(table)


def _legend(word: WordFile) -> None:
    marks = word.add_paragraph(style=docx_styles.CELL)
    marks.paragraph_format.space_before = Pt(8)
    docx_styles.in_heading_font(marks.add_run("标记："))
    for label in LABELS:
        docx_table.add_label(marks, label)
        marks.add_run(f" {LOOKS[label].meaning}{'。' if label == LABELS[-1] else '；'}")
    marks.add_run(READING)


def _body_sections(word: WordFile, briefing: Briefing, notes: Footnotes) -> None:
    """The topics one after the other, all on pages turned alike; a chapter's stand under its heading."""
    wide = any(len(section.comparison.doc_ids) > _NARROW_COLUMNS for section in _ruled(briefing))
    docx_styles.next_page(word, wide=wide)
    for chapter, numbered in content.chapters(briefing):
        if chapter:
            word.add_heading(chapter, 1)
        for _, section in numbered:
            _section(word, section, briefing, notes, level=2 if chapter else 1, room=_WIDE if wide else _UPRIGHT)


def _ruled(briefing: Briefing) -> tuple[Section, ...]:
    return tuple(section for section in briefing.sections if section.comparison.points)


def _section(
    word: WordFile, section: Section, briefing: Briefing, notes: Footnotes, *, level: int, room: float
) -> None:
    word.add_heading(section.topic, level)
    for remark in content.remarks(section, briefing):
        _body(word, remark).paragraph_format.keep_with_next = bool(section.comparison.points)
    if not section.comparison.points:
        return
    _set_pieces(_body(word, ""), content.summary(section, briefing), notes)
    for doc_ids in content.panels(section.comparison.doc_ids, _WIDE_COLUMNS if room == _WIDE else _NARROW_COLUMNS):
        _comparison_table(word, section, doc_ids, briefing, notes, room)
    lines = listed(section, briefing)
    if lines:
        word.add_heading("异同", level + 1)
        _difference_table(word, lines, notes, room)


def _comparison_table(
    word: WordFile, section: Section, doc_ids: Sequence[str], briefing: Briefing, notes: Footnotes, room: float
) -> None:
    names = content.named(briefing)
    widths = [_NUMBER, *(share * (room - _NUMBER) for share in content.shares(section, doc_ids))]
    gap = word.add_paragraph()
    gap.paragraph_format.line_spacing = Pt(8)  # not kept with the table: LibreOffice then puts a row a page
    table = docx_table.add_table(word, ["序号", *(names[doc_id] for doc_id in doc_ids)], widths)
    for number, point in enumerate(section.comparison.points, 1):
        first, *cells = docx_table.add_row(table, widths)
        _centre(first, str(number))
        for doc_id, cell in zip(doc_ids, cells, strict=True):
            _fill_cell(cell, doc_id, point, briefing, notes)
    docx_table.keep_whole(table)


def _fill_cell(cell: _Cell, doc_id: str, point: Point, briefing: Briefing, notes: Footnotes) -> None:
    """What the text says, then the labels of how that differs from the others."""
    documents, names = content.by_id(briefing), content.named(briefing)
    paragraph = docx_table.first_paragraph(cell)
    said = point.cells.get(doc_id)
    if said is None:
        paragraph.add_run(content.SILENT)
    else:
        docx_styles.in_heading_font(paragraph.add_run(content.cell_label(said)))
        _set_pieces(docx_table.further_paragraph(cell), content.cell_pieces(said, point, documents), notes)
    for label, towards in content.labels_of(point, doc_id, names).items():
        line = docx_table.further_paragraph(cell)
        docx_table.add_label(line, label)
        line.add_run(towards)


def _difference_table(word: WordFile, lines: Sequence[Listed], notes: Footnotes, room: float) -> None:
    widths = [_NUMBER, *(share * (room - _NUMBER) for share in _LIST_SHARES)]
    table = docx_table.add_table(word, HEADS, widths)
    for line in lines:
        number, pair, label, reason, words = docx_table.add_row(table, widths)
        _centre(number, line.number)
        docx_table.first_paragraph(pair).add_run(line.pair)
        docx_table.add_label(docx_table.first_paragraph(label), line.label)
        docx_table.first_paragraph(reason).add_run(line.reason)
        _set_pieces(docx_table.first_paragraph(words), line.words or NO_WORDS, notes)
    docx_table.keep_whole(table)


def _centre(cell: _Cell, text: str) -> None:
    paragraph = docx_table.first_paragraph(cell)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text)


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
        run = paragraph.add_run(piece.text)
        run.bold = piece.is_strong or None
        if piece.change != "kept":
            run.font.color.rgb = RGBColor.from_string(INKS[piece.change])
            run.font.underline = True if piece.change == "added" else None
            run.font.strike = True if piece.change == "removed" else None
        if piece.source is not None:
            notes.add(paragraph, piece.source)
