from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from zipfile import ZipFile

import docx
import pytest
from briefings import CASES, INJECTED, alike, alike_briefing, cells, documents
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from search.brief import write_briefing
from search.brief.labels import shown


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
    """The rows of the tables of what each text says."""
    return [
        row
        for table in word.tables
        if heads(table)[0] == "序号" and "理由" not in heads(table)
        for row in table.rows[1:]
    ]


def listed(word):
    """The texts of each row of the lists of differences."""
    found = [table for table in word.tables if "理由" in heads(table)]
    return [[box.text for box in row.cells] for table in found for row in list(table.rows)[1:]]


def test_every_quote_stands_there_verbatim_with_a_footnote_that_names_its_clause(written):
    made, word, path = written
    notes = footnotes(path)
    titles = {document.doc_id: document.metadata for document in documents()}
    found = iter(
        paragraph for row in body_rows(word) for box in row.cells[1:] for paragraph in box.paragraphs if paragraph.text
    )
    for said in cells(made):
        paragraph = next(each for each in found if each.text == said.quote.text)
        [mark] = paragraph._p.iter(qn("w:footnoteReference"))
        metadata = titles[said.doc_id]
        assert notes[mark.get(qn("w:id"))] == f"《{metadata.title}》（{metadata.number}）{said.label}"


def test_footnotes_are_numbered_in_the_order_of_their_marks(written):
    _, word, path = written
    marks = [mark.get(qn("w:id")) for mark in word.element.body.iter(qn("w:footnoteReference"))]
    assert marks == list(footnotes(path)) == [str(number) for number in range(1, len(marks) + 1)]
    assert not list(word.settings.element.iter(qn("w:endnotePr")))
    order = [child.tag for child in word.settings.element]
    assert order.index(qn("w:footnotePr")) == order.index(qn("w:compat")) - 1


def test_labels_stand_below_what_is_said_and_with_their_reasons_in_the_list(written):
    made, word, _ = written
    names = {document.doc_id: document.metadata.short_name for document in documents()}
    points = [point for part in made.sections for point in part.comparison.points]
    lines = listed(word)
    for point, row in zip(points, body_rows(word), strict=True):
        texts = dict(zip(point.cells, (box.text for box in row.cells[1:]), strict=True))
        for relation in point.relations:
            label, reason = shown(relation.difference.label), relation.difference.reason
            assert f"{label}（对{names[relation.to]}）" in texts[relation.of]
            told = [line for line in lines if line[2] == label and reason in line[3]]
            assert bool(told) == (relation.difference.label != "一致")


def test_what_only_one_text_rules_on_is_listed_once_with_all_its_points(tmp_path):
    write_briefing(CASES["long"](), tmp_path / "a.docx")
    lines = listed(docx.Document(str(tmp_path / "a.docx")))
    several = [line for line in lines if line[0] == "—"]
    assert several
    assert all(line[3].startswith("第 ") and line[4] == "—" for line in several)
    assert len({tuple(line[1:3]) for line in several}) == len(several)


def runs(word):
    return [
        run
        for table in word.tables
        for row in table.rows
        for box in row.cells
        for paragraph in box.paragraphs
        for run in paragraph.runs
    ]


def test_words_that_only_one_rule_has_are_underlined_or_struck_through(tmp_path):
    gone, point = alike()
    write_briefing(alike_briefing(), tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    struck = [run for run in runs(word) if run.font.strike]
    assert [run.text for run in struck] == [gone]
    assert not [run for run in runs(word) if run.font.underline]
    of = next(iter(point.relations)).of
    assert any(line[4] == gone + point.cells[of].quote.text for line in listed(word))
    [note] = [note for note in footnotes(tmp_path / "a.docx").values() if "；对照《" in note]
    assert note.endswith("五、（十二）")


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
            assert (box.paragraphs[0].text == "未规定") == (said is None)


def test_the_head_of_each_table_is_repeated_and_low_rows_stay_whole(written):
    _, word, _ = written
    for table in word.tables:
        assert heads(table)[0] in {"简称", "序号"}
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
    assert heads(word.tables[1])[1:] == [document.metadata.number for document in documents()]
    unnumbered = [replace(document, metadata=replace(document.metadata, number=None)) for document in held]
    write_briefing(replace(made, documents=tuple(unnumbered)), tmp_path / "a.docx")
    assert heads(docx.Document(str(tmp_path / "a.docx")).tables[1])[1:] == ["文件1", "文件2", "文件3"]


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
    for clause_id, doc_id in {said.clause_id: said.doc_id for said in cells(made)}.items():
        lines = held[doc_id].by_id[clause_id].body_text.split("\n")
        starts = [at for at in range(len(texts)) if texts[at : at + len(lines)] == lines]
        assert len(starts) == 1


def test_a_summary_is_made_of_names_labels_and_quotes(tmp_path):
    made = CASES["small"]()
    write_briefing(made, tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    [summary] = [p for p in word.paragraphs if "“" in p.text and list(p._p.iter(qn("w:footnoteReference")))]
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
