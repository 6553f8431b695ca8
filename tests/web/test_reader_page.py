"""A text read on the page, and what is held, in a real browser, over the fake engine."""

from __future__ import annotations

import pytest
from fake_engine import EVIL
from playwright.sync_api import expect

pytestmark = pytest.mark.web


def test_words_are_found_within_the_text_one_after_the_other(visit):
    with visit() as v:
        v.tab("原文")
        box = v.page.get_by_role("searchbox", name="在这份文本里查找")
        box.fill("单位")
        count = v.page.locator(".cl-tools output")
        expect(count).to_have_text("1/6")
        box.press("Enter")
        expect(count).to_have_text("2/6")
        v.page.get_by_role("button", name="上一处").click()
        expect(count).to_have_text("1/6")
        marked = "() => [...CSS.highlights.get('cl-found')].map((range) => range.toString())"
        assert v.page.evaluate(marked) == ["单位"] * 6
        box.fill("没有这个词")
        expect(count).to_have_text("没有")


def test_words_are_found_across_a_mark(visit):
    with visit(where="?clause=south/2&mark=0-0") as v:
        v.page.get_by_role("searchbox", name="在这份文本里查找").fill("第二条 技术人员")
        expect(v.page.locator(".cl-tools output")).to_have_text("1/1")


def test_a_text_links_to_the_texts_it_rests_on_and_tells_those_not_held(visit):
    with visit(where="?clause=south/closing") as v:
        text = v.page.locator("#cl-source .cl-text")
        expect(text.locator("p .cl-unheld")).to_have_text("《山区津贴规定》")
        text.locator("p").get_by_role("link", name="《关于加强山区人才队伍建设的意见》").click()
        expect(v.page.locator("#cl-source .cl-text h2")).to_contain_text("北山省关于加强山区人才队伍建设的意见")


def test_the_clause_cited_has_an_address_and_its_like(visit):
    with visit(where="?clause=north/2/4") as v:
        tools = v.page.locator("#cl-source .cl-tools")
        expect(tools.get_by_role("link", name="这一条的链接")).to_have_attribute("href", "?clause=north/2/4")
        tools.get_by_role("button", name="更像这条").click()
        expect(v.page.get_by_role("tab", name="条款检索")).to_have_attribute("aria-selected", "true")
        expect(v.page.locator("#cl-found")).to_contain_text("相近的条款 2 条")


def test_what_is_held_is_shown_with_where_it_comes_from(visit):
    with visit() as v:
        v.tab("语料")
        view = v.page.locator("#cl-corpus .cl-holding")
        north = view.locator(".cl-card").nth(0)
        for words in (
            "北人社发〔2021〕7号",
            "北山省人力资源和社会保障厅",
            "2021-07-01",
            "省级",
            "试行",
            "被引用南河",
            "3 条",
        ):
            expect(north).to_contain_text(words)
        expect(north).to_contain_text("《关于鼓励人才到山区工作的意见》（国发〔2020〕1号） 未收录")
        expect(view.locator(".cl-card").nth(1)).to_contain_text("收录：北山")
        expect(view.locator(".cl-card").nth(2)).to_contain_text(EVIL)
        missing = view.locator(".cl-missing li")
        expect(missing).to_have_count(2)
        expect(view).to_contain_text("句子12 句")
        missing.nth(1).get_by_role("link", name="南河").click()
        expect(v.page.locator("#cl-source .cl-cited mark")).to_have_text("《山区津贴规定》")
