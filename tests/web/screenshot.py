"""Pictures of a page that is being served: `python tests/web/screenshot.py ADDRESS QUESTION FILE.png [WIDTH]`."""

from __future__ import annotations

import shutil
import sys

from playwright.sync_api import sync_playwright


def screenshot(address, question, path, width=1440):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = chromium.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
        page.goto(address)
        box = page.get_by_role("textbox", name="问题")
        box.fill(question)
        box.press("Enter")
        page.locator(".cl-answer, .cl-error").first.wait_for()
        box.blur()
        page.wait_for_timeout(300)
        page.screenshot(path=path, full_page=True)
        chromium.close()


if __name__ == "__main__":
    address, question, path, *width = sys.argv[1:]
    screenshot(address, question, path, *map(int, width))
