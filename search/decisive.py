"""The decisive words of an answer: its quantities, the core of what is forbidden, waived or allowed, exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from corpus.model import Document, Span
from indexer.fold import fold
from search.measures import kind_of, measures
from search.modals import ModalKind, modals, telling
from search.model import Quote
from search.quantities import Quantity, quantities
from search.wanted import Detail

MOST = 4
"""Decisive words shown for an answer."""
MOST_QUANTITIES = 3
"""Quantities among them where something else decides as well."""
LONGEST = 24
"""Characters; a reader takes in no more at a glance."""
_SHORTEST = 2
_STOPS = "，。；：！？（）()\n,;:"
_SEGMENT = re.compile(r"[^，。；：！？（）()\n,;:]+")
_LISTED = re.compile(r"\s*[、,或和及]\s*")
_FIRST: tuple[ModalKind, ...] = ("prohibition", "release")
"""Kinds that say more than that something may be done."""


def decisive(document: Document, quotes: Sequence[Quote], question_details: Sequence[Detail] = ()) -> tuple[Quote, ...]:
    """Up to four spans inside `quotes`, in reading order, none overlapping, at most `LONGEST` characters each.

    Chosen in this order: quantities of the kinds asked for, other quantities, prohibitions and waivers, permissions
    and preferences, exceptions. One place is kept for what is no quantity, if there is any.
    """
    amounts = sorted(_amounts(quotes), key=lambda span: not _is_asked(document, span, question_details))
    others = [*_cores(quotes, _FIRST), *_cores(quotes, ("permission",))]
    others += [*_around(quotes, telling().privilege), *_around(quotes, telling().exception)]
    chosen = _apart(amounts, MOST_QUANTITIES if others else MOST)
    chosen = _apart([*chosen, *others], MOST)
    return tuple(
        Quote(document.text[s.start : s.end], s.start, s.end) for s in sorted(chosen, key=lambda span: span.start)
    )


def _apart(spans: Sequence[Span], most: int) -> list[Span]:
    """The first `most` of the spans that overlap none before them."""
    chosen: list[Span] = []
    for span in spans:
        is_apart = all(span.end <= held.start or held.end <= span.start for held in chosen)
        if is_apart and len(chosen) < most:
            chosen.append(span)
    return chosen


def _is_asked(document: Document, span: Span, details: Sequence[Detail]) -> bool:
    words = fold(document.text[span.start : span.end])
    return any(detail.given.search(words) for detail in details)


def _amounts(quotes: Sequence[Quote]) -> Iterator[Span]:
    """Quantities that tell something, with the words that bring them in; those of one list as one."""
    for quote in quotes:
        found = [quantity for quantity in quantities(quote.text) if tells(quantity)]
        for start, end in _lists(quote.text, found):
            lead = _lead().search(quote.text, 0, start)
            begin = lead.start() if lead is not None and end - lead.start() <= LONGEST else start
            if end - begin <= LONGEST:
                yield Span(quote.start + begin, quote.start + end)


def tells(quantity: Quantity) -> bool:
    """A bare count of one (一个, 一项) stands for an article."""
    return not (quantity.bound == "exact" and quantity.low == 1 and kind_of(quantity.unit) == "count")


def _lists(text: str, found: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Spans of the quantities, those set apart by 、 or 或 alone joined: 10年、20年、30年以上."""
    spans = [(quantity.start, quantity.end) for quantity in found[:1]]
    for before, after in pairwise(found):
        is_listed = before.unit == after.unit and _LISTED.fullmatch(text[before.end : after.start]) is not None
        if is_listed and after.end - spans[-1][0] <= LONGEST:
            spans[-1] = (spans[-1][0], after.end)
        else:
            spans.append((after.start, after.end))
    return spans


@cache
def _lead() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(measures().leads, key=len, reverse=True))
    return re.compile(rf"(?:{words}){{1,2}} ?$")


def _cores(quotes: Sequence[Quote], kinds: Sequence[ModalKind]) -> Iterator[Span]:
    """From a modal word of these kinds to where its part of the sentence ends."""
    held = [kind for kind in kinds if kind in telling().core]
    for quote in quotes:
        for modal in modals(quote.text):
            if modal.kind in held:
                yield from _to_stop(quote, modal.start, modal.end)


def _around(quotes: Sequence[Quote], words: Sequence[str]) -> Iterator[Span]:
    """The part of the sentence with one of `words`: from it on, or where it ends the part, the whole of it."""
    pattern = re.compile("|".join(map(re.escape, words)))
    for quote in quotes:
        for segment in _SEGMENT.finditer(quote.text):
            match = pattern.search(segment[0])
            if match is None:
                continue
            if match.end() < len(segment[0]):
                yield from _to_stop(quote, segment.start() + match.start(), segment.start() + match.end())
            elif len(segment[0]) <= LONGEST:
                yield Span(quote.start + segment.start(), quote.start + segment.end())


def _to_stop(quote: Quote, start: int, end: int) -> Iterator[Span]:
    """From `start` of the quote to the first mark behind `end`; nothing where that is too long or says nothing."""
    stop = end
    while stop < len(quote.text) and quote.text[stop] not in _STOPS:
        stop += 1
    text = quote.text[start:stop].rstrip()
    if _SHORTEST < len(text) <= LONGEST:
        yield Span(quote.start + start, quote.start + start + len(text))
