"""The report of an evaluation, opened from disk in a real browser."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from made_report import CASES, EVIL, rankings_alone, write_made
from playwright.sync_api import expect

pytestmark = pytest.mark.web

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def opened(browser, tmp_path):
    @contextmanager
    def open_report(width=1440, made=None, refused=0):
        address = write_made(tmp_path, made)[1].as_uri()
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", offline=True)
        page = context.new_page()
        requests, faults = [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(address)
        yield page
        assert {url.partition("#")[0] for url in requests} == {address}
        assert sum("Content Security Policy" in fault for fault in faults) == len(faults) == refused
        assert page.evaluate("window.pwned") is None
        context.close()

    return open_report


def ids(page):
    return page.locator("#rows tbody tr:visible .qid").all_inner_texts()


def test_filters_leave_the_questions_that_fit(opened):
    with opened() as page:
        assert ids(page) == list(CASES)
        page.get_by_role("combobox", name="判断").select_option("wrong_clause")
        assert ids(page) == ["wrong_clause"]
        expect(page.locator("output")).to_have_text("1 / 8 问")
        page.get_by_role("combobox", name="判断").select_option("!right")
        assert ids(page) == [query_id for query_id in CASES if not query_id.startswith("right")]
        page.get_by_role("combobox", name="类型").select_option("none")
        assert ids(page) == ["missed_no", "wrong_no"]
        page.get_by_label("查找").fill("成都")
        assert ids(page) == ["wrong_no"]
        page.get_by_label("查找").fill("没有这个字")
        assert ids(page) == []
        expect(page.get_by_text("没有这样的问题。")).to_be_visible()


def test_questions_are_sorted(opened):
    with opened() as page:
        sort = page.get_by_role("combobox", name="排序")
        sort.select_option("gravity")
        assert ids(page)[:3] == ["missed_no", "wrong_clause", "needless_no"]
        sort.select_option("low")
        assert ids(page)[:2] == ["right_no", "wrong_no"]
        sort.select_option("rank")
        assert set(ids(page)[:2]) == {"wrong_clause", "needless_no"}
        sort.select_option("place")
        assert ids(page) == list(CASES)


def test_a_tally_leads_to_its_questions(opened):
    with opened() as page:
        page.get_by_role("link", name="1 部分对").click()
        assert ids(page) == ["partly"]
        expect(page.locator("#questions h2")).to_be_in_viewport()


def test_a_clause_opens_its_text(opened):
    with opened() as page:
        page.locator("#rows .id", has_text="city/1").first.click()
        expect(page.locator('[id="c-city/1"]')).to_be_in_viewport()


def test_script_in_a_question_is_shown_and_does_not_run(opened):
    with opened() as page:
        row = page.locator("#rows tr", has=page.get_by_text("wrong_clause", exact=True))
        expect(row.locator(".q")).to_have_text(f"怎么提工资{EVIL}")
        expect(page.locator("h1")).to_have_text(f"自编{EVIL}")
        expect(page.locator("img")).to_have_count(0)


def test_only_the_pages_own_script_is_allowed_to_run(opened):
    with opened(refused=1) as page:
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p onclick=\"window.pwned=1\" id=evil>x</p>')")
        page.locator("#evil").click()


@pytest.mark.parametrize("width", [360, 390, 1440])
@pytest.mark.parametrize("made", [None, rankings_alone()], ids=["answers", "rankings"])
def test_nothing_runs_over_the_edge(opened, width, made):
    with opened(width, made) as page:
        assert page.evaluate(OVERFLOW) <= 0
        for element in page.locator("figure, #rows td, .tally a, #filters").all():
            box = element.bounding_box()
            assert box is None or (box["x"] >= 0 and box["x"] + box["width"] <= width + 0.5)


def test_charts_follow_light_and_dark(opened):
    with opened() as page:
        label = page.locator("figure svg text").first
        colours = set()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            colours.add(label.evaluate("text => getComputedStyle(text).fill"))
        assert len(colours) == 2


def test_print_leaves_out_what_only_a_screen_can_use(opened):
    with opened(width=720) as page:  # A4 within its margins
        page.emulate_media(media="print")
        assert page.evaluate(OVERFLOW) <= 0
        expect(page.locator("#rows thead")).to_be_visible()
        expect(page.locator("#filters")).to_be_hidden()
        expect(page.locator("#rows")).to_be_visible()
