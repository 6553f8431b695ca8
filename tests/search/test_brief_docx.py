from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from zipfile import ZipFile

import docx
import pytest
from briefings import CASES, INJECTED, alike, alike_briefing, briefing, cells, documents, section
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from search.brief import write_briefing
from search.brief.content import is_whole
from search.brief.labels import INKS, MINOR_INK, shown
from search.compare.model import Difference, Point, Relation

ALONE = Difference("新增", "重庆有这一条，别的没有规定。")


@pytest.fixture(params=sorted(CASES))
def written(request, tmp_path):
    """(briefing, the file as python-docx reads it, its path)."""
    made = CASES[request.param]()
    write_briefing(made, tmp_path / "a.docx")
    return made, docx.Document(str(tmp_path / "a.docx")), tmp_path / "a.docx"


def footnotes(path):
    """Text by id."""
    with ZipFile(path) as archive:
        root = parse_xml(archive.read("word/footnotes.xml"))
    return {
        note.get(qn("w:id")): "".join(text.text for text in note.iter(qn("w:t"))).strip()
        for note in root
        if note.get(qn("w:type")) is None
    }


def heads(table):
    return [box.text for box in table.rows[0].cells]


def body_rows(word):
    """The rows of the points, without those of what was changed."""
    rows = [row for table in word.tables if heads(table)[0] == "序号" for row in list(table.rows)[1:]]
    return [row for row in rows if row.cells[0].text]


def sources(paragraph):
    """The numbers of the footnotes marked in a paragraph, by their own marks and by references to them, in order."""
    found = []
    for element in paragraph._p.iter(qn("w:footnoteReference"), qn("w:fldSimple")):
        number = element.get(qn("w:id")) or re.fullmatch(r" NOTEREF _Ref(\d+) .*", element.get(qn("w:instr")))[1]
        found.append(number)
    return found


def redlines(word):
    """(the head, the runs behind it) of each row of what was changed."""
    rows = [row for table in word.tables for row in list(table.rows)[1:] if not row.cells[0].text]
    return [(runs[0].text, runs[1:]) for row in rows for runs in [row.cells[-1].paragraphs[0].runs]]


def test_every_quote_stands_there_verbatim_with_a_footnote_that_names_its_clause(written):
    made, word, path = written
    notes = footnotes(path)
    titles = {document.doc_id: document.metadata for document in documents()}
    found = iter(
        paragraph for row in body_rows(word) for box in row.cells[1:] for paragraph in box.paragraphs if paragraph.text
    )
    for said in cells(made):
        paragraph = next(each for each in found if each.text == said.quote.text)
        [mark] = sources(paragraph)
        metadata = titles[said.doc_id]
        assert notes[mark].startswith(f"《{metadata.title}》（{metadata.number}）{said.label}")


def test_footnotes_are_numbered_in_the_order_of_their_marks(written):
    _, word, path = written
    marks = [mark.get(qn("w:id")) for mark in word.element.body.iter(qn("w:footnoteReference"))]
    assert marks == list(footnotes(path)) == [str(number) for number in range(1, len(marks) + 1)]
    assert not list(word.settings.element.iter(qn("w:endnotePr")))
    order = [child.tag for child in word.settings.element]
    assert order.index(qn("w:footnotePr")) == order.index(qn("w:compat")) - 1


def test_a_clause_has_one_footnote_in_a_topic_and_all_stand_before_the_table(tmp_path):
    write_briefing(briefing(section(30), section(9, topic="另一题")), tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    told = [footnotes(tmp_path / "a.docx")[mark] for p in word.paragraphs for mark in sources(p)]
    in_tables = {each for table in word.tables for each in table._tbl.iter(qn("w:footnoteReference"))}
    assert not in_tables
    lists = [p for p in word.paragraphs if p.text.startswith("条文：")]
    for line in lists:
        notes = [footnotes(tmp_path / "a.docx")[mark] for mark in sources(line)]
        assert len(notes) == len(set(notes))
        assert set(notes) <= set(told)
    assert len(footnotes(tmp_path / "a.docx")) == sum(len(sources(line)) for line in lists)


def test_labels_stand_below_what_is_said_with_their_reasons(written):
    made, word, _ = written
    names = {document.doc_id: document.metadata.short_name for document in documents()}
    points = [point for part in made.sections for point in part.comparison.points]
    for point, row in zip(points, body_rows(word), strict=True):
        texts = dict(zip(point.cells, (box.text for box in row.cells[1:]), strict=True))
        for relation in point.relations:
            label, reason = shown(relation.difference.label), relation.difference.reason
            if point.cells[relation.of] is None:
                assert texts[relation.of] == label
            elif point.cells[relation.to] is None:
                assert f"{label}（对{names[relation.to]}）" in texts[relation.of]
            else:
                assert f"{label}（对{names[relation.to]}）{reason}" in texts[relation.of]


def test_who_is_silent_on_which_points_is_told_in_one_sentence(tmp_path):
    made = CASES["small"]()
    write_briefing(made, tmp_path / "a.docx")
    lines = [p.text for p in docx.Document(str(tmp_path / "a.docx")).paragraphs if p.text.startswith("第 ")]
    silent = {
        number for number, point in enumerate(made.sections[0].comparison.points, 1) if None in point.cells.values()
    }
    assert silent
    assert len(lines) == 1
    assert all(f"{number}" in lines[0] for number in silent)
    assert "没有规定" in lines[0]


def of_one(made, doc_id):
    """The briefing with what the text `doc_id` says alone; the others silent, as they would be told of."""
    first = made.sections[0]
    points = [
        Point(
            {each: cell if each == doc_id else None for each, cell in point.cells.items()},
            tuple(Relation(doc_id, each, ALONE) for each in point.cells if each != doc_id),
        )
        for point in first.comparison.points
        if point.cells[doc_id] is not None
    ]
    return replace(made, sections=(replace(first, comparison=replace(first.comparison, points=tuple(points))),))


def test_a_topic_of_one_text_is_told_once_without_table_or_summary(tmp_path):
    doc_id = documents()[1].doc_id
    made = of_one(CASES["small"](), doc_id)
    write_briefing(made, tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    assert [heads(table)[0] for table in word.tables] == ["简称"]
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert "只有重庆有规定，国家、聊城没有规定。" in texts
    appendix = texts.index("附录：引用的条文")
    for said in cells(made):
        assert sum(said.quote.text in text for text in texts[:appendix]) == 1


def test_what_one_text_alone_rules_goes_across_the_table(tmp_path):
    doc_id = documents()[1].doc_id
    small = CASES["small"]()
    [alone] = of_one(small, doc_id).sections
    comparison = small.sections[0].comparison
    points = (comparison.points[0], *alone.comparison.points)
    made = replace(small, sections=(replace(alone, comparison=replace(comparison, points=points)),))
    write_briefing(made, tmp_path / "a.docx")
    _, *rows = body_rows(docx.Document(str(tmp_path / "a.docx")))
    assert len(rows) == len(points) - 1
    for point, row in zip(points[1:], rows, strict=True):
        across = row.cells[1]
        assert [box._tc for box in row.cells[1:]] == [across._tc] * 3
        assert across.paragraphs[1].text == point.cells[doc_id].quote.text
        assert across.paragraphs[0].text.startswith(f"重庆 {point.cells[doc_id].label}")
        assert "◆新增（对国家、聊城）" in across.text


def test_both_rules_can_be_read_out_of_what_was_changed(tmp_path):
    _, point = alike()
    write_briefing(alike_briefing(), tmp_path / "a.docx")
    [(head, found)] = redlines(docx.Document(str(tmp_path / "a.docx")))
    assert head == "重庆对国家改了哪些词："
    relation = point.relations[0]
    assert "".join(run.text for run in found if not run.font.strike) == point.cells[relation.of].quote.text
    assert "".join(run.text for run in found if not run.font.underline) == point.cells[relation.to].quote.text


def test_changes_without_substance_are_grey(tmp_path):
    gone, _ = alike()
    write_briefing(alike_briefing(), tmp_path / "a.docx")
    [(_, found)] = redlines(docx.Document(str(tmp_path / "a.docx")))
    colours = {run.text: str(run.font.color.rgb) for run in found if run.font.strike or run.font.underline}
    assert colours[f"{gone}，"] == INKS["removed"]
    assert colours["技术人员"] == colours["技术人才"] == MINOR_INK


def runs(word):
    return [
        run
        for table in word.tables
        for row in table.rows
        for box in row.cells
        for paragraph in box.paragraphs
        for run in paragraph.runs
    ]


def test_rules_worded_wholly_differently_have_no_redline(tmp_path):
    write_briefing(CASES["small"](), tmp_path / "a.docx")
    found = runs(docx.Document(str(tmp_path / "a.docx")))
    assert not [run for run in found if run.font.strike or run.font.underline]


def test_a_chapter_is_a_heading_over_its_topics_and_the_notice_stands_once(tmp_path):
    write_briefing(CASES["whole"](), tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name in {"Heading 1", "Heading 2"}]
    start = headings.index(("Heading 1", "第1部分"))
    assert headings[start + 1] == ("Heading 2", "第1项")
    assert headings[start + 10 :][:3] == [("Heading 2", "第10项"), ("Heading 1", "第2部分"), ("Heading 2", "第11项")]
    assert [p.text for p in word.paragraphs].count("三份文件层级不同。") == 1


def test_the_texts_are_named_as_in_the_tables_with_what_they_rest_on(tmp_path):
    made = CASES["small"]()
    write_briefing(made, tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    names = heads(next(table for table in word.tables if heads(table)[0] == "序号"))[1:]
    rows = list(word.tables[0].rows)[1:]
    assert [row.cells[0].text for row in rows if not row.cells[0].text.startswith("依据：")] == names
    below = [row.cells[0].text for row in rows if row.cells[0].text.startswith("依据：")]
    based = [entry.basis for entry in made.scope if entry.basis]
    assert below == [f"依据：{'；'.join(basis)}" for basis in based]


def test_a_point_that_a_text_is_silent_on_says_so(written):
    made, word, _ = written
    points = [point for part in made.sections for point in part.comparison.points]
    for point, row in zip(points, body_rows(word), strict=True):
        for said, box in zip(point.cells.values(), row.cells[1:], strict=True):
            assert (box.paragraphs[0].text == "○未规定") == (said is None)


def test_the_head_of_each_table_is_repeated_and_low_rows_stay_whole(written):
    _, word, _ = written
    for table in word.tables:
        assert heads(table)[0] in {"简称", "序号", "比较（点数）"}
        head = table.rows[0]._tr.trPr
        assert head.find(qn("w:tblHeader")) is not None
    low = [row for row in body_rows(word) if max(len(box.text) for box in row.cells) < 150]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in low)


def test_what_stands_before_a_table_of_what_is_said_is_not_kept_with_it(tmp_path):
    write_briefing(CASES["long"](), tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    [before] = [p for p in word.paragraphs if p._p.getnext() is body_rows(word)[0]._tr.getparent()]
    assert not before.paragraph_format.keep_with_next
    assert before.style.name == "Normal"


def test_texts_with_long_names_go_by_their_numbers(tmp_path):
    made = CASES["small"]()
    held = [
        replace(document, metadata=replace(document.metadata, short_name="关于改革完善的很长的通知" * 3))
        for document in made.documents
    ]
    write_briefing(replace(made, documents=tuple(held)), tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    assert heads(word.tables[-1])[1:] == [document.metadata.number for document in documents()]
    unnumbered = [replace(document, metadata=replace(document.metadata, number=None)) for document in held]
    write_briefing(replace(made, documents=tuple(unnumbered)), tmp_path / "a.docx")
    assert heads(docx.Document(str(tmp_path / "a.docx")).tables[-1])[1:] == ["文件1", "文件2", "文件3"]


def test_a_row_higher_than_a_page_may_break(tmp_path):
    write_briefing(CASES["long"](), tmp_path / "a.docx")
    rows = body_rows(docx.Document(str(tmp_path / "a.docx")))
    high = [row for row in rows if max(len(box.text) for box in row.cells) > 700]
    assert high
    assert all(row._tr.trPr is None or row._tr.trPr.find(qn("w:cantSplit")) is None for row in high)


def test_the_pages_are_a4_and_numbered(written):
    _, word, _ = written
    for part in word.sections:
        assert sorted((round(part.page_width.mm), round(part.page_height.mm))) == [210, 297]
        assert [field.get(qn("w:instr")) for field in part.footer._element.iter(qn("w:fldSimple"))] == ["PAGE"]


def test_headings_and_fonts_are_those_of_official_documents(written):
    made, word, path = written
    styles = [paragraph.style.name for paragraph in word.paragraphs]
    assert styles[0] == "Title"
    level = "Heading 2" if made.sections[0].chapter else "Heading 1"
    headings = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == level]
    assert [part.topic for part in made.sections] == [
        text for text in headings if text in {s.topic for s in made.sections}
    ]
    fonts = {"Title": "方正小标宋简体", "Heading 1": "黑体", "Normal": "仿宋_GB2312", "Table Text": "仿宋_GB2312"}
    for name, font in fonts.items():
        assert word.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) == font
        assert word.styles[name].element.rPr.rFonts.get(qn("w:eastAsiaTheme")) is None
    with ZipFile(path) as archive:
        table = parse_xml(archive.read("word/fontTable.xml"))
    others = {font.get(qn("w:name")): font.find(qn("w:altName")) for font in table}
    assert "宋体" in others["方正小标宋简体"].get(qn("w:val"))
    assert "仿宋" in others["仿宋_GB2312"].get(qn("w:val"))


def test_the_appendix_has_each_quoted_clause_in_full_and_once(written):
    made, word, _ = written
    texts = [paragraph.text for paragraph in word.paragraphs]
    held = {document.doc_id: document for document in documents()}
    has_appendix = "附录：引用的条文" in texts
    assert has_appendix == (bool(cells(made)) and not is_whole(made))
    for clause_id, doc_id in {said.clause_id: said.doc_id for said in cells(made)}.items():
        lines = held[doc_id].by_id[clause_id].body_text.split("\n")
        starts = [at for at in range(len(texts)) if texts[at : at + len(lines)] == lines]
        assert len(starts) == has_appendix


def test_the_appendix_says_no_heading_twice(written):
    _, word, _ = written
    texts = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs if paragraph.text]
    for (style, heading), (_, first) in pairwise(texts):
        assert style != "Heading 3" or not first.startswith(heading)


def test_a_summary_is_made_of_names_labels_and_quotes(tmp_path):
    write_briefing(briefing(section(9)), tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    [summary] = [p for p in word.paragraphs if "“" in p.text and sources(p)]
    text = "".join(document.text for document in documents())
    pieces = summary.text.split("“")[1:]
    assert pieces
    assert all(piece.split("”")[0] in text for piece in pieces)


def test_markup_of_a_text_stays_text(tmp_path):
    write_briefing(CASES["injected"](), tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    assert word.paragraphs[0].text == INJECTED
    assert not list(word.element.body.iter(qn("w:hyperlink")))


def test_no_page_is_left_empty_between_sections(written):
    _, word, _ = written
    breaks = [bool(list(paragraph._p.iter(qn("w:sectPr")))) for paragraph in word.paragraphs]
    assert not any(first and second for first, second in pairwise(breaks))
