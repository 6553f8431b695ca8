"""The smallest pieces of HTML: escaped text, text with marks, paragraphs, links into the source."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.model import Span
from search.views.address import mark_text, source_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from search.model import Hit, Quote

PARTS = {"preface": "引言", "closing": "结语", "cover": "印发通知", "signature": "落款", "attachment": "附件"}
"""What a part without a numeral is called, by the last word of its id."""
LONG_CLAUSE = 360
"""Characters above which paragraphs without a mark are folded away."""
SHORT_FOLD = 80
"""Characters below which folding paragraphs away saves nothing."""
LABEL_ROOM = 12
"""Characters a numeral may take in front of its heading: 第一百二十三条, （二十五）."""


def escape(text: str) -> str:
    """`text` for use between tags and inside quoted attributes."""
    return html.escape(text, quote=True)


def took(milliseconds: float) -> str:
    """How long something took, for a `title`: who wants to know finds it there.

    >>> took(383.6)
    '用时 384 毫秒'
    """
    return f"用时 {milliseconds:.0f} 毫秒"


def theirs(words: str) -> str:
    """Words of a text or of whoever holds it, told from those of the page; nothing for "".

    >>> theirs("南河")
    '<bdi>南河</bdi>'
    """
    return f"<bdi>{escape(words)}</bdi>" if words else ""


def merged(spans: Iterable[Span | Quote]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap made one, empty ones dropped."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if span.start >= span.end:
            continue
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(Span(span.start, span.end))
    return tuple(joined)


def marked(text: str, offset: int, spans: Iterable[Span | Quote], strong: Sequence[Span | Quote] = ()) -> str:
    """`text`, escaped, with what lies in `spans` inside `<mark>`; it stands at `offset`, as the spans count.

    What lies in `strong` as well is inside `<strong>` within the mark.

    >>> marked("甲<乙", 10, [Span(11, 13)])
    '甲<mark>&lt;乙</mark>'
    >>> marked("满五年", 0, [Span(0, 3)], [Span(1, 2)])
    '<mark>满<strong>五</strong>年</mark>'
    """
    return _wrapped("mark", text, offset, spans, lambda piece, at: strengthened(piece, at, strong))


def strengthened(text: str, offset: int, spans: Iterable[Span | Quote]) -> str:
    """`text`, escaped, with what lies in `spans` inside `<strong>`; it stands at `offset`, as the spans count."""
    return _wrapped("strong", text, offset, spans, lambda piece, _: escape(piece))


def _wrapped(tag: str, text: str, offset: int, spans: Iterable[Span | Quote], inner: Callable[[str, int], str]) -> str:
    """`text`, escaped, with `inner(piece, its offset)` inside `tag` for each piece that lies in `spans`."""
    pieces: list[str] = []
    done = 0
    for span in merged(spans):
        start, end = max(span.start - offset, done), min(span.end - offset, len(text))
        if start >= end:
            continue
        pieces += [escape(text[done:start]), f"<{tag}>", inner(text[start:end], offset + start), f"</{tag}>"]
        done = end
    return "".join([*pieces, escape(text[done:])])


def lines(text: str, offset: int) -> tuple[tuple[int, str], ...]:
    """(offset, paragraph) for each paragraph that is not blank."""
    found: list[tuple[int, str]] = []
    for line in text.split("\n"):
        if line.strip():
            found.append((offset, line))
        offset += len(line) + 1
    return tuple(found)


def paragraph(
    offset: int,
    line: str,
    spans: Sequence[Span | Quote],
    heading: str = "",
    strong: Sequence[Span | Quote] = (),
    links: Sequence[Link] = (),
) -> str:
    """One `<p>`; its numeral with `heading` is set apart where the line begins with them."""
    at = line.find(heading) if heading else -1
    if not 0 <= at <= LABEL_ROOM:
        return f"<p>{linked(line, offset, spans, strong, links)}</p>"
    cut = at + len(heading)
    rest = linked(line[cut:], offset + cut, spans, strong, links)
    return f"<p><b>{marked(line[:cut], offset, spans)}</b>{rest}</p>"


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a text, `start` to `end`, that name another text, inside `before` and `after`, which are HTML."""

    start: int
    end: int
    before: str
    after: str


def linked(
    text: str, offset: int, spans: Sequence[Span | Quote], strong: Sequence[Span | Quote], links: Sequence[Link]
) -> str:
    """`text` as `marked` gives it, what lies in `links` (in order, none overlapping) linked."""
    pieces: list[str] = []
    done = 0
    for link in links:
        start, end = max(link.start - offset, done), min(link.end - offset, len(text))
        if start >= end:
            continue
        inner = marked(text[start:end], offset + start, spans, strong)
        pieces += [marked(text[done:start], offset + done, spans, strong), link.before, inner, link.after]
        done = end
    return "".join([*pieces, marked(text[done:], offset + done, spans, strong)])


def chapters(hit: Hit) -> tuple[str, ...]:
    """The headings above a hit's clause; a chapter that is itself the clause is not above it."""
    own = "".join(f"{hit.label}{hit.heading}".split())
    return tuple(heading for heading in hit.trail if "".join(heading.split()) not in {own, ""})


def body_of(hit: Hit) -> tuple[int, str]:
    """(offset, text) of a hit's clause without the chapter headings in front of it."""
    offset, text, above = hit.start, hit.text, chapters(hit)
    while "\n" in text and text.split("\n", 1)[0].strip().endswith(above):
        line, text = text.split("\n", 1)
        offset += len(line) + 1
    return offset, text


def trail_view(hit: Hit) -> str:
    """The headings above a hit's clause, in one line; nothing where there are none."""
    above = "".join(f"<span>{escape(heading)}</span>" for heading in chapters(hit))
    return f'<p class="cl-trail">{above}</p>' if above else ""


def clause_text(hit: Hit, spans: Sequence[Span | Quote], strong: Sequence[Span | Quote] = ()) -> str:
    """The whole clause in paragraphs with marks, the `strong` words in them set off.

    In a long one, runs of paragraphs without a mark are folded.
    """
    offset, text = body_of(hit)
    shown = lines(text, offset)
    foldable = len(text) > LONG_CLAUSE and len(shown) > 1 and bool(spans)
    pieces: list[str] = []
    run: list[tuple[int, str]] = []

    def close_run() -> None:
        inner = "".join(paragraph(at, line, spans) for at, line in run)
        size = sum(len(line) for _, line in run)
        if size >= SHORT_FOLD:
            inner = f'<details class="cl-rest"><summary>另有 {len(run)} 段（{size} 字）</summary>{inner}</details>'
        pieces.append(inner)
        run.clear()

    for number, (at, line) in enumerate(shown):
        touched = any(span.start < at + len(line) and span.end > at for span in spans)
        if foldable and number > 0 and not touched:
            run.append((at, line))
            continue
        close_run()
        pieces.append(paragraph(at, line, spans, hit.heading if number == 0 else "", strong))
    close_run()
    return "".join(pieces)


def opens(clause_id: str, spans: Iterable[Span | Quote]) -> str:
    """Attributes of an `<a>` that opens the reader at a clause with `spans` marked."""
    marks = tuple(spans)
    address = escape(source_address(clause_id, marks))
    return f'href="{address}" data-clause="{escape(clause_id)}" data-mark="{mark_text(marks)}"'


def source_link(clause_id: str, spans: Iterable[Span | Quote], words: str, about: str) -> str:
    """A link that opens the reader at a clause with `spans` marked; `about` names the place to a screen reader."""
    name = escape(f"{words}：{about}")
    return f'<a class="cl-source" {opens(clause_id, spans)} aria-label="{name}">{escape(words)}</a>'


def place(clause_id: str, label: str, heading: str) -> tuple[str, str]:
    """(label, heading) to show for a clause; a part without either goes by the last word of its id."""
    if label or heading:
        return label, heading
    return PARTS.get(clause_id.rsplit("/", 1)[-1].split("#", 1)[0], clause_id), ""


def fold(css: str, summary: str, inner: str) -> str:
    """A closed `<details>`; `summary` is plain text, `inner` is HTML."""
    return f'<details class="{css}"><summary>{escape(summary)}</summary>{inner}</details>'
