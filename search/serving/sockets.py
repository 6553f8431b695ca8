"""Whether an address can be listened on."""

from __future__ import annotations

import errno
import socket

from corpus.errors import PolicyError, reason

LAST_PORT = 65535


def check_free(host: str, port: int) -> None:
    """Raise PolicyError unless `host` and `port` can be listened on."""
    if not 0 < port <= LAST_PORT:
        raise PolicyError(f"不能在 {host} 的 {port} 端口上启动：端口应在 1 到 {LAST_PORT} 之间，请用 --port 换一个。")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "端口已被占用" if taken else f"这个地址或端口用不了（{reason(error)}）"
        raise PolicyError(
            f"不能在 {host} 的 {port} 端口上启动：{why}。请用 --host、--port 换一个，或先停掉占用它的程序。"
        ) from error
