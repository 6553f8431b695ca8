"""How far two rules stand out as each other's counterpart among the alternatives that their texts offer.

In texts on one matter all rules share words, so that likeness alone says little: a rule and its counterpart in other
words may be less like than two strangers that name the same people. What tells is how much liker they are than the
next rules of either text. After Conneau et al., Word Translation Without Parallel Data (ICLR 2018), where words that
are near everything are held back in the same way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest

from search.compare.kinship import KEPT, Pairs
from search.compare.parts import Part

_RIVALS = 3
"""The likest rules of a text, the counterpart with them, whose mean likeness is what is usual for a rule.

This and the constants below were chosen on the development points of `three-texts` and on `eval/pairs/joins`.
"""
_USUAL = 0.02
"""What a pair has to be liker than what is usual to gain anything."""
_WEIGHT = 6.0
"""What is gained for each further bit of likeness."""
_MOST = 0.25
"""The most that is gained."""
_LEAST = -0.15
"""The most that is lost."""
_MANY = 20
"""Rules of a text from which on they are alternatives enough: among fewer, to stand out says so much less."""


def outstanding(parts: Sequence[Part], pairs: Pairs) -> dict[tuple[int, int], float]:
    """The likeness of `pairs`, with more for those that stand out and less for those that have likelier rivals.

    Headings gain nothing, and are no rivals: they say what their clause says once more.
    """
    held: dict[tuple[int, str], list[float]] = defaultdict(list)
    for (one, other), value in pairs.items():
        for place, against in ((one, other), (other, one)):
            if not parts[against].is_heading:
                held[place, parts[against].doc_id].append(value)
    usual = {key: _mean(values) for key, values in held.items()}
    size = Counter(part.doc_id for part in parts if not part.is_heading)
    found = {}
    for (one, other), value in pairs.items():
        rival = max(usual.get((one, parts[other].doc_id), KEPT), usual.get((other, parts[one].doc_id), KEPT))
        gained = min(max(_WEIGHT * (value - rival - _USUAL), _LEAST), _MOST)
        gained *= min(1.0, min(size[parts[place].doc_id] for place in (one, other)) / _MANY)
        is_headed = parts[one].is_heading or parts[other].is_heading
        found[one, other] = value + (min(gained, 0.0) if is_headed else gained)
    return found


def _mean(values: Sequence[float]) -> float:
    """Of the highest; where there are too few, the others are as like as what is no longer held."""
    highest = nlargest(_RIVALS, values)
    return (sum(highest) + KEPT * (_RIVALS - len(highest))) / _RIVALS
