"""Whether something that the product may be taught comes near to a question held out for reporting."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.errors import SuiteError
from corpus.model import Document
from eval.lint import NEAR, letters
from eval.suite import ABOUT, SUITES, load_suite


def held_out(text: str, documents: Sequence[Document]) -> tuple[str, ...]:
    """Names of the shipped suites over `documents` whose part `test` has a question like `text`, as `eval.lint` has it.

    Suites over other texts have no say.
    """
    own = letters(text)
    pairs = frozenset(pairwise(own))
    found = []
    for about in sorted(SUITES.glob(f"*/{ABOUT}")):
        try:
            suite = load_suite(about.parent, documents)
        except SuiteError:  # its quotes are of texts that are not held here
            continue
        for question in suite.part("test").questions:
            asked = letters("".join((*question.history, question.text)))
            held = frozenset(pairwise(asked))
            if own == asked or len(held & pairs) >= NEAR * max(1, len(held | pairs)):
                found.append(suite.name)
                break
    return tuple(found)
