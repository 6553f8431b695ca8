"""Cells of a compared topic against judged ones."""

import pytest

from eval.comparing import judge, main
from search import open_engine


@pytest.fixture(scope="module")
def shipped():
    return open_engine()


def span(engine, doc_id, words):
    start = engine.document(doc_id).text.index(words)
    return start, start + len(words)


def test_a_rule_that_one_text_has_alone_is_found_and_the_others_stay_empty(shipped):
    gold = {"chongqing": span(shipped, "chongqing", "1.5%"), "liaocheng": None}
    found = judge(shipped, "职工教育经费按工资总额的比例", gold)
    assert found.cells == (True,)
    assert found.silent == (True,)


def test_words_that_stand_elsewhere_are_not_counted(shipped):
    gold = {"national": span(shipped, "national", "基层专业技术人才是我国人才队伍的重要组成部分")}
    assert judge(shipped, "继续教育每年多少学时", gold).cells == (False,)


def test_the_command_prints_shares_and_names_what_fell_short(capsys):
    assert main(["--split", "dev", "--failures"]) == 0
    out = capsys.readouterr().out
    assert "未规定的格子：空着" in out
    assert "格子 (" in out


def test_a_suite_without_points_is_told(capsys):
    assert main(["--suite", "no-such-suite"]) == 2
    assert "no-such-suite" in capsys.readouterr().err
