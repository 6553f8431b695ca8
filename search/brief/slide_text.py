"""What stands on slides before it is placed: runs of text, boxes of runs, and blocks of text or of table rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from search.brief.content import Piece
from search.brief.labels import shown
from search.compare.model import Label
from search.compare.redline import Change


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look alike; line breaks are in the text. `label`: they are a label, and have its colours."""

    text: str
    is_strong: bool = False
    change: Change = "kept"
    is_minor: bool = False
    label: Label | None = None


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """The text of a cell; `tint`: the label whose pale colour it stands on."""

    runs: Runs
    tint: Label | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `said` is what its speaker has to say of it, "" for nothing."""

    boxes: tuple[Box, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph in type of `size` points across the slide; with `is_item` behind a dot, with `is_heading` bold.

    A heading does not stand at the foot of a slide without what follows it.
    """

    runs: Runs
    size: float
    said: str = ""
    is_item: bool = False
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table under `heads`, in columns of `widths` points; `caption` stands above wherever it begins anew."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    size: float
    caption: Runs = ()


Block = Words | Rows


def plain(runs: Iterable[Run]) -> str:
    """The characters of the runs."""
    return "".join(run.text for run in runs)


def box(text: str, tint: Label | None = None, *, is_strong: bool = False) -> Box:
    """A box of one run."""
    return Box((Run(text, is_strong),), tint)


def mark(label: Label) -> Run:
    """The label with its sign, in its colours."""
    return Run(shown(label), is_strong=True, label=label)


def runs_of(pieces: Sequence[Piece]) -> Runs:
    """The pieces as runs, without their sources."""
    return tuple(Run(piece.text, piece.is_strong, piece.change, piece.is_minor) for piece in pieces)


def cut(runs: Runs, length: int) -> tuple[Runs, Runs]:
    """The first `length` characters, and the rest."""
    first: list[Run] = []
    for number, run in enumerate(runs):
        if len(run.text) > length:
            before = (*first, replace(run, text=run.text[:length])) if length else tuple(first)
            return before, (replace(run, text=run.text[length:]), *runs[number + 1 :])
        first.append(run)
        length -= len(run.text)
    return tuple(first), ()


def lines_of(runs: Runs) -> tuple[Runs, ...]:
    """The runs of each line; a line break at the very end begins none."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text)] for text in others]
    if len(lines) > 1 and not plain(lines[-1]):
        lines.pop()
    return tuple(tuple(run for run in line if run.text) for line in lines)


def stacked(*parts: Runs) -> Runs:
    """The texts one after the other, each that is not empty on lines of its own."""
    made: list[Run] = []
    for part in parts:
        if plain(part):
            made += (Run("\n"), *part) if made else part
    return tuple(made)
