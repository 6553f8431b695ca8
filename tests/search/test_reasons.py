"""Reasons that can be said aloud: true of both texts, about the rule, and of whole words and phrases."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from rules import pair, rule

from corpus.model import Clause, Document, Metadata, Span
from search import open_engine
from search.compare.boundaries import words_at
from search.compare.claims import lacking, lacks
from search.compare.differences import difference
from search.compare.governed import binding
from search.compare.meaning import meaning
from search.compare.rule import Rule
from search.compare.whole import compare_whole
from search.modals import modals

LISTS = tomllib.loads(files("search.compare").joinpath("boundaries.toml").read_text(encoding="utf-8"))
DATA = Path(__file__).parent / "data"
BRACKETS = ("“”", "‘’", "《》", "（）", "()")


def said(of, to):
    rules = pair(of, to)
    return difference(*rules, meaning(*rules))


# of, to, labels that may be said, words of the reason
SUBSTANCE = [
    # 或 between conditions, where the other sets both
    (
        "对长期在社区服务或取得突出成绩的护理员，可提前晋级",
        "对长期在社区服务，取得突出成绩的护理员，可提前晋级",
        {"更宽"},
        "满足一项即可",
    ),
    # an exception that the other does not know
    ("除文物建筑外，老旧住宅可申请加装电梯", "老旧住宅可申请加装电梯", {"更严"}, "除文物建筑外"),
    # by way of others is less than to do it
    ("街道应引导物业企业安排停车泊位", "街道应安排停车泊位", {"更宽"}, "只要求“引导”"),
    # as many items dropped as added
    (
        "采用现场核验、视频核验、信函核验等方式认证资格",
        "采用指纹比对、短信确认、上门走访等方式认证资格",
        {"不同"},
        "所列各项不同",
    ),
    # another object
    ("创新图书采购方式", "完善图书借阅制度", {"不同"}, "做法不同"),
    # some of them, where the other has all
    ("引导残疾儿童到公园开展活动", "引导各类儿童到公园开展活动", {"不同", "更严"}, "对象的范围不同"),
    # two that share a character are two things
    ("司机招聘采取笔试方式", "司机招聘采取面试方式", {"不同"}, "笔试"),
]


@pytest.mark.parametrize(("of", "to", "labels", "words"), SUBSTANCE)
def test_what_changes_the_rule_is_not_called_the_same(of, to, labels, words):
    found = said(of, to)
    assert found.label in labels
    assert words in found.reason


# text, the modal words that bind
BINDING = [
    ("建立鼓励创新的用人机制", []),  # says of what kind it is
    ("加大对养殖户的支持", []),  # no object behind it
    ("鼓励企业设立托育点", ["鼓励"]),
    ("应当公示", ["应当"]),
]


@pytest.mark.parametrize(("text", "expected"), BINDING)
def test_a_modal_word_counts_where_it_governs(text, expected):
    assert [modal.text for modal in binding(text)] == expected


# of, to: a modal word of a predicate that the other has not
STRAY = [
    ("激发渔民积极性", "充分调动渔民积极性，完善鼓励渔民转产的分配机制"),
    ("公寓仅限本市职工租住", "公寓限本市职工租住，租期一般为3年"),
]


@pytest.mark.parametrize(("of", "to"), STRAY)
def test_a_stray_word_makes_no_rule_stricter_or_wider(of, to):
    assert said(of, to).label not in {"更严", "更宽"}


def test_who_is_stronger_is_said():
    found = said("企业建立首席技师制度", "鼓励企业建立首席技师制度")
    assert found.label == "更严"
    assert found.reason.startswith("对方")
    assert "本方" in found.reason
    assert "只有对方用" not in found.reason


# of, to, words of the reason
KINDS = [
    ("资金采用竞争立项方式分配到县", "资金采用因素法分配到县", "办法不同"),
    ("稳岗补贴直接发放给职工本人", "稳岗补贴直接发放给参保企业", "对方是“"),
    ("推广节水灌溉技术", "推广测土配方施肥技术", "做法不同"),
]


@pytest.mark.parametrize(("of", "to", "words"), KINDS)
def test_what_differs_is_named_by_its_kind(of, to, words):
    found = said(of, to)
    assert words in found.reason
    assert "所指不同" not in found.reason


def _in_clause(whole, text):
    clause = Clause("of/1", "of", "clause", "一、", "", (), whole, 0, len(whole), 0, (), ())
    document = Document("of", "", "", "utf-8", whole, (), Metadata(title="of"), (), (clause,))
    at = whole.index(text)
    return Rule(document, Span(at, at + len(text)), text)


def test_what_the_clause_says_elsewhere_is_not_said_to_be_missing():
    of = _in_clause("一、家庭可申请公租房。烈属优先配租。", "家庭可申请公租房")
    to = rule("to", "家庭可优先申请公租房")
    assert not lacks(of, "优先")
    assert lacks(to, "烈属")
    assert lacking(of, "优先") == "这一句没有"
    assert "本方没有“优先”" not in difference(of, to).reason


def test_a_rule_of_its_own_is_no_addition():
    found = said("重视防汛", "由街道每日两次巡查低洼小区并向居民发放防汛沙袋、应急灯和联络卡")
    assert "本方没有对方的" not in found.reason


def _faults(reason, texts):
    """What is wrong with the quotes of a reason: cut words, brackets left open, words that say nothing at an end."""
    for quoted in re.findall("“([^“”]*)”", reason):
        words = quoted.removesuffix("…").replace("‘", "“").replace("’", "”")
        if not any(words in text for text in texts):
            yield f"{quoted}：不在原文里"
            continue
        if not any(_is_whole(words, text) for text in texts):
            yield f"{quoted}：断在词中"
        if not quoted.endswith("…") and any(words.count(a) != words.count(b) for a, b in BRACKETS):
            yield f"{quoted}：括号不全"
        own = [words[start:end] for start, end in words_at(words)]
        if len(own) > 1 and (own[0] in LISTS["never_first"]["words"] or own[-1] in LISTS["never_last"]["words"]):
            yield f"{quoted}：首尾是虚词"
        if words[0] in "，。；：、" or words[-1] in "，。；：、":
            yield f"{quoted}：首尾是标点"


def _is_whole(words, text):
    """Whether the words stand somewhere in the text from the beginning of a word to the end of one."""
    starts, ends = ({word[end] for word in words_at(text)} for end in (0, 1))
    for place, character in enumerate(text):
        if character in "".join(BRACKETS):
            starts.add(place)
            ends.add(place + 1)
    marked = {(modal.start, modal.end) for modal in modals(text)}
    places = [match.span() for match in re.finditer(re.escape(words), text)]
    return any(place in marked or (place[0] in starts and place[1] in ends) for place in places)


def test_the_reasons_of_the_shipped_comparison_quote_whole_words_and_phrases():
    whole = compare_whole(open_engine())
    found = []
    for point in (point for matter in whole.matters for point in matter.comparison.points):
        for relation in point.relations:
            cells = point.cells[relation.of], point.cells[relation.to]
            if None not in cells:
                texts = ["".join(cell.quote.text.split()) for cell in cells]
                found += [
                    f"{relation.difference.reason} {fault}" for fault in _faults(relation.difference.reason, texts)
                ]
    assert found == []


@pytest.mark.parametrize("name", ["differences.tsv", "differences-fresh.tsv"])
def test_the_reasons_of_rules_of_other_fields_quote_whole_words_and_phrases(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if not line.startswith("#"):
            of, to = line.split("\t")[2:4]
            found += [f"{reason} {fault}" for reason in [said(of, to).reason] for fault in _faults(reason, (of, to))]
    assert found == []
