"""Questions one after the other on the page, in a real browser, over the fake engine."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.web


def test_the_first_line_is_what_each_text_decides_in_its_own_words(visit):
    with visit() as v:
        v.ask("在山区工作有没有补贴？")
        line = v.page.locator(".cl-headline")
        items = line.get_by_role("listitem")
        expect(items.nth(0)).to_have_text("北山不低于三百元")
        expect(items.nth(1)).to_have_text("南河二百元")
        expect(line).to_be_in_viewport()
        assert line.bounding_box()["y"] < v.page.locator(".cl-cards").bounding_box()["y"]


@pytest.mark.parametrize("question", ["成都有没有这个补贴", "火星上怎么评职称", "停车费能报吗"])
def test_a_no_has_no_line_that_could_be_taken_for_an_answer(visit, question):
    with visit() as v:
        v.ask(question)
        expect(v.page.locator(".cl-verdict")).to_be_visible()
        expect(v.page.locator(".cl-headline")).to_have_count(0)


def test_noes_look_unlike_an_answer_and_unlike_each_other(visit):
    with visit() as v:
        looks = set()
        for question in ("补贴多少", "成都有没有补贴", "火星上怎么评职称", "停车费能报吗"):
            v.ask(question)
            expect(v.page.locator(".cl-answer h2")).to_have_text(question)
            looks.add(v.page.locator(".cl-verdict").evaluate("line => getComputedStyle(line).backgroundColor"))
        assert len(looks) == 4


def test_earlier_turns_stay_readable_in_a_fold_above_the_newest(visit):
    with visit() as v:
        v.ask("补贴多少")
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴多少")
        expect(v.page.locator(".cl-earlier")).to_have_count(0)
        v.ask("成都有没有补贴")
        expect(v.page.locator(".cl-answer h2")).to_have_text("成都有没有补贴")
        v.ask("南河怎么说")
        expect(v.page.locator(".cl-answer h2")).to_be_in_viewport()
        earlier = v.page.locator(".cl-earlier")
        expect(earlier.locator("summary")).to_contain_text("此前 2 问")
        expect(earlier.locator("ol > li").first).to_be_hidden()
        earlier.locator("summary").click()
        turns = earlier.locator("ol > li")
        expect(turns).to_have_count(2)
        expect(turns.nth(0)).to_contain_text("成都有没有补贴")
        expect(turns.nth(0)).to_contain_text("未收录")
        expect(turns.nth(1)).to_contain_text("不低于三百元")
        turns.nth(1).get_by_role("link").first.click()
        expect(v.page.locator("#cl-source .cl-cited mark")).to_be_in_viewport()


def test_the_way_back_from_a_source_leads_to_the_answer(visit):
    with visit() as v:
        v.ask("补贴多少")
        v.page.get_by_role("link", name="看原文").first.click()
        expect(v.page.locator("#cl-source .cl-cited mark")).to_be_in_viewport()
        v.page.get_by_role("button", name="← 返回").click()
        expect(v.page.get_by_role("tab", name="问答")).to_have_attribute("aria-selected", "true")
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴多少")


def test_recent_questions_stay_in_this_browser_until_erased(visit):
    with visit() as v:
        expect(v.page.locator(".cl-recent")).to_be_hidden()
        v.ask("补贴多少")
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴多少")
        v.page.goto(v.address)
        recent = v.page.locator(".cl-recent")
        expect(recent.get_by_role("button", name="补贴多少")).to_be_visible()
        recent.get_by_role("button", name="补贴多少").click()
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴多少")
        v.page.get_by_role("button", name="清空对话").click()
        recent.get_by_role("button", name="清除记录").click()
        expect(recent).to_be_hidden()
        v.page.goto(v.address)
        expect(v.page.locator(".cl-welcome")).to_be_visible()
        expect(recent).to_be_hidden()


def test_recent_questions_are_not_sent_with_another(visit):
    with visit() as v:
        v.ask("补贴秘密")
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴秘密")
        v.page.goto(v.address)
        expect(v.page.locator(".cl-recent").get_by_role("button", name="补贴秘密")).to_be_visible()
        sent = []
        v.page.on("request", lambda request: sent.append(request.post_data or ""))
        v.ask("补贴怎么发")
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴怎么发")
        assert sent
        assert not any("秘密" in body for body in sent)


def test_what_a_browser_has_stored_is_shown_as_words(visit):
    with visit() as v:
        evil = "<img src=x onerror=window.pwned=1>"
        v.page.evaluate("text => localStorage.setItem('clauselens.recent', text)", json.dumps([evil, 7]))
        v.page.goto(v.address)
        expect(v.page.locator(".cl-recent").get_by_role("button").first).to_have_text(evil)
        v.page.evaluate("localStorage.setItem('clauselens.recent', '{')")
        v.page.goto(v.address)
        expect(v.page.locator(".cl-welcome")).to_be_visible()


def test_quotes_are_copied_with_their_citations(visit):
    with visit() as v:
        v.context.grant_permissions(["clipboard-read", "clipboard-write"])
        v.ask("补贴多少")
        v.page.get_by_role("button", name="复制引文与出处").click()
        expect(v.page.get_by_role("button", name="已复制")).to_be_visible()
        copied = v.page.evaluate("navigator.clipboard.readText()")
        assert "实行山区工作补贴，每人每月不低于三百元。" in copied
        assert "《北山省关于加强山区人才队伍建设的意见》（北人社发〔2021〕7号）一、（一） 健全收入分配制度" in copied


def test_the_link_of_an_answer_asks_again(visit):
    with visit() as v:
        v.page.get_by_role("checkbox", name="南河").locator("visible=true").check()
        v.ask("补贴多少")
        link = v.page.get_by_role("link", name="这次提问的链接").get_attribute("href")
    with visit(where=link) as other:
        expect(other.page.locator(".cl-answer h2")).to_have_text("补贴多少")
        expect(other.page.locator(".cl-cards .cl-name")).to_have_text("南河")


def test_while_an_answer_is_worked_on_the_page_says_so(visit):
    with visit() as v, visit() as other:
        v.ask("补贴多少")
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴多少")
        v.ask("两人同时问补贴，甲")
        expect(v.page.locator("#cl-answer")).to_have_attribute("aria-busy", "true")
        other.ask("两人同时问补贴，乙")
        expect(v.page.locator(".cl-answer h2")).to_have_text("两人同时问补贴，甲")
        expect(v.page.locator("#cl-answer[aria-busy]")).to_have_count(0)


def test_what_was_carried_over_is_plain_and_a_click_asks_without_it(visit):
    with visit() as v:
        v.ask("补贴多少")
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴多少")
        v.ask("南河怎么说")
        carried = v.page.locator(".cl-carried")
        expect(carried.locator("bdi")).to_have_text("补贴多少 南河怎么说")
        expect(carried).to_be_in_viewport()
        carried.get_by_role("button", name="只按这一句问").click()
        expect(carried).to_have_count(0)
        expect(v.page.locator(".cl-answer h2")).to_have_text("南河怎么说")
        expect(v.page.locator(".cl-earlier")).to_have_count(0)


def test_a_place_asked_about_but_not_ticked_is_said_and_is_a_click_away(visit):
    with visit() as v:
        v.page.get_by_role("checkbox", name="北山").locator("visible=true").check()
        v.ask("南河的补贴")
        verdict = v.page.locator(".cl-verdict")
        expect(verdict).to_contain_text("您问的是南河，但只在北山里找。")
        expect(verdict).not_to_contain_text("有规定")
        expect(v.page.locator(".cl-headline")).to_have_count(0)
        v.page.get_by_role("button", name="在南河里找").click()
        expect(v.page.locator(".cl-cards .cl-name")).to_have_text("南河")
        expect(verdict).to_contain_text("有规定")
        expect(v.page.get_by_role("checkbox", name="南河").locator("visible=true")).to_be_checked()
        expect(v.page.get_by_role("checkbox", name="北山").locator("visible=true")).not_to_be_checked()
