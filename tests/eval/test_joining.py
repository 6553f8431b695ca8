"""Joins of whole texts against judged ones: what counts as right, open, wrong and missed."""

import pytest

from corpus.errors import SuiteError
from eval.joining import JOINS, TEXTS, main, measure, read_joins
from search import open_engine

UPPER = (
    "省教育厅关于校车管理的意见\n教发〔2020〕1号\n各市教育局：\n一、安全\n"
    "（一）车况。学校应当每月检查车况。\n（二）看护。每车配一名看护人员。\n省教育厅\n2020年3月1日\n"
)
LOWER = (
    "县教育局关于校车管理的通知\n县教〔2021〕2号\n各学校：\n一、要求\n"
    "（一）车况。学校应当每月检查车况两次。\n（二）经费。运营补贴列入年度预算。\n县教育局\n2021年5月1日\n"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "upper.txt").write_text(UPPER, encoding="utf-8")
    (folder / "lower.txt").write_text(LOWER, encoding="utf-8")
    return open_engine(folder)


def measured(engine, tmp_path, *lines):
    path = tmp_path / "joins.tsv"
    path.write_text("# 句段\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return measure(engine.compare_whole(), read_joins(path, engine.documents()))


SAME = "学校应当每月检查车况。\t每月检查车况两次\t车况"


def test_a_row_of_both_is_right_or_open_by_its_grade_and_wrong_where_no_line_has_it(engine, tmp_path):
    right, doubtful, none = (measured(engine, tmp_path, *lines) for lines in ([f"2\t{SAME}"], [f"1\t{SAME}"], []))
    assert (right.right, right.open, right.wrong, right.missed) == (1, 0, (), ())
    assert (doubtful.right, doubtful.open, doubtful.wrong) == (0, 1, ())
    assert none.wrong == (("学校应当每月检查车况", "学校应当每月检查车况两次"),)
    assert (right.precision, none.precision) == (1.0, 0.0)


def test_a_line_without_its_row_is_missed_and_one_of_0_is_wrong_where_it_is_joined(engine, tmp_path):
    found = measured(engine, tmp_path, f"0\t{SAME}", "2\t每车配一名看护人员\t运营补贴列入年度预算\t经费")
    assert [each.about for each in found.missed] == ["经费"]
    assert len(found.wrong) == 1
    assert (found.recall, found.f1) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("2\t每月检查车况两次\t车况", "四栏"),
        ("3\t每车配一名看护人员\t运营补贴列入年度预算\t经费", "四栏"),
        ("2\t没有这句\t运营补贴列入年度预算\t经费", "出现 0 次"),
        ("2\t学校应当每月检查车况\t运营补贴列入年度预算\t经费", "出现 2 次"),
        ("2\t年度预算\t运营补贴\t经费", "都在 lower 里"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_its_number(engine, tmp_path, line, message):
    with pytest.raises(SuiteError, match=message) as told:
        measured(engine, tmp_path, line)
    assert told.value.line == 2


def test_a_file_that_is_not_there_is_told(engine, tmp_path):
    with pytest.raises(SuiteError, match="读不出来"):
        read_joins(tmp_path / "none.tsv", engine.documents())


def test_the_made_texts_are_joined_well_above_chance_and_seldom_wrong():
    for name, folder in TEXTS.items():
        engine = open_engine(JOINS / folder)
        found = measure(engine.compare_whole(), read_joins(JOINS / name, engine.documents()))
        assert found.precision > 0.8
        assert found.recall > 0.5


def test_the_command_prints_each_file_and_with_failures_what_is_wrong(capsys):
    assert main(["--failures"]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in TEXTS)
    assert "没有并上" in printed
