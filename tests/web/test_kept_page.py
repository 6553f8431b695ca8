"""Nothing is lost on the page: address, Back, loading it anew, the draft of a briefing, keys; over the fake engine."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from fake_engine import EVIL
from playwright.sync_api import expect

pytestmark = pytest.mark.web

LONG = "我在山区工作" * 100
ADD = "加入的话题"


def seen(v, query):
    """Wait until the address is the page's own with that behind it."""
    v.page.wait_for_function(
        "([path, query]) => location.pathname + decodeURIComponent(location.search + location.hash) === path + query",
        arg=["/" + v.address.split("/", 3)[3], query],
    )


def asked(v, question="补贴多少"):
    v.ask(question)
    expect(v.page.locator(".cl-answer h2")).to_have_text(question)


def opened(v, number=0):
    """Follow a link to the source; gives the link."""
    link = v.page.locator(".cl-cards").get_by_role("link", name="看原文").nth(number)
    link.click()
    expect(v.page.locator("#cl-source .cl-cited mark")).to_be_in_viewport()
    return link


def selected(v, name):
    expect(v.page.get_by_role("tab", name=name, exact=True)).to_have_attribute("aria-selected", "true")


def compare(v, topic):
    v.tab("对照")
    box = v.page.get_by_role("textbox", name="对照的话题")
    box.fill(topic)
    box.press("Enter")
    expect(v.page.locator("#cl-compared h2")).to_have_text(topic)


def add(v, topic):
    v.tab("简报")
    box = v.page.get_by_role("textbox", name=ADD)
    box.fill(topic)
    box.press("Enter")
    expect(box).to_have_value("")


def kept(v):
    return json.loads(v.page.evaluate("localStorage.getItem('clauselens.draft')") or "null")


def has_focus(locator):
    expect(locator).to_be_focused()


def test_the_address_is_that_of_what_is_seen_and_opens_it_again(visit):
    with visit() as v:
        asked(v)
        seen(v, "?q=补贴多少")
        v.search("学时")
        seen(v, "?find=学时")
        compare(v, "学时")
        seen(v, "?compare=学时&doc=north&doc=south&doc=odd")
        v.page.get_by_role("button", name="整份文件逐条对照").click()
        seen(v, "?compare=*&doc=north&doc=south&doc=odd&base=north")
        v.page.reload()
        expect(v.page.locator("#cl-compared .cl-matter")).to_have_count(3)
        v.tab("问答")
        seen(v, "")
        asked(v)
        opened(v)
        assert "?clause=north/1/1&mark=" in v.page.url
        v.page.reload()
        expect(v.page.locator("#cl-source .cl-cited mark")).to_be_in_viewport()
        for tab, name in (("简报", "#brief"), ("语料", "#corpus")):
            v.tab(tab)
            seen(v, name)
            v.page.reload()
            selected(v, tab)


def test_back_leads_to_the_answer_and_the_place_where_the_source_was_opened(visit):
    with visit() as v:
        asked(v)
        asked(v, "补贴怎么发")
        link = v.page.locator(".cl-cards").get_by_role("link", name="看原文").nth(2)
        link.scroll_into_view_if_needed()
        top = v.page.evaluate("window.scrollY")
        opened(v, 2)
        v.page.go_back()
        selected(v, "问答")
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴怎么发")
        expect(v.page.locator(".cl-earlier summary")).to_contain_text("此前 1 问")
        has_focus(link)
        assert abs(v.page.evaluate("window.scrollY") - top) <= 2
        seen(v, "?q=补贴多少 补贴怎么发".replace(" ", "+"))
        v.page.go_forward()
        selected(v, "原文")
        expect(v.page.locator("#cl-source .cl-cited")).to_be_visible()


def test_back_goes_from_tab_to_tab_and_from_text_to_text_before_it_leaves(visit):
    with visit() as v:
        v.tab("语料")
        v.tab("简报")
        v.page.goto(f"{v.address}?clause=south/closing")
        expect(v.page.locator("#cl-source .cl-cited")).to_be_visible()
        v.page.locator("#cl-source p").get_by_role("link", name="《关于加强山区人才队伍建设的意见》").click()
        expect(v.page.locator("#cl-source h2")).to_contain_text("北山省")
        seen(v, "?clause=north/preface")
        v.page.go_back()
        expect(v.page.locator("#cl-source h2")).to_have_text("南河市山区人才办法")
        seen(v, "?clause=south/closing")
        v.page.go_back()
        selected(v, "简报")
        v.page.go_back()
        selected(v, "语料")
        v.page.go_back()
        selected(v, "问答")


def test_the_button_back_is_a_step_back_and_not_another_forward(visit):
    with visit() as v:
        asked(v)
        length = v.page.evaluate("history.length")
        link = opened(v, 1)
        v.page.get_by_role("button", name="← 返回").click()
        selected(v, "问答")
        has_focus(link)
        opened(v)
        v.page.keyboard.press("Escape")
        selected(v, "问答")
        assert v.page.evaluate("history.length") == length + 1


def test_back_after_loading_anew_opens_the_answer_again(visit):
    with visit() as v:
        asked(v)
        opened(v)
        v.page.reload()
        expect(v.page.locator("#cl-source .cl-cited")).to_be_visible()
        v.page.get_by_role("button", name="← 返回").click()
        expect(v.page.locator(".cl-answer h2")).to_have_text("补贴多少")


def test_the_address_is_sent_nowhere(visit):
    with visit() as v:
        asked(v, "补贴秘密")
        seen(v, "?q=补贴秘密")
        sent = []
        v.page.on("request", lambda request: sent.append(f"{request.url} {request.all_headers().get('referer')}"))
        v.search("学时")
        seen(v, "?find=学时")
        v.tab("语料")
        v.page.go_back()
        selected(v, "条款检索")
        assert sent
        assert not any(word in unquote(each) for each in sent for word in ("秘密", "find="))


def test_a_draft_is_there_again_after_loading_anew(visit):
    with visit() as v:
        add(v, "补贴")
        add(v, "学时")
        draft = v.page.locator("#cl-draft")
        draft.get_by_label("备注").nth(0).fill("先讲钱。")
        draft.get_by_role("button", name="下移：补贴").click()
        expect(draft.locator(".cl-entries b")).to_have_text(["学时", "补贴"])
        draft.get_by_label("开头的说明").fill("第一段\n第二段")
        draft.get_by_label("标题").fill("山区培训")  # still in the box
        assert kept(v)["title"] == "山区培训"
        v.page.reload()
        expect(draft.locator(".cl-entries b")).to_have_text(["学时", "补贴"])
        expect(draft.get_by_label("标题")).to_have_value("山区培训")
        expect(draft.get_by_label("开头的说明")).to_have_value("第一段\n第二段")
        expect(draft.get_by_label("备注").nth(1)).to_have_value("先讲钱。")
        expect(draft).to_contain_text("草稿只记在这个浏览器里")


def test_what_is_brought_from_a_comparison_is_kept_too(visit):
    with visit() as v:
        compare(v, "学时")
        v.page.get_by_role("button", name="加入简报：学时").click()
        expect(v.page.get_by_text("已加入简报，共 1 项")).to_be_visible()
        v.page.goto(v.address)
        v.tab("简报")
        expect(v.page.locator("#cl-draft .cl-entries b")).to_have_text(["学时"])


def test_erasing_asks_twice(visit):
    with visit() as v:
        add(v, "补贴")
        erase = v.page.locator('[data-act="erase"]')
        erase.click()
        expect(erase).to_have_text("真的清空？")
        expect(v.page.locator(".cl-entries li")).to_have_count(1)
        erase.click()
        expect(v.page.locator(".cl-entries li")).to_have_count(0)
        has_focus(v.page.get_by_role("textbox", name=ADD))
        assert kept(v) is None
        v.page.reload()
        expect(v.page.locator("#cl-draft")).to_contain_text("还没有内容")


def entries(*held):
    return json.dumps({"title": "", "front": "", "entries": list(held)})


# what stands in the browser's storage
BROKEN = [
    "{",
    "null",
    "[1, 2]",
    "[" * 5000,
    "x" * 1_000_000,
    entries({"key": "topic:补贴", "note": 7}),
    entries("补贴"),
    entries({"key": "rule:x", "note": ""}),
    entries({"key": "part:nowhere/1", "note": ""}),
    json.dumps({"title": "\ud800", "front": "", "entries": []}),
]


@pytest.mark.parametrize("stored", BROKEN)
def test_what_is_no_draft_is_passed_over(visit, stored):
    with visit() as v:
        v.page.evaluate("text => localStorage.setItem('clauselens.draft', text)", stored)
        v.page.reload()
        v.tab("简报")
        add(v, "学时")
        expect(v.page.locator("#cl-draft .cl-entries b")).to_have_text(["学时"])


def test_script_in_what_is_stored_is_shown_and_does_not_run(visit):
    with visit() as v:
        held = {"title": EVIL, "front": EVIL, "entries": [{"key": f"topic:{EVIL}", "note": f"</textarea>{EVIL}"}]}
        v.page.evaluate("text => localStorage.setItem('clauselens.draft', text)", json.dumps(held))
        v.page.reload()
        v.tab("简报")
        expect(v.page.locator("#cl-draft .cl-entries b")).to_have_text(EVIL)
        expect(v.page.locator("#cl-draft").get_by_label("标题")).to_have_value(EVIL)
        expect(v.page.locator("img[src=x]")).to_have_count(0)


def test_another_window_that_changes_the_draft_is_told_of(visit):
    with visit() as v:
        add(v, "补贴")
        other = v.context.new_page()
        other.goto(f"{v.address}#brief")
        expect(other.locator("#cl-draft .cl-entries b")).to_have_text(["补贴"])
        told = v.page.get_by_text("另一个窗口里改过这份草稿")
        expect(told).to_be_hidden()
        other.get_by_label("标题").fill("那边")
        expect(told).to_be_visible()
        v.page.reload()
        expect(v.page.locator("#cl-draft").get_by_label("标题")).to_have_value("那边")
        expect(told).to_be_hidden()


def test_up_in_the_empty_line_brings_back_what_was_asked(visit):
    with visit() as v:
        asked(v)
        asked(v, "补贴怎么发")
        box = v.page.get_by_role("textbox", name="问题")
        for key, words in (
            ("Up", "补贴怎么发"),
            ("Up", "补贴多少"),
            ("Up", "补贴多少"),
            ("Down", "补贴怎么发"),
            ("Down", ""),
        ):
            box.press(f"Arrow{key}")
            expect(box).to_have_value(words)
        box.press("ArrowUp")
        box.press("Enter")
        expect(v.page.locator(".cl-earlier summary")).to_contain_text("此前 2 问")
        box.fill("别的")
        box.press("ArrowUp")
        expect(box).to_have_value("别的")


def test_the_keyboard_is_never_left_nowhere(visit):
    with visit() as v:
        nowhere = "document.activeElement === document.body"
        v.page.get_by_role("button", name="在山区工作有没有补贴？").press("Enter")
        has_focus(v.page.locator(".cl-answer"))
        v.page.get_by_role("textbox", name="问题").focus()
        v.page.keyboard.press("Escape")
        assert not v.page.evaluate(nowhere)
        v.tab("原文")
        v.page.get_by_role("searchbox", name="在这份文本里查找").fill("抽查")
        v.page.keyboard.press("Escape")
        has_focus(v.page.locator('[id="clause-north/2/4"]'))


def test_the_keys_are_told_at_the_foot_and_not_on_a_touch_screen(visit, browser, server):
    with visit() as v:
        expect(v.page.get_by_text("/ 跳到输入框，Esc 收起，↑ 上一问")).to_be_visible()
    touched = browser.new_context(locale="zh-CN", has_touch=True, is_mobile=True)
    page = touched.new_page()
    page.goto(server[0])
    expect(page.locator(".cl-welcome")).to_be_visible()
    expect(page.get_by_text("/ 跳到输入框")).to_be_hidden()
    touched.close()


def test_a_topic_that_is_in_already_is_told_so_and_one_without_a_rule_is_marked(visit):
    with visit() as v:
        add(v, "补贴")
        add(v, "停车")
        items = v.page.locator("#cl-draft .cl-entries li")
        expect(items.nth(1)).to_contain_text("没有文本规定这件事")
        expect(items.nth(0)).not_to_contain_text("没有文本规定这件事")
        add(v, "补贴")
        expect(v.page.get_by_text("“补贴”已经在简报里了，是第 1 项。")).to_be_visible()
        expect(items).to_have_count(2)
        v.page.reload()
        expect(items.nth(1)).to_contain_text("没有文本规定这件事")


def test_whole_texts_leave_no_topic_in_the_box(visit):
    with visit() as v:
        compare(v, "停车")
        v.page.get_by_role("button", name="整份文件逐条对照").click()
        expect(v.page.locator("#cl-compared .cl-whole")).to_be_visible()
        expect(v.page.get_by_role("textbox", name="对照的话题")).to_have_value("")


def test_labels_count_the_points_that_stay_when_they_are_pressed(visit):
    with visit() as v:
        compare(v, "补贴")
        view = v.page.locator("#cl-compared")
        for button in view.locator("[data-filter]").all():
            count = int(button.locator("b").text_content())
            button.click()
            expect(view.locator(".cl-filtered")).to_have_text(f"3 点中的 {count} 点")
            expect(view.locator(".cl-point:visible")).to_have_count(count)
            button.click()


def test_a_new_conversation_is_asked_of_all_texts(visit):
    with visit() as v:
        box = v.page.get_by_role("checkbox", name="南河").locator("visible=true")
        box.check()
        asked(v)
        v.page.get_by_role("button", name="清空对话").click()
        expect(box).not_to_be_checked()
        seen(v, "")


def test_a_long_question_is_three_lines_until_it_is_unfolded(visit):
    with visit() as v:
        asked(v, LONG)
        heading = v.page.locator(".cl-answer h2")
        folded = heading.bounding_box()["height"]
        line = heading.evaluate("part => parseFloat(getComputedStyle(part).lineHeight)")
        assert folded <= 3 * line + 1
        heading.click()
        assert heading.bounding_box()["height"] > folded


def test_how_long_it_took_is_told_to_who_asks(visit):
    with visit() as v:
        asked(v)
        expect(v.page.locator(".cl-verdict")).to_have_attribute("title", "用时 2 毫秒")
        expect(v.page.locator("#cl-answer")).not_to_contain_text("毫秒")
        compare(v, "补贴")
        expect(v.page.locator("#cl-compared")).not_to_contain_text("毫秒")


def test_on_a_phone_the_text_that_is_read_is_named_all_the_way_down(visit):
    with visit(width=390, where="?clause=north/closing") as v:
        expect(v.page.locator("#cl-source .cl-reading")).to_have_text("北山")
        expect(v.page.locator("#cl-source .cl-reading")).to_be_in_viewport()
        expect(v.page.locator("#cl-source h2")).not_to_be_in_viewport()


def test_no_chapter_chosen_is_all_chapters(visit):
    with visit() as v:
        v.tab("条款检索")
        shown = "part => getComputedStyle(part, '::before').content"
        parts = v.page.locator("#cl-chapter .wrap-inner")
        assert parts.evaluate(shown) == '"全部"'
        v.page.get_by_label("章（不选就是全部）").click()
        v.page.get_by_role("option", name="北山 · 二、职称").click()
        assert parts.evaluate(shown) == "none"
