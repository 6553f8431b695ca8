"""Words mistyped by their sound are read as meant and said so; a right question stays as it is."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from corpus.load import DEFAULT_CORPUS
from corpus.terms import read_terms
from indexer.fold import fold
from search import open_engine
from search.sounds import differing, syllables
from search.spelling import Correction, Speller
from search.views import answer_view
from search.views.record import answer_record
from search.views.text import answer_text

_TABLE = Path(__file__).parent / "data" / "mistyped.tsv"
ROWS = tuple(
    tuple(line.split("\t"))
    for line in _TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


@pytest.fixture(scope="module")
def engine():
    return open_engine()


@pytest.fixture(scope="module")
def speller(engine):
    return Speller(engine.index, engine.retriever.phrasings.phrasings, read_terms(DEFAULT_CORPUS))


def pairs(speller, text):
    return [(c.wrong, c.right) for c in speller.corrections(fold(text))]


def read(speller, text):
    text = fold(text)
    for c in reversed(speller.corrections(text)):
        text = text[: c.start] + c.right + text[c.end :]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全科医生有没有特殊津帖", [("津帖", "津贴")]),  # both characters stand alone
        ("基成职称调到城里还有用吗", [("基成职称", "基层职称")]),  # ceng for cheng: a common confusion
        ("升职秤和陪训", [("职秤", "职称"), ("陪训", "培训")]),  # two, left to right; one begins within 升职
        ("选派到基层服物算经历吗", [("服物", "服务")]),
        ("聊成发的证", [("聊成", "聊城")]),  # a place that the texts name
    ],
)
def test_words_are_known_by_their_sound(speller, text, expected):
    assert pairs(speller, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "单位提钱最少要到工资总数的百分之几",  # 提前 sounds so, but 钱 is often written
        "租房合同没到期房东赶人怎么办",  # 个人 likewise, but little of what has 人 is 个人
        "可人家这行本来就有入行文凭",  # 人家 is a word
        "县医院叫我去村里坐诊",  # 院校: 医院 is a word
        "成都的规定",  # 程度: a place is never a mistyping
        "《陪训津帖》里怎么说",  # nor is a title
        "salary 2020",
        "",
    ],
)
def test_a_right_question_is_left_alone(speller, text):
    assert pairs(speller, text) == []


def test_no_right_form_of_the_table_is_touched(speller):
    assert [right for _, right in ROWS if pairs(speller, right)] == []


@pytest.mark.parametrize(("part", "least"), [(0, 0.6), (1, 0.5)], ids=["looked at", "held out"])
def test_most_mistyped_questions_are_set_right_and_none_is_made_worse(speller, part, least):
    rows = ROWS[part::2]
    assert len(rows) >= 60
    given = [(fold(wrong), read(speller, wrong), fold(right)) for wrong, right in rows]
    for wrong, shown, right in given:  # every character is as typed or as meant
        assert all(c in (a, b) for a, c, b in zip(wrong, shown, right, strict=True)), shown
    assert sum(shown == right for _, shown, right in given) >= least * len(given)


def test_a_correction_says_where(speller):
    assert speller.corrections("问特殊津帖") == (Correction(3, 5, "津帖", "津贴"),)


@pytest.mark.parametrize(
    ("left", "right", "blurred"),
    [
        ("津帖", "津贴", 0),
        ("虫庆", "重庆", 0),  # the second reading
        ("基成", "基层", 1),
        ("补帖", "津贴", None),
    ],
)
def test_what_sounds_alike(left, right, blurred):
    assert differing(left, right) == blurred


def test_syllables_have_no_tones_but_keep_their_vowels():
    assert (syllables("女"), syllables("绩"), syllables("，")) == (("nü", "ru"), ("ji",), ())


def test_a_corpus_of_its_own_brings_its_own_words(tmp_path):
    rule = "林下经济补贴按亩发放，林下经济由乡镇核定。"
    text = f"某县通知\n各乡镇：\n现通知如下：\n一、待遇\n{rule}\n二、培训\n加强技能培训。\n三、管理\n严格考核管理。\n"
    (tmp_path / "county.txt").write_text(text, encoding="utf-8")
    (tmp_path / "terms.tsv").write_text("山货\t林下经济\t0.9\n", encoding="utf-8")
    assert open_engine(tmp_path).ask("林夏经济怎么补").corrected == (("林夏经济", "林下经济"),)


def test_the_answer_says_what_was_read(engine):
    answer = engine.ask("鸡层工作津帖有多少")
    assert answer.standalone == "基层工作津贴有多少"
    assert answer.corrected == (("鸡层", "基层"), ("津帖", "津贴"))
    assert answer_record(answer)["corrected"] == [["鸡层", "基层"], ["津帖", "津贴"]]
    lines = answer_text(answer).splitlines()
    assert "“津帖”按“津贴”理解" in lines
    assert "按“基层工作津贴有多少”理解" not in lines  # said already
    assert "“<bdi>津帖</bdi>”按“<bdi>津贴</bdi>”理解" in answer_view(answer)


def test_the_table_goes_first(engine):
    assert engine.ask("凭职称要论文吗").corrected == (("凭职称", "评职称"),)


def test_a_right_question_is_shown_without_a_reading(engine):
    answer = engine.ask("评职称要论文吗")
    assert answer.corrected == ()
    assert answer_record(answer)["corrected"] == []
    assert "理解" not in answer_text(answer)


def test_a_mistyped_question_is_answered_as_the_right_one(engine):
    wrong, right = (engine.ask(text) for text in ("选派到基层服物算经历吗", "选派到基层服务算经历吗"))
    assert [hit.clause_id for hit in wrong.hits] == [hit.clause_id for hit in right.hits]


def test_a_follow_up_says_both_the_correction_and_the_whole(engine):
    answer = engine.ask("那聊成呢", history=["重庆的津贴多少"])
    shown = answer_text(answer)
    assert "“聊成”按“聊城”理解" in shown
    assert f"按“{answer.standalone}”理解" in shown


def test_what_was_typed_is_escaped(engine):
    answer = replace(engine.ask("评职称要论文吗"), corrected=(("<b>", "津贴"),))
    assert "<b>" not in answer_view(answer).partition("</header>")[0]


@pytest.mark.parametrize("text", ["翻了也看不太懂", "看不太明白", "不太懂怎么报", "没太看懂", "不咋清楚", "弄不懂"])
def test_everyday_words_are_never_set_right(speller, text):
    assert pairs(speller, text) == []


def test_everyday_words_stand_in_order():
    lines = files("search").joinpath("everyday-words.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert words == sorted(set(words))
