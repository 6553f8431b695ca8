"""The values that a comparison of two rules is made of: the rule, and what one test of it found."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Document, Span
from search.compare.model import Evidence, Label
from search.model import Quote


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's words: `text` is the slice `span` of `document.text`, line breaks and blanks with it."""

    document: Document
    span: Span
    text: str
    places: tuple[int, ...] | None = None
    """Where in `document.text` each character of `text` stands, if `text` leaves some of the slice out."""

    def joined(self) -> Rule:
        """The rule without blanks and line breaks, which a page puts in the midst of words."""
        places = tuple(at for at in range(self.span.start, self.span.end) if not self.document.text[at].isspace())
        return Rule(self.document, self.span, "".join(self.document.text[at] for at in places), places)

    def evidence(self, start: int, end: int) -> Evidence:
        """Characters `start` to `end` of `text`, as a span of the document."""
        return Evidence(self.document.doc_id, self.quote(start, end))

    def quote(self, start: int, end: int) -> Quote:
        """Characters `start` to `end` of `text`, as a quote from the document: all that stands between them too."""
        if self.places is None:
            return Quote(self.text[start:end], self.span.start + start, self.span.start + end)
        if start >= end:
            return Quote("", self.span.start, self.span.start)
        first, last = self.places[start], self.places[end - 1] + 1
        return Quote(self.document.text[first:last], first, last)


@dataclass(frozen=True, slots=True)
class Pull:
    """What one test of two rules found: where it pulls, why (Chinese, no full stop), and the words that show it."""

    label: Label
    reason: str
    evidence: tuple[Evidence, ...] = ()
