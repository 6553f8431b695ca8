"""Phrasings of a corpus: blocks of a quote and the questions that its rule answers."""

import logging

import pytest

from corpus import CorpusError, load_corpus
from corpus.phrasings import read_phrasings

TEXT = (
    "某县通知\n各乡镇：\n现通知如下：\n一、补助\n乡村医生每月发放补助六百元。\n"
    "村小教师每月发放补助\n三百元。\n二、培训\n每年培训不少于九十学时。\n"
)
BLOCKS = """# 说明
> 乡村医生每月发放补助
村里大夫一个月给多少
! 大夫的编制怎么算

> 不少于九十学时
一年要上多少课
"""


@pytest.fixture
def held(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "county.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "questions").mkdir()
    return tmp_path


def read(held, blocks, name="county.txt"):
    (held / "questions" / name).write_text(blocks, encoding="utf-8")
    return read_phrasings(held, load_corpus(held).documents)


def test_a_phrasing_points_at_the_words_of_its_rule(held):
    phrasings = read(held, BLOCKS)
    document = load_corpus(held).by_id["county"]
    assert [(p.clause_id, p.text, p.is_apart) for p in phrasings] == [
        ("county/1", "村里大夫一个月给多少", False),
        ("county/1", "大夫的编制怎么算", True),
        ("county/2", "一年要上多少课", False),
    ]
    assert document.text[phrasings[0].start : phrasings[0].end] == "乡村医生每月发放补助"


def test_a_quote_that_is_gone_leaves_its_block_out_and_says_so(held, caplog):
    with caplog.at_level(logging.WARNING):
        phrasings = read(held, BLOCKS.replace("不少于九十学时", "不少于八十学时"))
    assert [p.clause_id for p in phrasings] == ["county/1", "county/1"]
    assert "不少于八十学时" in caplog.text


def test_a_quote_that_stands_twice_is_not_used(held):
    assert read(held, "> 每月发放补助\n一个月给多少\n") == ()


def test_a_phrasing_without_a_quote_is_told_by_line(held):
    with pytest.raises(CorpusError, match="第 2 行"):
        read(held, "# 说明\n一个月给多少\n")


def test_texts_without_phrasings_have_none(held):
    assert read(held, BLOCKS, name="other.txt") == ()


def test_the_shipped_phrasings_all_point_into_the_shipped_texts(caplog):
    corpus = load_corpus()
    with caplog.at_level(logging.WARNING):
        phrasings = read_phrasings(corpus.path, corpus.documents)
    assert caplog.text == ""
    assert {p.doc_id for p in phrasings} == set(corpus.by_id)
    answered = {p.clause_id for p in phrasings if not p.is_apart}
    clauses = {c.clause_id for d in corpus.documents for c in d.clauses if c.kind == "clause"}
    assert clauses <= answered
