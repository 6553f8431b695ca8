"""Words mistyped by their sound, set right: 津帖 → 津贴, 平审 → 评审.

A stretch of a question is read as a word of the held texts only where all of this holds: the stretch itself stands in
no held text and phrasing and is no word of jieba's dictionary; the characters to be changed are part of no word
either, nor of an everyday one (不太); just one word sounds like it, and that word is used often. So a right question
is hardly ever touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain

import numpy as np

from corpus.phrasings import Phrasing
from corpus.places import load as load_gazetteer
from corpus.terms import Term
from indexer.fold import fold
from indexer.index import Index
from search.sounds import blurred, differing, syllables

_LONGEST = 6
"""Characters of a word at most."""
_HAN = r"[一-鿿]"
_WORD = re.compile(rf"{_HAN}{{2,{_LONGEST}}}")
_TITLE = re.compile(r"《[^《》]*》")
_OFTEN_PAIR, _OFTEN = 8, 2
"""Uses of a word of two characters, or of more, at least."""
_AT_TIMES, _MOSTLY = 0.1, 0.5
"""Of the places where the characters typed right stand so, the share that has the word, at least: of any places, and
of those where the stretch begins or ends within another word (院|叫 behind 县医)."""
_LIKELIER = 200
"""Times that the word is likelier at such a place than the wrong character is at any place, at least."""
_SAMPLE = 400_000
"""Characters of phrasings and clauses in which uses are counted: more would tell the same."""
_MOST = 20_000
"""Words of the clauses that are looked at, the commonest."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Characters `start` to `end` of a folded question, read as `right`."""

    start: int
    end: int
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Of a question what is right as it is: words, places, titles."""

    characters: set[int]
    seams: set[int]
    """Where a stretch that begins or ends there would cut one in two."""


class Speller:
    """Finds what is mistyped in questions. Its words are gathered at the first question, not before."""

    def __init__(self, index: Index, phrasings: Sequence[Phrasing], terms: Sequence[Term]) -> None:
        self._index = index
        self._phrasings = phrasings
        self._terms = terms

    def corrections(self, folded: str) -> tuple[Correction, ...]:
        """What to set right in the folded question, left to right, without overlap, the longest word first."""
        proposals = sorted(self._proposals(folded), key=lambda span: (span[0] - span[1], span[0]))
        known = self._known(folded) if proposals else _Known(set(), set())
        found: list[Correction] = []
        done: set[int] = set()
        for start, end in proposals:
            if not done.isdisjoint(range(start, end)):
                continue
            right = self._meant(folded, start, end, known)
            if right is not None:
                found.append(Correction(start, end, folded[start:end], right))
                done.update(range(start, end))
        return tuple(sorted(found, key=lambda c: c.start))

    def _proposals(self, folded: str) -> Iterator[tuple[int, int]]:
        """Spans that sound like a word and are none themselves."""
        beginnings = self._beginnings
        for start in range(len(folded)):
            keys = {""}
            for end in range(start + 1, min(start + _LONGEST, len(folded)) + 1):
                sounds = _sounds(folded[end - 1])
                keys = {longer for key in keys for sound in sounds if (longer := f"{key} {sound}") in beginnings}
                if not keys:
                    break
                words = [word for key in keys for word in self._by_sound.get(key, ())]
                if words and folded[start:end] not in words:
                    yield start, end

    def _known(self, folded: str) -> _Known:
        taken = [span for word in set(self._index.tokenizer.words(folded)) for span in _places(word, folded)]
        taken += [match.span() for pattern in (_TITLE, _everyday()) for match in pattern.finditer(folded)]
        taken += [(place.start, place.end) for place in load_gazetteer().find(folded)]
        known = _Known(set(), set())
        for start, end in taken:
            known.characters.update(range(start, end))
            known.seams.update(range(start + 1, end))
        return known

    def _meant(self, folded: str, start: int, end: int, known: _Known) -> str | None:
        """The one word that the span is a mistyping of; None where it is none, or several are as likely."""
        stretch = folded[start:end]
        is_free = [place not in known.characters for place in range(start, end)]
        blurs = {word: count for word in self._alike(stretch) if (count := _blurs(stretch, word, is_free)) is not None}
        if not blurs or stretch in self._sample or self._is_word(stretch):
            return None
        share = _AT_TIMES if known.seams.isdisjoint((start, end)) else _MOSTLY
        least = min(blurs.values())
        words = [w for w, count in blurs.items() if count == least and self._is_likely(stretch, w, share)]
        if len(words) != 1 or any(stretch in document.text for document in self._index.documents):
            return None
        return words[0]

    def _alike(self, stretch: str) -> set[str]:
        return {word for key in _keys(stretch) for word in self._by_sound.get(key, ())}

    def _is_word(self, text: str) -> bool:
        """Whether it is a word of jieba's dictionary, or one that the index keeps whole."""
        return text in self._index.tokenizer.words(text)

    def _is_likely(self, stretch: str, word: str, share: float) -> bool:
        """Whether the word is used often, in `share` of the places where the rest of it stands so, and much likelier.

        Likelier there than the characters typed instead are anywhere.
        """
        often = self._sample.count(word)
        if often < (_OFTEN_PAIR if len(word) == 2 else _OFTEN):
            return False
        pairs = list(zip(stretch, word, strict=True))
        rest = "".join(typed if typed == meant else "." for typed, meant in pairs)
        likely = often / len(re.findall(rest, self._sample))
        typed = max(self._sample.count(typed) for typed, meant in pairs if typed != meant)
        return likely >= share and likely >= _LIKELIER * typed / len(self._sample)

    @cached_property
    def _sample(self) -> str:
        """Phrasings and clauses, a line each, up to so many characters."""
        lines: list[str] = []
        size = 0
        for text in chain((p.text for p in self._phrasings), (c.text for c in self._index.clauses)):
            lines.append(text)
            size += len(text)
            if size >= _SAMPLE:
                break
        return "\n".join(lines)

    @cached_property
    def _words(self) -> frozenset[str]:
        """The commonest words of the clauses, and the terms, plain and official."""
        clauses = self._index.clause_words
        commonest = np.argsort(-np.diff(clauses.indptr), kind="stable")[:_MOST].tolist()
        written = (clauses.vocabulary[row] for row in commonest)
        terms = (fold(word) for term in self._terms for word in (term.plain, term.official))
        return frozenset(word for word in chain(written, terms) if _WORD.fullmatch(word))

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        """Blurred syllables, a blank before each → words that sound so, in any order."""
        by_sound: dict[str, list[str]] = {}
        for word in self._words:
            for key in _keys(word):
                by_sound.setdefault(key, []).append(word)
        return by_sound

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The sounds of all words and of their beginnings."""
        found = set()
        for key in self._by_sound:
            at = len(key)
            while at > 0:
                found.add(key[:at])
                at = key.rfind(" ", 0, at)
        return frozenset(found)


def _keys(word: str) -> tuple[str, ...]:
    """The ways to say `word`: blurred syllables, a blank before each."""
    keys = [""]
    for character in word:
        keys = [f"{key} {sound}" for key in keys for sound in _sounds(character)]
    return tuple(keys)


@cache
def _sounds(character: str) -> tuple[str, ...]:
    return tuple({blurred(syllable) for syllable in syllables(character)})


@cache
def _everyday() -> re.Pattern[str]:
    """Words that everybody uses and that may stand in no held text."""
    lines = files("search").joinpath("everyday-words.txt").read_text(encoding="utf-8").splitlines()
    words = {line for line in lines if line and not line.startswith("#")}
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))


def _places(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Where `word`, of two characters or more, stands in `text`."""
    at = text.find(word) if len(word) > 1 else -1
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + 1)


def _blurs(stretch: str, word: str, is_free: Sequence[bool]) -> int | None:
    """How many characters sound alike only when blurred; None where more is wrong than a mistyping explains."""
    changed = [i for i, (typed, meant) in enumerate(zip(stretch, word, strict=True)) if typed != meant]
    blurs = differing(stretch, word)
    if blurs is None or not all(is_free[i] for i in changed):
        return None
    if len(changed) > max(1, len(word) // 2 - (len(word) == 2)) or (blurs and len(word) == 2):
        return None
    return blurs
