"""The dense index: unit vectors searched by inner product; the only module that imports faiss."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from corpus.errors import IndexStoreError, ModelError, reason

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_REBUILD = "请用 clauselens index 重建索引"


class DenseIndex:
    """Exact inner-product search over `vectors` (n, dim), n may be 0; row i is the i-th text indexed.

    Raises `ValueError` where `vectors` is not a matrix of at least one column or holds what is not a number.
    """

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        if vectors.ndim != 2 or vectors.shape[1] == 0:
            raise ValueError(f"vectors have the shape {vectors.shape}, expected (n, dim) with dim ≥ 1")
        if not np.isfinite(vectors).all():
            raise ValueError("vectors hold nan or inf")
        self._held = np.array(vectors, dtype=np.float32, order="C")

    def __len__(self) -> int:
        return len(self._held)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._held.shape[1])

    @property
    def vectors(self) -> NDArray[np.float32]:
        """A copy of what was indexed, (n, dim) float32."""
        return self._held.copy()

    def scores(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """Inner product of `query` (dim,) with every row, (n,) float32.

        Raises `ModelError` where the query was encoded in another dimension.
        """
        return np.asarray(self._held @ self._fitting(query)[0], dtype=np.float32)

    def top(self, query: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Give the min(k, n) rows nearest to `query` (dim,) and their scores, best first, equal scores by row.

        Raises `ModelError` where the query was encoded in another dimension.
        """
        asked, count = self._fitting(query), min(k, len(self))
        if count <= 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        scores, rows = (found[0] for found in self._index.search(asked, min(count + 1, len(self))))
        if len(rows) > count and scores[count] == scores[count - 1]:
            below = float(np.nextafter(scores[count - 1], np.float32(-np.inf)))
            _, scores, rows = self._index.range_search(asked, below)
        order = np.lexsort((rows, -scores))[:count]
        return rows[order].astype(np.int64), scores[order].astype(np.float32)

    def save(self, path: Path) -> None:
        """Write the vectors to `path` in numpy's format; raises `IndexStoreError` where it cannot."""
        try:
            with path.open("wb") as file:
                np.save(file, self._held, allow_pickle=False)
        except OSError as error:
            raise IndexStoreError(f"不能写入 {path}（{reason(error)}）；请检查磁盘空间和目录权限", path) from error

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; raises `IndexStoreError` where the file is missing, cut short or something else."""
        try:
            with path.open("rb") as file:
                vectors = np.load(file, allow_pickle=False)
        except OSError as error:
            raise IndexStoreError(f"不能读取 {path}（{reason(error)}）；{_REBUILD}", path) from error
        except (ValueError, EOFError) as error:
            raise IndexStoreError(f"{path} 已损坏（{error}）；{_REBUILD}", path) from error
        if not isinstance(vectors, np.ndarray) or vectors.dtype != np.float32:
            raise IndexStoreError(f"{path} 已损坏（应为 float32 矩阵）；{_REBUILD}", path)
        try:
            return cls(vectors)
        except ValueError as error:
            raise IndexStoreError(f"{path} 已损坏（{error}）；{_REBUILD}", path) from error

    @cached_property
    def _index(self) -> Any:
        import faiss  # a question is scored against all rows, so most starts do without it

        index = faiss.IndexFlatIP(self.dim)
        index.add(self._held)
        return index

    def _fitting(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        if query.shape != (self.dim,):
            message = (
                f"问题的向量是 {query.shape}，索引的向量是 ({self.dim},)；请换回建索引时所用的模型，或{_REBUILD[1:]}"
            )
            raise ModelError(message, "")
        return np.ascontiguousarray(query[None], dtype=np.float32)
