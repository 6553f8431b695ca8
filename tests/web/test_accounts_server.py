"""A server that people have to log in to: the page in a browser, and programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from gradio_client import Client
from gradio_client.exceptions import AuthenticationError
from playwright.sync_api import expect
from processes import free_port, serving
from programs import call_tool, client
from tiny_proxy import proxied

import app
from search.serving.accounts import add_account, remove_account

PAGE = str(Path(__file__).with_name("shared_page.py"))
NAME, PASSWORD = "李雷", "secret-123"
SHUT = [
    ("GET", "config"),
    ("GET", "theme.css"),
    ("GET", "gradio_api/info"),
    ("GET", "gradio_api/openapi.json"),
    ("GET", "gradio_api/queue/data?session_hash=a"),
    ("GET", "gradio_api/heartbeat/a"),
    ("POST", "gradio_api/queue/join"),
    ("POST", "gradio_api/call/ask"),
    ("POST", "gradio_api/component_server"),
    ("GET", "api/openapi.json"),
    ("POST", "api/ask"),
    ("POST", "mcp"),
    ("GET", "mcp/sse"),
    ("POST", "gradio_api/mcp/"),
    ("GET", "gradio_api/mcp/schema"),
    ("GET", "static/img/logo.svg"),
    ("GET", "assets/index.js"),
]


@pytest.fixture(scope="module")
def accounts(tmp_path_factory):
    path = tmp_path_factory.mktemp("accounts") / "accounts"
    add_account(path, NAME, PASSWORD)
    return path


@pytest.fixture(scope="module")
def guarded(tmp_path_factory, accounts):
    errors = tmp_path_factory.mktemp("guarded") / "stderr"
    feedback = str(errors.with_name("feedback.sqlite"))
    yield from (address for address, _ in serving(errors, PAGE, str(free_port()), str(accounts), "", "1000", feedback))


@pytest.fixture
def page(browser, guarded):
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(guarded)
    yield page
    context.close()


def log_in(page, password=PASSWORD, name=NAME):
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def ask(page, question):
    box = page.get_by_role("textbox", name="问题")
    box.fill(question)
    box.press("Enter")


@pytest.mark.parametrize(("method", "way"), SHUT)
def test_every_way_in_is_shut(guarded, method, way):
    with client(guarded) as held:
        reply = held.request(method, way)
    assert reply.status_code == 401
    assert "要登录" in reply.json()["error"]


def test_files_are_not_there_for_anybody(guarded):
    with client(guarded, auth=(NAME, PASSWORD)) as held:
        assert held.get("gradio_api/file=/etc/hosts").status_code == 404


def test_health_is_open(guarded):
    with client(guarded) as held:
        reply = held.get("health")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok"})


def test_programs_log_in_by_basic(guarded):
    with client(guarded, auth=(NAME, PASSWORD)) as held:
        assert held.post("api/ask", json={"question": "补贴"}).json()["status"] == "answered"
        assert held.get("api/openapi.json").status_code == 200
        assert held.get("gradio_api/info").status_code == 200


def test_an_mcp_client_logs_in_by_basic(guarded):
    result = call_tool(f"{guarded}mcp", "ask", {"question": "补贴"}, auth=(NAME, PASSWORD))
    assert result.structuredContent["status"] == "answered"


def test_gradio_client_logs_in_in_its_own_way(guarded):
    held = Client(guarded, auth=(NAME, PASSWORD), verbose=False)
    assert held.predict(question="补贴", api_name="/ask")["status"] == "answered"
    with pytest.raises(AuthenticationError):
        Client(guarded, auth=(NAME, "wrong-password"), verbose=False)
    with pytest.raises(AuthenticationError):
        Client(guarded, verbose=False)


@pytest.mark.web
def test_a_person_logs_in_asks_and_logs_out(page):
    expect(page.get_by_text("请登录")).to_be_visible()
    log_in(page, "wrong-password")
    expect(page.get_by_role("alert")).to_have_text("用户名或密码不对。")
    log_in(page)
    expect(page.get_by_role("heading", name="条文镜")).to_be_visible()
    ask(page, "补贴")
    expect(page.locator("#cl-answer .cl-says")).not_to_have_count(0)
    page.get_by_role("link", name="退出登录").click()
    expect(page.get_by_text("请登录")).to_be_visible()


@pytest.mark.web
def test_an_address_opens_after_login(page, guarded):
    page.goto(f"{guarded}?clause=south/2")
    log_in(page)
    expect(page.locator('[id="clause-south/2"]')).to_be_in_viewport()


@pytest.mark.web
def test_whoever_is_taken_out_is_told_so_on_the_page(page, accounts):
    add_account(accounts, "韩梅梅", PASSWORD)
    log_in(page, name="韩梅梅")
    ask(page, "补贴")
    expect(page.locator("#cl-answer .cl-says")).not_to_have_count(0)
    remove_account(accounts, "韩梅梅")
    ask(page, "学时")
    expect(page.get_by_text("请刷新页面重新登录")).to_be_visible()


@pytest.mark.web
def test_only_a_trainer_settles_what_others_said(page, guarded, accounts):
    log_in(page)
    ask(page, "补贴")
    page.get_by_role("button", name="✓ 对", exact=True).click()
    expect(page.locator("#cl-judge")).to_contain_text("已记下")
    page.get_by_role("tab", name="反馈").click()
    listed = page.locator("#cl-feedback")
    expect(listed).to_contain_text("培训人员的账号")
    expect(listed.get_by_role("button")).to_have_count(0)

    add_account(accounts, "韩老师", PASSWORD, is_trainer=True)
    page.get_by_role("link", name="退出登录").click()
    log_in(page, name="韩老师")
    page.get_by_role("tab", name="反馈").click()
    listed.get_by_role("button", name="搁置").click()
    expect(listed.locator('[data-state="dismissed"]')).to_have_count(1)


@pytest.mark.web
def test_the_login_page_asks_for_nothing_from_elsewhere(browser, guarded):
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(guarded)
    assert asked
    assert all(url.startswith(guarded) for url in asked)
    context.close()


@pytest.mark.web
def test_login_works_behind_a_proxy(browser, tmp_path, accounts):
    errors = tmp_path / "stderr"
    for upstream, _ in serving(errors, PAGE, str(free_port()), str(accounts), "/policy", "1000"):
        with proxied(upstream, strips=True) as address:
            context = browser.new_context(locale="zh-CN")
            page = context.new_page()
            page.goto(f"{address}?clause=south/2")
            log_in(page)
            expect(page.locator('[id="clause-south/2"]')).to_be_in_viewport()
            assert page.url.startswith(address)
            page.get_by_role("link", name="退出登录").click()
            expect(page.get_by_text("请登录")).to_be_visible()
            context.close()


@pytest.mark.parametrize(
    ("text", "mode", "said"), [("", 0o600, "没有账号"), ("x\n", 0o600, "第 1 行"), ("", 0o644, "chmod 600")]
)
def test_a_file_that_cannot_be_used_is_told_before_anything_is_loaded(tmp_path, capsys, text, mode, said):
    path = tmp_path / "accounts"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    assert app.main(["--auth-file", str(path), "--port", str(free_port())]) == 2
    assert said in capsys.readouterr().err
