from __future__ import annotations

import numpy as np
from tiny_corpus import CITY, make_document

from indexer.config import IndexConfig
from indexer.units import TokenLists, clause_passage, sentence_passage, sentence_units

DOCUMENT = make_document("city", CITY)
PLAIN = IndexConfig(clause_heading=0, clause_trail=0, sentence_text=1, sentence_heading=0, sentence_trail=0)


def texts(document, config=PLAIN):
    units = sentence_units(document.clauses, config)
    return [document.text[start:end] for start, end in zip(units.start, units.end, strict=True)]


def test_sentences_without_heading_lines():
    assert texts(DOCUMENT)[:2] == ["对在乡镇工作的人员发放乡镇工作补贴。", "补贴每月不低于300元，满5年后提高。"]
    assert not any("（一）" in text for text in texts(DOCUMENT))


def test_short_sentences_stand_only_where_there_is_nothing_else():
    short = make_document("short", (("", "（一）", "略", "略。"), ("", "（二）", "提高", "略。工资按规定提高。")))
    assert texts(short) == ["略。", "工资按规定提高。"]


def test_bounds_and_lift():
    units = sentence_units(DOCUMENT.clauses, PLAIN)
    assert units.clause.tolist() == [0, 0, 1, 2]
    assert units.bounds.tolist() == [0, 2, 3, 4]
    assert units.lift(np.array([1, 5, 2, 3], np.float32)).tolist() == [5, 2, 3]


def test_no_clauses():
    units = sentence_units((), PLAIN)
    assert units.bounds.tolist() == [0]
    assert units.lift(np.zeros(0, np.float32)).shape == (0,)


def token_lists(**weights):
    config = IndexConfig(**{field: getattr(PLAIN, field) for field in PLAIN.__slots__} | weights)
    return list(TokenLists(lambda text: [text], [DOCUMENT], config))


def test_weights_are_counts():
    clause, sentences = token_lists()[0]
    assert clause == [
        "（一）落实乡镇工作补贴",
        "对在乡镇工作的人员发放乡镇工作补贴。",
        "补贴每月不低于300元，满5年后提高。",
    ]
    assert sentences == [[clause[1]], [clause[2]]]
    weighted, sentences = token_lists(clause_heading=2, clause_trail=1, clause_title=1)[0]
    assert weighted == [*clause, "落实乡镇工作补贴", "落实乡镇工作补贴", "一、工作待遇", "关于基层的意见"]
    _, sentences = token_lists(sentence_text=2, sentence_heading=1, sentence_trail=1, sentence_title=1)[0]
    assert sentences[0] == [clause[1], clause[1], "落实乡镇工作补贴", "一、工作待遇", "关于基层的意见"]


def test_passages_for_the_encoder():
    clause = DOCUMENT.clauses[1]
    sentence = clause.sentences[-1]
    silent = IndexConfig(passage_heading=False, passage_trail=False)
    assert clause_passage(clause, IndexConfig()) == f"一、工作待遇\n{clause.body_text}"
    assert clause_passage(clause, silent) == clause.body_text
    text = clause.slice(sentence.start, sentence.end)
    assert sentence_passage(clause, sentence.start, sentence.end, IndexConfig()) == f"一、工作待遇\n提高工资\n{text}"
    assert sentence_passage(clause, sentence.start, sentence.end, silent) == text
