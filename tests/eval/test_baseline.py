"""Baselines: what is kept, when a run falls below it, and what is said then."""

import json
from dataclasses import replace

import pytest
from judged_runs import RIGHT, both_systems, made_run, made_suite

from corpus.errors import PolicyError
from eval.baseline import BASELINES, accept, baseline_path, check, load_baseline
from eval.gates import Gate, Gates, describe
from eval.model import AnswerOutcome, DocumentOutcome, GivenQuote

GATES = Gates("hybrid", (Gate("RR", 0.05, "名次"), Gate("Success@1", 0.0, "首条")))
GOOD = [1, 1, 1, 2, 1, 1]
WORSE = [1, 2, 1, 1, None, 1]


@pytest.fixture
def suite():
    return made_suite(6)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "baselines" / "made.dev.json"


@pytest.fixture
def accepted(suite, path):
    accept(suite, made_run(suite, GOOD), path, GATES)
    return path


def test_a_run_that_stays_as_it_was_passes(suite, accepted):
    result = check(suite, made_run(suite, GOOD), accepted, GATES)
    assert (result.verdict, result.exit_status) == ("passed", 0)
    assert [(each.gate.measure, each.baseline, each.now) for each in result.checks] == [
        ("RR", pytest.approx(5.5 / 6, abs=1e-6), pytest.approx(5.5 / 6, abs=1e-6)),
        ("Success@1", pytest.approx(5 / 6, abs=1e-6), pytest.approx(5 / 6, abs=1e-6)),
    ]
    assert describe(result).startswith("made/dev（hybrid）：通过")


def test_a_planted_regression_fails_and_says_by_how_much_and_on_which_questions(suite, accepted):
    result = check(suite, made_run(suite, WORSE), accepted, GATES, labels={RIGHT: "（一）"})
    assert (result.verdict, result.exit_status) == ("failed", 1)
    rr = result.checks[0]
    assert rr.fall == pytest.approx(5.5 / 6 - 4.5 / 6, abs=1e-5)
    assert [(c.query_id, c.verdict) for c in rr.changes] == [("q5", "lost"), ("q2", "lost"), ("q4", "won")]
    said = describe(result).splitlines()
    assert "  RR：0.7500，基线 0.9167，相差 -0.1667，允许低 0.05 ✗" in said
    assert "RR 低 0.1667，变差 2 问，变好 1 问：" in said
    assert "  − q5 1.000 → 0.000 第5问（首条 town/1 （一） → 无；应为 town/1 （一）、city/1）" in said
    assert "  + q4 0.500 → 1.000 第4问（首条 filler/1 → town/1 （一）；应为 town/1 （一）、city/1）" in said


@pytest.mark.parametrize(
    ("measure", "tolerance", "verdict"),
    [
        ("Success@1", 0.0, "failed"),
        ("Success@1", 0.16, "failed"),  # five of six answered at once, then four: 1/6 less
        ("Success@1", 1 / 6, "passed"),  # just as much as is allowed
        ("RR", 0.083, "failed"),
        ("RR", 1 / 12, "passed"),  # just as much, but for the decimals that are stored
        ("Success@1", 0.2, "passed"),
    ],
)
def test_a_measure_may_fall_by_its_tolerance_and_no_more(suite, accepted, measure, tolerance, verdict):
    gates = Gates("hybrid", (Gate(measure, tolerance, "余量"),))
    assert check(suite, made_run(suite, [1, 2, 1, 2, 1, 1]), accepted, gates).verdict == verdict


def test_measures_that_are_not_gated_may_fall(suite, accepted):
    gates = Gates("hybrid", (Gate("R@100", 0.0, "都找得到"),))
    assert check(suite, made_run(suite, [5] * 6), accepted, gates).verdict == "passed"


def test_a_gated_measure_that_is_no_longer_given_fails(suite, accepted):
    gates = Gates("hybrid", (Gate("right_no", 0.0, "没有"),))
    result = check(suite, made_run(suite, GOOD, answered=False), accepted, gates)
    assert result.verdict == "failed"
    assert "right_no：基线 1.0000，这次没有算出来 ✗" in describe(result)


def test_a_measure_that_the_baseline_lacks_is_not_gated_yet_and_this_is_said(suite, path):
    accept(suite, made_run(suite, GOOD, answered=False), path, GATES)
    gates = Gates("hybrid", (Gate("right_no", 0.0, "没有"),))
    result = check(suite, made_run(suite, GOOD), path, gates)
    assert (result.verdict, result.ungated) == ("passed", ("right_no",))
    assert "right_no：基线里还没有，不作判断" in describe(result)


def test_without_a_baseline_nothing_is_judged_and_how_to_accept_is_said(suite, path):
    result = check(suite, made_run(suite, GOOD), path, GATES)
    assert (result.verdict, result.exit_status, result.checks) == ("no_baseline", 0, ())
    assert "clauselens eval made --split dev --accept" in describe(result)


def test_another_corpus_is_said_and_not_compared(suite, accepted):
    result = check(suite, made_run(suite, WORSE, corpus="corpus-2"), accepted, GATES)
    assert (result.verdict, result.exit_status, result.checks) == ("changed", 1, ())
    assert "语料改过（指纹由 corpus-1 变为 corpus-2），与基线不能比较" in describe(result)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda questions: (replace(questions[0], text="改过"), *questions[1:]), "问题数不变，内容或依据有改动"),
        (lambda questions: (replace(questions[0], gold=()), *questions[1:]), "问题数不变，内容或依据有改动"),
        (lambda questions: (replace(questions[0], query_id="new"), *questions[1:]), "少了 1 问，多了 1 问"),
    ],
)
def test_another_suite_is_said_and_not_compared(suite, accepted, change, said):
    changed = replace(suite, questions=change(suite.questions))
    result = check(changed, made_run(changed, GOOD), accepted, GATES)
    assert (result.verdict, result.checks) == ("changed", ())
    assert f"测试集改过（{said}）" in describe(result)


def test_a_baseline_of_another_split_or_system_is_not_compared(suite, accepted):
    other = made_suite(6, split="test")
    result = check(other, made_run(other, GOOD, split="test"), accepted, GATES)
    assert "基线是 made/dev 的" in result.changed
    dense = check(suite, made_run(suite, GOOD, system="dense"), accepted, Gates("dense", GATES.gate))
    assert dense.changed == ("把关的检索方式由 hybrid 改为 dense",)


def test_other_settings_and_versions_are_compared_and_named(suite, accepted):
    run = made_run(suite, GOOD, config={"fusion.words": 0.3}, versions={"numpy": "2.1"})
    result = check(suite, run, accepted, GATES)
    assert result.verdict == "passed"
    assert result.settings == (("fusion.words", "0.1", "0.3"), ("numpy", "2.0", "2.1"))
    assert "fusion.words：基线时 0.1，现在 0.3" in describe(result)


def test_a_quote_that_is_not_the_source_fails_whatever_the_baseline(suite, accepted):
    run = made_run(suite, GOOD)
    quoted = DocumentOutcome("town", "answered", 0.9, RIGHT, (GivenQuote(0, 2, "补帖", is_exact=False),))
    wrong = replace(run.outcomes[2], answer=AnswerOutcome("answered", 0.9, "", (quoted,)))
    result = check(suite, replace(run, outcomes=(*run.outcomes[:2], wrong, *run.outcomes[3:])), accepted, GATES)
    assert (result.verdict, result.inexact) == ("failed", ("q3",))
    assert "引文与原文不是一字不差，共 1 问：q3" in describe(result)


def test_every_question_lost_is_named(path):
    suite = made_suite(50)
    accept(suite, made_run(suite, [1] * 50), path, GATES)
    said = describe(check(suite, made_run(suite, [3] * 50), path, GATES))
    assert all(question.query_id in said for question in suite.questions if question.gold)


def test_a_run_that_lacks_questions_is_refused_and_they_are_named(suite, accepted):
    run = made_run(suite, GOOD)
    for done in (check, accept):
        with pytest.raises(PolicyError, match="缺 1 个问题：q1"):
            done(suite, replace(run, outcomes=run.outcomes[1:]), accepted, GATES)


def test_a_run_without_the_gated_system_is_refused(suite, accepted):
    with pytest.raises(PolicyError, match="没有检索方式“hybrid”，只有：dense"):
        check(suite, made_run(suite, GOOD, system="dense"), accepted, GATES)


def test_accepting_keeps_what_gave_the_figures_and_the_values_of_each_question(suite, path):
    run = both_systems(made_run(suite, GOOD), made_run(suite, WORSE, system="dense"))
    said = accept(suite, run, path, GATES)
    assert said.startswith("已接受 made/dev 的基线：made.dev.json\n  原先没有基线。")
    held = load_baseline(path)
    assert held.info == run.info
    assert held.figures["hybrid"]["right_no"] == 1.0
    assert "right_no" not in held.figures["dense"]  # the answers are the run's, not the system's
    assert held.questions["q4"].top == "filler/1"
    assert held.values("RR") == {"q1": 1.0, "q2": 1.0, "q3": 1.0, "q4": 0.5, "q5": 1.0, "q6": 1.0}


def test_accepting_again_says_what_changed(suite, accepted):
    run = made_run(suite, WORSE, corpus="corpus-2", config={"fusion.words": 0.3})
    said = accept(suite, run, accepted, GATES).splitlines()
    assert "  语料指纹：corpus-1 → corpus-2" in said
    assert "  fusion.words：0.1 → 0.3" in said
    assert "  hybrid RR：0.9167 → 0.7500" in said
    assert not [line for line in said if "R@100：1.0000 → 1.0000" in line]
    assert check(suite, run, accepted, GATES).verdict == "passed"
    assert "  与原先的基线完全相同。" in accept(suite, run, accepted, GATES)


def test_the_same_run_gives_the_same_file_with_a_question_a_line(suite, accepted):
    written = accepted.read_text(encoding="utf-8")
    accept(suite, made_run(suite, GOOD), accepted, GATES)
    assert accepted.read_text(encoding="utf-8") == written
    lines = [line for line in written.splitlines() if line.startswith('  "q')]
    assert len(lines) == 6
    assert all("top" in json.loads("{" + line.rstrip(",") + "}")[f"q{i}"] for i, line in enumerate(lines, start=1))


@pytest.mark.parametrize("content", ["", "{}", '{"info": 1}', "not json"])
def test_a_broken_baseline_is_refused(suite, path, content):
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PolicyError, match="不是合格的基线文件"):
        check(suite, made_run(suite, GOOD), path, GATES)


def test_a_baseline_that_cannot_be_written_is_said(suite, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PolicyError, match="基线写不进去"):
        accept(suite, made_run(suite, GOOD), tmp_path / "file" / "made.json", GATES)


def test_baselines_stand_together_by_suite_and_split():
    assert baseline_path("three-texts", "dev") == BASELINES / "three-texts.dev.json"
    with pytest.raises(PolicyError, match=r"“\.\./mine”不能用作"):
        baseline_path("../mine", "dev")


def test_every_baseline_is_named_after_what_it_holds():
    for path in BASELINES.glob("*.json"):
        info = load_baseline(path).info
        assert path == baseline_path(info.suite, info.split)
