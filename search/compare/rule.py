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

    def evidence(self, start: int, end: int) -> Evidence:
        """Characters `start` to `end` of `text`, as a span of the document."""
        return Evidence(self.document.doc_id, self.quote(start, end))

    def quote(self, start: int, end: int) -> Quote:
        """Characters `start` to `end` of `text`, as a quote from the document."""
        return Quote(self.text[start:end], self.span.start + start, self.span.start + end)


@dataclass(frozen=True, slots=True)
class Pull:
    """What one test of two rules found: where it pulls, why (Chinese, no full stop), and the words that show it."""

    label: Label
    reason: str
    evidence: tuple[Evidence, ...] = ()
