"""Encoders and rerankers by name or path, through sentence-transformers; the only module that imports it, and torch."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from huggingface_hub import snapshot_download
from sentence_transformers import CrossEncoder, SentenceTransformer

from corpus.errors import ModelError, ModelMissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_BGE_QUERY = "为这个句子生成表示以用于检索相关文章："
QUERY_PROMPTS = {
    "bge-large-zh-v1.5": _BGE_QUERY,
    "bge-base-zh-v1.5": _BGE_QUERY,
    "bge-small-zh-v1.5": _BGE_QUERY,
}
"""Put in front of a question, by the last part of a model's name, for models whose own configuration has none.

Source: the "Query instruction" column of the model cards of BAAI.
"""
_PASSAGE_PROMPTS = ("document", "passage", "corpus")
_OTHER_FORMATS = ("*.onnx", "onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot", "*.gguf")
_BATCHES_A_CALL = 8
_SMALL_FILE = 1 << 20
"""Bytes; larger files (the weights) count by size and time of change, so that an identity stays cheap."""


class SentenceTransformerEncoder:
    """An `indexer.encoder.Encoder` over a sentence-transformers model: a folder, or a name known to the model hub.

    A name is looked up in this machine's model cache alone unless `allow_download`; nothing else is ever fetched.
    `query_prompt` overrides the prompt of the model's configuration or of `QUERY_PROMPTS`. `batch_size` is in texts.
    Raises `ModelMissingError` where the model is not there, `ModelError` where it is not loadable.
    """

    def __init__(
        self, name: str, *, allow_download: bool = False, batch_size: int = 32, query_prompt: str | None = None
    ) -> None:
        self.name = name
        self._folder = _find(name, "模型", _ELSE, allow_download=allow_download)
        self._batch_size = batch_size
        try:
            self._model = SentenceTransformer(str(self._folder), local_files_only=True)
            self.dim = int(self._model.encode(["维"], show_progress_bar=False).shape[1])
        except Exception as error:  # the libraries that read the files raise errors of their own
            found = f"{self._folder}：{type(error).__name__}：{error}"
            message = f"模型“{name}”不能加载（{found}）；请检查该目录是否完整，{_ELSE}"
            raise ModelError(message, name) from error
        prompts = {key: value for key, value in self._model.prompts.items() if value}
        known = QUERY_PROMPTS.get(Path(name).name.lower(), "")
        self._query_prompt = prompts.get("query", known) if query_prompt is None else query_prompt
        self._passage_prompt = next((prompts[key] for key in _PASSAGE_PROMPTS if key in prompts), "")

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dim) float32, rows of unit norm, zero for a blank text; the query prompt is put in front."""
        vectors = self._model.encode_query(
            list(texts),
            prompt=self._query_prompt,
            batch_size=self._batch_size,
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        return self._checked(texts, vectors)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """As for questions, with the passage prompt where the model has one."""
        parts = [np.empty((0, self.dim), dtype=np.float32)]
        stride = self._batch_size * _BATCHES_A_CALL
        for start in range(0, len(texts), stride):
            part = list(texts[start : start + stride])
            vectors = self._model.encode_document(
                part,
                prompt=self._passage_prompt,
                batch_size=self._batch_size,
                show_progress_bar=False,
                normalize_embeddings=True,
            )
            parts.append(self._checked(part, vectors))
            if progress:
                progress(len(part))
        return np.concatenate(parts)

    def identity(self) -> str:
        """SHA-256 over prompts and files: small files by content, larger ones by size and time of change."""
        digest = hashlib.sha256(json.dumps([self._query_prompt, self._passage_prompt]).encode())
        for path in sorted(path for path in self._folder.rglob("*") if path.is_file()):
            facts = path.stat()
            digest.update(f"{path.relative_to(self._folder).as_posix()}\0{facts.st_size}\0".encode())
            small = facts.st_size <= _SMALL_FILE
            digest.update(path.read_bytes() if small else str(facts.st_mtime_ns).encode())
        return digest.hexdigest()

    def _checked(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        rows = np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dim)
        if not np.isfinite(rows).all():
            raise ModelError(f"模型“{self.name}”给出了非数值的向量，权重可能已损坏，请重新获取", self.name)
        rows[[not text.strip() for text in texts]] = 0
        return rows


class CrossEncoderReranker:
    """An `indexer.reranker.Reranker` over a sentence-transformers cross-encoder: a folder, or a name on the model hub.

    A name is looked up as for `SentenceTransformerEncoder`. It runs on the processor; `batch_size` is in passages.
    Raises `ModelMissingError` where the model is not there, `ModelError` where it is not loadable or is none that
    gives one trained score.
    """

    def __init__(self, name: str, *, allow_download: bool = False, batch_size: int = 16) -> None:
        self.name = name
        self._batch_size = batch_size
        folder = _find(name, "重排模型", _NOT_RERANKED, allow_download=allow_download)
        try:
            self._model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
            shape = np.shape(self._model.predict([("问", "文")], show_progress_bar=False))
        except Exception as error:  # the libraries that read the files raise errors of their own
            found = f"{folder}：{type(error).__name__}：{error}"
            message = f"重排模型“{name}”不能加载（{found}）；请检查该目录是否完整，{_NOT_RERANKED}"
            raise ModelError(message, name) from error
        if shape != (1,) or not self._is_trained():
            what = "编码模型或别的模型" if shape == (1,) else f"每段给 {shape[-1]} 个分数的模型"
            message = f"“{name}”是{what}，不是重排模型（应为给一个分数的 cross-encoder）；请换一个，{_NOT_RERANKED}"
            raise ModelError(message, name)

    def scores(
        self, question: str, passages: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """(n,) float32, as the model gives them: mostly 0 to 1. Raises `ModelError` where it gives no numbers."""
        parts = [np.empty(0, dtype=np.float32)]
        for start in range(0, len(passages), self._batch_size):
            pairs = [(question, passage) for passage in passages[start : start + self._batch_size]]
            given = self._model.predict(pairs, batch_size=self._batch_size, show_progress_bar=False)
            parts.append(np.asarray(given, dtype=np.float32))
            if progress:
                progress(len(pairs))
        scores = np.concatenate(parts)
        if not np.isfinite(scores).all():
            raise ModelError(f"重排模型“{self.name}”给出了非数值的分数，权重可能已损坏，请重新获取", self.name)
        return scores

    def _is_trained(self) -> bool:
        """Whether the files hold what gives the score; an encoder's do not, and the library makes one up at random."""
        kinds = self._model.config.architectures or ()
        return len(self._model) > 1 or any(kind.endswith("ForSequenceClassification") for kind in kinds)


_ELSE = "或不指定模型、改用内置模型"
_NOT_RERANKED = "或不指定重排模型"


def _find(name: str, what: str, otherwise: str, *, allow_download: bool) -> Path:
    """Find the folder of the model, fetched first only where that is allowed; `what` it is, and what to do without."""
    if name.strip() and Path(name).is_dir():
        return Path(name)
    try:
        return Path(snapshot_download(name, local_files_only=not allow_download, ignore_patterns=list(_OTHER_FORMATS)))
    except (OSError, ValueError) as error:
        if allow_download:
            message = f"{what}“{name}”下载失败（{error}）；请检查名称和网络，{otherwise}"
        else:
            message = (
                f"未找到{what}“{name}”：本机没有这个目录，模型缓存里也没有这个名称，而程序不会自行联网下载（本机无网络时也无法下载）；"
                f"请给出已下载模型的目录，{otherwise}"
            )
        raise ModelMissingError(message, name) from error
