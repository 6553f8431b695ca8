"""The same four functions as MCP tools (Model Context Protocol), over streamable HTTP, without sessions."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import anyio.to_thread
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from pydantic import TypeAdapter, ValidationError

from corpus.errors import PolicyError
from search.serving import shapes
from search.serving.functions import FAULT
from search.serving.requests import AskRequest, CompareRequest, Request, SearchRequest, ShowClauseRequest, said
from search.serving.rest import VERSION

if TYPE_CHECKING:
    from search.serving.functions import Functions

_log = logging.getLogger(__name__)
_TOOLS: dict[str, tuple[str, type[Request], Any]] = {
    "ask": ("提问", AskRequest, shapes.Answer),
    "search": ("检索条文", SearchRequest, shapes.Found),
    "compare": ("对照", CompareRequest, shapes.Comparison | shapes.Whole),
    "show_clause": ("看一条条文", ShowClauseRequest, shapes.Clause),
}
INSTRUCTIONS = (
    "条文镜收录的是政策原文。回答政策问题先用 ask；要看哪些条文提到某个词用 search；各份文件有什么不同用 compare；"
    "要一条的全文用 show_clause。引用请照抄 quotes 里的字，并写上文件（title、number）和序号（label），不要改写或补充。"
    "status 不是 answered 就是没有规定：silent 未规定，not_held 未收录，no_basis 未找到依据；"
    "这时的 hits 只是建议，不是回答。"
)


def tools_manager(functions: Functions) -> StreamableHTTPSessionManager:
    """What answers MCP requests: `handle_request` is an ASGI application, to be used within `run()`, once."""
    server: Server[Any] = Server("clauselens", version=VERSION, instructions=INSTRUCTIONS)

    @server.list_tools()  # type: ignore[no-untyped-call, untyped-decorator]
    async def listed() -> list[types.Tool]:
        return [_tool(name, getattr(functions, name)) for name in _TOOLS]

    @server.call_tool(validate_input=False)  # type: ignore[untyped-decorator]
    async def called(name: str, arguments: dict[str, Any]) -> types.CallToolResult:
        return await anyio.to_thread.run_sync(_called, functions, name, arguments)

    return StreamableHTTPSessionManager(server, json_response=True, stateless=True)


def _tool(name: str, function: Any) -> types.Tool:
    title, wanted, given = _TOOLS[name]
    return types.Tool(
        name=name,
        title=title,
        description=str(function.__doc__).partition("\n")[0],
        inputSchema=wanted.model_json_schema(),
        outputSchema={"type": "object", **TypeAdapter(given).json_schema(mode="serialization")},
        annotations=types.ToolAnnotations(readOnlyHint=True, openWorldHint=False),
    )


def _called(functions: Functions, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
    if name not in _TOOLS:
        return _wrong(f"没有名为 {name} 的工具。有 {'、'.join(_TOOLS)}。")
    try:
        wanted = _TOOLS[name][1].model_validate(arguments)
        record = getattr(functions, name)(**wanted.model_dump())
    except ValidationError as error:
        return _wrong(said(error.errors()))
    except PolicyError as error:
        return _wrong(str(error))
    except Exception:  # noqa: BLE001 - whoever asked is told of a fault in a sentence; the log has it whole
        _log.exception("工具出错")
        return _wrong(FAULT)
    text = types.TextContent(type="text", text=json.dumps(record, ensure_ascii=False))
    return types.CallToolResult(content=[text], structuredContent=record)


def _wrong(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=message)], isError=True)
