"""What programs may ask for: the arguments of the four functions, with their limits, as types to check and document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from search.model import System

MOST_HISTORY = 20
MOST_HITS = 200

DocIds = Annotated[
    list[str], Field(default_factory=list, max_length=1000, description="只看这些文件（doc_id）；不写就是全部")
]


class Request(BaseModel):
    """Arguments of a function; another than those it has is an error."""

    model_config = ConfigDict(extra="forbid", strict=True)


class AskRequest(Request):
    """Arguments of `ask`."""

    question: str = Field(
        description="要问的事，平常的话就行，至多 2000 字", examples=["每年的继续教育要学满多少学时？"]
    )
    doc_ids: DocIds
    history: list[str] = Field(
        default_factory=list, max_length=MOST_HISTORY, description="之前问过的，先问的在前；追问时写上，如“那另一份呢”"
    )


class SearchRequest(Request):
    """Arguments of `search`."""

    text: str = Field(description="要找的词语或短语", examples=["继续教育"])
    k: int = Field(default=10, ge=1, le=MOST_HITS, description="最多列几条")
    doc_ids: DocIds
    system: System = Field(default="hybrid", description="hybrid 综合，lexical 按词语，dense 按意思")


class CompareRequest(Request):
    """Arguments of `compare`."""

    topic: str = Field(
        description="话题；也可以是条文或章的编号（clause_id），看各份文件与它对应的规定；* 为整份文件逐条对照",
        examples=["继续教育"],
    )
    doc_ids: DocIds
    base: str | None = Field(default=None, description="按编号或整份对照时以哪份文件为底；不写就是层级最高的")


class ShowClauseRequest(Request):
    """Arguments of `show_clause`."""

    clause_id: str = Field(description="条文的编号，如回答和检索里给出的 clause_id；#2 结尾的是它的第二段")


def said(errors: Iterable[Any]) -> str:
    """What is wrong with the arguments, as a sentence; `errors` as pydantic lists them.

    >>> said([{"type": "missing", "loc": ("body", "question"), "ctx": {}}])
    '缺少 question。请照接口说明改正。'
    """
    return "；".join(_wrong(error) for error in errors) + "。请照接口说明改正。"


def _wrong(error: Any) -> str:
    place = ".".join(str(part) for part in error["loc"] if part != "body") or "请求"
    limits = error.get("ctx") or {}
    match error["type"]:
        case "missing":
            return f"缺少 {place}" if place != "请求" else "请求是空的，应当是 JSON"
        case "extra_forbidden":
            return f"没有 {place} 这个参数"
        case "json_invalid":
            return "请求不是能读的 JSON"
        case "literal_error":
            return f"{place} 应当是 {limits.get('expected')} 之一"
        case "too_long":
            return f"{place} 有 {limits.get('actual_length')} 项，至多 {limits.get('max_length')} 项"
        case "greater_than_equal" | "less_than_equal":
            return f"{place} 超出了范围（{limits.get('ge', limits.get('le'))}）"
        case kind:
            wanted = {"string": "文字", "int": "整数", "list": "列表", "model": "JSON 对象", "dict": "JSON 对象"}
            return f"{place} 应当是{wanted.get(kind.partition('_')[0], '另一种值')}"
