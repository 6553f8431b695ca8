"""Clauses → a searchable index: tokens, BM25, vectors, and where they are kept."""

from indexer.build import Progress, build_index
from indexer.config import IndexConfig
from indexer.fold import fold, fold_map
from indexer.index import Index
from indexer.lexical import LexicalIndex
from indexer.store import CorpusReader, IndexStore, default_directories, open_index
from indexer.tokens import Tokenizer
from indexer.units import Units

__all__ = [
    "CorpusReader",
    "Index",
    "IndexConfig",
    "IndexStore",
    "LexicalIndex",
    "Progress",
    "Tokenizer",
    "Units",
    "build_index",
    "default_directories",
    "fold",
    "fold_map",
    "open_index",
]
