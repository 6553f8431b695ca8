"""What a modal word governs: it counts against another rule only if that rules on the same thing.

鼓励创新的机制 urges nothing, 聘期一般为3年 bounds an amount, and what 一般应在…内 limits may be no matter of the other.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from search.compare.counterparts import counterparts
from search.compare.stakes import segments
from search.modals import Modal, modals
from search.quantities import quantities

_SHARED = 0.5
"""Share of the words of either that the other says too from which on a predicate is a matter of both rules."""
_ALL = 0.75
"""Share of the words of the predicate that is enough alone."""
_NOT_ALONE = 0.3
"""Share that both have to reach at least: a word or two of a long predicate make no common matter."""


def binding(text: str) -> list[Modal]:
    """The modal words that bind: none that only says of what kind a thing is or has no object.

    >>> [modal.text for modal in binding("完善鼓励创新的激励机制，应加大支持")]
    ['应']
    """
    return [modal for modal in modals(text) if modal.text != "适当" and _is_said(text, modal)]


def is_shared(text: str, modal: Modal, other: str) -> bool:
    """Whether `other` rules on what `modal` of `text` governs: the words of its part of the sentence, and behind it."""
    bounded = [each for each in quantities(text) if modal.kind == "soft_duty" and each.start == modal.end]
    if bounded:  # 一般为3年 is a matter of the other only where that sets as much
        said = {(each.low, each.high, each.unit) for each in quantities(other)}
        return (bounded[0].low, bounded[0].high, bounded[0].unit) in said
    found = counterparts(text[slice(*_predicate(text, modal))], other)
    covers = found.cover_of, found.cover_to
    least = _SHARED if modal.kind == "soft_duty" else _NOT_ALONE
    return found.cover_of >= _ALL or (max(covers) >= _SHARED and min(covers) >= least)


def _predicate(text: str, modal: Modal) -> tuple[int, int]:
    """From the part of the sentence that the modal word stands in, and the case that it is for (…的，), on.

    It ends at a full stop, or before a part that has a modal word of another kind.
    """
    parts = segments(text)
    at = next((n for n, part in enumerate(parts) if part[0] <= modal.start < part[1]), 0)
    end = parts[at][1]
    for first, last in parts[at + 1 :]:
        if text[first - 1] not in "，,：:" or any(
            first <= other.start < last and other.kind != modal.kind for other in modals(text)
        ):
            break
        end = last
    while at and text[parts[at - 1][1] - 1] == "的" and text[parts[at][0] - 1] in "，,":
        at -= 1
    return parts[at][0], end


def _is_said(text: str, modal: Modal) -> bool:
    """Whether an urging word has an object of its own and is not part of a noun (鼓励创新的机制, 加大支持)."""
    if modal.kind != "encouragement":
        return True
    last = next((end for start, end in segments(text) if start <= modal.start < end), len(text))
    behind = text[modal.end : last]
    return bool(behind) and _noun().search(behind) is None


@cache
def _noun() -> re.Pattern[str]:
    """的 and the name of an arrangement at the end of a part of the sentence: …的激励机制."""
    data = tomllib.loads(files("search.compare").joinpath("steps.toml").read_text(encoding="utf-8"))
    names = "|".join(map(re.escape, data["arrangements"]["words"]))
    return re.compile(rf"的[^的]{{0,10}}(?:{names})$")
