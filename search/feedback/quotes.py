"""Words of a document found again, blanks and line breaks apart."""

from __future__ import annotations

from corpus.model import Document, Span


class Placed:
    """Finds quotes in one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._offsets = [place for place, character in enumerate(document.text) if not character.isspace()]
        self._bare = "".join(document.text[place] for place in self._offsets)

    def once(self, quote: str) -> Span | None:
        """Where the document reads so; None where it does not, or in more than one place."""
        bare = "".join(quote.split())
        at = self._bare.find(bare) if bare else -1
        if at < 0 or self._bare.find(bare, at + 1) >= 0:
            return None
        return Span(self._offsets[at], self._offsets[at + len(bare) - 1] + 1)
