"""``python -m eval.load``: many people at once, over the page's own queue and over the API, and how long each waits.

Each person opens the page, then again and again asks something and reads for a while, as people do. Written with
asyncio and httpx, which are here already: the page's queue (an event goes in, its answer comes on a stream) would have
to be written by hand for locust too, and nothing else of locust is needed. The people run on the same machine as the
server and take their share of its cores.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from corpus.errors import PolicyError
from eval.bench.figure import ROOT, BenchError, quantile, resident_mb
from eval.suite import find_suite, load_suite
from search import open_engine

SUITE = "three-texts"
TARGET = 1.0
"""Seconds within which 95 of 100 have what they asked for."""
PATIENCE = 60.0
READING = (3.0, 8.0)
"""Seconds that somebody reads before the next question, between these."""
_PAGE = "页面"


@dataclass(frozen=True, slots=True)
class Subjects:
    """What people ask about."""

    questions: tuple[str, ...]
    topics: tuple[str, ...]
    clause_ids: tuple[str, ...]


@dataclass(slots=True)
class Took:
    """Seconds that each request took, by kind, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


class Person:
    """Somebody with a page open; `name` is that of the session, one for each page."""

    def __init__(self, client: httpx.AsyncClient, config: dict[str, Any], name: str, took: Took) -> None:
        self._client, self._config, self._name, self._took = client, config, name, took

    async def visit(self, subjects: Subjects, draw: random.Random, end: float) -> None:
        """Open the page, then ask and read until `end` (of `time.monotonic`)."""
        await asyncio.sleep(draw.uniform(0, READING[1]))
        await self._timed("打开页面", self._open)
        while time.monotonic() < end:
            kind, request = self._chosen(subjects, draw)
            await self._timed(kind, request)
            await asyncio.sleep(min(draw.uniform(*READING), max(0.0, end - time.monotonic())))

    def _chosen(self, subjects: Subjects, draw: random.Random) -> tuple[str, Callable[[], Awaitable[None]]]:
        question, topic, clause_id = (
            draw.choice(each) for each in (subjects.questions, subjects.topics, subjects.clause_ids)
        )
        kinds: list[tuple[int, str, Callable[[], Awaitable[None]]]] = [
            (45, f"{_PAGE}提问", lambda: self._submit("cl-question", question)),
            (15, f"{_PAGE}检索", lambda: self._submit("cl-query", topic)),
            (8, f"{_PAGE}对照", lambda: self._submit("cl-topic", topic)),
            (20, "接口提问", lambda: self._post("ask", {"question": question})),
            (5, "接口检索", lambda: self._post("search", {"text": topic})),
            (5, "接口看条文", lambda: self._post("show_clause", {"clause_id": clause_id})),
            (2, "接口对照", lambda: self._post("compare", {"topic": topic})),
        ]
        _, kind, request = draw.choices(kinds, weights=[weight for weight, *_ in kinds])[0]
        return kind, request

    async def _timed(self, kind: str, request: Callable[[], Awaitable[None]]) -> None:
        began = time.perf_counter()
        try:
            await request()
        except (httpx.HTTPError, BenchError) as error:
            self._took.errors.append(f"{kind}：{error or type(error).__name__}")
        else:
            self._took.seconds.setdefault(kind, []).append(time.perf_counter() - began)

    async def _open(self) -> None:
        (await self._client.get("/")).raise_for_status()
        for event in self._config["dependencies"]:
            if event["backend_fn"] and any(target[1] == "load" for target in event["targets"]):
                await self._event(event, {})

    async def _submit(self, elem_id: str, text: str) -> None:
        box = next(one["id"] for one in self._config["components"] if one["props"].get("elem_id") == elem_id)
        event = next(
            one for one in self._config["dependencies"] if [box, "submit"] in one["targets"] and one["backend_fn"]
        )
        await self._event(event, {box: text})

    async def _event(self, event: dict[str, Any], typed: dict[int, str]) -> None:
        """Let the page's own event happen: into the queue, then wait on the stream for its end."""
        values = {one["id"]: one["props"].get("value") for one in self._config["components"]} | typed
        given = {
            "session_hash": self._name,
            "fn_index": event["id"],
            "data": [values.get(one) for one in event["inputs"]],
        }
        prefix = self._config.get("api_prefix", "")
        (await self._client.post(f"{prefix}/queue/join", json=given)).raise_for_status()
        async with self._client.stream("GET", f"{prefix}/queue/data", params={"session_hash": self._name}) as stream:
            async for line in stream.aiter_lines():
                told = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if told.get("msg") == "process_completed":
                    if not told.get("success"):
                        raise BenchError(f"没有答出来：{told.get('output')}")
                    return
        raise BenchError("没有回答就断开了")

    async def _post(self, name: str, given: dict[str, Any]) -> None:
        (await self._client.post(f"/api/{name}", json=given)).raise_for_status()


def main(argv: Sequence[str] | None = None) -> int:
    """Run and print; gives the exit status: 1 where something failed or the target was missed."""
    parser = argparse.ArgumentParser(prog="python -m eval.load", description="多人同时使用：每个人等多久")
    parser.add_argument("--users", type=int, default=50, help="人数（默认 50）")
    parser.add_argument("--seconds", type=float, default=20.0, help="用多久，秒（默认 20）")
    parser.add_argument("--runs", type=int, default=1, help="测几遍（默认 1）")
    parser.add_argument("--url", help="已在运行的服务器（默认自己启动一个，并读它的内存）")
    parser.add_argument("--seed", type=int, default=0, help="抽样的种子")
    options = parser.parse_args(argv)
    try:
        done = asyncio.run(_runs(options))
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    return 0 if done else 1


async def _runs(options: argparse.Namespace) -> bool:
    subjects, is_met = _subjects(), True
    async with _server(options.url) as (address, pid):
        async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, trust_env=False) as client:
            config = await _config(client)
        for number in range(options.runs):
            took = await _run(address, config, subjects, options, options.seed + number)
            memory = "" if pid is None else f"，服务器常驻内存 {resident_mb(pid):.0f} MB"
            sys.stdout.write(f"\n第 {number + 1} 遍：{options.users} 人，{options.seconds:.0f} 秒{memory}\n\n")
            for line in _table(took, options.seconds):
                sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
            is_met = is_met and not took.errors and quantile(_all(took), 0.95) < TARGET
    return is_met


async def _run(
    address: str, config: dict[str, Any], subjects: Subjects, options: argparse.Namespace, seed: int
) -> Took:
    took, end = Took(), time.monotonic() + options.seconds
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, trust_env=False, limits=limits) as client:
        people = [Person(client, config, f"load{time.time_ns()}-{number}", took) for number in range(options.users)]
        draws = [random.Random(f"{seed}/{number}") for number in range(options.users)]
        await asyncio.gather(*(p.visit(subjects, draw, end) for p, draw in zip(people, draws, strict=True)))
    return took


def _table(took: Took, seconds: float) -> Iterator[str]:
    """Lines of a Markdown table, times in milliseconds."""
    yield "| 请求 | 次数 | p50 | p95 | p99 | 最长（毫秒） |"
    yield "|---|---:|---:|---:|---:|---:|"
    for kind, held in [*sorted(took.seconds.items()), ("**全部**", _all(took))]:
        shares = [f"{1000 * quantile(held, share):.0f}" for share in (0.5, 0.95, 0.99, 1.0)]
        yield f"| {kind} | {len(held)} | {' | '.join(shares)} |"
    every = _all(took)
    word = "达标" if quantile(every, 0.95) < TARGET else "未达标"
    yield ""
    yield f"每秒 {len(every) / seconds:.1f} 次；出错 {len(took.errors)} 次；p95 目标 {TARGET:.0f} 秒以内：{word}"
    yield from sorted(set(took.errors))[:5]


def _all(took: Took) -> list[float]:
    held = [seconds for each in took.seconds.values() for seconds in each]
    if not held:
        raise BenchError(f"没有一次成功。{''.join(took.errors[:1])}")
    return held


def _subjects() -> Subjects:
    """Questions of the suite, what the shipped clauses are headed, and their ids."""
    documents = open_engine().documents()
    questions = tuple(question.text for question in load_suite(find_suite(SUITE), documents).questions)
    clauses = [clause for document in documents for clause in document.clauses if clause.kind == "clause"]
    topics = tuple(clause.heading[:12] for clause in clauses if clause.heading)
    return Subjects(questions, topics, tuple(clause.clause_id for clause in clauses))


@asynccontextmanager
async def _server(url: str | None) -> AsyncIterator[tuple[str, int | None]]:
    """(address, process id where it is ours)."""
    if url is not None:
        yield url, None
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(ROOT / "app.py"), "--port", str(port)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    try:
        if str(port) not in (await process.stdout.readline()).decode(errors="replace"):
            raise BenchError("python app.py 没有启动；请先单独运行它，看它报什么错。")
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _config(client: httpx.AsyncClient) -> dict[str, Any]:
    """Gradio's description of the page."""
    try:
        reply = await client.get("/config")
        reply.raise_for_status()
    except httpx.HTTPError as error:
        raise BenchError(f"{client.base_url} 没有回答（{error}）。请检查地址，并先启动服务器。") from error
    return dict(reply.json())


if __name__ == "__main__":
    sys.exit(main())
