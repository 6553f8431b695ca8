"""The line that answers: what each document decides, in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.views.html import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.model import Answer, DocumentAnswer

SHOWN = 5
"""Documents, the surest first, whose words are shown; the others are counted."""
WORDS = 2
"""Decisive words shown of a document; its card has all of them."""
LONGEST = 36
"""Characters of a quote shown where it has no decisive words."""
_STOPS = "，。；：！？"


def decided(said: DocumentAnswer) -> str:
    """What a document decides: its first decisive words, else how its first quote begins; "" where it is silent.

    Every piece is a slice of the text; what joins them (" · ") and tells that more follows (……) is not.
    """
    if said.decisive:
        return " · ".join(quote.text for quote in said.decisive[:WORDS])
    if not said.quotes:
        return ""
    text = said.quotes[0].text.strip()
    if len(text) <= LONGEST:
        return text
    stop = max((text.rfind(sign, 0, LONGEST) for sign in _STOPS), default=-1)
    return f"{text[: stop if stop > 0 else LONGEST]}……"


def grouped(answer: Answer) -> tuple[tuple[tuple[str, ...], str], ...]:
    """(names of documents, words) for what is decided, those that decide the same together, the surest first."""
    found: dict[str, list[str]] = {}
    for said in answer.answers:
        if said.status == "answered" and (words := decided(said)):
            found.setdefault(words, []).append(said.short_name)
    return tuple((tuple(names), words) for words, names in found.items())


def headline_view(answer: Answer) -> str:
    """The line that answers, an item for all the documents that decide the same; nothing for a "no"."""
    if answer.status != "answered":
        return ""
    groups = grouped(answer)
    items = "".join(_items(groups))
    more = f'<li class="cl-further">另有 {len(groups) - SHOWN} 种写法，见下</li>' if len(groups) > SHOWN else ""
    return f'<ul class="cl-headline" aria-label="一句话">{items}{more}</ul>' if items else ""


def _items(groups: tuple[tuple[tuple[str, ...], str], ...]) -> Iterator[str]:
    for names, words in groups[:SHOWN]:
        shown = "、".join(names) if len(names) <= SHOWN else f"{'、'.join(names[:SHOWN])}等 {len(names)} 份"
        yield f'<li><span class="cl-name">{escape(shown)}</span><strong>{escape(words)}</strong></li>'
