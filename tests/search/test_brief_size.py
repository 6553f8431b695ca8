"""A comparison of a thousand rows: every row is in the file, whatever its kind."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from briefings import briefing, section
from openpyxl import load_workbook
from pptx import Presentation

from search.brief import write_briefing

ROWS = 1_000


@pytest.fixture(scope="module")
def made():
    return briefing(section(ROWS))


def written(made, tmp_path, suffix):
    path = tmp_path / f"big{suffix}"
    write_briefing(made, path)
    return path.read_bytes()


def test_markdown_has_every_row(made, tmp_path):
    lines = (line for line in written(made, tmp_path, ".md").decode().splitlines() if line.startswith("|"))
    assert {str(n) for n in range(1, ROWS + 1)} <= {line.split("|")[1].strip() for line in lines}


def test_a_workbook_has_every_row(made, tmp_path):
    sheets = load_workbook(BytesIO(written(made, tmp_path, ".xlsx"))).worksheets
    assert any(sheet.max_row > ROWS for sheet in sheets)


def test_a_document_has_every_row(made, tmp_path):
    document = docx.Document(BytesIO(written(made, tmp_path, ".docx")))
    firsts = {row.cells[0].text for table in document.tables for row in table.rows[-3:]}  # changes go below a point
    assert str(ROWS) in firsts


def test_slides_have_the_last_row_and_none_is_cut(made, tmp_path):
    slides = Presentation(BytesIO(written(made, tmp_path, ".pptx"))).slides
    texts = {
        shape.table.cell(number, 0).text
        for slide in slides
        for shape in slide.shapes
        if shape.has_table
        for number in range(len(shape.table.rows))
    }
    assert {str(n) for n in range(1, ROWS + 1)} <= texts
