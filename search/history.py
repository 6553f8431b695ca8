"""A follow-up question → one that stands alone, with what the questions before it add.

Only what cannot be understood alone takes something over: a place or text by itself (那聊城呢), what points back
(这种情况, 他们), a condition or a kind of people by itself (要是不满五年呢, 本科的), a short question without a matter
of its own (要多久). A question with a subject and a predicate, a greeting and letters without sense stay as they
are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from indexer.fold import fold
from search.scope import ScopeReader

_ONLY_SCOPE = re.compile(
    r"[\s，,。？?！!、的]|[那这][个份]|那么?|呢|怎么说|怎么样|怎样|怎么规定|是怎么|如何规定|如何|规定|文件|政策|也是|一样|吗|有没有|有|说法|方面|换成|里|"
    r"又|这边|那边|地方|行不行|可以|行|咋个?写|怎么写|咋说|咋样|咋规定|哪些|什么|是"
)
_NOTHING_MORE = re.compile(r"[\s，,。？?！!呢咧吗嘛啊]|还有")
_SIGNS = re.compile(r"[\W_]+")
_HAN = re.compile(r"[一-鿿]")
_NUMBER = re.compile(r"[\d一二三四五六七八九十百千万两半]+")
_ASKS = re.compile(
    r"吗|[么不没](?=[？?。]*$)|没有(?=[？?。]*$)|谁|哪|几|多少|多[大久长]|怎|咋|如何|什么|啥|为何|是否|[能可]否|([一-鿿])不\1|有没有"
)
"""How a question asks."""
_OF_ONESELF = re.compile(r"[我俺咱]")
_SHORT = 9
"""A question of fewer characters may lack a matter of its own."""
_PART = 2
"""Characters beside generic words up to which a question without a subject has no matter of its own: 要不要公示."""
_KIND = 4
"""Characters of a kind of people or a condition put in for that of the question before: 退休教师行不行."""
_OWN = 8
"""Characters from which on a question that names its place or text is one of its own, even behind 那."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What shows that a question leans on the one before it; see `follow-ups.toml`."""

    greetings: re.Pattern[str]
    leads: re.Pattern[str]
    conditions: re.Pattern[str]
    pronouns: re.Pattern[str]
    not_pronouns: re.Pattern[str]
    particles: re.Pattern[str]
    proforms: re.Pattern[str]
    starts: re.Pattern[str]
    generic: re.Pattern[str]


def standalone(question: str, history: Sequence[str], scopes: ScopeReader) -> str:
    """`question` as it would be asked without `history` (earlier questions, the oldest first).

    A question that only names another place or text ("那聊城呢") takes over the matter of the one before; one that
    cannot be understood alone is put behind it; any other stays as it is.
    """
    asked = ""
    for earlier in history:
        if _has_sense(fold(earlier)):
            asked = _after(asked, earlier, scopes) if asked else earlier
    return _after(asked, question, scopes) if asked and _has_sense(fold(question)) else question


def _after(before: str, question: str, scopes: ScopeReader) -> str:
    named = [name.text for name in scopes.named(question)]
    rest = fold(without(question, named))
    if named and not _ONLY_SCOPE.sub("", rest):
        return _asked_of(named, without(before, [name.text for name in scopes.named(before)]).lstrip("的"), scopes)
    if (named and len(_SIGNS.sub("", _words().leads.sub("", rest))) >= _OWN) or not _leans(rest, fold(before)):
        return question
    matter = without(before, [name.text for name in scopes.named(before)]) if named else before
    matter, more = matter.rstrip("？?。！! "), _lead_off(question)
    return f"{matter}，{more}" if _NOTHING_MORE.sub("", fold(more)) else matter


def _lead_off(question: str) -> str:
    return _words().conditions.sub("", _words().leads.sub("", question)).lstrip("，, ") or question


def _has_sense(folded: str) -> bool:
    """Whether it says something: not a greeting alone, nor letters."""
    return _HAN.search(_SIGNS.sub("", _words().greetings.sub("", folded))) is not None


def _leans(folded: str, before: str) -> bool:
    """Whether the folded question cannot be understood without `before`."""
    words = _words()
    if words.pronouns.search(words.not_pronouns.sub("", folded)) or words.leads.match(folded):
        return True
    bare = words.particles.sub("", folded)
    if bare != folded and not _ASKS.search(bare):
        return True
    if words.conditions.match(bare):
        return len(words.generic.sub("", _SIGNS.sub("", words.conditions.sub("", bare)))) <= _KIND
    if words.proforms.search(bare) and re.search("[也还]", bare):
        return True
    return len(folded) < _SHORT and _lacks_matter(_SIGNS.sub("", bare), before)


def _lacks_matter(short: str, before: str) -> bool:
    """Whether a short question without signs has no matter of its own."""
    words = _words()
    own = words.generic.sub("", _NUMBER.sub("", short))
    if not own or own in before or re.search("[也还]", short):
        return True
    if _OF_ONESELF.search(before) and not _ASKS.search(before):
        return True  # told before what the question is about: 单位派我下乡, 有补助没有
    if words.proforms.search(short):
        return len(words.proforms.sub("", short)) <= _KIND
    if words.starts.match(short):
        return len(own) <= _PART
    return not _ASKS.search(short) and (short.endswith("的") or _fits(own, before))


def _fits(noun: str, before: str) -> bool:
    """Whether a bare noun may stand for one of the question before: the same head (博士 for 硕士)."""
    return 1 < len(noun) < _KIND and noun[-1] in before


def _asked_of(names: Sequence[str], matter: str, scopes: ScopeReader) -> str:
    """`matter` asked of the places or texts `names`, put such that they are still read as names (国家)."""
    together = f"{'和'.join(names)}{matter}"
    if {name.text for name in scopes.named(together)}.issuperset(names):
        return together
    return f"{'、'.join(names)}，{matter}"


def without(text: str, names: Sequence[str]) -> str:
    """`text` without the names, and without the particle or joint that was left behind."""
    spans = sorted((m.start(), m.end()) for name in names for m in re.finditer(re.escape(name), text))
    pieces, position = [], 0
    for start, end in spans:
        pieces.append(text[position : max(start, position)])
        position = max(end, position)
    kept = [*pieces, text[position:]]
    for i, (left, right) in enumerate(pairwise(kept)):
        if not left or left[-1] in "，,、和与跟在 ":
            kept[i], kept[i + 1] = left.rstrip("，,、和与跟在 "), re.sub(r"^(?:那边|这边|那里|这里|的|地区)", "", right)
    return "".join(kept).strip("，, ")


@cache
def _words() -> _Words:
    held = tomllib.loads(files("search").joinpath("follow-ups.toml").read_text(encoding="utf-8"))
    not_that = _any(held["not_after_that"])
    return _Words(
        greetings=re.compile(_any(held["greetings"])),
        leads=re.compile(rf"^(?:{_any(held['leads'])})+(?<!那(?={not_that}))[，,\s]*"),
        conditions=re.compile(rf"^{_any(held['conditions'])}[，,\s]*"),
        pronouns=re.compile(_any(held["pronouns"])),
        not_pronouns=re.compile(_any(held["not_pronouns"])),
        particles=re.compile(rf"{_any(held['particles'])}(?=\W*$|[，,])"),
        proforms=re.compile(rf"{_any(held['proforms'])}[吗么不]?(?=\W*$)"),
        starts=re.compile(rf"^{_any(held['starts'])}"),
        generic=re.compile(_any(held["generic"])),
    )


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits."""
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"
