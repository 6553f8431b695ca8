import pytest
from made_runs import answer, gold, none, outcome, question, run, says, suite

from eval.measures.judged import Share
from eval.measures.refusal import auroc, measure_refusal, refusal_by_question, reliability

QUESTIONS = (
    question("y1", gold("a/1"), silent=("b",)),
    question("y2", gold("a/1")),
    question("y3", gold("a/1")),
    question("y4", gold("a/1")),
    none("f1", "far"),
    none("n1", "near"),
    none("n2", "near"),
    none("e1", "elsewhere"),
)
GIVEN = {
    "y1": answer("answered", 0.9, says("a", "a/1", confidence=0.9), says("b", confidence=0.1)),
    "y2": answer("answered", 0.8, says("a", "a/7", confidence=0.8)),
    "y3": answer("no_basis", 0.4),
    "y4": answer("not_held", 0.7),
    "f1": answer("no_basis", 0.1),
    "n1": answer("answered", 0.8, says("a", "a/1", confidence=0.8)),
    "n2": answer("silent", 0.3),
    "e1": answer("not_held", 0.6),
}


@pytest.fixture
def figures():
    return measure_refusal(suite(*QUESTIONS), run(*(outcome(q, said=said) for q, said in GIVEN.items())))


@pytest.mark.parametrize(
    ("yes", "no", "expected"),
    [
        ([0.9, 0.8], [0.1], 1),  # apart
        ([0.1], [0.8, 0.9], 0),  # the wrong way round
        ([0.5, 0.5], [0.5], 0.5),  # all tied
        ([0.9, 0.5], [0.5, 0.1], 3.5 / 4),  # one tie of four pairs
        ([0.9], [], None),  # no questions without an answer
        ([], [0.9], None),  # no answerable ones
    ],
)
def test_auroc_is_the_share_of_pairs_in_order(yes, no, expected):
    assert auroc(yes, no) == expected


def test_auroc_is_given_by_kind(figures):
    # answerable 0.9 0.8 0.4 0.7; far 0.1: 4/4; near 0.8 0.3: (1 + .5 + 0 + 0) + 4 of 8; elsewhere 0.6: 3/4
    assert figures.auroc == {"all": (4 + 5.5 + 3) / 16, "far": 1, "near": 5.5 / 8, "elsewhere": 0.75}


def test_needless_and_missed_noes_are_counted_at_the_shipped_threshold(figures):
    assert figures.needless_no == Share(2, 4)  # y3, y4
    assert figures.missed_no == {"all": Share(1, 4), "far": Share(0, 1), "near": Share(1, 2), "elsewhere": Share(0, 1)}


def test_the_curve_goes_through_the_shipped_threshold(figures):
    (point,) = [point for point in figures.curve if point.threshold == figures.threshold]
    assert point.needless == figures.needless_no.value
    assert point.missed == {kind: held.value for kind, held in figures.missed_no.items()}


def test_the_curve_shows_what_each_threshold_would_give(figures):
    found = {point.threshold: (point.needless, point.missed["all"], point.missed["near"]) for point in figures.curve}
    # y4 and e1 are "not held", and f1 (0.1) lies below the threshold of documents (0.2): none of them by a threshold
    assert found == {
        0.0: (0.25, 0.5, 1),  # n1 and n2 answered, y4 refused
        0.3: (0.25, 0.5, 1),
        0.4: (0.25, 0.25, 0.5),  # n2 refused
        0.5: (0.5, 0.25, 0.5),  # y3 too
        0.8: (0.5, 0.25, 0.5),  # at its confidence an answer is still given
        0.9: (0.75, 0, 0),
        1.0: (1, 0, 0),
    }


@pytest.mark.parametrize(
    ("status", "confidence"),
    [
        ("silent", 0.9),  # above the threshold, and yet a "no"
        ("not_held", 0.4),  # below it, but for what is not held
        ("no_basis", 0.1),  # below the threshold of documents
    ],
)
def test_a_no_that_the_threshold_did_not_bring_about_stays_at_every_threshold(status, confidence):
    figures = measure_refusal(suite(question("y", gold("a/1"))), run(outcome("y", said=answer(status, confidence))))
    assert {point.needless for point in figures.curve} == {1}


def test_a_no_that_the_suite_expects_is_not_needless():
    asked = suite(question("y", gold("a/1"), expect="not_held"))
    figures = measure_refusal(asked, run(outcome("y", said=answer("not_held", 0.1))))
    assert figures.needless_no == Share(0, 1)
    assert {point.needless for point in figures.curve} == {0}
    assert measure_refusal(asked, run(outcome("y", said=answer("no_basis", 0.1)))).needless_no == Share(1, 1)


def test_without_questions_of_type_none_there_is_no_auroc():
    figures = measure_refusal(suite(QUESTIONS[0]), run(outcome("y1", said=GIVEN["y1"])))
    assert set(figures.auroc.values()) == {None}
    assert figures.missed_no["all"].value is None
    assert {point.missed["all"] for point in figures.curve} == {None}
    assert figures.curve[0].needless == 0


def test_a_question_not_asked_counts_as_wrong():
    figures = measure_refusal(suite(QUESTIONS[0], QUESTIONS[4]), run())
    assert (figures.needless_no, figures.missed_no["far"]) == (Share(1, 1), Share(1, 1))
    assert {(point.needless, point.missed["far"]) for point in figures.curve} == {(1, 1)}
    assert (figures.auroc["all"], figures.questions.count) == (None, 0)


def test_reliability_sets_the_confidence_of_answers_beside_their_being_right(figures):
    held = {each.low: each for each in figures.answers.bins if each.count}
    # y1 right at 0.9; y2 (another clause) and n1 (nothing rules) wrong at 0.8
    assert (held[0.9].confidence, held[0.9].right) == (0.9, 1)
    assert (held[0.8].count, held[0.8].confidence, held[0.8].right) == (2, 0.8, 0)
    assert figures.answers.error == pytest.approx((0.1 + 2 * 0.8) / 3)


def test_reliability_of_questions_and_documents_sets_confidence_beside_what_rules(figures):
    held = {each.low: (each.count, each.right) for each in figures.questions.bins if each.count}
    assert held == {0.1: (1, 0), 0.3: (1, 0), 0.4: (1, 1), 0.6: (1, 0), 0.7: (1, 1), 0.8: (2, 0.5), 0.9: (1, 1)}
    held = {each.low: (each.count, each.right) for each in figures.documents.bins if each.count}
    assert held == {0.1: (1, 0), 0.8: (1, 1), 0.9: (1, 1)}  # b of y1; a of y2; a of y1. n1 judges no document


@pytest.mark.parametrize(
    ("cases", "error"),
    [
        ([(1.0, True), (0.0, False)], 0),  # sure and right; 1 falls in the last bin
        ([(1.0, False)], 1),  # sure and wrong
        ([(0.75, True), (0.75, True), (0.75, True), (0.75, False)], 0),  # three of four at three quarters
        ([(0.2, True), (0.25, False), (0.9, True)], (abs(0.45 - 1) + 0.1) / 3),  # one bin of two, one of one
        ([], None),  # nothing
    ],
)
def test_the_calibration_error_weighs_the_gap_of_each_bin(cases, error):
    found = reliability(cases)
    assert found.error == (None if error is None else pytest.approx(error))
    assert sum(each.count for each in found.bins) == found.count == len(cases)
    assert [each.low for each in found.bins] == [i / 10 for i in range(10)]


def test_values_by_question_are_higher_where_better():
    values = refusal_by_question(suite(*QUESTIONS), run(*(outcome(q, said=said) for q, said in GIVEN.items())))
    assert values == {
        "right_no": {"f1": 1, "n1": 0, "n2": 1, "e1": 1},
        "no_needless_no": {"y1": 1, "y2": 1, "y3": 0, "y4": 0},
    }
