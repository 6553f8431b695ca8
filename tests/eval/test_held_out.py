"""What comes near to a question held out for reporting is noticed."""

from __future__ import annotations

import json

import pytest
from clinics import write_clinics

from corpus.load import load_corpus
from eval.held_out import held_out

ABOUT = "".join(
    f'{key} = "made"\n' for key in ("name", "title", "language", "corpus", "tests", "licence", "provenance")
)
GOLD = [{"doc": "country", "quote": "每名乡村医生每月发放补助600元", "grade": 2}]


@pytest.fixture
def documents(tmp_path, monkeypatch):
    folder = tmp_path / "suites" / "made"
    folder.mkdir(parents=True)
    (folder / "suite.toml").write_text(ABOUT, encoding="utf-8")
    questions = [
        {"id": "a", "type": "single", "question": "村里大夫一个月补多少钱", "gold": GOLD, "split": "test"},
        {"id": "b", "type": "single", "question": "坐诊的按月能领几张票子", "gold": GOLD, "split": "dev"},
    ]
    lines = "".join(f"{json.dumps(question, ensure_ascii=False)}\n" for question in questions)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
    monkeypatch.setattr("eval.held_out.SUITES", tmp_path / "suites")
    return load_corpus(write_clinics(tmp_path)).documents


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("村里大夫一个月补多少钱", ("made",)),
        ("村里大夫，一个月补多少钱呢？", ("made",)),
        ("坐诊的按月能领几张票子", ()),  # dev may be learned from
        ("大夫退休了怎么办", ()),
    ],
)
def test_only_what_is_like_a_test_question_is_noticed(documents, text, found):
    assert held_out(text, documents) == found


def test_a_suite_over_other_texts_has_no_say(documents):
    assert held_out("村里大夫一个月补多少钱", documents[1:]) == ()
