"""Made policy texts of any size: seeded, so that the same arguments give the same texts.

Sentences are put together from the templates of ``made.toml`` with fillers drawn as words are in real texts, a few of
them often and most of them seldom (weights of one over the rank).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CLAUSES_PER_TEXT = 90
"""In chapters of ten, numbered through."""
CLAUSES_PER_CHAPTER = 10


@dataclass(frozen=True, slots=True)
class _Fillers:
    words: tuple[str, ...]
    weights: tuple[float, ...]
    """Running sums."""


@dataclass(frozen=True, slots=True)
class _Templates:
    provisions: tuple[str, ...]
    questions: tuple[str, ...]
    fillers: dict[str, _Fillers]


def made_clauses(count: int, seed: int = 0) -> list[str]:
    """`count` provisions of two to five sentences, without their numbers."""
    random = Random(seed)
    provisions = _templates().provisions
    return ["".join(_filled(random, provisions) for _ in range(random.randint(2, 5))) for _ in range(count)]


def made_questions(count: int, seed: int = 1) -> list[str]:
    """`count` short questions over the same words."""
    random = Random(seed)
    return [_filled(random, _templates().questions) for _ in range(count)]


def write_corpus(folder: Path, clauses: Sequence[str]) -> None:
    """Writes texts of `CLAUSES_PER_TEXT` clauses each into `folder`, which must exist."""
    for number, start in enumerate(range(0, len(clauses), CLAUSES_PER_TEXT), start=1):
        lines = _text(number, clauses[start : start + CLAUSES_PER_TEXT])
        (folder / f"made{number:04}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese numerals.

    >>> numeral(7), numeral(10), numeral(21), numeral(90)
    ('七', '十', '二十一', '九十')
    """
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    leading = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return leading + (digits[ones] if ones else "")


def _text(number: int, clauses: Sequence[str]) -> Iterator[str]:
    yield f"关于加强公共服务管理工作的意见（{number}）"
    yield f"政发〔20{10 + number % 15}〕{number}号"
    yield "为加强公共服务管理工作，现提出如下意见。"
    for place, clause in enumerate(clauses):
        if place % CLAUSES_PER_CHAPTER == 0:
            yield f"{numeral(place // CLAUSES_PER_CHAPTER + 1)}、工作安排"
        yield f"（{numeral(place + 1)}）{clause}"


def _filled(random: Random, templates: Sequence[str]) -> str:
    words = {
        name: random.choices(fillers.words, cum_weights=fillers.weights)[0]
        for name, fillers in _templates().fillers.items()
    }
    return random.choice(templates).format(n=random.randint(1, 90), **words)


@cache
def _templates() -> _Templates:
    table = tomllib.loads(Path(__file__).with_name("made.toml").read_text(encoding="utf-8"))
    fillers = {**table["fillers"], "place": _places()}
    return _Templates(
        tuple(table["provisions"]),
        tuple(table["questions"]),
        {
            name: _Fillers(tuple(words), tuple(accumulate(1 / rank for rank in range(1, len(words) + 1))))
            for name, words in fillers.items()
        },
    )


def _places() -> list[str]:
    """Three hundred names of places that might be."""
    return [
        first + last + kind for kind in "县市区" for first in "安永清宁兴和德金龙云" for last in "平远丰泰阳河溪山源陵"
    ]
