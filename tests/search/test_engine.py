from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from clinics import CITY, COUNTRY, MANIFEST, PROVINCE, TEXTS, write_clinics, write_corpus
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError, ManifestError, PolicyError, QuestionError, SourceError
from search import Engine, open_engine
from search.decide import Decisions

ALL = {"country", "province", "city"}


def by_document(answer):
    return {each.doc_id: each for each in answer.answers}


def untimed(value):
    return replace(value, took_ms=0.0)


# The answer and the three kinds of "no"


def test_each_document_in_scope_answers_with_its_own_rule(clinics):
    answer = clinics.ask("乡村医生每年参加培训多少学时")
    said = by_document(answer)
    assert answer.status == "answered"
    assert set(said) == ALL
    assert said["country"].clause.clause_id == "country/1/1"
    assert said["country"].quotes[0].text.startswith("乡村医生每年参加培训不少于80学时")
    assert said["province"].clause.clause_id == "province/1/1"
    assert "120学时" in said["province"].quotes[0].text
    assert (said["city"].status, said["city"].clause, said["city"].quotes) == ("silent", None, ())
    assert "绵阳" in answer.notice
    assert "没有找到" in answer.notice


def test_the_limit_of_a_rule_is_quoted_with_it(clinics):
    [quote] = by_document(clinics.ask("国家规定每年参加培训多少学时"))["country"].quotes
    assert quote.text.endswith("但因病不能参加的，可以顺延一年。")


NOES = [
    ("怎么给护照换照片", "no_basis", "未找到依据"),
    ("绵阳怎么给护照换照片", "silent", "未规定"),
    ("济南怎么给护照换照片", "not_held", "未收录"),
]


@pytest.mark.parametrize(("question", "status", "said"), NOES)
def test_the_three_noes_are_told_apart_and_named(clinics, question, status, said):
    answer = clinics.ask(question)
    assert answer.status == status
    assert answer.notice.startswith(f"{said}：")
    assert sum(kind in answer.notice for kind in ("未找到依据", "未规定：", "未收录")) == 1
    assert all(each.status == "silent" and each.clause is None and not each.quotes for each in answer.answers)
    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))


def test_silence_names_the_document_asked(clinics):
    assert "绵阳" in clinics.ask("绵阳怎么给护照换照片").notice


def test_a_place_not_held_is_named_and_the_national_rule_shown_as_such(clinics):
    answer = clinics.ask("济南的乡村医生每年参加培训多少学时")
    assert answer.status == "not_held"
    assert "济南" in answer.notice
    assert "以当地为准" in answer.notice
    assert [each.doc_id for each in answer.answers] == ["country"]
    assert answer.answers[0].quotes[0].text.startswith("乡村医生每年参加培训不少于80学时")


def test_without_a_national_rule_nothing_is_said_to_hold_there(tmp_path):
    engine = open_engine(write_corpus(tmp_path, {"city": CITY}))
    answer = engine.ask("济南的乡村医生轮岗每次多久")
    assert answer.status == "not_held"
    assert "只供参考" in answer.notice


def test_every_document_chosen_has_an_entry_in_the_answer(clinics):
    answer = clinics.ask("每月发放补助多少", doc_ids=["city", "province"])
    assert set(by_document(answer)) == {"city", "province"}
    assert answer.answers[-1].status == "silent"
    assert {hit.doc_id for hit in answer.hits} <= {"city", "province"}


def test_a_document_chosen_does_not_answer_for_a_place_that_is_not_held(clinics):
    answer = clinics.ask("济南每月发放补助多少", doc_ids=["province"])
    assert answer.status == "not_held"
    assert answer.scope.not_held == ("济南",)
    assert set(by_document(answer)) == {"province"}


def test_a_document_chosen_does_not_answer_for_a_place_whose_own_is_held(clinics):
    answer = clinics.ask("四川每月发放补助多少", doc_ids=["country"])
    assert (answer.status, answer.scope.aside, answer.scope.elsewhere) == ("not_held", ("四川",), ("province",))
    assert "您问的是四川，但只在国家里找" in answer.notice
    assert {hit.doc_id for hit in answer.hits} == {"country"}


def test_a_document_chosen_answers_where_it_is_named_beside_another(clinics):
    answer = clinics.ask("四川和国家卫生健康委的文件，每月发放补助多少", doc_ids=["country"])
    assert (answer.status, answer.scope.elsewhere) == ("answered", ("province",))
    assert "您还问了四川" in answer.notice


def test_a_text_is_not_called_silent_on_what_is_asked_in_another_language(clinics):
    answer = clinics.ask("May my passport be renewed?", doc_ids=["city"])
    assert answer.status == "no_basis"
    assert "ask in Chinese" in answer.notice


def test_suggestions_below_a_no_are_provisions(clinics):
    answer = clinics.ask("怎么给护照换照片")
    assert answer.hits
    assert {clinics.clause(hit.clause_id).kind for hit in answer.hits} == {"clause"}


@pytest.mark.parametrize(
    ("question", "status"),
    [("每月发放补助多少", "no_basis"), ("四川每月发放补助多少", "silent"), ("济南每月发放补助多少", "not_held")],
)
def test_where_it_is_not_sure_enough_no_document_answers(clinics, question, status):
    # A clause fits well enough for one document among several, but not for an answer.
    never = replace(clinics.decision.plain, threshold=1.0, document_threshold=0.0)
    strict = Decisions(plain=never, phrased=never)
    answer = Engine(clinics.index, decision=strict).ask(question)
    assert answer.status == status
    assert all((each.status, each.clause, each.quotes) == ("silent", None, ()) for each in answer.answers)


# Questions as people type them


SAME = [
    ("乡村医生每年参加培训多少学时", "鄉村醫生每年參加培訓多少學時"),  # traditional characters
    ("每月发放补助600元吗", "每月发放补助６００元吗"),  # full-width digits
    ("乡村医生补助", "  乡村医生\u200b补助\ufeff "),
    ("乡村医生补助", "乡村医生\ud800补助"),
]


@pytest.mark.parametrize(("plain", "typed"), SAME)
def test_other_spellings_get_the_same_hits(clinics, plain, typed):
    assert clinics.search(typed).hits == clinics.search(plain).hits
    assert clinics.ask(typed).answers == clinics.ask(plain).answers


def test_markup_in_a_question_is_text_like_any_other(clinics):
    answer = clinics.ask("<script>alert('补助')</script> 每月发放补助多少")
    assert answer.question == "<script>alert('补助')</script> 每月发放补助多少"
    assert by_document(answer)["country"].clause.clause_id == "country/2/3"


@pytest.mark.parametrize("question", ["", " ", "？！", "😀", "\x00", "\ud800", "问" * 20_000])
def test_what_cannot_be_asked_is_refused_everywhere(clinics, question):
    for call in (clinics.ask, clinics.search, lambda q: clinics.ask("那绵阳呢", history=[q])):
        with pytest.raises(QuestionError):
            call(question)


def test_follow_ups_are_asked_of_what_they_name(clinics):
    asked = ["四川每月发放补助多少"]
    first = clinics.ask(asked[0])
    second = clinics.ask("那国家呢", history=asked)
    third = clinics.ask("那济南呢", history=[*asked, "那国家呢"])
    assert [a.clause.clause_id for a in first.answers] == ["province/2/2"]
    assert [a.clause.clause_id for a in second.answers] == ["country/2/3"]
    assert second.question == "那国家呢"
    assert "补助" in second.standalone
    assert third.status == "not_held"


def test_a_county_listed_in_the_text_is_found(clinics):
    answer = clinics.ask("四川凉山州的培训学时怎么算")
    assert "凉山州" in answer.searched
    assert "四川" not in answer.searched
    [said] = answer.answers
    assert "凉山州" in said.quotes[0].text


# Verbatim, explained, in order


@given(st.text(max_size=60) | st.text("乡村医生每年培训多少学时补助绵阳济南《》〔〕12号文，。？那呢 \n", max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered_in_slices_of_the_documents_or_refused(clinics, text):
    try:
        answer = clinics.ask(text, history=[text])
        result = clinics.search(text)
    except PolicyError:
        return
    quotes = [(each.doc_id, each.clause, quote) for each in answer.answers for quote in each.quotes]
    quotes += [(hit.doc_id, hit, hit.why.sentence) for hit in (*answer.hits, *result.hits)]
    for doc_id, clause, quote in quotes:
        document = clinics.document(doc_id)
        assert document.text[quote.start : quote.end] == quote.text
        assert document.text[clause.start : clause.end] == clause.text
        assert clause.start <= quote.start < quote.end <= clause.end
    assert {each.doc_id for each in answer.answers} == set(answer.scope.doc_ids)


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_on_a_tiny_corpus(tiny_engine, text):
    try:
        answer = tiny_engine.ask(text)
    except PolicyError:
        return
    assert answer.status in {"answered", "silent", "not_held", "no_basis"}
    assert 0 <= answer.confidence <= 1


@pytest.mark.parametrize("system", ["hybrid", "lexical", "dense"])
def test_hits_are_ranked_by_score_and_say_why(clinics, system):
    hits = clinics.search("乡村医生每月发放补助", k=50, system=system).hits
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.clause_id for hit in hits}) == len(hits)
    for hit in hits:
        weights = [term.weight for term in hit.why.terms]
        assert weights == sorted(weights, reverse=True)
        assert dict(hit.why.ranks).keys() == dict(hit.why.scores).keys() == {"chars", "dense"}
        assert hit.why.sentence.text in hit.text
    assert "补助" in {term.term for term in hits[0].why.terms}


def test_ranks_are_those_of_each_retriever_by_itself(clinics):
    hits = clinics.search("乡村医生每月发放补助", k=50).hits
    for name in ("chars", "dense"):
        ranks = [dict(hit.why.ranks)[name] for hit in hits]
        scores = [dict(hit.why.scores)[name] for hit in hits]
        assert min(ranks) == 1
        pairs = sorted(zip(ranks, scores, strict=True))
        assert [score for _, score in pairs] == sorted(scores, reverse=True)


def test_systems_differ_in_what_they_rank_by(clinics):
    asked = "村医多大岁数能退休领钱"
    dense, lexical = (
        [hit.clause_id for hit in clinics.search(asked, system=system).hits] for system in ("dense", "lexical")
    )
    assert dense != lexical
    assert clinics.search("ქართული", system="lexical").hits == ()


@pytest.mark.parametrize("k", [0, -1, -3])
def test_fewer_than_one_hit_cannot_be_asked_for(clinics, k):
    with pytest.raises(QuestionError, match=r"至少是 1.*-k") as error:
        clinics.search("补助", k=k)
    assert str(k) in str(error.value)


def test_k_is_how_many_at_most(clinics):
    everything = clinics.search("乡村医生", k=100_000).hits
    assert len(everything) <= sum(len(d.clauses) for d in clinics.documents())
    assert [hit.clause_id for hit in clinics.search("乡村医生", k=2).hits] == [h.clause_id for h in everything[:2]]


def test_search_keeps_to_the_documents_chosen_and_ignores_places(clinics):
    assert {hit.doc_id for hit in clinics.search("补助", doc_ids=["province"]).hits} == {"province"}
    assert {hit.doc_id for hit in clinics.search("绵阳 补助", k=50).hits} > {"city"}


@pytest.mark.parametrize("call", ["ask", "search"])
def test_an_unknown_document_is_refused(clinics, call):
    with pytest.raises(QuestionError, match="nowhere"):
        getattr(clinics, call)("补助", doc_ids=["nowhere"])


def test_a_clause_by_its_id(clinics):
    assert clinics.clause("country/2/3").label == "二、（三）"
    with pytest.raises(QuestionError, match="country/2/3"):
        clinics.clause("country/2/33")
    with pytest.raises(QuestionError, match="现有：country"):
        clinics.clause("nowhere/1")
    with pytest.raises(QuestionError, match="nowhere"):
        clinics.document("nowhere")


# The same question, the same answer


QUESTIONS = ["每年参加培训多少学时", "四川补助多少", "济南补助多少", "怎么给护照换照片", "12号文轮岗多久"]


def test_the_same_question_gets_the_same_answer_again_and_from_another_start(clinics, tmp_path):
    again = open_engine(write_clinics(tmp_path))
    reopened = open_engine(tmp_path)
    for question in QUESTIONS:
        first = untimed(clinics.ask(question))
        assert [untimed(engine.ask(question)) for engine in (clinics, again, reopened)] == [first] * 3


def test_eight_threads_get_what_one_gets(clinics):
    alone = {question: untimed(clinics.ask(question)) for question in QUESTIONS}
    asked = QUESTIONS * 8
    with ThreadPoolExecutor(8) as threads:
        for question, answer in zip(asked, threads.map(clinics.ask, asked), strict=True):
            assert untimed(answer) == alone[question]


def test_a_removed_text_is_gone_from_every_answer(tmp_path):
    write_clinics(tmp_path)
    assert by_document(open_engine(tmp_path).ask("每月发放补助多少")).keys() == ALL
    (tmp_path / "texts" / "province.txt").unlink()
    (tmp_path / "manifest.toml").write_text(MANIFEST.replace(MANIFEST.split("\n\n")[1], ""), encoding="utf-8")
    engine = open_engine(tmp_path)
    for question in (*QUESTIONS, "严格在岗培训", "提高基本补助"):
        answer = engine.ask(question)
        assert "province" not in {each.doc_id for each in (*answer.answers, *answer.hits)}
    assert engine.ask("四川补助多少").status == "not_held"
    with pytest.raises(QuestionError):
        engine.document("province")


def test_a_changed_text_answers_with_its_new_words(tmp_path):
    write_clinics(tmp_path)
    open_engine(tmp_path)
    (tmp_path / "texts" / "province.txt").write_text(PROVINCE.replace("900元", "950元"), encoding="utf-8")
    assert "950元" in open_engine(tmp_path).ask("四川每月发放补助多少").answers[0].quotes[0].text


def test_an_added_text_changes_no_clause_id_of_the_others(tmp_path):
    few = open_engine(write_corpus(tmp_path / "few", {"country": COUNTRY, "city": CITY}))
    many = open_engine(write_corpus(tmp_path / "many", TEXTS))
    for document in few.documents():
        assert [c.clause_id for c in many.document(document.doc_id).clauses] == [c.clause_id for c in document.clauses]


# Corpora that cannot be opened


def test_a_folder_that_is_missing_empty_or_a_file(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("补助", encoding="utf-8")
    for path in (tmp_path / "none", tmp_path / "empty", tmp_path / "file.txt"):
        with pytest.raises(CorpusError, match=r"请") as error:
            open_engine(path)
        assert path.name in str(error.value)


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ('[[document]]\nid = "city"\nfile = "texts/city.txt"\ncolour = "red"\n', "colour"),
        ('[[document]]\nid = "city"\n', "file"),
        ('[[document]]\nid = "city"\nfile = "texts/city.txt"\n' * 2, "重复"),
        ('[[document]]\nid = "city"\nfile = "texts/other.txt"\n', "texts/other.txt"),
        ('[[document]\nid = "city"\n', "TOML"),
    ],
)
def test_a_wrong_manifest_names_its_line(tmp_path, manifest, said):
    with pytest.raises((ManifestError, CorpusError), match=r"第 \d+ 行") as error:
        open_engine(write_corpus(tmp_path, {"city": CITY}, manifest))
    assert said in str(error.value)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03", b"\xff\xfe\xfa\xff\x81", "补助".encode() + b"\0" * 40])
def test_an_unreadable_text_names_the_file(tmp_path, data):
    write_corpus(tmp_path, {"city": CITY})
    (tmp_path / "texts" / "broken.txt").write_bytes(data)
    with pytest.raises(SourceError, match=r"broken\.txt"):
        open_engine(tmp_path)
