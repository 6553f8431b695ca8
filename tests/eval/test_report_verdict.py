from __future__ import annotations

from dataclasses import replace

import pytest
from made_report import CASES, FIRST, OTHER, gold, made_run, ranking, says

from eval.model import AnswerOutcome, Outcome, Question
from eval.report.verdict import gold_rank, main_system, verdict_of
from eval.report.words import VERDICTS

INFO = made_run()[1].info


def verdict(query_id):
    question, ranked, given = CASES[query_id]
    return verdict_of(question, Outcome(query_id, {"hybrid": ranking(*ranked)}, given), INFO)


@pytest.mark.parametrize("query_id", [*CASES])
def test_each_outcome_gets_its_verdict(query_id):
    assert verdict(query_id).kind == ("right" if query_id == "right_no" else query_id)


@pytest.mark.parametrize(
    ("query_id", "why"),
    [
        # where the right clause stands, also in the single retrievers
        ("wrong_clause", "city 给出 city/1；标准条文 city/2 排在第 2（词 2、字 3、义 7）。"),
        # below which threshold it fell
        ("needless_no", "把握 0.300，低于门槛 0.500。"),
        ("partly", "county 有规定，却说未规定（把握 0.200，低于门槛 0.250）。"),
        ("missed_no", "没有依据，却答了 city/1；把握 0.900，不低于门槛 0.500。"),
        ("wrong_no", "说成“未找到依据”，应当是“未收录”。"),
        ("wrong_quote", "county/1 的引文没有落在标准依据上。"),
    ],
)
def test_the_reason_is_said_in_words(query_id, why):
    assert why in verdict(query_id).why


def test_a_right_answer_needs_no_reason():
    assert verdict("right").why == ()


def test_a_silent_document_that_is_made_to_answer_is_a_fault():
    question, ranked, given = CASES["right"]
    loose = AnswerOutcome(given.status, given.confidence, "", (given.documents[0], says(OTHER)))
    found = verdict_of(question, Outcome("right", {"hybrid": ranking(*ranked)}, loose), INFO)
    assert found.kind == "partly"
    assert found.why == ("county 未规定，却给出 county/1（把握 0.800，不低于门槛 0.250）。",)


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ((FIRST,), "right"),
        (("a/1", FIRST), "low"),
        ((*(f"a/{i}" for i in range(10)), FIRST), "not_found"),  # eleventh
        ((), "not_found"),
    ],
)
def test_rankings_alone_are_judged_by_the_rank_of_the_right_clause(found, kind):
    question = Question("q", "single", "问", gold=(gold(FIRST),))
    assert verdict_of(question, Outcome("q", {"hybrid": ranking(*found)}), INFO).kind == kind


def test_a_supporting_clause_is_no_right_one_unless_judged_so():
    question = Question("q", "single", "问", gold=(gold(FIRST, 1),))
    assert gold_rank(question, ranking(FIRST)) is None
    assert gold_rank(question, ranking(FIRST), grade=1) == 1


def test_the_main_system_is_the_hybrid_or_the_last():
    assert main_system(INFO) == "hybrid"
    assert main_system(replace(INFO, systems=("hybrid", "dense"))) == "hybrid"
    assert main_system(replace(INFO, systems=("lexical", "dense"))) == "dense"


def test_every_verdict_has_a_name():
    assert {verdict(query_id).kind for query_id in CASES} | {"low", "not_found"} == set(VERDICTS)
