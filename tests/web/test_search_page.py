"""Clauses searched, narrowed and held against each other on the page, in a real browser, over the fake engine."""

from __future__ import annotations

import pytest
from fake_engine import EVIL
from playwright.sync_api import expect

pytestmark = pytest.mark.web


def option(v, label, name):
    return v.page.locator("#cl-tabs").get_by_label(label).get_by_label(name).locator("visible=true")


def test_a_search_is_narrowed_to_a_level_at_once(visit):
    with visit() as v:
        expect(v.search("学时").locator(".cl-hit")).to_have_count(2)
        v.page.get_by_role("checkbox", name="市级").check()
        hits = v.page.locator("#cl-found .cl-hit")
        expect(hits).to_have_count(1)
        expect(hits).to_contain_text("不少于九十学时")


def test_a_search_is_narrowed_to_a_chapter_of_the_texts_chosen(visit):
    with visit() as v:
        expect(v.search("山区").locator(".cl-hit").nth(2)).to_be_visible()
        v.page.get_by_label("章（不选就是全部）").click()
        v.page.get_by_role("option", name="北山 · 二、职称").click()
        hits = v.page.locator("#cl-found .cl-hit")
        expect(hits).to_have_count(1)
        expect(hits.locator("h3")).to_contain_text("二、（四）")


def test_nothing_that_fits_says_so_and_what_to_do(visit):
    with visit() as v:
        expect(v.search("学时").locator(".cl-hit")).to_have_count(2)
        v.page.get_by_role("checkbox", name="省级").check()
        v.page.get_by_role("checkbox", name="奇").locator("visible=true").or_(
            v.page.get_by_role("checkbox", name="南河").locator("visible=true")
        ).first.check()
        expect(v.page.locator("#cl-found")).to_contain_text("没有找到")


def test_hits_are_put_in_reading_order(visit):
    with visit() as v:
        hits = v.search("补贴").locator(".cl-hit")
        expect(hits.nth(1)).to_be_visible()
        v.page.get_by_role("radio", name="按原文次序").check()
        expect(hits.first).to_contain_text("一、（一）")


def test_a_long_clause_shows_the_sentences_with_a_mark_and_unfolds(visit):
    with visit() as v:
        hit = v.search("抽查").locator(".cl-hit")
        shown = hit.locator(".cl-kwic")
        expect(shown.locator("mark")).to_have_text("抽查")
        expect(shown).to_contain_text("主管部门每年抽查一次")
        expect(shown).not_to_contain_text("可不受任职年限限制")
        expect(shown).to_contain_text("……")
        hit.get_by_text("整条").click()
        expect(hit.locator(".cl-rest")).to_contain_text("可不受任职年限限制")


def test_more_like_this_lists_clauses_of_other_texts_and_has_an_address(visit):
    with visit() as v:
        v.search("绩效工资").get_by_role("button", name="更像这条：北山 一、（一）").click()
        view = v.page.locator("#cl-found .cl-search")
        expect(view).to_contain_text("与“北山 一、（一） 健全收入分配制度”相近的条款 2 条")
        expect(view.locator(".cl-hit .cl-name")).not_to_contain_text(["北山"])
        expect(view.locator(".cl-hit").first).to_contain_text("每月发给山区补贴二百元")
        address = view.get_by_role("link", name="这次检索的链接").get_attribute("href")
    with visit(where=address) as other:
        expect(other.page.get_by_role("tab", name="条款检索")).to_have_attribute("aria-selected", "true")
        expect(other.page.locator("#cl-found")).to_contain_text("健全收入分配制度”相近的条款 2 条")


def test_the_link_of_a_search_searches_again(visit):
    with visit() as v:
        address = v.search("学时").get_by_role("link", name="这次检索的链接").get_attribute("href")
    with visit(where=address) as other:
        expect(other.page.locator("#cl-found .cl-hit")).to_have_count(2)
        expect(other.page.get_by_role("textbox", name="检索词")).to_have_value("学时")


@pytest.mark.parametrize("where", [f"?find=补贴{EVIL}", f"?like={EVIL}", "?like=north/9"])
def test_an_address_of_a_search_can_do_no_harm(visit, where):
    with visit(where=where.replace("#", "%23")) as v:
        expect(v.page.locator("#cl-found :is(.cl-search, .cl-error)")).to_be_visible()
        expect(v.page.locator("img[src=x]")).to_have_count(0)


def test_arrows_go_from_hit_to_hit(visit):
    with visit() as v:
        links = v.search("补贴").get_by_role("link", name="看原文")
        expect(links.nth(1)).to_be_visible()
        v.page.get_by_role("textbox", name="检索词").press("ArrowDown")
        expect(links.nth(0)).to_be_focused()
        v.page.keyboard.press("ArrowDown")
        expect(links.nth(1)).to_be_focused()
        v.page.keyboard.press("ArrowUp")
        expect(links.nth(0)).to_be_focused()
        v.page.keyboard.press("Enter")
        expect(v.page.locator("#cl-source .cl-cited")).to_be_in_viewport()
        v.page.keyboard.press("Escape")
        expect(v.page.get_by_role("tab", name="条款检索")).to_have_attribute("aria-selected", "true")
