"""Tokens of a text, for matching: words (jieba's search mode) and characters with their pairs."""

from __future__ import annotations

import hashlib
import re
import sys
import threading
import warnings
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.numerals import to_int
from indexer.dictionary import FrequencyDictionary
from indexer.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

USER_FREQUENCY = 5000
"""Counted for a user word, of 60 million in all: as for a common word, so that it is kept whole beside rare ones."""

_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNIT = re.compile(rf"[{_HAN}]|[0-9]+(?:\.[0-9]+)?[%‰]?|[^\W\d_{_HAN}]+|\d+")
_WORD = re.compile(rf"[{_HAN}a-z0-9]{{2,}}")

_MEASURES = (
    "个月|周岁|周年|学年|学时|学分|小时|工作日|百分点|公里|万元|亿元|"
    "[号编章节条款项年月日天周岁元万亿倍次名人个级所批期届分份户亩]"
)
_QUANTITY = re.compile(rf"([0-9]+(?:\.[0-9]+)?)([%‰]|{_MEASURES})?")
_SPELLED = re.compile(rf"([一二两三四五六七八九十百千]+)({_MEASURES})")
_NUMBERED = re.compile(r"\(([0-9]{4})\)第?([0-9]+)号")


class Tokenizer:
    """Splits texts; both methods fold them first (`indexer.fold`). Safe to share between threads.

    `user_words`: words to keep whole (official terms, places, document numbers). Of a document number the letters
    in front of the year are kept: 人社部发. `guess_words`: join characters that jieba's hidden Markov model takes for
    a word its dictionary lacks; else they stay single.
    """

    def __init__(self, user_words: Sequence[str] = (), *, guess_words: bool = False) -> None:
        self.user_words = tuple(user_words)
        self.guess_words = guess_words
        self._lock = threading.Lock()
        self._ready: set[str] = set()

    def words(self, text: str) -> list[str]:
        """Words in reading order, with the shorter words inside long ones; no blanks, no punctuation.

        A number comes bare and with its measure word (57, 57号); a year and number of a document also as one
        (2016)57号; a spelled quantity also in digits (五年: 五年, 5年).

        >>> Tokenizer().words("满五年，57 号文")
        ['满', '五年', '5年', '57', '57号', '文']
        """
        folded = fold(text)
        tokens: list[str] = []
        done = 0
        for match in _QUANTITY.finditer(folded):
            tokens += self._segment(folded[done : match.start()])
            tokens += (match[1], match[0]) if match[2] else (match[0],)
            done = match.end()
        tokens += self._segment(folded[done:])
        tokens += (match.group().replace("第", "") for match in _NUMBERED.finditer(folded))
        return tokens

    def chars(self, text: str) -> list[str]:
        """Characters, and pairs of neighbours with no blank or punctuation between; a number or Latin word is one.

        >>> Tokenizer().chars("第57号,ICU")
        ['第', '57', '第57', '号', '57号', 'icu']
        """
        tokens: list[str] = []
        before, end = "", -1
        for match in _UNIT.finditer(fold(text)):
            unit = match.group()
            tokens.append(unit)
            if match.start() == end:
                tokens.append(before + unit)
            before, end = unit, match.end()
        return tokens

    def identity(self) -> str:
        """Digest (sha-256, hex) that changes when the same text may give other tokens."""
        words = "\n".join(sorted(set(self.user_words)))
        return hashlib.sha256(f"{version('jieba')}\n{USER_FREQUENCY}\n{self.guess_words}\n{words}".encode()).hexdigest()

    def _segment(self, text: str) -> Iterator[str]:
        if not text:
            return
        jieba = self._prepared(text)
        for word in jieba.cut_for_search(text, HMM=self.guess_words):
            if any(character.isalnum() for character in word):
                yield word
                yield from _in_digits(word)

    def _prepared(self, text: str) -> Any:
        """Segmenter, with all words in its dictionary that can begin in `text`."""
        with self._lock:
            for character in set(text) - self._ready:
                frequencies = self._dictionary.words(character)
                for word in self._own.get(character, ()):
                    frequencies[word] = max(frequencies.get(word, 0), USER_FREQUENCY)
                    for length in range(1, len(word)):
                        frequencies.setdefault(word[:length], 0)
                self._segmenter.FREQ.update(frequencies)
                self._ready.add(character)
            return self._segmenter

    @cached_property
    def _own(self) -> dict[str, list[str]]:
        """First character → user words, folded."""
        own: dict[str, list[str]] = {}
        for word in self.user_words:
            for part in _WORD.findall(fold(word)):
                own.setdefault(part[0], []).append(part)
        return own

    @cached_property
    def _dictionary(self) -> FrequencyDictionary:
        spec = find_spec("jieba")
        assert spec is not None
        assert spec.origin is not None
        return FrequencyDictionary(Path(spec.origin).with_name("dict.txt"))

    @cached_property
    def _segmenter(self) -> Any:
        segmenter = _import_jieba().Tokenizer()
        segmenter.total = self._dictionary.total
        segmenter.initialized = True
        return segmenter


def _import_jieba() -> Any:
    # jieba asks pkg_resources, where there is one, for a file it could open itself: a third of a second, and a warning.
    # Its regular expressions give warnings too when they are first compiled.
    absent = "pkg_resources" not in sys.modules
    if absent:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
    finally:
        if absent:
            del sys.modules["pkg_resources"]
    return jieba


def _in_digits(word: str) -> Iterator[str]:
    """五年 → 5年, where all of `word` is a quantity above one (一次, 一级… are mostly something else)."""
    match = _SPELLED.fullmatch(word)
    if match and match[1] != "一" and (number := to_int(match[1])) is not None:
        yield f"{number}{match[2]}"
