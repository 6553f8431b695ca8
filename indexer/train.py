"""Trains the built-in encoder: `python -m indexer.train --statutes DIR --policies DIR [--out DIR] [--seed N]`.

Writes a folder that `indexer.static` and plain `SentenceTransformer(folder)` load, and prints what the encoder finds
in the questions and texts that it was not shown.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import safetensors.numpy
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from corpus.errors import PolicyError
from indexer.static import BUILT_IN, SCALES, TOKENIZER, VECTORS, WEIGHTS, StaticEncoder
from indexer.training.material import read_material
from indexer.training.measure import openings_found, questions_found
from indexer.training.recipe import Recipe, trained

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from indexer.encoder import Encoder
    from indexer.training.material import Material
    from indexer.training.measure import Found

_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
_LARGEST = 127
"""Of int8."""
_CONFIG: dict[str, object] = {"prompts": {}, "default_prompt_name": None, "similarity_fn_name": "cosine"}


def save_model(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    """Write the model in sentence-transformers' layout, the vectors (vocabulary, dim) as int8 with a scale for each."""
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    (folder / "1_Normalize" / "config.json").write_text("{}\n", encoding="utf-8")
    scales = np.abs(vectors).max(axis=1) / np.float32(_LARGEST)
    rounded = np.rint(vectors / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8)
    (folder / WEIGHTS).write_bytes(safetensors.numpy.save({VECTORS: rounded, SCALES: scales.astype(np.float32)}))
    (folder / TOKENIZER).write_text(tokenizer.to_str(), encoding="utf-8")
    (folder / "modules.json").write_text(json.dumps(_MODULES, indent=2) + "\n", encoding="utf-8")
    (folder / "config_sentence_transformers.json").write_text(json.dumps(_CONFIG, indent=2) + "\n", encoding="utf-8")


class Bars:
    """A progress bar for each stage of the training, on stderr."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def stage(self, name: str, total: int = 1) -> Callable[[float], None]:
        """Open a bar of `total` steps; call the result once a step, with the loss (0.0 where there is none)."""
        task = self._progress.add_task(name, total=total, loss="")

        def step(loss: float) -> None:
            self._progress.update(task, advance=1, loss=f"损失 {loss:.3f}" if loss else "")

        return step


def _parser() -> argparse.ArgumentParser:
    default = Recipe()
    parser = argparse.ArgumentParser(
        prog="python -m indexer.train", description="训练内置向量模型（离线，结果由种子决定）"
    )
    parser.add_argument(
        "--statutes",
        type=Path,
        required=True,
        help="BEIR 目录：corpus.jsonl(.gz)，可有 queries.jsonl 与 qrels/train.tsv",
    )
    parser.add_argument("--policies", type=Path, help="政策文本目录：*.txt")
    parser.add_argument(
        "--written", type=Path, help="自写提问的目录：statutes.jsonl、policies.jsonl（默认：随程序的，须有 --policies）"
    )
    parser.add_argument("--out", type=Path, default=BUILT_IN, help="写到哪个目录（默认：随程序发布的模型目录）")
    parser.add_argument("--seed", type=int, default=default.seed, help="随机种子")
    parser.add_argument("--vocabulary", type=int, default=default.vocabulary, help="词表大小上限")
    parser.add_argument("--dim", type=int, default=default.dim, help="向量维数")
    parser.add_argument("--steps", type=int, default=default.steps, help="对比训练的批数；0 为只用共现分解")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; exit status 0, or that of the `PolicyError` whose message it prints."""
    options = _parser().parse_args(arguments)
    recipe = Recipe(seed=options.seed, vocabulary=options.vocabulary, dim=options.dim, steps=options.steps)
    try:
        _train(read_material(options.statutes, options.policies, options.written), recipe, options.out)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    return 0


def _train(material: Material, recipe: Recipe, out: Path) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TextColumn("{task.fields[loss]}"))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        result = trained(material.shown(), recipe, Bars(progress))
    with tempfile.TemporaryDirectory() as before:
        save_model(Path(before), result.tokenizer, result.initial)
        _measure(StaticEncoder(Path(before)), "共现分解", material)
    save_model(out, result.tokenizer, result.vectors)
    _measure(StaticEncoder(out), "对比训练后", material)


def _measure(encoder: Encoder, name: str, material: Material) -> None:
    """Print what `encoder` finds of what was held back, if anything was."""
    articles = {passage.passage_id for passage in material.articles}
    written = [question for question in material.written if question.held_back]
    on_articles = [question for question in written if question.golds[0] in articles]
    on_policies = [question for question in written if question.golds[0] not in articles]
    asked = [question for question in material.questions if question.held_back]
    for what, passages, questions in (
        ("留出的法律提问找条文", material.articles, asked),
        ("留出条文的自写提问找条文", material.articles, on_articles),
        ("留出段落的自写提问找段落", material.policies, on_policies),
    ):
        if questions:
            _print(f"{name}，{what}", questions_found(encoder, passages, questions))
    paragraphs = [passage for passage in material.policies if passage.held_back]
    if paragraphs:
        _print(f"{name}，留出的政策段落首句找其余", openings_found(encoder, paragraphs))


def _print(what: str, found: Found) -> None:
    sys.stdout.write(f"{what}：{found.count} 题，R@10 {found.recall:.3f}，nDCG@10 {found.ndcg:.3f}\n")


if __name__ == "__main__":
    sys.exit(main())
