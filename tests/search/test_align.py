from __future__ import annotations

from dataclasses import replace

import pytest
from clinics import COUNTRY, PROVINCE, write_clinics, write_corpus
from tiny_corpus import CITY, FakeEncoder, make_corpus

from corpus.errors import QuestionError
from indexer import IndexConfig, build_index
from search import open_engine
from search.compare.align import SIGNALS, Weigher, align, by_level, shipped
from search.compare.reviewed import Reviewed, add_reviewed
from search.fusion import FusionConfig
from search.retrieve import Retriever


def pairs(alignment):
    return [(match.clause_id, match.other_id) for match in alignment.matches]


def test_clauses_are_matched_by_what_they_rule_not_by_their_number(clinics):
    found = pairs(clinics.align(doc_ids=["country", "province"]))
    assert ("country/1/1", "province/1/1") in found  # training
    assert ("country/2/3", "province/2/2") in found  # allowances: （三） and （二）
    assert ("country/1/2", "province/2/2") not in found  # （二） both


def test_every_two_texts_are_held_against_each_other(clinics):
    found = pairs(clinics.align())
    assert {tuple(clause_id.partition("/")[0] for clause_id in pair) for pair in found} == {
        ("country", "province"),
        ("country", "city"),
        ("province", "city"),
    }


def test_what_has_no_counterpart_is_told_for_each_text(clinics):
    only = clinics.align(doc_ids=["country", "province"]).only
    assert only == {"country": ("country/1/2", "country/2/4"), "province": ()}


def test_signatures_and_covers_are_neither_matched_nor_missed(clinics):
    alignment = clinics.align()
    told = {clause_id for pair in pairs(alignment) for clause_id in pair} | set().union(*alignment.only.values())
    kinds = {clause.kind for document in clinics.documents() for clause in document.clauses if clause.clause_id in told}
    assert kinds == {"preface", "clause"}


def test_the_highest_text_is_the_base_unless_another_is_named(clinics):
    assert clinics.align().doc_ids == ("country", "province", "city")
    asked = clinics.align(base="city")
    assert (asked.base, asked.doc_ids) == ("city", ("city", "country", "province"))
    assert {one.partition("/")[0] for one, _ in pairs(asked)} == {"city", "country"}


def test_another_base_finds_the_same_pairs(clinics):
    found = [{frozenset(pair) for pair in pairs(clinics.align(base=base))} for base in ("country", "province", "city")]
    assert found[0] == found[1] == found[2]


def test_of_equal_level_the_earlier_text_comes_first_and_what_is_not_known_last(clinics):
    one = clinics.document("province")
    later = replace(one, doc_id="later", metadata=replace(one.metadata, date="2023-01-01"))
    undated = replace(one, doc_id="undated", metadata=replace(one.metadata, date=None))
    unknown = replace(one, doc_id="unknown", metadata=replace(one.metadata, level=None))
    assert [d.doc_id for d in by_level([unknown, undated, later, one])] == ["province", "later", "undated", "unknown"]


def test_matches_are_in_reading_order_the_best_of_a_clause_first(clinics):
    matches = clinics.align(base="city").matches
    places = {clause.clause_id: clause.start for document in clinics.documents() for clause in document.clauses}
    base = [(places[m.clause_id], -m.score) for m in matches if m.clause_id.startswith("city/")]
    assert base
    assert base == sorted(base)


@pytest.mark.parametrize(
    ("base", "doc_ids", "said"),
    [
        ("moon", (), "没有编号为 moon 的文件。现有：country、province、city"),
        (None, ("country", "moon"), "没有编号为 moon"),
        (None, ("country",), "至少要两份"),
        ("country", ("country",), "至少要两份"),
    ],
)
def test_what_cannot_be_aligned_is_told(clinics, base, doc_ids, said):
    with pytest.raises(QuestionError, match=said):
        clinics.align(base, doc_ids)


def test_what_people_reviewed_wins_over_what_is_computed(clinics):
    reviewed = (
        Reviewed("province/2/2", "country/1/2", "same"),  # whichever is named first
        Reviewed("country/1/1", "province/1/1", "different"),
        Reviewed("city/1/1", "moon/1", "same"),  # a text not asked for
    )
    alignment = align(clinics.index, clinics.retriever, reviewed, doc_ids=["country", "province"])
    assert [m for m in alignment.matches if m.is_reviewed] == [
        m for m in alignment.matches if (m.clause_id, m.other_id) == ("country/1/2", "province/2/2")
    ]
    assert len([m for m in alignment.matches if m.is_reviewed]) == 1
    assert ("country/1/1", "province/1/1") not in pairs(alignment)
    assert alignment.only == {"country": ("country/1/1", "country/2/4"), "province": ("province/1/1",)}


def test_a_reviewed_match_counts_at_once_and_survives_a_rebuild(tmp_path):
    folder = write_clinics(tmp_path)
    engine = open_engine(folder)
    add_reviewed(folder, engine.documents(), Reviewed("country/2/4", "city/1/1", "same", "都管人员去留"))
    for held in (engine, open_engine(folder, rebuild=True)):
        (match,) = [match for match in held.align().matches if match.is_reviewed]
        assert (match.clause_id, match.other_id) == ("country/2/4", "city/1/1")


def test_texts_of_other_matters_have_hardly_a_match(tmp_path):
    other = "关于河道采砂的通知\n\n一、许可\n\n（一）采砂应当申领许可证。\n\n（二）禁采期由水务部门公告。\n"
    engine = open_engine(write_corpus(tmp_path, {"country": COUNTRY, "river": other}))
    assert pairs(engine.align()) == []


def test_questions_that_people_ask_count_where_both_texts_have_them(tmp_path):
    write_corpus(tmp_path, {"country": COUNTRY, "province": PROVINCE})
    (tmp_path / "questions").mkdir()
    asked = "村医一个月补助多少钱\n每月能领几百\n"
    for name, rule in (("country", "每名乡村医生每月发放补助600元"), ("province", "每名乡村医生每月发放补助900元")):
        (tmp_path / "questions" / f"{name}.txt").write_text(f"> {rule}\n{asked}", encoding="utf-8")
    engine = open_engine(tmp_path)
    weighed = Weigher(engine.index, engine.retriever.phrasings).weigh("country", "province")
    asked = dict(zip(weighed.pairs, weighed.values["asked"], strict=True))
    phrased = {pair for pair, is_phrased in zip(weighed.pairs, weighed.phrased, strict=True) if is_phrased}
    assert phrased == {("country/2/3", "province/2/2")}
    assert asked["country/2/3", "province/2/2"] > 0.5
    # nobody wrote down what is asked of the training: it is told by its words
    assert asked["country/1/1", "province/1/1"] == 0
    assert {("country/2/3", "province/2/2"), ("country/1/1", "province/1/1")} <= set(pairs(engine.align()))


@pytest.mark.parametrize("kind", SIGNALS)
def test_the_shipped_model_weighs_every_signal_for_a_match(kind):
    model = shipped()[kind]
    assert len(model.weights) == len(SIGNALS[kind])
    assert all(weight > 0 for weight in model.weights)
    assert 0 < model.threshold < 1
    nothing, everything = model.scores([[0.0] * len(model.weights), [1.0] * len(model.weights)])
    assert nothing < model.threshold < everything


def test_a_text_is_matched_with_itself_clause_by_clause(tmp_path):
    index = build_index(make_corpus(tmp_path, one=CITY, other=CITY), IndexConfig(), FakeEncoder())
    found = pairs(align(index, Retriever(index, FusionConfig())))
    assert {(f"one/{n}", f"other/{n}") for n in (1, 2, 3)} <= set(found)


PENALTY = "违反前款规定，{}的，由主管部门责令改正，没收违法所得，处二万元以上二十万元以下罚款；情节严重的，吊销许可证。"
SEA = "拖网捕虾、盗采珊瑚、倾倒船油、炸鱼、毒鱼、私设定置网、冒用船名、关闭定位、涂改航志、私建码头、偷运海砂"
SCHOOL = "拖欠薪酬、超收学费、伪造学籍、泄露试题、体罚幼童、虚报课时、挪用餐费、擅改教材、隐瞒事故、雇佣黑车、炸鱼"


def statute(title, wrongs):
    articles = [f"第{n}条 {PENALTY.format(wrong)}" for n, wrong in enumerate(wrongs.split("、"), 1)]
    return "\n\n".join([title, *articles]) + "\n"


def test_boilerplate_of_long_statutes_is_no_match_of_all_with_all(tmp_path):
    texts = {"sea": statute("海洋条例", SEA), "school": statute("学校条例", SCHOOL)}
    found = {frozenset(pair) for pair in pairs(open_engine(write_corpus(tmp_path, texts)).align())}
    assert frozenset(("sea/4", "school/11")) in found
    assert len(found) <= 2 * 11  # each with its likest at most, not 11 × 11
