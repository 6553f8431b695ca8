import ir_measures
import pytest
from ir_measures import RR, nDCG
from made_runs import gold, none, outcome, question, run, suite

from corpus.errors import SuiteError
from eval.measures import per_question
from eval.trec import read_qrels, read_run, write_all, write_qrels, write_run

SUITE = suite(
    question("q1", gold("town/1"), gold("city/2", 1)),
    question("q2", gold("city/1"), gold("city/1", 1)),
    question("q3", gold("town/2")),
    none("q4", "far"),
)
RUN = run(
    outcome("q1", "city/2", "town/1", "city/1", scores=(0.5, 0.5, 0.5)),  # equal scores: the order still counts
    outcome("q2", "town/1", "town/2", "city/1"),
    outcome("q3"),  # nothing found
    outcome("q4", "town/1"),
)


@pytest.fixture
def written(tmp_path):
    write_all(SUITE, RUN, tmp_path)
    return tmp_path


def test_other_programs_get_our_figures_from_the_files(written):
    qrels = list(ir_measures.read_trec_qrels(str(written / "qrels.txt")))
    ranked = list(ir_measures.read_trec_run(str(written / "hybrid.txt")))
    measures = {nDCG @ 10: "nDCG@10", RR(rel=2): "RR"}  # a clause of grade 1 does not answer
    theirs = {(m.query_id, measures[m.measure]): m.value for m in ir_measures.iter_calc(list(measures), qrels, ranked)}
    ours = per_question(SUITE, RUN, "hybrid")
    for name in measures.values():
        held = {query_id: theirs[query_id, name] for query_id in ("q1", "q2", "q3")}
        assert held == pytest.approx({query_id: ours[name][query_id] for query_id in held})
        assert len(set(held.values())) > 1


def test_judgments_are_written_once_a_clause_with_their_highest_grade(written):
    assert (written / "qrels.txt").read_text().splitlines() == [
        "q1 0 town/1 2",
        "q1 0 city/2 1",
        "q2 0 city/1 2",
        "q3 0 town/2 2",
    ]
    assert read_qrels(written / "qrels.txt")["q1"] == {"town/1": 2, "city/2": 1}


def test_a_ranking_is_read_as_it_was_written(written):
    held = read_run(written / "hybrid.txt")
    for each in RUN.outcomes:
        ranked = tuple(r.clause_id for r in held.get(each.query_id, ()))
        assert ranked == tuple(r.clause_id for r in each.rankings["hybrid"])


def test_another_program_s_run_is_read_by_score_and_equal_ones_as_trec_eval_does(tmp_path):
    path = tmp_path / "run"
    path.write_text("q Q0 a 1 0.5 x\nq Q0 c 2 0.5 x\n\nq\tQ0\tb\t3\t1e1\tx\n")
    assert [ranked.clause_id for ranked in read_run(path)["q"]] == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("read", "content", "said"),
    [
        (read_run, "q Q0 a 1 0.5\n", "5 栏"),  # no system
        (read_run, "q Q0 a 1 best x\n", "best"),  # a score that is no number
        (read_run, "q Q0 a 1 2 x\nq Q0 a 2 1 x\n", "重复"),  # a clause ranked twice
        (read_qrels, "q 0 a good\n", "good"),  # a grade that is no number
        (read_qrels, "q a 1\n", "3 栏"),  # BEIR's columns
    ],
)
def test_a_line_that_does_not_fit_is_named(tmp_path, read, content, said):
    path = tmp_path / "file"
    path.write_text(content)
    with pytest.raises(SuiteError, match=rf"第 \d 行.*{said}"):
        read(path)


def test_an_id_with_a_blank_cannot_be_written(tmp_path):
    with pytest.raises(SuiteError, match="空白"):
        write_qrels(suite(question("q 1", gold("town/1"))), tmp_path / "qrels")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SuiteError, match="写不进去"):
        write_run(RUN, "hybrid", tmp_path / "file" / "run")
