"""A question as typed → what is searched for: checked, folded, without the words that only make it a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.errors import QuestionError
from indexer.fold import fold

LONGEST = 2000
"""Characters of a question at most; a longer one is a text, not a question."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_SPEAKS = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: `content`, `text` without question words; "" where it has no other (你好)."""

    text: str
    """The question, control characters left out."""
    content: str


def check(question: str) -> str:
    """The question without control characters and outer blanks.

    Raises `QuestionError` where nothing is asked, or too much.
    """
    if not isinstance(question, str):
        raise QuestionError(f"问题应当是一段文字，收到的是 {type(question).__name__}。")
    text = " ".join(_CONTROLS.sub(" ", question).split())
    if not text:
        raise QuestionError("问题是空的。请写下要问的事，例如：乡镇教师评职称要论文吗。")
    if not _SPEAKS.search(text):
        raise QuestionError("问题里只有标点或符号。请用文字写下要问的事，例如：继续教育每年多少学时。")
    if len(text) > LONGEST:
        raise QuestionError(f"问题有 {len(text)} 字，太长了。请缩到 {LONGEST} 字以内，一次问一件事。")
    return text


def understand(text: str) -> Query:
    """A checked question with its content words told apart.

    >>> understand("请问特设岗位占不占名额啊？").content
    '特设岗位占不占名额?'
    """
    content = fold(text)
    for phrase in question_words():
        content = content.replace(phrase, " ")
    content = "".join(content.split())
    return Query(text, content if _SPEAKS.search(content) else "")


@cache
def question_words() -> tuple[str, ...]:
    """Words that make a question of a sentence and say nothing of its matter, longest first."""
    lines = files("search").joinpath("question-words.txt").read_text(encoding="utf-8").splitlines()
    words = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
