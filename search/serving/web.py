"""All of it put together: what the page's server is given beside the page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi.middleware import Middleware

from search.serving.accounts import AccountFile
from search.serving.functions import Functions
from search.serving.gate import Gate, Rules
from search.serving.login import Door
from search.serving.rest import UNTOLD, rest_app
from search.serving.settings import Serving
from search.serving.tools import tools_manager


def app_kwargs(
    functions: Functions, serving: Serving, at_once: int, waiting: int, *, is_own: bool
) -> Mapping[str, Any]:
    """Arguments for the FastAPI application that serves the page: the gate before it, the tools' life beside it.

    `is_own`: whether the server can be reached from this machine alone.
    """
    door = None if serving.auth_file is None else Door(AccountFile(serving.auth_file))
    tools = tools_manager(functions)
    rules = Rules(serving.root_path, serving.per_minute, at_once, waiting, is_own=is_own and not serving.root_path)

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        async with tools.run():
            yield

    gate = Middleware(Gate, rest=rest_app(functions), tools=tools.handle_request, door=door, rules=rules)
    return {"middleware": [gate], "lifespan": lifespan, **UNTOLD}
