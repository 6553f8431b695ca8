"""What people say of an answer, from the page into the store, in a real browser."""

from __future__ import annotations

import shutil

import pytest
from fake_engine import EVIL
from playwright.sync_api import expect
from processes import ROOT, free_port, serving
from visitor import Visit

from search.feedback import FeedbackStore

pytestmark = pytest.mark.web


@pytest.fixture
def store(server):
    """The store that the served page writes, emptied."""
    held = FeedbackStore(server[1].with_name("feedback.sqlite"))
    for each in held.all():
        held.forget(each.number)
    return held


def judged(v, question="补贴多少"):
    v.ask(question)
    expect(v.page.locator(".cl-answer h2")).to_have_text(question)
    return v.page.locator("#cl-judge .cl-judge")


def not_right(part):
    """Say so, and untick what was quoted."""
    part.get_by_role("button", name="✗ 不对").click()
    for box in part.locator('[data-field="picked"]').all():
        box.uncheck()


def test_right_is_one_click_and_can_be_taken_back(visit, store):
    with visit() as v:
        part = judged(v)
        part.get_by_role("button", name="✓ 对", exact=True).click()
        expect(part.get_by_role("status")).to_contain_text("已记下：答对了")
        (kept,) = store.all()
        assert (kept.given.verdict, kept.given.question) == ("right", "补贴多少")
        part.get_by_role("button", name="撤回").click()
        expect(part.get_by_role("status")).to_contain_text("已撤回")
        assert store.all() == ()


def test_wrong_asks_which_clause_would_be_right_and_why(visit, store):
    with visit() as v:
        part = judged(v)
        not_right(part)
        part.get_by_role("checkbox", name="北山 一、（二） 加强培训").check()
        part.get_by_label("不在上面的").fill("南河 第二条；north/2/4")
        part.get_by_label("备注").fill(f"问的是培训{EVIL}")
        part.get_by_role("button", name="记下").click()
        expect(part.get_by_role("status")).to_contain_text("已记下：答得不对")
        (kept,) = store.all()
        assert [cited.clause_id for cited in kept.given.right] == ["north/1/2", "south/2", "north/2/4"]
        assert kept.given.note == f"问的是培训{EVIL}"
        v.tab("反馈")
        listed = v.page.locator("#cl-feedback")
        expect(listed).to_contain_text(f"问的是培训{EVIL}")
        expect(listed).to_contain_text(str(store.path))
        listed.get_by_role("link").filter(has_text="加强培训").click()
        expect(v.page.locator("#cl-source .cl-cited")).to_be_in_viewport()


def test_that_no_text_rules_on_it_is_kept_apart_from_not_knowing(visit, store):
    with visit() as v:
        for question, unruled in (("补贴多少", True), ("补贴怎么发", False)):
            part = judged(v, question)
            not_right(part)
            part.get_by_role("checkbox", name="都没有规定这件事").set_checked(unruled)
            part.get_by_role("button", name="记下").click()
            expect(part.get_by_role("status")).to_contain_text("已记下")
        assert [each.given.right for each in store.all()] == [(), None]
        assert store.all()[1].given.history == ("补贴多少",)


def test_a_clause_that_is_not_there_is_told_and_nothing_is_kept(visit, store):
    with visit() as v:
        part = judged(v)
        not_right(part)
        part.get_by_label("不在上面的").fill("南河 第九十九条")
        part.get_by_role("button", name="记下").click()
        expect(part.get_by_role("alert")).to_contain_text("没有叫“南河 第九十九条”的条款")
        part.get_by_role("checkbox", name="都没有规定这件事").check()
        part.get_by_label("不在上面的").fill("南河 第一条")
        part.get_by_role("button", name="记下").click()
        expect(part.get_by_role("alert")).to_contain_text("请只留一样")
        assert store.all() == ()


def test_what_was_quoted_is_ticked_and_what_is_missing_is_added(visit, store):
    with visit() as v:
        part = judged(v)
        part.get_by_role("button", name="✗ 不对").click()
        ticked = part.locator('[data-field="picked"]:checked')
        quoted = [box.get_attribute("value") for box in ticked.all()]
        assert quoted
        expect(ticked.first).to_have_css("appearance", "auto")  # Gradio's own, ticked, is white on white here
        part.get_by_role("button", name="记下").click()
        expect(part.get_by_role("alert")).to_contain_text("就是上面引的")
        part.get_by_role("checkbox", name="都没有规定这件事").check()
        expect(ticked).to_have_count(0)
        for clause_id in quoted:
            part.locator(f'[value="{clause_id}"]').check()
        expect(part.get_by_role("checkbox", name="都没有规定这件事")).not_to_be_checked()
        part.get_by_label("不在上面的").fill("南河 第一条")
        part.get_by_role("button", name="记下").click()
        expect(part.get_by_role("status")).to_contain_text("已记下")
        assert {cited.clause_id for cited in store.all()[0].given.right} == {*quoted, "south/1"}


def test_the_form_is_left_by_escape(visit, store):
    with visit() as v:
        part = judged(v)
        button = part.get_by_role("button", name="✗ 不对")
        button.click()
        expect(button).to_have_attribute("aria-expanded", "true")
        v.page.keyboard.press("Escape")
        expect(part.get_by_label("备注")).to_be_hidden()
        expect(button).to_be_focused()


def test_deleting_asks_twice(visit, store):
    with visit() as v:
        part = judged(v)
        part.get_by_role("button", name="✓ 对", exact=True).click()
        expect(part.get_by_role("status")).to_contain_text("已记下")
        v.tab("反馈")
        v.page.locator("#cl-feedback").get_by_role("button", name="删去").click()
        assert len(store.all()) == 1
        v.page.locator("#cl-feedback").get_by_role("button", name="真的删去？").click()
        expect(v.page.locator("#cl-feedback")).to_contain_text("没有反馈")
        assert store.all() == ()


def test_one_does_not_see_what_another_is_about_to_say(visit, store):
    with visit() as one, visit() as other:
        judged(one).get_by_role("button", name="✓ 对", exact=True).click()
        expect(one.page.locator("#cl-judge .cl-judge")).to_contain_text("已记下")
        expect(judged(other)).to_contain_text("这个答复对吗")


def test_a_trainer_accepts_a_question_as_a_phrasing(browser, tmp_path):
    corpus = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus", corpus, ignore=shutil.ignore_patterns("*.py", "__pycache__", "feedback.sqlite*"))
    question = "一年里头总共得听够多少个钟点的课"
    page = serving(tmp_path / "stderr", "app.py", "--port", str(free_port()), "--corpus", str(corpus))
    address, _ = next(page)
    try:
        with Visit(browser, address) as v:
            part = judged(v, question)
            not_right(part)
            part.get_by_role("button", name="记下").click()
            expect(part.get_by_role("status")).to_contain_text("已记下")
            v.tab("反馈")
            listed = v.page.locator("#cl-feedback")
            listed.get_by_role("button", name="采用：由对的条款回答").click()
            listed.get_by_label("哪一条？").fill("national/5/12")
            listed.get_by_role("button", name="采用：由对的条款回答").click()
            expect(listed.get_by_text("已采用", exact=False).first).to_be_visible()
            expect(listed.locator('[data-state="accepted"]')).to_contain_text(question)
        assert question in (corpus / "questions" / "national.txt").read_text(encoding="utf-8").splitlines()
        with Visit(browser, address) as v:  # the server goes on, and knows it
            v.ask(question)
            expect(v.page.locator(".cl-answer .cl-says").first).to_contain_text("90 学时")
            expect(v.page.locator(".cl-answer .cl-why").first).to_contain_text(question)
    finally:
        page.close()
