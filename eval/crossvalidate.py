"""``python -m eval.crossvalidate --beir DIR --policies DIR``: the hybrid on law questions that taught it nothing.

The questions of a BEIR folder are dealt into five parts by their text. For each part an encoder is trained without it
(`indexer.train`'s recipe), and what it then finds for the part is scored; the weights of the fusion that rank a part
are learned on the other four, whose scores come from encoders that did not see them either. So no question helps to
find its own answer. Takes about ten minutes on two cores.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from corpus.errors import PolicyError
from corpus.load import DEFAULT_CORPUS
from corpus.terms import read_homophones, read_terms
from eval.beir import load_questions, open_beir
from eval.learn import Example, learned, write_weights
from eval.significance import bootstrap_interval
from indexer.build import reencoded
from indexer.static import StaticEncoder
from indexer.train import Bars, save_model
from indexer.training.material import read_material
from indexer.training.recipe import Recipe, trained
from indexer.training.texts import bucket
from search.engine import Engine
from search.expand import Expander
from search.question import understand

PARTS = 5
DEPTH = 10
CANDIDATES = 100
"""Clauses of each retriever whose fused scores are weighed: no other can come into the first ten."""
SYSTEMS = {
    "词语 BM25": ("words",),
    "单字双字 BM25": ("chars",),
    "词语与单字双字": ("words", "chars"),
    "内置编码器": ("dense",),
    "综合": ("words", "chars", "dense"),
}
"""The retrievers of each row printed."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question of part `part` with its scores, `golds` clauses answering it in all, found or not."""

    part: int
    text: str
    example: Example
    golds: int


def part_of(question: str) -> int:
    """The part, 0 to 4, that a question is in for good."""
    return bucket(question) * PARTS // 100


def judged(engine: Engine, folder: Path, part: int, encoder: StaticEncoder) -> list[Judged]:
    """The questions of one part, scored with `encoder`, which did not see them."""
    held = _with_encoder(engine, encoder)
    row_of = held.index.row_of
    (document,) = held.documents()
    found = []
    for question in load_questions(folder, None, document.by_id).questions:
        if part_of(question.text) == part:
            golds = {row_of[gold.clause_id] for gold in question.gold}
            example = _example(held, question.query_id, question.text, golds)
            found.append(Judged(part, question.text, example, len(golds)))
    return found


def _with_encoder(engine: Engine, encoder: StaticEncoder) -> Engine:
    expander = Expander(read_terms(DEFAULT_CORPUS), read_homophones(DEFAULT_CORPUS))
    return Engine(reencoded(engine.index, encoder), engine.config, engine.decision, expander=expander)


def _example(engine: Engine, query_id: str, text: str, golds: set[int]) -> Example:
    found = engine.retriever.find(understand(text).content, spoken=text)
    scores = {name: found.retriever(name) for name in ("words", "chars", "dense")}
    rows = np.unique(np.concatenate([np.argpartition(-held, CANDIDATES)[:CANDIDATES] for held in scores.values()]))
    answers = np.array([int(row) in golds for row in rows])
    return Example(query_id, {name: held[rows] for name, held in scores.items()}, answers)


def ranked(found: Sequence[Judged], names: Sequence[str]) -> tuple[list[float], list[float]]:
    """(recall, nDCG) at ten of each question in their order, its part ranked by weights learned on the others."""
    weights = {
        part: learned([each.example for each in found if each.part != part], names)
        for part in {each.part for each in found}
    }
    figures = [_figures(each, weights[each.part]) for each in found]
    return [recall for recall, _ in figures], [gain for _, gain in figures]


def _figures(judged_question: Judged, weights: Mapping[str, float]) -> tuple[float, float]:
    order = np.argsort(-judged_question.example.fused(weights), kind="stable")[:DEPTH]
    hits = judged_question.example.answers[order]
    discounts = 1 / np.log2(np.arange(2, DEPTH + 2))
    best = discounts[: judged_question.golds].sum()
    return float(hits.sum() / judged_question.golds), float(discounts[: len(hits)][hits].sum() / best)


def scored(folder: Path, policies: Path | None, console: Console) -> list[Judged]:
    """Every question of a BEIR folder, scored by an encoder that did not see its part; progress goes to `console`."""
    material = read_material(folder, policies)
    found: list[Judged] = []
    engine: Engine | None = None
    with tempfile.TemporaryDirectory() as scratch:
        for part in range(PARTS):
            hidden = tuple(replace(q, held_back=part_of(q.text) == part) for q in material.questions)
            with Progress(console=console) as progress:
                result = trained(replace(material, questions=hidden).shown(), Recipe(), Bars(progress))
            model = Path(scratch) / str(part)
            save_model(model, result.tokenizer, result.vectors)
            engine = engine or open_beir(folder, model=str(model), index_dir=Path(scratch) / "index")
            found += judged(engine, folder, part, StaticEncoder(model))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and print a row for each choice of retrievers and the weights learned on all questions."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.crossvalidate", description="交叉验证：没学过的题上的综合检索"
    )
    parser.add_argument("--beir", type=Path, required=True, help="BEIR 目录，有判断")
    parser.add_argument("--policies", type=Path, default=None, help="政策文本目录：*.txt")
    parser.add_argument("--write", type=Path, default=None, metavar="FILE", help="写进哪里（search/fusion.toml）")
    parser.add_argument("--failures", action="store_true", help="列出前十条里一条也没有找到的题")
    options = parser.parse_args(arguments)
    try:
        found = scored(options.beir, options.policies, Console(stderr=True))
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    table = Table("检索", "R@10", "95% 区间", "nDCG@10", "95% 区间", title=f"{len(found)} 问，分 {PARTS} 份交叉验证")
    for name, retrievers in SYSTEMS.items():
        cells = [name]
        for values in ranked(found, retrievers):
            low, high = bootstrap_interval(values)
            cells += [f"{np.mean(values):.3f}", f"{low:.3f}–{high:.3f}"]
        table.add_row(*cells)
    console = Console()
    console.print(table)
    weights = learned([each.example for each in found], SYSTEMS["综合"])
    if options.failures:
        _print_failures(found, console)
    if options.write is not None:
        write_weights(options.write, "statutes", {"phrasing": 0.0} | weights)
    console.print("综合的权重：" + "，".join(f"{name} {weight:.3f}" for name, weight in weights.items()))
    return 0


def _print_failures(found: Sequence[Judged], console: Console) -> None:
    """Tell the questions without any answer in the first ten, and whether a retriever had one among its candidates."""
    recalls, _ = ranked(found, SYSTEMS["综合"])
    for each, recall in zip(found, recalls, strict=True):
        if recall == 0:
            remark = "排在十名之后" if each.example.answers.any() else "各路的前一百条里都没有"
            console.print(f"  {each.example.query_id} {each.text}（{remark}）", highlight=False)


if __name__ == "__main__":
    sys.exit(main())
