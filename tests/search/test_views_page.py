"""Views of the page beside the answer itself: the line that answers, judging, what is held, hits in context, words."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files

import pytest

from corpus.errors import QuestionError
from search import views
from search.held import index_state
from search.model import SearchResult
from search.views.assets import SCRIPTS, STYLES, english, page_head
from search.views.headline import decided, grouped, headline_view
from search.views.holding import holding_view
from search.views.judging import Judgment, judging_view, judgment

PAY = "每名乡村医生每月发放补助多少元"


@pytest.fixture(scope="module")
def answer(clinics):
    found = clinics.ask(PAY)
    assert found.status == "answered"
    return found


def test_the_line_that_answers_is_made_of_the_texts_own_words(clinics, answer):
    line = {name: words for names, words in grouped(answer) for name in names}
    assert "600元" in line["国家"]
    assert "900元" in line["四川"]
    for said in answer.answers:
        held = clinics.document(said.doc_id).text
        assert all(piece in held for piece in decided(said).split(" · "))
    assert headline_view(answer).count("<li>") == len(grouped(answer))


def test_texts_that_decide_the_same_stand_together(answer):
    first = next(said for said in answer.answers if said.status == "answered")
    twice = replace(answer, answers=(first, replace(first, short_name="别处")))
    assert grouped(twice) == (((first.short_name, "别处"), decided(first)),)


def test_a_text_without_a_phrase_that_answers_has_no_such_line(answer):
    said = next(said for said in answer.answers if said.status == "answered")
    assert said.quotes
    assert decided(replace(said, gist=())) == ""
    assert headline_view(replace(answer, answers=(replace(said, gist=()),))) == ""


@pytest.mark.parametrize("status", ["silent", "not_held", "no_basis"])
def test_a_no_has_no_such_line(answer, status):
    assert headline_view(replace(answer, status=status)) == ""


# a form as the page sends it, what it says
FORMS = [
    ({"verdict": "right"}, Judgment("right")),
    ({"verdict": "wrong", "picked": [], "typed": "", "unruled": False, "note": ""}, Judgment("wrong")),
    ({"verdict": "wrong", "picked": ["a/1"], "typed": "b", "note": "n"}, Judgment("wrong", ("a/1",), "b", False, "n")),
    ({"verdict": "wrong", "unruled": True, "typed": " "}, Judgment("wrong", typed=" ", is_unruled=True)),
]


@pytest.mark.parametrize(("form", "expected"), FORMS)
def test_a_form_is_read(form, expected):
    assert judgment(form) == expected


@pytest.mark.parametrize("more", [{"picked": ["a/1"]}, {"typed": "a/1"}])
def test_a_form_that_contradicts_itself_is_told(more):
    with pytest.raises(QuestionError, match="请只留一样"):
        judgment({"verdict": "wrong", "unruled": True, **more})


def test_the_form_offers_the_nearest_clauses_and_is_open_where_something_was_wrong(clinics, answer):
    page = judging_view(answer, clinics.documents())
    shown = [said.clause.clause_id for said in answer.answers if said.clause]
    others = [hit.clause_id for hit in answer.hits if hit.clause_id not in shown]
    assert re.findall(r'value="([^"]+)"', page) == [*shown, *others][: max(8, len(shown))]
    assert re.findall(r'value="([^"]+)" checked', page) == shown
    assert "<form hidden>" in page
    assert "<form >" in judging_view(answer, clinics.documents(), "写错了")


def test_what_was_quoted_is_not_given_as_what_would_be_right():
    form = {"verdict": "wrong", "picked": ["a/1", "b/2"]}
    with pytest.raises(QuestionError, match="就是上面引的"):
        judgment(form, ("b/2", "a/1"))
    assert judgment({**form, "note": "引文不对"}, ("b/2", "a/1")).picked == ("a/1", "b/2")
    assert judgment({**form, "typed": "c 三"}, ("b/2", "a/1")).typed == "c 三"
    assert judgment({**form, "picked": ["a/1"]}, ("b/2", "a/1")).picked == ("a/1",)
    assert judgment({"verdict": "wrong"}, ("a/1",)) == Judgment("wrong")


def test_what_was_sent_with_a_fault_stands_in_the_form_again(clinics, answer):
    said = Judgment("wrong", ("country/2/3",), "某地 <b>", False, "</textarea>备注")
    page = judging_view(answer, clinics.documents(), "写错了", said)
    assert re.findall(r'value="([^"]+)" checked', page) == ["country/2/3"]
    assert 'value="某地 &lt;b&gt;"' in page
    assert "&lt;/textarea&gt;备注</textarea>" in page


def test_a_long_hit_shows_the_sentences_with_a_mark_and_the_rest_folded(clinics, answer):
    hit = answer.hits[0]
    more = "。".join(["这一句说的是完全无关的事情而且相当长"] * 12) + "。"
    long = replace(hit, text=f"{hit.text}{more}", end=hit.end + len(more))
    page = views.search_view(SearchResult(PAY, (long,), 1.0), {})
    kwic = re.search(r'<div class="cl-clause cl-kwic">(.*?)</div>', page)[1]
    assert "<mark>" in kwic
    assert "无关" not in kwic
    assert kwic.endswith('<span class="cl-gap">……</span></p>')
    assert "无关" in page
    assert "cl-kwic" not in views.search_view(SearchResult(PAY, (hit,), 1.0), {})


def test_what_is_held_tells_lineage_and_the_index(clinics):
    page = holding_view(clinics.documents(), index_state(clinics))
    assert "收录：<bdi>国家</bdi>" in page  # the province's text rests on the country's
    assert "<dt>被引用</dt><dd><bdi>四川</bdi></dd>" in page
    assert f"<dd>{len(clinics.index.clauses)} 条</dd>" in page
    assert re.search(r"<dt>建立于</dt><dd>\d{4}-\d\d-\d\d \d\d:\d\d</dd>", page)
    state = replace(index_state(clinics), built=None)
    assert "在内存中使用" in holding_view(clinics.documents(), state)


def test_english_words_stand_in_order_and_fill_in_what_the_chinese_do():
    assert list(english()) == sorted(english())
    assert [meant for meant in english().values() if re.search(r"[\u4e00-\u9fff]", meant)] == []
    assert all(said.count("{}") == meant.count("{}") for said, meant in english().items())


def test_every_style_and_script_is_in_the_head_of_the_page():
    folder = files("search.views").joinpath("page")
    assert {f"{name}.css" for name in STYLES} | {f"{name}.js" for name in SCRIPTS} | {"english.json"} == {
        path.name for path in folder.iterdir()
    }
    head = page_head()
    assert head.count("</script") == head.count("</style") == 1
    assert not re.search(r"https?://", head)
