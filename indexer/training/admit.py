"""``python -m indexer.training.admit RAW… --statutes DIR --policies DIR [--out DIR]``: admits written questions.

A line of RAW is ``{"id": "statutes:17" | "policies:04:12", "questions": [...]}``. A question is rejected where it
copies its passage, is too short or long, or nearly repeats one admitted before; the counts are printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from corpus.errors import CorpusError, PolicyError
from indexer.fold import fold
from indexer.training.material import WRITTEN
from indexer.training.texts import numbered_rows, questions_of, read_policies, read_statutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.training.texts import Passage

LONGEST_COPY = 8
"""Characters in a row that a question may share with its passage."""
NEAR = 0.6
"""From this share of common pairs of characters on (Jaccard), two questions are nearly the same."""
SHORTEST, LONGEST = 4, 60
"""Characters of a question."""
_SOURCES = ("statutes", "policies")


class Admission:
    """Admits questions one by one and counts what was rejected, by reason."""

    def __init__(self) -> None:
        self.rejected: Counter[str] = Counter()
        self._held: dict[str, list[frozenset[str]]] = {}

    def admits(self, question: str, passage: str) -> bool:
        """Whether `question` on `passage` is good and new."""
        text = _letters(question)
        reason = self._reason(text, _letters(passage))
        if reason:
            self.rejected[reason] += 1
            return False
        pairs = _pairs(text)
        for pair in pairs:
            self._held.setdefault(pair, []).append(pairs)
        return True

    def _reason(self, text: str, passage: str) -> str:
        if not SHORTEST <= len(text) <= LONGEST:
            return "过短或过长"
        match = SequenceMatcher(None, text, passage, autojunk=False).find_longest_match()
        if match.size > LONGEST_COPY:
            return "照抄条文"
        pairs = _pairs(text)
        common: Counter[frozenset[str]] = Counter(held for pair in pairs for held in self._held.get(pair, ()))
        if any(count / len(pairs | held) >= NEAR for held, count in common.items()):
            return "与已有的几乎相同"
        return ""


def admitted(
    rows: Iterable[tuple[str, Sequence[str]]], passages: Mapping[str, str], admission: Admission
) -> dict[str, tuple[str, ...]]:
    """Give the questions admitted, by id of their passage, in the order of `rows`; those without any are left out."""
    found: dict[str, list[str]] = {}
    for passage_id, questions in rows:
        if passage_id not in passages:
            raise CorpusError(f"没有编号为 {passage_id} 的条文，请检查 --statutes、--policies", Path())
        text = passages[passage_id]
        found.setdefault(passage_id, []).extend(q for q in questions if admission.admits(q, text))
    return {passage_id: tuple(questions) for passage_id, questions in found.items() if questions}


def _in_order(name: str) -> list[tuple[int, str]]:
    """Numbers by size, what else is in a name by its characters."""
    return [(int(part), "") if part.isdecimal() else (sys.maxsize, part) for part in name.split(":")]


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; exit status 0, or that of the `PolicyError` whose message it prints."""
    parser = argparse.ArgumentParser(prog="python -m indexer.training.admit", description="验收自写的训练提问")
    parser.add_argument("raw", type=Path, nargs="+", help="JSONL：id、questions")
    parser.add_argument("--statutes", type=Path, required=True, help="BEIR 目录")
    parser.add_argument("--policies", type=Path, required=True, help="政策文本目录：*.txt")
    parser.add_argument("--out", type=Path, default=WRITTEN, help="写到哪个目录")
    options = parser.parse_args(arguments)
    try:
        passages = {f"statutes:{p.passage_id}": p for p in read_statutes(options.statutes).passages}
        passages |= {f"policies:{p.passage_id}": p for p in read_policies(options.policies)}
        rows = [row for path in options.raw for row in _read(path)]
        admission = Admission()
        found = admitted(rows, {name: passage.text for name, passage in passages.items()}, admission)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    for source in _SOURCES:
        _write(options.out / f"{source}.jsonl", source, found, passages)
    total = sum(len(questions) for questions in found.values())
    Console().print(f"收下 {total} 问，关于 {len(found)} 条；未收：{dict(admission.rejected)}")
    return 0


def _read(path: Path) -> list[tuple[str, list[str]]]:
    return [(row["id"], questions_of(row, path, number)) for number, row in numbered_rows(path, ("id",))]


def _write(path: Path, source: str, found: Mapping[str, Sequence[str]], passages: Mapping[str, Passage]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    own = {name: questions for name, questions in found.items() if name.startswith(f"{source}:")}
    lines = []
    for name in sorted(own, key=_in_order):
        passage = passages[name]
        row = {"passage": passage.passage_id, "title": passage.title, "questions": list(own[name])}
        lines.append(json.dumps({key: value for key, value in row.items() if value}, ensure_ascii=False))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
