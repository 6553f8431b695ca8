from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from briefings import documents, section

from corpus.errors import PolicyError, QuestionError
from search.brief import BriefingPlanError, Part, Plan, Topic, Whole, read_plan, write_briefing
from search.brief.make import briefing
from search.compare.model import Alignment, Matter, WholeComparison

WRITTEN = """
title = "基层职称政策培训"
notes = ["供培训使用。"]
texts = ["national", "liaocheng"]

[[topic]]
name = "继续教育"
note = "先讲学时。"

[[topic]]
part = "national/3"

[[topic]]
all = true
note = "最后通读。"
"""


def written(text, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plan_is_read_as_it_is_written(tmp_path):
    assert read_plan(written(WRITTEN, tmp_path)) == Plan(
        entries=(Topic("继续教育", "先讲学时。"), Part("national/3"), Whole("最后通读。")),
        title="基层职称政策培训",
        notes=("供培训使用。",),
        doc_ids=("national", "liaocheng"),
    )


def test_only_a_topic_is_needed(tmp_path):
    assert read_plan(written('[[topic]]\nname = " 休假 "', tmp_path)) == Plan((Topic("休假"),))


# what is wrong with a plan, its text, (entry, field), words of the message
FAULTS = [
    ("no entry", 'title = "甲"', (None, "topic"), "没有议题"),
    ("unknown key", 'titel = "甲"', (None, "titel"), "title、notes、texts"),
    ("one table", '[topic]\nname = "甲"', (None, "topic"), "双方括号"),
    ("title no text", 'title = 3\n[[topic]]\nname = "甲"', (None, "title"), "却是 3"),
    ("notes no list", 'notes = "甲"\n[[topic]]\nname = "甲"', (None, "notes"), "一列"),
    ("blank text id", 'texts = [" "]\n[[topic]]\nname = "甲"', (None, "texts"), "非空"),
    ("unknown field", '[[topic]]\nname = "甲"\nnotes = "乙"', (1, "notes"), "name、part、all、note"),
    ("nothing to compare", '[[topic]]\nname = "甲"\n[[topic]]\nnote = "乙"', (2, None), "没有写对照什么"),
    ("two things", '[[topic]]\nname = "甲"\npart = "national/3"', (1, "part"), "同时写了 name、part"),
    ("blank name", '[[topic]]\nname = " "', (1, "name"), "非空"),
    ("all is false", "[[topic]]\nall = false", (1, "all"), "只能是 true"),
    ("note no text", '[[topic]]\nname = "甲"\nnote = 3', (1, "note"), "却是 3"),
    ("no TOML", "[[topic]", (None, None), "不是正确的 TOML"),
]


@pytest.mark.parametrize(
    ("text", "place", "words"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_a_plan_that_does_not_fit_is_told_by_file_entry_and_field(text, place, words, tmp_path):
    path = written(text, tmp_path)
    with pytest.raises(BriefingPlanError, match=words) as caught:
        read_plan(path)
    assert (caught.value.entry, caught.value.field) == place
    assert str(caught.value).startswith(f"{path} 第 {place[0]} 个 [[topic]]：" if place[0] else f"{path}：")
    assert isinstance(caught.value, PolicyError)


def test_a_plan_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(BriefingPlanError, match="没有这个文件"):
        read_plan(tmp_path / "none.toml")
    path = tmp_path / "a.toml"
    path.write_bytes("title = '继续'".encode("gb18030"))
    with pytest.raises(BriefingPlanError, match="UTF-8"):
        read_plan(path)


class Engine:
    """Compares by rote: chapter 3 of the first text has two clauses, the whole has three in two chapters."""

    def __init__(self):
        self.index = SimpleNamespace(document_of={document.doc_id: document for document in documents()})
        self.doc_ids = []

    def compare(self, topic, doc_ids=()):
        if len(topic) > 1000:
            raise QuestionError("话题太长。")
        self.doc_ids.append(tuple(doc_ids))
        return section(0 if topic == "休假" else 2, topic=topic).comparison

    def compare_whole(self, base=None, doc_ids=(), parts=()):
        self.doc_ids.append(tuple(doc_ids))
        held = [("national/3/7", "三、管理"), ("national/3/8", "三、管理"), ("national/4/9", "四、激励")]
        kept = [(i, c) for i, c in held if not parts or any(i == p or i.startswith(f"{p}/") for p in parts)]
        matters = tuple(
            Matter(i, chapter, f"事项 {i}", replace(section(2, topic=i).comparison, notice="")) for i, chapter in kept
        )
        return WholeComparison("national", (), matters, Alignment("national", (), (), {}), "依据国家的文件。", 1.0)


def test_entries_become_sections_in_their_order_and_a_chapter_one_for_each_clause():
    plan = Plan(
        (Topic("继续教育", "先讲。"), Part("national/3", "再讲。")), notes=("供培训使用。",), doc_ids=("national",)
    )
    engine = Engine()
    made = briefing(engine, plan)
    assert [(each.chapter, each.topic, each.note) for each in made.sections] == [
        ("", "继续教育", "先讲。"),
        ("三、管理", "事项 national/3/7", "再讲。"),
        ("三、管理", "事项 national/3/8", ""),
    ]
    assert made.title == "继续教育、三、管理：政策对照简报"
    assert made.notes == ("供培训使用。",)
    assert engine.doc_ids == [("national",), ("national",)]
    assert made.sections[1].comparison.notice == "依据国家的文件。"


def test_what_comes_up_again_stays_where_it_came_first_with_both_notes():
    plan = Plan((Topic("继续教育", "一。"), Part("national/4/9", "二。"), Topic("继续教育", "三。"), Whole("四。")))
    made = briefing(Engine(), plan)
    assert [(each.topic, each.note) for each in made.sections] == [
        ("继续教育", "一。\n三。"),
        ("事项 national/4/9", "二。"),
        ("事项 national/3/7", "四。"),
        ("事项 national/3/8", ""),
    ]


def test_topics_alone_make_a_briefing_with_the_title_and_texts_given():
    engine = Engine()
    made = briefing(engine, ["继续教育", " ", "继续教育", "培训"], "培训材料", ["national"])
    assert ([each.topic for each in made.sections], made.title) == (["继续教育", "培训"], "培训材料")
    assert engine.doc_ids[0] == ("national",)


def test_a_title_of_many_entries_names_the_first():
    made = briefing(Engine(), [f"话题{number}" for number in range(9)])
    assert made.title == "话题0等 9 个议题：政策对照简报"


@pytest.mark.parametrize("plan", [Plan(()), [], [" "]])
def test_nothing_to_compare_is_refused(plan):
    with pytest.raises(QuestionError, match="至少要一个话题"):
        briefing(Engine(), plan)


def test_a_part_without_a_matter_is_refused_by_name():
    with pytest.raises(QuestionError, match="national/9"):
        briefing(Engine(), Plan((Part("national/9"),)))


def test_a_topic_that_cannot_be_compared_stops_the_briefing():
    with pytest.raises(QuestionError, match="话题太长"):
        briefing(Engine(), ["继续教育", "长" * 5000])


def test_a_topic_that_no_text_rules_on_says_so_among_others(tmp_path):
    write_briefing(briefing(Engine(), ["继续教育", "休假"]), tmp_path / "a.md")
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    start = text.index("## 休假")
    assert "没有可以对照的条文。" in text[start : text.index("## 附录")]
