"""How the server is shared: what its options say, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import QuestionError

PER_MINUTE = 1200
"""Twenty a second: a whole office may come from one address."""
MAY_SETTLE = "clauselens.may_settle"
"""Of a request's ASGI scope: whether who makes it may accept, put aside and delete what people said of answers."""
_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)+")


@dataclass(frozen=True, slots=True)
class Serving:
    """How the server is shared."""

    auth_file: Path | None = None
    """The file of accounts; None: nobody has to log in."""
    root_path: str = ""
    """The prefix that a reverse proxy serves us under, like `/policy`."""
    per_minute: int = PER_MINUTE
    """Requests with work in them that one client may make in a minute."""


def checked(serving: Serving) -> Serving:
    """The same, its prefix without a last slash. Raises `QuestionError` or `AccountsError` for what cannot be used."""
    from search.serving.accounts import read_accounts  # the command line starts sooner without it

    root = serving.root_path.rstrip("/")
    if root and not _PREFIX.fullmatch(root):
        raise QuestionError(f"--root-path 是 {serving.root_path}，应当是反向代理的路径，以 / 开头，例如 /policy。")
    if serving.per_minute < 1:
        raise QuestionError(f"--rate 是 {serving.per_minute}，应当至少是 1（每个客户端每分钟的请求数）。")
    if serving.auth_file is not None and not read_accounts(serving.auth_file):
        raise QuestionError(f"{serving.auth_file} 里没有账号，谁也登录不了。请先用 clauselens accounts add 加一个。")
    return Serving(serving.auth_file, root, serving.per_minute)
