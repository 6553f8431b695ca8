"""Question → hits → answer: scope, retrieval, evidence and the honest "no"."""

from search.engine import Engine, EngineConfig, open_engine
from search.model import Answer, DocumentAnswer, Hit, Quote, Scope, SearchResult, TermMatch, Why

__all__ = [
    "Answer",
    "DocumentAnswer",
    "Engine",
    "EngineConfig",
    "Hit",
    "Quote",
    "Scope",
    "SearchResult",
    "TermMatch",
    "Why",
    "open_engine",
]
