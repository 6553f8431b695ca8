"""The line that answers: a phrase of the sentence that fits, which can be read alone, or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_corpus import make_corpus

from indexer import IndexConfig, build_index
from indexer.encoder import available_encoder
from search import Engine
from search.evidence import EvidenceConfig, quotes
from search.gist import LONGEST, MOST, gist

_TABLE = Path(__file__).parent / "data" / "headlines.tsv"
ROWS = [line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
TEXTS = tuple(dict.fromkeys(row[1] for row in ROWS))


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    provisions = tuple(("", f"（{number}）", "", text) for number, text in enumerate(TEXTS, 1))
    return Engine(build_index(make_corpus(tmp_path_factory.mktemp("made"), made=provisions), IndexConfig(),
                              available_encoder(None)))  # fmt: skip


def told(engine, question, text):
    """The phrases for a clause, whatever else fits the question."""
    _, found = engine.find(question)
    document = engine.index.documents[0]
    said = quotes(found, TEXTS.index(text), document, EvidenceConfig())
    phrases = gist(found, document, said)
    assert all(document.text[p.start : p.end] == p.text for p in phrases)
    assert all(any(q.start <= p.start and p.end <= q.end for q in said) for p in phrases)
    assert len(phrases) <= MOST
    assert all(len(p.text) <= LONGEST for p in phrases)
    return [p.text for p in phrases]


def is_right(phrases, wanted, unwanted):
    line = " · ".join(phrases)
    if not phrases:
        return "-" in wanted.split("|")
    return any(words in line for words in wanted.split("|") if words != "-") and not (unwanted and unwanted in line)


@pytest.mark.parametrize(("part", "least", "most_wrong"), [("work", 22, 3), ("held", 18, 2)])
def test_the_line_says_what_was_asked_or_nothing(engine, part, least, most_wrong):
    lines = [(row, told(engine, row[0], row[1])) for row in ROWS if row[4] == part]
    missed = [(row[0], line) for row, line in lines if not is_right(line, row[2], row[3])]
    assert len(lines) - len(missed) >= least, missed
    assert len([line for _, line in missed if line]) <= most_wrong, missed


# question, a clause of the table begins so, the line
LINES = [
    (
        "大专毕业的多久能定初级",
        "硕士毕业生满1年",
        ["大专毕业生满3年可考核确定初级资格"],
    ),  # whom it is for, not a bare 满3年
    ("公租房租金多少钱一平", "公租房租赁合同", []),  # no money in it
    ("幼儿园保育员要什么证", "幼儿园每班配备", []),  # no certificate in it
    ("工资", "职工每年参加培训", []),  # a word alone asks for nothing in particular
]


@pytest.mark.parametrize(("question", "beginning", "line"), LINES)
def test_a_phrase_can_be_read_alone_and_is_of_the_kind_asked_for(engine, question, beginning, line):
    assert told(engine, question, next(text for text in TEXTS if text.startswith(beginning))) == line


def test_an_answer_that_is_not_sure_has_no_line(clinics):
    answer = clinics.ask("每名乡村医生每月发放补助多少元")
    assert any(said.gist for said in answer.answers)
    assert all(not said.gist for said in answer.answers if said.status == "silent" or said.confidence < 0.5)
