import pytest
from made_runs import answer, gold, none, outcome, question, quote, run, says, suite

from eval.measures.evidence import evidence_by_question, measure_evidence
from eval.measures.judged import Share

GOLD = gold("a/1", start=10, quote="加发三百元")  # characters 10 to 14


def figures(asked, *documents):
    return measure_evidence(suite(asked), run(outcome("q", said=answer("answered", 0.9, *documents))))


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        ([quote(10, "加发三百元")], (1, 1, 1)),  # just the gold
        ([quote(8, "每月加发三百元。")], (5 / 8, 1, 10 / 13)),  # three characters too many
        ([quote(12, "三百元")], (1, 3 / 5, 6 / 8)),  # two too few
        ([quote(10, "加发"), quote(11, "发三百")], (1, 4 / 5, 8 / 9)),  # what is quoted twice counts once
        ([quote(30, "调离的次月停发")], (0, 0, 0)),  # elsewhere
        ([quote(8, "每月\n加发")], (2 / 4, 2 / 5, 4 / 9)),  # a line break is no character: 加发 stands at 11 and 12
        ([], (0, 0, 0)),  # nothing quoted
    ],
)
def test_quotes_are_measured_character_by_character(quotes, expected):
    at = 11 if any("\n" in one.text for one in quotes) else 10
    asked = question("q", gold("a/1", start=at, quote="加发三百元"))
    values = evidence_by_question(
        suite(asked), run(outcome("q", said=answer("answered", 0.9, says("a", "a/1", *quotes))))
    )
    found = tuple(values[name]["q"] for name in ("quote_precision", "quote_recall", "quote_f1"))
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("also", "precision"),
    [
        (says("a", "a/2", quote(50, "另有规定")), 5 / 9),  # a clause without gold
        (says("b", "b/1", quote(10, "加发三百元")), 5 / 10),  # a silent document, at the same offsets
        (says("c", "c/1", quote(0, "由单位承担")), 5 / 10),  # a document not judged
        (says("a", "a/3", quote(70, "选派一次")), 5 / 5),  # a supporting quote counts neither way
        (says("a", "a/3", quote(70, "选派一次。")), 5 / 6),  # but what stands beside it does
    ],
)
def test_what_is_quoted_beside_the_gold_counts_against_precision(also, precision):
    asked = question("q", GOLD, gold("a/3", 1, start=70, quote="选派一次"), silent=("b",))
    found = figures(asked, says("a", "a/1", quote(10, "加发三百元")), also)
    assert found.characters.precision == pytest.approx(precision)
    assert found.characters.recall == 1


def test_a_support_that_overlaps_gold_does_not_take_it_away():
    asked = question("q", GOLD, gold("a/1", 1, start=8, quote="每月加发"))
    assert figures(asked, says("a", "a/1", quote(10, "加发三百元"))).characters.f1 == 1


def test_micro_figures_add_characters_and_means_add_questions():
    asked = suite(question("q1", GOLD), question("q2", gold("a/2", start=40, quote="停发")))
    given = run(
        outcome("q1", said=answer("answered", 0.9, says("a", "a/1", quote(10, "加发三百元")))),  # 5 of 5
        outcome("q2", said=answer("answered", 0.9, says("a", "a/2", quote(36, "次月应当停发")))),  # 2 of 6
    )
    found = measure_evidence(asked, given)
    assert (found.characters.right, found.characters.quoted, found.characters.gold) == (7, 11, 7)
    assert found.characters.precision == pytest.approx(7 / 11)
    assert found.means["quote_precision"] == pytest.approx((1 + 1 / 3) / 2)
    assert found.means["quote_f1"] == pytest.approx((1 + 4 / 8) / 2)


@pytest.mark.parametrize(
    ("quotes", "held"),
    [
        ([quote(8, "每月加发三百元。")], 1),  # more than the gold
        ([quote(10, "加发三"), quote(13, "百元")], 1),  # in two pieces
        ([quote(10, "加发三百")], 0),  # a word is missing
        ([quote(40, "停发")], 1),  # the other gold quote is enough
        ([], 0),  # nothing
    ],
)
def test_quotes_contain_the_answer_where_all_words_of_a_gold_quote_are_there(quotes, held):
    asked = question("q", GOLD, gold("a/2", start=40, quote="停发"))
    assert figures(asked, says("a", "a/1", *quotes)).contains == Share(held, 1)


def test_each_ruling_document_must_be_quoted():
    asked = question("q", GOLD, gold("b/1", start=0, quote="由单位承担"), kind="multi")
    found = figures(asked, says("a", "a/1", quote(10, "加发三百元")), says("b", "b/2", quote(9, "另有")))
    assert found.contains == Share(1, 2)
    assert found.means["contains"] == 0.5


def test_a_supporting_quote_alone_contains_no_answer():
    asked = question("q", GOLD, gold("a/3", 1, start=70, quote="选派一次"))
    assert figures(asked, says("a", "a/3", quote(70, "选派一次"))).contains == Share(0, 1)


def test_blanks_inside_gold_need_not_be_quoted():
    asked = question("q", gold("a/1", start=10, quote="停发。\n另有规定"))
    found = figures(asked, says("a", "a/1", quote(10, "停发。"), quote(14, "另有规定")))
    assert (found.contains, found.characters.f1) == (Share(1, 1), 1)


def test_quotes_that_differ_from_the_source_are_counted_in_every_answer():
    asked = suite(question("q", GOLD), none("n", "far"))
    given = run(
        outcome("q", said=answer("answered", 0.9, says("a", "a/1", quote(10, "加发三百元")))),
        outcome("n", said=answer("answered", 0.9, says("a", "a/1", quote(10, "加发五百元", is_exact=False)))),
    )
    found = measure_evidence(asked, given)
    assert found.exact == Share(1, 2)
    assert (found.questions, found.characters.precision) == (1, 1)  # a wrong answer's quotes are not measured


def test_a_question_not_asked_counts_as_zero():
    asked = suite(question("q", GOLD), question("gone", GOLD))
    given = run(outcome("q", said=answer("answered", 0.9, says("a", "a/1", quote(10, "加发三百元")))))
    found = measure_evidence(asked, given)
    assert found.characters.recall == 0.5
    assert found.contains == Share(1, 2)
    assert found.means == dict.fromkeys(found.means, 0.5)


def test_clauses_judged_without_quotes_leave_nothing_to_measure():
    found = figures(question("q", gold("a/1", 2, quote="")), says("a", "a/1", quote(10, "加发三百元")))
    assert (found.questions, found.characters.f1, found.contains.value) == (0, None, None)
    assert found.exact == Share(1, 1)
