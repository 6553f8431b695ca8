"""The table of targets: what is reached, with intervals, and which questions fall short."""

import pytest

from eval.run import run_suite
from eval.suite import find_suite, load_suite
from eval.systems import engines_for
from eval.targets import Row, main, rows, unprepared
from search import open_engine


@pytest.fixture(scope="module")
def shipped():
    engine = open_engine()
    suite = load_suite(find_suite("three-texts"), engine.documents()).part("dev")
    return suite, run_suite(suite, engines_for(("hybrid",), engine))


def test_each_row_lies_in_its_interval_and_names_what_falls_short(shipped):
    found = rows(*shipped)
    assert len(found) == 10
    for row in found:
        assert row.low <= row.value <= row.high
        assert 0 <= row.value <= 1
    first = found[0]
    assert len(first.short) == round(first.count * (1 - first.value))


def test_reached_means_at_least_what_is_wanted():
    assert Row("x", 0.9, 0.8, 1.0, 0.9, 10).is_reached
    assert not Row("x", 0.89, 0.8, 1.0, 0.9, 10).is_reached


def test_without_phrasings_and_manifest_the_textbook_is_still_far_behind():
    row = unprepared("three-texts", "dev")
    assert row.low > 1.4
    assert "教科书 BM25" in row.name


def test_the_command_prints_the_table(capsys):
    assert main(["--split", "dev", "--failures"]) == 0
    out = capsys.readouterr().out
    assert "条文排第一" in out
    assert main(["--suite", "no-such-suite"]) == 2
