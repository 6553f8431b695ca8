"""A briefing on the page: the form keeps what was typed with its entry, the preview says what the files say."""

from __future__ import annotations

import base64
import datetime as dt
import json
from dataclasses import replace

import pytest
from test_views import EVILS, Shape
from test_views_comparing import three

from corpus.errors import QuestionError
from search.brief import SUFFIXES, Briefing, Part, Plan, QuoteMismatchError, Section, Topic, Whole, scope_of
from search.brief.overview import SECTIONS
from search.model import Quote
from search.views.briefing import briefing_view, file_name, handed
from search.views.drafting import NOTE_LENGTH, added, draft_view, edited, entry_of, key_of, parts_of

TWO = Plan((Topic("补贴"), Part("north/1", "讲清楚")), "培训", ("内部使用",))


def a_briefing(words=""):
    documents, compared = three(words)
    sections = (
        Section(f"补贴{words}", f"先讲{words}", compared, f"一、待遇{words}"),
        Section(f"停车{words}", "", replace(compared, topic=f"停车{words}", points=(), notice=f"没有{words}")),
    )
    date = dt.date(2024, 5, 6)
    return Briefing(f"对照{words}", date, scope_of(documents), (f"供培训{words}",), sections, documents)


def every_view(words):
    documents = three(words)[0]
    plan = Plan((Topic(f"补贴{words}", f"注{words}"), Part("north/1"), Whole()), f"题{words}", (f"前{words}",))
    yield draft_view(plan, documents)
    yield draft_view(Plan(()), documents)
    yield briefing_view(a_briefing(words))


@pytest.mark.parametrize("evil", EVILS)
def test_nothing_from_texts_or_user_becomes_a_tag_or_attribute(evil):
    for harmless, page in zip(every_view("无害"), every_view(evil), strict=True):
        shape = Shape(page)
        assert shape.tags == Shape(harmless).tags
        assert shape.attributes == Shape(harmless).attributes
        assert not any(name.startswith("on") for name in shape.attributes)
        assert evil not in page


def test_the_form_lists_the_entries_by_name_with_their_notes():
    text = Shape(draft_view(replace(TWO, entries=(*TWO.entries, Whole())), three()[0])).text
    for words in ("补贴", "north 一、待遇（整章）", "整份对照", "讲清楚", "内部使用", "3 项"):
        assert words in text


def test_the_preview_of_many_topics_opens_with_an_overview():
    few, many = a_briefing(), a_briefing()
    many = replace(many, sections=few.sections[:1] * SECTIONS)
    assert "概览" not in briefing_view(few)
    text = Shape(briefing_view(many)).text
    assert f"共 {SECTIONS} 项、{SECTIONS} 点" in text
    assert text.index("概览") < text.index("补贴（第 1 点）：") < text.index("先讲")


def test_an_empty_form_says_how_to_begin_and_offers_no_file():
    page = draft_view(Plan(()), ())
    assert "还没有内容" in page
    assert 'data-act="export"' not in page


def test_every_kind_of_file_is_offered():
    page = draft_view(TWO, three()[0])
    assert all(f'data-kind="{suffix}"' in page for suffix in SUFFIXES)


def test_an_entry_is_there_once_whatever_its_note():
    plan = added(added(Plan((Topic("补贴", "注"),)), Topic("补贴")), Whole())
    assert plan.entries == (Topic("补贴", "注"), Whole())


# kind, name, entry
ENTRIES = [("topic", " 补贴 ", Topic("补贴")), ("part", "north/1", Part("north/1")), ("all", "", Whole())]


@pytest.mark.parametrize(("kind", "name", "entry"), ENTRIES)
def test_a_button_stands_for_an_entry(kind, name, entry):
    assert entry_of(kind, name) == entry


def test_a_button_without_a_name_is_told():
    with pytest.raises(QuestionError, match="没有写话题"):
        entry_of("topic", "  ")


# act, key, names after it, where the keyboard goes
ACTS = [
    ("up", "topic:乙", ["乙", "甲", "丙"], "topic:乙"),
    ("down", "topic:乙", ["甲", "丙", "乙"], "topic:乙"),
    ("up", "topic:甲", ["甲", "乙", "丙"], None),  # already the first
    ("down", "topic:丁", ["甲", "乙", "丙"], None),  # not there
    ("drop", "topic:乙", ["甲", "丙"], "topic:丙"),
    ("drop", "topic:丙", ["甲", "乙"], "topic:乙"),
    ("drop", "topic:丁", ["甲", "乙", "丙"], None),
    ("preview", None, ["甲", "乙", "丙"], None),
]


@pytest.mark.parametrize(("act", "key", "names", "goes"), ACTS)
def test_an_edit_moves_or_drops_an_entry_and_the_keyboard_follows(act, key, names, goes):
    plan, went = edited(Plan((Topic("甲"), Topic("乙"), Topic("丙"))), {"act": act, "key": key, "notes": {}})
    assert [entry.name for entry in plan.entries] == names
    assert (went and went.key) == goes
    if went:
        assert f'data-follow="{act}" data-key="{went.key}"' in draft_view(plan, (), went=went)


def test_dropping_the_last_entry_leaves_nothing_to_follow():
    plan, went = edited(Plan((Topic("甲"),)), {"act": "drop", "key": "topic:甲"})
    assert (plan.entries, went.key) == ((), "")


def test_what_is_typed_stays_with_its_entry_wherever_it_is_by_then():
    form = {
        "title": "题",
        "front": "一\n\n 二 ",
        "notes": {"topic:补贴": "钱", "part:north/1": "章", "topic:没有": "x"},
    }
    turned = replace(TWO, entries=TWO.entries[::-1])
    plan, _ = edited(turned, form)
    assert {key_of(entry): entry.note for entry in plan.entries} == {"topic:补贴": "钱", "part:north/1": "章"}
    assert (plan.title, plan.notes) == ("题", ("一", "二"))
    assert edited(TWO, {"act": "up", "key": "part:north/1"})[0].entries[0].note == "讲清楚"


@pytest.mark.parametrize(
    "form", [{"title": "题" * 999}, {"front": "前" * (NOTE_LENGTH + 1)}, {"notes": {"a": "注" * 9999}}]
)
def test_a_text_that_is_too_long_is_told(form):
    with pytest.raises(QuestionError, match=r"字，最多 \d+ 字"):
        edited(TWO, form)


def test_chapters_and_clauses_can_be_picked():
    assert parts_of(three()[0][0]) == [("一、待遇（整章）", "north/1"), ("一、（一） 补贴", "north/1/1")]


def test_the_preview_says_what_the_files_say():
    text = Shape(briefing_view(a_briefing())).text
    for words in (
        "对照",
        "2024-05-06",
        "供培训",
        "《north办法》（〔2021〕7号）",
        "一、待遇",
        "先讲",
        "▽更宽",
        "未规定",
        "没有",
    ):
        assert words in text
    assert "每月补贴三百元" in text


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_is_handed_over_whole_and_none_is_left(suffix, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    file = json.loads(handed(a_briefing(), suffix))
    assert file["name"] == f"对照{suffix}"
    content = base64.b64decode(file["data"])
    assert content.startswith(b"# " if suffix == ".md" else b"PK")
    assert list(tmp_path.iterdir()) == []


def test_a_briefing_that_does_not_hold_is_not_handed_over(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made = a_briefing()
    point = made.sections[0].comparison.points[0]
    wrong = replace(point.cells["north"], quote=Quote("每月补贴九百元", 0, 7))
    points = (replace(point, cells=dict(point.cells) | {"north": wrong}),)
    section = replace(made.sections[0], comparison=replace(made.sections[0].comparison, points=points))
    with pytest.raises(QuoteMismatchError):
        handed(replace(made, sections=(section,)), ".docx")
    assert list(tmp_path.iterdir()) == []


# title, name of the file
NAMES = [
    ("../../etc/passwd", "etc passwd.md"),
    ("  \t\n", "简报.md"),
    ("CON:<x>|?*", "CON x.md"),
    ("长" * 500, "长" * 60 + ".md"),
]


@pytest.mark.parametrize(("title", "name"), NAMES)
def test_a_title_becomes_a_name_that_every_system_takes(title, name):
    assert file_name(title, ".md") == name
