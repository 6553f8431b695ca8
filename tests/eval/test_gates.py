"""The shipped gates on real engines: what they name, and that they fail when retrieval is made worse."""

import json
from dataclasses import replace

import pytest

from corpus.errors import PolicyError
from eval.baseline import accept, baseline_path, check, main
from eval.gates import describe, load_gates
from eval.measures import MEASURES, per_question
from eval.model import ANSWERS, Ranked
from eval.run import run_suite
from eval.suite import find_suite, load_suite
from eval.systems import engines_for
from search import Engine, open_engine
from search.engine import EngineConfig
from search.fusion import FusionConfig

SHIPPED = "three-texts"
STAFFS = {"学校教师": "二", "卫生院医生": "三", "农技站人员": "四", "文化站人员": "五"}


def write_staffs(folder):
    """A corpus folder of one text whose clauses say the same of four staffs, named in the chapter headings alone."""
    chapters = "".join(
        f"    {number}、{staff}\n    （一）每月发放补贴，标准为{count}百元，按月足额到位。\n"
        f"    （二）每年安排进修，时间为{count}十天，费用由单位承担。\n"
        for number, (staff, count) in zip("一二三四", STAFFS.items(), strict=True)
    )
    text = f"关于做好乡镇补贴工作的通知\n\n各区县：\n    现就有关事项通知如下。\n\n{chapters}"
    (folder / "corpus").mkdir()
    (folder / "corpus" / "town.txt").write_text(text, encoding="utf-8")
    return folder / "corpus"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("gate = []", "system"),
        ('system = "hybrid"\n[[gate]]\nmeasure = "RR"\ntolerance = 0.1', "reason"),  # every tolerance has its reason
        ('system = "hybrid"\n[[gate]]\nmeasure = "RR"\ntolerance = -1\nreason = "x"', ">= 0"),
        ('system = "hybrid"\n[[gate]]\nmeasure = "RR"\ntolerance = 1\nreason = "x"\nwhy = ""', "why"),
        ('system = "hybrid"\n' + '[[gate]]\nmeasure = "RR"\ntolerance = 1\nreason = "x"\n' * 2, "RR 写了两次"),
        ("system = ", "Invalid value"),
    ],
)
def test_gates_that_do_not_fit_are_refused(tmp_path, content, said):
    (tmp_path / "gates.toml").write_text(content, encoding="utf-8")
    with pytest.raises(PolicyError, match=said):
        load_gates(tmp_path / "gates.toml")


def test_gates_that_are_not_there_are_said(tmp_path):
    with pytest.raises(PolicyError, match="没有这个文件"):
        load_gates(tmp_path / "gates.toml")


def test_the_shipped_gates_name_measures_that_there_are():
    assert {gate.measure for gate in load_gates().gate} <= set(MEASURES)


@pytest.fixture(scope="module")
def engine():
    return open_engine()


@pytest.fixture(scope="module")
def shipped(engine):
    return load_suite(find_suite(SHIPPED), engine.documents()).part("dev")


@pytest.fixture(scope="module")
def shipped_run(engine, shipped):
    return run_suite(shipped, engines_for(("hybrid",), engine))


def test_every_shipped_gate_has_values_on_the_shipped_suite(shipped, shipped_run):
    values = per_question(shipped, shipped_run, "hybrid")
    assert [gate.measure for gate in load_gates().gate if not values[gate.measure]] == []


def test_a_worse_fusion_fails_the_shipped_gates_with_the_questions_named(engine, shipped, shipped_run, tmp_path):
    path = tmp_path / "baseline.json"
    accept(shipped, shipped_run, path)
    assert check(shipped, shipped_run, path).verdict == "passed"
    dense_alone = EngineConfig(fusion=FusionConfig(words=0.0, chars=0.0, dense=1.0))
    worse = {"hybrid": Engine(engine.index, dense_alone, engine.decision)}
    result = check(shipped, run_suite(shipped, worse), path)
    assert (result.verdict, result.exit_status) == ("failed", 1)
    assert ("fusion.dense", str(engine.fusion.dense), "1.0") in result.settings
    fallen = next(each for each in result.checks if not each.passed)
    lost = [change.query_id for change in fallen.changes if change.verdict == "lost"]
    assert lost
    assert f"− {lost[0]} " in describe(result)


def test_headings_unweighted_fail_the_shipped_gates_where_headings_tell_the_clauses_apart(tmp_path):
    engine = open_engine(write_staffs(tmp_path))
    asked = [
        {"id": f"pay-{i}", "type": "single", "question": f"{staff}每月发多少补贴", "silent": [],
         "gold": [{"doc": "town", "quote": f"标准为{count}百元", "grade": 2}]}
        for i, (staff, count) in enumerate(STAFFS.items(), start=1)
    ]  # fmt: skip
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    fields = ("name", "title", "language", "corpus", "tests", "licence", "provenance")
    (tmp_path / "suite.toml").write_text("\n".join(f'{name} = "made"' for name in fields), encoding="utf-8")
    suite = load_suite(tmp_path, engine.documents())
    engines = engines_for(("hybrid", "hybrid-headings"), engine)
    path = tmp_path / "baseline.json"
    accept(suite, run_suite(suite, {"hybrid": engines["hybrid"]}), path)
    result = check(suite, run_suite(suite, {"hybrid": engines["hybrid-headings"]}), path)
    assert result.verdict == "failed"
    first = next(each for each in result.checks if each.gate.measure == "Success@1")
    assert first.baseline == 1.0
    assert len(first.changes) >= 2  # the others are first by chance
    assert "pay-2" in {change.query_id for change in first.changes}
    assert "− pay-2 1.000 → 0.000 卫生院医生每月发多少补贴（首条 town/2/1 → " in describe(result)


def test_the_shipped_development_questions_do_not_fall_below_their_baseline(shipped, shipped_run):
    if not baseline_path(SHIPPED, "dev").is_file():
        pytest.skip("no baseline is stored yet: clauselens eval three-texts --split dev --accept")
    result = check(shipped, shipped_run)
    assert result.verdict == "passed", describe(result)


def test_the_command_fails_on_a_regression_and_names_what_fell(engine, shipped, shipped_run, tmp_path, capsys):
    clauses = [clause for document in engine.documents() for clause in document.clauses]
    accept(shipped, _with_gold_first(shipped, shipped_run), tmp_path / f"{SHIPPED}.dev.json")
    assert main([SHIPPED, "--baselines", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert f"{SHIPPED}/dev（hybrid）：不通过" in said
    assert "Success@1 低 " in said
    assert f"{SHIPPED}/test（hybrid）：还没有基线" in said
    assert any(f"（首条 {clause.clause_id} {clause.label} → " in said for clause in clauses)


def test_the_command_passes_on_what_was_accepted_and_refuses_an_unknown_suite(shipped, shipped_run, tmp_path, capsys):
    accept(shipped, shipped_run, tmp_path / f"{SHIPPED}.dev.json")
    assert main([SHIPPED, "--baselines", str(tmp_path)]) == 0
    assert f"{SHIPPED}/dev（hybrid）：通过" in capsys.readouterr().out
    assert main(["no-such-suite"]) == 2
    assert "no-such-suite" in capsys.readouterr().err


def _with_gold_first(suite, run):
    """The run, had it ranked every answering clause in front."""
    right = {q.query_id: [Ranked(c, 1.0) for c, grade in q.grades.items() if grade == ANSWERS] for q in suite.questions}
    outcomes = (replace(o, rankings={"hybrid": (*right[o.query_id], *o.rankings["hybrid"])}) for o in run.outcomes)
    return replace(run, outcomes=tuple(outcomes))
