import math

import ir_measures
import pytest
from ir_measures import RR, Qrel, R, ScoredDoc, Success, nDCG
from made_runs import gold, none, outcome, question, run, suite

from eval.measures.retrieval import DOCUMENTS, RANKINGS, measure_rankings, rankings_by_question


def values(questions, *outcomes, system="hybrid"):
    return rankings_by_question(suite(*questions), run(*outcomes), system)


ONE = question("q", gold("a/1"), gold("a/2", 1))
TWO = question("q", gold("a/1"), gold("b/1"))


@pytest.mark.parametrize(
    ("asked", "ranking", "expected"),
    [
        # a right clause in front: everything but nDCG, which wants the supporting one too: 2 / (2 + 1/log2 3)
        (ONE, ["a/1", "b/9"], {"RR": 1, "Success@1": 1, "R@5": 1, "nDCG@10": 2 / (2 + 1 / math.log2(3))}),
        # a supporting clause in front is no success, but gains: (1 + 2/log2 3) / (2 + 1/log2 3)
        (ONE, ["a/2", "a/1"], {"RR": 1 / 2, "Success@1": 0, "Success@3": 1, "nDCG@10": 0.8597186998521972}),
        # a supporting clause alone: no binary measure counts it; 1 / (2 + 1/log2 3)
        (ONE, ["a/2"], {"RR": 0, "Success@3": 0, "R@100": 0, "nDCG@10": 1 / (2 + 1 / math.log2(3))}),
        # in fourth place: not among three
        (ONE, ["b/1", "b/2", "b/3", "a/1"], {"RR": 1 / 4, "Success@3": 0, "R@5": 1}),
        # one of two right clauses among five, the other at six
        (TWO, ["a/1", "x/1", "x/2", "x/3", "x/4", "b/1"], {"R@5": 0.5, "R@10": 1, "Success@1": 1}),
        # clauses that no corpus holds are wrong ones
        (ONE, ["gone/7", "a/1"], {"RR": 1 / 2, "Success@1": 0}),
        # a clause given twice stands at its first place alone
        (ONE, ["a/1", "b/1", "a/1"], {"RR": 1, "Success@1": 1}),
        # nothing found
        (ONE, [], dict.fromkeys(RANKINGS, 0)),
    ],
)
def test_a_ranking_has_the_values_worked_out_by_hand(asked, ranking, expected):
    found = values([asked], outcome("q", *ranking))
    assert {name: found[name]["q"] for name in expected} == pytest.approx(expected)


def test_the_order_given_counts_where_scores_are_equal():
    # trec_eval would put b/1 first: equal scores, later id.
    found = values([ONE], outcome("q", "a/1", "b/1", scores=[1.0, 1.0]))
    assert found["Success@1"] == {"q": 1}


def test_a_question_that_the_run_lacks_counts_as_zero():
    found = values([ONE, question("missing", gold("b/1"))], outcome("q", "a/1"))
    assert found["RR"] == {"q": 1, "missing": 0}
    assert measure_rankings(suite(ONE, question("missing", gold("b/1"))), run(), "hybrid").overall.values["RR"] == 0


def test_a_system_that_the_run_lacks_counts_as_zero():
    assert values([ONE], outcome("q", "a/1"), system="dense")["RR"] == {"q": 0}


def test_questions_without_an_answer_are_left_out():
    figures = measure_rankings(suite(ONE, none("n", "far")), run(outcome("q", "a/1"), outcome("n", "b/1")), "hybrid")
    assert (figures.overall.questions, figures.overall.values["RR"]) == (1, 1)
    assert list(figures.by_type) == ["single"]


def test_clauses_judged_without_quotes_are_right_from_grade_1_on():
    # As read from a BEIR folder: qrels of 1, no quotes.
    beir = question("q", gold("a/1", 1, quote=""))
    found = values([beir], outcome("q", "b/1", "a/1"))
    assert (found["RR"]["q"], found["R@5"]["q"]) == (0.5, 1)


@pytest.mark.parametrize(
    ("kind", "golds", "ranking", "expected"),
    [
        ("multi", ["a/1", "b/1"], ["a/1", "x/1", "x/2", "x/3", "x/4", "b/1"], {"q": 0.5}),  # b at six
        ("compare", ["a/1", "a/2", "b/1", "c/1"], ["a/2", "c/1"], {"q": 2 / 3}),  # any right clause of a document does
        ("multi", ["a/1", "b/1"], ["b/1", "a/1"], {"q": 1}),  # both
        ("multi", ["a/1", "b/1"], [], {"q": 0}),  # none
        ("single", ["a/1", "b/1"], ["a/1"], {}),  # not a question of several texts
    ],
)
def test_documents_of_a_question_of_several_texts_are_counted_among_five(kind, golds, ranking, expected):
    asked = question("q", *map(gold, golds), kind=kind)
    assert values([asked], outcome("q", *ranking))[DOCUMENTS] == pytest.approx(expected)


def test_a_document_that_only_supports_need_not_be_found():
    asked = question("q", gold("a/1"), gold("b/1", 1), kind="multi")
    assert values([asked], outcome("q", "a/1"))[DOCUMENTS] == {"q": 1}


def test_figures_are_given_by_type_and_by_document_that_rules():
    questions = (
        question("q1", gold("a/1"), gold("b/3", 1)),
        question("q2", gold("b/1")),
        question("q3", gold("a/2"), gold("b/2"), kind="multi"),
    )
    ranked = run(outcome("q1", "a/1"), outcome("q2", "x/1", "b/1"), outcome("q3", "x/1", "x/2", "x/3", "b/2"))
    figures = measure_rankings(suite(*questions), ranked, "hybrid")
    # RR: 1, 1/2, 1/4
    assert figures.overall.values["RR"] == pytest.approx((1 + 1 / 2 + 1 / 4) / 3)
    assert {kind: held.values["RR"] for kind, held in figures.by_type.items()} == {"single": 0.75, "multi": 0.25}
    assert {doc: (held.questions, held.values["RR"]) for doc, held in figures.by_document.items()} == {
        "a": (2, pytest.approx((1 + 1 / 4) / 2)),
        "b": (2, pytest.approx((1 / 2 + 1 / 4) / 2)),
    }
    assert (figures.overall.several, figures.overall.values[DOCUMENTS]) == (1, 0.5)
    assert figures.by_type["single"].values[DOCUMENTS] is None


def test_figures_are_those_of_ir_measures_on_the_same_qrels_and_run():
    # Twelve questions with one to three gold clauses of both grades; rankings of 40 clauses, each rotated.
    clauses = [f"{doc}/{number}" for doc in "ab" for number in range(20)]
    questions, outcomes, qrels, scored = [], [], [], []
    for i in range(12):
        grades = {clauses[(7 * i + 11 * j) % 40]: 2 if j == 0 else 1 + (i + j) % 2 for j in range(1 + i % 3)}
        ranking = [clauses[(13 * i + 3 * place) % 40] for place in range(40)]
        questions.append(question(f"q{i}", *(gold(clause, grade) for clause, grade in grades.items())))
        qrels += [Qrel(f"q{i}", clause, grade) for clause, grade in grades.items()]
        if i != 5:  # one is missing from the run
            outcomes.append(outcome(f"q{i}", *ranking))
            scored += [ScoredDoc(f"q{i}", clause, -float(place)) for place, clause in enumerate(ranking)]
    theirs = {
        "nDCG@10": nDCG @ 10,
        "RR": RR(rel=2),
        "Success@1": Success(rel=2) @ 1,
        "Success@3": Success(rel=2) @ 3,
        "R@5": R(rel=2) @ 5,
        "R@10": R(rel=2) @ 10,
        "R@100": R(rel=2) @ 100,
    }
    expected = ir_measures.calc_aggregate(theirs.values(), qrels, scored)
    ours = measure_rankings(suite(*questions), run(*outcomes), "hybrid").overall.values
    assert {name: ours[name] for name in RANKINGS} == pytest.approx(
        {name: expected[measure] for name, measure in theirs.items()}, abs=1e-12
    )
    assert 0 < ours["RR"] < 1
