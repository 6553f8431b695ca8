"""The page: from its start to its first answer, asked over HTTP as a browser asks."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

from eval.bench.browser import browser_figures, browsing
from eval.bench.figure import ROOT, BenchError, Figure, resident_mb
from eval.bench.shipped import QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PATIENCE = 60.0
"""Seconds to wait for the page."""
_OPEN = build_opener(ProxyHandler({})).open
"""Without the proxy that the environment may name."""


def page_figures(questions: Sequence[str]) -> Iterator[Figure]:
    """Start to first answer, over HTTP and, of another start, in a browser; and memory after it."""
    yield from _over_http()
    with browsing() as page, _started() as (address, process, since_start):
        _wait(address, process)
        yield from browser_figures(page, address, questions, since_start)


@contextmanager
def _started() -> Iterator[tuple[str, subprocess.Popen[bytes], Callable[[], float]]]:
    """The page in a process of its own: its address, the process, and a clock that starts with it (seconds)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = time.perf_counter()
    arguments = [sys.executable, str(ROOT / "app.py"), "--port", str(port)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(arguments, stdout=quiet, stderr=quiet)
    try:
        yield f"http://127.0.0.1:{port}", process, lambda: time.perf_counter() - start
    finally:
        process.terminate()
        process.wait()


def _over_http() -> Iterator[Figure]:
    with _started() as (address, process, since_start):
        config = _wait(address, process)
        served = since_start()
        _ask(address, config)
        answered = since_start()
        resident = resident_mb(process.pid)
    yield Figure("页面首次回答", answered, "秒", 3, f"python app.py；其中 {served:.1f} 秒后页面可访问")
    yield Figure("页面首次回答后的常驻内存", resident, "MB", 700)


def _wait(address: str, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Gradio's description of the page, once it is served."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with _OPEN(f"{address}/config", timeout=5) as reply:
                return dict(json.load(reply))
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise BenchError(f"python app.py 在 {PATIENCE:.0f} 秒内没有提供页面；请先单独运行它，看它报什么错。")


def _ask(address: str, config: dict[str, Any]) -> None:
    """Submits the question box and waits for the answer."""
    box = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "cl-question")
    event = next(one for one in config["dependencies"] if [box, "submit"] in one["targets"])
    values = {one["id"]: one["props"].get("value") for one in config["components"]}
    data = [QUESTION if one == box else values.get(one) for one in event["inputs"]]
    session = {"session_hash": "bench", "fn_index": event["id"], "trigger_id": box, "data": data}
    prefix = address + config.get("api_prefix", "")
    body = json.dumps(session).encode()
    join = Request(f"{prefix}/queue/join", body, {"Content-Type": "application/json"})
    _OPEN(join, timeout=PATIENCE).close()
    with _OPEN(f"{prefix}/queue/data?session_hash=bench", timeout=PATIENCE) as stream:
        for line in stream:
            told = json.loads(line.removeprefix(b"data:")) if line.startswith(b"data:") else {}
            if told.get("msg") == "process_completed":
                if not told.get("success"):
                    raise BenchError("页面没有答出来；请在浏览器里打开页面提一个问题，看服务器的日志。")
                return
    raise BenchError("页面没有回答就断开了；请在浏览器里打开页面提一个问题，看服务器的日志。")
