"""A paragraph while its lines are being joined: what its end says of the line that comes next."""

from __future__ import annotations

import re

from corpus.lines import Layout, Line, is_finished
from corpus.markers import Marker, candidate

SENTENCE_MARK = re.compile(r"[，。；：！？,;]")
_STRONG_MARK = re.compile(r"[。；：！？;]")
_OPENERS = "（(《“‘〈「『【"
_BRACKETS = (("《", "》"), ("（", "）"), ("“", "”"), ("〈", "〉"))
_INLINE_NUMBER = re.compile(r"[（(][^（()）]{1,4}[）)]")
_SLACK = 2.5
"""Full-width characters that a full line may lack: its first-line indent, and a mark that may not begin a line."""
_SLACK_IN_PROSE = 4.5
"""The same where the sentence goes on: half-width digits and closing marks hang together."""
_PROSE = 40
"""From this width on a line without any punctuation is taken for prose cut off."""


class OpenParagraph:
    """The lines joined so far, and the number they open with."""

    def __init__(self, line: Line, marker: Marker | None, layout: Layout) -> None:
        self.lines = [line]
        self.marker = marker
        self.text = line.shown
        self._layout = layout

    def add(self, line: Line) -> None:
        """Join another line."""
        self.lines.append(line)
        self.text += line.shown

    @property
    def last(self) -> Line:
        """The line joined last."""
        return self.lines[-1]

    @property
    def is_finished(self) -> bool:
        """It ends as a sentence or the introduction to a list does, a remark in brackets behind that allowed."""
        return is_finished(self.text)

    @property
    def is_full(self) -> bool:
        """Its last line may be cut by the right margin alone."""
        text = self.text
        is_prose = bool(SENTENCE_MARK.search(text)) or any(text.count(a) > text.count(b) for a, b in _BRACKETS)
        return self._layout.is_full(self.last, _SLACK_IN_PROSE if is_prose and not self.is_finished else _SLACK)

    @property
    def is_bracketed(self) -> bool:
        """It is a remark in brackets, as under a title, and these have closed."""
        return self.marker is None and self.text[0] in "（(" and self.text[-1] in "）)"

    @property
    def is_title_like(self) -> bool:
        """It stands alone though it ends no sentence: a heading, a title, a name, a cell."""
        if self.is_bracketed:
            return True
        return not self.is_full and not SENTENCE_MARK.search(self.text) and self.last.width < _PROSE

    @property
    def is_heading(self) -> bool:
        """It opens with a number and holds no sentence yet: a heading, however long, with a comma or without."""
        return self.marker is not None and not _STRONG_MARK.search(self.text)

    @property
    def hangs(self) -> bool:
        """It breaks off behind a comma or an opening mark."""
        return self.text[-1] in "、，," + _OPENERS

    @property
    def is_cut_prose(self) -> bool:
        """A page break may have fallen into one of its sentences."""
        return not self.is_finished and (
            self.hangs or bool(SENTENCE_MARK.search(self.text)) or self.last.width >= _PROSE
        )

    def lists_inline(self, marker: Marker) -> bool:
        """Whether its sentence, still going on, already lists the number before `marker`."""
        if self.text[-1] in "。！？" or len(marker.number) > 1 or marker.number[0] == 1:
            return False
        if self.is_finished and not self.is_full:
            return False
        own = 0 if self.marker is None else self.marker.length
        for found in _INLINE_NUMBER.finditer(self.text, own):
            inner = candidate(found.group(0))
            if inner and inner.level == marker.level and inner.number[0] == marker.number[0] - 1:
                return True
        return False
