"""Whether a question is of the kind that the rules answer, or asks for what they leave open (a fee, a date, a form).

Naive Bayes over characters and pairs of characters, learned from the phrasings of a corpus: those that its rules
answer against those marked as near misses. It knows nothing of what a rule says, only how people ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.phrasings import Phrasing

_SMOOTHING = 0.5
"""Added to each count of a token."""
_RAREST = 3
"""Phrasings that a token must stand in to count."""
_MANY = 200
"""Near misses from which on what was learned counts at least half."""


@dataclass(frozen=True, slots=True)
class AskedKinds:
    """Log odds of tokens: above 0 where answered phrasings have them more often than near misses."""

    weights: Mapping[str, float]
    """By token."""

    @staticmethod
    def learned(phrasings: Sequence[Phrasing], tokens_of: Sequence[Sequence[str]]) -> AskedKinds:
        """What `phrasings` tell; `tokens_of`: the characters and pairs of each, in their order."""
        both = list(zip(phrasings, tokens_of, strict=True))
        answered = _counts(tokens for phrasing, tokens in both if not phrasing.is_apart)
        apart = _counts(tokens for phrasing, tokens in both if phrasing.is_apart)
        misses = sum(phrasing.is_apart for phrasing in phrasings)
        tokens = sorted(t for t, count in (answered + apart).items() if count >= _RAREST) if misses else []
        ratio = misses / max(1, len(phrasings) - misses)
        yes = np.array([answered[token] + _SMOOTHING for token in tokens])
        no = np.array([apart[token] + _SMOOTHING * ratio for token in tokens])
        share = misses / (misses + _MANY)
        odds = share * (np.log(yes / max(yes.sum(), 1)) - np.log(no / max(no.sum(), 1)))
        return AskedKinds(dict(zip(tokens, odds.tolist(), strict=True)))

    def odds(self, tokens: Sequence[str]) -> float:
        """Sum of the log odds of the distinct known tokens over the root of their number; 0 where none is known."""
        known = [self.weights[token] for token in set(tokens) if token in self.weights]
        return float(sum(sorted(known)) / np.sqrt(len(known))) if known else 0.0


def _counts(token_lists: Iterable[Sequence[str]]) -> Counter[str]:
    """In how many of the lists each token stands."""
    counts: Counter[str] = Counter()
    for tokens in token_lists:
        counts.update(set(tokens))
    return counts
