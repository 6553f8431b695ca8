"""The HTTP API: `POST /api/ask`, `/search`, `/compare`, `/show_clause`, and `/api/openapi.json` that describes them.

Questions go in the body, never in the address, which servers on the way write into their logs.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from corpus.errors import QuestionError
from search.serving import shapes
from search.serving.functions import FAULT, Functions
from search.serving.requests import AskRequest, CompareRequest, SearchRequest, ShowClauseRequest, said

VERSION = "1.0"
UNTOLD: dict[str, Any] = {
    "telemetry": {"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False}
}
"""FastAPI tells nobody of requests, whatever the environment says; an older FastAPI, which cannot, takes this too."""
_ABOUT = """以条文为据的政策问答。引文逐字取自原文；“没有”也是回答，并说明是哪一种。

设了账号的服务器要登录：每个请求带 HTTP Basic。出错时回答是 {"error": "一句话"}。"""
_TROUBLES: dict[int | str, dict[str, Any]] = {
    400: {"model": shapes.Trouble, "description": "问题、文件编号或参数不合要求"},
    401: {"model": shapes.Trouble, "description": "要登录，或密码不对"},
    429: {"model": shapes.Trouble, "description": "问得太快；多少秒后再试见 Retry-After"},
    500: {"model": shapes.Trouble, "description": "程序的问题"},
    503: {"model": shapes.Trouble, "description": "排队的太多；多少秒后再试见 Retry-After"},
}


def rest_app(functions: Functions) -> FastAPI:
    """The API as an ASGI application of its own, whose addresses are below where it is mounted."""
    app = FastAPI(
        title="条文镜", version=VERSION, description=_ABOUT, docs_url=None, redoc_url=None, responses=_TROUBLES,
        **UNTOLD, exception_handlers={
            QuestionError: _refused, RequestValidationError: _unfit, HTTPException: _nothing, Exception: _failed,
        },
    )  # fmt: skip

    @app.post("/ask", response_model=shapes.Answer, operation_id="ask", summary=_first(functions.ask))
    def ask(wanted: AskRequest) -> JSONResponse:
        return JSONResponse(functions.ask(wanted.question, wanted.doc_ids, wanted.history))

    @app.post("/search", response_model=shapes.Found, operation_id="search", summary=_first(functions.search))
    def search(wanted: SearchRequest) -> JSONResponse:
        return JSONResponse(functions.search(wanted.text, wanted.k, wanted.doc_ids, wanted.system))

    @app.post(
        "/compare", response_model=shapes.Comparison | shapes.Whole, operation_id="compare",
        summary=_first(functions.compare),
    )  # fmt: skip
    def compare(wanted: CompareRequest) -> JSONResponse:
        return JSONResponse(functions.compare(wanted.topic, wanted.doc_ids, wanted.base))

    @app.post(
        "/show_clause", response_model=shapes.Clause, operation_id="show_clause", summary=_first(functions.show_clause)
    )
    def show_clause(wanted: ShowClauseRequest) -> JSONResponse:
        return JSONResponse(functions.show_clause(wanted.clause_id))

    _without_422(app.openapi())
    return app


def _without_422(document: dict[str, Any]) -> None:
    """Take out of the document, which FastAPI keeps, the errors that it lists by itself: ours are 400."""
    for path in document["paths"].values():
        path["post"]["responses"].pop("422")
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name)


def _first(function: Any) -> str:
    """The first line of its docstring."""
    return str(function.__doc__).partition("\n")[0]


async def _refused(_: Request, error: Any) -> JSONResponse:
    return JSONResponse({"error": str(error)}, 400)


async def _unfit(_: Request, error: Any) -> JSONResponse:
    return JSONResponse({"error": said(error.errors())}, 400)


async def _nothing(_: Request, error: Any) -> JSONResponse:
    names = "、".join(f"POST /api/{name}" for name in ("ask", "search", "compare", "show_clause"))
    return JSONResponse({"error": f"没有这个地址或方法。有 {names} 和 GET /api/openapi.json。"}, error.status_code)


async def _failed(_: Request, __: Any) -> JSONResponse:
    # The fault itself goes on to the server, which logs it.
    return JSONResponse({"error": FAULT}, 500)
