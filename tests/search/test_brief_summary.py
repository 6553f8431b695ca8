"""A topic in a few sentences: what weighs most first, whole phrases, and nothing but quotes, names and fixed words."""

from __future__ import annotations

import re

import pytest
from briefings import CASES
from made_topic import NAMES, briefing

from search.brief import content
from search.brief.make import briefing as made_of
from search.brief.summary import CLAUSES, every, sentences, told

VAGUE = ("加强组织领导", "加强组织领导", None, "=  ")


def texts(*rows):
    made = briefing(("培训", rows))
    return ["".join(piece.text for piece in sentence) for sentence in sentences(made.sections[0], made)]


# rows of a topic, and the summary
TOLD = [
    # what all require alike, in the words of the highest
    (
        ("每年培训不少于80学时", "每年培训不少于80学时", "每年培训不低于80学时", "==="),
        "国家、东市、西市都规定“每年培训不少于80学时”。",
    ),
    # what two of them do
    (("不得收费", "不得收费", None, "=  "), "国家、东市都规定“不得收费”，西市未规定。"),
    # of a rule that is alike in the main, what both say
    (
        ("实行总量控制，不得突破比例", "在乡镇设置岗位，不得突破比例", None, "=  "),
        "国家、东市都规定“不得突破比例”，西市未规定。",
    ),
    # stricter and looser with the words of both; two places that neither holds the other get no label
    (
        ("培训不少于[80学时]", "培训不少于[90学时]", "培训不少于[60学时]", "><<"),
        "国家“培训不少于80学时”，东市更严：“培训不少于90学时”，西市更宽：“培训不少于60学时”。",
    ),
    ((None, "补助[300元]", "补助[200元]", "  <"), "东市“补助300元”，西市“补助200元”，国家未规定。"),
    (
        ("可[直接]聘用", "可[直接]聘用", "可[考核]聘用", "=//"),
        "国家“可直接聘用”，东市与国家一致，西市不同：“可考核聘用”。",
    ),
    # what one text adds, and what a higher one rules alone
    ((None, "经费不低于工资总额的1.5%", None, "   "), "只有东市规定：“经费不低于工资总额的1.5%”。"),
    (("不得借调", None, None, "   "), "国家规定“不得借调”，东市、西市未规定。"),
    # marks of the text stand in others
    (("不得实行“县聘，乡用”", None, None, "   "), "国家规定「不得实行“县聘，乡用”」，东市、西市未规定。"),
]


@pytest.mark.parametrize(("row", "expected"), TOLD)
def test_a_point_is_told_in_a_sentence(row, expected):
    assert texts(row, VAGUE, VAGUE) == [expected, "其余 2 点见下表。"]


def test_what_is_alike_stands_first_then_what_differs_then_what_is_of_one_text():
    rows = (
        ("不得借调", None, None, "   "),
        (None, "经费不低于1.5%", None, "   "),
        ("培训[80学时]", "培训[90学时]", None, ">  "),
        ("每月补助300元", "每月补助300元", None, "=  "),
        (None, "合同不少于3年", None, "   "),
        VAGUE,
    )
    assert texts(*rows) == [
        "国家、东市都规定“每月补助300元”，西市未规定。",
        "国家“培训80学时”，东市更严：“培训90学时”，西市未规定。",
        "只有东市规定：“经费不低于1.5%”；“合同不少于3年”。",
        "国家规定“不得借调”，东市、西市未规定。",
        "其余 1 点见下表。",
    ]


def test_what_only_exhorts_is_told_where_there_is_nothing_else():
    assert texts(VAGUE) == ["国家、东市都规定“加强组织领导”，西市未规定。"]


def test_no_more_points_than_a_trainer_can_say():
    rows = [(f"每年培训不少于{number}学时", None, None, "   ") for number in range(10, 30)]
    made = briefing(("培训", rows))
    found = told(made.sections[0], made)
    assert sum(len(each.numbers) for each in found) == CLAUSES
    assert len(every(made.sections[0], made)) == len(rows)


def test_the_words_that_differ_stand_out_in_whole_phrases():
    made = briefing(("培训", [("在[县级]医院进修，不少于3个月", "在[市级]医院进修，不少于3个月", None, "/  ")]))
    pieces = content.summary(made.sections[0], made)
    assert [piece.text for piece in pieces if piece.is_strong] == ["县级", "市级"]
    assert "“在县级医院进修，不少于3个月”" in "".join(piece.text for piece in pieces)


def assert_made_of_quotes_and_names(made):
    fixed = re.compile(
        r"(?:都规定|与|一致|规定|只有|未规定|细化为|更严|更宽|不同|其余 \d+ 点见下表|[，、；：。]"
        rf"|{'|'.join(map(re.escape, content.named(made).values()))})*"
    )
    held = content.by_id(made)
    for section in made.sections:
        for piece in content.summary(section, made):
            if piece.place is None:
                assert piece.text in "“”「」" or fixed.fullmatch(piece.text), piece.text
            else:
                start = piece.place.start
                assert held[piece.place.doc_id].text[start : start + len(piece.text)] == piece.text


@pytest.mark.parametrize("case", sorted(CASES))
def test_it_is_made_of_quotes_names_and_fixed_words(case):
    assert_made_of_quotes_and_names(CASES[case]())


def test_of_other_texts_too(clinics):
    made = made_of(clinics, ["培训", "补助", "聘用"])
    assert_made_of_quotes_and_names(made)
    training = "".join(piece.text for piece in content.summary(made.sections[0], made))
    assert "不少于80学时" in training
    assert "不少于120学时" in training


def test_every_quote_of_a_summary_has_its_source():
    made = briefing(("培训", [("培训不少于[80学时]", "培训不少于[90学时]", None, ">  ")]))
    sources = [piece.source for piece in content.summary(made.sections[0], made) if piece.source]
    assert sources == [f"《{doc_id}的办法》一、（一）" for doc_id in NAMES if doc_id != "west"]
