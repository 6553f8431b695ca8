"""What is worked out of phrasings ahead of questions, and kept: tokens counted, rules pooled, their mean vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from corpus.phrasings import Phrasing
from indexer.index import Index
from indexer.lexical import LexicalIndex
from indexer.prepared import Kind, open_prepared
from indexer.store import current_recipe
from search.asked import AskedKinds

Scores = NDArray[np.float32]
_LITTLE = 1e-6
_CODE = ("asked.py", "prepared.py")
"""Files of this package that have a say in what is prepared."""


@dataclass(frozen=True, slots=True)
class PreparedPhrasings:
    """All that phrasings are matched by. Rules are numbered by their first phrasing."""

    rule_of: NDArray[np.int64]
    """(phrasings,): the rule that each is of."""
    single: LexicalIndex
    """An item for each phrasing."""
    own: Scores
    """(phrasings,): what the tokens of each weigh in `single`."""
    pooled: LexicalIndex
    """An item for each rule: its own words and those of all its phrasings."""
    centres: Scores
    """(rules, dim): of unit norm, the mean of a rule's phrasings."""
    asked: AskedKinds

    def save(self, directory: Path) -> None:
        """Write it to `directory`, which is there and empty. Raises OSError."""
        for name in _ARRAYS:
            np.save(directory / f"{name}.npy", getattr(self, name), allow_pickle=False)
        self.single.save(directory / "single")
        self.pooled.save(directory / "pooled")
        (directory / "asked.msgpack").write_bytes(msgspec.msgpack.encode(self.asked.weights))

    @staticmethod
    def load(directory: Path) -> PreparedPhrasings:
        """What `save` wrote there. Raises OSError, ValueError or `msgspec.MsgspecError` if it is not whole."""
        rule_of, own, centres = (np.load(directory / f"{name}.npy", allow_pickle=False) for name in _ARRAYS)
        weights = msgspec.msgpack.decode((directory / "asked.msgpack").read_bytes(), type=dict[str, float])
        single, pooled = (LexicalIndex.load(directory / name) for name in ("single", "pooled"))
        return PreparedPhrasings(rule_of, single, own, pooled, centres, AskedKinds(weights))


_ARRAYS = ("rule_of", "own", "centres")
_KIND = Kind("phrasings", PreparedPhrasings.save, PreparedPhrasings.load)


def open_phrasings(
    directories: Sequence[Path], index: Index, phrasings: Sequence[Phrasing], *, rebuild: bool = False
) -> PreparedPhrasings:
    """What `prepare` gives, from one of the index `directories` where it is kept; see `indexer.prepared`."""
    if not phrasings:
        return prepare(index, phrasings)
    key = _key(index, phrasings)
    return open_prepared(directories, _KIND, key, lambda: prepare(index, phrasings), rebuild=rebuild)


def prepare(index: Index, phrasings: Sequence[Phrasing]) -> PreparedPhrasings:
    """Work it out."""
    tokens = [index.tokenizer.chars(phrasing.text) for phrasing in phrasings]
    numbers: dict[tuple[str, int, int], int] = {}
    rule_of = np.asarray([numbers.setdefault(_rule(phrasing), len(numbers)) for phrasing in phrasings], np.int64)
    single = LexicalIndex.build(tokens, index.config.k1, index.config.b)
    idf = dict(zip(single.vocabulary, single.idfs.tolist(), strict=True))
    return PreparedPhrasings(
        rule_of=rule_of,
        single=single,
        own=np.asarray([sum(map(idf.__getitem__, own)) for own in tokens], np.float32),
        pooled=_pooled(index, list(numbers), phrasings, rule_of, tokens),
        centres=_centres(index, len(numbers), phrasings, rule_of),
        asked=AskedKinds.learned(phrasings, tokens),
    )


def _pooled(
    index: Index,
    rules: Sequence[tuple[str, int, int]],
    phrasings: Sequence[Phrasing],
    rule_of: NDArray[np.int64],
    tokens_of: Sequence[Sequence[str]],
) -> LexicalIndex:
    pooled = [list(index.tokenizer.chars(text)) for text in _texts(index, rules)]
    for phrasing, rule, tokens in zip(phrasings, rule_of.tolist(), tokens_of, strict=True):
        if not phrasing.is_apart:
            pooled[rule].extend(tokens)
    return LexicalIndex.build(pooled, index.config.k1, index.config.b)


def _centres(index: Index, rules: int, phrasings: Sequence[Phrasing], rule_of: NDArray[np.int64]) -> Scores:
    vectors = index.encoder.encode_passages([phrasing.text for phrasing in phrasings])
    centres = np.zeros((rules, vectors.shape[1]), np.float32)
    if len(phrasings):
        answers = np.asarray([not phrasing.is_apart for phrasing in phrasings], np.bool_)
        np.add.at(centres, rule_of[answers], vectors[answers])
    return np.asarray(centres / np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), _LITTLE), np.float32)


def _key(index: Index, phrasings: Sequence[Phrasing]) -> str:
    """Changes with anything that `prepare` depends on: program, libraries, settings, encoder, words kept whole, texts.

    Of the documents it depends on the rules' own words alone.
    """
    digest = hashlib.sha256(msgspec.json.encode(current_recipe("", index.config, index.encoder), order="deterministic"))
    for name in _CODE:
        digest.update(Path(__file__).with_name(name).read_bytes())
    digest.update(index.tokenizer.identity().encode())
    digest.update(msgspec.msgpack.encode(phrasings))
    for text in _texts(index, list(dict.fromkeys(map(_rule, phrasings)))):
        digest.update(text.encode(errors="surrogatepass") + b"\0")
    return digest.hexdigest()


def _texts(index: Index, rules: Sequence[tuple[str, int, int]]) -> list[str]:
    return [index.document_of[doc_id].text[start:end] for doc_id, start, end in rules]


def _rule(phrasing: Phrasing) -> tuple[str, int, int]:
    return phrasing.doc_id, phrasing.start, phrasing.end
