"""What the command says of a wrong usage, in Chinese, from what typer raises and says in English."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_BY_CLASS: dict[str, Callable[[Any], str]] = {
    "NoSuchOption": lambda e: f"没有选项 {e.option_name}。",
    "MissingParameter": lambda e: f"缺少 {e.param.metavar or e.param.name}。",
    "BadParameter": lambda e: (
        f"{e.param.opts[-1] if e.param else '参数'} 的值不对：{_in_chinese(e.message).rstrip('。')}。"
    ),
}
"""What to say of a wrong usage, by the class of the error; typer brings these classes, but does not export them."""
_SAID = (
    (r"No such command ['\"](.*)['\"]\.?", r"没有命令 \1。"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"多出了 \1。文字里有空格时请加引号。"),
    (r"Option ['\"](.*)['\"] requires an argument\.?", r"选项 \1 后面缺少值。"),
    (r"Option ['\"](.*)['\"] does not take a value\.?", r"选项 \1 不带值。"),
    (r".*(?:valid integer|unable to parse string as an integer).*", "应当是整数"),
    (r"(?:Value error, )?(.*) is not one of (.*?)\.?", r"\1 不在 \2 之中"),
)
"""What typer says of a wrong usage, and how to say it in Chinese."""


def usage_text(error: Any) -> str:
    """What to print for a usage error of typer, line break at the end; where no command was given, the help."""
    name = type(error).__name__
    if name == "NoArgsIsHelpError":
        return f"{error.format_message()}\n"
    said = _BY_CLASS[name](error) if name in _BY_CLASS else _in_chinese(error.format_message())
    return f"{said}用 clauselens --help 或 clauselens 命令 --help 查看用法。\n"


def _in_chinese(message: str) -> str:
    for pattern, said in _SAID:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(said)
    return message
