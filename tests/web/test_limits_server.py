"""Limits, as whoever runs into them sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_engine import FakeEngine
from playwright.sync_api import expect
from processes import free_port, serving
from programs import call_tool, client
from visitor import Visit

import app
from search.question import LONGEST
from search.tabs import page

PAGE = str(Path(__file__).with_name("shared_page.py"))


@pytest.fixture
def slow(tmp_path):
    """A server where each client may ask six times a minute; the page asks a few times when it is opened."""
    yield from (address for address, _ in serving(tmp_path / "stderr", PAGE, str(free_port()), "-", "", "6"))


@pytest.mark.web
def test_the_page_says_that_somebody_asks_too_fast(browser, slow):
    with Visit(browser, slow) as v:
        for _ in range(6):
            v.ask("补贴")
            v.page.wait_for_timeout(200)
        expect(v.page.get_by_text("问得太快了：每分钟至多 6 次").first).to_be_visible()


def test_programs_are_told_with_a_status_and_a_sentence(slow):
    with client(slow) as held:
        replies = [held.post("api/ask", json={"question": "补贴"}) for _ in range(7)]
        assert [reply.status_code for reply in replies] == [200] * 6 + [429]
        assert "问得太快了" in replies[-1].json()["error"]
        assert held.get("health").status_code == 200  # and the page can still be looked at
        assert held.get("").status_code == 200


def test_a_question_too_long_is_told_everywhere(real_server):
    question = "长" * (LONGEST + 1)
    with client(real_server[0]) as held:
        reply = held.post("api/ask", json={"question": question})
    assert reply.status_code == 400
    assert f"问题有 {LONGEST + 1} 字，太长了" in reply.json()["error"]
    assert "太长了" in call_tool(f"{real_server[0]}mcp", "ask", {"question": question}).content[0].text


@pytest.mark.parametrize("rate", ["0", "-5"])
def test_a_rate_that_is_none_is_told(rate, capsys):
    assert app.main(["--rate", rate, "--port", str(free_port())]) == 2
    assert "--rate" in capsys.readouterr().err


def test_gradio_keeps_no_record_of_who_asked_when(monkeypatch):
    # It makes a table of it anew at every event, which is the slower the longer the server runs.
    for name in ("GRADIO_ANALYTICS_MAX_EVENTS", "GRADIO_ANALYTICS_CACHE_FREQUENCY"):
        monkeypatch.setenv(name, "500")  # put back afterwards
    page._unwatched()

    served = page.build_app(FakeEngine()).queue()
    assert served._queue.ANALYTICS_MAX_EVENTS == 1
    assert served._queue.ANAYLTICS_CACHE_FREQUENCY > 10**9
