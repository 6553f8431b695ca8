"""A reverse proxy as an office has one: a prefix of its own, headers that say what people asked for."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

import httpx
import uvicorn

PREFIX = "/policy"


class Proxy:
    """Passes what is below the prefix on to `upstream`; `strips`: without it. `proto` is what people came by."""

    def __init__(self, upstream, *, strips, proto="http", sends_host=True):
        self.strips, self.proto, self.sends_host = strips, proto, sends_host
        self.upstream = upstream.rstrip("/")

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return
        path = scope["path"]
        if not path.startswith(f"{PREFIX}/"):
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b"not ours"})
            return
        query = scope["query_string"].decode()
        url = self.upstream + (path.removeprefix(PREFIX) if self.strips else path) + (f"?{query}" if query else "")
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        host = headers.pop("host")
        headers |= {"x-forwarded-proto": self.proto, "x-forwarded-for": "203.0.113.7"}
        if self.sends_host:
            headers["x-forwarded-host"] = host
        body = await whole(receive)
        async with (
            httpx.AsyncClient(trust_env=False, timeout=60) as client,
            client.stream(scope["method"], url, headers=headers, content=body) as reply,
        ):
            kept = [(name, value) for name, value in reply.headers.raw if name.lower() != b"transfer-encoding"]
            await send({"type": "http.response.start", "status": reply.status_code, "headers": kept})
            async for part in reply.aiter_raw():
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def whole(receive):
    parts, is_more = [], True
    while is_more:
        message = await receive()
        parts.append(message.get("body", b""))
        is_more = message.get("more_body", False)
    return b"".join(parts)


@contextmanager
def proxied(upstream, **how):
    """The address below the prefix, while the proxy runs."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(Proxy(upstream, **how), port=port, lifespan="off", log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
        yield f"http://127.0.0.1:{port}{PREFIX}/"
    finally:
        server.should_exit = server.force_exit = True  # streams to pages that are closed would keep it
        thread.join()
