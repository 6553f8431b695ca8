"""``python -m eval.fit_differences``: fits `search/compare/weighing.toml` on labelled pairs; prints what it is worth.

The pairs are those of `eval/pairs/*.tsv` (source, matter, of, to, label, alt) and the development points of a suite.
A conditional logit: the label whose signals sum highest wins. Tests may only speak for the label that they pull to,
and what shows a difference only against 一致: their weights have a sign. The figures printed are
by cross-validation: whole sources left out, and ten folds over pairs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from scipy.optimize import minimize

from corpus.errors import PolicyError, SuiteError, reason
from corpus.load import load_corpus
from corpus.model import Document, Metadata, Span
from eval.differences import read_cases
from eval.suite import find_suite
from search.compare.differences import settled_by
from search.compare.meaning import meaning
from search.compare.model import Label
from search.compare.rule import Rule
from search.compare.signals import AGAINST, EVIDENCE, JUDGED, Signals, signals
from search.compare.weighing import TABLES, verdict

PAIRS = Path(__file__).with_name("pairs")
"""The folder of the labelled pairs."""
FOLDS = 10
RIDGE = 0.0004
"""Strength of the pull of the weights towards zero."""
SEED = 0
REAL = frozenset({"dev", "对上的", "改写丙", "改写丁", "教员"})
"""Sources whose pairs stand in real texts."""
_REAL = 2
"""What such a pair counts beside one that was made up, of which there are many more."""
_ALSO = 0.5
"""What a label as defensible counts beside the readers' first."""
_NEVER = -50.0
_LEAST = 0.1
"""What a test that pulls to a label counts for it at least: one that counts nothing could be no reason."""
_LABEL: dict[str, Label] = {table: label for label, table in TABLES.items()}
_CELLS = 6
_PLACES = 2
_HEAD = "# 两条规定的各种迹象对各标签算多少。由 python -m eval.fit_differences 拟合，不要手改。"

Floats = NDArray[np.float64]
Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rules of a source with the readers' label, and others as defensible; `group`: pairs that go together."""

    source: str
    group: str
    of: Rule
    to: Rule
    label: Label
    alt: tuple[Label, ...]

    def found(self) -> Signals | Label:
        """What the tests find, or the label where nothing has to be weighed."""
        settled = settled_by(self.of, self.to)
        if settled is not None:
            return settled.label
        return signals(self.of.joined(), self.to.joined(), meaning(self.of, self.to))


@dataclass(frozen=True, slots=True)
class Examples:
    """Signals as numbers (n, labels, weights), what is impossible (n, labels), what readers said (n, labels)."""

    names: tuple[tuple[str, str], ...]
    values: Floats
    barred: Floats
    said: Floats
    counts: Floats
    """(n,): what each example counts."""

    def fitted(self, chosen: NDArray[np.bool_], ridge: float = RIDGE) -> Weights:
        """The weights of most likelihood on the examples `chosen` (n,), by table and name of the signal.

        Examples without signals, whose label is settled, teach nothing.
        """
        chosen = chosen & self.values.any(axis=(1, 2))
        values, said, counts = self.values[chosen], self.said[chosen], self.counts[chosen]
        barred = np.where(said > 0, 0.0, self.barred[chosen])

        def loss(weights: Floats) -> tuple[float, Floats]:
            sums = values @ weights + barred
            share = np.exp(sums - sums.max(axis=1, keepdims=True))
            share /= share.sum(axis=1, keepdims=True)
            right = share * said
            total = right.sum(axis=1, keepdims=True) + 1e-12
            pull = counts[:, None] * (right / total - share)
            slope = -np.einsum("nl,nlk->k", pull, values) / counts.sum() + ridge * weights
            return -float(np.average(np.log(total[:, 0]), weights=counts)) + ridge * float(weights @ weights) / 2, slope

        start = np.zeros(len(self.names))
        found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[_bounds(*name) for name in self.names])
        tables: dict[str, dict[str, float]] = {}
        for (table, name), weight in zip(self.names, found.x, strict=True):
            tables.setdefault(table, {})[name] = round(float(weight), _PLACES)
        return tables


def read_pairs(folder: Path = PAIRS, documents: Sequence[Document] = ()) -> list[Pair]:
    """The pairs of every file of `folder`, in the order of the files' names.

    A rule whose words stand in one of the `documents` is a rule of that document, any other stands alone.

    Raises `SuiteError` for a file that cannot be read or a line that does not fit.
    """
    found: list[Pair] = []
    for path in sorted(folder.glob("*.tsv")):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise SuiteError(f"成对规定读不出来（{reason(error)}）；请检查文件。", path) from error
        for number, line in enumerate(lines, start=1):
            if line and not line.startswith("#"):
                found.append(_pair(line.split("\t"), path, number, documents))
    return found


def points_as_pairs(suite: str, corpus: Path | None) -> list[Pair]:
    """The development points of a suite: relations of one point go together."""
    cases = read_cases(find_suite(suite), load_corpus(corpus).documents, "dev")
    return [
        Pair(
            "dev", case.judged.point, case.of, case.to, _judged(case.judged.label), tuple(map(_judged, case.judged.alt))
        )
        for case in cases
    ]


def examples_of(pairs: Sequence[Pair], found: Sequence[Signals | Label]) -> Examples:
    """The numbers of the signals `found` in the pairs."""
    weighed = [each for each in found if isinstance(each, Signals)]
    names = tuple(
        sorted({(TABLES[label], name) for each in weighed for label in JUDGED for name in each.values[label]})
    )
    at = {name: column for column, name in enumerate(names)}
    values = np.zeros((len(pairs), len(JUDGED), len(names)))
    barred = np.zeros((len(pairs), len(JUDGED)))
    for row, each in enumerate(found):
        if not isinstance(each, Signals):
            continue
        for place, label in enumerate(JUDGED):
            for name, value in each.values[label].items():
                values[row, place, at[TABLES[label], name]] = value
            if not each.allows(label):
                barred[row, place] = _NEVER
    said = np.array([[_worth(pair, label) for label in JUDGED] for pair in pairs])
    counts = np.array([_REAL if pair.source in REAL else 1.0 for pair in pairs])
    return Examples(names, values, barred, said, counts)


def accuracy(
    weights: Weights, pairs: Sequence[Pair], found: Sequence[Signals | Label], chosen: NDArray[np.bool_]
) -> float:
    """The share of the pairs `chosen` whose label is the readers' or one as defensible."""
    held = [(pair, each) for pair, each, is_chosen in zip(pairs, found, chosen, strict=True) if is_chosen]
    given = [verdict(each, weights).label if isinstance(each, Signals) else each for _, each in held]
    return sum(label in (pair.label, *pair.alt) for label, (pair, _) in zip(given, held, strict=True)) / len(held)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print, and write `search/compare/weighing.toml` where `--write` is given."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit_differences", description="拟合两条规定差别的权重")
    parser.add_argument("--suite", default="three-texts")
    parser.add_argument("--corpus", type=Path, default=None, metavar="DIR", help="语料目录（默认随附的语料）")
    parser.add_argument("--write", type=Path, default=None, metavar="FILE", help="写到哪里（…/weighing.toml）")
    options = parser.parse_args(arguments)
    try:
        documents = load_corpus(options.corpus).documents
        pairs = [*read_pairs(documents=documents), *points_as_pairs(options.suite, options.corpus)]
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    found = [pair.found() for pair in pairs]
    examples = examples_of(pairs, found)
    _report(Console(), pairs, found, examples)
    if options.write is not None:
        options.write.write_text(_written(examples.fitted(np.ones(len(pairs), np.bool_))), encoding="utf-8")
    return 0


def _report(console: Console, pairs: Sequence[Pair], found: Sequence[Signals | Label], examples: Examples) -> None:
    sources = np.array([pair.source for pair in pairs])
    for source in sorted(set(sources.tolist())):
        left_out = sources == source
        share = accuracy(examples.fitted(~left_out), pairs, found, left_out)
        console.print(f"没有学过的来源 {source}：{share:.3f}（{int(left_out.sum())} 对）")
    groups = sorted({pair.group for pair in pairs})
    dealt = dict(zip(groups, np.random.default_rng(SEED).integers(0, FOLDS, len(groups)).tolist(), strict=True))
    folds = np.array([dealt[pair.group] for pair in pairs])
    shares = [accuracy(examples.fitted(folds != k), pairs, found, folds == k) for k in range(FOLDS)]
    whole = sum(share * int((folds == k).sum()) for k, share in enumerate(shares)) / len(pairs)
    console.print(f"交叉验证 {FOLDS} 折：{whole:.3f}（{len(pairs)} 对）")


def _bounds(table: str, name: str) -> tuple[float | None, float | None]:
    """Evidence for a label counts for it or nothing; what shows a difference counts against 一致 or nothing."""
    if name in AGAINST[table]:
        return None, 0.0
    return (_LEAST, None) if name in EVIDENCE[_LABEL[table]] else (None, None)


def _worth(pair: Pair, label: Label) -> float:
    return 1.0 if label == pair.label else _ALSO if label in pair.alt else 0.0


def _pair(cells: Sequence[str], path: Path, number: int, documents: Sequence[Document]) -> Pair:
    if len(cells) != _CELLS:
        raise SuiteError(f"应有 {_CELLS} 栏，以制表符分开，实为 {len(cells)} 栏；请改正。", path, number)
    source, _, of, to, label, alt = cells
    rules = _rule("of", of, documents), _rule("to", to, documents)
    others = tuple(_label(each, path, number) for each in alt.split(",") if each)
    return Pair(source, f"{path.stem} {number}", *rules, _label(label, path, number), others)


def _judged(name: str) -> Label:
    """The label called `name`, which is one of `JUDGED`."""
    return next(label for label in JUDGED if label == name)


def _label(name: str, path: Path, number: int) -> Label:
    if name in JUDGED:
        return _judged(name)
    raise SuiteError(f"没有“{name}”这个标签，应为{'、'.join(JUDGED)}之一；请改正。", path, number)


def _rule(doc_id: str, text: str, documents: Sequence[Document]) -> Rule:
    """The rule of these words, blanks apart, in the first of the documents that has it; else in one of its own."""
    words = "".join(text.split())
    for document in documents:
        plain, places = _plain(document)
        at = plain.find(words)
        if at >= 0:
            span = Span(places[at], places[at + len(words) - 1] + 1)
            return Rule(document, span, document.text[span.start : span.end])
    alone = Document(doc_id, "", "", "utf-8", text, (), Metadata(title=doc_id), (), ())
    return Rule(alone, Span(0, len(text)), text)


@cache
def _plain(document: Document) -> tuple[str, tuple[int, ...]]:
    """The text without blanks, and where each of its characters stands."""
    places = tuple(at for at, character in enumerate(document.text) if not character.isspace())
    return "".join(document.text[place] for place in places), places


def _written(weights: Weights) -> str:
    tables = [
        "\n".join([f"[{table}]", *(f"{name} = {weight}" for name, weight in sorted(held.items()))])
        for table, held in sorted(weights.items())
    ]
    return "\n\n".join([_HEAD, *tables]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
