"""Plain-language phrasings of what a text rules: `questions/<doc_id>.txt` in a corpus folder, written by people.

::

    # a note
    > 对论文、科研等不作硬性要求        the rule's own words, verbatim, found once in the document
    乡镇老师评职称还要不要发论文        questions that it answers, one a line
    没写过文章能评上不
    ! 发论文有没有奖金                  what is asked alike, but not answered by it

Blocks are separated by empty lines. A quote that the text has no longer, or has twice, leaves its block out, with a
warning in the log; everything else that does not fit is a `CorpusError`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from corpus.model import Document

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A question that the rule at `start` to `end` of the document answers, or (`is_apart`) does not answer."""

    doc_id: str
    clause_id: str
    start: int
    end: int
    text: str
    is_apart: bool


def read_phrasings(folder: Path, documents: Sequence[Document]) -> tuple[Phrasing, ...]:
    """The phrasings that the corpus in `folder` has for its documents, in the order of documents and lines."""
    found: list[Phrasing] = []
    for document in documents:
        path = folder / "questions" / f"{document.doc_id}.txt"
        if path.is_file():
            found.extend(_of_document(path, document))
    return tuple(found)


def _of_document(path: Path, document: Document) -> Iterator[Phrasing]:
    places = _Places(document.text)
    span: tuple[int, int] | None = None
    is_open = False
    for number, line in enumerate(_lines(path), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            is_open = is_open and bool(text)
            continue
        if text.startswith(">"):
            span, is_open = places.of(text[1:].strip()), True
            if span is None:
                _log.warning(
                    "%s 第 %d 行：原文里没有（或不止一处）“%s”，这一组说法没有用上。", path, number, text[1:].strip()
                )
            continue
        if not is_open:
            raise CorpusError(f"{path} 第 {number} 行：说法前面要有一行以 > 开头的原文。", path)
        if span is not None:
            is_apart = text.startswith("!")
            clause = document.clause_at(span[0])
            yield Phrasing(document.doc_id, clause.clause_id, *span, text.lstrip("! "), is_apart)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} 读不出来（{error}）。请存为 UTF-8 纯文本。", path) from error


class _Places:
    """Finds quotes in a text, blanks and line breaks apart."""

    def __init__(self, text: str) -> None:
        self._offsets = [i for i, char in enumerate(text) if not char.isspace()]
        self._bare = "".join(text[i] for i in self._offsets)

    def of(self, quote: str) -> tuple[int, int] | None:
        """Offsets in the text of the one place that reads so; None where there is none, or more than one."""
        bare = re.sub(r"\s", "", quote)
        at = self._bare.find(bare) if bare else -1
        if at < 0 or self._bare.find(bare, at + 1) >= 0:
            return None
        return self._offsets[at], self._offsets[at + len(bare) - 1] + 1
