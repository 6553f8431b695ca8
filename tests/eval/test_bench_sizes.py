import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from eval.bench import sizes, subject
from eval.bench.__main__ import main
from eval.bench.figure import ROOT
from eval.bench.scratch import scratch
from eval.bench.timing import FEWEST, Timing, timed

QUIET = Console(quiet=True)
TIMING = Timing(200, 1.0, 2.0, 3.0, 900.0, 1500.0)
SCORERS = tuple(sizes.Scorer(name, "1", 1.0, 100.0, None, TIMING, None) for name in ("ours", "rank-bm25"))
SIZE = sizes.SizeFigures(
    clauses=1_000, sentences=3_000, documents=12, build_s=2.0, build_peak_mb=200.0, index_mb=10.0, open_ms=100.0,
    answering_peak_mb=150.0, ways=(sizes.Way("ask", TIMING),), scorers=SCORERS,
)  # fmt: skip


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """What the command writes and prints for 30 and 100 clauses."""
    file = tmp_path_factory.mktemp("bench") / "bench_figures.json"
    asked = ["--sizes", "100", "30", "--questions", "3", "--seconds", "0.1", "--json", str(file)]
    ran = subprocess.run(
        [sys.executable, "-m", "eval.bench", "--skip", "shipped", "page", *asked],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return json.loads(file.read_text(encoding="utf-8")), ran.stdout


def test_each_size_is_measured_in_each_way(bench):
    written, _ = bench
    assert [size["clauses"] for size in written["sizes"]] == [30, 100]
    for size in written["sizes"]:
        assert [way["name"] for way in size["ways"]] == ["lexical", "hybrid", "ask"]
        for timing in [one["timing"] for one in (*size["ways"], *size["scorers"])]:
            assert timing["questions"] == 3
            assert 0 < timing["p50_ms"] <= timing["p95_ms"] <= timing["p99_ms"]
            assert timing["one_thread"] > 0
            assert timing["two_threads"] > 0
        assert min(size[name] for name in ("build_s", "build_peak_mb", "index_mb", "open_ms", "answering_peak_mb")) > 0


def test_our_scores_stand_beside_those_of_the_libraries_that_are_there(bench):
    written, _ = bench
    there = ["ours", "rank-bm25", *(["bm25s"] if find_spec("bm25s") else [])]
    for size in written["sizes"]:
        assert [one["name"] for one in size["scorers"]] == there
        assert size["scorers"][0]["difference"] < 1e-4
        assert size["scorers"][0]["index_mb"] > 0
        assert size["scorers"][1]["index_mb"] is None


def test_the_tables_are_printed_too(bench):
    _, printed = bench
    for cell in ("| 提问 | 30 |", "| 提问 | 100 |", "| rank-bm25 0", "p99", "两个线程", "达标"):
        assert cell in printed


def test_a_library_that_is_missing_is_told(monkeypatch):
    monkeypatch.setattr(sizes, "_version", lambda name: None if name == "bm25s" else "1")
    assert sizes.missing() == ("bm25s",)
    assert any("没有安装 bm25s" in line for line in sizes.tables([SIZE]))


@pytest.mark.parametrize(
    ("clauses", "p50", "cell"),
    [
        (1_000, 30.0, "≤ 30，达标"),  # just at it
        (55_000, 30.1, "**未达标**"),  # above it
        (200_000, 90.0, "| 900 | 1,500 |  |"),  # more than the target is set for
    ],
)
def test_a_target_holds_up_to_the_largest_usual_size(clauses, p50, cell):
    size = replace(SIZE, clauses=clauses, ways=(sizes.Way("ask", replace(TIMING, p50_ms=p50)),))
    asked = next(line for line in sizes.tables([size]) if line.startswith("| 提问"))
    assert cell in asked


def test_tokens_come_back_as_they_were_given():
    items, questions = [["甲", "乙", "甲"], []], [["乙", "丙"]]
    held = subject.TokenFile.of(items, questions)
    assert held.vocabulary == ("甲", "乙", "丙")
    assert held.tokens(held.items) == items
    assert held.tokens(held.questions) == questions


@pytest.mark.parametrize("name", [name for name in subject.SCORERS if name != "bm25s" or find_spec("bm25s")])
def test_each_library_ranks_the_item_with_the_rare_words_first(name, tmp_path):
    items = [["甲", "乙"], ["丙", "丁"], ["戊", "己"], ["庚", "辛"], ["壬", "癸"]]
    top, save = subject.SCORERS[name](items)
    best = top(["丙", "丁"])
    assert len(best) == len(items)
    assert best[0] > best[1] == 0
    if save is not None:
        save(tmp_path / "saved")
        assert subject.size_mb(tmp_path / "saved") > 0


def test_a_slow_library_is_asked_the_fewest_questions():
    asked = []
    timing = timed(asked.append, list(range(100)), 0.0, "慢", QUIET)
    assert timing.questions == FEWEST
    assert sorted(asked[-FEWEST:]) == list(range(FEWEST))  # the two threads are asked the same


def test_the_best_of_few_scores_are_all_of_them():
    assert subject._best(np.array([1, 3, 2], np.float32)).tolist() == [3, 2, 1]


def test_a_folder_for_the_figures_that_is_not_there_is_told_at_once(tmp_path, capsys):
    assert main(["--json", str(tmp_path / "none" / "a.json")]) == 1
    assert "不存在" in capsys.readouterr().err


@pytest.mark.parametrize("size", ["0", "-5", "x"])
def test_a_size_that_is_none_is_refused(size, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--sizes", size])
    assert ended.value.code == 2
    assert "--sizes" in capsys.readouterr().err


def test_a_scratch_folder_is_gone_and_the_signals_are_as_before():
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    with scratch() as folder:
        (folder / "text.txt").write_text("文")
    assert not folder.exists()
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)] == before


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (signal.SIGINT, 130),  # Ctrl-C
        (signal.SIGTERM, 128 + signal.SIGTERM),  # kill
        (signal.SIGHUP, 128 + signal.SIGHUP),  # the terminal is closed
    ],
)
def test_an_interrupted_bench_leaves_nothing_behind(number, status, tmp_path):
    arguments = [sys.executable, "-m", "eval.bench", "--skip", "shipped", "page", "--sizes", "3000"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        arguments, cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}, stdout=quiet, stderr=quiet
    )
    try:
        _wait_for(lambda: any(tmp_path.glob("clauselens-bench-*/texts/.index")), process)
        process.send_signal(number)
        assert process.wait(30) == status
    finally:
        process.kill()
        process.wait()
    assert list(Path(tmp_path).iterdir()) == []


def _wait_for(there, process):
    end = time.monotonic() + 60
    while not there():
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.01)
