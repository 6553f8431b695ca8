"""The built-in encoder: a StaticEmbedding model of sentence-transformers, served by numpy without torch.

A text's vector is the sum of its tokens' vectors, at unit length. `SentenceTransformer(folder)` gives the same: the
weights are in model2vec's quantized layout, which it reads from version 6.1 on.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import safetensors
import safetensors.numpy
from tokenizers import Tokenizer

from corpus.errors import ModelError, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

BUILT_IN = Path(__file__).with_name("model")
"""The folder of the encoder that ships with the program."""
WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
VECTORS, SCALES = "embeddings", "weights"
"""Tensors of `WEIGHTS`: (vocabulary, dim) int8 and (vocabulary,) float32; a token's vector is their product."""

_BATCH = 1024
_REMEDY = "请重新获取本程序的 indexer/model 目录，或用 python -m indexer.train 重新训练"


class StaticEncoder:
    """An `indexer.encoder.Encoder` read from a folder with `tokenizer.json` and `model.safetensors`.

    Raises `ModelError` naming the file that is missing, damaged or does not fit the other.
    """

    def __init__(self, folder: Path = BUILT_IN) -> None:
        self.name = "built-in" if folder == BUILT_IN else str(folder)
        weights, tokenizer = self._read(folder / WEIGHTS), self._read(folder / TOKENIZER)
        self._vectors = self._parse_weights(weights, folder / WEIGHTS)
        self._tokenizer = self._parse_tokenizer(tokenizer, folder / TOKENIZER)
        self._identity = hashlib.sha256(hashlib.sha256(weights).digest() + tokenizer).hexdigest()
        self.dim: int = self._vectors.shape[1]
        size = self._tokenizer.get_vocab_size()
        if size != len(self._vectors):
            found = f"{WEIGHTS} 有 {len(self._vectors)} 个向量，{TOKENIZER} 有 {size} 个词"
            message = f"模型目录 {folder} 的文件不配套：{found}，应相等；{_REMEDY}"
            raise ModelError(message, self.name)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dim) float32, rows of unit norm, zero where no token is known."""
        return self.encode_passages(texts)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """As for questions: the model has no prompts, and a text's vector does not depend on its neighbours."""
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = [_encodable(text) for text in texts[start : start + _BATCH]]
            for row, encoding in enumerate(self._tokenizer.encode_batch_fast(batch, add_special_tokens=False), start):
                vectors[row] = _at_unit_length(self._vectors[encoding.ids].sum(axis=0))
            if progress:
                progress(len(batch))
        return vectors

    def identity(self) -> str:
        """SHA-256 over both files, taken when they were read."""
        return self._identity

    def _read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except FileNotFoundError as error:
            raise ModelError(f"模型文件 {path} 不存在；{_REMEDY}", self.name) from error
        except OSError as error:
            raise ModelError(f"模型文件 {path} 不能读取（{reason(error)}）；{_REMEDY}", self.name) from error

    def _parse_weights(self, data: bytes, path: Path) -> NDArray[np.float32]:
        try:
            tensors = safetensors.numpy.load(data)
        except safetensors.SafetensorError as error:
            raise ModelError(f"模型文件 {path} 已损坏（{error}）；{_REMEDY}", self.name) from error
        vectors, scales = tensors.get(VECTORS), tensors.get(SCALES)
        if vectors is None or scales is None or vectors.ndim != 2 or scales.shape != vectors.shape[:1]:
            found = {key: tensor.shape for key, tensor in tensors.items()}
            message = f"模型文件 {path} 应含 {VECTORS}（词数×维数）和 {SCALES}（词数），实为 {found}；{_REMEDY}"
            raise ModelError(message, self.name)
        product = vectors.astype(np.float32) * scales.astype(np.float32)[:, None]
        if not np.isfinite(product).all():
            raise ModelError(f"模型文件 {path} 中有无穷大或非数值；{_REMEDY}", self.name)
        return product

    def _parse_tokenizer(self, data: bytes, path: Path) -> Tokenizer:
        try:
            tokenizer = Tokenizer.from_buffer(data)
        except Exception as error:  # tokenizers raises no class of its own
            raise ModelError(f"模型文件 {path} 已损坏（{error}）；{_REMEDY}", self.name) from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer


def _encodable(text: str) -> str:
    """`text` with unpaired surrogates, which no encoding can carry, as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _at_unit_length(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.float32(np.linalg.norm(vector))
    return vector / length if length > 0 else vector
