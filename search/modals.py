"""Modal words of administrative texts, told apart by how much they bind: 不得, 应当, 原则上, 可以, 不受…限制, 鼓励."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

from indexer.fold import fold_map

ModalKind = Literal["prohibition", "duty", "soft_duty", "permission", "release", "encouragement"]

_GAP = r"[^,.;:。!?()\n]{0,20}?"
"""What may stand for the … of a word such as 不受…限制: a few characters, a list perhaps (不受年限、比例限制)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder: the smaller `rank`, the more its `words` bind; equal ranks bind alike."""

    kind: ModalKind
    rank: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal word at characters `start` to `end` of the text it was found in; `text` is that slice."""

    start: int
    end: int
    text: str
    kind: ModalKind
    rank: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps, the most binding first, and words that hold a modal word without being one (相应, 重要)."""

    steps: tuple[Step, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What decides an answer beside its quantities: kinds of modal words, words of preference, words of exception."""

    core: tuple[ModalKind, ...]
    privilege: tuple[str, ...]
    exception: tuple[str, ...]


@cache
def ladder() -> Ladder:
    """The ladder of `modals.toml`, read once."""
    data = _data()
    steps = [Step(_kind(step["kind"]), int(step["rank"]), tuple(step["words"])) for step in data["step"]]
    return Ladder(tuple(sorted(steps, key=lambda step: step.rank)), tuple(data["plain"]["words"]))


@lru_cache(maxsize=2048)
def modals(text: str) -> tuple[Modal, ...]:
    """The modal words of `text` in reading order, none inside another: where several fit, the longest word.

    >>> [(modal.text, modal.kind) for modal in modals("对论文不作硬性要求，相应岗位应当公开。")]
    [('不作硬性要求', 'release'), ('应当', 'duty')]
    """
    folded, origin = fold_map(text)
    found = []
    for match in _pattern().finditer(folded):
        if match.lastgroup is not None:
            step = ladder().steps[int(match.lastgroup.rpartition("_")[2])]
            start, end = origin[match.start()], origin[match.end() - 1] + 1
            found.append(Modal(start, end, text[start:end], step.kind, step.rank))
    return tuple(found)


@cache
def telling() -> Telling:
    """The words of `modals.toml` that decide an answer, read once."""
    table = _data()["decisive"]
    return Telling(tuple(_kind(name) for name in table["core"]), tuple(table["privilege"]), tuple(table["exception"]))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("search").joinpath("modals.toml").read_text(encoding="utf-8"))


def _kind(name: str) -> ModalKind:
    return next(kind for kind in get_args(ModalKind) if kind == name)


@cache
def _pattern() -> re.Pattern[str]:
    """Every word, longer ones tried first, each in a group that ends in the number of its step; plain ones in none."""
    held = [(word, f"_{number}") for number, step in enumerate(ladder().steps) for word in step.words]
    held += [(word, "") for word in ladder().plain]
    ordered = sorted(held, key=lambda pair: -len(pair[0]))
    words = "|".join(_group(word, f"g{n}{step}" if step else "") for n, (word, step) in enumerate(ordered))
    begins = "".join(re.escape(character) for character in sorted({word[0] for word, _ in held}))
    return re.compile(f"(?=[{begins}])(?:{words})")  # most characters begin none, and are passed over at once


def _group(word: str, name: str) -> str:
    body = _GAP.join(re.escape(part) for part in word.split("…"))
    return f"(?P<{name}>{body})" if name else f"(?:{body})"
