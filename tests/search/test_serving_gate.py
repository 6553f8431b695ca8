"""The gate alone, before an application that tells what reached it."""

from __future__ import annotations

import asyncio
import base64

import httpx
import pytest
from aside import ran

from search.serving import login
from search.serving.accounts import AccountFile, add_account, remove_account
from search.serving.gate import COOKIE, Gate, Rules
from search.serving.login import Door
from search.serving.settings import MAY_SETTLE

PASSWORD = "secret-123"
WAYS = ["/", "/config", "/gradio_api/info", "/gradio_api/queue/data", "/api/openapi.json", "/static/x.js", "/theme.css"]


class Behind:
    """Says what came through; a queue that is full, where asked."""

    def __init__(self):
        self.bodies = []

    async def __call__(self, scope, receive, send):
        self.bodies.append((await receive()).get("body"))
        full = scope["path"].endswith("/queue/join") and b"full" in self.bodies[-1]
        await send(
            {
                "type": "http.response.start",
                "status": 503 if full else 200,
                "headers": [
                    (b"x-path", scope["path"].encode()),
                    (b"x-may-settle", str(scope[MAY_SETTLE]).encode()),
                ],
            }
        )
        await send({"type": "http.response.body", "body": b'{"detail": "Queue is full."}' if full else b"through"})


@pytest.fixture
def accounts(tmp_path, monkeypatch):
    monkeypatch.setattr(login, "_PAUSE", 0.0)
    add_account(tmp_path / "accounts", "李雷", PASSWORD)
    return tmp_path / "accounts"


@pytest.fixture
def behind():
    return Behind()


def asked(behind, *requests, accounts=None, rules=None, https=False, address="192.0.2.1"):
    """The replies of one gate to requests of one client that keeps its cookies: (method, path, more)."""

    async def all_asked():
        door = None if accounts is None else Door(AccountFile(accounts))
        gate = Gate(behind, rest=behind, tools=behind, door=door, rules=rules or Rules())
        transport = httpx.ASGITransport(gate, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url=f"http{'s' * https}://office") as client:
            return [await client.request(method, path, **more) for method, path, more in requests]

    return ran(all_asked)


def get(path, **more):
    return ("GET", path, more)


def post(path, **more):
    return ("POST", path, more)


def basic(password=PASSWORD, name="李雷"):
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def form(password=PASSWORD, **more):
    return post("/login", data={"username": "李雷", "password": password, **more})


@pytest.mark.parametrize("path", [*WAYS, "/mcp", "/login"])
def test_without_accounts_all_goes_through(behind, path):
    (reply,) = asked(behind, post(path))
    assert (reply.status_code, reply.text) == (200, "through")


@pytest.mark.parametrize(
    "path", [*WAYS, "/gradio_api/heartbeat/a", "/gradio_api/user", "/mcp", "/gradio_api/mcp/", "//", "/health/x"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS"])
def test_with_accounts_nothing_goes_through_without_login(behind, accounts, path, method):
    for headers in ({}, basic("wrong-password"), basic(name="nobody"), {"cookie": f"{COOKIE}=guess"}):
        (reply,) = asked(behind, (method, path, {"headers": headers}), accounts=accounts)
        assert reply.status_code in (303, 401)
    assert behind.bodies == []


@pytest.mark.parametrize("path", [*WAYS, "/mcp"])
def test_a_name_and_its_password_open_all(behind, accounts, path):
    (reply,) = asked(behind, post(path, headers=basic()), accounts=accounts)
    assert reply.text == "through"


def test_health_says_that_it_is_well_and_nothing_else(behind, accounts):
    (reply,) = asked(behind, get("/health"), accounts=accounts)
    assert (reply.status_code, reply.json()) == (200, {"status": "ok"})
    assert behind.bodies == []


def test_a_person_is_sent_to_the_login_page_and_back(behind, accounts):
    browser = {"accept": "text/html"}
    first, page, inside, there = asked(
        behind,
        get("/?clause=south/2", headers=browser),
        get("/login?next=%2F%3Fclause%3Dsouth%2F2"),
        post("/login", headers=browser, data={"username": "李雷", "password": PASSWORD, "next": "/?clause=south/2"}),
        get("/?clause=south/2", headers=browser),
        accounts=accounts,
    )
    assert (first.status_code, first.headers["location"]) == (303, "/login?next=/%3Fclause%3Dsouth/2")
    assert 'value="/?clause=south/2"' in page.text
    assert (inside.status_code, inside.headers["location"]) == (303, "/?clause=south/2")
    assert there.text == "through"


@pytest.mark.parametrize(
    "after", ["//evil.example/", "https://evil.example/", "\\\\evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_after_login_nobody_is_sent_to_another_site(behind, accounts, after):
    browser = {"accept": "text/html"}
    (reply,) = asked(
        behind,
        post("/login", headers=browser, data={"username": "李雷", "password": PASSWORD, "next": after}),
        accounts=accounts,
    )
    assert httpx.URL("http://office").join(reply.headers["location"]).host == "office"


def test_the_login_page_runs_nothing_that_it_is_given(behind, accounts):
    (page,) = asked(behind, get('/login?next="><script>alert(1)</script>'), accounts=accounts)
    assert "<script>" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("https", "root", "said"), [(False, "", "Path=/;"), (True, "", "Secure"), (False, "/policy", "Path=/policy;")]
)
def test_the_cookie_is_for_this_server_alone(behind, accounts, https, root, said):
    (reply,) = asked(behind, form(), accounts=accounts, https=https, rules=Rules(root_path=root))
    cookie = reply.headers["set-cookie"]
    assert reply.json() == {"success": True}  # what gradio_client waits for
    assert said in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) == https


def test_logging_out_ends_the_session(behind, accounts):
    inside, out, again = asked(behind, form(), get("/logout"), get("/config"), accounts=accounts)
    token = inside.cookies[COOKIE]
    assert out.headers["location"] == "/login"
    assert again.status_code == 401

    _, _, kept = asked(
        behind, form(), get("/logout"), get("/config", headers={"cookie": f"{COOKIE}={token}"}), accounts=accounts
    )
    assert kept.status_code == 401


def changed(accounts, change):
    """A request that comes after the file has changed."""

    class Changing(Behind):
        async def __call__(self, scope, receive, send):
            await super().__call__(scope, receive, send)
            change(accounts)

    return Changing()


@pytest.mark.parametrize("headers", [{}, basic()])
@pytest.mark.parametrize(
    "change",
    [lambda path: remove_account(path, "李雷"), lambda path: add_account(path, "李雷", "another password")],
    ids=["removed", "new password"],
)
def test_whoever_is_taken_out_or_has_a_new_password_is_out_at_once(accounts, headers, change):
    first = [] if headers else [form()]
    behind = changed(accounts, lambda path: (add_account(path, "wang", PASSWORD), change(path)))
    replies = asked(behind, *first, get("/config", headers=headers), get("/config", headers=headers), accounts=accounts)
    assert [reply.status_code for reply in replies[-2:]] == [200, 401]


def test_a_file_that_breaks_lets_nobody_in(accounts):
    behind = changed(accounts, lambda path: path.write_text("broken\n", encoding="utf-8"))
    _, inside, after = asked(behind, form(), get("/config"), get("/config"), accounts=accounts)
    assert (inside.status_code, after.status_code) == (200, 503)
    assert "账号文件有误" in after.json()["error"]
    assert str(accounts) not in after.text


def test_wrong_passwords_come_to_an_end(behind, accounts):
    wrong = [form(f"wrong-{number}") for number in range(5)]
    *told, sixth, right, by_header = asked(
        behind, *wrong, form("wrong-6"), form(), get("/", headers=basic()), accounts=accounts
    )
    assert [(reply.status_code, reply.json()["error"]) for reply in told] == [(401, "用户名或密码不对。")] * 5
    for reply in (sixth, right, by_header):  # not even the right one, until some time has passed
        assert reply.status_code == 429
        assert "密码错了太多次" in reply.json()["error"]
        assert int(reply.headers["retry-after"]) > 0


def test_right_passwords_do_not(behind, accounts):
    assert {reply.status_code for reply in asked(behind, *[form()] * 12, accounts=accounts)} == {200}


def test_only_programs_are_asked_for_basic(behind, accounts):
    # The page's own requests must not make the browser ask by itself.
    api, tools, page = asked(behind, post("/api/ask"), post("/mcp"), post("/gradio_api/queue/join"), accounts=accounts)
    assert all(reply.headers["www-authenticate"].startswith("Basic ") for reply in (api, tools))
    assert "www-authenticate" not in page.headers
    assert "要登录" in page.json()["detail"]


@pytest.mark.parametrize(
    "path", ["/api/ask", "/mcp", "/gradio_api/queue/join", "/gradio_api/call/ask", "/gradio_api/run/ask"]
)
def test_who_asks_too_fast_is_told_when_to_come_again(behind, path):
    *first, last, other = asked(behind, *[post(path)] * 4, get("/static/x.js"), rules=Rules(per_minute=3))
    assert [reply.status_code for reply in first] == [200] * 3
    assert last.status_code == 429
    assert "问得太快了：每分钟至多 3 次" in last.json()["error"] == last.json()["detail"]
    assert 1 <= int(last.headers["retry-after"]) <= 21
    assert other.text == "through"


def test_a_queue_that_is_full_is_told_in_our_words(behind):
    # 429: for Gradio's own 503 the page has an English sentence.
    (reply,) = asked(behind, post("/gradio_api/queue/join", content=b"full"))
    assert (reply.status_code, reply.json()["detail"]) == (429, "现在问的人太多，排队已满。请过几秒再试。")
    assert "Queue is full" not in reply.text


def test_more_than_may_wait_are_told_that_it_is_busy():
    async def tried():
        go = asyncio.Event()

        async def slow(scope, receive, send):
            await go.wait()
            await Behind()(scope, receive, send)

        gate = Gate(slow, rest=slow, tools=slow, door=None, rules=Rules(at_once=1, waiting=1))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url="http://office") as client:
            tasks = [asyncio.create_task(client.post("/api/ask")) for _ in range(3)]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            go.set()
            return [task.result() for task in done], [await task for task in tasks if task not in done]

    refused, served = ran(tried)
    assert [(reply.status_code, reply.json()["error"]) for reply in refused] == [
        (503, "现在问的人太多，排队已满。请过几秒再试。")
    ]
    assert [reply.status_code for reply in served] == [200, 200]


def test_a_request_too_large_is_refused(behind):
    (reply,) = asked(behind, post("/api/ask", content=b"x" * 1_000_001))
    assert reply.status_code == 413
    assert "太大" in reply.json()["error"]
    assert behind.bodies == []


def test_the_whole_body_goes_through(behind):
    body = b"x" * 999_999
    asked(behind, post("/gradio_api/queue/join", content=body))
    assert behind.bodies == [body]


# headers of a browser: what another site's page makes it send is refused
FOREIGN = [
    ({"origin": "https://evil.example"}, 403),
    ({"origin": "null"}, 403),
    ({"sec-fetch-site": "cross-site", "origin": "http://office"}, 403),
    ({"sec-fetch-site": "same-site", "origin": "http://office"}, 403),
    ({"sec-fetch-site": "same-origin"}, 200),
    ({"origin": "http://office"}, 200),
    ({"origin": "https://intranet", "x-forwarded-host": "intranet"}, 200),  # behind a proxy
    ({}, 200),  # a program
]


@pytest.mark.parametrize(("headers", "status"), FOREIGN)
def test_another_site_cannot_ask_through_a_browser(behind, headers, status):
    for path in ("/api/ask", "/gradio_api/queue/join", "/mcp"):
        (reply,) = asked(behind, post(path, headers=headers))
        assert reply.status_code == status


@pytest.mark.parametrize("path", ["/policy/api/ask", "/api/ask"])
def test_the_prefix_may_come_or_not(behind, path):
    (reply,) = asked(behind, post(path), rules=Rules(root_path="/policy"))
    assert reply.headers["x-path"] == "/policy/api/ask"


def test_below_a_prefix_login_stays_below_it(behind, accounts):
    browser, given = {"accept": "text/html"}, {"username": "李雷", "password": PASSWORD, "next": "/?q=a"}
    requests = [get("/policy/?q=a", headers=browser), post("/login", headers=browser, data=given)]
    first, inside = asked(behind, *requests, accounts=accounts, rules=Rules(root_path="/policy"))
    assert first.headers["location"].startswith("/policy/login?next=")
    assert inside.headers["location"] == "/policy/?q=a"


@pytest.mark.parametrize("headers", [{}, basic()])
def test_only_a_trainer_may_settle_where_people_log_in(behind, accounts, headers):
    first = [] if headers else [form()]
    for is_trainer in (False, True, False):
        add_account(accounts, "李雷", PASSWORD, is_trainer=is_trainer)
        reply = asked(behind, *first, get("/config", headers=headers), accounts=accounts)[-1]
        assert reply.headers["x-may-settle"] == str(is_trainer)


@pytest.mark.parametrize(
    ("rules", "headers", "may"),
    [
        (Rules(is_own=True), {}, "True"),
        (Rules(), {}, "False"),
        (Rules(is_own=True), {"x-forwarded-for": "192.0.2.7"}, "False"),
        (Rules(is_own=True), {"forwarded": "for=192.0.2.7"}, "False"),
    ],
    ids=["own machine", "office without accounts", "behind a proxy", "behind another"],
)
def test_without_accounts_only_who_sits_at_the_machine_may(behind, rules, headers, may):
    (reply,) = asked(behind, get("/config", headers=headers), rules=rules)
    assert reply.headers["x-may-settle"] == may
