"""Feedback made by hand on the texts of `clinics.py`, without an engine."""

from __future__ import annotations

from dataclasses import replace

from corpus.load import load_corpus
from search.feedback.model import Cited, Given, cite, clauses_of

QUESTIONS = """# 张三整理，2024年

# ---- 收入
> 每名乡村医生每月发放补助600元
村医一个月能拿几个钱
# 这一句有人问过两次
! 学校谁来挑

# ---- 年限
> 在村卫生室工作满6年的，每月增加100元
干久了加不加钱
"""
GIVEN = Given(
    when="2026-03-01T08:15Z",
    question="大夫每月发多少补助",
    standalone="大夫每月发多少补助",
    history=(),
    chosen=(),
    scope=("country", "province", "city"),
    status="answered",
    shown=(),
    verdict="right",
    right=None,
    note="",
    corpus="abc",
)


def cited(folder, clause_id, *quotes) -> Cited:
    """The clause as it stands in the corpus in `folder`."""
    return cite(clauses_of(load_corpus(folder).documents)[clause_id], quotes)


def a_right(folder, *clause_ids, **more) -> Given:
    """An answer marked right that showed these clauses."""
    return replace(GIVEN, shown=tuple(cited(folder, clause_id) for clause_id in clause_ids), **more)


def a_wrong(folder, right, shown=(), **more) -> Given:
    """An answer marked wrong; `right`: ids of the right clauses, or None."""
    ones = None if right is None else tuple(cited(folder, clause_id) for clause_id in right)
    held = tuple(cited(folder, clause_id) for clause_id in shown)
    return replace(GIVEN, verdict="wrong", right=ones, shown=held, **more)


def write_questions(folder, text=QUESTIONS, doc_id="country"):
    """The file of phrasings; gives its path."""
    path = folder / "questions" / f"{doc_id}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path
