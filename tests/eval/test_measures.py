import json
from io import StringIO

import pytest
from rich.console import Console

from corpus.errors import SuiteError
from eval import as_json, measure, print_report, run_suites
from eval.measures import Share

GOLD = {"doc": "town", "quote": "每月加发三百元", "grade": 2}
PAID = {"doc": "city", "quote": "由单位承担", "grade": 2}


@pytest.fixture
def run(write_suite, line, fake_engine):
    """A run of five questions: two answered, one wrongly refused, one rightly refused, one wrongly answered."""
    folder = write_suite(
        line(id="right"),
        line(id="both", type="multi", question="钱谁出", gold=[GOLD, PAID], silent=[]),
        line(id="needless", type="followup", history=["山里"], question="停发呢", silent=["city"]),
        line(
            id="far", type="none", question="怎么离婚", gold=[], none="far", silent=["town", "city"], expect="no_basis"
        ),
        line(id="near", type="none", question="几号发", gold=[], none="near", silent=["town"], expect="silent"),
    )
    fake_engine.known = {
        "山里老师多拿多少": (
            "answered",
            {"town": ("town/1", "山区学校每月加发三百元。"), "city": None},
            ("town/1", "city/1", "city/2", "town/2"),
        ),
        "钱谁出": (
            "answered",
            {"town": ("town/2", "调离的次月停发。"), "city": ("city/2", "由单位承担。")},
            ("town/2", "city/2", "town/1"),
        ),
        "山里停发呢": ("silent", {"town": None, "city": None}, ()),
        "几号发": ("answered", {"town": ("town/1", "每月加发三百元。")}, ("town/1",)),
    }
    (suite_run,) = run_suites([str(folder)], "dev", ("hybrid", "lexical"), fake_engine)
    return suite_run


def test_rankings_are_measured_and_a_question_without_hits_counts_as_zero(run):
    hybrid, lexical = measure(run).retrieval
    assert (hybrid.system, hybrid.questions) == ("hybrid", 3)
    assert hybrid.hit_at_1 == pytest.approx(1 / 3)  # "right" alone
    assert hybrid.hit_at_3 == pytest.approx(2 / 3)
    assert hybrid.mrr == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert lexical.hit_at_1 == pytest.approx(1 / 3)  # "both", backwards
    assert lexical.hit_at_3 == pytest.approx(1 / 3)
    assert lexical.mrr == pytest.approx((1 / 4 + 1 + 0) / 3)


def test_noes_are_counted_by_kind_and_needless_ones_apart(run):
    answers = measure(run).answers
    assert answers.right_no == Share(1, 2)
    assert dict(answers.right_no_by_kind) == {"far": Share(1, 1), "near": Share(0, 1), "elsewhere": Share(0, 0)}
    assert answers.named_no == Share(1, 2)
    assert answers.needless_no == Share(1, 3)


def test_documents_are_judged_one_by_one(run):
    answers = measure(run).answers
    assert answers.document_answered == Share(3, 4)  # not town of "needless"
    assert answers.document_clause == Share(2, 4)  # nor town of "both", answered from another clause
    assert answers.quoted == Share(2, 4)
    assert answers.document_silent == Share(4, 5)  # not town of "near"


def test_a_quote_that_lacks_a_gold_word_does_not_count(write_suite, line, fake_engine):
    said = {"town": ("town/1", "每月加发三百")}
    fake_engine.known = {"山里老师多拿多少": ("answered", said, ("town/1",))}
    (run,) = run_suites([str(write_suite(line()))], "dev", ("hybrid",), fake_engine)
    assert measure(run).answers.quoted == Share(0, 1)


def test_grade_1_counts_for_retrieval_but_leaves_its_document_unjudged(write_suite, line, fake_engine):
    support = {"doc": "city", "quote": "每两年选派一次", "grade": 1}
    fake_engine.known = {"山里老师多拿多少": ("no_basis", {"town": None, "city": None}, ("city/1",))}
    folder = write_suite(line(gold=[GOLD, support], silent=[]))
    (run,) = run_suites([str(folder)], "dev", ("hybrid",), fake_engine)
    figures = measure(run)
    assert figures.retrieval[0].hit_at_1 == 1
    assert figures.answers.document_answered.total == 1
    assert figures.answers.document_silent.total == 0


def test_a_suite_of_noes_alone_has_no_retrieval_figures_above_zero(write_suite, line, fake_engine):
    folder = write_suite(line(type="none", none="far", gold=[]))
    (run,) = run_suites([str(folder)], "dev", ("hybrid",), fake_engine)
    figures = measure(run)
    assert (figures.retrieval[0].questions, figures.retrieval[0].mrr) == (0, 0)
    assert figures.answers.needless_no.value is None


def test_a_bad_suite_stops_the_run_before_the_first_question(write_suite, line, fake_engine):
    fake_engine.ask = None  # would fail if it were asked
    good = str(write_suite(line()))
    with pytest.raises(SuiteError):
        run_suites([good, "no-such-suite"], "dev", ("hybrid",), fake_engine)


def test_the_tables_show_the_figures(run):
    out = StringIO()
    print_report([run], Console(file=out, width=120))
    shown = out.getvalue()
    assert "hybrid" in shown
    assert "0.333" in shown
    assert "1/2" in shown
    assert "—" in shown  # nothing of kind elsewhere


def test_json_holds_every_question_with_its_ranks_and_verdicts(run):
    (suite,) = json.loads(json.dumps(as_json([run])))["suites"]
    assert suite["retrieval"]["hybrid"]["mrr"] == pytest.approx(0.5)
    assert suite["answers"]["needless_no"] == {"value": pytest.approx(1 / 3), "count": 1, "total": 3}
    both = suite["questions"][1]
    assert both["gold"] == ["town/1", "city/2"]
    assert both["systems"]["hybrid"] == {"rank": 2, "top": ["town/2", "city/2", "town/1"]}
    assert both["documents"]["city"] == {"status": "answered", "clause_id": "city/2"}
    assert [question["right_status"] for question in suite["questions"]] == [True, True, False, True, False]


def test_the_same_run_gives_the_same_json(run, fake_engine):
    (again,) = run_suites([str(run.suite.path.parent)], "dev", run.systems, fake_engine)
    assert json.dumps(as_json([again])) == json.dumps(as_json([run]))
