"""One paragraph (款) of a clause, addressed by `#n` behind its id."""

from __future__ import annotations

from dataclasses import replace

from corpus.model import Clause, Document
from corpus.offsets import to_raw
from corpus.sentences import paragraphs


def paragraph_of(document: Document, clause: Clause, number: int) -> Clause | None:
    """Paragraph `number` (from 1) of a clause's own text, as a clause of that span; None where there is none.

    A heading on a line of its own is no paragraph: `library/12#2` is 第十二条第二款.
    """
    headings = {sentence.start: sentence.end for sentence in clause.sentences if sentence.is_heading}
    spans = [
        span
        for span in paragraphs(document.text, clause.body, clause.end)
        if headings.get(span.start, -1) < span.end - 1
    ]
    if not 1 <= number <= len(spans):
        return None
    span = spans[number - 1]
    return replace(
        clause,
        clause_id=f"{clause.clause_id}#{number}",
        label=f"{clause.label}第{number}款",
        text=document.text[span.start : span.end],
        start=span.start,
        end=span.end,
        body=span.start,
        raw=to_raw(document.runs, document.text, span.start, span.end, document.encoding),
        sentences=tuple(s for s in clause.sentences if span.start <= s.start and s.end <= span.end),
    )
