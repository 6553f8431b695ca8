import pytest
from made_runs import answer, gold, none, outcome, question, run, says, suite

from eval.measures.answering import DocumentCells, answering_by_question, expected_statuses, measure_answering
from eval.measures.judged import Share

RULES_AND_SILENT = question("q", gold("a/1"), gold("a/2", 1), silent=("b",))


def figures(questions, *outcomes):
    return measure_answering(suite(*questions), run(*outcomes))


@pytest.mark.parametrize(
    ("said", "cells"),
    [
        (answer("answered", 0.9, says("a", "a/1"), says("b")), DocumentCells(1, 0, 0, 1, 0)),  # all right
        (answer("answered", 0.9, says("b", "b/1"), says("a")), DocumentCells(0, 1, 1, 0, 0)),  # all wrong
        (answer("answered", 0.9, says("a", "a/1"), says("b", "b/1")), DocumentCells(1, 0, 1, 0, 0)),  # says too much
        (answer("no_basis", 0.1, says("a"), says("b")), DocumentCells(0, 1, 0, 1, 0)),  # says too little
        (answer("answered", 0.9), DocumentCells(0, 1, 0, 1, 0)),  # neither in scope
        (answer("answered", 0.9, says("a", "a/1"), says("c", "c/1")), DocumentCells(1, 0, 0, 1, 0)),  # c is not judged
        (None, DocumentCells(0, 0, 0, 0, 2)),  # not asked
    ],
)
def test_each_judged_document_falls_in_one_cell(said, cells):
    found = figures([RULES_AND_SILENT], outcome("q", said=said))
    assert found.documents == cells
    assert found.documents.right.total == 2


def test_a_question_not_asked_makes_accuracy_fall():
    cells = figures([RULES_AND_SILENT, question("gone", gold("a/1"))], outcome("q", said=answer("answered", 0.9)))
    # a of q missed, b of q rightly silent, a of gone not asked
    assert cells.documents.right == Share(1, 3)
    assert (cells.questions, cells.unasked, cells.right_status) == (2, 1, Share(1, 2))
    assert cells.documents.said_to_answer == Share(0, 1)
    assert cells.documents.said_to_be_silent == Share(1, 1)


def test_cells_are_given_by_type_and_by_document():
    found = figures(
        [RULES_AND_SILENT, none("n", "near", silent=("a",))],
        outcome("q", said=answer("answered", 0.9, says("a", "a/1"), says("b", "b/1"))),
        outcome("n", said=answer("answered", 0.9, says("a", "a/1"))),
    )
    assert found.documents_by_type == {"single": DocumentCells(1, 0, 1, 0, 0), "none": DocumentCells(0, 0, 1, 0, 0)}
    assert found.documents_by_id == {"a": DocumentCells(1, 0, 1, 0, 0), "b": DocumentCells(0, 0, 1, 0, 0)}


@pytest.mark.parametrize(
    ("clause_id", "right"),
    [
        ("a/1", 1),  # answers
        ("a/2", 0),  # only supports
        ("a/9", 0),  # no gold
        (None, 0),  # said to be silent
    ],
)
def test_a_right_clause_holds_gold_that_answers(clause_id, right):
    found = figures([RULES_AND_SILENT], outcome("q", said=answer("answered", 0.9, says("a", clause_id))))
    assert found.right_clause == Share(right, 1)


@pytest.mark.parametrize(
    ("asked", "statuses"),
    [
        (question("q", gold("a/1")), ("answered",)),  # answerable
        (
            question("q", gold("a/1"), expect="not_held"),
            ("not_held",),
        ),  # answered by a wider text; the place is not held
        (none("q", "elsewhere"), ("not_held",)),  # a place not held
        (none("q", "far"), ("no_basis", "silent")),  # either, where the suite does not say
        (none("q", "near", expect="silent"), ("silent",)),  # the suite says
    ],
)
def test_the_status_expected_follows_from_the_suite(asked, statuses):
    assert expected_statuses(asked) == statuses
    for status in ("answered", "silent", "not_held", "no_basis"):
        found = figures([asked], outcome("q", said=answer(status, 0.5)))
        assert found.right_status == Share(int(status in statuses), 1)


def test_a_named_no_must_be_just_the_one_expected():
    questions = [none("n1", "near", expect="silent"), none("n2", "far", expect="no_basis"), none("n3", "near")]
    said = answer("no_basis", 0.1)
    found = figures(questions, *(outcome(one.query_id, said=said) for one in questions))
    assert found.named_no == Share(1, 2)  # n3 expects no particular one
    assert found.right_status == Share(2, 3)


def test_values_by_question_are_shares_over_its_documents():
    two = question("two", gold("a/1"), gold("b/1"), silent=("c",), kind="multi")
    questions = (two, none("elsewhere", "elsewhere"), question("gone", gold("a/1")))
    said = answer("answered", 0.9, says("a", "a/1"), says("b", "b/7"), says("c", "c/1"))
    values = answering_by_question(
        suite(*questions), run(outcome("two", said=said), outcome("elsewhere", said=answer("not_held", 0.0)))
    )
    assert values == {
        "document_status": {"two": pytest.approx(2 / 3), "gone": 0},  # no document is judged for elsewhere
        "right_clause": {"two": 0.5, "gone": 0},
        "right_status": {"two": 1, "elsewhere": 1, "gone": 0},
    }
