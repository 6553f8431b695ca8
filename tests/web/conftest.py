"""A browser, and the page served from a process of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from visitor import Visit

ROOT = Path(__file__).parents[2]
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(**more):
    """The environment of a server: no analytics setting of its own, and a proxy that leads nowhere."""
    held = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy") and not k.startswith("GRADIO")}
    return {
        **held,
        "PYTHONPATH": str(ROOT),
        "HTTP_PROXY": "http://192.0.2.1:9",
        "HTTPS_PROXY": "http://192.0.2.1:9",
        **more,
    }


@pytest.fixture(scope="session")
def browser():
    if BROWSER is None:
        reason = "no chromium on this machine: install Debian's `chromium` to run the browser tests"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=BROWSER, args=arguments)
        yield chromium
        chromium.close()


def serving(errors, *command):
    """Start a page and yield (its address, path of what it writes to stderr)."""
    with errors.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, *command], stdout=subprocess.PIPE, stderr=stderr, text=True, env=environment(), cwd=ROOT
        )
    line = process.stdout.readline()
    try:
        assert "http://127.0.0.1:" in line, line + errors.read_text()
        yield "http" + line.split("http")[1].split("/（")[0].strip().rstrip("/") + "/", errors
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The page over the fake engine."""
    errors = tmp_path_factory.mktemp("fake") / "stderr"
    yield from serving(errors, str(Path(__file__).with_name("fake_page.py")), str(free_port()))


@pytest.fixture(scope="session")
def real_server(tmp_path_factory):
    """The page as people start it, over the shipped corpus."""
    errors = tmp_path_factory.mktemp("real") / "stderr"
    yield from serving(errors, "app.py", "--port", str(free_port()))


@pytest.fixture
def visit(browser, server):
    return lambda **options: Visit(browser, server[0], **options)
