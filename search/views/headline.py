"""The line that answers: what each document decides, in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.views.html import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.model import Answer, DocumentAnswer

SHOWN = 5
"""Documents, the surest first, whose words are shown; the others are counted."""


def decided(said: DocumentAnswer) -> str:
    """What a document decides, in its phrases that can be read alone; "" where none is certain to be the answer.

    Every piece is a slice of the text; what joins them (" · ") is not.
    """
    return " · ".join(phrase.text for phrase in said.gist)


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
