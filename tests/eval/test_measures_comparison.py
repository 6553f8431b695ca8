import pytest

from eval.measures.comparison import (
    Cell,
    JudgedCell,
    JudgedRelation,
    Pair,
    Relation,
    measure_alignment,
    measure_cells,
    measure_labels,
)
from eval.measures.judged import Share

ALIGNED = [Pair("a/1", "b/1"), Pair("a/2", "b/2"), Pair("a/2", "b/3"), Pair("b/1", "c/1")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (ALIGNED, (1, 1, 1)),  # all
        ([Pair("b/1", "a/1"), Pair("a/1", "b/1")], (1, 1 / 4, 2 / 5)),  # both directions are one pair
        ([Pair("a/1", "b/1"), Pair("a/1", "b/2")], (1 / 2, 1 / 4, 2 / 6)),  # one right, one wrong
        ([Pair("a/9", "gone/1")], (0, 0, 0)),  # clauses nobody holds
        ([], (None, 0, 0)),  # nothing aligned
    ],
)
def test_alignment_is_measured_over_pairs_of_clauses(given, expected):
    found = measure_alignment(ALIGNED, given)
    assert (found.precision, found.recall, found.f1) == pytest.approx(expected)


def test_texts_that_share_nothing_have_no_alignment_figures():
    assert measure_alignment([], []).f1 is None
    assert measure_alignment([], [Pair("a/1", "b/1")]).f1 == 0


JUDGED = [
    JudgedRelation("1", "b", "a", "细化"),
    JudgedRelation("2", "b", "a", "细化", ("更严",)),
    JudgedRelation("3", "b", "a", "更严"),
    JudgedRelation("4", "c", "b", "一致"),
]


def test_labels_have_the_figures_worked_out_by_hand():
    given = [
        Relation("1", "b", "a", "细化"),  # right
        Relation("2", "b", "a", "更严"),  # as defensible
        Relation("3", "b", "a", "细化"),  # wrong
        Relation("9", "b", "a", "不同"),  # not judged
    ]  # and the fourth is missing
    found = measure_labels(JUDGED, given)
    assert found.accuracy == Share(2, 4)
    assert {each.label: (each.right, each.given, each.gold) for each in found.labels} == {
        "一致": (0, 0, 1),
        "更严": (1, 1, 2),
        "细化": (1, 2, 1),
    }
    assert found.macro_f1 == pytest.approx((0 + 2 / 3 + 2 / 3) / 3)
    assert found.confusion == (("一致", None, 1), ("更严", "更严", 1), ("更严", "细化", 1), ("细化", "细化", 1))


def test_the_direction_of_a_label_matters():
    assert measure_labels(JUDGED[2:3], [Relation("3", "a", "b", "更严")]).accuracy == Share(0, 1)


def test_a_label_that_gold_never_has_pulls_the_macro_average_down():
    # 一致: one of two, F1 2 / 3; 不同: never right, 0
    judged = [JudgedRelation("1", "b", "a", "一致"), JudgedRelation("2", "b", "a", "一致")]
    given = [Relation("1", "b", "a", "一致"), Relation("2", "b", "a", "不同")]
    assert measure_labels(judged, given).macro_f1 == pytest.approx((2 / 3 + 0) / 2)


def test_nothing_judged_has_no_label_figures():
    found = measure_labels([], [Relation("1", "b", "a", "一致")])
    assert (found.accuracy.value, found.macro_f1, found.confusion) == (None, None, ())


def test_silent_and_filled_cells_are_counted_apart():
    judged = [
        JudgedCell("1", "a", ("a/1", "a/2")),
        JudgedCell("1", "b", ("b/1",)),
        JudgedCell("1", "c"),
        JudgedCell("2", "c"),
        JudgedCell("3", "c"),
    ]
    given = [
        Cell("1", "a", "a/2"),  # one of the right ones
        Cell("1", "b", None),  # wrongly silent
        Cell("1", "c", None),  # rightly silent
        Cell("2", "c", "c/1"),  # filled for the sake of filling
        Cell("7", "c", "c/1"),  # not judged
    ]  # and the cell of point 3 is missing
    found = measure_cells(judged, given)
    assert (found.silent, found.filled) == (Share(1, 3), Share(1, 2))
