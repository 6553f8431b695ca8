"""What is wrong with the phrasings of a corpus: quotes that are gone, lines that say the same or contradict each other.

`corpus.phrasings` says how `questions/<doc_id>.txt` is written. It stops at the first line that does not fit, since a
question is to be answered; here every line is told, so that who writes phrasings can mend them all at once.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from corpus.errors import CorpusError, reason
from corpus.model import Clause, Corpus, Document

NEAR = 0.8
"""From this share of common pairs of characters on (Jaccard), two phrasings are nearly the same."""
EXAMPLES = "examples.txt"
"""Beside the phrasings, but not of them: the example questions of the page."""

FaultKind = Literal[
    "no_document", "no_quote", "quote_missing", "quote_repeated", "empty_rule", "empty_phrasing",
    "duplicate", "contradiction", "two_clauses",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """`text` of line `number` (from 1) of a file of phrasings, without its mark; `path` relative to the corpus."""

    path: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at `line`, and the earlier line that it does not go with, if it is about two.

    - ``no_document``: the file (line 1, its name as text) of a document that is not held;
    - ``no_quote``: a phrasing without a quote above;
    - ``quote_missing``, ``quote_repeated``: a quote that the document does not have, or more than once;
    - ``empty_rule``, ``empty_phrasing``: a quote that no phrasing follows, a phrasing without a letter;
    - ``duplicate``: answered twice in one clause, or apart twice in one document, in the same words;
    - ``contradiction``: answered and apart in one clause, in the same words;
    - ``two_clauses``: answered by different clauses of a document, in the same words or nearly.
    """

    kind: FaultKind
    line: Line
    other: Line | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """`faults` in the order of files and lines; `unasked` clauses, in reading order, are no fault."""

    faults: tuple[Fault, ...]
    unasked: tuple[Clause, ...]
    """Of kind ``clause``, that no answered phrasing points at."""
    rules: int
    """Quotes, whether found or not."""
    phrasings: int
    """Lines of questions, answered or apart."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A phrasing whose quote was found: what it says, folded, and for which clause."""

    line: Line
    folded: str
    clause_id: str
    is_apart: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """A quote and the lines below it; `quote` is None for lines that have none."""

    quote: Line | None
    phrasings: tuple[tuple[Line, bool], ...]
    """(line, whether it is apart)."""


def lint_phrasings(corpus: Corpus) -> Findings:
    """Check the phrasings that `corpus` has; raises `CorpusError` for a file that cannot be read."""
    faults = list(_not_held(corpus))
    asked: set[str] = set()
    rules = phrasings = 0
    for document in corpus.documents:
        held = _read(corpus.path, document.doc_id)
        rules += sum(rule.quote is not None for rule in held)
        phrasings += sum(len(rule.phrasings) for rule in held)
        said, found = _placed(held, document)
        faults += (*found, *_same(said), *_near(said))
        asked |= {each.clause_id for each in said if not each.is_apart}
    clauses = (clause for document in corpus.documents for clause in document.clauses)
    return Findings(
        faults=tuple(sorted(faults, key=lambda fault: (fault.line.path, fault.line.number))),
        unasked=tuple(c for c in clauses if c.kind == "clause" and c.clause_id not in asked),
        rules=rules,
        phrasings=phrasings,
    )


def fold_phrasing(text: str) -> str:
    """The letters and digits of `text` in one width and case: phrasings of the same form say the same.

    >>> fold_phrasing("每年 ９０ 学时，够Ａ级吗？")
    '每年90学时够a级吗'
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).casefold())


def _not_held(corpus: Corpus) -> Iterator[Fault]:
    for path in (corpus.path / "questions").glob("*.txt"):
        if path.is_file() and path.name != EXAMPLES and path.stem not in corpus.by_id:
            yield Fault("no_document", Line(f"questions/{path.name}", 1, path.stem))


def _read(folder: Path, doc_id: str) -> list[_Rule]:
    """The rules in the file of a document, none where it has no file."""
    name = f"questions/{doc_id}.txt"
    path = folder / name
    if not path.is_file():
        return []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "不是 UTF-8 编码"
        raise CorpusError(f"{path} 读不出来（{why}）。请存为 UTF-8 纯文本。", path) from error
    rules: list[_Rule] = []
    quote: Line | None = None
    below: list[tuple[Line, bool]] = []
    for number, line in enumerate((*lines, ""), 1):
        text = line.strip()
        if text.startswith("#"):
            continue
        if not text or text.startswith(">"):
            if quote is not None or below:
                rules.append(_Rule(quote, tuple(below)))
            quote, below = (Line(name, number, text[1:].strip()) if text else None), []
        else:
            below.append((Line(name, number, text.lstrip("! ")), text.startswith("!")))
    return rules


def _placed(rules: Iterable[_Rule], document: Document) -> tuple[list[_Said], list[Fault]]:
    """The phrasings of the quotes that stand once in the document, and what is wrong with the others."""
    bare = re.sub(r"\s", "", document.text)
    offsets = [i for i, character in enumerate(document.text) if not character.isspace()]
    said: list[_Said] = []
    faults: list[Fault] = []
    for rule in rules:
        if rule.quote is None:
            faults += (Fault("no_quote", line) for line, _ in rule.phrasings)
            continue
        if not rule.phrasings:
            faults.append(Fault("empty_rule", rule.quote))
        quote = re.sub(r"\s", "", rule.quote.text)
        at = bare.find(quote) if quote else -1
        if at < 0 or bare.find(quote, at + 1) >= 0:
            faults.append(Fault("quote_missing" if at < 0 else "quote_repeated", rule.quote))
            continue
        clause_id = document.clause_at(offsets[at]).clause_id
        for line, is_apart in rule.phrasings:
            folded = fold_phrasing(line.text)
            if folded:
                said.append(_Said(line, folded, clause_id, is_apart))
            else:
                faults.append(Fault("empty_phrasing", line))
    return said, faults


def _same(said: Sequence[_Said]) -> Iterator[Fault]:
    """Phrasings of one document in the same words, each with the first line that it does not go with."""
    by_words: dict[str, list[_Said]] = defaultdict(list)
    for each in said:
        for other in by_words[each.folded]:
            kind = _kind_of_same(other, each)
            if kind is not None:
                yield Fault(kind, each.line, other.line)
                break
        by_words[each.folded].append(each)


def _kind_of_same(first: _Said, second: _Said) -> FaultKind | None:
    is_one_clause = first.clause_id == second.clause_id
    if first.is_apart != second.is_apart:
        # What another clause answers is just what is easily confused with this one.
        return "contradiction" if is_one_clause else None
    return "duplicate" if is_one_clause or first.is_apart else None


def _near(said: Sequence[_Said]) -> Iterator[Fault]:
    """Answered phrasings of one document that point at different clauses in the same words, or nearly.

    Pairs come rarest first in each phrasing. Two that share `NEAR` of their pairs then share one of the first few of
    both (prefix filtering: Chaudhuri et al. 2006, "A primitive operator for similarity joins in data cleaning"), so
    that only the phrasings listed under those need comparing.
    """
    answered = [each for each in said if not each.is_apart]
    pairs = [_pairs(each.folded) for each in answered]
    often = Counter(pair for own in pairs for pair in own)
    listed: dict[str, list[int]] = defaultdict(list)
    for row, own in enumerate(pairs):
        first = sorted(own, key=lambda pair: (often[pair], pair))[: len(own) - math.ceil(NEAR * len(own)) + 1]
        for other in sorted({other for pair in first for other in listed[pair]}):
            is_near = len(own & pairs[other]) >= NEAR * len(own | pairs[other])
            if is_near and answered[other].clause_id != answered[row].clause_id:
                yield Fault("two_clauses", answered[row].line, answered[other].line)
        for pair in first:
            listed[pair].append(row)


def _pairs(folded: str) -> frozenset[str]:
    """The pairs of neighbouring characters; a single character is its own."""
    return frozenset(map("".join, pairwise(folded))) or frozenset({folded})
