"""The whole comparison at a glance."""

from __future__ import annotations

import docx
from made_topic import briefing

from search.brief import write_briefing
from search.brief.overview import SECTIONS, WEIGHTIEST, overview

ROWS = (
    ("不得收费", "不得收费", "不得收费", "==="),
    ("培训[80学时]", "培训[90学时]", None, ">  "),
    (None, None, "加强组织领导", "   "),
)


def many(count=SECTIONS):
    return briefing(*((f"第{number}题", ROWS) for number in range(count)))


def test_a_few_topics_need_none():
    assert overview(many(SECTIONS - 1)) is None


def test_points_are_counted_by_pair_and_by_the_one_text_that_rules():
    told = overview(many())
    assert (
        told.sentence()
        == f"共 {SECTIONS} 项、{3 * SECTIONS} 点，其中 {SECTIONS} 点只有一份文件规定（西市 {SECTIONS} 点）。"
    )
    assert {each.pair: dict(each.labels) for each in told.counts} == {
        "东市对国家": {"一致": SECTIONS, "更严": SECTIONS},
        "西市对国家": {"一致": SECTIONS, "未规定": SECTIONS, "新增": SECTIONS},
    }


def test_the_weightiest_points_are_told_in_the_order_of_the_topics():
    told = overview(many(3 * WEIGHTIEST))
    assert len(told.weightiest) == WEIGHTIEST
    places = [(int(heavy.topic[1:-1]), heavy.number) for heavy in told.weightiest]
    assert places == sorted(places)
    assert {heavy.number for heavy in told.weightiest} == {2}
    assert "东市更严：“培训90学时”" in "".join(piece.text for piece in told.weightiest[0].pieces)


def test_it_opens_the_files(tmp_path):
    write_briefing(many(), tmp_path / "a.docx")
    write_briefing(many(), tmp_path / "a.md")
    word = docx.Document(str(tmp_path / "a.docx"))
    headings = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[:3] == ["文件", "概览", "第0题"]
    counts = next(table for table in word.tables if table.rows[0].cells[0].text.startswith("比较"))
    rows = [[box.text for box in row.cells] for row in counts.rows]
    assert rows[0][1:] == ["一致", "更严", "新增", "未规定"]
    assert rows[1] == ["东市对国家", str(SECTIONS), str(SECTIONS), "0", "0"]
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert text.index("## 文件") < text.index("## 概览") < text.index("## 第0题")
