"""Clauses as a person types them (重庆 三、（七）, national/3/7) → their ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.errors import QuestionError
from indexer.fold import fold
from search.names import names_of

if TYPE_CHECKING:
    from search.engine import Engine

_APART = re.compile(r"[;；\n]+")


def clauses_named(engine: Engine, text: str) -> tuple[str, ...]:
    """Ids of the clauses named in `text`, one or several set apart by ；, as ids or as the page calls them.

    A clause is called by the name of its text and its label, blanks apart. Raises `QuestionError` where there is none
    of that name.
    """
    called = _called(engine)
    pieces = [piece.strip() for piece in _APART.split(text) if piece.strip()]
    return tuple(dict.fromkeys(called.get(_bare(piece)) or _by_id(engine, piece) for piece in pieces))


def _by_id(engine: Engine, text: str) -> str:
    try:
        return engine.clause(text).clause_id
    except QuestionError as error:
        example = next((c for d in engine.documents() for c in d.clauses if c.kind == "clause" and c.label), None)
        if example is None:
            raise
        name = names_of(engine.documents())[example.doc_id]
        message = (
            f"没有叫“{text[:40]}”的条款。请写“{name} {example.label}”这样的名称，或 {example.clause_id} 这样的编号。"
        )
        raise QuestionError(message) from error


def _called(engine: Engine) -> dict[str, str]:
    names = names_of(engine.documents())
    return {
        _bare(f"{names[document.doc_id]}{clause.label}"): clause.clause_id
        for document in engine.documents()
        for clause in document.clauses
        if clause.label
    }


def _bare(text: str) -> str:
    return "".join(fold(text).split())
