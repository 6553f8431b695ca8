"""Clauses read beside the question: slower and finer than vectors, so for the best few of a list only."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from corpus.errors import ModelMissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

_log = logging.getLogger(__name__)


class Reranker(Protocol):
    """Says how well a passage answers a question, from reading both at once."""

    @property
    def name(self) -> str:
        """The name or path that it was loaded by."""

    def scores(
        self, question: str, passages: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """(n,) float32, the higher the better, in the order of the passages; comparable for one question alone.

        A passage longer than the model reads is cut at its end. `progress` is called with how many more are done.
        """


def load_reranker(name: str, *, allow_download: bool = False) -> Reranker:
    """Load a sentence-transformers `CrossEncoder` by local path or name.

    It is looked for on this machine alone unless `allow_download` says that the user asked for it to be fetched.
    Raises `ModelMissingError` where it is not there, `ModelError` where it is not loadable or no reranker.
    """
    from indexer.pretrained import CrossEncoderReranker

    return CrossEncoderReranker(name, allow_download=allow_download)


def available_reranker(name: str | None) -> Reranker | None:
    """The reranker of that name; None, with a warning in the log, where it is not on this machine.

    Raises `ModelError` where it is there but of no use.
    """
    if name is None:
        return None
    try:
        return load_reranker(name)
    except ModelMissingError as error:
        _log.warning("%s。本次不重排，其余照常", error)
        return None
