"""Lists of two rules: the items cut to what they name, and what a list that grew or was cut means.

An item has no verb before it (加强|教师、医生) and no tail behind it (教案、病历|等形式); it stands in the other rule
too where that says it with near words (文化生活, 文化需求) or as a short form (高校, 高等院校).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.compare.claims import lacking
from search.compare.counterparts import counterparts, is_short_form
from search.compare.insubstantial import Word, is_same, likeness, words_of
from search.compare.list_words import list_words
from search.compare.model import Evidence
from search.compare.rule import Pull, Rule
from search.compare.stakes import segment_at, stake
from search.compare.wording import one_quoted

_PREFIX = "初中高正副省市县区乡镇村大小一二三四五六七八九"
_COMMA = re.compile(rf"(?<![{_PREFIX}])、|、(?![{_PREFIX}])")
"""中、高级 is one item."""
_LISTS = re.compile(rf"[^，。；：,;:\n（）()]+(?:{_COMMA.pattern})[^，。；：,;:\n（）()]+")
_BETWEEN = re.compile(rf"{_COMMA.pattern}|以及|或者|[和及或与](?!以[上下])")
_CLAUSES = re.compile("、(?:或|且|并)")
"""Marks parts of a sentence, not items: 服务满1年、或支援3年."""
_BEFORE, _BEHIND = re.compile("(?:[、和及与或]|或者)$"), re.compile("(?:[、和及与或](?!以)|等)")
_ONE = 0.65
"""Likeness from which on two rules are one sentence, and a list in one of them is what the other names in a word."""
_SUMMED = 0.5
"""Share of the words of a rule without a list that the other says too, where its list spells out what that names."""
_MANY = 3
"""Items from which on a list makes a rule concrete."""
_SHOWN = 2
"""Items of a list that a reason names."""
_SHORTEST, _LONGEST = 2, 12
"""Characters of an item that names something: more are a part of a sentence."""
_SAID = 0.85
"""Share of an item's words that the other text has too, from which on it says the item."""
_SAME_ITEM = 0.4
"""Likeness from which on two items are one, written otherwise."""
_WORDS = "“”‘’《》"


@dataclass(frozen=True, slots=True)
class Item:
    """What an item of a list names: characters `start` to `end` of a rule."""

    start: int
    end: int
    text: str


def pull_of_lists(of: Rule, to: Rule) -> Pull | None:
    """A list that grew or was cut: a wider or narrower circle where it gains, the reverse where it burdens.

    What is added to means (依托…等平台) or to a list of a rule that is neither gain nor burden makes it concrete. A
    list of which either rule has items of its own is another one.
    """
    ours, theirs = items(of.text), items(to.text)
    new = [item for item in ours if not _stands(item, theirs, to.text)]
    gone = [item for item in theirs if not _stands(item, ours, of.text)]
    if are_other_lists(of, to):
        new, gone = _unlike(ours, theirs, to.text), _unlike(theirs, ours, of.text)
    if not ours or not theirs:
        return _of_one_list(of, to, (ours, new), (theirs, gone))
    if not (new or gone) or (len(new) == len(ours)) != (len(gone) == len(theirs)):
        return None
    if new and gone:
        evidence = (*_shown(of, new), *_shown(to, gone))
        return Pull("不同", f"所列各项不同：本方有{_named(of.text, new)}，对方有{_named(to.text, gone)}", evidence)
    return _grown(of, to, new, gone)


def are_other_lists(of: Rule, to: Rule) -> bool:
    """Whether both rules name some of several things (…等), and as many of one are new as are gone of the other."""
    ours, theirs = items(of.text), items(to.text)
    if not (_are_some(of.text, ours) and _are_some(to.text, theirs)):
        return False
    new, gone = _unlike(ours, theirs, to.text), _unlike(theirs, ours, of.text)
    return min(len(new), len(gone)) >= _SHOWN and abs(len(new) - len(gone)) <= 1


def _are_some(text: str, found: list[Item]) -> bool:
    """Whether the list goes on: 等 or 多种 stands behind its last item."""
    return bool(found) and text.startswith(("等", "多种", "各种"), found[-1].end)


def _unlike(found: list[Item], others: list[Item], text: str) -> list[Item]:
    """The items of which the other text has neither the very name nor one with the same noun (公费, 免费|师范生)."""
    ends = {item.text[-_SHORTEST:] for item in others}
    new = [item for item in found if item.text not in text and item.text[-_SHORTEST:] not in ends]
    return [item for item in new if not any(_is_one(item.text, other.text) for other in others)]


def _of_one_list(
    of: Rule, to: Rule, mine: tuple[list[Item], list[Item]], other: tuple[list[Item], list[Item]]
) -> Pull | None:
    """Where one rule has a list, and the other names one of its items, or all of them in a word; each: items, new."""
    (ours, new), (theirs, gone) = mine, other
    is_grown = 0 < len(new) < len(ours) or 0 < len(gone) < len(theirs)
    if is_grown and likeness(of.text, to.text) >= _ONE:
        return _grown(of, to, new, gone)
    if len(new) < _MANY or counterparts(of.text, to.text).cover_to < _SUMMED:
        return None
    return Pull("细化", f"本方列明了{_named(of.text, new)}", _shown(of, new))


def _grown(of: Rule, to: Rule, new: list[Item], gone: list[Item]) -> Pull:
    """What items added to a list, or taken from it, mean."""
    evidence = (*_shown(of, new), *_shown(to, gone))
    held = stake(of.text)
    if held == "none" or _are_means(of.text, new) or _are_means(to.text, gone):
        return (
            Pull("细化", f"本方增列{_named(of.text, new)}", evidence)
            if new
            else Pull("不同", f"本方{lacking(of, gone[0].text)}列{_named(to.text, gone)}", evidence)
        )
    is_wider = bool(new) == (held == "gain")
    what = "好处" if held == "gain" else "义务"
    listed = f"增列{_named(of.text, new)}" if new else f"少列{_named(to.text, gone)}"
    change = f"本方{listed}：{what}的范围{'更大' if new else '更小'}"
    return Pull("更宽" if is_wider else "更严", change, evidence)


def _shown(rule: Rule, found: list[Item]) -> tuple[Evidence, ...]:
    return tuple(rule.evidence(item.start, item.end) for item in found)


def is_listed(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is an item of a list that says whom or what it is about, not by what means."""
    if end - start > _LONGEST or _are_means(text, [Item(start, end, text[start:end])]):
        return False
    return _BEFORE.search(text[:start]) is not None or _BEHIND.match(text[end:]) is not None


def item_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The item of a list that `text[start:end]` is a part of; itself for none."""
    return next(((i.start, i.end) for i in items(text) if i.start <= start and end <= i.end), (start, end))


def items(text: str) -> list[Item]:
    """The items of all lists of `text`, in reading order.

    >>> [item.text for item in items("加强教案、病历、专利成果等积累")]
    ['教案', '病历', '专利成果']
    """
    found: list[Item] = []
    for listed in _LISTS.finditer(text):
        if _CLAUSES.search(listed[0]):
            continue
        begin = _after_lead(text, listed.start(), _comma(text, listed.start(), listed.end()))
        marks = list(_BETWEEN.finditer(text, begin, listed.end()))
        starts = [begin, *(mark.end() for mark in marks)]
        ends = [*(mark.start() for mark in marks), listed.end()]
        for start, end in zip(starts, ends, strict=True):
            last = _before_tail(text, start, end)
            if _SHORTEST <= len(text[start:last].strip(_WORDS)) <= _LONGEST:
                found.append(Item(start, last, text[start:last]))
    return found


def _comma(text: str, start: int, end: int) -> int:
    """Where the first item of a list ends."""
    mark = _COMMA.search(text, start, end)
    return end if mark is None else mark.start()


def _after_lead(text: str, start: int, end: int) -> int:
    """Where the first item begins: behind the last word that leads to a list (对, 加强, 的)."""
    begins = [word.end for word in _words(text, start, end) if _is(word, text, "leads") and end - word.end >= _SHORTEST]
    return max(begins, default=start)


def _before_tail(text: str, start: int, end: int) -> int:
    """Where an item ends: before 等, before a modal word, and before a verb behind the list (倾斜, 给予)."""
    for word in _words(text, start, end):
        is_tail = word.is_marked or _is(word, text, "tails")
        if is_tail and word.start - start >= _SHORTEST:
            return word.start
    return end


def _words(text: str, start: int, end: int) -> list[Word]:
    return [Word(w.start + start, w.end + start, w.form, w.is_dropped) for w in words_of(text[start:end])]


def _is(word: Word, text: str, name: str) -> bool:
    """Whether the word is one of the list, or ends with one of two characters (严厉打击)."""
    said = text[word.start : word.end]
    return said in list_words(name) or (len(said) > _SHORTEST and said[-_SHORTEST:] in list_words(name))


def _are_means(text: str, found: list[Item]) -> bool:
    """Whether the items say by what means: 依托, 通过 or 采取 stands before them in the same part."""
    return any(
        word in text[segment_at(text, item.start)[0] : item.start] for item in found for word in list_words("means")
    )


def _named(text: str, found: list[Item]) -> str:
    """The first items in quotation marks, and how many there are where some are left out."""
    shown = "、".join(one_quoted(text, item.start, item.end) for item in found[:_SHOWN])
    return shown if len(found) <= _SHOWN else f"{shown}等{len(found)}项"


def _stands(item: Item, others: list[Item], text: str) -> bool:
    """Whether the item is one of the others, or its words stand in the other text."""
    if item.text in text or counterparts(item.text, text).cover_of >= _SAID:
        return True
    return any(_is_one(item.text, other.text) for other in others)


def _is_one(one: str, other: str) -> bool:
    """Whether two items name one thing: the same words, near ones, or one the short form of the other."""
    if is_same(one, other) or is_short_form(one, other):
        return True
    size = next((at for at, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), 0)
    if _SHORTEST <= size < min(len(one), len(other)):  # 财政|部门 and 体育|部门: what they share tells nothing
        one, other = one[:-size], other[:-size]
    return likeness(one, other) >= _SAME_ITEM
