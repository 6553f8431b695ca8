"""Serves the page over the fake engine as an office would.

`python shared_page.py PORT AUTH_FILE|- ROOT_PATH RATE [FEEDBACK]`.
"""

from __future__ import annotations

import socket
import sys
import threading
from pathlib import Path

from fake_engine import FakeEngine
from fake_page import only_here, only_our_names

from search.serving.settings import Serving
from search.tabs.page import build_app, launch

if __name__ == "__main__":
    socket.socket.connect, socket.getaddrinfo = only_here, only_our_names
    port, accounts, root_path, rate, *feedback = sys.argv[1:]
    serving = Serving(None if accounts == "-" else Path(accounts), root_path, int(rate))
    page = build_app(engine := FakeEngine(), ("在山区工作有没有补贴？",), *map(Path, feedback))
    sys.stdout.write(launch(page, engine, "127.0.0.1", int(port), serving) + "\n")
    sys.stdout.flush()
    threading.Event().wait()
