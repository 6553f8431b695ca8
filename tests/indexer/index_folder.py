"""A corpus folder with its index, and all that a question gets from an index."""

from __future__ import annotations

from pathlib import Path

from tiny_corpus import CITY, COUNTY, FakeEncoder, make_corpus

from indexer import CorpusReader, IndexConfig, open_index

BOTH = {"city": CITY, "county": COUNTY}


class Folder:
    """A corpus folder whose documents are given; counts how often they are read."""

    def __init__(self, path: Path, documents=BOTH) -> None:
        self.path = path
        self.documents = documents
        self.loaded = 0
        self.reader = CorpusReader(lambda _: repr(self.documents), self.load, lambda _: ("艰苦边远地区",))

    def load(self, path: Path):
        self.loaded += 1
        return make_corpus(path, **self.documents)

    def open(self, encoder=None, config=None, **options):
        options = {"index_dir": self.path / "index"} | options
        return open_index(self.path, self.reader, config or IndexConfig(), encoder or FakeEncoder(), **options)

    @property
    def build(self) -> Path:
        name = (self.path / "index" / "CURRENT").read_text(encoding="utf-8").split()[0]
        return self.path / "index" / "builds" / name


def answers(index, question="在乡镇工作满五年补贴多少"):
    """Everything that a question gets from an index."""
    words, chars = index.tokenizer.words(question), index.tokenizer.chars(question)
    [vector] = index.encoder.encode_queries([question])
    return (
        index.documents,
        index.keys,
        index.config,
        index.user_words,
        index.clause_words.scores(words).tolist(),
        index.clause_chars.scores(chars).tolist(),
        index.units.lift(index.sentence_words.scores(words)).tolist(),
        index.units.lift(index.sentence_chars.scores(chars)).tolist(),
        index.clause_vectors.scores(vector).tolist(),
        index.units.lift(index.sentence_vectors.scores(vector)).tolist(),
        index.clause_words.explain(words, 0),
    )
