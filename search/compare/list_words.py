"""The words round the items of a list (`lists.toml`): what leads to a first item, and what follows a last one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def list_words(name: str) -> frozenset[str]:
    """The words of the table `name` of `lists.toml`."""
    return _data()[name]


def is_verb(word: str) -> bool:
    """Whether a word only leads to what is named (加强, 按照): another one in its place is no other thing."""
    return word in list_words("leads") or word in list_words("tails")


@cache
def _data() -> dict[str, frozenset[str]]:
    held: dict[str, Any] = tomllib.loads(files("search.compare").joinpath("lists.toml").read_text(encoding="utf-8"))
    return {name: frozenset(table["words"]) for name, table in held.items()}
