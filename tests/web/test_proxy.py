"""The server behind a reverse proxy, below a prefix."""

from __future__ import annotations

from pathlib import Path

import pytest
from gradio_client import Client
from playwright.sync_api import expect
from processes import free_port, serving
from programs import call_tool, client
from tiny_proxy import PREFIX, proxied
from visitor import Visit

import app

PAGE = str(Path(__file__).with_name("shared_page.py"))
WAYS = [pytest.param(True, id="without-prefix"), pytest.param(False, id="with-prefix")]


@pytest.fixture(scope="module")
def below(tmp_path_factory):
    """A server that is told its prefix."""
    errors = tmp_path_factory.mktemp("below") / "stderr"
    yield from serving(errors, PAGE, str(free_port()), "-", f"{PREFIX}/", "1000")


@pytest.mark.web
@pytest.mark.parametrize("strips", WAYS)
def test_the_page_works_below_the_prefix_and_asks_for_nothing_outside_it(browser, below, strips):
    # Visit fails on any request that is not below the address it is given.
    with proxied(below[0], strips=strips) as address, Visit(browser, address) as v:
        v.ask("补贴")
        expect(v.page.locator("#cl-answer .cl-says")).not_to_have_count(0)
        v.page.goto(f"{address}?clause=south/2")
        expect(v.page.locator('[id="clause-south/2"]')).to_be_in_viewport()


@pytest.mark.web
@pytest.mark.parametrize("strips", WAYS)
def test_the_address_follows_what_is_seen_below_the_prefix(browser, below, strips):
    with proxied(below[0], strips=strips) as address, Visit(browser, address) as v:
        v.ask("补贴")
        v.page.wait_for_url(f"{address}?q=**")
        v.tab("语料")
        v.page.wait_for_url(f"{address}#corpus")
        v.page.go_back()
        v.page.wait_for_url(f"{address}?q=**")
        expect(v.page.locator("#cl-answer .cl-says")).not_to_have_count(0)


@pytest.mark.parametrize("strips", WAYS)
def test_programs_work_below_the_prefix(below, strips):
    with proxied(below[0], strips=strips) as address:
        with client(address) as held:
            assert held.get("health").json() == {"status": "ok"}
            assert held.post("api/ask", json={"question": "补贴"}).json()["status"] == "answered"
            assert held.get("api/openapi.json").json()["servers"] == [{"url": f"{PREFIX}/api"}]
        assert Client(address, verbose=False).predict(question="补贴", api_name="/ask")["status"] == "answered"
        assert call_tool(f"{address}mcp", "ask", {"question": "补贴"}).structuredContent["status"] == "answered"


def test_the_server_itself_still_answers_without_the_prefix(below):
    with client(below[0]) as held:
        assert held.get("/health").status_code == 200
        assert held.get("/").status_code == 200


def test_the_page_is_told_the_address_that_people_use(below):
    with proxied(below[0], strips=True, proto="https") as address, client(address) as held:
        host = address.split("/")[2]
        assert held.get("config").json()["root"] == f"https://{host}{PREFIX}"


@pytest.mark.parametrize("path", ["policy", "/po licy", "/a//b", "http://x/policy", "/政策", "/../x?y"])
def test_a_prefix_that_is_none_is_told_before_anything_is_loaded(path, capsys):
    assert app.main(["--root-path", path, "--port", str(free_port())]) == 2
    assert "--root-path" in capsys.readouterr().err
