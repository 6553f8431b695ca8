"""The examples of docs/api.md, run as they stand there over the shipped corpus, at another address."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from processes import environment
from programs import examples

from search import open_engine

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
QUESTION = "每年的继续教育要学满多少学时？"
THERE = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def quotes():
    return [quote.text for each in open_engine().ask(QUESTION).answers for quote in each.quotes]


def ran(command, code, address, tmp_path):
    assert THERE in code
    assert QUESTION in code
    code = code.replace(THERE, address.rstrip("/"))
    done = subprocess.run(
        [*command, code],
        check=False,
        capture_output=True,
        text=True,
        env=environment(NO_PROXY="127.0.0.1"),
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_curl(real_server, tmp_path, quotes):
    (code,) = examples(PAGE, "bash")
    answer = json.loads(ran(["bash", "-c"], code, real_server[0], tmp_path))
    assert answer["status"] == "answered"
    assert [quote["text"] for each in answer["answers"] for quote in each["quotes"]] == quotes


@pytest.mark.parametrize("number", [0, 1])  # gradio_client, MCP
def test_python(real_server, tmp_path, quotes, number):
    said = ran([sys.executable, "-W", "ignore", "-c"], examples(PAGE, "python")[number], real_server[0], tmp_path)
    assert quotes[0] in said


def test_there_are_no_other_examples():
    assert len(examples(PAGE, "bash")), len(examples(PAGE, "python")) == (1, 2)
