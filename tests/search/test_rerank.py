from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from clinics import TEXTS, write_clinics
from tiny_reranker import write_reranker

from indexer.reranker import load_reranker
from search import Engine, EngineConfig, open_engine
from search.rerank import RerankConfig

QUESTION = "乡村医生每月发放补助多少"


class FakeReranker:
    """Gives a passage the points of the words in it; notes what it was asked to read."""

    name = "fake"

    def __init__(self, **points):
        self.points = points
        self.read = []

    def scores(self, question, passages, progress=None):
        self.read.append((question, tuple(passages)))
        given = [sum(points for word, points in self.points.items() if word in passage) for passage in passages]
        return np.asarray(given, np.float32)


def with_reranker(engine, reranker, **config):
    settings = EngineConfig(rerank=RerankConfig(**config))
    return Engine(engine.index, settings, engine.decision, expander=engine.retriever.expander, reranker=reranker)


def ids(hits):
    return [hit.clause_id for hit in hits]


@pytest.fixture(scope="session")
def tiny_reranker(tmp_path_factory):
    """Path of a real one, with random weights."""
    return write_reranker(tmp_path_factory.mktemp("reranker") / "tiny", "".join(TEXTS.values()))


# A real one, loaded by path


@pytest.fixture(scope="module")
def reranking(tmp_path_factory, tiny_reranker):
    return open_engine(write_clinics(tmp_path_factory.mktemp("corpus")), reranker=str(tiny_reranker))


def test_a_cross_encoder_changes_the_order_by_its_scores(clinics, reranking, tiny_reranker):
    plain, hits = clinics.search(QUESTION, k=50).hits, reranking.search(QUESTION, k=50).hits
    assert set(ids(hits)) == set(ids(plain))
    assert ids(hits) != ids(plain)
    told = {dict(hit.why.ranks)["rerank"]: dict(hit.why.scores)["rerank"] for hit in hits}
    assert sorted(told) == list(range(1, len(hits) + 1))
    assert [told[rank] for rank in sorted(told)] == sorted(told.values(), reverse=True)
    [hit] = [hit for hit in hits if hit.clause_id == "country/2/3"]
    read = (hit.trail[0], hit.heading, hit.why.sentence.text, hit.text.removeprefix(f"{hit.trail[0]}\n"))
    score = load_reranker(str(tiny_reranker)).scores(QUESTION, ["\n".join(read)])[0]
    assert dict(hit.why.scores)["rerank"] == pytest.approx(score, abs=1e-3)


def test_quotes_stay_verbatim(reranking):
    answer = reranking.ask(QUESTION)
    quotes = [(each.doc_id, quote) for each in answer.answers for quote in each.quotes]
    quotes += [(hit.doc_id, hit.why.sentence) for hit in answer.hits]
    assert any(each.quotes for each in answer.answers)
    for doc_id, quote in quotes:
        assert reranking.document(doc_id).text[quote.start : quote.end] == quote.text


def test_several_threads_get_what_one_gets(reranking):
    questions = [QUESTION, "每次轮岗不超过几个月", "培训多少学时", "年满60周岁"] * 4
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda question: ids(reranking.search(question).hits), questions))
    assert together == [ids(reranking.search(question).hits) for question in questions]


# What is not on this machine


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"reranker": "clauselens-tests/none"}, ("未找到重排模型“clauselens-tests/none”", "本次不重排")),
        ({"model": "clauselens-tests/none"}, ("未找到模型“clauselens-tests/none”", "本次改用内置模型")),
    ],
)
def test_an_absent_model_is_told_and_the_answer_still_comes(clinics, tmp_path, caplog, options, told):
    engine = open_engine(write_clinics(tmp_path), **options)
    [message] = caplog.messages
    assert all(part in message for part in told)
    assert engine.index.encoder.name == "built-in"
    assert engine.ask(QUESTION).answers == clinics.ask(QUESTION).answers
    assert engine.search(QUESTION).hits == clinics.search(QUESTION).hits


# How its scores are mixed in


def test_the_clause_that_it_prefers_rises(clinics):
    plain = clinics.search(QUESTION, k=50).hits
    [low] = [hit for hit in plain if hit.clause_id == "city/1/2"]
    hits = with_reranker(clinics, FakeReranker(轮岗=1.0)).search(QUESTION, k=50).hits
    [now] = [hit for hit in hits if hit.clause_id == "city/1/2"]
    assert now.rank < low.rank
    assert now.score > low.score
    assert dict(now.why.scores)["rerank"] == 1
    assert dict(now.why.ranks)["rerank"] == 1
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_share_of_none_leaves_the_order_and_one_of_all_is_its_own(clinics):
    reranker = FakeReranker(轮岗=4.0, 学时=3.0, 合同=2.0)
    plain = clinics.search(QUESTION, k=50).hits
    kept = with_reranker(clinics, reranker, share=0.0).search(QUESTION, k=50).hits
    assert [(hit.clause_id, hit.score) for hit in kept] == [
        (hit.clause_id, pytest.approx(hit.score, abs=1e-5)) for hit in plain
    ]
    own = with_reranker(clinics, reranker, share=1.0).search(QUESTION, k=50).hits
    assert ids(own)[0] == "city/1/2"
    assert {"country/1/1", "province/1/1"} == set(ids(own)[1:3])
    assert [dict(hit.why.ranks)["rerank"] for hit in own[:5]] == [1, 2, 2, 4, 5]


def test_only_the_best_few_are_read_and_none_falls_behind_the_rest(clinics):
    reranker = FakeReranker(补助=-1.0)
    plain = ids(clinics.search(QUESTION, k=50).hits)
    hits = with_reranker(clinics, reranker, depth=3).search(QUESTION, k=50).hits
    [(question, passages)] = reranker.read
    assert (question, len(passages)) == (QUESTION, 3)
    assert set(ids(hits)[:3]) == set(plain[:3])
    assert ids(hits)[3:] == plain[3:]
    assert ["rerank" in dict(hit.why.scores) for hit in hits[:5]] == [True, True, True, False, False]
    assert all(dict(hit.why.scores).keys() == dict(hit.why.ranks).keys() for hit in hits)


def test_twenty_are_read_unless_said_otherwise():
    assert (RerankConfig().depth, RerankConfig().share) == (20, 0.5)
    assert EngineConfig().rerank == RerankConfig()


def test_it_reads_headings_and_the_best_sentence_in_front_of_the_clause(clinics):
    reranker = FakeReranker()
    with_reranker(clinics, reranker).search("工作满6年每月增加多少")
    [(_, passages)] = reranker.read
    [passage] = [passage for passage in passages if "满6年" in passage]
    chapter, heading, sentence, *clause = passage.splitlines()
    assert chapter == "二、收入待遇"
    assert heading == "发放基本补助"
    assert sentence == "在村卫生室工作满6年的，每月增加100元。"
    assert "".join(clause).startswith("（三）发放基本补助。")
    assert "".join(clause).endswith(sentence)


def test_it_reads_the_documents_in_scope_alone_and_the_question_without_their_names(clinics):
    reranker = FakeReranker()
    engine = with_reranker(clinics, reranker)
    answer = engine.ask("四川每月发放补助多少")
    engine.search(QUESTION, doc_ids=["city"])
    (asked, of_province), (_, of_city) = reranker.read
    assert asked == answer.searched
    assert "四川" not in asked
    held = [clause.body_text for clause in clinics.document("province").clauses]
    assert all(any(passage.endswith(text) for text in held) for passage in of_province)
    held = [clause.body_text for clause in clinics.document("city").clauses]
    assert all(any(passage.endswith(text) for text in held) for passage in of_city)


def test_the_clause_of_an_answer_is_chosen_with_it(clinics):
    engine = with_reranker(clinics, FakeReranker(满6年=1.0, 一半=3.0), share=0.9)
    [plain] = clinics.ask("补助", doc_ids=["country"]).answers
    [answer] = engine.ask("补助", doc_ids=["country"]).answers
    assert (plain.clause.clause_id, answer.clause.clause_id) == ("country/2/3", "country/1/2")
    assert dict(answer.clause.why.scores)["rerank"] == 3
    assert all(quote.text in answer.clause.text for quote in answer.quotes)


@pytest.mark.parametrize("system", ["lexical", "dense"])
def test_a_single_way_of_searching_is_left_as_it_is(clinics, system):
    reranker = FakeReranker(轮岗=1.0)
    hits = with_reranker(clinics, reranker).search(QUESTION, system=system).hits
    assert hits == clinics.search(QUESTION, system=system).hits
    assert not reranker.read


def test_where_nothing_is_found_nothing_is_read(clinics):
    reranker = FakeReranker()
    assert with_reranker(clinics, reranker).search("ქართული").hits == ()
    assert not reranker.read


def test_clauses_it_finds_alike_stay_as_they_were(clinics):
    answer = with_reranker(clinics, FakeReranker()).ask(QUESTION)
    assert ids(answer.hits) == ids(clinics.ask(QUESTION).hits)


def test_what_is_fused_otherwise_is_not_reranked(clinics):
    engine = with_reranker(clinics, FakeReranker(轮岗=1.0))
    _, found = engine.find(QUESTION)
    _, plain = clinics.find(QUESTION)
    other = replace(engine.fusion, dense=0.5)
    assert not np.array_equal(found.fused("hybrid"), plain.fused("hybrid"))
    assert np.array_equal(found.with_config(other).fused("hybrid"), plain.with_config(other).fused("hybrid"))
