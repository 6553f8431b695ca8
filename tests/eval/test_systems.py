import numpy as np
import pytest

from corpus.errors import QuestionError
from corpus.phrasings import Phrasing
from eval.run import run_suite
from eval.suite import load_suite
from eval.systems import DEFAULT, SYSTEMS, engines_for, system_names
from search.engine import Engine
from search.ranking import best_places

ONE = "山区学校每月加发多少"


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("lexical,dense", ("lexical", "dense")),
        (" hybrid , hybrid-words,hybrid", ("hybrid", "hybrid-words")),  # blanks, and one given twice
        ("all", tuple(SYSTEMS)),
    ],
)
def test_systems_are_named_in_a_list(listed, names):
    assert system_names(listed) == names


@pytest.mark.parametrize(("listed", "said"), [("magic,dense", "magic"), (",", "空"), ("all,magic", "all、magic")])
def test_an_unknown_system_names_those_there_are(listed, said):
    with pytest.raises(QuestionError, match=rf"{said}.*hybrid-headings"):
        system_names(listed)


def test_every_part_of_the_fusion_can_be_switched_off():
    assert set(DEFAULT) < set(SYSTEMS)
    off = {field for system in SYSTEMS.values() for field, value in system.fusion.items() if value == 0}
    assert off == {"words", "chars", "dense", "phrasing", "expansion", "sentence"}


def test_an_index_is_built_only_where_a_part_is_in_it(engine):
    engines = engines_for(tuple(SYSTEMS), engine)
    others = {name for name, held in engines.items() if held is not engine}
    assert others == {"bm25", "hybrid-headings"}
    config = engines["hybrid-headings"].index.config
    assert (config.clause_heading, config.sentence_trail, config.passage_trail) == (0, 0, False)
    assert (config.k1, config.sentence_text) == (engine.index.config.k1, engine.index.config.sentence_text)


@pytest.fixture
def ranked(write_suite, line, made_corpus, engine):
    """Scores by clause id of a question, for each system."""

    def rank(question, history=()):
        kind = "followup" if history else "single"
        folder = write_suite(line(type=kind, question=question, history=list(history) or None))
        suite = load_suite(folder, made_corpus.documents)
        run = run_suite(suite, engines_for(tuple(SYSTEMS), engine))
        (outcome,) = run.outcomes
        return {name: {r.clause_id: r.score for r in ranking} for name, ranking in outcome.rankings.items()}

    return rank


@pytest.mark.parametrize("part", ["chars", "dense", "sentences", "question-words"])
def test_switching_a_part_off_changes_the_scores(ranked, part):
    scores = ranked("请问山区学校每月加发多少钱呢")
    assert scores[f"hybrid-{part}"] != scores["hybrid"]


def test_the_scope_switched_off_ranks_other_documents_too(ranked):
    scores = ranked("《town》和town 的山区学校每月加发多少")
    assert set(scores["hybrid"]) <= set(scores["hybrid-scope"])


def test_the_history_switched_off_searches_the_question_alone(ranked):
    scores = ranked("那停发呢", ["山区学校每月加发多少"])
    assert scores["hybrid-history"] == ranked("那停发呢")["hybrid"] != scores["hybrid"]


def test_phrasings_count_in_every_hybrid_but_the_one_without(engine, write_suite, line, made_corpus):
    town = made_corpus.by_id["town"].clauses[1]
    phrasing = Phrasing("town", town.clause_id, town.start, town.end, "走了还发不发", is_apart=False)
    engine = Engine(engine.index, engine.config, engine.decision, (phrasing,))
    suite = load_suite(write_suite(line(question="走了还发不发")), made_corpus.documents)
    (outcome,) = run_suite(suite, engines_for(tuple(SYSTEMS), engine)).outcomes
    scores = {name: {r.clause_id: r.score for r in ranked} for name, ranked in outcome.rankings.items()}
    for name in SYSTEMS:
        if name.startswith("hybrid"):
            assert (scores[name].get("town/2", 0) > 0.1) == (name != "hybrid-phrasing"), name


def test_only_the_first_clauses_say_their_ranks_in_each_retriever(engine, write_suite, line, made_corpus):
    suite = load_suite(write_suite(line(question=ONE)), made_corpus.documents)
    best = run_suite(suite, {"hybrid": engine}).outcomes[0].rankings["hybrid"][0]
    assert best.ranks == {"chars": 1, "dense": 1}  # it has no phrasings, and words count for nothing


@pytest.mark.parametrize("count", [1, 3, 4, 5, 6, 9])
def test_the_best_scores_are_those_of_a_whole_stable_sort(count):
    scores = np.array([0.1, 0.5, 0.5, 0.9, 0.5, 0.0], np.float32)
    assert best_places(scores, count).tolist() == np.argsort(-scores, kind="stable")[:count].tolist()
