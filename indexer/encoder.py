"""Texts as unit vectors, for search by meaning: one protocol, a built-in encoder, and any model by name."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from corpus.errors import ModelMissingError
from indexer.static import BUILT_IN, StaticEncoder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

_log = logging.getLogger(__name__)


class Encoder(Protocol):
    """Turns texts into vectors whose inner product says how near they are in meaning.

    Both methods give (n, dim) float32, rows of unit norm in the order of the texts. A text with nothing in it that
    the encoder knows (empty, blanks, only characters outside its vocabulary) gives a row of zeros.
    """

    @property
    def name(self) -> str:
        """What to call it: "built-in", or the name or path that it was loaded by."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, (n, dim)."""

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors of what is searched, (n, dim); `progress` is called with how many more texts are done."""

    def identity(self) -> str:
        """Tell apart whatever could give the same text another vector (weights, prompts, tokenizer); cheap."""


def load_encoder(name: str | None = None, *, allow_download: bool = False) -> Encoder:
    """Load the built-in encoder for None, else a sentence-transformers model by local path or name.

    A model is looked for on this machine alone unless `allow_download` says that the user asked for it to be fetched.
    Raises `ModelMissingError` where it is not there, `ModelError` where it is not loadable.
    """
    if name is None:
        return StaticEncoder(BUILT_IN)
    from indexer.pretrained import (
        SentenceTransformerEncoder,
    )

    return SentenceTransformerEncoder(name, allow_download=allow_download)


def available_encoder(name: str | None = None) -> Encoder:
    """As `load_encoder`; the built-in one, with a warning in the log, where the named one is not on this machine.

    Raises `ModelError` where it is there but not loadable.
    """
    try:
        return load_encoder(name)
    except ModelMissingError as error:
        _log.warning("%s。本次改用内置模型", error)
        return load_encoder()
