"""Markdown marks found in lines: what they hide and which lines they call headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.lines import Line

_HEADING = re.compile(r"#{1,6}(?=\s)\s+|#{1,6}(?=\*\*)")
_CLOSING_HASHES = re.compile(r"\s+#+$")
_RULE = re.compile(r"(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}")
_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_LEAD = re.compile(r"(?:>\s?)+|[-*+]\s+(?=\S)")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|__)(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?!\*)")
_STRONG = re.compile(r"\*\*(?=\S).+?(?<=\S)\*\*")
_FENCE = re.compile(r"`{3,}\w*")


def hide_marks(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with their Markdown marks hidden; lines that are nothing but marks are left out.

    A text in which nothing looks like Markdown comes back as it is, so that a plain "- 3 -" or "# 5" stays.
    """
    if not any(_is_telling(line.text) for line in lines):
        return tuple(lines)
    kept = []
    for line in lines:
        if _RULE.fullmatch(line.text) or _FENCE.fullmatch(line.text) or _is_table_rule(line.text):
            continue
        marked = replace(line, hidden=_marks(line.text), is_marked_heading=_HEADING.match(line.text) is not None)
        if marked.shown.strip():
            kept.append(marked)
    return tuple(kept)


def is_table_row(text: str) -> bool:
    """Whether a line is a row of a Markdown table."""
    return text.startswith("|") and text.count("|") >= 2


def _is_telling(text: str) -> bool:
    return bool(_HEADING.match(text) or _STRONG.search(text) or _is_table_rule(text))


def _is_table_rule(text: str) -> bool:
    return "|" in text and _TABLE_RULE.fullmatch(text) is not None


def _marks(text: str) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    heading = _HEADING.match(text) or _LEAD.match(text)
    if heading:
        spans.append(heading.span())
    closing = _CLOSING_HASHES.search(text) if heading and text.startswith("#") else None
    if is_table_row(text):
        lead = len(text) - len(text.lstrip("| \t"))
        tail = len(text.rstrip("| \t"))
        spans.append((0, lead))
        spans.append((tail, len(text)))
    begin = spans[0][1] if spans else 0
    for match in _EMPHASIS.finditer(text, begin):
        width = len(match.group(1))
        spans.append((match.start(), match.start() + width))
        spans.append((match.end() - width, match.end()))
    if closing:
        spans.append(closing.span())
    return tuple(sorted(span for span in spans if span[0] < span[1]))
