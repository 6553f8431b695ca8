"""A briefing as a Word document: front and overview, the topics, the clauses in full."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from search.brief import content, docx_styles, docx_table
from search.brief.archive import moment, settled
from search.brief.docx_overview import add_overview
from search.brief.docx_topic import add_body, add_topic
from search.brief.footnotes import Footnotes
from search.brief.labels import LOOKS, READING
from search.brief.model import Briefing
from search.compare.model import LABELS

_UPRIGHT, _WIDE = 156.0, 253.0
"""Width of the text in millimetres, upright and on its side."""
_SCOPE_SHARES = (0.14, 0.46, 0.25, 0.15)
_NARROW_COLUMNS, _WIDE_COLUMNS = 2, 4
"""Documents side by side in one table, upright and on its side."""


def render(briefing: Briefing) -> bytes:
    """The file; the briefing is checked already."""
    word = docx.Document()
    _set_properties(word, briefing)
    docx_styles.apply_styles(word)
    wide = _is_wide(briefing)
    docx_styles.set_page(word.sections[0], wide=wide)
    docx_styles.number_pages(word.sections[0])
    notes = Footnotes(word)
    _front(word, briefing, notes, wide=wide)
    _body_sections(word, briefing, notes, wide=wide)
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


def _front(word: WordFile, briefing: Briefing, notes: Footnotes, *, wide: bool) -> None:
    word.add_paragraph(briefing.title, "Title")
    date = word.add_paragraph(f"{briefing.date.year}年{briefing.date.month}月{briefing.date.day}日")
    date.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for note in briefing.notes:
        add_body(word, note)
    word.add_heading("文件", 1)
    _scope(word, briefing, _WIDE if wide else _UPRIGHT)
    if notice := content.common_notice(briefing):
        word.add_paragraph(notice, docx_styles.CELL).paragraph_format.space_before = Pt(6)
    if any(section.comparison.points for section in briefing.sections):
        _legend(word)
    told = content.overview(briefing)
    if told is not None:
        add_overview(word, told, notes)


def _scope(word: WordFile, briefing: Briefing, room: float) -> None:
    """The texts by the names that the tables give them; what each rests on stands below it, across the table."""
    names = content.named(briefing)
    widths = [share * room for share in _SCOPE_SHARES]
    table = docx_table.add_table(word, ("简称", "文件", "发文机关", "日期"), widths)
    for entry in briefing.scope:
        trial = "（试行）" if entry.on_trial else ""
        title = content.titled(entry.title, entry.number) + trial
        facts = (names[entry.doc_id], title, "、".join(entry.issuers) or "—", entry.date or "—")
        row = docx_table.add_row(table, widths)
        for cell, fact in zip(row, facts, strict=True):
            docx_table.first_paragraph(cell).add_run(fact)
        if entry.basis:
            below = docx_table.add_row(table, widths)
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


def _body_sections(word: WordFile, briefing: Briefing, notes: Footnotes, *, wide: bool) -> None:
    """The topics one after the other; a chapter's stand under its heading."""
    room, columns = (_WIDE, _WIDE_COLUMNS) if wide else (_UPRIGHT, _NARROW_COLUMNS)
    for chapter, numbered in content.chapters(briefing):
        if chapter:
            word.add_heading(chapter, 1)
        for _, section in numbered:
            add_topic(word, section, briefing, notes, 2 if chapter else 1, room, columns)


def _is_wide(briefing: Briefing) -> bool:
    ruled = (section for section in briefing.sections if section.comparison.points)
    return any(len(section.comparison.doc_ids) > _NARROW_COLUMNS for section in ruled)


def _appendix(word: WordFile, briefing: Briefing) -> None:
    """The clauses quoted, in full under the headings of their chapters; none where the tables quote all there is."""
    quoted = content.quoted_clauses(briefing)
    if not quoted or content.is_whole(briefing):
        return
    docx_styles.next_page(word, wide=False)
    word.add_heading("附录：引用的条文", 1)
    for document, clauses in quoted:
        metadata = document.metadata
        word.add_heading(content.titled(metadata.title or document.doc_id, metadata.number), 2)
        for heading, group in content.headed(clauses):
            if heading:
                word.add_heading(heading, 3)
            for clause in group:
                for line in clause.body_text.split("\n"):
                    add_body(word, line)
