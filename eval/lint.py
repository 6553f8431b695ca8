"""``python -m eval.lint SUITE``: is a suite fair, and does it ask about everything?

Three checks: no question repeats six characters of a text in a row (who copies the text asks a search engine, not a
colleague); no phrasing or word list of the corpus folder, and no `dev` question, is a `test` question, or nearly
(nothing may be fitted to `test`); and how often each clause, type and kind of "no" is asked. Terms that cannot be
put otherwise stand in ``official-terms.txt`` beside the suite, one a line, sorted; one that no question needs is
reported.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from corpus.errors import PolicyError, SuiteError, reason
from corpus.load import load_corpus
from eval.model import ANSWERS
from eval.suite import find_suite, load_suite
from indexer.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.model import Corpus, Document
    from eval.model import Question, Suite

LONGEST_SHARED = 5
"""Characters in a row that a question may share with a text."""
NEAR = 0.7
"""From this share of common pairs of characters on (Jaccard), two phrasings are nearly the same."""
TERMS = "official-terms.txt"
_TEXTS = "texts"
_LISTS = frozenset({".txt", ".tsv", ".jsonl", ".toml", ".md"})


@dataclass(frozen=True, slots=True)
class Repeat:
    """A question that shares `text` (folded, letters and digits alone) with a document."""

    query_id: str
    text: str
    doc_id: str


@dataclass(frozen=True, slots=True)
class Nearness:
    """A `test` question that a line of a corpus file, or a `dev` question, comes near to; `share`: 0 to 1, 1 the same.

    `path`: of the file in the corpus folder; of a `dev` question ``dev``.
    """

    query_id: str
    phrasing: str
    path: str
    share: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a suite asks about. A clause is asked by a question with gold of grade 2 in it."""

    questions: int
    types: dict[str, int]
    kinds: dict[str, int]
    """Of type none."""
    splits: dict[str, int]
    clauses: dict[str, int]
    """Questions by clause id, of every clause but signatures, in reading order."""

    def asked_less_than(self, times: int) -> tuple[str, ...]:
        """Clauses that fewer questions ask about."""
        return tuple(clause_id for clause_id, count in self.clauses.items() if count < times)


@dataclass(frozen=True, slots=True)
class Findings:
    """What `lint` found; `unneeded` are terms of the list that no question needs."""

    repeats: tuple[Repeat, ...]
    unneeded: tuple[str, ...]
    near: tuple[Nearness, ...]
    coverage: Coverage


def lint(suite: Suite, corpus: Corpus, terms: Sequence[str] = ()) -> Findings:
    """Check `suite` against the texts and word lists of `corpus`; `terms` cannot be put otherwise."""
    repeats, needed = _repeats(suite.questions, corpus.documents, terms)
    return Findings(
        repeats=repeats,
        unneeded=tuple(term for term in terms if term not in needed),
        near=tuple(_near(suite, corpus.path)),
        coverage=coverage(suite, corpus.documents),
    )


def read_terms(folder: Path) -> tuple[str, ...]:
    """The terms listed beside the suite in `folder`, none where there is no list; raises `SuiteError`."""
    path = folder / TERMS
    if not path.is_file():
        return ()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "不是 UTF-8 编码"
        raise SuiteError(f"文件读不出来（{why}）。", path) from error
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def coverage(suite: Suite, documents: Sequence[Document]) -> Coverage:
    """What the suite asks about."""
    asked: Counter[str] = Counter()
    for question in suite.questions:
        asked.update({gold.clause_id for gold in question.gold if gold.grade == ANSWERS})
    clauses = (c.clause_id for document in documents for c in document.clauses if c.kind != "signature")
    return Coverage(
        questions=len(suite.questions),
        types=dict(Counter(question.type for question in suite.questions)),
        kinds=dict(Counter(question.none for question in suite.questions if question.none)),
        splits=dict(Counter(question.split for question in suite.questions)),
        clauses={clause_id: asked[clause_id] for clause_id in clauses},
    )


def letters(text: str) -> str:
    """Folded, letters and digits alone.

    >>> letters("５年，（含）")
    '5年含'
    """
    return re.sub(r"[\W_]", "", fold(text))


def _repeats(
    questions: Iterable[Question], documents: Sequence[Document], terms: Sequence[str]
) -> tuple[tuple[Repeat, ...], set[str]]:
    """What is repeated, and the terms without which more would be."""
    length = LONGEST_SHARED + 1
    runs: dict[str, str] = {}
    for document in documents:
        text = letters(document.text)
        for i in range(len(text) - length + 1):
            runs.setdefault(text[i : i + length], document.doc_id)
    folded = {term: letters(term) for term in terms}
    repeats: list[Repeat] = []
    needed: set[str] = set()

    def shared(text: str, without: Iterable[str]) -> list[str]:
        return [run for run in _runs(_without(text, without), length) if run in runs]

    for question in questions:
        for asked in map(letters, (*question.history, question.text)):
            left = shared(asked, folded.values())
            repeats += (Repeat(question.query_id, run, runs[run]) for run in left)
            for term, own in folded.items():
                others = [other for other in folded.values() if other != own]
                if own in asked and len(shared(asked, others)) > len(left):
                    needed.add(term)
    return tuple(repeats), needed


def _runs(text: str, length: int) -> Iterator[str]:
    return (text[i : i + length] for i in range(len(text) - length + 1))


def _without(text: str, terms: Iterable[str]) -> str:
    for term in sorted(terms, key=len, reverse=True):
        text = text.replace(term, " ")
    return text


def _near(suite: Suite, folder: Path) -> Iterator[Nearness]:
    held_out = [(question.query_id, letters(_whole(question))) for question in suite.part("test").questions]
    asked = [(query_id, text, _pairs(text)) for query_id, text in held_out]
    tuned = [("dev", _whole(question)) for question in suite.part("dev").questions]
    for path, phrasing in (*_phrasings(folder), *tuned):
        own = letters(phrasing)
        own_pairs = _pairs(own)
        for query_id, text, held in asked:
            share = 1.0 if own == text else len(held & own_pairs) / max(1, len(held | own_pairs))
            if share >= NEAR:
                yield Nearness(query_id, phrasing, path, share)


def _whole(question: Question) -> str:
    return "".join((*question.history, question.text))


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(text))


def _phrasings(folder: Path) -> Iterator[tuple[str, str]]:
    """(file, phrasing) of each line, and each cell of a table, in the corpus folder's own files but its texts."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts)
        if hidden or parts[0] == _TEXTS or path.suffix not in _LISTS or not path.is_file():
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            for cell in re.split(r"[\t\"|]", line):
                if letters(cell):
                    yield "/".join(parts), cell.strip()


def report(findings: Findings, console: Console) -> None:
    """Print what was found."""
    for repeat in findings.repeats:
        console.print(f"照抄原文：{repeat.query_id} 与 {repeat.doc_id} 连续相同“{repeat.text}”")
    for term in findings.unneeded:
        console.print(f"用不着的术语：{TERMS} 里的“{term}”，没有问题需要它")
    for near in findings.near:
        console.print(f"与 test 的问题太像：{near.query_id}，{near.path} 的“{near.phrasing}”（{near.share:.2f}）")
    held = findings.coverage
    table = Table("类", "题数", title=f"共 {held.questions} 题")
    for name, counts in (("类型", held.types), ("“没有”", held.kinds), ("部分", held.splits)):
        for key, count in sorted(counts.items()):
            table.add_row(f"{name} {key}", str(count))
    console.print(table)
    for times in (1, 2):
        missing = held.asked_less_than(times)
        console.print(f"问到不足 {times} 次的条：{'、'.join(missing) or '无'}")


def main(arguments: list[str] | None = None) -> int:
    """Print the findings; 1 where a question copies, comes too near, or a term is not needed, 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m eval.lint", description="检查评测集是否公平、问得是否周全")
    parser.add_argument("suite", metavar="SUITE", help="评测集的名称或目录")
    parser.add_argument("--corpus", type=Path, default=None, metavar="DIR", help="语料目录（默认随附的语料）")
    options = parser.parse_args(arguments)
    try:
        folder = find_suite(options.suite)
        corpus = load_corpus(options.corpus)
        findings = lint(load_suite(folder, corpus.documents), corpus, read_terms(folder))
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    report(findings, Console())
    return int(bool(findings.repeats or findings.unneeded or findings.near))


if __name__ == "__main__":
    sys.exit(main())
