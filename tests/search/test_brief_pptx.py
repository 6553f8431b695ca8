from __future__ import annotations

import pytest
from briefings import CASES, LONG, alike, alike_briefing, briefing, cells, section, whole
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.util import Pt

from search.brief import write_briefing
from search.brief.content import Piece
from search.brief.pptx import _cut
from search.brief.slide_fit import CELL_MARGIN, LEADING, balanced, paged_rows, paged_text, row_height, text_height
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


def test_no_type_is_below_fourteen_points_and_lines_are_as_high_as_measured(written):
    _, deck = written
    for _, shape in frames(deck):
        boxes = [box.text_frame for row in shape.table.rows for box in row.cells] if shape.has_table else []
        for frame in boxes or [shape.text_frame]:
            for paragraph in frame.paragraphs:
                assert paragraph.line_spacing == Pt(paragraph.font.size.pt * LEADING)
                assert all(run.font.size.pt >= 14 for run in paragraph.runs)


def test_words_that_only_one_rule_has_are_underlined_or_struck_through(tmp_path):
    gone, point = alike()
    write_briefing(alike_briefing(), tmp_path / "a.pptx")
    boxes = [box for table in tables(Presentation(str(tmp_path / "a.pptx"))) for row in table.rows for box in row.cells]
    marked = [box for box in boxes if box.text_frame.text == gone + point.cells[point.relations[0].of].quote.text]
    [runs] = [[run for paragraph in box.text_frame.paragraphs for run in paragraph.runs] for box in marked]
    assert [(run.text, run._r.rPr.get("strike")) for run in runs if run._r.rPr.get("strike")] == [(gone, "sngStrike")]
    assert not any(run.font.underline for run in runs)


def test_a_redline_that_goes_on_upon_another_slide_keeps_its_marks():
    pieces = (Piece("甲" * 5), Piece("乙" * 5, change="removed"), Piece("丙" * 5, change="added"))
    rows = [("1", "甲甲"), ("1（续）", "甲甲甲乙乙乙"), ("1（续）", "乙乙丙丙丙丙丙"), ("2", "丁")]
    cut = list(_cut([pieces, (Piece("丁"),)], rows))
    assert ["".join(piece.text for piece in row) for row in cut] == [text for _, text in rows]
    assert [[piece.change for piece in row] for row in cut] == [
        ["kept"], ["kept", "removed"], ["removed", "added"], ["kept"],
    ]  # fmt: skip


def test_a_long_agenda_names_the_chapters_and_each_chapter_its_topics(tmp_path):
    write_briefing(whole(60, 1), tmp_path / "a.pptx")
    deck = Presentation(str(tmp_path / "a.pptx"))
    by_title = {title(slide): slide for slide in deck.slides}
    [agenda] = [
        s.text_frame.text for s in by_title["议题"].shapes if s.has_text_frame and "1—10. 第1部分" in s.text_frame.text
    ]
    assert len(agenda.split("\n")) == 6
    [topics] = [
        s.text_frame.text for s in by_title["第6部分"].shapes if s.has_text_frame and "51. 第51项" in s.text_frame.text
    ]
    assert len(topics.split("\n")) == 10


def test_an_agenda_without_chapters_is_split(tmp_path):
    made = briefing(*(section(1, topic=f"第{number}项") for number in range(1, 61)))
    write_briefing(made, tmp_path / "a.pptx")
    slides = [slide for slide in Presentation(str(tmp_path / "a.pptx")).slides if title(slide).startswith("议题")]
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    lines = [text.split("\n") for text in texts if ". 第" in text]
    assert [line for page in lines for line in page] == [f"{number}. 第{number}项" for number in range(1, 61)]
    assert all(len(page) < 25 for page in lines)


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


@settings(deadline=None)
@given(st.lists(st.tuples(st.just("1"), st.text(alphabet="甲，ab ", max_size=600)), min_size=1, max_size=8))
def test_balanced_pages_have_the_same_rows_and_are_no_more(rows):
    widths, heads = (64, 200), ("序号", "原文")
    pages = list(paged_rows(rows, heads, widths, 200, 12))
    even = balanced(pages, rows, heads, widths, 200, 12)
    assert len(even) == len(pages)
    assert "".join(text for page in even for _, text in page) == "".join(text for _, text in rows)
    for page in even:
        assert sum(row_height(row, widths, 12) for row in (heads, *page)) <= 200 + CELL_MARGIN / 100


def test_a_last_row_does_not_stand_alone_where_it_need_not():
    rows, widths = [(str(number), "甲") for number in range(5)], (64, 200)
    pages = list(paged_rows(rows, ("序号", "原文"), widths, 135, 12))
    assert [len(page) for page in pages] == [4, 1]
    assert [len(page) for page in balanced(pages, rows, ("序号", "原文"), widths, 135, 12)] == [3, 2]


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
