from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from clinics import write_clinics

from corpus.load import load_corpus
from search.history import standalone, without
from search.scope import ScopeReader


@pytest.fixture(scope="module")
def scopes(tmp_path_factory):
    return ScopeReader(load_corpus(write_clinics(tmp_path_factory.mktemp("clinics"))).documents)


FOLLOW_UPS = [
    # (earlier questions, question, as understood)
    (["四川培训多少学时"], "那绵阳呢", "绵阳培训多少学时"),
    (["四川培训多少学时"], "绵阳怎么说？", "绵阳培训多少学时"),
    (["四川培訓多少學時"], "那綿陽怎麼說", "綿陽培訓多少學時"),
    (["四川培训多少学时"], "那济南呢", "济南培训多少学时"),  # a place not held follows on as well
    (["四川培训多少学时"], "卫健委那个文件怎么说", "卫健委培训多少学时"),
    (["四川的补助是多少"], "那国家呢", "国家，补助是多少"),  # put such that 国家 is still the document's name
    (["四川培训多少学时"], "那12号文呢", "12号文培训多少学时"),
    (["四川培训多少学时", "那绵阳呢"], "那国家呢", "国家，培训多少学时"),
    (["四川培训多少学时", "补助每月发多少钱一个人"], "绵阳呢", "绵阳补助每月发多少钱一个人"),  # the last matter
    (["工作满6年增加多少补助"], "要是不满六年呢", "工作满6年增加多少补助，不满六年呢"),
    (["工作满6年增加多少补助？"], "那卫生院的呢", "工作满6年增加多少补助，卫生院的呢"),
    (["四川培训多少学时"], "因病呢", "四川培训多少学时，因病呢"),
    (["四川培训多少学时"], "还有呢", "四川培训多少学时"),  # nothing new in it
    (["四川培训多少学时"], "那里呢", "四川培训多少学时，那里呢"),
    # New questions stay as they are
    (["四川培训多少学时"], "聘用合同的期限是几年以上", "聘用合同的期限是几年以上"),
    (["四川培训多少学时"], "绵阳聘用合同的期限是几年以上", "绵阳聘用合同的期限是几年以上"),
    ([], "那绵阳呢", "那绵阳呢"),
    (["四川培训多少学时"], "你好", "你好"),
    (["四川培训多少学时"], "asdfgh", "asdfgh"),
    (["四川培训多少学时", "你好", "asdfgh"], "那绵阳呢", "绵阳培训多少学时"),  # nothing leans on a greeting
    (["四川的培训经费谁来出"], "工资", "工资"),
    (["四川的培训经费谁来出"], "村医能不能报职称", "村医能不能报职称"),
    (["退休人员返聘签不签合同"], "评职称要交多少钱", "评职称要交多少钱"),
    (["单位派我下乡驻点"], "有生活补助没有", "单位派我下乡驻点，有生活补助没有"),
    (["退休人员返聘签不签合同"], "哪些人可以提前退休", "哪些人可以提前退休"),  # 哪 is not 那
    (["退休人员返聘签不签合同"], "要不要论文", "退休人员返聘签不签合同，要不要论文"),
]
PAIRS = Path(__file__).parent / "data" / "follow-ups.tsv"


@pytest.mark.parametrize(("history", "question", "understood"), FOLLOW_UPS)
def test_a_follow_up_is_put_such_that_it_stands_alone(scopes, history, question, understood):
    assert standalone(question, history, scopes) == understood


@pytest.mark.parametrize("part", ["work", "held"])
def test_only_what_leans_on_an_earlier_question_is_put_behind_it(scopes, part):
    rows = [line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = [row for row in rows if row[3] == part]
    wrong = [
        (before, question, expected)
        for before, question, expected, _ in rows
        if (standalone(question, [before], scopes) == question) != (expected == "alone")
    ]
    assert len(rows) >= 40
    assert len(wrong) <= 1, wrong


def test_the_words_that_lean_stand_in_order():
    lists = tomllib.loads(files("search").joinpath("follow-ups.toml").read_text(encoding="utf-8"))
    assert all(words == sorted(set(words)) for words in lists.values())


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("绵阳的培训", ["绵阳"], "培训"),
        ("在绵阳那边培训", ["绵阳"], "培训"),
        ("培训，绵阳的规定", ["绵阳"], "培训规定"),
        ("四川和绵阳的培训", ["四川", "绵阳"], "培训"),
        ("培训", [], "培训"),
    ],
)
def test_names_go_with_the_words_that_join_them(text, names, rest):
    assert without(text, names) == rest
