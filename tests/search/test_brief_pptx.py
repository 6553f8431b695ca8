from __future__ import annotations

import pytest
from briefings import CASES, LONG, cells
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.util import Pt

from search.brief import write_briefing
from search.brief.slide_fit import CELL_MARGIN, LEADING, paged_rows, paged_text, row_height, text_height
from search.brief.textwidth import count_lines, head


@pytest.fixture(params=sorted(CASES))
def written(request, tmp_path):
    """(briefing, its slides)."""
    made = CASES[request.param]()
    write_briefing(made, tmp_path / "a.pptx")
    return made, Presentation(str(tmp_path / "a.pptx"))


def frames(deck):
    """(slide, shape, whether it is a table) for each shape with text."""
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_table or (shape.has_text_frame and shape.text_frame.text):
                yield slide, shape


def tables(deck):
    return [shape.table for _, shape in frames(deck) if shape.has_table]


def title(slide):
    return slide.shapes.title.text_frame.text


def joined(deck):
    """The columns of every table, rows that go on joined to the row they go on from."""
    rows = []
    for table in tables(deck):
        for row in list(table.rows)[1:]:
            name, *texts = [box.text_frame.text for box in row.cells]
            if name.endswith("（续）"):
                rows[-1] = [before + text for before, text in zip(rows[-1], texts, strict=True)]
            else:
                rows.append(texts)
    return rows


def test_every_quote_stands_there_verbatim(written):
    made, deck = written
    texts = [text for row in joined(deck) for text in row]
    for said in cells(made):
        assert any(text.startswith(f"{said.label}\n{said.quote.text}") for text in texts)


def test_no_text_is_higher_than_its_box_nor_any_box_than_its_slide(written):
    _, deck = written
    for _, shape in frames(deck):
        assert shape.left >= 0
        assert shape.left + shape.width <= deck.slide_width
        assert shape.top + shape.height <= deck.slide_height
        if shape.has_table:
            continue
        size = shape.text_frame.paragraphs[0].font.size.pt
        assert text_height(shape.text_frame.text, shape.width.pt, size) <= shape.height.pt + 0.01


def test_no_cell_is_higher_than_its_row_nor_any_table_than_its_frame(written):
    _, deck = written
    for _, shape in frames(deck):
        if not shape.has_table:
            continue
        table = shape.table
        widths = [column.width.pt for column in table.columns]
        size = table.cell(0, 0).text_frame.paragraphs[0].font.size.pt
        for row in table.rows:
            texts = [box.text_frame.text for box in row.cells]
            assert row_height(texts, widths, size) <= row.height.pt + 0.01
        assert sum(row.height.pt for row in table.rows) <= shape.height.pt + 0.1


def test_no_type_is_below_twelve_points_and_lines_are_as_high_as_measured(written):
    _, deck = written
    for _, shape in frames(deck):
        boxes = [box.text_frame for row in shape.table.rows for box in row.cells] if shape.has_table else []
        for frame in boxes or [shape.text_frame]:
            for paragraph in frame.paragraphs:
                assert paragraph.line_spacing == Pt(paragraph.font.size.pt * LEADING)
                assert all(run.font.size.pt >= 12 for run in paragraph.runs)


def test_each_topic_has_its_table_and_its_differences_between_agenda_and_sources(written):
    made, deck = written
    titles = [title(slide) for slide in deck.slides]
    assert titles[-1].startswith("来源")
    agenda = titles.index("议题")
    topic = made.sections[0].topic if len(made.sections[0].topic) < 40 else "议题 1"
    if len(made.sections[0].topic) < 80:
        assert any(name.startswith(topic) for name in titles[agenda + 1 :])
    assert any("：异同" in name for name in titles) == bool(made.sections[0].comparison.points)


def test_a_long_topic_is_split_over_slides_with_the_head_on_each(tmp_path):
    write_briefing(CASES["long"](), tmp_path / "a.pptx")
    deck = Presentation(str(tmp_path / "a.pptx"))
    parts = [slide for slide in deck.slides if title(slide).endswith("要求（续）")]
    assert len(parts) > 5
    for slide in parts:
        [table] = [shape.table for shape in slide.shapes if shape.has_table]
        assert table.cell(0, 0).text_frame.text == "序号"


def test_a_title_and_a_topic_of_any_length_are_shown_whole(tmp_path):
    write_briefing(CASES["wordy"](), tmp_path / "a.pptx")
    deck = Presentation(str(tmp_path / "a.pptx"))
    first = ""
    for slide in deck.slides:
        if title(slide).startswith("说明"):
            break
        first += title(slide)
    assert first == LONG
    everything = "".join(shape.text_frame.text for _, shape in frames(deck) if not shape.has_table)
    assert everything.count("长议题") >= 3 * 200


def test_every_slide_says_something(written):
    _, deck = written
    for slide in deck.slides:
        texts = [shape for shape in slide.shapes if shape.has_table or (shape.has_text_frame and shape.text_frame.text)]
        assert len(texts) >= 2


def test_nothing_on_a_slide_is_a_link(tmp_path):
    write_briefing(CASES["injected"](), tmp_path / "a.pptx")
    for slide in Presentation(str(tmp_path / "a.pptx")).slides:
        assert not [relation for relation in slide.part.rels.values() if relation.is_external]


@settings(deadline=None)
@given(st.text(alphabet="甲乙，。ab 1\n", max_size=400), st.floats(60, 400), st.floats(20, 300))
def test_pieces_join_to_the_text_and_each_fits(text, room, height):
    pieces = list(paged_text(text, room, height, 12))
    assert "".join(pieces) == text
    lines = max(int(height / (12 * LEADING)), 1)
    assert all(count_lines(piece, room, 12) <= lines or len(piece) == 1 for piece in pieces)


@settings(deadline=None)
@given(st.lists(st.tuples(st.just("1"), st.text(alphabet="甲，ab ", max_size=600)), max_size=6))
def test_rows_over_pages_lose_nothing_and_each_page_fits(rows):
    widths, heads = (64, 200), ("序号", "原文")
    pages = list(paged_rows(rows, heads, widths, 200, 12))
    assert "".join(text for page in pages for _, text in page) == "".join(text for _, text in rows)
    for page in pages:
        assert sum(row_height(row, widths, 12) for row in (heads, *page)) <= 200 + CELL_MARGIN / 100


# text, lines, what is taken (10 ems a line, one of them kept free)
HEADS = [
    ("甲乙丙丁", 1, "甲乙丙丁"),  # fits
    ("甲乙丙丁戊己庚辛壬癸", 1, "甲乙丙丁戊己庚辛壬"),  # nowhere better to break
    ("甲乙丙丁戊，己庚辛壬癸", 1, "甲乙丙丁戊，"),  # after a clause
    ("甲乙，丙丁戊己庚辛壬癸", 1, "甲乙，丙丁戊己庚辛"),  # too early a clause
]


@pytest.mark.parametrize(("text", "lines", "taken"), HEADS)
def test_a_text_is_broken_after_a_clause_where_one_ends_late_enough(text, lines, taken):
    assert head(text, lines, 100, 10) == taken
