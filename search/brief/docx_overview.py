"""The overview of a Word briefing: the counts, and the points that weigh most."""

from __future__ import annotations

from docx.document import Document as WordFile
from docx.shared import Pt

from search.brief import docx_styles, docx_table
from search.brief.content import Overview
from search.brief.docx_topic import centre, set_pieces
from search.brief.footnotes import Footnotes
from search.compare.model import LABELS

_PAIR, _LABEL = 40.0, 18.0
"""Widths of columns in millimetres."""


def add_overview(word: WordFile, told: Overview, notes: Footnotes) -> None:
    """Counts in a sentence and a table, a row for each pair of texts; then the weightiest points, a line each."""
    notes.begin()
    word.add_heading("概览", 1)
    word.add_paragraph(told.sentence())
    if told.counts:
        _counts(word, told)
    if told.weightiest:
        line = word.add_paragraph()
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_before = Pt(6)
        docx_styles.in_heading_font(line.add_run("分量最重的几点"))
    for number, heavy in enumerate(told.weightiest, 1):
        paragraph = word.add_paragraph(f"{number}. {heavy.topic}（第 {heavy.number} 点）：", docx_styles.CELL)
        set_pieces(paragraph, heavy.pieces, notes)


def _counts(word: WordFile, told: Overview) -> None:
    labels = [label for label in LABELS if any(counted.labels.get(label) for counted in told.counts)]
    widths = [_PAIR, *([_LABEL] * len(labels))]
    table = docx_table.add_table(word, ("比较（点数）", *labels), widths)
    for counted in told.counts:
        first, *cells = docx_table.add_row(table, widths)
        docx_table.first_paragraph(first).add_run(counted.pair)
        for label, cell in zip(labels, cells, strict=True):
            centre(cell, str(counted.labels.get(label, 0)))
    docx_table.keep_whole(table)
