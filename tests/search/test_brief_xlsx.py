from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest
from briefings import CASES, alike, alike_briefing, briefing, cells, documents, section
from openpyxl.cell.rich_text import CellRichText, TextBlock

from search.brief import write_briefing
from search.brief.labels import LOOKS, shown
from search.compare.model import LABELS


def opened(made, tmp_path):
    write_briefing(made, tmp_path / "a.xlsx")
    return openpyxl.load_workbook(tmp_path / "a.xlsx")


@pytest.fixture(params=sorted(CASES))
def written(request, tmp_path):
    """(briefing, its workbook)."""
    made = CASES[request.param]()
    return made, opened(made, tmp_path)


def rows(sheet):
    heads, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in others]


def test_words_that_only_one_rule_has_are_underlined_or_struck_through(tmp_path):
    gone, point = alike()
    write_briefing(alike_briefing(), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx", rich_text=True)["对照"]
    [box] = [box for row in sheet.iter_rows(min_row=2) for box in row if isinstance(box.value, CellRichText)]
    assert str(box.value) == gone + point.cells[point.relations[0].of].quote.text
    assert [(block.text, block.font.strike) for block in box.value if isinstance(block, TextBlock)] == [(gone, True)]
    assert sheet.cell(1, box.column).value.endswith("改了哪些词")


def test_a_chapter_is_a_column_that_stays_in_sight(tmp_path):
    book = opened(CASES["whole"](), tmp_path)
    found = rows(book["对照"])
    assert [row["章"] for row in found] == ["第1部分"] * 20 + ["第2部分"] * 4
    assert book["对照"].freeze_panes == "D2"


def test_every_point_is_a_row_with_its_quotes_verbatim(written):
    made, book = written
    names = {document.doc_id: document.metadata.short_name for document in documents()}
    points = [(part, point) for part in made.sections for point in part.comparison.points]
    if not points:
        pytest.skip("nothing is compared in this one")
    for (part, point), row in zip(points, rows(book["对照"]), strict=True):
        assert row["议题"] == part.topic
        for doc_id, said in point.cells.items():
            assert row[f"{names[doc_id]}原文"] == (said.quote.text if said else "未规定")
            assert (row[f"{names[doc_id]}条款"] or "") == (said.label if said else "")
        for relation in point.relations:
            pair = f"{names[relation.of]}对{names[relation.to]}"
            assert row[f"{pair}异同"] == shown(relation.difference.label)
            assert row[f"{pair}理由"] == relation.difference.reason


def test_a_topic_without_points_says_why(tmp_path):
    [row] = rows(opened(CASES["empty"](), tmp_path)["对照"])
    assert row["序号"] == "—"
    assert "未找到依据" in row["说明"]


def test_heads_are_frozen_and_filtered_and_long_texts_wrapped(written):
    _, book = written
    for sheet in book:
        assert sheet.freeze_panes in ({"C2", "D2"} if sheet.title == "对照" else {"A2"})
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert all(box.alignment.wrap_text for row in sheet.iter_rows() for box in row)
        widths = [dimension.width for dimension in sheet.column_dimensions.values()]
        assert all(5 <= width <= 200 for width in widths)
        assert all(sheet.row_dimensions[number].height <= 409 for number in range(2, sheet.max_row + 1))


def test_labels_have_their_colour(tmp_path):
    sheet = opened(briefing(section(10)), tmp_path)["对照"]
    fills = {box.value: box.fill.fgColor.rgb[-6:] for row in sheet.iter_rows() for box in row}
    for label in LABELS:
        if shown(label) in fills:
            assert fills[shown(label)] == LOOKS[label].fill
    assert len(set(fills) & {shown(label) for label in LABELS}) > 4


def test_each_document_has_a_sheet_with_all_its_clauses(written):
    _, book = written
    for document in documents():
        found = rows(book[document.metadata.short_name])
        assert [row["编号"] for row in found] == [clause.clause_id for clause in document.clauses]
        assert [row["原文"] for row in found] == [clause.body_text for clause in document.clauses]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\n=1", "#N/A", "007", "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_is_text(start, tmp_path):
    made = briefing(section(1, topic=start, note=start, reason=start), title=start, notes=(start,))
    book = opened(made, tmp_path)
    boxes = [box for sheet in book for row in sheet.iter_rows() for box in row if box.value is not None]
    assert any(box.value == start for box in boxes)
    assert {box.data_type for box in boxes} <= {"s", "n"}
    assert all(isinstance(box.value, int) for box in boxes if box.data_type == "n")
    for box in boxes:
        if box.value == start and start[0] in "=+-@\t":
            assert box.quotePrefix


def test_a_text_longer_than_a_cell_can_hold_goes_on_below(tmp_path):
    reason = "很长的理由" * 8000
    found = rows(opened(briefing(section(1, reason=reason)), tmp_path)["对照"])
    column = next(head for head in found[0] if head.endswith("理由"))
    assert "".join(row[column] for row in found) == reason
    assert len(found) == 2


def test_sheets_have_names_that_excel_takes_and_none_twice(tmp_path):
    one, *others = documents()
    names = ["对照", "a/b*c?[d]:" + "长" * 40, "a b c  d  " + "长" * 40]
    made = [
        replace(document, metadata=replace(document.metadata, short_name=name))
        for document, name in zip((one, *others), names, strict=False)
    ]
    book = opened(replace(briefing(), documents=tuple(made)), tmp_path)
    assert len(set(map(str.lower, book.sheetnames))) == len(book.sheetnames) == 3 + len(documents())
    assert all(len(name) <= 31 and not set(name) & set("\\/*?:[]'") for name in book.sheetnames)


def test_quotes_of_the_long_briefing_are_all_there(tmp_path):
    made = CASES["long"]()
    values = {box for row in opened(made, tmp_path)["对照"].iter_rows(values_only=True) for box in row}
    assert {said.quote.text for said in cells(made)} <= values
