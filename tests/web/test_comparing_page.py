"""Texts compared on the page, in a real browser, over the fake engine."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from fake_engine import EVIL
from playwright.sync_api import expect

pytestmark = pytest.mark.web

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def compare(v, topic="补贴"):
    v.page.get_by_role("tab", name="对照", exact=True).click()
    box = v.page.get_by_role("textbox", name="对照的话题")
    box.fill(topic)
    box.press("Enter")
    return v.page.locator("#cl-compared .cl-compare")


def whole(v):
    v.page.get_by_role("tab", name="对照", exact=True).click()
    v.page.get_by_role("button", name="整份文件逐条对照").click()
    return v.page.locator("#cl-compared .cl-whole")


def test_a_topic_is_a_table_with_a_column_for_each_text_and_a_row_for_each_point(visit):
    with visit() as v:
        view = compare(v)
        heads = view.get_by_role("columnheader")
        expect(heads).to_have_count(3)
        expect(heads.nth(0)).to_contain_text("北山")
        expect(heads.nth(0)).to_contain_text("北人社发〔2021〕7号")
        expect(heads.nth(0)).to_contain_text("2021-07-01")
        expect(heads.nth(0)).to_contain_text("试行")
        expect(view.locator(".cl-point")).to_have_count(3)
        first = view.locator(".cl-point").nth(0)
        expect(first.get_by_role("cell").nth(0).locator("mark")).to_have_text("三百元")
        expect(first.get_by_role("cell").nth(1)).to_contain_text("每月发给山区补贴二百元")
        expect(first.locator(".cl-relations li").first).to_contain_text("南河 对 北山")
        expect(first.locator(".cl-relations li").first).to_contain_text("▽更宽")
        expect(first.locator(".cl-relations li").first).to_contain_text("“三百元”变为“二百元”")
        expect(view.get_by_role("note")).to_contain_text("北山的文件是试行的。")


def test_a_silent_text_says_so_in_its_cell_and_looks_different(visit):
    with visit() as v:
        cells = compare(v).locator(".cl-point").nth(0).get_by_role("cell")
        expect(cells.nth(2)).to_contain_text("未规定")
        image = "cell => getComputedStyle(cell).backgroundImage"
        assert cells.nth(2).evaluate(image) != cells.nth(0).evaluate(image)


def test_a_clause_label_opens_the_source_at_the_words_quoted(visit):
    with visit() as v:
        compare(v).get_by_role("link", name="看原文：南河 第一条").click()
        expect(v.page.get_by_role("tab", name="原文")).to_have_attribute("aria-selected", "true")
        mark = v.page.locator("#cl-source .cl-cited mark")
        expect(mark).to_have_text("每月发给山区补贴二百元")
        expect(mark).to_be_in_viewport()


def test_a_redline_opens_with_what_is_gone_struck_and_what_is_new_underlined(visit):
    with visit() as v:
        point = compare(v, "学时").locator(".cl-point").first
        gone, new = point.locator("del").first, point.locator("ins").first
        expect(gone).to_be_hidden()
        point.get_by_text("逐字对照").first.click()
        expect(gone).to_have_text("参加")
        expect(new).to_have_text("接受")
        line = "words => getComputedStyle(words).textDecorationLine"
        assert gone.evaluate(line) == "line-through"
        assert new.evaluate(line) == "underline"


def test_labels_are_explained_and_leave_only_their_points(visit):
    with visit() as v:
        view = compare(v)
        view.get_by_text("标签的意思").click()
        expect(view.locator(".cl-legend dd").filter(has_text="门槛更低")).to_be_visible()
        button = view.get_by_role("button", name="▽更宽 1")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(view.locator(".cl-point:visible")).to_have_count(1)
        expect(view.locator(".cl-filtered")).to_have_text("3 点中的 1 点")
        button.click()
        expect(view.locator(".cl-point:visible")).to_have_count(3)


def test_another_topic_is_not_left_filtered_by_the_one_before(visit):
    with visit() as v:
        compare(v).get_by_role("button", name="▽更宽 1").click()
        view = compare(v, "再问补贴")
        expect(view.get_by_role("heading", level=2)).to_have_text("再问补贴")
        expect(view.locator(".cl-point:visible")).to_have_count(3)
        expect(view.get_by_role("button", name="▽更宽 1")).to_have_attribute("aria-pressed", "false")


def test_the_base_chosen_is_the_first_column_and_the_others_are_seen_from_it(visit):
    with visit() as v:
        compare(v)
        v.page.get_by_label("基准").click()
        v.page.get_by_role("option", name="南河").click()
        view = compare(v)
        expect(view.get_by_role("columnheader").nth(0)).to_contain_text("南河")
        expect(view.get_by_role("columnheader").nth(0)).to_contain_text("基准")


def test_whole_texts_are_folds_by_chapter_with_counts_of_labels(visit):
    with visit() as v:
        view = whole(v)
        folds = view.locator(".cl-matter")
        expect(folds).to_have_count(3)
        expect(view.get_by_role("heading", name="一、待遇")).to_be_visible()
        expect(folds.nth(0).locator("> summary")).to_contain_text("一、（一）健全收入分配制度")
        expect(folds.nth(0).locator("> summary")).to_contain_text("▽更宽 1")
        expect(folds.nth(0).get_by_role("table")).to_be_hidden()
        folds.nth(0).locator("> summary").click()
        expect(folds.nth(0).get_by_role("table")).to_be_visible()
        view.get_by_role("button", name="一致").click()
        expect(view.locator(".cl-matter:visible")).to_have_count(1)
        expect(view.locator(".cl-matter:visible > summary")).to_contain_text("加强培训")
        view.get_by_role("button", name="一致").click()
        view.get_by_role("button", name="全部展开").click()
        expect(view.get_by_role("table")).to_have_count(3)


def test_an_address_compares_again(visit):
    with visit(where=f"?compare={quote('学时')}&doc=north&doc=south&base=south") as v:
        view = v.page.locator("#cl-compared .cl-compare")
        expect(view.get_by_role("heading", level=2)).to_have_text("学时")
        expect(view.get_by_role("columnheader")).to_have_count(2)
        expect(view.get_by_role("columnheader").nth(0)).to_contain_text("南河")
        expect(v.page.get_by_role("textbox", name="对照的话题")).to_have_value("学时")
        address = view.get_by_role("link", name="这次对照的链接").get_attribute("href")
    with visit(where=address) as v:
        expect(v.page.locator("#cl-compared .cl-compare h2")).to_have_text("学时")
    with visit(where="?compare=*") as v:
        expect(v.page.locator("#cl-compared .cl-matter")).to_have_count(3)


# address, what is told
REFUSED = [
    ("?compare=%20", "话题是空的"),
    ("?compare=x&doc=north", "对照至少要两份文件"),
    ("?compare=x&base=nowhere", "没有编号为 nowhere 的文件"),
    ("?compare=*&base=nowhere", "没有编号为 nowhere 的文件"),
]


@pytest.mark.parametrize(("where", "told"), REFUSED)
def test_an_address_that_cannot_be_compared_is_told_so(visit, where, told):
    with visit(where=where) as v:
        expect(v.page.locator("#cl-compared").get_by_role("alert")).to_contain_text(told)


def test_a_topic_that_no_text_rules_on_is_told_so(visit):
    with visit() as v:
        view = compare(v, "停车")
        expect(view.get_by_role("status")).to_contain_text("未找到依据")
        expect(view.get_by_role("table")).to_have_count(0)


def test_a_fault_while_comparing_is_a_sentence_and_the_page_goes_on(visit):
    with visit() as v:
        compare(v, "崩溃")
        expect(v.page.get_by_text("这次没有成功，是程序的问题")).to_be_visible()
        expect(v.page.locator("[aria-busy=true]")).to_have_count(0)
        expect(compare(v).get_by_role("columnheader")).to_have_count(3)


def test_script_in_topic_and_texts_is_shown_and_does_not_run(visit):
    with visit() as v:
        view = compare(v, f"补贴{EVIL}")
        expect(view.get_by_role("heading", level=2)).to_have_text(f"补贴{EVIL}")
        expect(view.get_by_role("note")).to_contain_text(EVIL)
        expect(view.locator(".cl-reason").first).to_contain_text(EVIL)
        expect(view.get_by_role("columnheader").nth(2)).to_contain_text(EVIL)
        expect(v.page.locator("img[src=x]")).to_have_count(0)
        expect(whole(v).locator(".cl-matter-title").first).to_contain_text(EVIL)
        expect(v.page.locator("img[src=x]")).to_have_count(0)
    with visit(where=f"?compare={quote(EVIL)}") as v:
        expect(v.page.locator("#cl-compared h2")).to_have_text(EVIL)
        expect(v.page.locator("img[src=x]")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_a_point_is_a_card_that_names_each_text(visit, width):
    with visit(width=width) as v:
        view = compare(v)
        cells = view.locator(".cl-point").nth(0).get_by_role("cell")
        for cell, name in zip(cells.all(), ("北山", "南河"), strict=False):
            expect(cell.locator(".cl-name")).to_have_text(name)
            expect(cell.locator(".cl-name")).to_be_visible()
            box = cell.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        assert v.page.evaluate(OVERFLOW) <= 0
        view = whole(v)
        view.get_by_role("button", name="全部展开").click()
        expect(view.get_by_role("table").first).to_be_visible()
        assert v.page.evaluate(OVERFLOW) <= 0


def test_the_head_of_the_table_stays_in_view(visit):
    with visit() as v:
        v.page.set_viewport_size({"width": 1280, "height": 360})
        view = compare(v)
        view.locator(".cl-between").last.scroll_into_view_if_needed()
        expect(view.get_by_role("columnheader").nth(0)).to_be_in_viewport()


def test_comparing_needs_the_keyboard_alone(visit):
    with visit() as v:
        v.page.get_by_role("tab", name="对照", exact=True).focus()
        v.page.keyboard.press("Enter")
        expect(v.page.get_by_role("textbox", name="对照的话题")).to_be_visible()
        v.page.keyboard.press("/")
        v.page.keyboard.type("学时")
        v.page.keyboard.press("Enter")
        view = v.page.locator("#cl-compared .cl-compare")
        view.get_by_role("button", name="一致").focus()
        v.page.keyboard.press("Space")
        expect(view.get_by_role("button", name="一致")).to_have_attribute("aria-pressed", "true")
        view.locator(".cl-redline summary").first.focus()
        v.page.keyboard.press("Enter")
        expect(view.locator("del").first).to_be_visible()
