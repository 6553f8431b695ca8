from __future__ import annotations

import pytest
from clinics import CITY, COUNTRY, write_clinics, write_corpus

from corpus.errors import QuestionError
from corpus.load import load_corpus
from search.scope import ScopeReader

ALL = ("country", "province", "city")


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return ScopeReader(load_corpus(write_clinics(tmp_path_factory.mktemp("clinics"))).documents)


HELD = [
    ("培训多少学时", ALL, ()),
    # Places: the city, its province, counties below, with and without their suffix
    ("绵阳轮岗多久", ("city",), ("绵阳",)),
    ("绵阳市轮岗多久", ("city",), ("绵阳市",)),
    ("绵阳市场上轮岗多久", ("city",), ("绵阳",)),
    ("四川省补助多少", ("province",), ("四川省",)),
    ("成都补助多少", ("province",), ("成都",)),  # a city below a held province
    ("江油市轮岗多久", ("province", "city"), ("江油市",)),  # a county below both
    ("绵阳和四川补助各多少", ("province", "city"), ("四川", "绵阳")),
    ("成都", ("province",), ("成都",)),  # the name alone, at the end of the text
    # Document numbers, in every bracket and blank, running on from other words
    ("川卫发〔2022〕5号补助", ("province",), ("川卫发〔2022〕5号",)),
    ("川卫发[2022]5号补助", ("province",), ("川卫发[2022]5号",)),
    ("川卫发(2022)5号补助", ("province",), ("川卫发(2022)5号",)),
    ("川卫发（2022）5号补助", ("province",), ("川卫发（2022）5号",)),
    ("川卫发【2022】5号补助", ("province",), ("川卫发【2022】5号",)),
    ("川卫发﹝2022﹞ 5 号补助", ("province",), ("川卫发﹝2022﹞ 5 号",)),
    ("川卫发〔２０２２〕５号补助", ("province",), ("川卫发〔２０２２〕５号",)),
    ("川卫发〔2022〕第5号补助", ("province",), ("川卫发〔2022〕第5号",)),
    ("请问川卫发〔2022〕5号对补助的规定", ("province",), ("川卫发〔2022〕5号",)),
    ("根据川卫发〔2022〕5号，补助多少", ("province",), ("川卫发〔2022〕5号",)),
    ("川卫发〔2022〕5号和绵卫字〔2022〕12号", ("province", "city"), ("川卫发〔2022〕5号", "绵卫字〔2022〕12号")),
    # Short numbers
    ("12号文怎么说", ("country", "city"), ("12号文",)),
    ("〔2022〕12号怎么说", ("city",), ("〔2022〕12号",)),
    ("绵卫字12号怎么说", ("city",), ("绵卫字12号",)),
    ("请问绵卫字12号怎么说", ("city",), ("绵卫字12号",)),
    ("卫健委那个12号文怎么说", ("country",), ("12号文", "卫健委")),  # narrowed by the body
    # Titles: whole, without the body in front
    ("《关于加强乡村医生队伍建设的实施意见》补助", ("province",), ("《关于加强乡村医生队伍建设的实施意见》",)),
    (
        "《国家卫生健康委关于加强乡村医生队伍建设的意见》",
        ("country",),
        ("《国家卫生健康委关于加强乡村医生队伍建设的意见》",),
    ),
    # Each name once
    ("绵阳绵阳绵阳轮岗多久", ("city",), ("绵阳",)),
    # Other names
    ("市里轮岗多久", ("city",), ("市里",)),
    ("国家怎么规定", ("country",), ("国家",)),
    ("国家的文件里补助多少", ("country",), ("国家",)),
    # Traditional characters
    ("綿陽輪崗多久", ("city",), ("綿陽",)),
    ("國家怎麼規定", ("country",), ("國家",)),
    ("川衛發〔2022〕5號補助", ("province",), ("川衛發〔2022〕5號",)),
    # All of them, although one is named
    ("绵阳和其他各地分别多久", ALL, ("绵阳",)),
]


@pytest.mark.parametrize(("question", "doc_ids", "named"), HELD)
def test_a_question_is_asked_of_what_it_names(reader, question, doc_ids, named):
    scope = reader.read(question)
    assert (scope.doc_ids, scope.named, scope.not_held) == (doc_ids, named, ())


NOT_HELD = [
    ("济南培训多少学时", "济南"),
    ("广东省培训多少学时", "广东省"),
    ("廣東培訓多少學時", "廣東"),
    ("北京市朝阳区培训多少学时", "北京市"),
    ("云卫发〔2022〕5号补助", "云卫发〔2022〕5号"),
    ("请问云卫发〔2022〕5号补助", "云卫发〔2022〕5号"),
    ("川卫发〔2021〕5号补助", "川卫发〔2021〕5号"),  # the year is another one
    ("云卫发6号文补助", "云卫发6号文"),
    ("《中华人民共和国劳动合同法》试用期多久", "《中华人民共和国劳动合同法》"),
]


@pytest.mark.parametrize(("question", "name"), NOT_HELD)
def test_a_name_that_is_not_held_is_told_and_the_national_text_asked(reader, question, name):
    scope = reader.read(question)
    assert name in scope.not_held
    assert scope.doc_ids == ("country",)
    assert "未收录" in scope.understood


NO_NAMES = [
    "西藏的乡村医生进修",  # the held text speaks of Tibet itself
    "国家工作人员的培训",  # the word, not the document
    "补助每月15号发吗",  # a day
    "补助是每月发5号还是6号",  # days, and 发 before them
    "《论语》要不要学",  # no policy text
    "99号文怎么说",  # nobody's number
]


@pytest.mark.parametrize("question", NO_NAMES)
def test_words_that_name_no_document(reader, question):
    scope = reader.read(question)
    assert (scope.doc_ids, scope.named, scope.not_held) == (ALL, (), ())


def test_a_county_that_the_text_lists_is_looked_for_too(reader):
    named = {name.text: name.is_sought for name in reader.named("四川凉山州的培训学时")}
    assert named == {"四川": False, "凉山州": True}


def test_chosen_documents_are_the_scope_whatever_is_named(reader):
    scope = reader.read("济南和绵阳培训多少学时", ["province", "country", "province"])
    assert scope.doc_ids == ("country", "province")
    assert scope.not_held == ("济南",)
    assert (scope.aside, scope.elsewhere) == (("绵阳",), ("city",))
    assert not scope.is_held


def test_chosen_documents_are_asked_of_what_they_rule_for(reader):
    scope = reader.read("四川培训多少学时", ["country", "province"])
    assert (scope.aside, scope.elsewhere, scope.is_held) == ((), (), True)


def test_an_unknown_document_is_refused_with_those_there_are(reader):
    with pytest.raises(QuestionError, match=r"nowhere.*country、province、city") as error:
        reader.read("培训", ["country", "nowhere"])
    assert error.value.exit_status == 2


PLAIN = "一、培训\n\n（一）学时。每年培训不少于80学时。\n"


@pytest.mark.parametrize(
    "texts",
    [
        {"plain": PLAIN},  # without any metadata
        {"country": COUNTRY},  # national alone
        {"country": COUNTRY, "plain": PLAIN},
    ],
)
def test_texts_of_no_place_are_asked_whatever_place_is_named(tmp_path, texts):
    reader = ScopeReader(load_corpus(write_corpus(tmp_path, texts)).documents)
    for question in ("济南培训多少学时", "广东省培训多少学时"):
        scope = reader.read(question)
        assert scope.not_held == ()
        assert scope.doc_ids == tuple(texts)


def test_without_a_national_text_a_place_not_held_leaves_all(tmp_path):
    reader = ScopeReader(load_corpus(write_corpus(tmp_path, {"city": CITY})).documents)
    scope = reader.read("济南轮岗多久")
    assert (scope.doc_ids, scope.not_held) == (("city",), ("济南",))


def test_an_order_by_number_is_found(tmp_path):
    text = "乡村医生从业管理条例\n\n国务院令第386号\n\n" + PLAIN
    manifest = '[[document]]\nid = "order"\nfile = "texts/order.txt"\nnumber = "国务院令第386号"\n'
    reader = ScopeReader(load_corpus(write_corpus(tmp_path, {"order": text, "plain": PLAIN}, manifest)).documents)
    assert reader.read("国务院令第386号怎么说").doc_ids == ("order",)


def test_an_alias_of_two_documents_names_neither(tmp_path):
    manifest = "".join(f'[[document]]\nid = "{n}"\nfile = "texts/{n}.txt"\naliases = ["老办法"]\n' for n in "ab")
    reader = ScopeReader(load_corpus(write_corpus(tmp_path, {"a": PLAIN, "b": PLAIN + "附言。"}, manifest)).documents)
    assert reader.read("老办法怎么说").named == ()


def test_a_ministry_is_not_its_departments(tmp_path):
    # 教育部 the ministry, 教育部门 any local one
    manifest = '[[document]]\nid = "a"\nfile = "texts/a.txt"\naliases = ["教育部"]\n'
    reader = ScopeReader(load_corpus(write_corpus(tmp_path, {"a": PLAIN, "b": PLAIN + "附言。"}, manifest)).documents)
    assert reader.read("教育部怎么说培训").doc_ids == ("a",)
    assert reader.read("教育部门怎么说培训").doc_ids == ("a", "b")
