"""The tokenizer: a Unigram model of words of at most two characters and of single characters.

Longer words fall apart into these, so that 薪级工资 meets 工资 and a word never seen still has vectors for its parts.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from indexer.tokens import Tokenizer as Words

if TYPE_CHECKING:
    from collections.abc import Iterable

UNKNOWN = "[UNK]"
"""The token of everything outside the vocabulary, id 0; its vector is zero."""
_LONGEST = 2
"""Characters of a word."""
_UNKNOWN_LOG_PROBABILITY = -30.0


def normalizer() -> normalizers.Normalizer:
    """NFKC, lower case, every run of anything but letters, marks and digits one blank."""
    return normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[^\p{L}\p{M}\p{N}]+"), " "),
        ]
    )


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """Make a tokenizer of at most `size` tokens: every character first, by count, then words, by count.

    Ties are broken by the token itself, so the same texts give the same tokenizer. At most half of the places go to
    characters. Log-probabilities are those of the counts.
    """
    normal, words = normalizer(), Words()
    characters: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        clean = normal.normalize_str(text)
        characters.update(clean.replace(" ", ""))
        pairs.update(word for word in words.words(clean) if len(word) == _LONGEST and " " not in word)
    chosen = _most(characters, size // 2)
    chosen |= _most(pairs, size - 1 - len(chosen))
    total = sum(chosen.values())
    vocabulary = [(UNKNOWN, _UNKNOWN_LOG_PROBABILITY)]
    vocabulary += [(token, math.log(count / total)) for token, count in chosen.items()]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normal
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def _most(counts: Counter[str], size: int) -> dict[str, int]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return dict(ordered[: max(0, size)])
