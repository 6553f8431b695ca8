"""What programs do with a server."""

from __future__ import annotations

import re

import httpx
from aside import ran
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client


def client(address, **more):
    return httpx.Client(base_url=address, trust_env=False, timeout=30, **more)


def with_tools(address, work, auth=None):
    """What `work(session)` gives, of a real MCP client."""

    async def used():
        async with (
            httpx.AsyncClient(auth=auth, trust_env=False, timeout=30) as http,
            streamable_http_client(address, http_client=http) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await work(session)

    return ran(used)


def call_tool(address, name, arguments, auth=None):
    return with_tools(address, lambda session: session.call_tool(name, arguments), auth)


def examples(path, language):
    """The examples in a document, as they stand in it."""
    return re.findall(rf"```{language}\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
