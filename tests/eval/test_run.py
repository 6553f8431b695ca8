from io import StringIO

import pytest
from rich.console import Console

from eval.model import Ranked
from eval.run import DEPTH, fingerprint, run_suite
from eval.run_file import save_run
from eval.suite import load_suite
from eval.systems import SYSTEMS, engines_for

NAMES = ("lexical", "dense", "hybrid")


@pytest.fixture
def suite(write_suite, line, made_corpus):
    folder = write_suite(
        line(question="山区学校每月加发多少"),
        line(id="q2", type="followup", history=["山区学校每月加发"], question="那停发呢"),
        line(id="q3", type="none", none="far", gold=[], question="怎么离婚"),
    )
    return load_suite(folder, made_corpus.documents)


def test_every_question_is_ranked_by_every_system_and_answered(suite, engine):
    run = run_suite(suite, engines_for(NAMES, engine))
    assert [outcome.query_id for outcome in run.outcomes] == ["q1", "q2", "q3"]
    for outcome in run.outcomes:
        assert tuple(outcome.rankings) == NAMES
        assert {said.doc_id for said in outcome.answer.documents} == {"town", "city"}


@pytest.mark.parametrize("system", NAMES)
def test_a_ranking_is_what_search_lists_for_what_ask_searched(suite, engine, system):
    run = run_suite(suite, engines_for(NAMES, engine))
    for question, outcome in zip(suite.questions, run.outcomes, strict=True):
        answer = engine.ask(question.text, history=question.history)
        hits = engine.search(answer.searched, DEPTH, answer.scope.doc_ids, system).hits
        assert outcome.rankings[system] == tuple(
            Ranked(hit.clause_id, hit.score, dict(hit.why.ranks)) for hit in hits
        )  # the shown ranks as well


def test_an_answer_is_kept_with_its_quotes(suite, engine):
    outcome = run_suite(suite, {"hybrid": engine}).outcomes[0]
    answer = engine.ask(suite.questions[0].text)
    town = next(said for said in outcome.answer.documents if said.doc_id == "town")
    assert (outcome.answer.status, town.status, town.clause_id) == (answer.status, "answered", "town/1")
    assert town.quotes
    assert all(quote.is_exact for quote in town.quotes)


def test_a_quote_that_is_not_in_the_text_is_told(suite, engine, monkeypatch):
    from search import evidence

    monkeypatch.setattr(evidence, "quote", lambda _, start, end: evidence.Quote("编的", start, end))
    outcome = run_suite(suite, {"hybrid": engine}).outcomes[0]
    quotes = [quote for said in outcome.answer.documents for quote in said.quotes]
    assert quotes
    assert not any(quote.is_exact for quote in quotes)


def test_passages_that_are_no_policy_text_are_only_ranked(suite, engine, monkeypatch):
    monkeypatch.setattr(type(engine), "ask", None)  # would fail if it were asked
    run = run_suite(suite, engines_for(NAMES, engine), asks=False)
    assert all(outcome.answer is None for outcome in run.outcomes)
    assert run.outcomes[0].rankings["hybrid"][0].clause_id == "town/1"


def test_two_runs_are_the_same_to_the_byte(suite, engine, tmp_path):
    for name in ("a", "b"):
        save_run(run_suite(suite, engines_for(tuple(SYSTEMS), engine)), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_run_says_what_gave_it(suite, engine):
    info = run_suite(suite.part("dev"), engines_for(NAMES, engine)).info
    assert (info.suite, info.split, info.systems) == ("made", "dev", NAMES)
    assert info.config["fusion.words"] == engine.fusion.words
    assert info.config["index.clause_heading"] == engine.index.config.clause_heading
    assert info.config["encoder"] == "fake"
    assert (info.threshold, info.document_threshold) == (0.5, 0.5)
    assert {"clauselens", "numpy", "jieba"} <= set(info.versions)


def test_the_whole_suite_is_told_from_its_parts(suite, engine):
    parts = {question.split for question in suite.questions}
    assert run_suite(suite, {"hybrid": engine}).info.split == ("all" if len(parts) > 1 else parts.pop())


def test_another_text_has_another_fingerprint(made_corpus):
    first, second = made_corpus.documents
    assert fingerprint([first, second]) == fingerprint((first, second))
    assert len({fingerprint([first]), fingerprint([second]), fingerprint([first, second])}) == 3


def test_progress_goes_to_a_terminal_alone(suite, engine):
    out = StringIO()
    run_suite(suite, {"hybrid": engine}, Console(file=out))
    assert out.getvalue() == ""
    run_suite(suite, {"hybrid": engine}, Console(file=out, force_terminal=True))
    assert "made" in out.getvalue()
