"""A briefing put together on the page and downloaded, in a real browser, over the fake engine."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import ProxyHandler, build_opener

import docx
import openpyxl
import pptx
import pytest
from fake_engine import EVIL
from playwright.sync_api import expect

pytestmark = pytest.mark.web

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def begin(v, *topics):
    """Open the tab and type the topics."""
    v.page.get_by_role("tab", name="简报").click()
    for topic in topics:
        count = v.page.locator(".cl-entries li").count()
        box = v.page.get_by_role("textbox", name="加入的话题")
        box.fill(topic)
        box.press("Enter")
        expect(v.page.locator(".cl-entries li")).to_have_count(count + 1)
        expect(box).to_have_value("")
    return v.page.locator("#cl-draft")


def names(v):
    return v.page.locator(".cl-entries header b").all_text_contents()


def preview(v):
    v.page.get_by_role("button", name="预览").click()
    return v.page.locator("#cl-preview .cl-briefing")


def download(v, words):
    with v.page.expect_download() as held:
        v.page.get_by_role("button", name=words).click()
    return held.value


def words_of(download):
    """What a reader finds in the file."""
    name = download.suggested_filename
    content = io.BytesIO(Path(download.path()).read_bytes())
    if name.endswith(".docx"):
        file = docx.Document(content)
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])
    if name.endswith(".pptx"):
        shapes = [shape for slide in pptx.Presentation(content).slides for shape in slide.shapes]
        cells = [cell.text for s in shapes if s.has_table for row in s.table.rows for cell in row.cells]
        return "\n".join([*(s.text_frame.text for s in shapes if s.has_text_frame), *cells])
    if name.endswith(".xlsx"):
        sheets = openpyxl.load_workbook(content).worksheets
        return "\n".join(str(value) for sheet in sheets for row in sheet.values for value in row if value)
    return content.read().decode()


def test_two_topics_ordered_and_noted_are_shown_so(visit):
    with visit() as v:
        draft = begin(v, "补贴", "学时")
        notes = draft.get_by_label("备注")
        notes.nth(0).fill("先讲钱。")
        notes.nth(1).fill("再讲学。")
        draft.get_by_label("标题").fill("山区培训")
        draft.get_by_label("开头的说明").fill("供内部使用。\n第二段。")
        draft.get_by_role("button", name="下移：补贴").click()
        expect(draft.locator(".cl-entries b").nth(0)).to_have_text("学时")
        expect(notes.nth(0)).to_have_value("再讲学。")
        expect(notes.nth(1)).to_have_value("先讲钱。")
        shown = preview(v)
        expect(shown.locator("h2")).to_have_text("山区培训")
        expect(shown.locator(".cl-section h3")).to_have_text(["学时", "补贴"])
        expect(shown.locator(".cl-section").nth(0)).to_contain_text("再讲学。")
        expect(shown).to_contain_text("第二段。")
        expect(shown.get_by_role("table").nth(0)).to_contain_text("每年参加继续教育不少于90学时")


def test_what_is_in_the_preview_opens_in_the_source(visit):
    with visit() as v:
        begin(v, "学时")
        preview(v).get_by_role("link", name="看原文：南河 第二条").click()
        expect(v.page.locator("#cl-source .cl-cited mark")).to_have_text("每年接受继续教育不少于九十学时")


@pytest.mark.parametrize("words", ["Word 文档", "幻灯片", "Excel 表格", "Markdown"])
def test_each_kind_of_file_is_downloaded_and_says_what_was_put_together(visit, words):
    with visit() as v:
        draft = begin(v, "补贴", "学时")
        draft.get_by_label("标题").fill("山区/培训")
        draft.get_by_label("备注").nth(1).fill("再讲学。")  # still in the box when the button is pressed
        file = download(v, words)
        suffix = {"Word 文档": "docx", "幻灯片": "pptx", "Excel 表格": "xlsx", "Markdown": "md"}[words]
        assert file.suggested_filename == f"山区 培训.{suffix}"
        said = words_of(file)
        for held in ("补贴", "学时", "再讲学。", "每月发给山区补贴二百元"):
            assert held in said


def test_a_comparison_is_brought_over_by_its_button(visit):
    with visit() as v:
        v.page.get_by_role("tab", name="对照", exact=True).click()
        box = v.page.get_by_role("textbox", name="对照的话题")
        box.fill("补贴")
        box.press("Enter")
        v.page.get_by_role("button", name="加入简报：补贴").click()
        expect(v.page.get_by_text("已加入简报，共 1 项")).to_be_visible()
        v.page.get_by_role("button", name="整份文件逐条对照").click()
        v.page.get_by_role("button", name="本章加入简报：一、待遇").click()
        expect(v.page.get_by_text("已加入简报，共 2 项")).to_be_visible()
        v.page.get_by_role("button", name="整份加入简报").click()
        expect(v.page.get_by_text("已加入简报，共 3 项")).to_be_visible()
        begin(v)
        expect(v.page.locator(".cl-entries b")).to_have_text(["补贴", "北山 一、待遇（整章）", "整份对照"])
        sections = preview(v).locator(".cl-section h3")
        expect(sections).to_have_count(4)  # the chapter's two clauses come again in the whole


def test_a_chapter_is_picked_from_a_list(visit):
    with visit() as v:
        begin(v)
        v.page.get_by_label("章或条").click()
        v.page.get_by_role("option", name="一、待遇（整章）").click()
        v.page.get_by_role("button", name="加入所选章条").click()
        expect(v.page.locator(".cl-entries b")).to_have_text(["北山 一、待遇（整章）"])
        v.page.get_by_role("button", name="加入整份对照").click()
        expect(v.page.locator(".cl-entries b").nth(1)).to_have_text("整份对照")


def test_a_topic_is_in_it_once_and_an_empty_one_is_told(visit):
    with visit() as v:
        begin(v, "补贴")
        box = v.page.get_by_role("textbox", name="加入的话题")
        box.fill("补贴")
        box.press("Enter")
        expect(box).to_have_value("")
        box.fill("  ")
        box.press("Enter")
        expect(v.page.get_by_text("没有写话题。")).to_be_visible()
        assert names(v) == ["补贴"]


def test_an_entry_is_moved_and_dropped_by_the_keyboard_which_stays_with_it(visit):
    with visit() as v:
        draft = begin(v, "甲", "乙", "丙")
        draft.get_by_role("button", name="上移：丙").focus()
        v.page.keyboard.press("Enter")
        expect(draft.get_by_role("button", name="上移：丙")).to_be_focused()
        v.page.keyboard.press("Enter")
        expect(draft.locator(".cl-entries b")).to_have_text(["丙", "甲", "乙"])
        expect(draft.get_by_role("button", name="上移：丙")).to_be_focused()
        expect(draft.get_by_role("button", name="上移：丙")).to_have_attribute("aria-disabled", "true")
        expect(draft.get_by_role("status")).to_have_text("“丙”现在是第 1 项，共 3 项。")
        draft.get_by_role("button", name="移除：丙").focus()
        v.page.keyboard.press("Enter")
        expect(draft.locator(".cl-entries b")).to_have_text(["甲", "乙"])
        expect(draft.get_by_role("button", name="移除：甲")).to_be_focused()


def test_a_preview_that_no_longer_holds_says_so(visit):
    with visit() as v:
        draft = begin(v, "补贴")
        expect(preview(v)).to_be_visible()
        expect(draft.locator(".cl-stale")).to_have_count(0)
        begin(v, "学时")
        expect(draft.locator(".cl-stale")).to_be_visible()
        expect(preview(v).locator(".cl-section")).to_have_count(2)
        expect(draft.locator(".cl-stale")).to_have_count(0)


def test_what_cannot_be_compared_is_told_and_nothing_is_downloaded(visit):
    with visit() as v:
        begin(v, "补贴")
        v.page.get_by_role("checkbox", name="北山").locator("visible=true").check()
        v.page.get_by_role("button", name="Word 文档").click()
        expect(v.page.locator("#cl-preview").get_by_role("alert")).to_contain_text("对照至少要两份文件")
        expect(v.page.locator("[aria-busy=true]")).to_have_count(0)


def test_two_people_do_not_see_each_others_briefing(visit):
    with visit() as one, visit() as other:
        begin(one, "补贴").get_by_label("备注").fill("甲的备注")
        begin(other, "学时")
        assert names(one) == ["补贴"]
        assert names(other) == ["学时"]
        shown = preview(other)
        expect(shown.locator(".cl-section h3")).to_have_text(["学时"])
        expect(shown).not_to_contain_text("甲的备注")
        assert "甲的备注" in words_of(download(one, "Markdown"))
        assert "甲的备注" not in words_of(download(other, "Markdown"))
        assert names(other) == ["学时"]


def test_a_download_leaves_no_address_that_another_could_open(visit):
    with visit() as v:
        begin(v, "补贴")
        before = len(v.requests)
        assert download(v, "Markdown").url.startswith("blob:")
        assert not [url for url in v.requests[before:] if "file=" in url]


@pytest.mark.parametrize("path", ["/etc/passwd", "app.py", "pyproject.toml", "corpus/manifest.toml", "/tmp"])
def test_files_of_the_machine_cannot_be_fetched(server, path):
    with pytest.raises(HTTPError) as refused:
        build_opener(ProxyHandler({})).open(f"{server[0]}gradio_api/file={quote(path)}")
    with refused.value as answer:
        assert answer.code in (403, 404)


def test_script_in_topic_title_and_note_is_shown_and_does_not_run(visit):
    with visit() as v:
        draft = begin(v, EVIL)
        draft.get_by_label("标题").fill(EVIL)
        draft.get_by_label("备注").fill(f"</textarea>{EVIL}")
        shown = preview(v)
        expect(shown.locator("h2")).to_have_text(EVIL)
        expect(shown.locator("h3")).to_have_text(EVIL)
        expect(shown).to_contain_text(f"</textarea>{EVIL}")
        expect(draft.get_by_label("备注")).to_have_value(f"</textarea>{EVIL}")
        expect(draft.locator(".cl-entries b")).to_have_text(EVIL)
        expect(v.page.locator("img[src=x]")).to_have_count(0)
        assert "<script>" not in words_of(download(v, "Markdown"))


@pytest.mark.parametrize("width", [360, 390])
def test_a_briefing_fits_a_phone(visit, width):
    with visit(width=width) as v:
        draft = begin(v, "补贴", "一个很长很长的话题" * 8)
        for control in draft.locator("button, input, textarea").all():
            box = control.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        assert v.page.evaluate(OVERFLOW) <= 0
        expect(preview(v)).to_be_visible()
        assert v.page.evaluate(OVERFLOW) <= 0
