"""Whole phrases of a rule: the parts between marks, and the one that says most, to quote where the rule is too long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from corpus.model import Span

ROOM = 56
"""Characters up to which a phrase is quoted with what stands before it in its sentence."""
_LONGEST = 90
"""Characters of a phrase above which a list at its end is left out."""
_OPEN = ("的", "时", "后")
"""What a condition ends in: what it leads up to follows."""
_FURTHER = 84
"""Characters up to which that is quoted too."""
_STOPS = frozenset("，。；！？\n,;!?")
_ENDS = frozenset("。；！？\n;!?")
_PAIRS = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》", "「": "」", "〔": "〕"}


def phrases(text: str) -> tuple[Span, ...]:
    """The parts of `text` between marks, in order; what stands in brackets or quotation marks is not cut.

    >>> [text[s.start : s.end] for text in ["建立“定向评价，定向使用”制度，满3年。"] for s in phrases(text)]
    ['建立“定向评价，定向使用”制度', '满3年']
    """
    found: list[Span] = []
    start = 0
    for at in _cuts(text):
        found += _trimmed(text, start, at)
        start = at + 1
    return (*found, *_trimmed(text, start, len(text)))


def phrase(
    text: str, weight: Callable[[str], float], near: Iterable[Span] = (), within: Sequence[Span] | None = None
) -> Span:
    """The phrase of `text` that weighs most, of those that hold a part of `near` if any does; the first of equals.

    What stands before it in its sentence (who, when, on what condition) and after it is quoted with it as far as
    `ROOM` goes, and what a condition leads up to in any case. `within`: the phrases that may be quoted; None: all.
    """
    parts = [part for part in phrases(text) if within is None or part in within]
    wanted = [*near]
    held = [part for part in parts if any(part.start < each.end and each.start < part.end for each in wanted)]
    best = max(held or parts, key=lambda part: weight(text[part.start : part.end]), default=Span(0, len(text)))
    at = parts.index(best) if parts else 0
    start, end = best.start, best.end
    for part in reversed(parts[:at]):
        if end - part.start > ROOM or not _follows(text, part.end, start):
            break
        start = part.start
    for part in parts[at + 1 :]:
        room = _FURTHER if text[start:end].endswith(_OPEN) else ROOM
        if part.end - start > room or not _follows(text, end, part.start):
            break
        end = part.end
    return Span(start, _end(text, start, end))


def _follows(text: str, end: int, start: int) -> bool:
    """Whether the phrase from `start` goes on in the sentence of the one before it, which ends at `end`."""
    between = text[end:start]
    return not _ENDS.intersection(between) and not any(character.isalnum() for character in between)


def _end(text: str, start: int, end: int) -> int:
    """Where the phrase ends, or its last item but those too many."""
    if end - start <= _LONGEST:
        return end
    items = [at for at in _cuts(text[start:end], frozenset("、")) if at <= _LONGEST]
    return start + items[-1] if items else end


def _cuts(text: str, stops: frozenset[str] = _STOPS) -> Sequence[int]:
    """Where the marks stand that part it; those inside a pair are none, as long as every pair is closed."""
    inside: list[str] = []
    found: list[int] = []
    for at, character in enumerate(text):
        if inside and character == inside[-1]:
            inside.pop()
        elif character in _PAIRS:
            inside.append(_PAIRS[character])
        elif character in stops and not inside:
            found.append(at)
    return found if not inside else [at for at, character in enumerate(text) if character in stops]


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if any(character.isalnum() for character in text[start:end]):
        yield Span(start, end)
