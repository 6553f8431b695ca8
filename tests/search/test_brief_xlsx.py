from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest
from briefings import CASES, alike, alike_briefing, briefing, cells, documents, section
from openpyxl.cell.rich_text import CellRichText, TextBlock

from search.brief import write_briefing
from search.brief.labels import INKS, LOOKS, shown
from search.compare.model import LABELS

NAMES = {document.doc_id: document.metadata.short_name for document in documents()}


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


def test_both_rules_can_be_read_out_of_the_redline(tmp_path):
    gone, point = alike()
    write_briefing(alike_briefing(), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx", rich_text=True)["异同"]
    [box] = [box for row in sheet.iter_rows(min_row=2) for box in row if isinstance(box.value, CellRichText)]
    assert sheet.cell(1, box.column).value == "改了哪些词"
    runs = [(str(part), part.font if isinstance(part, TextBlock) else None) for part in box.value]
    of, to = (point.cells[doc_id].quote.text for doc_id in (point.relations[0].of, point.relations[0].to))
    assert "".join(text for text, font in runs if font is None or not font.strike) == of
    assert "".join(text for text, font in runs if font is None or not font.u) == to
    coloured = [text for text, font in runs if font and font.strike and font.color.rgb.endswith(INKS["removed"])]
    assert coloured == [f"{gone}，"]


def test_a_chapter_is_a_column_that_stays_in_sight(tmp_path):
    book = opened(CASES["whole"](), tmp_path)
    found = rows(book["对照"])
    assert [row["章"] for row in found] == ["第1部分"] * 20 + ["第2部分"] * 4
    assert book["对照"].freeze_panes == "D2"


def test_every_point_is_a_row_with_its_quotes_verbatim(written):
    made, book = written
    points = [(part, point) for part in made.sections for point in part.comparison.points]
    if not points:
        pytest.skip("nothing is compared in this one")
    for (part, point), row in zip(points, rows(book["对照"]), strict=True):
        assert row["议题"] == part.topic
        assert row["有规定的文件"] == "、".join(NAMES[doc_id] for doc_id, said in point.cells.items() if said)
        for doc_id, said in point.cells.items():
            assert row[f"{NAMES[doc_id]}原文"] == (said.quote.text if said else "未规定")
            assert (row[f"{NAMES[doc_id]}条款"] or "").startswith(said.label if said else "")
        for each in point.relations:
            assert row[f"{NAMES[each.of]}对{NAMES[each.to]}"] == shown(each.difference.label)


def test_every_label_is_a_row_with_its_reason_and_both_texts(written):
    made, book = written
    found = [
        (part, number, point, each)
        for part in made.sections
        for number, point in enumerate(part.comparison.points, 1)
        for each in point.relations
    ]
    assert ("异同" in book.sheetnames) == bool(found)
    for (part, number, point, each), row in zip(found, rows(book["异同"]) if found else (), strict=True):
        of, to = point.cells[each.of], point.cells[each.to]
        assert (row["议题"], row["序号"]) == (part.topic, number)
        assert row["比较（甲对乙）"] == f"{NAMES[each.of]}对{NAMES[each.to]}"
        assert (row["异同"], row["理由"]) == (shown(each.difference.label), each.difference.reason)
        assert row["甲原文"] == (of.quote.text if of else "未规定")
        assert row["乙原文"] == (to.quote.text if to else "未规定")


def test_points_and_labels_are_counted_in_all_and_by_topic(tmp_path):
    made = CASES["whole"]()
    found = rows(opened(made, tmp_path)["统计"])
    points = [point for part in made.sections for point in part.comparison.points]
    pairs = {(each.of, each.to) for point in points for each in point.relations}
    assert len(found) == len(pairs) * (1 + len(made.sections))
    for row in (row for row in found if row["议题"] == "全部"):
        labels = [
            each.difference.label
            for point in points
            for each in point.relations
            if f"{NAMES[each.of]}对{NAMES[each.to]}" == row["比较（甲对乙）"]
        ]
        assert row["点数"] == len(points)
        assert {label: row[shown(label)] for label in LABELS} == {label: labels.count(label) for label in LABELS}


def test_a_topic_without_points_says_why(tmp_path):
    [row] = rows(opened(CASES["empty"](), tmp_path)["对照"])
    assert row["序号"] == "—"
    assert "未找到依据" in row["没有对照的原因"]


def test_what_is_said_of_a_topic_stands_in_the_notes(tmp_path):
    said = [row["内容"] for row in rows(opened(briefing(), tmp_path)["说明"]) if row["项目"] == "议题"]
    assert any("先讲国家规定。" in text and section().topic in text for text in said)


def test_columns_with_nothing_in_them_are_left_out(written):
    _, book = written
    for sheet in book:
        for column in sheet.iter_cols(min_row=2, values_only=True):
            assert not column or any(value not in {None, ""} for value in column)


def test_a_page_is_as_wide_as_the_sheet_and_names_it(written):
    made, book = written
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddHeader.right.text == "&A"
        assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert book["对照"].oddHeader.left.text.startswith(made.title[:10])


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
    found = rows(opened(briefing(section(1, reason=reason)), tmp_path)["异同"])
    assert "".join(row["理由"] for row in found if row["比较（甲对乙）"] == found[0]["比较（甲对乙）"]) == reason


def test_sheets_have_names_that_excel_takes_and_none_twice(tmp_path):
    one, *others = documents()
    names = ["对照", "a/b*c?[d]:" + "长" * 40, "a b c  d  " + "长" * 40]
    made = [
        replace(document, metadata=replace(document.metadata, short_name=name))
        for document, name in zip((one, *others), names, strict=False)
    ]
    book = opened(replace(briefing(), documents=tuple(made)), tmp_path)
    assert len(set(map(str.lower, book.sheetnames))) == len(book.sheetnames) == 5 + len(documents())
    assert all(len(name) <= 31 and not set(name) & set("\\/*?:[]'") for name in book.sheetnames)


def test_quotes_of_the_long_briefing_are_all_there(tmp_path):
    made = CASES["long"]()
    values = {box for row in opened(made, tmp_path)["对照"].iter_rows(values_only=True) for box in row}
    assert {said.quote.text for said in cells(made)} <= values
