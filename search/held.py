"""What is held and how it is indexed, as a person who keeps the texts wants to see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from indexer.builds import UnusableIndexError
from indexer.digests import DamagedError
from indexer.store import IndexStore, default_directories

if TYPE_CHECKING:
    from search.engine import Engine

_NAMED = "%Y%m%d-%H%M%S"
"""How the name of a build begins: when it was made."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """The index in use: how much it holds, what gave its vectors, when it was built."""

    clauses: int
    sentences: int
    encoder: str
    """Name of its kind."""
    dim: int
    identity: str
    """First characters of what tells this encoder from all others."""
    built: datetime | None
    """Time of this machine; None where it was not kept, or elsewhere than where a corpus has its index."""


def index_state(engine: Engine) -> IndexState:
    """The state of the engine's index."""
    index = engine.index
    return IndexState(
        clauses=len(index.clauses),
        sentences=len(index.sentence_vectors),
        encoder=type(index.encoder).__name__,
        dim=index.clause_vectors.dim,
        identity=index.encoder.identity()[:12],
        built=None if engine.folder is None else _built(engine),
    )


def _built(engine: Engine) -> datetime | None:
    assert engine.folder is not None
    for directory in default_directories(engine.folder):
        try:
            build, _ = IndexStore(directory).current()
            return datetime.strptime(build.name[:15], _NAMED).astimezone()
        except (UnusableIndexError, DamagedError, ValueError):
            continue  # not kept here, or not by this program: the next place may have it
    return None
