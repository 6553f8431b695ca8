"""Every tab with something in it, step by step, whatever the language of the page: each step is named once shown."""

from __future__ import annotations

from playwright.sync_api import expect

FIRST, NOT_HELD, NO_BASIS, SILENT, FOLLOW_UP = (
    "每年的继续教育要学满多少学时？",
    "成都的补贴有多少？",
    "食堂几点开饭",
    "重庆的食堂几点开饭",
    "聊城怎么说",
)


def line(page, box, words, shown):
    """Write a line and send it."""
    field = page.locator(f"{box} textarea, {box} input").first
    field.fill(words)
    field.press("Enter")
    expect(page.locator(shown).first).to_be_visible()


def ask(page, question):
    line(page, "#cl-question", question, f'.cl-answer[data-asked="{question}"]')


def clear(page):
    page.locator("#cl-clear").click()
    expect(page.locator(".cl-welcome")).to_be_visible()


def unfold(page, *within):
    """Open all that is folded in these parts, so that it is seen."""
    for part in within:
        page.locator(f"{part} details").evaluate_all("parts => parts.forEach((part) => (part.open = true))")


def answers(page):
    """The first tab: before a question, answered, followed up, judged, and with each kind of "no"."""
    yield "welcome"
    ask(page, FIRST)
    unfold(page, "#cl-answer")
    yield "answer"
    ask(page, FOLLOW_UP)
    unfold(page, "#cl-answer")
    yield "follow-up"
    for status, question in (("not_held", NOT_HELD), ("no_basis", NO_BASIS), ("silent", SILENT)):
        clear(page)
        ask(page, question)
        expect(page.locator(f'.cl-answer[data-status="{status}"]')).to_be_visible()
        unfold(page, "#cl-answer")
        yield status
    page.locator('[data-judge="wrong"]').click()
    yield "judging"
    page.locator('[data-field="typed"]').fill("没有这一条")
    page.locator('[data-judge="send"]').click()
    expect(page.locator("#cl-judge .cl-error")).to_be_visible()
    yield "a clause that is not there"
    page.locator('[data-field="typed"]').fill("")
    page.locator('[data-judge="send"]').click()
    expect(page.locator('[data-judge="undo"]')).to_be_visible()
    yield "judged"
    clear(page)
    line(page, "#cl-question", "？", "#cl-answer .cl-error")
    yield "a question without words"


def searches(page):
    """The tab of searches: found, more like it, and nothing found."""
    page.get_by_role("tab").nth(1).click()
    line(page, "#cl-query", "岗位结构比例", "#cl-found .cl-hit")
    unfold(page, "#cl-found")
    yield "search"
    page.locator("#cl-chapter input").click()
    yield "chapters"
    page.keyboard.press("Escape")
    page.locator("#cl-found [data-like]").first.click()
    expect(page.locator("#cl-found .cl-own")).to_be_visible()
    unfold(page, "#cl-found")
    yield "more like this"
    page.get_by_role("radio").nth(3).check()  # by words: by meaning there is always something
    line(page, "#cl-query", "qxz", "#cl-found .cl-empty")
    yield "nothing found"


def comparisons(page):
    """The tab of comparisons: a topic, one on which no text rules, and whole texts; two entries for a briefing."""
    page.get_by_role("tab").nth(2).click()
    line(page, "#cl-topic", "继续教育", "#cl-compared .cl-point")
    unfold(page, "#cl-compared")
    page.locator("#cl-compared [data-filter]").first.click()
    yield "topic"
    page.locator("#cl-compared [data-add]").first.click()
    expect(page.locator(".toast-body")).to_be_visible()
    yield "added"
    line(page, "#cl-topic", "火星移民", "#cl-compared .cl-nothing")
    yield "nothing to compare"
    page.locator("#cl-whole").click()
    expect(page.locator("#cl-compared .cl-matter").first).to_be_visible()
    page.locator("#cl-compared .cl-matter").first.click()
    unfold(page, "#cl-compared")
    yield "whole texts"
    page.locator('#cl-compared [data-add="part"]').nth(1).click()


def briefings(page):
    """The tab of briefings: two entries, nothing chosen for one more, moved, looked at with whole texts and without."""
    page.get_by_role("tab").nth(3).click()
    expect(page.locator(".cl-entries > li")).to_have_count(2)
    yield "entries"
    page.locator("#cl-add-part").click()
    expect(page.locator(".toast-body").last).to_be_visible()
    yield "nothing chosen"
    page.locator("#cl-add-whole").click()
    expect(page.locator(".cl-entries > li")).to_have_count(3)
    page.locator('.cl-draft [data-act="up"]').last.click()
    expect(page.locator(".cl-draft [role=status]")).not_to_be_empty()
    yield "moved"
    page.locator('.cl-draft [data-act="preview"]').click()
    expect(page.locator("#cl-preview .cl-briefing")).to_be_visible()
    unfold(page, "#cl-preview")
    yield "preview with whole texts"
    page.locator('.cl-entries > li [data-act="drop"]').nth(1).click()
    expect(page.locator(".cl-entries > li")).to_have_count(2)
    expect(page.locator(".cl-stale")).to_be_visible()
    page.locator('.cl-draft [data-act="preview"]').click()
    expect(page.locator(".cl-stale")).to_have_count(0)
    expect(page.locator("#cl-preview .cl-briefing")).to_be_visible()
    unfold(page, "#cl-preview")
    yield "preview"
    page.locator('.cl-draft [data-field="front"]').fill("本单位用")
    page.locator('.cl-draft [data-field="title"]').fill("对照")
    expect(page.locator(".cl-stale")).to_be_visible()
    yield "stale"


def rest(page):
    """The texts, feedback and corpus."""
    page.get_by_role("tab").nth(4).click()
    expect(page.locator("#cl-source .cl-text")).to_be_visible()
    yield "text"
    page.locator("#cl-chosen input").click()
    yield "texts"
    page.keyboard.press("Escape")
    page.locator("#cl-source [data-find]").fill("没有这几个字")
    yield "not found in the text"
    page.get_by_role("tab").nth(5).click()
    expect(page.locator("#cl-feedback .cl-feedback-list")).to_be_visible()
    yield "feedback"
    page.locator('#cl-feedback [data-act="accept"], #cl-feedback [data-act="forget"]').first.click()
    page.locator('#cl-feedback [data-act="forget"]').last.click()
    yield "asked back"
    page.locator('#cl-feedback [data-act="forget"]').last.click()
    expect(page.locator("#cl-feedback .cl-empty")).to_be_visible()
    yield "deleted"
    page.get_by_role("tab").nth(6).click()
    expect(page.locator("#cl-corpus .cl-holding")).to_be_visible()
    yield "corpus"


TOUR = (answers, searches, comparisons, briefings, rest)
