"""What is kept of an answer and of what a person said of it; and that nothing is kept of who said it."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from clinics import write_clinics

from corpus.errors import QuestionError
from corpus.load import fingerprint
from search import open_engine
from search.feedback import FeedbackStore, Given, mark, place_of
from search.feedback.discreet import discreet
from search.feedback.give import NOTE, RIGHT

PAY = "每名乡村医生每月发放补助多少元"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return open_engine(write_clinics(tmp_path_factory.mktemp("marked")))


@pytest.fixture
def store(tmp_path):
    return FeedbackStore(tmp_path / "feedback.sqlite")


def test_what_was_asked_and_shown_is_kept_with_the_verdict(engine, store):
    held = mark(engine, store, PAY, "right", note="好用")
    answer = engine.ask(PAY)
    given = held.given
    assert (given.question, given.standalone, given.status, given.verdict) == (PAY, PAY, "answered", "right")
    assert given.scope == answer.scope.doc_ids == ("country", "province", "city")
    assert {cited.clause_id: cited.quotes for cited in given.shown} == {
        said.clause.clause_id: tuple(quote.text for quote in said.quotes)
        for said in answer.answers
        if said.clause is not None
    }
    assert (given.right, given.note, held.state) == (None, "好用", "new")
    assert given.corpus == fingerprint(engine.folder)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", given.when)  # to the minute
    assert store.all() == (held,)


def test_a_question_that_hangs_on_others_is_kept_with_them(engine, store):
    given = mark(engine, store, "那省里呢", "right", history=[PAY]).given
    assert given.history == (PAY,)
    assert given.standalone == engine.ask("那省里呢", (), [PAY]).standalone != "那省里呢"
    assert given.scope == ("province",)


def test_that_no_text_rules_on_it_is_not_that_nobody_knows(engine, store):
    assert mark(engine, store, PAY, "wrong", []).given.right == ()
    assert mark(engine, store, PAY, "wrong").given.right is None
    assert [each.given.right for each in store.all()] == [(), None]


def test_the_right_clause_may_be_named_by_a_paragraph_of_it(engine, store):
    right = mark(engine, store, PAY, "wrong", ["country/2/3#1", "country/2/3", "province/2/2"]).given.right
    assert [cited.clause_id for cited in right] == ["country/2/3", "province/2/2"]
    assert right[0].opening == "（三）发放基本补助。每名"


def test_texts_chosen_are_kept_unless_they_are_all(engine, store):
    assert mark(engine, store, PAY, "right", doc_ids=["country"]).given.chosen == ("country",)
    assert mark(engine, store, PAY, "right", doc_ids=["country", "province", "city"]).given.chosen == ()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((PAY, "right", ["country/2/3"]), "答得对就不用再选"),
        ((PAY, "wrong", ["country/9"]), "没有条文 country/9"),
        ((PAY, "wrong", None, "长" * (NOTE + 1)), f"缩到 {NOTE} 字以内"),
        ((PAY, "wrong", [f"country/{n}" for n in range(RIGHT + 1)]), f"最多 {RIGHT} 条"),
        (("", "wrong"), "问题是空的"),
        (("问" * 2001, "wrong"), "太长了"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_makes_no_file(engine, store, arguments, said):
    with pytest.raises(QuestionError, match=re.escape(said)):
        mark(engine, store, *arguments)
    assert not store.path.exists()


def test_nothing_says_who_gave_it(engine, store):
    assert {field.name for field in fields(Given)} == {
        "when", "question", "standalone", "history", "chosen", "scope", "status", "shown", "verdict", "right", "note",
        "corpus",
    }  # fmt: skip
    given = mark(engine, store, f"{PAY} 回我 13800138000", "wrong", note="李四 li.si@example.org\n010-88886666").given
    assert "13800138000" not in given.question + given.standalone
    assert given.note == "李四 〔邮箱〕\n〔电话〕"
    assert b"13800138000" not in store.path.read_bytes()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("身份证11010519491231002X", "身份证〔证件号〕"),
        ("打+86 138-0013-8000找我", "打〔电话〕找我"),
        # what only looks like one
        ("国卫基层发〔2021〕12号", "国卫基层发〔2021〕12号"),
        ("补助600元，满6年加100元", "补助600元，满6年加100元"),
        ("编号 20210305123", "编号 20210305123"),
        ("第1.2.3条", "第1.2.3条"),
    ],
)
def test_numbers_that_name_a_person_are_put_out_of_sight(text, kept):
    assert discreet(text) == kept


def test_control_characters_do_not_stay_in_a_note(engine, store):
    assert mark(engine, store, PAY, "wrong", note="一\x00二\ud800三\u202e四\r\n五").given.note == "一 二 三 四\n五"


def test_it_is_kept_beside_the_index_or_where_it_is_named(tmp_path):
    assert place_of(tmp_path) == tmp_path / "feedback.sqlite"
    assert place_of(tmp_path, tmp_path / "b.sqlite") == tmp_path / "b.sqlite"


def test_beside_a_corpus_that_cannot_be_written_it_is_kept_with_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    monkeypatch.setattr("search.feedback.place.os.access", lambda *_: False)
    one, other = place_of(tmp_path / "one"), place_of(tmp_path / "other")
    assert one != other
    assert not one.is_relative_to(tmp_path / "one")
    assert "clauselens" in str(one)
