"""Arguments and options that several commands take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


def folder(value: str) -> Path:
    """The folder named; an empty name is an unset variable of somebody's script, not the working directory."""
    if not value.strip():
        raise typer.BadParameter("是空的，应当是一个目录。")
    return Path(value)


def file(value: str) -> Path:
    """The file named; likewise."""
    if not value.strip():
        raise typer.BadParameter("是空的，应当是一个文件。")
    return Path(value)


CorpusDir = Annotated[
    Path | None, typer.Option("--corpus", metavar="DIR", parser=folder, help="语料目录（默认随附的语料）")
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Docs = Annotated[list[str] | None, typer.Option("--doc", metavar="ID", help="只在这份文件里找（可写多次）")]
IndexDir = Annotated[
    Path | None,
    typer.Option("--index-dir", metavar="DIR", parser=folder, envvar="CLAUSELENS_INDEX_DIR", help="索引放在哪里"),
]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", envvar="CLAUSELENS_MODEL", help="编码模型的名称或路径（默认内置）"),
]
Reranker = Annotated[
    str | None,
    typer.Option("--reranker", metavar="NAME", envvar="CLAUSELENS_RERANKER", help="重排模型的名称或路径（默认不重排）"),
]
FeedbackFile = Annotated[
    Path | None,
    typer.Option(
        "--feedback", metavar="FILE", parser=file, envvar="CLAUSELENS_FEEDBACK",
        help="反馈记在哪个文件（默认语料目录的 feedback.sqlite）",
    ),
]  # fmt: skip
AuthFile = Annotated[
    Path, typer.Option("--auth-file", metavar="FILE", parser=file, help="账号文件，一行一个账号，只存密码的散列")
]


class StateName(StrEnum):
    """What became of feedback."""

    new = "new"
    accepted = "accepted"
    dismissed = "dismissed"


class SystemName(StrEnum):
    """The retrieval systems by name."""

    hybrid = "hybrid"
    lexical = "lexical"
    dense = "dense"
