"""Serves the page over the fake engine: `python fake_page.py PORT [FEEDBACK]`. It can connect to no other machine."""

from __future__ import annotations

import socket
import sys
import threading
from pathlib import Path

from fake_engine import EVIL, FakeEngine

from search.tabs.page import build_app, launch

HERE = ("127.0.0.1", "::1", "localhost", "0.0.0.0", b"127.0.0.1", b"localhost", None)
connect, getaddrinfo = socket.socket.connect, socket.getaddrinfo


def only_here(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in HERE:
        sys.stderr.write(f"FOREIGN {address}\n")
        raise OSError("no network here")
    return connect(self, address)


def only_our_names(host, *args, **kwargs):
    if host not in HERE:
        sys.stderr.write(f"FOREIGN {host}\n")
        raise socket.gaierror("no network here")
    return getaddrinfo(host, *args, **kwargs)


if __name__ == "__main__":
    socket.socket.connect, socket.getaddrinfo = only_here, only_our_names
    page = build_app(engine := FakeEngine(), ("在山区工作有没有补贴？", EVIL), *map(Path, sys.argv[2:]))
    sys.stdout.write(launch(page, engine, port=int(sys.argv[1])) + "\n")
    sys.stdout.flush()
    threading.Event().wait()
