import os
import sys
import tomllib
from pathlib import Path

import pytest

from corpus.load import load_corpus
from eval.bench import made
from eval.bench.__main__ import main
from eval.bench.figure import BenchError, Figure, markdown, quantile, resident_mb, run


@pytest.mark.parametrize(
    ("figure", "row"),
    [
        (Figure("冷", 1.234, "秒", 2.5), "| 冷 | 1.23 秒 | ≤ 2.5 秒 | 是 |  |"),  # below its target
        (Figure("冷", 2.5, "秒", 2.5), "| 冷 | 2.5 秒 | ≤ 2.5 秒 | 是 |  |"),  # just at it
        (Figure("内存", 1234.5, "MB", 700, "注"), "| 内存 | 1,234 MB | ≤ 700 MB | **否** | 注 |"),  # above it
        (Figure("建", 12.3, "秒"), "| 建 | 12.3 秒 |  |  |  |"),  # no target
        (Figure("页", None, "秒", 10, "起不来"), "| 页 | 未测 | ≤ 10 秒 |  | 起不来 |"),  # not measured
    ],
)
def test_a_figure_stands_beside_its_target(figure, row):
    assert list(markdown([figure]))[2] == row


def test_a_quantile_lies_between_the_values():
    assert quantile([4.0, 1.0, 2.0, 3.0], 0.5) == 2.5


def test_a_command_that_fails_is_named():
    with pytest.raises(BenchError, match="状态 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"])


def test_a_command_that_is_not_there_is_named():
    with pytest.raises(BenchError, match="no-such-command"):
        run(["no-such-command"])


def test_memory_is_measured_in_megabytes():
    assert run([sys.executable, "-c", "import time; held = b'x' * 50_000_000; time.sleep(0.3)"]).peak_mb > 50
    assert 5 < resident_mb(os.getpid()) < 100_000


def test_memory_of_a_command_is_not_that_of_who_runs_it():
    held = b"x" * 400_000_000
    peak = run([sys.executable, "-c", "import time; time.sleep(0.3)"]).peak_mb
    assert len(held) / 1e6 > peak


def test_what_a_command_writes_is_given():
    assert run([sys.executable, "-c", "print('x' * 100_000)"]).output == b"x" * 100_000 + b"\n"


def test_the_same_seed_gives_the_same_clauses_and_another_others():
    assert made.made_clauses(20) == made.made_clauses(20)
    assert made.made_clauses(20) != made.made_clauses(20, seed=7)
    assert made.made_questions(20) == made.made_questions(20)


def test_made_clauses_are_varied_and_filled():
    clauses = made.made_clauses(300)
    assert len(set(clauses)) == 300
    assert not any("{" in clause for clause in clauses)


def test_a_made_corpus_is_read_clause_by_clause(tmp_path):
    clauses = made.made_clauses(made.CLAUSES_PER_TEXT + 25)
    made.write_corpus(tmp_path, clauses)
    documents = load_corpus(tmp_path).documents
    read = [clause for document in documents for clause in document.clauses if clause.kind == "clause"]
    assert len(documents) == 2
    assert [clause.body_text.partition("）")[2] for clause in read] == clauses


def test_words_and_templates_are_sorted_and_given_once():
    table = tomllib.loads(Path(made.__file__).with_name("made.toml").read_text(encoding="utf-8"))
    for words in (table["provisions"], table["questions"], *table["fillers"].values()):
        assert words == sorted(set(words))


def test_parts_can_be_left_out(capsys):
    assert main(["--skip", "shipped", "page", "sizes"]) == 0
    assert "Python" in capsys.readouterr().out
