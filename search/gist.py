"""The line that answers: of the sentence that fits the question best, the phrases that say it, each readable alone.

A phrase is one part of a rule, or neighbouring parts, with something that decides in it (an amount, what is forbidden,
waived, allowed or required) and whom or what that is for. Where the sentence has none near the question, there is
none: no line is better than one of another rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.model import Document, Span
from indexer.fold import fold
from search.decisive import tells
from search.modals import ModalKind, modals, telling
from search.model import Quote
from search.quantities import Quantity, quantities
from search.retrieve import Found
from search.wanted import gives

MOST = 2
"""Phrases of one text."""
LONGEST = 80
"""Characters of a phrase."""
_WITH_MORE = 48
"""Characters up to which it takes in conditions that it can be read without."""
LEAST = 0.5
"""Confidence below which a text has no such line."""
_SHARE = 0.92
"""A second phrase is as near the question as this share of the first."""
_NEAR = 0.6
"""How near the question a phrase is at least: its cosine and what it holds of the question's weight."""
_CLOSE = 0.15
"""The same for the part of it that decides, which must not be of another matter than the words before it."""
_AROUND = 0.4
"""What the nearness of the whole rule counts for."""
_WORDS = 0.8
"""What the share of the question's weight that a phrase holds counts for."""
_PLAIN = 0.6
"""Weight of official terms that stand for words of the question."""
_SUBJECT = 2
"""Han characters before what decides that name whom or what it is for, at least."""
_ASKS = 4
"""Han characters of a question; a word alone (工资) asks for nothing in particular."""
_OWN = 10
"""Characters of a sentence that says all there is without naming anybody: 不得以借调等方式将其调走."""
_DECIDING: tuple[ModalKind, ...] = ("prohibition", "release", "permission", "duty", "soft_duty")
_RULE = re.compile(r"[^。；！？\n;]+")
_PARTS = re.compile(r"(?:[（(][^（）()]*[）)]|[^，：,:（(]|[（(])+")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_CONDITION = re.compile(r"(?:的|(?<![学小工课])时|后|者|人员|情况下|前提下|期间|期内|原则|方面)$")
"""How a condition ends: what follows from it stands in the next part."""
_JOINED = re.compile(r"^\s*(?:但是?|并且?|而且|且|同时|其中|此外)，?")
"""How a part begins that goes on from the one before; it is left out at the beginning of a phrase."""
_TAKEN_UP = re.compile(r"^\s*(?:也|还|仍|均|都|其(?!中)|该|以及|或者|上述|前款)")
"""How a part begins that cannot be read without the one before."""
_HAN = re.compile(r"[一-鿿]")
_HOW_MUCH = re.compile(r"多少|几|多[大久长]|最[高低多少长]|差[多几]")
_COUNTED = re.compile(r"几个?([月年天岁分元级届次倍成档人名])")

_WHAT = re.compile(r"(?:什么|啥|哪些|哪种|哪个)([一-鿿]{1,2})")
_ANYTHING = re.compile(r"时候|地方|办法|情况|条件|要求|规定|政策|说法|样|人|用|是|都|要|能|可|有|会|得|的")
"""Behind 什么 it asks for no thing by its name."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a rule: characters `start` to `end` of the document, and where in it the first deciding word is."""

    start: int
    end: int
    decides: int | None
    amounts: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase that can be read alone, its part that decides, and the rule that it is of."""

    span: Span
    part: _Part
    rule: Span


def gist(found: Found, document: Document, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """At most `MOST` phrases of one sentence of the `quotes`, in reading order; () where none is near the question."""
    text = document.text
    if len(_HAN.findall(found.asked)) < _ASKS:
        return ()
    phrases = [phrase for rule in _rules(text, quotes) for phrase in _phrases(text, rule)]
    phrases = [phrase for phrase in phrases if _gives(found, text, phrase.part)]
    chosen = _chosen(text, phrases, _nearness(found, text, phrases)) if phrases else []
    return tuple(Quote(text[span.start : span.end], span.start, span.end) for span in chosen)


def _rules(text: str, quotes: Sequence[Quote]) -> Iterator[Span]:
    for quote in quotes:
        for match in _RULE.finditer(text, quote.start, quote.end):
            yield Span(match.start(), match.end())


def _phrases(text: str, rule: Span) -> Iterator[_Phrase]:
    """Phrases of the rule that can be read alone, one for each part that decides, where there is one."""
    parts = [_part(text, m.start(), m.end()) for m in _PARTS.finditer(text, rule.start, rule.end)]
    for place, part in enumerate(parts):
        if part.decides is None:
            continue
        last = place
        while last + 1 < len(parts) and _CONDITION.search(_words(text, parts[last])):
            last += 1
        first = _first(text, parts, place, last)
        span = _trimmed(text, Span(parts[first].start, parts[last].end))
        if _can_be_read(text, span, parts[first : last + 1], part):
            yield _Phrase(span, part, rule)


def _part(text: str, start: int, end: int) -> _Part:
    words = text[start:end]
    amounts = tuple(quantity for quantity in quantities(words) if tells(quantity))
    places = [quantity.start for quantity in amounts]
    places += [modal.start for modal in modals(words) if modal.kind in _DECIDING]
    aside = [match.span() for match in _ASIDE.finditer(words)]
    places += [m.start() for m in _preference().finditer(words) if not any(a <= m.start() < b for a, b in aside)]
    return _Part(start, end, start + min(places) if places else None, amounts)


@cache
def _preference() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, (*telling().privilege, *telling().exception))))


def _words(text: str, part: _Part) -> str:
    return text[part.start : part.end].strip()


def _first(text: str, parts: Sequence[_Part], place: int, last: int) -> int:
    """Where the phrase begins: with the conditions before the part that decides, and whom it is for."""
    first = place
    while first > 0:
        before = parts[first - 1]
        is_rule = before.decides is not None and not _CONDITION.search(_words(text, before))
        is_long = parts[last].end - before.start > _WITH_MORE
        if (is_rule or is_long) and _is_named(text, parts[first], parts[place]):
            break
        first -= 1
    return first


def _is_named(text: str, first: _Part, deciding: _Part) -> bool:
    """Whether what stands before the deciding word says whom or what it is for."""
    decides = deciding.decides if first.decides is None else first.decides
    before = _JOINED.sub("", text[first.start : decides])
    return len(_HAN.findall(before)) >= _SUBJECT and not _TAKEN_UP.match(text[first.start : first.end])


def _can_be_read(text: str, span: Span, parts: Sequence[_Part], deciding: _Part) -> bool:
    words = text[span.start : span.end]
    if len(words) > LONGEST or _CONDITION.search(words) or _TAKEN_UP.match(words):
        return False
    is_sentence = span.end - span.start >= _OWN and text[span.start - 1 : span.start] in ("", "。", "\n")
    return is_sentence or _is_named(text, parts[0], deciding)


def _trimmed(text: str, span: Span) -> Span:
    """Without blanks around and the word that joins it to what stands before."""
    words = text[span.start : span.end].rstrip()
    joint = _JOINED.match(words)
    lead = joint.end() if joint else len(words) - len(words.lstrip())
    return Span(span.start + lead, span.start + len(words))


def _gives(found: Found, text: str, part: _Part) -> bool:
    """Whether the part that decides is of the kind asked for: an amount, of the unit that is counted, the detail."""
    asked = found.asked
    counted = _COUNTED.search(asked)
    if counted and not any(counted[1] in quantity.text for quantity in part.amounts):
        return False
    if _HOW_MUCH.search(asked) and not part.amounts:
        return False
    words = fold(text[part.start : part.end])
    what = _WHAT.search(asked)
    if what and not _ANYTHING.match(what[1]) and not any(character in words for character in what[1]):
        return False
    return gives(words, found.details)


def _nearness(found: Found, text: str, phrases: Sequence[_Phrase]) -> list[float]:
    """How near the question each phrase is, the words around it in its rule counted at less; 0 where its matter is not.

    Cosine and share of the question's weight together: plain words share none with official ones, numbers no meaning.
    """
    spans = [span for p in phrases for span in (p.span, p.rule, Span(p.part.start, p.part.end))]
    near = [
        cosine + _WORDS * share
        for cosine, share in zip(
            found.meanings([text[s.start : s.end] for s in spans]).tolist(), _shares(found, text, spans), strict=True
        )
    ]
    return [
        whole + _AROUND * rule if part >= _CLOSE else 0.0
        for whole, rule, part in zip(near[::3], near[1::3], near[2::3], strict=True)
    ]


def _shares(found: Found, text: str, spans: Sequence[Span]) -> list[float]:
    """The share of the question's weight that each span holds; official terms for its words count as well."""
    held, split = found.index.sentence_chars, found.index.tokenizer.chars
    weights = {token: _PLAIN * held.idf(token) for e in found.expansions for token in split(e.official)}
    weights |= {token: held.idf(token) for token in found.chars}
    total = max(sum(held.idf(token) for token in set(found.chars)), 1e-6)
    return [sum(weights.get(t, 0.0) for t in set(split(text[s.start : s.end]))) / total for s in spans]


def _chosen(text: str, phrases: Sequence[_Phrase], near: Sequence[float]) -> list[Span]:
    """The nearest phrase, and a further one of the same sentence that is about as near."""
    order = sorted(range(len(phrases)), key=lambda i: -near[i])
    best = phrases[order[0]]
    chosen: list[Span] = []
    for i in order:
        span = phrases[i].span
        if len(chosen) == MOST or near[i] < max(_NEAR, _SHARE * near[order[0]]):
            break
        between = text[min(best.span.start, span.start) : max(best.span.start, span.start)]
        if "。" not in between and all(span.end <= held.start or held.end <= span.start for held in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)
