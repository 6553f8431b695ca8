"""What commands have to do with the terminal: streams, progress, results, lines of a batch."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import msgspec
import typer
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from corpus.errors import PolicyError, QuestionError


class OutputError(PolicyError):
    """Standard output cannot be written."""

    exit_status = 1


class Asked(msgspec.Struct):
    """A line of a batch given as JSON; what else the line holds is left alone."""

    question: str
    doc: list[str] = []
    history: list[str] = []


class Bars:
    """Progress bars on stderr, one a stage, shown only while something is built."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._tasks:
            self._progress.stop()

    def report(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` of a stage are done."""
        if not self._tasks:
            self._progress.start()
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)


def opened(
    corpus: Path | None, index_dir: Path | None, model: str | None, reranker: str | None = None,
    *, rebuild: bool = False, must_store: bool = False,
) -> Any:  # fmt: skip
    """Open an engine, see `search.open_engine`, with progress shown."""
    from search.engine import open_engine

    with Bars() as bars:
        return open_engine(
            corpus, index_dir=index_dir, model=model, reranker=reranker,
            rebuild=rebuild, must_store=must_store, progress=bars.report,
        )  # fmt: skip


def drawn(shown: RenderableType) -> str:
    """As it looks on standard output; printed by `put`, which knows what to do where nobody reads on."""
    console = Console()
    with console.capture() as capture:
        console.print(shown)
    return capture.get().rstrip("\n")


def put(value: dict[str, Any] | str) -> None:
    """Print, at once. Who reads the output may have left, as `head` does: then there is nothing more to do."""
    content = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    try:
        sys.stdout.write(f"{content}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()
        raise typer.Exit from None
    except OSError as error:
        drop_output()
        raise OutputError(f"结果写不出去（{error.strerror}）。请检查输出的位置和磁盘空间。") from error


def batch(respond: Callable[[Asked], dict[str, Any]]) -> None:
    """Answer each line of stdin with a line of JSON, at once and in order; a bad line gives its error there."""
    for line in _lines():
        try:
            reply = respond(_asked(line))
        except PolicyError as error:
            reply = {"error": str(error)}
        put(reply)


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        yield line.rstrip("\r\n").removeprefix("\ufeff")


def _asked(line: str) -> Asked:
    if not line.lstrip().startswith("{"):
        return Asked(line)
    try:
        return msgspec.json.decode(line, type=Asked)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise QuestionError(
            '这一行不是能读的 JSON。应当像 {"question": "…", "doc": ["…"], "history": ["…"]}。'
        ) from error


def prepare_streams() -> None:
    """UTF-8 whatever the locale, undecodable input kept apart line by line; a closed stream is an empty one."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - stays open
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape" if name == "stdin" else "backslashreplace")


def drop_output() -> None:
    """Let what is still to be written go nowhere, so that the interpreter does not try it again at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
