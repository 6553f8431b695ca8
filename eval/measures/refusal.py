"""The "no"s: how well confidence tells answerable questions from others, and what the threshold makes of it.

A question is answerable unless its type is `none`. One that the run has no answer for counts as needlessly refused
or as missed, and is left out where a confidence is needed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from scipy.stats import rankdata

from eval.measures.answering import answering_clauses, judged_documents
from eval.measures.judged import Asked, Share, asked, is_no, mean, share
from eval.model import AnswerOutcome, NoneKind, Run, RunInfo, Suite

NONE_KINDS: Final[tuple[NoneKind, ...]] = ("far", "near", "elsewhere")
ALL = "all"
REFUSAL = ("right_no", "no_needless_no")
"""Per question, 1 or 0: of type `none`, one of the three "no"s was given; answerable, no "no" was given in vain."""
BINS = 10

_NEVER, _ALWAYS = float("-inf"), float("inf")


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What a threshold would give; shares 0 to 1, None where the suite has no such question."""

    threshold: float
    needless: float | None
    """Of the answerable questions, those refused."""
    missed: dict[str, float | None]
    """Of the `none` questions, by `ALL` and `NONE_KINDS`, those answered."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases with a confidence from `low` to below `high` (in the last bin up to 1); means, None in an empty bin."""

    low: float
    high: float
    count: int
    confidence: float | None
    right: float | None
    """Share of the cases that are right."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Confidence against truth, in `BINS` bins of equal width (Murphy and Winkler, Applied Statistics 26, 1977)."""

    count: int
    bins: tuple[Bin, ...]
    error: float | None
    """Expected calibration error: mean of |right - confidence| over the bins, weighted by their counts (Naeini,
    Cooper, Hauskrecht, AAAI 2015)."""


@dataclass(frozen=True, slots=True)
class RefusalFigures:
    """How a run says "no"."""

    auroc: dict[str, float | None]
    """By `ALL` and `NONE_KINDS`: the chance that an answerable question has the higher confidence."""
    needless_no: Share
    """Answerable questions that got a "no" which the suite does not expect (`expect`)."""
    missed_no: dict[str, Share]
    """By `ALL` and `NONE_KINDS`: questions of type none that were answered."""
    threshold: float
    """The one shipped, which gave `needless_no` and `missed_no`."""
    curve: tuple[CurvePoint, ...]
    """From low to high: 0, 1, the shipped threshold, and every confidence at which something changes."""
    answers: Reliability
    """Answers given: right where the clause of the most confident document holds gold of grade 2."""
    questions: Reliability
    """All questions asked: right where a held text rules, so that this is what confidence says of a question."""
    documents: Reliability
    """(question, judged document in scope) pairs: right where the document rules."""


def measure_refusal(suite: Suite, run: Run) -> RefusalFigures:
    """The figures of the run's "no"s."""
    pairs = asked(suite, run)
    answerable = [each for each in pairs if each.question.none is None]
    nones = _by_kind(pairs)
    return RefusalFigures(
        auroc={kind: auroc(_confidences(answerable), _confidences(held)) for kind, held in nones.items()},
        needless_no=share(_is_needless(each) for each in answerable),
        missed_no={kind: share(not _is_right_no(each) for each in held) for kind, held in nones.items()},
        threshold=run.info.threshold,
        curve=tuple(_curve(answerable, nones, run.info)),
        answers=reliability(_answers_given(pairs)),
        questions=reliability((each.answer.confidence, each.question.none is None) for each in pairs if each.answer),
        documents=reliability(_documents(pairs)),
    )


def refusal_by_question(suite: Suite, run: Run) -> dict[str, dict[str, float]]:
    """Measure → query_id → value, for the questions that it applies to, in the suite's order."""
    pairs = asked(suite, run)
    nones = [each for each in pairs if each.question.none is not None]
    answerable = [each for each in pairs if each.question.none is None]
    return {
        "right_no": {each.question.query_id: float(_is_right_no(each)) for each in nones},
        "no_needless_no": {each.question.query_id: float(not _is_needless(each)) for each in answerable},
    }


def auroc(yes: Sequence[float], no: Sequence[float]) -> float | None:
    """The chance that one of `yes` lies above one of `no`, ties counting half; None where either is empty.

    The area under the receiver operating characteristic as the Mann-Whitney statistic (Hanley and McNeil,
    Radiology 143, 1982).

    >>> auroc([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    if not yes or not no:
        return None
    ranks = rankdata([*yes, *no])
    above = float(ranks[: len(yes)].sum()) - len(yes) * (len(yes) + 1) / 2
    return above / (len(yes) * len(no))


def reliability(cases: Iterable[tuple[float, bool]]) -> Reliability:
    """The table of (confidence from 0 to 1, whether right)."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in cases:
        held[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    bins = tuple(
        Bin(i / BINS, (i + 1) / BINS, len(some), mean(c for c, _ in some), mean(float(r) for _, r in some))
        for i, some in enumerate(held)
    )
    count = sum(each.count for each in bins)
    gaps = (abs(sum(c - r for c, r in some)) for some in held)
    return Reliability(count, bins, sum(gaps) / count if count else None)


def _by_kind(pairs: Sequence[Asked]) -> dict[str, list[Asked]]:
    nones: dict[str, list[Asked]] = {ALL: [each for each in pairs if each.question.none is not None]}
    return nones | {kind: [each for each in pairs if each.question.none == kind] for kind in NONE_KINDS}


def _confidences(pairs: Iterable[Asked]) -> list[float]:
    return [each.answer.confidence for each in pairs if each.answer is not None]


def _is_needless(each: Asked) -> bool:
    return each.answer is None or (is_no(each.answer) and each.answer.status != each.question.expect)


def _is_right_no(each: Asked) -> bool:
    return each.answer is not None and is_no(each.answer)


def _curve(answerable: Sequence[Asked], nones: dict[str, list[Asked]], info: RunInfo) -> Iterable[CurvePoint]:
    wanted = sorted(_last_answered(each, info) for each in answerable)
    unwanted = {kind: sorted(_last_answered(each, info) for each in held) for kind, held in nones.items()}
    lasts = {last for last in (*wanted, *unwanted[ALL]) if last not in (_NEVER, _ALWAYS)}
    for threshold in sorted({0.0, 1.0, info.threshold} | lasts):
        refused = bisect_left(wanted, threshold)
        missed = {k: 1 - bisect_left(held, threshold) / len(held) if held else None for k, held in unwanted.items()}
        yield CurvePoint(threshold, refused / len(wanted) if wanted else None, missed)


def _last_answered(each: Asked, info: RunInfo) -> float:
    """The highest threshold at which the question would not count as refused."""
    if each.answer is None:
        return _NEVER if each.question.none is None else _ALWAYS
    if each.question.none is None and is_no(each.answer) and each.answer.status == each.question.expect:
        return _ALWAYS
    return _last_threshold(each.answer, info)


def _last_threshold(answer: AnswerOutcome, info: RunInfo) -> float:
    """The highest threshold at which an answer is given, from what was given at the shipped one."""
    if answer.status == "answered":
        return answer.confidence
    refused_by_threshold = answer.status != "not_held" and info.document_threshold <= answer.confidence < info.threshold
    return answer.confidence if refused_by_threshold else _NEVER


def _answers_given(pairs: Iterable[Asked]) -> Iterable[tuple[float, bool]]:
    for each in pairs:
        if each.answer is not None and not is_no(each.answer):
            said = [document for document in each.answer.documents if document.status == "answered"]
            best = max(said, key=lambda document: document.confidence, default=None)
            right = best is not None and best.clause_id in answering_clauses(each.question, best.doc_id)
            yield each.answer.confidence, right


def _documents(pairs: Iterable[Asked]) -> Iterable[tuple[float, bool]]:
    for each in pairs:
        rules = dict(judged_documents(each.question))
        for document in each.answer.documents if each.answer is not None else ():
            if document.doc_id in rules:
                yield document.confidence, rules[document.doc_id]
