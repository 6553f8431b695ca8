"""The page in a browser: how long somebody waits, from the start of the server and then from each press of Enter."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from eval.bench.figure import Figure, quantile

if TYPE_CHECKING:
    from playwright.sync_api import Page

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
FIRST, LATER = 3.0, 300.0
"""Seconds until the first answer, milliseconds until a later one: what is aimed at."""
_PATIENCE = 60_000
"""Milliseconds."""
_WHY_NOT = "要 Chromium 和 playwright（pip install .[test]）"


@contextmanager
def browsing() -> Iterator[Page | None]:
    """An empty page of a browser that is already running; None where there is no browser to drive."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        yield None
        return
    if BROWSER is None:
        yield None
        return
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        try:
            page = chromium.new_page(locale="zh-CN")
            page.set_default_timeout(_PATIENCE)
            yield page
        finally:
            chromium.close()


def browser_figures(
    page: Page | None, address: str, questions: Sequence[str], since_start: Callable[[], float]
) -> Iterator[Figure]:
    """Open the page, ask the first question, then the others; `since_start` gives the seconds since the server's start.

    A wait ends when the answer is in the page and the next frame is about to be drawn.
    """
    if page is None:
        yield Figure("浏览器里：启动到首次回答", None, "秒", FIRST, _WHY_NOT)
        yield Figure("浏览器里：之后每问，p95", None, "毫秒", LATER, _WHY_NOT)
        return
    opened = time.perf_counter()
    page.goto(address)
    _ask(page, questions[0])
    waited, total = time.perf_counter() - opened, since_start()
    yield Figure("浏览器里：启动到首次回答", total, "秒", FIRST, "从运行 python app.py 起，含打开页面、输入")
    yield Figure("浏览器里：打开页面到首次回答", waited, "秒", FIRST, "服务器已启动")
    took = [_ask(page, question) * 1000 for question in questions[1:]]
    many = f"{len(took)} 问，从按回车到答复显示"
    yield Figure("浏览器里：之后每问，p50", quantile(took, 0.5), "毫秒", None, many)
    yield Figure("浏览器里：之后每问，p95", quantile(took, 0.95), "毫秒", LATER, many)


def _ask(page: Page, question: str) -> float:
    """Seconds from Enter to the answer."""
    box = page.locator("#cl-question textarea, #cl-question input").first
    box.fill(question)
    began = time.perf_counter()
    box.press("Enter")
    shown = "asked => [...document.querySelectorAll('.cl-answer')].some((one) => one.dataset.asked === asked)"
    page.wait_for_function(shown, arg=question)
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(drawn))")
    return time.perf_counter() - began
