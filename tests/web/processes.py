"""Pages served from processes of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(**more):
    """The environment of a server: no analytics setting of its own, and a proxy that leads nowhere."""
    held = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy") and not k.startswith("GRADIO")}
    return {
        **held,
        "PYTHONPATH": str(ROOT),
        "HTTP_PROXY": "http://192.0.2.1:9",
        "HTTPS_PROXY": "http://192.0.2.1:9",
        **more,
    }


def serving(errors, *command):
    """Start a page and yield (its address, path of what it writes to stderr)."""
    with errors.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, *command], stdout=subprocess.PIPE, stderr=stderr, text=True, env=environment(), cwd=ROOT
        )
    line = process.stdout.readline()
    try:
        assert "http://127.0.0.1:" in line, line + errors.read_text()
        yield "http" + line.split("http")[1].split("/（")[0].strip().rstrip("/") + "/", errors
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
