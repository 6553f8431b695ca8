"""What to know of texts before they are compared: which rests on which, what is cited but not held, trial, expiry."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Document


def notice_of(documents: Sequence[Document]) -> str:
    """One line for a reader, in Chinese: basis among the texts, trial and expiry; "" where there is nothing to say."""
    names = {document.doc_id: document.metadata.short_name for document in documents}
    told = []
    for document in documents:
        metadata = document.metadata
        resting = [names[c.doc_id] for c in metadata.basis if c.doc_id in names and c.doc_id != document.doc_id]
        if resting:
            told.append(f"{metadata.short_name}的文件依据{'、'.join(dict.fromkeys(resting))}的文件制定。")
        if metadata.on_trial:
            told.append(f"{metadata.short_name}的文件是试行的。")
        if metadata.expires:
            told.append(f"{metadata.short_name}的文件有效期至 {metadata.expires}。")
    return "".join(told)
