"""What documents are called where several stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from corpus.model import Document


def names_of(documents: Iterable[Document]) -> dict[str, str]:
    """A name for each document, by doc_id, no two alike: its short name, else its title, else its id."""
    held = tuple(documents)
    names = {document.doc_id: "" for document in held}
    for name in (
        {document.doc_id: document.metadata.short_name for document in held},
        {document.doc_id: document.metadata.title for document in held},
        {document.doc_id: document.doc_id for document in held},
    ):
        taken = Counter(name[doc_id] for doc_id, chosen in names.items() if not chosen)
        names |= {d: name[d] for d, chosen in names.items() if not chosen and name[d] and taken[name[d]] == 1}
    return names
