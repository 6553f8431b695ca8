"""How near two rules are in meaning, by the shipped encoder, whatever model the index was built with.

The bound that `differences` holds this against was chosen for that encoder: others have scales of their own.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

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


@cache
def _encoder() -> Encoder:
    return load_encoder()
