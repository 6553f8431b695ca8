"""A follow-up question → one that stands alone, with what the questions before it add."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.fold import fold
from search.scope import ScopeReader

_LEAD = re.compile(
    r"^(?:那么?(?![里边儿个种些])|哪|还有|另外|然后|要是|如果|假如|换成|再问(?:一下)?|那要是|那如果|而)[，,\s]*"
)
_POINTS_BACK = re.compile(
    r"^(?:那|还有|要是|如果|换成|然后|另外|这个|这种|这些|它|他|她|上面|刚才|同样|也)|(?:呢|咧)[？?！!。]*$"
    r"|这种情况|这个规定|这样的话|这条|该条|上述|刚才|前面说"
)
_ONLY_SCOPE = re.compile(
    r"[\s，,。？?！!、的]|[那这][个份]|那么?|呢|怎么说|怎么样|怎样|怎么规定|是怎么|如何规定|如何|规定|文件|政策|也是|一样|吗|有没有|有|说法|方面|换成|里|"
    r"又|这边|那边|地方|行不行|可以|行|咋说|咋样|咋规定|什么|是"
)
_NOTHING_MORE = re.compile(r"[\s，,。？?！!呢咧吗嘛啊]|还有")
_SHORT = 9
"""A question of fewer characters hardly stands alone after another."""


def standalone(question: str, history: Sequence[str], scopes: ScopeReader) -> str:
    """`question` as it would be asked without `history` (earlier questions, the oldest first).

    A question that only names another place or text ("那聊城呢") takes over the matter of the one before; one that
    points back or is very short is put behind it; any other stays as it is.
    """
    asked = ""
    for earlier in history:
        asked = _after(asked, earlier, scopes) if asked else earlier
    return _after(asked, question, scopes) if asked else question


def _after(before: str, question: str, scopes: ScopeReader) -> str:
    named = [name.text for name in scopes.named(question)]
    if named and not _ONLY_SCOPE.sub("", fold(without(question, named))):
        return _asked_of(named, without(before, [name.text for name in scopes.named(before)]).lstrip("的"), scopes)
    if not _POINTS_BACK.search(fold(question)) and len(question) >= _SHORT:
        return question
    matter = without(before, [name.text for name in scopes.named(before)]) if named else before
    matter, more = matter.rstrip("？?。！! "), _LEAD.sub("", question)
    return f"{matter}，{more}" if _NOTHING_MORE.sub("", fold(more)) else matter


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
