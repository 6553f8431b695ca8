"""How near two rules are in meaning, by the shipped encoder, whatever model the index was built with.

The bound that `differences` holds this against was chosen for that encoder: others have scales of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import load_encoder

if TYPE_CHECKING:
    from indexer.encoder import Encoder
    from search.compare.rule import Rule


def meaning(of: Rule, to: Rule) -> float:
    """The cosine of the vectors of both texts, blanks and line breaks apart; -1 to 1, 0 for a text of unknown words.

    Raises `ModelError` where the shipped encoder is damaged.
    """
    one, other = _encoder().encode_passages(["".join(rule.text.split()) for rule in (of, to)])
    return float(one @ other)


def vectors(words: Sequence[str]) -> NDArray[np.float32]:
    """(n, dim): rows of unit norm, zero for a word of unknown parts."""
    return np.stack([_vector(word) for word in words])


@lru_cache(maxsize=20_000)
def _vector(word: str) -> NDArray[np.float32]:
    return np.asarray(_encoder().encode_passages([word])[0], np.float32)


@cache
def _encoder() -> Encoder:
    return load_encoder()
