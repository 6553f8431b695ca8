"""A made suite of every kind of question and a run with every kind of outcome, for tests of reports."""

from __future__ import annotations

from pathlib import Path

from tiny_corpus import make_corpus

from eval.against import compare_runs
from eval.measures import measure
from eval.model import (
    AnswerOutcome,
    DocumentOutcome,
    GivenQuote,
    Gold,
    Outcome,
    Question,
    Ranked,
    Run,
    RunInfo,
    Suite,
)
from eval.report import write_report

EVIL = '<script>window.pwned=1</script><img src=x onerror="window.pwned=1">'
FIRST, SECOND, THIRD, OTHER = "city/1", "city/2", "city/3", "county/1"
QUOTE = (5, 13)


def gold(clause_id, grade=2):
    return Gold(clause_id.split("/")[0], clause_id, "发放乡镇工作补贴", *QUOTE, grade)


def says(clause_id, at=QUOTE, confidence=0.8):
    quote = GivenQuote(*at, "发放乡镇工作补贴", is_exact=True)
    return DocumentOutcome(clause_id.split("/")[0], "answered", confidence, clause_id, (quote,))


def silent(doc_id, confidence=0.1):
    return DocumentOutcome(doc_id, "silent", confidence)


def answer(status, confidence, *documents):
    return AnswerOutcome(status, confidence, "", documents)


def ranking(*clause_ids):
    return tuple(
        Ranked(c, 1 / rank, {"words": rank, "chars": rank + 1, "dense": 7}) for rank, c in enumerate(clause_ids, 1)
    )


ALL = (FIRST, SECOND, THIRD, OTHER)
# query_id → (question, main ranking, answer)
CASES = {
    "right": (
        Question("right", "single", "补贴多少", gold=(gold(FIRST),), silent=("county",)),
        ALL,
        answer("answered", 0.8, says(FIRST), silent("county")),
    ),
    "wrong_clause": (
        Question("wrong_clause", "single", f"怎么提工资{EVIL}", gold=(gold(SECOND),)),
        ALL,
        answer("answered", 0.8, says(FIRST)),
    ),
    "wrong_quote": (
        Question("wrong_quote", "followup", "那县里呢", history=("补贴多少", EVIL), gold=(gold(OTHER),)),
        (OTHER, FIRST),
        answer("answered", 0.7, says(OTHER, (40, 48))),
    ),
    "partly": (
        Question("partly", "multi", "都怎么说", gold=(gold(FIRST), gold(OTHER))),
        ALL,
        answer("answered", 0.6, says(FIRST), silent("county", 0.2)),
    ),
    "needless_no": (
        Question("needless_no", "single", "学历", gold=(gold(THIRD), gold(FIRST, 1))),
        (FIRST, THIRD),
        answer("no_basis", 0.3, silent("city", 0.3)),
    ),
    "missed_no": (
        Question("missed_no", "none", "补贴几号发", none="near"),
        ALL,
        answer("answered", 0.9, says(FIRST)),
    ),
    "wrong_no": (
        Question("wrong_no", "none", "成都呢", none="elsewhere"),
        ALL,
        answer("no_basis", 0.1, silent("city")),
    ),
    "right_no": (Question("right_no", "none", "离婚", none="far"), (), answer("no_basis", 0.0, silent("city", 0.0))),
}


def made_run():
    """(suite, run): systems `lexical`, which sees each ranking backwards, and `hybrid`."""
    suite = Suite("made", f"自编{EVIL}", "zh", "city、county", "评测自身", "CC0-1.0", "编造", ())
    suite = Suite(
        suite.name, suite.title, "zh", suite.corpus, suite.tests, suite.licence, suite.provenance,
        tuple(question for question, _, _ in CASES.values()),
    )  # fmt: skip
    outcomes = tuple(
        Outcome(query_id, {"lexical": ranking(*ranked[::-1]), "hybrid": ranking(*ranked)}, given)
        for query_id, (_, ranked, given) in CASES.items()
    )
    info = RunInfo("made", "test", ("lexical", "hybrid"), "c0ffee", {"fusion.words": 0.1}, {"numpy": "2.0"}, 0.5, 0.25)
    return suite, Run(info, outcomes)


def rankings_alone():
    """The same without answers, as a BEIR folder gives."""
    suite, run = made_run()
    return suite, Run(run.info, tuple(Outcome(o.query_id, o.rankings) for o in run.outcomes))


def write_made(folder, made=None, **more):
    """Write the report of the made run, compared and with clauses; gives both paths."""
    suite, run = made or made_run()
    corpus = make_corpus(Path())
    comparison = compare_runs(suite, run, "lexical", run, "hybrid")
    return write_report(suite, run, measure(suite, run), folder, comparison, **({"documents": corpus.documents} | more))
