from __future__ import annotations

import re

import pytest
from briefings import CASES, INJECTED, briefing, cells, documents, section
from hypothesis import given, settings
from hypothesis import strategies as st
from made_topic import briefing as made_topic

from search.brief import write_briefing
from search.brief.markdown import escaped, paragraph

_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def plain(text):
    """What a reader sees of escaped text."""
    return re.sub(r"<br>|&\w+;|\\(.)", lambda m: "\n" if m[0] == "<br>" else _ENTITIES.get(m[0]) or m[1], text)


def written(made, tmp_path):
    write_briefing(made, tmp_path / "a.md")
    return (tmp_path / "a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", sorted(CASES))
def test_every_quote_stands_there_verbatim_with_a_footnote(case, tmp_path):
    made = CASES[case]()
    text = written(made, tmp_path)
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", text, re.MULTILINE))
    shown = [line for line in text.splitlines() if re.match(r"\| \d+ \|", line)]
    found = [
        (plain(re.sub(r"\[\^\d+\]", "", inner)), notes[marks[-1]])
        for line in shown
        for inner in re.findall(r" “(.*?\[\^\d+\])”", line)
        if (marks := re.findall(r"\[\^(\d+)\]", inner))
    ]
    titles = {document.doc_id: document.metadata for document in documents()}
    for said in cells(made):
        metadata = titles[said.doc_id]
        source = f"《{metadata.title}》（{metadata.number}）{said.label}"
        assert any(quoted == said.quote.text and plain(note).startswith(source) for quoted, note in found)
    assert sorted(notes, key=int) == [str(number) for number in range(1, len(notes) + 1)]
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(notes)


@pytest.mark.parametrize("case", sorted(CASES))
def test_every_row_of_a_table_has_as_many_columns_as_its_head(case, tmp_path):
    blocks = written(CASES[case](), tmp_path).split("\n\n")
    tables = [block.splitlines() for block in blocks if block.startswith("| ")]
    assert tables
    for lines in tables:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1


def test_a_clause_has_one_footnote_in_a_topic(tmp_path):
    text = written(briefing(section(30)), tmp_path)
    notes = re.findall(r"^\[\^\d+\]: (.*)$", text, re.MULTILINE)
    assert notes
    assert len(notes) == len(set(notes))
    twice = written(briefing(section(30), section(30, topic="另一题")), tmp_path)
    assert sorted(re.findall(r"^\[\^\d+\]: (.*)$", twice, re.MULTILINE)) == sorted([*notes, *notes])


def test_a_label_stands_with_its_reason_and_a_topic_of_one_text_without_a_table(tmp_path):
    made = made_topic(
        ("培训", [("培训[80学时]", "培训[90学时]", None, ">  ")]),
        ("经费", [(None, "经费不低于工资总额的1.5%", None, "   ")]),
    )
    text = written(made, tmp_path)
    training, money = text.split("## 经费")
    assert "“培训90学时[^2]”<br>▲更严（对国家）理由。 | 未规定 |" in training
    assert "第 1 点：国家、东市有规定，西市没有规定。" in training
    assert "只有东市有规定，国家、西市没有规定。" in money
    assert "1. 一、（一） “经费不低于工资总额的1.5%[^3]”" in money
    assert "| 序号" not in money


def test_nothing_of_a_text_acts_as_html_or_as_a_link(tmp_path):
    text = written(CASES["injected"](), tmp_path)
    assert set(re.findall(r"<[^>]*>", text)) <= {"<br>"}
    assert not re.search(r"(?<!\\)\[(?!\^\d)", text)
    assert "http://" not in text
    assert plain(text.splitlines()[0].removeprefix("# ")) == INJECTED


def test_a_topic_that_nothing_rules_on_says_so(tmp_path):
    text = written(CASES["empty"](), tmp_path)
    assert "未找到依据" in text
    assert "没有可以对照的条文。" in text
    assert "附录" not in text


def test_scope_names_what_each_text_rests_on(tmp_path):
    text = written(briefing(section(1)), tmp_path)
    for document in documents():
        [row] = [line for line in text.splitlines() if line.startswith(f"| {escaped(document.metadata.title)} |")]
        assert escaped(document.metadata.number) in row
        assert all(basis.title in row for basis in document.metadata.basis)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60))
def test_escaped_text_reads_as_it_was(text):
    assert plain(escaped(text)) == text


# a paragraph that would open a list, a heading, code or a rule, and how it is written
OPENINGS = [
    ("- 甲", "\\- 甲"),
    ("1. 甲", "1\\. 甲"),
    ("2) 甲", "2\\) 甲"),
    ("# 甲", "\\# 甲"),
    ("    甲", "甲"),
    ("===", "\\==="),
    ("2020年", "2020年"),
]


@pytest.mark.parametrize(("text", "expected"), OPENINGS)
def test_a_paragraph_opens_nothing(text, expected):
    assert paragraph(text) == expected
