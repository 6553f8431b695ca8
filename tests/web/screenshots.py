"""Pictures of every tab, at 1440 and 390, light and dark: `make screenshots`, or `python tests/web/screenshots.py`.

The page is served from a process of its own over a copy of the shipped texts, so that what is clicked here leaves
nothing behind.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import expect, sync_playwright
from processes import ROOT, free_port, serving

from eval.bench.browser import BROWSER

WIDTHS = {1440: 900, 390: 844}
COLOURS = 64
SCHEMES = ("light", "dark")
ASKED = ("每年的继续教育要学满多少学时？", "在乡镇干了二十年，评高级职称还受不受岗位名额限制？", "成都的补贴有多少？")
TOPIC = "继续教育"


def line(page, name, words, shown):
    box = page.get_by_role("textbox", name=name)
    box.fill(words)
    box.press("Enter")
    expect(page.locator(shown).first).to_be_visible(timeout=30_000)
    box.blur()


def tab(page, name):
    page.get_by_role("tab", name=name).click()


def answers(page):
    """The tab 问答: before the first question, answered, followed up, and with a "no"."""
    yield "welcome"
    for name, question in zip(("answer", "follow-up", "no"), ASKED, strict=True):
        line(page, "问题", question, f'.cl-answer[data-asked="{question}"]')
        yield name
    page.get_by_role("button", name="✗ 不对").click()
    yield "judging"
    page.get_by_label("备注").fill("问的是外地，不用列别处的规定")
    page.get_by_role("button", name="记下").click()
    expect(page.locator("#cl-judge").get_by_role("status")).to_be_visible()


def others(page):
    """The other tabs, each with something in it."""
    tab(page, "条款检索")
    line(page, "检索词", "岗位结构比例", "#cl-found .cl-hit")
    yield "search"
    tab(page, "对照")
    line(page, "对照的话题", TOPIC, "#cl-compared .cl-point")
    yield "compare"
    page.locator("#cl-compared").get_by_role("button", name="加入简报").click()
    tab(page, "简报")
    page.get_by_role("button", name="预览").click()
    expect(page.locator("#cl-preview .cl-briefing")).to_be_visible(timeout=30_000)
    yield "briefing"
    tab(page, "原文")
    expect(page.locator("#cl-source .cl-text")).to_be_visible()
    yield "source"
    tab(page, "反馈")
    expect(page.locator("#cl-feedback .cl-feedback-list")).to_be_visible()
    yield "feedback"
    tab(page, "语料")
    yield "corpus"


def shrunk(path):
    """The picture with as few colours as a page needs; gives its size in KB."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size // 1000


def take(browser, address, folder):
    for width, height in WIDTHS.items():
        for scheme in SCHEMES:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                locale="zh-CN",
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            page.goto(address)
            expect(page.locator(".cl-welcome")).to_be_visible()
            for shown in (answers, others):
                for name in shown(page):
                    page.evaluate("end => window.scrollTo(0, end ? document.body.scrollHeight : 0)", name == "judging")
                    page.locator(".toast-body").evaluate_all("toasts => toasts.forEach((toast) => toast.remove())")
                    page.wait_for_timeout(300)
                    path = folder / f"{name}-{width}-{scheme}.png"
                    page.screenshot(path=path, animations="disabled")
                    sys.stdout.write(f"{path} {shrunk(path)} KB\n")
            page.close()


def main(folder=ROOT / "docs" / "screenshots"):
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        corpus = Path(place) / "corpus"
        shutil.copytree(
            ROOT / "corpus", corpus, ignore=shutil.ignore_patterns("*.py", "__pycache__", "feedback.sqlite*")
        )
        server = serving(Path(place) / "stderr", "app.py", "--port", str(free_port()), "--corpus", str(corpus))
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        try:
            take(browser, next(server)[0], folder)
        finally:
            browser.close()
            server.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
