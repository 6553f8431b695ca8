"""Speed by corpus size, from what ``python -m eval.bench --json FILE`` wrote."""

from __future__ import annotations

from pathlib import Path

import msgspec

from corpus.errors import PolicyError, reason
from eval.report.charts import Series

_NAMES = {"ask": "提问", "hybrid": "综合检索", "ours": "本程序，只算 BM25"}
"""Ways and scorers that are shown under another name; ``lexical`` is left out: it lies on ``hybrid``."""
_LEFT_OUT = "lexical"


class _Timing(msgspec.Struct):
    p50_ms: float


class _Timed(msgspec.Struct):
    name: str
    timing: _Timing


class _Size(msgspec.Struct):
    clauses: int
    ways: list[_Timed]
    scorers: list[_Timed]


class _Measured(msgspec.Struct):
    sizes: list[_Size]


def read_latency(path: Path) -> tuple[Series, ...]:
    """Median milliseconds a question over the number of clauses: a line for each way of asking and each library.

    Raises `PolicyError` where the file cannot be read.
    """
    try:
        sizes = msgspec.json.decode(path.read_bytes(), type=_Measured).sizes
    except OSError as error:
        raise PolicyError(f"{path} 读不出来（{reason(error)}）。请检查路径。") from error
    except msgspec.DecodeError as error:
        advice = "请用 python -m eval.bench --json 重新测一次。"
        raise PolicyError(f"{path} 不是速度测量的结果（{error}）。{advice}") from error
    points: dict[str, list[tuple[float, float]]] = {}
    for size in sorted(sizes, key=lambda each: each.clauses):
        for timed in (*size.ways, *size.scorers):
            if timed.name != _LEFT_OUT:
                points.setdefault(timed.name, []).append((float(size.clauses), timed.timing.p50_ms))
    return tuple(
        Series(_NAMES.get(name, name), tuple(x for x, _ in held), tuple(y for _, y in held))
        for name, held in points.items()
    )
