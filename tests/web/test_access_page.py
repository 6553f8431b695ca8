"""The page for everybody: checked by axe-core, by keyboard, in the dark, on a phone, and without any other host."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.web

TABS = ("问答", "条款检索", "对照", "简报", "原文", "反馈", "语料")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def filled(v):
    """Every tab with something in it; gives them one after the other, shown."""
    v.ask("补贴多少")
    expect(v.page.locator(".cl-answer h2")).to_have_text("补贴多少")
    v.ask("成都有没有补贴")
    expect(v.page.locator(".cl-answer h2")).to_have_text("成都有没有补贴")
    v.page.locator(".cl-earlier summary").click()
    v.page.get_by_role("button", name="✗ 不对").click()
    v.page.get_by_role("button", name="记下").click()
    expect(v.page.locator("#cl-judge")).to_contain_text("已记下")
    v.ask("停车费能报吗")
    expect(v.page.locator(".cl-answer h2")).to_have_text("停车费能报吗")
    v.page.get_by_role("button", name="✗ 不对").click()
    expect(v.search("补贴").locator(".cl-hit").first).to_be_visible()
    v.tab("对照")
    v.page.get_by_role("textbox", name="对照的话题").fill("补贴")
    v.page.get_by_role("textbox", name="对照的话题").press("Enter")
    expect(v.page.locator("#cl-compared .cl-point").first).to_be_visible()
    for name in TABS:
        v.tab(name)
        panel = v.page.get_by_role("tabpanel").locator("visible=true")
        expect(panel).to_be_visible()
        if name == "反馈":
            expect(v.page.locator("#cl-feedback .cl-count")).to_be_visible()
        yield name


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_finds_nothing_to_mend_on_any_tab(visit, scheme, width):
    with visit(scheme=scheme, width=width) as v:
        for name in filled(v):
            v.page.wait_for_function("document.getAnimations().every((each) => each.playState !== 'running')")
            found = Axe().run(v.page, options=RULES).response["violations"]
            assert [(name, rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("width", [360, 390, 1440, 3840])
def test_no_tab_scrolls_sideways(visit, width):
    with visit(width=width) as v:
        for name in filled(v):
            assert v.page.evaluate(OVERFLOW) <= 0, name
            for tab in v.page.get_by_role("tab").all():
                box = tab.bounding_box()
                assert box["x"] + box["width"] <= width
                assert tab.evaluate("tab => tab.scrollWidth <= tab.clientWidth + 1"), tab.inner_text()


def test_no_tab_asks_anything_of_another_host(visit, server):
    with visit() as v:
        assert list(filled(v)) == list(TABS)
        assert v.foreign() == []
        assert len(v.requests) > 20
    assert "FOREIGN" not in server[1].read_text()


def test_arrows_go_from_tab_to_tab(visit):
    with visit() as v:
        v.page.get_by_role("tab", name="问答").focus()
        v.page.keyboard.press("ArrowRight")
        search = v.page.get_by_role("tab", name="条款检索")
        expect(search).to_be_focused()
        expect(search).to_have_attribute("aria-selected", "true")
        v.page.keyboard.press("/")
        expect(v.page.get_by_role("textbox", name="检索词")).to_be_focused()
        v.page.keyboard.press("Escape")
        expect(v.page.get_by_role("textbox", name="检索词")).not_to_be_focused()
        search.focus()
        v.page.keyboard.press("ArrowLeft")
        v.page.keyboard.press("ArrowLeft")
        expect(v.page.get_by_role("tab", name="语料")).to_have_attribute("aria-selected", "true")


def test_escape_closes_what_is_unfolded(visit):
    with visit() as v:
        v.ask("补贴多少")
        why = v.page.locator(".cl-why").first
        why.locator("summary").focus()
        v.page.keyboard.press("Enter")
        expect(why.locator("table")).to_be_visible()
        v.page.keyboard.press("Escape")
        expect(why.locator("table")).to_be_hidden()
        expect(why.locator("summary")).to_be_focused()


def test_what_has_the_focus_is_outlined(visit):
    with visit() as v:
        v.ask("补贴多少")
        expect(v.page.locator(".cl-cards")).to_be_visible()
        v.page.get_by_role("textbox", name="问题").focus()
        widths = []
        for _ in range(12):
            v.page.keyboard.press("Tab")
            look = (
                "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]; }"
            )
            widths.append(v.page.evaluate(look))
        assert all(style != "none" and width in {"2px", "3px"} for style, width in widths), widths


def test_a_browser_that_is_not_chinese_gets_english_words_and_chinese_quotes(visit):
    with visit(locale="en-US") as v:
        tabs = ["Ask", "Search", "Compare", "Briefing", "Texts", "Feedback", "Corpus"]
        expect(v.page.get_by_role("tab")).to_have_text(tabs)
        box = v.page.get_by_role("textbox", name="Question")
        expect(box).to_have_attribute("placeholder", "Ask in plain words, Enter to send")
        box.fill("补贴多少")
        box.press("Enter")
        card = v.page.locator(".cl-cards .cl-card").first
        expect(card.get_by_role("link")).to_have_text("Source")
        expect(card.get_by_text("Why this clause")).to_be_visible()
        expect(card.locator("mark")).to_have_text("实行山区工作补贴，每人每月不低于三百元。")
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴多少")
        expect(v.page.locator("#cl-judge")).to_contain_text("Is this right?")
        assert v.page.evaluate("document.documentElement.lang") == "en"
