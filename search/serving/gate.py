"""What every request passes before it reaches the page, the API or the tools: closed unless something opens it.

In this order: the prefix of a proxy; `/health`; what nobody needs; requests that another site makes in somebody's
browser; login; limits; then the API, the tools, or the page's own server.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from search.serving.accounts import Account
from search.serving.errors import AccountsError
from search.serving.limits import Buckets, BusyError, Turns
from search.serving.login import SESSION, Door, TooManyTriesError
from search.serving.replies import (
    App,
    Message,
    Receive,
    Refusal,
    Scope,
    Send,
    cookies_of,
    headers_of,
    read_body,
    replayed,
    send_json,
    send_on,
    send_page,
    send_refusal,
)
from search.serving.settings import MAY_SETTLE, PER_MINUTE
from search.views.login import login_view

_log = logging.getLogger(__name__)
COOKIE = "clauselens-session"
API, GRADIO = "/api", "/gradio_api"
TOOLS = ("/mcp", f"{GRADIO}/mcp")
"""Where the tools are: our own address, and the one that people know of Gradio."""
_CLOSED = (
    f"{GRADIO}/upload",
    f"{GRADIO}/file=",
    f"{GRADIO}/file/",
    f"{GRADIO}/proxy=",
    f"{GRADIO}/deep_link",
    f"{GRADIO}/stream/",
    f"{GRADIO}/process_recording",
    f"{GRADIO}/run-history",
    f"{GRADIO}/runs",
    f"{GRADIO}/dev/",
    f"{GRADIO}/vibe",
    f"{GRADIO}/undo-vibe",
    f"{GRADIO}/profiling",
    f"{GRADIO}/token",
    "/monitoring",
)
"""Ways of Gradio that nothing here needs: files in and out, links to stored states, other servers, watching users."""
_OPEN = (f"{GRADIO}/startup-events",)
"""What Gradio asks of itself when it starts; says nothing."""
_QUEUED = (f"{GRADIO}/queue/join", f"{GRADIO}/call/")
"""Put into Gradio's queue, which has its own limits."""
_DIRECT = (f"{API}/", f"{GRADIO}/run/", f"{GRADIO}/api/", *TOOLS)
"""Worked on at once."""
_FORWARDED = frozenset({"forwarded", "x-forwarded-for", "x-forwarded-host"})
"""What a proxy adds: then somebody else may be behind it."""
SHUT = "要登录。请用 HTTP Basic 带上用户名和密码。"
ENDED = "要登录，或登录已过期。请刷新页面重新登录。"
WRONG = "用户名或密码不对。"
BUSY = "现在问的人太多，排队已满。请过几秒再试。"
_LOGIN_FORM = 10_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How the gate is set."""

    root_path: str = ""
    """The prefix that people see before our addresses, as a proxy has it: "" or `/policy`."""
    per_minute: int = PER_MINUTE
    """Requests with work in them, a client and minute."""
    at_once: int = 8
    waiting: int = 128
    is_own: bool = False
    """Whether only who sits at this machine gets here: then he may do everything, without an account."""


class Gate:
    """An ASGI middleware; `door` is None where nobody has to log in."""

    def __init__(self, app: App, *, rest: App, tools: App, door: Door | None, rules: Rules) -> None:
        self._app, self._rest, self._tools, self._door, self._rules = app, rest, tools, door, rules
        self._rate = Buckets(rules.per_minute)
        self._turns = Turns(rules.at_once, rules.waiting)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            try:
                await self._let(self._prefixed(scope), receive, send)
            except Refusal as refusal:
                await send_refusal(send, refusal)
            except AccountsError:
                _log.exception("账号文件用不了，谁也不能登录")
                await send_refusal(send, Refusal(503, "账号文件有误，现在谁也不能登录。请告诉管理员看服务器的日志。"))
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _prefixed(self, scope: Scope) -> Scope:
        """The request as ASGI has it, its path with the prefix: some proxies leave that out, others do not."""
        root, path = self._rules.root_path, scope["path"]
        if root and path != root and not path.startswith(f"{root}/"):
            path = f"{root}{path}"
        return {**scope, "path": path, "root_path": root}

    async def _let(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, method = scope["path"].removeprefix(self._rules.root_path) or "/", scope["method"]
        headers, address = headers_of(scope), (scope.get("client") or ("",))[0]
        if path == "/health":
            await send_json(send, 200, {"status": "ok"})
            return
        if path.startswith(_CLOSED):
            raise Refusal(404, "这里没有这个地址。")
        if method not in ("GET", "HEAD", "OPTIONS") and _is_foreign(headers):
            raise Refusal(403, "不接受别的网站发来的请求。经反向代理时，请让代理传来 Host 或 X-Forwarded-Host。")
        if self._door is not None:
            if path in ("/login", "/login/", "/logout", "/logout/"):
                await self._at_door(self._door, path.rstrip("/"), scope, receive, send)
                return
            account = await self._account(self._door, headers, address)
            if account is None and path not in _OPEN:
                await self._shut(path, scope, headers, send)
                return
            scope[MAY_SETTLE] = account is not None and account.is_trainer
        else:
            scope[MAY_SETTLE] = self._rules.is_own and not _FORWARDED.intersection(headers)
        await self._limited(path, address, scope, receive, send)

    async def _limited(self, path: str, address: str, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            await self._on(path, scope, receive, send)
            return
        is_direct = path.startswith(_DIRECT)
        if is_direct or path.startswith(_QUEUED):
            wait = self._rate.take(address)
            if wait:
                raise Refusal(
                    429, f"问得太快了：每分钟至多 {self._rules.per_minute} 次。请过 {wait + 0.5:.0f} 秒再试。", wait
                )
        receive = replayed(await read_body(receive), receive)
        if not is_direct:
            await self._on(path, scope, receive, _busy_told(send) if path.startswith(_QUEUED) else send)
            return
        try:
            async with self._turns.turn():
                await self._on(path, scope, receive, send)
        except BusyError:
            raise Refusal(503, BUSY, 2) from None

    async def _on(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        if path == API or path.startswith(f"{API}/"):
            await self._rest({**scope, "root_path": f"{self._rules.root_path}{API}"}, receive, send)
        elif path.rstrip("/") in TOOLS:
            if scope["method"] != "POST":
                raise Refusal(405, "这是 MCP 的地址，请用 MCP 客户端连接（streamable HTTP）。")
            await self._tools(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _account(self, door: Door, headers: Mapping[str, str], address: str) -> Account | None:
        by_session = door.by_session(cookies_of(headers).get(COOKIE, ""))
        if by_session is not None:
            return by_session
        try:
            return await door.by_header(headers.get("authorization", ""), address)
        except TooManyTriesError as error:
            raise _too_many(error) from None

    async def _shut(self, path: str, scope: Scope, headers: Mapping[str, str], send: Send) -> None:
        """Send a person to the login page, and tell a program that it has to log in."""
        is_page = scope["method"] in ("GET", "HEAD") and not path.startswith((API, GRADIO, *TOOLS))
        if is_page and "text/html" in headers.get("accept", ""):
            query = scope["query_string"].decode("latin-1")
            after = quote(f"{path}?{query}" if query else path)
            await send_on(send, f"{self._rules.root_path}/login?next={after}")
            return
        # The page's own script must not make the browser ask by itself: only programs are told of Basic.
        is_program = path.startswith((API, *TOOLS))
        sentence = WRONG if "authorization" in headers else SHUT if is_program else ENDED
        raise Refusal(401, sentence, is_basic=is_program)

    async def _at_door(self, door: Door, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        root, headers = self._rules.root_path, headers_of(scope)
        if path == "/logout":
            door.close_session(cookies_of(headers).get(COOKIE, ""))
            await send_on(send, f"{root}/login", [("set-cookie", self._cookie(scope, "", 0))])
        elif scope["method"] == "POST":
            await self._log_in(door, scope, receive, send)
        else:
            after = parse_qs(scope["query_string"].decode("latin-1")).get("next", ["/"])[0]
            await send_page(send, 200, login_view(f"{root}/login", after, languages=headers.get("accept-language", "")))

    async def _log_in(self, door: Door, scope: Scope, receive: Receive, send: Send) -> None:
        """A form with `username` and `password`: a browser is sent on, a program (gradio_client) told with JSON."""
        text = (await read_body(receive, _LOGIN_FORM)).decode(errors="replace")
        form = {name: values[0] for name, values in parse_qs(text).items()}
        name, after = form.get("username", "").strip(), form.get("next", "/")
        headers = headers_of(scope)
        is_person = "text/html" in headers.get("accept", "")
        try:
            is_right = await door.is_let_in(name, form.get("password", ""), (scope.get("client") or ("",))[0])
            refusal = Refusal(401, WRONG)
        except TooManyTriesError as error:
            is_right, refusal = False, _too_many(error)
        if is_right:
            cookie = [("set-cookie", self._cookie(scope, door.open_session(name), int(SESSION)))]
            if is_person:
                await send_on(send, f"{self._rules.root_path}{_own(after)}", cookie)
            else:
                await send_json(send, 200, {"success": True}, cookie)
        elif is_person:
            languages = headers.get("accept-language", "")
            shown = login_view(f"{self._rules.root_path}/login", after, refusal.sentence, languages)
            await send_page(send, refusal.status, shown)
        else:
            raise refusal

    def _cookie(self, scope: Scope, token: str, seconds: int) -> str:
        secure = "; Secure" if scope["scheme"] == "https" else ""
        place = self._rules.root_path or "/"
        return f"{COOKIE}={token}; Path={place}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"


def _own(after: str) -> str:
    """An address below our own prefix: what a form says may be anything, also another site's."""
    parts = urlsplit(after)
    path = "/" + parts.path.replace("\\", "/").lstrip("/")
    return quote(path) + (f"?{quote(parts.query, safe='=&%+*/')}" if parts.query else "")


def _is_foreign(headers: Mapping[str, str]) -> bool:
    """Whether a browser makes this request for a page of another site."""
    if "sec-fetch-site" in headers:
        return headers["sec-fetch-site"] not in ("same-origin", "none")
    origin = headers.get("origin")
    ours = {headers[name].partition(",")[0].strip() for name in ("host", "x-forwarded-host") if name in headers}
    return origin is not None and urlsplit(origin).netloc not in ours  # `null` has none


def _too_many(error: TooManyTriesError) -> Refusal:
    return Refusal(429, f"密码错了太多次。请过 {error.wait + 0.5:.0f} 秒再试。", error.wait)


def _busy_told(send: Send) -> Send:
    """A `send` in which Gradio's "queue is full" (503, in English) becomes our sentence, which its page shows."""
    is_busy = False

    async def told(message: Message) -> None:
        nonlocal is_busy
        if message["type"] == "http.response.start" and message["status"] == 503:
            is_busy = True
            # 429: for a 503 the page has a sentence of its own, in English.
            await send_refusal(send, Refusal(429, BUSY, 2))
        elif not is_busy:
            await send(message)

    return told
