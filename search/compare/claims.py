"""What may be said to be missing from a rule: only what its whole clause says nowhere, in these words or like ones."""

from __future__ import annotations

from functools import lru_cache

from search.compare.counterparts import counterparts
from search.compare.rule import Rule
from search.compare.stakes import segments

_SAID = 0.9
"""Share of the words that one part of a sentence of the clause says too, from which on it says them."""
_SHORTEST = 2


def lacks(rule: Rule, words: str) -> bool:
    """Whether the clause that `rule` stands in says `words` nowhere, blanks and line breaks apart."""
    return not _says(_clause(rule), "".join(words.split()))


def lacking(rule: Rule, words: str) -> str:
    """How it is said that `rule` has no such words: of all its clause, or of this sentence where the clause has them.

    What the rule itself says in like words is a matter of the tests.
    """
    return "没有" if lacks(rule, words) else "这一句没有"


def _clause(rule: Rule) -> str:
    """The text of the clauses that the rule stands in; its own where its document has none."""
    held = [
        clause.text for clause in rule.document.clauses if clause.start < rule.span.end and rule.span.start < clause.end
    ]
    return "".join("".join(held or [rule.text]).split())


@lru_cache(maxsize=4096)
def _says(clause: str, words: str) -> bool:
    if words in clause:
        return True
    parts = [clause[start:end] for start, end in segments(clause) if end - start >= _SHORTEST]
    return any(counterparts(words, part).cover_of >= _SAID for part in parts)
