import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from corpus.errors import PolicyError, QuestionError, SuiteError
from eval import baseline
from eval.beir import load_beir
from eval.command import Wishes, check_wishes, evaluate, part_of, systems_with
from eval.run_file import load_run
from eval.suite import load_suite
from eval.systems import engines_for


@pytest.fixture
def suite(write_suite, line, made_corpus):
    folder = write_suite(
        line(id="a", question="山区学校每月加发多少", split="test"),
        line(id="b", type="none", none="far", gold=[], question="怎么离婚", split="dev"),
    )
    return load_suite(folder, made_corpus.documents)


@pytest.fixture
def done(suite, engine):
    """Evaluates the `test` part with the wishes and gives what was printed."""

    def run(names=("lexical", "hybrid"), **wishes):
        out = Console(file=StringIO(), width=100)
        evaluate([suite.part("test")], engines_for(names, engine), Wishes(**wishes), out, Console(file=StringIO()))
        return out.file.getvalue()

    return run


def test_a_part_is_taken_by_name_and_all_is_the_whole(suite):
    assert [question.query_id for question in part_of(suite, "test").questions] == ["a"]
    assert part_of(suite, "all") is suite
    assert part_of(suite, None) == part_of(suite, "test")
    assert part_of(suite.part("dev"), None) == suite.part("dev")  # too few questions for two parts
    with pytest.raises(SuiteError, match=r"“train”.*dev、test、all"):
        part_of(suite, "train")


def test_the_figures_are_printed_for_every_system(done):
    shown = done()
    assert "made" in shown
    assert "lexical" in shown
    assert "hybrid" in shown


def test_a_run_is_saved_and_compared_with_itself(done, tmp_path):
    done(run=tmp_path / "run.json")
    assert load_run(tmp_path / "run.json").info.systems == ("lexical", "hybrid")
    assert done(against=str(tmp_path / "run.json")) != done()


def test_two_systems_of_one_run_are_compared(done):
    assert systems_with(("hybrid",), "dense") == ("hybrid", "dense")
    assert systems_with(("hybrid",), "run.json") == ("hybrid",)
    assert done(("hybrid", "dense"), against="dense") != done(("hybrid", "dense"))


def test_a_system_is_not_compared_with_itself(done):
    with pytest.raises(QuestionError, match="dense"):
        done(("dense",), against="dense")


def test_a_run_that_is_not_there_is_told_before_anything_is_asked(done, engine, monkeypatch):
    monkeypatch.setattr(type(engine), "ask", None)
    with pytest.raises(PolicyError, match=r"gone\.json"):
        done(against="gone.json")


def test_files_are_written_where_wished(done, tmp_path):
    done(json=tmp_path / "all.json", trec=tmp_path / "trec", beir=tmp_path / "beir", report=tmp_path / "report")
    assert len(json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["suites"]) == 1
    assert {path.name for path in (tmp_path / "trec").iterdir()} == {"qrels.txt", "lexical.txt", "hybrid.txt"}
    assert [question.query_id for question in load_beir(tmp_path / "beir")[1].questions] == ["a"]
    assert {"report.md", "report.html"} <= {path.name for path in (tmp_path / "report").iterdir()}


def test_a_baseline_is_accepted_and_said(done, tmp_path, monkeypatch):
    monkeypatch.setattr(baseline, "BASELINES", tmp_path)
    monkeypatch.setattr(baseline.baseline_path, "__defaults__", (tmp_path,))
    assert "made/test" in done(accept=True)
    assert (tmp_path / "made.test.json").is_file()


@pytest.mark.parametrize("wish", [{"run": Path("x")}, {"against": "x"}, {"trec": Path("x")}, {"beir": Path("x")}])
def test_what_one_suite_alone_can_fulfil_is_refused_for_two(wish):
    check_wishes(1, Wishes(**wish))
    with pytest.raises(QuestionError, match=rf"--.*{next(iter(wish))}.*2 个"):
        check_wishes(2, Wishes(**wish))


def test_a_place_that_cannot_be_written_is_told(done, tmp_path):
    with pytest.raises(PolicyError, match="写不进"):
        done(json=tmp_path / "gone" / "all.json")
