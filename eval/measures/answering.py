"""What answers say of each judged document, which clause they give for it, and which status they end in.

A document that neither rules (gold of grade 2) nor is listed as silent is not judged for the question. A question
of the suite that the run has no answer for counts as wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.measures.judged import Asked, Share, asked, mean, share
from eval.model import ANSWERS, AnswerOutcome, DocumentOutcome, Question, Run, Suite
from search.model import Status

ANSWERING = ("document_status", "right_clause", "right_status")
"""Per question, 0 to 1, higher is better: share of the judged documents rightly said to answer or be silent; share
of the ruling documents for which a clause with gold of grade 2 is given; 1 where the status is an expected one."""


@dataclass(frozen=True, slots=True)
class DocumentCells:
    """(question, judged document) pairs by what is true and what was said: a confusion table of two classes.

    A document out of the answer's scope is not said to answer: it counts as said to be silent.
    """

    answered: int
    """It rules, and is said to answer."""
    missed: int
    """It rules, and is said to be silent."""
    invented: int
    """It is silent, and is said to answer."""
    silent: int
    """It is silent, and is said to be."""
    unasked: int
    """The run has no answer to the question."""

    @property
    def right(self) -> Share:
        """Accuracy: pairs said rightly."""
        wrong = self.missed + self.invented + self.unasked
        return Share(self.answered + self.silent, self.answered + self.silent + wrong)

    @property
    def said_to_answer(self) -> Share:
        """Of the ruling documents of asked questions, those said to answer (sensitivity)."""
        return Share(self.answered, self.answered + self.missed)

    @property
    def said_to_be_silent(self) -> Share:
        """Of the silent documents of asked questions, those said to be silent (specificity)."""
        return Share(self.silent, self.silent + self.invented)


@dataclass(frozen=True, slots=True)
class AnsweringFigures:
    """What the answers of a run say."""

    questions: int
    unasked: int
    """Questions that the run has no answer for."""
    documents: DocumentCells
    documents_by_type: dict[str, DocumentCells]
    documents_by_id: dict[str, DocumentCells]
    right_clause: Share
    """(question, ruling document) pairs where the clause given for the document holds gold of grade 2."""
    right_status: Share
    """Questions whose status is an expected one."""
    named_no: Share
    """Questions without an answer whose kind of "no" is stated (`expect`) that got just that."""


def measure_answering(suite: Suite, run: Run) -> AnsweringFigures:
    """The figures of the run's answers."""
    pairs = asked(suite, run)
    types = dict.fromkeys(each.question.type for each in pairs)
    documents = sorted({doc_id for each in pairs for doc_id, _ in judged_documents(each.question)})
    named = [each for each in pairs if each.question.none is not None and each.question.expect is not None]
    return AnsweringFigures(
        questions=len(pairs),
        unasked=sum(each.answer is None for each in pairs),
        documents=_cells(pairs),
        documents_by_type={kind: _cells([each for each in pairs if each.question.type == kind]) for kind in types},
        documents_by_id={doc_id: _cells(pairs, doc_id) for doc_id in documents},
        right_clause=share(right for each in pairs for right in _clauses_right(each)),
        right_status=share(_status_right(each) for each in pairs),
        named_no=share(_status_right(each) for each in named),
    )


def answering_by_question(suite: Suite, run: Run) -> dict[str, dict[str, float]]:
    """Measure → query_id → value, for the questions that it applies to, in the suite's order."""
    values: dict[str, dict[str, float]] = {name: {} for name in ANSWERING}
    for each in asked(suite, run):
        query_id = each.question.query_id
        documents = _cells([each]).right.value
        clause = mean(_clauses_right(each))
        if documents is not None:
            values["document_status"][query_id] = documents
        if clause is not None:
            values["right_clause"][query_id] = clause
        values["right_status"][query_id] = float(_status_right(each))
    return values


def expected_statuses(question: Question) -> tuple[Status, ...]:
    """The statuses that are right: `expect`, or where the suite does not say, what follows from the type.

    A "no" to a far or near question may be 未规定 or 未找到依据: which of them depends on the documents named.
    """
    if question.expect is not None:
        return (question.expect,)
    if question.none is None:
        return ("answered",)
    return ("not_held",) if question.none == "elsewhere" else ("no_basis", "silent")


def judged_documents(question: Question) -> tuple[tuple[str, bool], ...]:
    """(doc_id, whether it rules on the question) for each judged document."""
    ruling = tuple((doc_id, True) for doc_id in question.ruling)
    return ruling + tuple((doc_id, False) for doc_id in question.silent)


def says(answer: AnswerOutcome, doc_id: str) -> DocumentOutcome | None:
    """What the document is said to answer; None where it is said to be silent, or not in scope."""
    return next((one for one in answer.documents if one.doc_id == doc_id and one.status == "answered"), None)


def answering_clauses(question: Question, doc_id: str) -> set[str]:
    """Clauses of the document that hold gold of grade 2."""
    return {gold.clause_id for gold in question.gold if gold.doc_id == doc_id and gold.grade == ANSWERS}


def _cells(pairs: Sequence[Asked], only: str | None = None) -> DocumentCells:
    counts: Counter[tuple[bool, bool]] = Counter()
    unasked = 0
    for each in pairs:
        for doc_id, rules in judged_documents(each.question):
            if only not in (None, doc_id):
                continue
            if each.answer is None:
                unasked += 1
            else:
                counts[rules, says(each.answer, doc_id) is not None] += 1
    return DocumentCells(
        answered=counts[True, True],
        missed=counts[True, False],
        invented=counts[False, True],
        silent=counts[False, False],
        unasked=unasked,
    )


def _clauses_right(each: Asked) -> Iterable[bool]:
    """For each ruling document, whether the right clause is given."""
    for doc_id in each.question.ruling:
        said = None if each.answer is None else says(each.answer, doc_id)
        yield said is not None and said.clause_id in answering_clauses(each.question, doc_id)


def _status_right(each: Asked) -> bool:
    return each.answer is not None and each.answer.status in expected_statuses(each.question)
