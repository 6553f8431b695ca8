"""What people do on the page, in a real browser, over the fake engine."""

from __future__ import annotations

import json
from urllib.request import ProxyHandler, build_opener

import pytest
from fake_engine import EVIL, FakeEngine
from playwright.sync_api import expect

pytestmark = pytest.mark.web


def test_an_answer_marks_the_quote_inside_its_clause_for_each_document(visit):
    with visit() as v:
        v.ask("在山区工作有没有补贴？")
        cards = v.page.locator(".cl-cards .cl-card")
        expect(cards).to_have_count(3)
        first = cards.nth(0)
        expect(first.locator("mark")).to_have_text("实行山区工作补贴，每人每月不低于三百元。")
        expect(first.locator(".cl-clause")).to_contain_text("（一）健全收入分配制度。深入实施绩效工资")
        expect(first).to_contain_text("《北山省关于加强山区人才队伍建设的意见》")
        expect(first).to_contain_text("北人社发〔2021〕7号")
        expect(first.locator("header")).to_contain_text("一、（一） 健全收入分配制度")
        first.get_by_text("为什么是这一条").click()
        expect(first.locator(".cl-why table")).to_contain_text("第 1 名")


@pytest.mark.parametrize(
    ("question", "status", "word"),
    [
        ("成都有没有这个补贴", "not_held", "未收录"),
        ("火星上怎么评职称", "no_basis", "未找到依据"),
        ("停车费能报吗", "silent", "未规定"),
    ],
)
def test_a_no_says_which_no_it_is_and_offers_suggestions_only(visit, question, status, word):
    with visit() as v:
        v.ask(question)
        answer = v.page.locator(f'.cl-answer[data-status="{status}"]')
        expect(answer.locator(".cl-verdict strong")).to_have_text(word)
        expect(answer.locator(".cl-cards")).to_have_count(0)
        expect(answer.locator(".cl-suggestions h3").first).to_contain_text("仅供参考，不是答案")


def test_a_quote_opens_the_source_at_its_mark(visit):
    with visit() as v:
        v.ask("职称怎么评")
        v.page.locator(".cl-cards .cl-card").nth(0).get_by_role("link", name="看原文").click()
        expect(v.page.get_by_role("tab", name="原文")).to_have_attribute("aria-selected", "true")
        mark = v.page.locator("#cl-source .cl-cited mark")
        expect(mark).to_have_text("可不受单位岗位结构比例限制。")
        expect(mark).to_be_in_viewport()
        expect(v.page.get_by_label("文本", exact=True)).to_have_value("北山 · 北山省关于加强山区人才队伍建设的意见")


def test_the_address_of_a_quote_reopens_it(visit):
    clause = FakeEngine().clause("north/2/4")
    start = clause.start + clause.text.index("可不受")
    with visit(where=f"?clause=north/2/4&mark={start}-{start + 5}") as v:
        expect(v.page.locator("#cl-source .cl-cited mark")).to_have_text("可不受单位")
        expect(v.page.locator("#cl-source .cl-cited mark")).to_be_in_viewport()


def test_an_address_that_names_nothing_held_is_told_so(visit):
    with visit(where="?clause=north/9/9") as v:
        expect(v.page.get_by_role("alert")).to_contain_text("没有 north/9/9 这一条")


def test_the_outline_goes_to_a_clause(visit):
    with visit() as v:
        v.page.get_by_role("tab", name="原文").click()
        v.page.get_by_role("navigation", name="目录").get_by_role("link", name="结语").click()
        expect(v.page.locator('[id="clause-north/closing"]')).to_be_in_viewport()
        assert v.page.url == f"{v.address}?clause=north/preface"  # that of the text, not of a place on the page


def test_search_marks_the_terms(visit):
    with visit() as v:
        v.page.get_by_role("tab", name="条款检索").click()
        box = v.page.get_by_role("textbox", name="检索词")
        box.fill("继续教育")
        box.press("Enter")
        hits = v.page.locator("#cl-found .cl-hit")
        expect(hits).to_have_count(2)
        expect(hits.nth(0).locator("mark")).to_have_text("继续教育")


def test_the_scope_ticked_is_the_scope_asked(visit):
    with visit() as v:
        v.page.get_by_role("checkbox", name="南河").locator("visible=true").check()
        v.ask("补贴")
        expect(v.page.locator(".cl-cards .cl-card")).to_have_count(1)
        expect(v.page.locator(".cl-cards .cl-name")).to_have_text("南河")


def test_a_follow_up_carries_what_was_asked_until_cleared(visit):
    with visit() as v:
        v.ask("补贴多少")
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴多少")
        v.ask("南河怎么说")
        expect(v.page.locator(".cl-carried span")).to_have_text("理解为：补贴多少 南河怎么说")
        v.page.get_by_role("button", name="清空对话").click()
        expect(v.page.locator(".cl-welcome")).to_be_visible()
        v.ask("补贴怎么发")
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴怎么发")
        expect(v.page.locator(".cl-carried")).to_have_count(0)


def test_an_example_is_asked_by_a_click(visit):
    with visit() as v:
        v.page.get_by_role("button", name="在山区工作有没有补贴？").click()
        expect(v.page.locator(".cl-answer h2")).to_have_text("在山区工作有没有补贴？")


def test_two_people_do_not_see_each_others_questions(visit):
    with visit() as one, visit() as other:
        one.ask("补贴多少")
        expect(one.page.locator(".cl-answer h2")).to_have_text("补贴多少")
        other.ask("补贴怎么发")
        expect(other.page.locator(".cl-answer h2")).to_have_text("补贴怎么发")
        expect(other.page.locator(".cl-earlier")).to_have_count(0)


def test_two_questions_are_worked_on_at_once(visit):
    with visit() as one, visit() as other:
        one.ask("两人同时问补贴，甲")
        other.ask("两人同时问补贴，乙")
        expect(one.page.locator(".cl-answer h2")).to_have_text("两人同时问补贴，甲")
        expect(other.page.locator(".cl-answer h2")).to_have_text("两人同时问补贴，乙")


def test_a_question_that_cannot_be_worked_with_is_told_so(visit):
    with visit() as v:
        v.ask("   ")
        expect(v.page.get_by_role("alert")).to_contain_text("问题是空的，请写下要问的事。")


def test_a_fault_is_a_sentence_on_the_page_and_a_traceback_in_the_log(visit, server):
    with visit() as v:
        v.ask("崩溃")
        expect(v.page.get_by_text("这次没有成功，是程序的问题")).to_be_visible()
        expect(v.page.get_by_text("a fault of the machine")).to_have_count(0)
    assert "RuntimeError: a fault of the machine" in server[1].read_text()


def test_script_in_question_text_and_metadata_is_shown_and_does_not_run(visit):
    with visit() as v:
        expect(v.page.locator(".cl-welcome")).to_contain_text(EVIL)
        v.ask(f"补贴{EVIL}")
        expect(v.page.locator(".cl-answer h2")).to_have_text(f"补贴{EVIL}")
        card = v.page.locator(".cl-cards .cl-card").nth(2)
        expect(card).to_contain_text(EVIL)
        card.get_by_role("link", name="看原文").click()
        expect(v.page.locator("#cl-source .cl-cited mark")).to_have_text("恶意补贴")
        expect(v.page.locator("#cl-source .cl-text h2")).to_have_text(EVIL)
        expect(v.page.locator("img[src=x]")).to_have_count(0)


@pytest.mark.parametrize(
    "where", ["?q=" + "补贴<script>window.pwned=1</script>", "?clause=<img src=x onerror=window.pwned=1>"]
)
def test_script_in_an_address_does_not_run(visit, where):
    with visit(where=where) as v:
        expect(v.page.locator(".cl-answer h2, .cl-error").first).to_contain_text("window.pwned=1")
        expect(v.page.locator("img[src=x]")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 390])
def test_a_phone_scrolls_in_one_direction_only(visit, width):
    with visit(width=width) as v:
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        v.ask("补贴多少")
        cards = v.page.locator(".cl-cards .cl-card")
        expect(cards).to_have_count(3)
        assert v.page.evaluate(overflow) <= 0
        for card in cards.all():
            box = card.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        cards.nth(2).get_by_role("link", name="看原文").click()
        expect(v.page.locator("#cl-source .cl-cited mark")).to_be_in_viewport()
        assert v.page.evaluate(overflow) <= 0


def test_nothing_is_asked_of_another_host_by_browser_or_server(visit, server):
    with visit() as v:
        v.ask("补贴多少")
        expect(v.page.locator(".cl-cards")).to_be_visible()
        for tab in ("条款检索", "原文"):
            v.page.get_by_role("tab", name=tab).click()
        expect(v.page.locator(".cl-reader")).to_be_visible()
        assert len(v.requests) > 5
    assert "FOREIGN" not in server[1].read_text()


def test_the_keyboard_alone_is_enough(visit):
    with visit() as v:
        box = v.page.get_by_role("textbox", name="问题")
        expect(box).to_be_editable()
        v.page.locator("body").press("/")
        expect(box).to_be_focused()
        v.page.keyboard.type("补贴多少")
        v.page.keyboard.press("Enter")
        expect(v.page.locator(".cl-cards .cl-card")).to_have_count(3)
        v.page.locator(".cl-cards .cl-source").first.focus()
        v.page.keyboard.press("Enter")
        expect(v.page.locator("#cl-source .cl-cited mark")).to_be_in_viewport()


def test_handlers_are_no_public_api_and_gradio_reports_to_nobody(server):
    with build_opener(ProxyHandler({})).open(server[0] + "config") as answer:
        config = json.load(answer)
    public = {handler["api_name"] for handler in config["dependencies"] if handler["api_visibility"] != "private"}
    assert public <= {"ask", "search", "compare", "show_clause"}
    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []
    assert config["stylesheets"] == []
