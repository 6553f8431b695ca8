"""Feedback on the page and on the terminal: everything escaped, clauses linked, what can be done with it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from clinics import write_clinics
from made_feedback import GIVEN, a_right, a_wrong, cited

from corpus.load import load_corpus
from search.feedback import Cited, Feedback
from search.views.feedback import feedback_detail_text, feedback_record, feedback_text, feedback_view

EVIL = "\"'><img src=x onerror=alert(1)>&lt;"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_clinics(tmp_path_factory.mktemp("viewed"))


@pytest.fixture(scope="module")
def documents(folder):
    return load_corpus(folder).documents


def buttons(page):
    return re.findall(r'<button type="button" data-feedback="(\d+)" data-act="(\w+)"( data-needs-clause)?>', page)


def test_question_verdict_clauses_and_note_are_shown_the_latest_first(folder, documents):
    quote = "每名乡村医生每月发放补助600元。"
    shown = replace(GIVEN, shown=(cited(folder, "country/2/3", quote),))
    wrong = a_wrong(
        folder, ["country/2/4"], question="退了呢", standalone="退了还补吗", history=("补吗",), note="一\n二"
    )
    held = (Feedback(1, "accepted", shown), Feedback(2, "new", wrong))
    page = feedback_view(held, documents, Path("somewhere/feedback.sqlite"))
    assert page.index("退了呢") < page.index(GIVEN.question)
    start = documents[0].text.index(quote)
    assert f'href="?clause=country/2/3&amp;mark={start}-{start + len(quote)}"' in page
    assert 'data-clause="country/2/4"' in page
    assert "国家 二、（四） 完善养老保障" in page
    assert "<bdi>一<br>二</bdi>" in page
    assert "退了还补吗" in page
    assert "共 2 条（新 1，已采用 1，已搁置 0），其中答错 1 条。" in page
    assert "somewhere/feedback.sqlite" in page
    assert 'data-state="accepted" data-verdict="right"' in page


def test_everything_is_escaped(folder, documents):
    cite = Cited(EVIL, EVIL, (EVIL,))
    evil = replace(
        GIVEN, question=EVIL, standalone=f"{EVIL}。", history=(EVIL,), verdict="wrong", note=EVIL, shown=(cite,),
        right=(cite,),
    )  # fmt: skip
    page = feedback_view([Feedback(1, "new", evil)], documents, Path(EVIL))
    assert "<img" not in page
    assert EVIL not in page
    assert page.count("&lt;img") >= 7


def test_the_buttons_are_those_that_make_sense(folder, documents):
    cases = {
        1: a_right(folder, "country/2/3"),
        2: a_wrong(folder, ["country/2/4"], ["country/2/3"]),
        3: a_wrong(folder, [], ["country/2/3"]),
        4: a_wrong(folder, None),
        5: replace(GIVEN, status="no_basis"),
    }
    found = {}
    page = feedback_view([Feedback(number, "new", given) for number, given in cases.items()], documents)
    for number, act, needs in buttons(page):
        found.setdefault(int(number), []).append(act + ("*" if needs else ""))
    assert found == {
        1: ["accept", "dismiss", "forget"],
        2: ["accept", "near_miss", "dismiss", "forget"],
        3: ["near_miss", "dismiss", "forget"],
        4: ["accept*", "dismiss", "forget"],  # the page has to ask for the clause
        5: ["dismiss", "forget"],
    }


def test_a_clause_that_has_changed_is_told_and_not_linked(folder, documents):
    gone = replace(GIVEN, shown=(Cited("country/2/3", "另一句"), Cited("moon/1", "（一）")))
    page = feedback_view([Feedback(1, "new", gone)], documents)
    assert "country/2/3（原文已改）" in page
    assert "moon/1（原文已改）" in page
    assert "data-clause" not in page
    assert "没有条款 moon/1" in feedback_detail_text(Feedback(1, "new", gone), documents)


def test_that_no_text_rules_on_it_is_told_apart_from_not_known(folder, documents):
    none, unknown = (Feedback(1, "new", a_wrong(folder, right)) for right in ([], None))
    assert "没有文本规定" in feedback_view([none], documents)
    assert "不知道" in feedback_view([unknown], documents)
    assert "对的：没有文本规定" in feedback_detail_text(none, documents)
    assert (feedback_record(none)["right"], feedback_record(unknown)["right"]) == ([], None)
    assert "<dt>对的" not in feedback_view([Feedback(1, "new", GIVEN)], documents)


def test_who_may_not_settle_gets_no_buttons_and_is_told_who_may(documents):
    held = [Feedback(1, "new", GIVEN)]
    assert "data-act" in feedback_view(held, documents)
    page = feedback_view(held, documents, may_settle=False)
    assert "data-act" not in page
    assert "培训人员的账号" in page


def test_where_it_is_kept_is_told_also_of_nothing(documents):
    assert "没有反馈" in feedback_view((), documents, Path("x.sqlite"))
    assert feedback_text((), Path("x.sqlite")) == "没有反馈。\n记在 x.sqlite"
    assert feedback_text([Feedback(7, "new", GIVEN)], Path("x.sqlite")).splitlines() == [
        "   7  2026-03-01T08:15Z  新  ✓ 答对  大夫每月发多少补助（有规定）",
        "",
        "共 1 条（新 1，已采用 0，已搁置 0），其中答错 0 条。",
        "记在 x.sqlite",
    ]
