"""What a policy text is: raw file → clean text with an offset map → tree → clauses, and what is held."""

from corpus.errors import (
    CorpusError,
    IndexStoreError,
    ManifestError,
    ModelError,
    PolicyError,
    QuestionError,
    SourceError,
    SuiteError,
)
from corpus.load import DEFAULT_CORPUS, fingerprint, load_corpus
from corpus.model import (
    Citation,
    Clause,
    Corpus,
    Document,
    Metadata,
    Node,
    Place,
    Run,
    Sentence,
    Source,
    Span,
)

__all__ = [
    "DEFAULT_CORPUS",
    "Citation",
    "Clause",
    "Corpus",
    "CorpusError",
    "Document",
    "IndexStoreError",
    "ManifestError",
    "Metadata",
    "ModelError",
    "Node",
    "Place",
    "PolicyError",
    "QuestionError",
    "Run",
    "Sentence",
    "Source",
    "SourceError",
    "Span",
    "SuiteError",
    "fingerprint",
    "load_corpus",
]
