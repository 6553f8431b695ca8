"""A browser, and the page served from a process of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from processes import free_port, serving
from visitor import Visit

from eval.bench.browser import ARGUMENTS, BROWSER


@pytest.fixture(scope="session")
def browser():
    if BROWSER is None:
        reason = "no chromium on this machine: install Debian's `chromium` to run the browser tests"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The page over the fake engine."""
    errors = tmp_path_factory.mktemp("fake") / "stderr"
    page = Path(__file__).with_name("fake_page.py")
    yield from serving(errors, str(page), str(free_port()), str(errors.with_name("feedback.sqlite")))


@pytest.fixture(scope="session")
def real_server(tmp_path_factory):
    """The page as people start it, over the shipped corpus."""
    errors = tmp_path_factory.mktemp("real") / "stderr"
    yield from serving(errors, "app.py", "--port", str(free_port()))


@pytest.fixture
def visit(browser, server):
    return lambda **options: Visit(browser, server[0], **options)
