"""What only some texts rule on, told once; clauses by their names."""

from __future__ import annotations

from dataclasses import replace

from made_topic import briefing

from search.brief import content
from search.brief.listing import reasons, silences
from search.compare.model import Difference

ALONE = (None, "经费不低于1.5%", None, "   ")


def one(*rows):
    made = briefing(("培训", rows))
    return made, made.sections[0]


def with_reason(section, reason):
    """The section with `reason` for what 东市 has and 国家 has not, in each of its points."""
    points = tuple(
        replace(
            point,
            relations=tuple(
                replace(each, difference=Difference(each.difference.label, reason)) if each.to == "nation" else each
                for each in point.relations
            ),
        )
        for point in section.comparison.points
    )
    return replace(section, comparison=replace(section.comparison, points=points))


def test_points_alike_are_one():
    made, section = one(ALONE, ALONE, ("可", "可", None, "=  "), ALONE)
    assert silences(section, made) == (
        "第 1—2、4 点：只有东市有规定，国家、西市没有规定",
        "第 3 点：国家、东市有规定，西市没有规定",
    )


def test_a_reason_that_says_more_is_told_without_what_was_said():
    made, section = one(ALONE, ALONE)
    section = with_reason(section, "东市有这一条；国家的“二、”管同一事项，没有规定到这一条。")
    assert silences(section, made)[1:] == ("第 1—2 点：国家的“二、”管同一事项，没有规定到这一条",)


def test_the_same_reason_towards_two_texts_is_told_once():
    made, section = one(("可", "可", "可以", "==="))
    [reason] = reasons(section.comparison.points[0], "west", made)
    assert (reason.label, reason.towards, reason.reason) == ("一致", ("国家", "东市"), "理由。")


def test_a_text_goes_by_the_name_it_has_in_the_briefing_but_for_what_is_quoted():
    made, section = one(("可", "可", None, "=  "))
    title = "关于改革和完善的一份题名很长的通知"
    renamed = [
        replace(document, metadata=replace(document.metadata, title=title, short_name=title))
        if document.doc_id == "east"
        else document
        for document in made.documents
    ]
    made = replace(made, documents=tuple(renamed))
    section = with_reason(section, f"只有{title}有“依照{title}”：更宽。")
    [reason] = reasons(section.comparison.points[0], "east", made)
    assert reason.reason == f"只有文件2有“依照{title}”：更宽。"


def test_a_chapter_s_number_that_stands_alone_has_its_heading():
    made, section = one(ALONE)
    cell = section.comparison.points[0].cells["east"]
    documents = content.by_id(made)
    assert content.cell_name(cell, documents) == "一、（一）"
    clause = replace(documents["east"].clauses[0], label="二、", heading="范围")
    documents["east"] = replace(documents["east"], clauses=(clause,))
    assert content.cell_name(replace(cell, label="二、"), documents) == "二、范围"
    assert content.cell_source(replace(cell, label="二、"), documents) == "《east的办法》二、范围"
