"""A server that is stopped and started again while somebody has a page open."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from processes import free_port, serving
from visitor import Visit

from search.feedback import FeedbackStore

pytestmark = pytest.mark.web
PAGE = str(Path(__file__).with_name("fake_page.py"))


def test_addresses_draft_and_feedback_outlive_the_server(browser, tmp_path):
    port, store = str(free_port()), tmp_path / "feedback.sqlite"
    first = serving(tmp_path / "first", PAGE, port, str(store))
    address, _ = next(first)
    second = None
    try:
        with Visit(browser, address) as v:
            v.tab("简报")
            box = v.page.get_by_role("textbox", name="加入的话题")
            box.fill("补贴")
            box.press("Enter")
            expect(v.page.locator("#cl-draft .cl-entries b")).to_have_text(["补贴"])
            v.tab("问答")
            v.ask("学时多少")
            expect(v.page.locator(".cl-answer h2")).to_have_text("学时多少")
            v.page.get_by_role("button", name="✓ 对", exact=True).click()
            expect(v.page.locator("#cl-judge").get_by_role("status")).to_contain_text("已记下")
            said = v.page.locator(".cl-answer .cl-says").all_text_contents()

            first.close()
            second = serving(tmp_path / "second", PAGE, port, str(store))
            assert next(second)[0] == address

            v.page.reload()
            expect(v.page.locator(".cl-answer h2")).to_have_text("学时多少")
            assert v.page.locator(".cl-answer .cl-says").all_text_contents() == said
            v.tab("简报")
            expect(v.page.locator("#cl-draft .cl-entries b")).to_have_text(["补贴"])
            v.tab("反馈")
            expect(v.page.locator("#cl-feedback")).to_contain_text("学时多少")
        assert [each.given.question for each in FeedbackStore(store).all()] == ["学时多少"]
    finally:
        first.close()
        if second is not None:
            second.close()
