"""The quotes of answers against the gold quotes of grade 2, character by character, blanks left out.

Precision, recall and F1 over what is marked, as for rationales (DeYoung et al., ERASER, ACL 2020), with characters
for tokens. Measured on the questions that have a gold quote of grade 2. There every returned character counts:
also in a clause without gold, and in a document judged silent or not judged, it counts against precision. Only
characters of a supporting quote (grade 1) count neither way. Quotes in answers to `none` questions are not counted
here: these answers are wrong whatever they quote, and `eval.measures.refusal` counts them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eval.measures.judged import Asked, Share, asked, mean, share
from eval.model import ANSWERS, AnswerOutcome, Gold, Question, Run, Suite

EVIDENCE = ("quote_precision", "quote_recall", "quote_f1", "contains")
"""Per question, 0 to 1, higher is better; an answer without quotes has 0 of each."""

Character = tuple[str, int]
"""(doc_id, offset in the document's clean text)."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Characters quoted, of them right ones, and characters of the gold quotes."""

    right: int
    quoted: int
    gold: int

    @property
    def precision(self) -> float | None:
        """Right of quoted; None where nothing is quoted."""
        return self.right / self.quoted if self.quoted else None

    @property
    def recall(self) -> float | None:
        """Right of gold; None where there is no gold."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, as twice the right over the sum (van Rijsbergen 1979, ch. 7)."""
        both = self.quoted + self.gold
        return 2 * self.right / both if both else None


@dataclass(frozen=True, slots=True)
class EvidenceFigures:
    """How the quotes of a run fit the gold quotes."""

    questions: int
    """Questions with a gold quote of grade 2."""
    characters: Overlap
    """Of all questions together: its precision, recall and F1 are the micro averages."""
    means: dict[str, float | None]
    """Each name of `EVIDENCE` averaged over the questions: the macro averages."""
    contains: Share
    """(question, ruling document) pairs where the quotes hold all the words of one of its gold quotes of grade 2."""
    exact: Share
    """Quotes of all answers that read just as the source; anything below all of them is a fault."""


def measure_evidence(suite: Suite, run: Run) -> EvidenceFigures:
    """The figures of the run's quotes."""
    pairs = asked(suite, run)
    quoted = [each for each in pairs if _golds(each.question)]
    overlaps = [_overlap(each) for each in quoted]
    values = evidence_by_question(suite, run)
    return EvidenceFigures(
        questions=len(quoted),
        characters=Overlap(
            sum(each.right for each in overlaps),
            sum(each.quoted for each in overlaps),
            sum(each.gold for each in overlaps),
        ),
        means={name: mean(values[name].values()) for name in EVIDENCE},
        contains=share(held for each in quoted for held in _contained(each)),
        exact=share(
            quote.is_exact
            for each in pairs
            if each.answer is not None
            for document in each.answer.documents
            for quote in document.quotes
        ),
    )


def evidence_by_question(suite: Suite, run: Run) -> dict[str, dict[str, float]]:
    """Measure → query_id → value, for every question with a gold quote of grade 2, in the suite's order."""
    values: dict[str, dict[str, float]] = {name: {} for name in EVIDENCE}
    for each in asked(suite, run):
        if not _golds(each.question):
            continue
        overlap = _overlap(each)
        found = (overlap.precision, overlap.recall, overlap.f1, mean(_contained(each)))
        for name, value in zip(EVIDENCE, found, strict=True):
            values[name][each.question.query_id] = value or 0.0
    return values


def _golds(question: Question) -> tuple[Gold, ...]:
    return tuple(gold for gold in question.gold if gold.grade == ANSWERS and gold.quote)


def _characters(doc_id: str, start: int, text: str) -> Iterable[Character]:
    return ((doc_id, start + place) for place, char in enumerate(text) if not char.isspace())


def _quoted(answer: AnswerOutcome | None) -> set[Character]:
    if answer is None:
        return set()
    return {
        character
        for document in answer.documents
        for quote in document.quotes
        for character in _characters(document.doc_id, quote.start, quote.text)
    }


def _gold_characters(golds: Iterable[Gold]) -> set[Character]:
    return {character for gold in golds for character in _characters(gold.doc_id, gold.start, gold.quote)}


def _overlap(each: Asked) -> Overlap:
    gold = _gold_characters(_golds(each.question))
    supports = _gold_characters(gold for gold in each.question.gold if gold.grade < ANSWERS) - gold
    quoted = _quoted(each.answer) - supports
    return Overlap(len(quoted & gold), len(quoted), len(gold))


def _contained(each: Asked) -> Iterable[bool]:
    """For each ruling document, whether all words of one of its gold quotes are quoted."""
    quoted = _quoted(each.answer)
    golds = _golds(each.question)
    for doc_id in dict.fromkeys(gold.doc_id for gold in golds):
        yield any(_gold_characters([gold]) <= quoted for gold in golds if gold.doc_id == doc_id)
