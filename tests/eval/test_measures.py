import dataclasses

import pytest
from made_runs import answer, gold, none, outcome, question, quote, run, says, suite

import eval.measures
from eval.measures import MEASURES, Share, measure, per_question

SUITE = suite(question("q1", gold("a/1"), silent=("b",)), none("n1", "far", silent=("a", "b")))
RUN = run(
    outcome("q1", "a/2", "a/1", said=answer("answered", 0.8, says("a", "a/1", quote(0, "每月加发三百元")), says("b"))),
    outcome("n1", "b/1", said=answer("no_basis", 0.1, says("a", confidence=0.1), says("b", confidence=0.1))),
)
RANKED_ALONE = run(outcome("q1", "a/1"), outcome("n1"))


def test_all_families_are_gathered():
    figures = measure(SUITE, RUN)
    assert (figures.suite, figures.split) == ("made", "test")
    assert [system.system for system in figures.systems] == ["hybrid"]
    assert figures.systems[0].overall.values["RR"] == 0.5
    assert figures.answering.right_status == Share(2, 2)
    assert figures.refusal.auroc["all"] == 1
    assert figures.evidence.exact == Share(1, 1)


def test_systems_stand_in_the_order_of_the_run():
    both = run(systems=("lexical", "hybrid", "dense"))
    assert [system.system for system in measure(SUITE, both).systems] == ["lexical", "hybrid", "dense"]


def test_a_run_of_rankings_alone_has_no_figures_of_answers():
    figures = measure(SUITE, RANKED_ALONE)
    assert figures.systems[0].overall.values["RR"] == 1
    assert (figures.answering, figures.refusal, figures.evidence) == (None, None, None)


def test_every_measure_has_its_values_by_question():
    values = per_question(SUITE, RUN, "hybrid")
    assert tuple(values) == MEASURES
    assert {name for name, held in values.items() if "n1" in held} == {"document_status", "right_status", "right_no"}
    assert values["documents@5"] == {}  # no question of several texts
    assert values["quote_f1"] == {"q1": 1.0}


def test_a_run_of_rankings_alone_has_no_values_of_answers_by_question():
    values = per_question(SUITE, RANKED_ALONE, "hybrid")
    assert tuple(values) == MEASURES
    assert {name for name, held in values.items() if held} == {*MEASURES[:7]}


def test_questions_that_the_suite_lacks_are_left_out():
    more = dataclasses.replace(RUN, outcomes=(*RUN.outcomes, outcome("gone", "a/1", said=answer("answered", 1.0))))
    assert measure(SUITE, more) == measure(SUITE, RUN)
    assert per_question(SUITE, more, "hybrid") == per_question(SUITE, RUN, "hybrid")


def test_a_suite_without_questions_has_figures_of_nothing():
    figures = measure(suite(), RUN)
    assert figures.systems[0].overall.questions == 0
    assert set(figures.systems[0].overall.values.values()) == {None}
    assert figures.answering is None


def test_the_order_of_outcomes_does_not_matter():
    backwards = dataclasses.replace(RUN, outcomes=RUN.outcomes[::-1])
    assert measure(SUITE, backwards) == measure(SUITE, RUN)


@pytest.mark.parametrize("name", eval.measures.__all__)
def test_public_names_are_there(name):
    assert hasattr(eval.measures, name)


def test_public_names_are_sorted_as_ruff_sorts_them():
    constants = [name for name in eval.measures.__all__ if name.isupper()]
    classes = [name for name in eval.measures.__all__ if name[0].isupper() and not name.isupper()]
    functions = [name for name in eval.measures.__all__ if name.islower()]
    assert eval.measures.__all__ == [*sorted(constants), *sorted(classes), *sorted(functions)]
