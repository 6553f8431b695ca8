"""`clauselens accounts`: who may log in to a shared server."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from corpus.errors import QuestionError
from search.commands.options import AsJson, AuthFile
from search.commands.terminal import put

accounts = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="账号：多人共用的服务器要登录时，谁能登录。")
AccountName = Annotated[str, typer.Argument(metavar="NAME", help="登录用的名字")]


@accounts.command(name="add")
def add_account(
    name: AccountName,
    auth_file: AuthFile,
    trainer: Annotated[
        bool | None,
        typer.Option("--trainer/--staff", help="培训人员：还能采用、搁置、删去反馈（默认不能，已有的不变）"),
    ] = None,
) -> None:
    """加一个账号，或给已有的换密码；密码不显示，不是终端时从标准输入读一行。"""
    from search.serving.accounts import add_account as write_account
    from search.serving.accounts import checked_name

    kept = checked_name(name)
    is_new = write_account(auth_file, kept, _password(), is_trainer=trainer)
    put(f"{'已加上' if is_new else '已换密码'}：{kept}。正在运行的服务器即刻生效。")


@accounts.command(name="remove")
def remove_account(name: AccountName, auth_file: AuthFile) -> None:
    """删去一个账号；已登录的即刻失效。"""
    from search.serving.accounts import remove_account as take_account

    take_account(auth_file, name)
    put(f"已删去 {name}。")


@accounts.command(name="list")
def list_accounts(auth_file: AuthFile, *, as_json: AsJson = False) -> None:
    """列出账号的名字，培训人员的另外注明。"""
    from search.serving.accounts import read_accounts

    held = read_accounts(auth_file)
    trainers = [name for name, account in held.items() if account.is_trainer]
    lines = (f"{name}{'（培训人员）' if name in trainers else ''}" for name in held)
    put(
        {"accounts": list(held), "trainers": trainers}
        if as_json
        else "\n".join(lines) or "还没有账号。请用 clauselens accounts add 加一个。"
    )


def _password() -> str:
    """A password typed twice without echo, or a line of standard input where that is no terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("密码：")
    if getpass.getpass("再输一次：") != first:
        raise QuestionError("两次输入的密码不一样。请重来。")
    return first
