"""How blocks are placed on slides, whatever stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.brief.slide_fit import LEADING, Placed, balanced, paged, paged_text, table_height
from search.brief.slide_text import Box, Row, Rows, Run, Words, box, plain
from search.brief.textwidth import count_lines, head


def test_a_redline_that_goes_on_upon_another_slide_keeps_its_marks():
    runs = (Run("甲" * 300), Run("乙" * 300, change="removed"), Run("丙" * 300, change="added"))
    rows = Rows(
        ("序号", "原文"),
        (
            Row(
                (box("1"), box("")),
            ),
            Row((box("2"), Box(runs))),
        ),
        (60, 200),
        12,
    )
    parts = [row.boxes[1].runs for page in paged([rows], 260, 200) for placed in page for row in placed.block.rows]
    assert len(parts) > 3
    for change in ("kept", "removed", "added"):
        [words] = {run.text for run in runs if run.change == change}
        assert plain(run for part in parts for run in part if run.change == change) == words


@settings(deadline=None)
@given(st.text(alphabet="甲乙，。ab 1\n", max_size=400), st.floats(60, 400), st.floats(20, 300))
def test_pieces_join_to_the_text_and_each_fits(text, room, height):
    pieces = list(paged_text(text, room, height, 12))
    assert "".join(pieces) == text
    lines = max(int(height / (12 * LEADING)), 1)
    assert all(count_lines(piece, room, 12) <= lines or len(piece) == 1 for piece in pieces)


TEXTS = st.text(alphabet="甲，ab ", max_size=600)


def blocks_of(texts):
    """A paragraph and a table of these texts in turns."""
    rows = Rows(("序号", "原文"), tuple(Row((box("1"), box(text))) for text in texts[1::2]), (64, 200), 12)
    words = [Words((Run(text),), 12) for text in texts[::2]]
    return [*words, *([rows] if rows.rows else [])]


def words_on(pages):
    """All that stands on the pages but the numbers of rows."""
    made = []
    for placed in (placed for page in pages for placed in page):
        made += placed.block.rows if isinstance(placed.block, Rows) else [placed.block]
    return "".join(plain(each.boxes[1].runs if isinstance(each, Row) else each.runs) for each in made)


def assert_fit(pages, height):
    for page in pages:
        assert page
        ends = [placed.top + placed.height for placed in page]
        assert ends[-1] <= height + 0.01
        assert all(end <= after.top for end, after in zip(ends, page[1:], strict=False))
        for placed in page:
            if isinstance(placed.block, Rows):
                assert table_height(placed.block) <= placed.height + 0.01


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=6), st.floats(0, 190))
def test_blocks_over_pages_lose_nothing_and_each_page_fits(texts, used):
    blocks = blocks_of(texts)
    pages = paged(blocks, 264, 200, used)
    assert words_on(pages) == words_on([[Placed(block, 0, 0) for block in blocks]])
    assert_fit(pages[1:] if pages and not pages[0] else pages, 200)


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_balanced_pages_have_the_same_blocks_and_are_no_more(texts):
    blocks = blocks_of(texts)
    even = balanced(blocks, 264, 200)
    assert len(even) == len(paged(blocks, 264, 200))
    assert words_on(even) == words_on(paged(blocks, 264, 200))
    assert_fit(even, 200)


def test_a_last_row_does_not_stand_alone_where_it_need_not():
    rows = Rows(("序号", "原文"), tuple(Row((box(str(number)), box("甲"))) for number in range(5)), (64, 200), 12)

    def lengths(pages):
        return [len(placed.block.rows) for page in pages for placed in page]

    assert lengths(paged([rows], 264, 130)) == [4, 1]
    assert lengths(balanced([rows], 264, 130)) == [3, 2]


def test_a_heading_does_not_stand_at_the_foot_of_a_slide():
    heading, words = Words((Run("甲"),), 12, is_heading=True), Words((Run("乙" * 100),), 12)
    pages = paged([heading, words], 264, 200, 150)
    assert [len(page) for page in pages] == [0, 2]


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
