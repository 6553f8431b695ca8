"""Texts as token ids and as rows of token counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix
    from tokenizers import Tokenizer

    Sparse = csr_matrix[np.float32]


def token_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[NDArray[np.int32]]:
    """Give the token ids of each text, in order."""
    return [np.array(e.ids, dtype=np.int32) for e in tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def bags(tokenizer: Tokenizer, texts: Sequence[str]) -> Sparse:
    """(n, vocabulary) float32: how often each text holds each token, the unknown one (id 0) left out."""
    known = [ids[ids > 0] for ids in token_ids(tokenizer, texts)]
    ends = np.cumsum([0, *(len(ids) for ids in known)])
    columns = np.concatenate([*known, np.empty(0, dtype=np.int32)])
    ones = np.ones(len(columns), dtype=np.float32)
    counts = sparse.csr_matrix((ones, columns, ends), shape=(len(texts), tokenizer.get_vocab_size()))
    counts.sum_duplicates()
    return counts


def tf_idf(counts: Sparse) -> Sparse:
    """Rows at unit length of (1 + ln tf) ln(n / df), as Manning, Raghavan and Schütze 2008, 6.4.3, "ltc"."""
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    weighted = counts.copy()
    weighted.data = (1 + np.log(counts.data)) * np.log(counts.shape[0] / frequency[counts.indices])
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    weighted.data = (weighted.data / np.repeat(np.maximum(lengths, 1e-9), np.diff(weighted.indptr))).astype(np.float32)
    return weighted
