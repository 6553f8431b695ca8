"""Two runs compared: who is better, by how much, on which questions, and whether it is chance."""

from dataclasses import replace

import pytest
from judged_runs import OTHER, RIGHT, both_systems, made_answer, made_run, made_suite

from corpus.errors import PolicyError
from eval.against import ClauseRef, compare_runs
from eval.significance import bootstrap_interval


@pytest.fixture
def suite():
    return made_suite(6)


def test_each_measure_has_both_means_the_difference_and_who_won(suite):
    a, b = made_run(suite, [1, 2, 2, 4, 1, None]), made_run(suite, [1, 1, 1, 1, 2, None])
    found = compare_runs(suite, a, "hybrid", b, "hybrid").of("RR")
    assert (found.questions, found.won, found.lost, found.tied) == (6, 3, 1, 2)
    assert found.mean_a == pytest.approx((1 + 0.5 + 0.5 + 0.25 + 1 + 0) / 6)
    assert found.mean_b == pytest.approx((1 + 1 + 1 + 1 + 0.5 + 0) / 6)
    assert found.difference == pytest.approx(found.mean_b - found.mean_a)
    assert (found.low, found.high) == bootstrap_interval([0.0, 0.5, 0.5, 0.75, -0.5, 0.0])
    assert found.low < found.difference < found.high
    assert found.p == pytest.approx(8 / 16)  # of the sums ±.5 ±.5 ±.75 ±.5, four reach 1.25 and four -1.25


def test_questions_lost_come_first_then_those_won_with_top_clauses_and_gold(suite):
    a, b = made_run(suite, [1, 2, 3, 1, 1, None]), made_run(suite, [1, 1, 1, 2, None, None])
    compared = compare_runs(suite, a, "hybrid", b, "hybrid", labels={RIGHT: "（一）"})
    assert compared.primary == "nDCG@10"
    assert [(c.query_id, c.verdict) for c in compared.changes] == [
        ("q5", "lost"),  # from the top to nowhere
        ("q4", "lost"),
        ("q3", "won"),
        ("q2", "won"),
    ]
    lost, won = compared.changes[0], compared.changes[2]
    assert (lost.top_a, lost.top_b) == (ClauseRef(RIGHT, "（一）"), None)
    assert (won.top_a, won.top_b) == (ClauseRef("filler/1"), ClauseRef(RIGHT, "（一）"))
    assert won.gold == (ClauseRef(RIGHT, "（一）"), ClauseRef(OTHER))  # what answers before what supports
    assert won.value_a < won.value_b
    assert won.text == "第3问"
    assert f"{won.top_b}，{won.top_a}" == "town/1 （一），filler/1"


def test_a_difference_on_many_questions_is_called_significant_and_one_on_few_is_not():
    suite = made_suite(20)
    bad, good = made_run(suite, [2] * 20), made_run(suite, [1] * 20)
    better = compare_runs(suite, bad, "hybrid", good, "hybrid").sentence
    assert "：后一次运行的 hybrid 显著更好。" in better
    assert "另外，按 RR、Success@1，后一次运行的 hybrid 显著更好。" in better
    worse = compare_runs(suite, good, "hybrid", bad, "hybrid").sentence
    assert "：前一次运行的 hybrid 显著更好。" in worse
    chance = compare_runs(suite, bad, "hybrid", made_run(suite, [1, 1, 3] + [2] * 17), "hybrid").sentence
    assert chance.endswith("：差别可能是偶然。")
    assert "95% 区间" in chance
    assert "校正后 p = " in chance


def test_runs_that_rank_alike_do_not_differ(suite):
    run = made_run(suite, [1, 2, 1, 1, 1, 1])
    other = replace(run, info=replace(run.info, config={"fusion.words": 0.2}))
    compared = compare_runs(suite, run, "hybrid", other, "hybrid")
    assert compared.sentence.endswith("每一问都相同，没有差别。")
    assert compared.changes == ()
    assert {(each.p, each.corrected, each.low, each.high) for each in compared.measures} == {(1.0, 1.0, 0.0, 0.0)}
    assert compared.settings == (("fusion.words", "0.1", "0.2"),)


def test_p_is_corrected_over_the_measures_in_which_a_question_differs():
    suite = made_suite(8)
    compared = compare_runs(suite, made_run(suite, [2] * 8), "hybrid", made_run(suite, [1] * 8), "hybrid")
    differing = [each for each in compared.measures if each.won]
    assert [each.measure for each in differing] == ["nDCG@10", "RR", "Success@1"]
    assert {each.p for each in differing} == {2 / 2**8}
    assert {each.corrected for each in differing} == {3 * 2 / 2**8}


def test_two_systems_of_one_run_are_compared_by_their_rankings_under_their_names(suite):
    run = both_systems(made_run(suite, [2] * 6, system="dense"), made_run(suite, [1] * 6))
    compared = compare_runs(suite, run, "dense", run, "hybrid")
    assert "：hybrid 0." in compared.sentence
    assert "，dense 0." in compared.sentence
    assert "运行的" not in compared.sentence
    assert {each.measure for each in compared.measures} == {
        "nDCG@10", "RR", "Success@1", "Success@3", "R@5", "R@10", "R@100",
    }  # fmt: skip


def test_two_runs_are_compared_by_their_answers_too(suite):
    run = made_run(suite, [1] * 6)
    wrong = tuple(replace(outcome, answer=made_answer("answered")) for outcome in run.outcomes)
    compared = compare_runs(suite, run, "hybrid", replace(run, outcomes=wrong), "hybrid").of("right_no")
    assert (compared.questions, compared.mean_a, compared.mean_b, compared.lost) == (1, 1.0, 0.0, 1)


def test_the_whole_suite_is_asked_for_where_the_run_is_of_the_part(suite):
    elsewhere = made_suite(2, split="test").questions
    whole = replace(suite, questions=(*suite.questions, *(replace(q, query_id=f"t{q.query_id}") for q in elsewhere)))
    run = made_run(suite, [1] * 6)
    assert compare_runs(whole, run, "hybrid", run, "hybrid").of("RR").questions == 6


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"corpus": "corpus-2"}, "语料指纹不同（“corpus-1”和“corpus-2”）"),
        ({"split": "test"}, "测试集部分不同（“dev”和“test”）"),
        ({"suite": "another"}, "测试集不同（“made”和“another”）"),
    ],
)
def test_runs_under_other_conditions_are_refused(suite, change, said):
    run = made_run(suite, [1] * 6)
    with pytest.raises(PolicyError, match=said):
        compare_runs(suite, run, "hybrid", replace(run, info=replace(run.info, **change)), "hybrid")


def test_a_run_of_another_suite_is_refused(suite):
    run = made_run(suite, [1] * 6)
    with pytest.raises(PolicyError, match="用的是测试集“made”，而现在的是“mine”"):
        compare_runs(replace(suite, name="mine"), run, "hybrid", run, "hybrid")


def test_an_unknown_system_is_refused_and_those_there_are_named(suite):
    run = made_run(suite, [1] * 6)
    with pytest.raises(PolicyError, match="没有检索方式“dense”，只有：hybrid"):
        compare_runs(suite, run, "hybrid", run, "dense")


def test_missing_questions_are_named(suite):
    run = made_run(suite, [1] * 6)
    with pytest.raises(PolicyError, match="缺 2 个问题：q1、q3"):
        compare_runs(suite, run, "hybrid", replace(run, outcomes=(run.outcomes[1], *run.outcomes[3:])), "hybrid")


def test_questions_that_the_suite_no_longer_has_are_named(suite):
    run = made_run(suite, [1] * 6)
    with pytest.raises(PolicyError, match="没有这次运行的 1 个问题：q2"):
        compare_runs(replace(suite, questions=(suite.questions[0], *suite.questions[2:])), run, "hybrid", run, "hybrid")


def test_the_same_runs_give_the_same_comparison():
    suite = made_suite(40)
    a, b = made_run(suite, [1, 2] * 20), made_run(suite, [1, 3, 2, 1] * 10)
    assert compare_runs(suite, a, "hybrid", b, "hybrid") == compare_runs(suite, a, "hybrid", b, "hybrid")
