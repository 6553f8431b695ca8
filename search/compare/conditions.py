"""What one rule says beyond the other where both read alike: exceptions, conditions, narrower heads, further duties."""

from __future__ import annotations

from itertools import pairwise

from search.compare.circles import is_listed, stands_before_head
from search.compare.model import Label
from search.compare.redline import Piece
from search.compare.rule import Pull, Rule
from search.compare.stakes import has, specifics, stake
from search.modals import modals

_SHORTEST = 2
"""Characters of words that may say something of their own."""
_PHRASE = 8
"""Characters up to which words inside a sentence that name nothing to do say nothing new."""
_MARKS = tuple("，；。：")
_OPPOSITE: dict[Label, Label] = {"更严": "更宽", "更宽": "更严"}


def pulls_of_words(of: Rule, to: Rule, pieces: tuple[Piece, ...]) -> tuple[Pull, ...]:
    """A pull for each stretch that only one rule has; where words were replaced by others, 不同."""
    pulls: list[Pull | None] = []
    changed = [piece for piece in pieces if piece.is_substantive]
    replaced = {id(p) for a, b in pairwise(pieces) if a.change == "removed" and b.change == "added" for p in (a, b)}
    for piece in changed:
        if id(piece) in replaced:
            pulls.append(_replaced(piece))
        elif piece.of is not None:
            pulls.append(_extra(of, piece.of.start - of.span.start, piece.of.end - of.span.start, is_ours=True))
        elif piece.to is not None:
            pulls.append(_extra(to, piece.to.start - to.span.start, piece.to.end - to.span.start, is_ours=False))
    return tuple(pull for pull in pulls if pull is not None)


def _replaced(piece: Piece) -> Pull | None:
    quote = piece.of or piece.to
    assert quote is not None
    if len(quote.text) < _SHORTEST:
        return None
    return Pull("不同", f"“{quote.text}”一处说法不同")


def _extra(rule: Rule, start: int, end: int, *, is_ours: bool) -> Pull | None:
    """What words that only `rule` has do to it, turned round where it is the other rule."""
    words, held = rule.text[start:end], stake(rule.text)
    if len(words) < _SHORTEST:
        return None
    label, what = _effect(rule.text, start, end, is_gain=held == "gain", is_known=held != "none")
    if label is None:
        return None
    seen = label if is_ours else _OPPOSITE.get(label, label)
    who = "本方" if is_ours else "对方"
    return Pull(seen, f"只有{who}有“{words}”：{what}", (rule.evidence(start, end),))


def _effect(text: str, start: int, end: int, *, is_gain: bool, is_known: bool) -> tuple[Label | None, str]:
    """What `text[start:end]` adds to the rule, in this order: exception, list, narrower head, condition, detail."""
    words = text[start:end]
    if is_known and has("exception", words):
        return ("更严" if is_gain else "更宽"), "把一部分除外"
    if is_known and is_listed(text, start, end):
        return ("更宽" if is_gain else "更严"), "范围更大"
    if is_known and stands_before_head(text, end):
        return ("更严" if is_gain else "更宽"), "限定了范围"
    if is_known and len(words) > _SHORTEST and (has("condition", words) or _forbids(words)):
        return "更严", "加了条件或义务"
    if specifics(words) or text[max(0, start - 1) : start] in _MARKS or len(words) > _PHRASE:
        return "细化", "写得更具体"
    return None, ""


def _forbids(words: str) -> bool:
    return any(modal.kind == "prohibition" for modal in modals(words))
