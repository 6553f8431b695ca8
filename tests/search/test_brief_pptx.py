from __future__ import annotations

import re
from dataclasses import replace

import pytest
from briefings import CASES, LONG, alike, alike_briefing, briefing, cells, documents, section, whole
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from search.brief import write_briefing
from search.brief.labels import INKS, LOOKS, MINOR_INK, shown
from search.brief.slide_fit import LEADING, row_height, text_height
from search.brief.textwidth import count_lines


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


def agenda(deck):
    return [table for table in tables(deck) if table.cell(0, 1).text_frame.text == "议题"]


def boxes(deck):
    return [box for table in tables(deck) for row in table.rows for box in row.cells]


def title(slide):
    return slide.shapes.title.text_frame.text


def joined(deck):
    """The columns of every table, rows that go on joined to the row they go on from."""
    rows = {}
    for table in tables(deck):
        heads = tuple(box.text_frame.text for box in table.rows[0].cells)
        for row in list(table.rows)[1:]:
            name, *texts = [box.text_frame.text for box in row.cells]
            found = rows.setdefault(heads, [])
            if name.endswith("（续）"):
                found[-1] = [before + text for before, text in zip(found[-1], texts, strict=True)]
            else:
                found.append(texts)
    return [row for found in rows.values() for row in found]


def notes(deck):
    return "\n\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide)


def test_every_quote_stands_there_verbatim(written):
    made, deck = written
    texts = [text for row in joined(deck) for text in row]
    for said in cells(made):
        assert any(f"\n{said.quote.text}" in text and said.label in text.split("\n")[0] for text in texts)


def test_the_speaker_has_every_quote_with_its_clause_and_every_label_with_its_reason(written):
    made, deck = written
    told = notes(deck)
    names = {document.doc_id: document.metadata.short_name for document in documents()}
    for said in cells(made):
        assert re.search(re.escape(f"{names[said.doc_id]} {said.label}") + f".*：“{re.escape(said.quote.text)}”", told)
    for part in made.sections:
        for point in part.comparison.points:
            for each in point.relations:
                label = shown(each.difference.label)
                assert f"{names[each.of]}对{names[each.to]} {label}：{each.difference.reason}" in told


def test_every_quote_in_the_notes_is_in_the_text_it_is_said_to_be_from(written):
    _, deck = written
    texts = {document.metadata.short_name: document.text for document in documents()}
    quoted = re.findall(r"^(\w+) [^“\n]*：“(.*?)”$", notes(deck), re.DOTALL | re.MULTILINE)
    quoted = [(name, words) for name, words in quoted if name in texts]
    assert all(words in texts[name] for name, words in quoted)
    whole_titles = {document.metadata.title: document.text for document in documents()}
    summed = re.findall(r"^“(.*)”——《(.*?)》", notes(deck), re.MULTILINE)
    assert all(words in whole_titles[title] for words, title in summed)


def test_a_topic_begins_with_its_summary_in_type_to_be_read_from_afar(tmp_path):
    write_briefing(briefing(section(6)), tmp_path / "a.pptx")
    deck = Presentation(str(tmp_path / "a.pptx"))
    first = next(slide for slide in deck.slides if title(slide) == section().topic)
    items = [
        shape.text_frame for shape in first.shapes if shape.has_text_frame and "buChar" in shape.text_frame._txBody.xml
    ]
    assert items
    assert any("“" in item.text for item in items)
    assert all(run.font.size.pt >= 20 for item in items for paragraph in item.paragraphs for run in paragraph.runs)
    assert "共 6 点" in first.notes_slide.notes_text_frame.text


def test_labels_have_their_colour_in_every_table(tmp_path):
    write_briefing(briefing(section(10)), tmp_path / "a.pptx")
    by_shown = {shown(label): look for label, look in LOOKS.items()}
    found = set()
    for held in boxes(Presentation(str(tmp_path / "a.pptx"))):
        for run in (run for paragraph in held.text_frame.paragraphs for run in paragraph.runs if run.text in by_shown):
            look = by_shown[run.text]
            assert str(run.font.color.rgb) == look.ink
            ground = run._r.find(".//" + qn("a:highlight") + "/" + qn("a:srgbClr"))
            assert look.fill == (str(held.fill.fore_color.rgb) if ground is None else ground.get("val"))
            found.add(run.text)
    assert found == set(by_shown)


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


def test_tables_are_in_sixteen_points_at_least_and_lines_are_as_high_as_measured(written):
    _, deck = written
    for _, shape in frames(deck):
        held = [box.text_frame for row in shape.table.rows for box in row.cells] if shape.has_table else []
        for frame in held or [shape.text_frame]:
            for paragraph in frame.paragraphs:
                assert paragraph.line_spacing == Pt(paragraph.font.size.pt * LEADING)
                assert all(run.font.size.pt >= (16 if shape.has_table else 14) for run in paragraph.runs)


def test_both_rules_can_be_read_out_of_the_redline(tmp_path):
    gone, point = alike()
    write_briefing(alike_briefing(), tmp_path / "a.pptx")
    [frame] = [held.text_frame for held in boxes(Presentation(str(tmp_path / "a.pptx"))) if gone in struck(held)]
    relation = point.relations[0]
    runs = [run for paragraph in frame.paragraphs[1:] for run in paragraph.runs]  # below the reason
    assert "".join(run.text for run in runs if not is_struck(run)) == point.cells[relation.of].quote.text
    assert "".join(run.text for run in runs if not run.font.underline) == point.cells[relation.to].quote.text
    coloured = [run.text for run in runs if str(run.font.color.rgb) == INKS["removed"]]
    assert coloured == [f"{gone}，"]
    assert any(str(run.font.color.rgb) == MINOR_INK for run in runs if is_struck(run))


def is_struck(run):
    return run._r.rPr.get("strike") == "sngStrike"


def struck(held):
    return "".join(run.text for paragraph in held.text_frame.paragraphs for run in paragraph.runs if is_struck(run))


def test_a_long_agenda_names_the_chapters_and_all_topics(tmp_path):
    write_briefing(whole(60, 1), tmp_path / "a.pptx")
    deck = Presentation(str(tmp_path / "a.pptx"))
    rows = [[box.text_frame.text for box in row.cells] for table in agenda(deck) for row in list(table.rows)[1:]]
    topics = [(row[0], row[1].split("\n")) for row in rows if row[0].isdigit()]
    assert [number for number, _ in topics] == [str(number) for number in range(1, 61)]
    assert [lines for _, lines in topics if len(lines) > 1] == [
        [f"第{chapter}部分", f"第{chapter * 10 - 9}项"] for chapter in range(1, 7)
    ]


def test_an_agenda_without_chapters_is_split(tmp_path):
    made = briefing(*(section(1, topic=f"第{number}项") for number in range(1, 61)))
    write_briefing(made, tmp_path / "a.pptx")
    pages = [
        [row.cells[1].text_frame.text for row in list(table.rows)[1:]]
        for table in agenda(Presentation(str(tmp_path / "a.pptx")))
    ]
    assert [topic for page in pages for topic in page] == [f"第{number}项" for number in range(1, 61)]
    assert all(len(page) < 25 for page in pages)


def test_each_topic_stands_between_agenda_and_sources_with_its_differences(written):
    made, deck = written
    said = [shape.text_frame.text for _, shape in frames(deck) if not shape.has_table]
    topics = {made.sections[0].topic, "议题 1"}  # one too long for a title goes by its number
    for names in ({"议题"}, topics, {"来源"}):
        said = said[next(at for at, text in enumerate(said) if text in names) :]
    reasons = {
        each.difference.reason
        for part in made.sections
        for point in part.comparison.points
        for each in point.relations
        if each.difference.label != "一致" and point.cells[each.of] and point.cells[each.to]
    }
    told = [text for row in joined(deck) for text in row]
    assert all(any(text.startswith(reason) for text in told) for reason in reasons)


def test_what_one_text_alone_rules_stands_across_the_slide_by_text(tmp_path):
    write_briefing(briefing(section(30)), tmp_path / "a.pptx")
    heads = "只有一份文件规定的"
    deck = Presentation(str(tmp_path / "a.pptx"))
    found = [table for table in tables(deck) if table.cell(0, 1).text_frame.text == heads]
    firsts = [row.cells[1].text_frame.text.split(" ")[0] for table in found for row in list(table.rows)[1:]]
    names = [document.metadata.short_name for document in documents()]
    assert firsts == sorted(firsts, key=names.index)
    assert bool(firsts) == any(
        sum(cell is not None for cell in point.cells.values()) == 1 for point in section(30).comparison.points
    )


def test_short_clauses_of_whole_texts_share_slides(tmp_path):
    one = documents()[0].doc_id
    point = alike()[1]
    alone = replace(point, cells=dict.fromkeys(point.cells) | {one: point.cells[one]}, relations=())
    made = whole(12, 1)
    parts = (replace(p, comparison=replace(p.comparison, points=(alone,))) for p in made.sections)
    write_briefing(replace(made, sections=tuple(parts)), tmp_path / "a.pptx")
    deck = Presentation(str(tmp_path / "a.pptx"))
    assert len([slide for slide in deck.slides if title(slide).startswith("第")]) < 6
    heads = [shape.text_frame.text for _, shape in frames(deck) if not shape.has_table]
    assert all(f"第{number}项" in heads for number in range(1, 13))


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


def test_a_title_too_long_for_a_line_is_broken_behind_its_colon(tmp_path):
    made = briefing(title="一个很长很长的话题、另一个很长很长的话题、第三个：政策对照简报")
    write_briefing(made, tmp_path / "a.pptx")
    lines = title(Presentation(str(tmp_path / "a.pptx")).slides[0]).split("\n")
    assert lines[-1] == "政策对照简报"
    assert "".join(lines) == made.title


def test_no_clause_number_of_the_sources_is_broken_over_lines(tmp_path):
    write_briefing(CASES["long"](), tmp_path / "a.pptx")
    found = [t for t in tables(Presentation(str(tmp_path / "a.pptx"))) if t.cell(0, 2).text_frame.text == "引用的条文"]
    room = found[0].columns[2].width.pt - 16
    lines = [line for t in found for row in list(t.rows)[1:] for line in row.cells[2].text_frame.text.split("\n")]
    assert len(lines) > len(documents())
    assert all(count_lines(line, room, 16) == 1 for line in lines)
