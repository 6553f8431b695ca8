"""One person in a browser."""

from __future__ import annotations

from playwright.sync_api import expect

PATIENCE = 30_000
"""Milliseconds until something that should appear is missed."""
expect.set_options(timeout=PATIENCE)


class Visit:
    """One person's page, with what the browser asked for and complained of."""

    def __init__(self, browser, address, width=1280, where="", locale="zh-CN", scheme="light"):
        self.address = address
        size = {"width": width, "height": 844}
        self.context = browser.new_context(viewport=size, locale=locale, color_scheme=scheme)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.requests, self.faults = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(address + where)
        expect(self.page.get_by_role("heading", name="条文镜")).to_be_visible()

    def ask(self, question):
        box = self.page.get_by_role("textbox", name="问题")
        box.fill(question)
        box.press("Enter")

    def tab(self, name):
        self.page.get_by_role("tab", name=name, exact=True).click()

    def search(self, text):
        self.tab("条款检索")
        box = self.page.get_by_role("textbox", name="检索词")
        box.fill(text)
        box.press("Enter")
        return self.page.locator("#cl-found .cl-search")

    def foreign(self):
        ours = (self.address, self.address.replace("http", "ws"), "data:", "blob:")
        return [url for url in self.requests if not url.startswith(ours)]

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        pwned = self.page.evaluate("window.pwned")
        self.context.close()
        if kind is None:
            assert self.foreign() == []
            assert self.faults == []
            assert pwned is None
