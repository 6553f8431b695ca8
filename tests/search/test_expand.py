"""Plain words find official terms, mistypings are set right, and a hit says which pair fired."""

import pytest

from corpus.terms import Term
from search import open_engine
from search.expand import Expander

TERMS = (Term("涨工资", "提高薪级", 0.9), Term("工资", "薪酬", 0.5), Term("乡下", "农村", 0.8))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在乡下能涨工资吗", [("乡下", "农村"), ("涨工资", "提高薪级")]),  # the longest at each place, left to right
        ("工资多少", [("工资", "薪酬")]),
        ("薪酬和工资", []),  # the question has the term itself
        ("养老", []),
    ],
)
def test_pairs_that_fire(text, expected):
    assert [(e.plain, e.official) for e in Expander(TERMS, {}).expansions(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("聊成的职成", "聊城的职称"),
        ("聊城的职称", "聊城的职称"),
        ("聊城２０２０年", "聊城２０２０年"),  # nothing wrong: left as typed
    ],
)
def test_mistypings(text, expected):
    assert Expander((), {"聊成": "聊城", "职成": "职称"}).set_right(text) == expected


def test_a_hit_found_by_a_pair_says_so(tmp_path):
    text = (
        "某县通知\n各乡镇：\n现通知如下：\n一、待遇\n发放林下经济补贴。\n"
        "二、培训\n加强技能培训。\n三、管理\n严格考核管理。\n"
    )
    (tmp_path / "county.txt").write_text(text, encoding="utf-8")
    (tmp_path / "terms.tsv").write_text("山货钱\t林下经济补贴\t0.9\n", encoding="utf-8")
    hit = open_engine(tmp_path).ask("山货钱").hits[0]
    assert hit.clause_id == "county/1"
    assert ("山货钱", "林下经济补贴") in hit.why.pairs


def test_a_mistyped_question_is_shown_as_understood():
    answer = open_engine().ask("职成证丢了咋办")
    assert "职称" in answer.standalone


def test_a_mistyped_search_finds_what_was_meant():
    engine = open_engine()
    meant = [hit.clause_id for hit in engine.search("职称证书").hits]
    assert [hit.clause_id for hit in engine.search("职成证书").hits] == meant
