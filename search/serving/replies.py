"""Answers of the server itself, and what it reads of a request: plain ASGI."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping, Sequence
from typing import Any
from urllib.parse import unquote

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST = 1_000_000
"""Bytes of a request: a plan of a briefing with its notes fits."""
_SECONDS = 20.0
"""For the whole body to come in."""
_SAFE = (
    ("x-content-type-options", "nosniff"),
    ("cache-control", "no-store"),
    ("referrer-policy", "same-origin"),
)
_STRICT = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


class Refusal(Exception):  # noqa: N818 - an answer, not a fault
    """A request that is answered with a status and a sentence; `wait`: seconds until it may be tried again."""

    def __init__(self, status: int, sentence: str, wait: float | None = None, *, is_basic: bool = False) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.wait = wait
        self.is_basic = is_basic
        """Whether a name and password are asked for as HTTP Basic has it."""


async def send_json(send: Send, status: int, value: Any, headers: Iterable[tuple[str, str]] = ()) -> None:
    """Answer with JSON."""
    await _send(send, status, "application/json", json.dumps(value, ensure_ascii=False), headers)


async def send_page(send: Send, status: int, page: str) -> None:
    """Answer with a page that may load nothing and be shown in no frame."""
    await _send(send, status, "text/html; charset=utf-8", page, [("content-security-policy", _STRICT)])


async def send_on(send: Send, address: str, headers: Iterable[tuple[str, str]] = ()) -> None:
    """Send the browser on to another address of ours."""
    await _send(send, 303, "text/plain", "", [("location", address), *headers])


async def send_refusal(send: Send, refusal: Refusal) -> None:
    """Answer with the sentence, under the names that our API (`error`) and the page's own script (`detail`) read."""
    headers = [] if refusal.wait is None else [("retry-after", str(max(1, round(refusal.wait + 0.5))))]
    if refusal.is_basic:
        headers.append(("www-authenticate", 'Basic realm="clauselens", charset="UTF-8"'))
    await send_json(send, refusal.status, {"error": refusal.sentence, "detail": refusal.sentence}, headers)


async def _send(send: Send, status: int, kind: str, text: str, headers: Iterable[tuple[str, str]]) -> None:
    body = text.encode()
    lines = [("content-type", kind), ("content-length", str(len(body))), *_SAFE, *headers]
    coded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in lines]
    await send({"type": "http.response.start", "status": status, "headers": coded})
    await send({"type": "http.response.body", "body": body})


def headers_of(scope: Scope) -> dict[str, str]:
    """The headers by name in small letters; of several with one name the first."""
    held: dict[str, str] = {}
    for name, value in scope["headers"]:
        held.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return held


def cookies_of(headers: Mapping[str, str]) -> dict[str, str]:
    """The cookies by name."""
    pairs = (pair.strip().partition("=") for pair in headers.get("cookie", "").split(";"))
    return {name: unquote(value) for name, equals, value in pairs if equals}


async def read_body(receive: Receive, largest: int = LARGEST) -> bytes:
    """All of the body. Raises `Refusal` for one too large or too slow, or where the client has left."""
    parts: list[bytes] = []
    size, is_more = 0, True
    try:
        async with asyncio.timeout(_SECONDS):
            while is_more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Refusal(400, "请求没有发完。")
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                is_more = message.get("more_body", False)
                if size > largest:
                    raise Refusal(413, f"请求太大，至多 {largest} 字节。请分几次问。")
    except TimeoutError:
        raise Refusal(408, "请求来得太慢。请再试一次。") from None
    return b"".join(parts)


def replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body that was read, and after it what comes."""
    first: Sequence[Message] = [{"type": "http.request", "body": body, "more_body": False}]
    left = list(first)

    async def again() -> Message:
        return left.pop() if left else await receive()

    return again
