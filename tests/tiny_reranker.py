"""A cross-encoder of one layer with random weights, in the layout that sentence-transformers saves."""

from __future__ import annotations

from pathlib import Path

LENGTH = 96
"""Tokens of question and passage that it reads; a character each."""


def write_reranker(folder: Path, letters: str, *, labels: int = 1, seed: int = 0) -> Path:
    """Save one that knows `letters` and gives `labels` scores; gives `folder`. Its scores lie well apart."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir(parents=True)
    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted({letter for letter in letters if letter.strip()})]
    (folder / "vocab.txt").write_text("\n".join(known), encoding="utf-8")
    torch.manual_seed(seed)
    size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = BertConfig(
        vocab_size=len(known), max_position_embeddings=LENGTH, num_labels=labels, initializer_range=1.0, **size
    )
    BertForSequenceClassification(config).save_pretrained(folder / "made")
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=LENGTH).save_pretrained(folder / "made")
    CrossEncoder(str(folder / "made"), device="cpu", local_files_only=True).save_pretrained(str(folder / "model"))
    return folder / "model"
