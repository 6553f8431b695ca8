"""Addresses of what the page shows: `?clause=national/3/7&mark=120-160,200-210`, `?compare=继续教育&doc=national`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from corpus.errors import QuestionError
from corpus.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search.model import Quote

WHOLE = "*"
"""What stands in an address for whole texts, where a topic would."""
_MARKS = re.compile(r"\d{1,9}-\d{1,9}(,\d{1,9}-\d{1,9})*", re.ASCII)


def mark_text(spans: Iterable[Span | Quote]) -> str:
    """The spans as they stand in an address.

    >>> mark_text((Span(120, 160), Span(200, 210)))
    '120-160,200-210'
    """
    return ",".join(f"{span.start}-{span.end}" for span in spans)


def parse_marks(text: str) -> tuple[Span, ...]:
    """The spans of an address, as characters of the document; () for "". Raises QuestionError on anything else.

    >>> parse_marks("120-160,200-210")
    (Span(start=120, end=160), Span(start=200, end=210))
    """
    if not text:
        return ()
    if not _MARKS.fullmatch(text):
        raise QuestionError(
            f"地址里的 mark={text[:40]} 看不懂：应为“起-止”，如 mark=120-160。请从答案里的链接重新打开。"
        )
    pairs = (pair.split("-") for pair in text.split(","))
    return tuple(Span(int(start), int(end)) for start, end in pairs)


def source_address(clause_id: str, spans: Iterable[Span | Quote] = ()) -> str:
    """The address that opens the reader at a clause, with the spans marked; not yet escaped for HTML."""
    query = {"clause": clause_id, "mark": mark_text(spans)}
    return "?" + urlencode({key: value for key, value in query.items() if value}, safe="/,")


def ask_address(question: str, doc_ids: Sequence[str] = ()) -> str:
    """The address that asks again; not yet escaped for HTML.

    >>> ask_address("north?", ("north",))
    '?q=north%3F&doc=north'
    """
    return "?" + urlencode([("q", question), *(("doc", doc_id) for doc_id in doc_ids)], safe="/,")


def search_address(text: str, doc_ids: Sequence[str] = ()) -> str:
    """The address that searches again; not yet escaped for HTML.

    >>> search_address("training")
    '?find=training'
    """
    return "?" + urlencode([("find", text), *(("doc", doc_id) for doc_id in doc_ids)], safe="/,")


def similar_address(clause_id: str) -> str:
    """The address of the clauses like one; not yet escaped for HTML.

    >>> similar_address("north/3/7")
    '?like=north/3/7'
    """
    return "?" + urlencode({"like": clause_id}, safe="/,")


def compare_address(topic: str, doc_ids: Sequence[str] = (), base: str | None = None) -> str:
    """The address that compares again: a topic, or whole texts for `WHOLE`; not yet escaped for HTML.

    >>> compare_address("*", ("north", "south"), "south")
    '?compare=*&doc=north&doc=south&base=south'
    """
    query = [("compare", topic), *(("doc", doc_id) for doc_id in doc_ids), *([("base", base)] if base else [])]
    return "?" + urlencode(query, safe="/,*")
