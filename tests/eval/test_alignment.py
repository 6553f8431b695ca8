from __future__ import annotations

import json

import pytest
from clinics import write_clinics

from eval.alignment import f1_interval, judge, main, rows
from eval.gold import APART, PAIRS, GoldPair, read_pairs, split_of
from eval.splits import SPLITS
from search import open_engine
from search.compare.matches import review
from search.compare.model import Match

FIRST = {"one": "town/1", "other": "city/1", "strength": 2, "split": "dev", "why": "都管钱"}
OPEN = {**FIRST, "other": "city/2", "strength": 1}


def write(folder, *lines):
    written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    (folder / PAIRS).write_text("\n".join(written) + "\n", encoding="utf-8")
    return folder


def test_open_pairs_count_neither_way_and_unlisted_ones_as_wrong(tmp_path, made_corpus):
    gold = read_pairs(
        write(tmp_path, FIRST, OPEN, {**FIRST, "one": "town/2", "other": "city/2"}), made_corpus.documents
    )
    given = [Match("town/1", "city/1", 1), Match("town/1", "city/2", 1), Match("town/2", "city/1", 1)]
    *_, whole = rows(judge(gold, given, "dev"), made_corpus.documents)
    assert (whole.figures.right, whole.figures.given, whole.figures.gold) == (1, 2, 2)
    assert whole.figures.f1 == pytest.approx(0.5)


def test_a_pair_found_apart_is_wrong_where_it_is_given(made_corpus):
    gold = [GoldPair("town/1", "city/1", APART, "dev", is_reviewed=True)]
    (whole,) = rows(judge(gold, [], "dev"), made_corpus.documents)
    assert (whole.figures.given, whole.figures.gold) == (0, 0)
    *_, whole = rows(judge(gold, [Match("town/1", "city/1", 1)], "dev"), made_corpus.documents)
    assert (whole.figures.right, whole.figures.given, whole.figures.gold) == (0, 1, 0)


def test_a_pair_is_of_the_split_of_its_first_clause(tmp_path, made_corpus):
    gold = read_pairs(write(tmp_path, {**FIRST, "split": "test"}), made_corpus.documents)
    part = split_of(gold)
    assert part("town/1") == "test"
    assert part("town/2") in SPLITS
    judged = {
        split: judge(gold, [Match("town/1", "city/2", 1), Match("town/2", "city/2", 1)], split) for split in SPLITS
    }
    assert ("town/1", "city/2") in judged["test"].given
    assert ("town/2", "city/2") in judged[part("town/2")].given
    assert not judged["dev"].gold


def test_the_interval_is_over_clauses(tmp_path, made_corpus):
    gold = read_pairs(write(tmp_path, FIRST, {**FIRST, "one": "town/2"}), made_corpus.documents)
    low, high = f1_interval(judge(gold, [Match("town/1", "city/1", 1)], "dev"))
    assert (low, high) == (0, 1)
    assert f1_interval(judge(gold[:1], [], "dev")) is None


def test_the_command_prints_figures_and_failing_pairs(capsys):
    assert main(["--split", "dev"]) == 0
    printed = capsys.readouterr().out
    assert "合计" in printed
    assert "没有找到" in printed or "多给" in printed


def test_the_shipped_texts_are_aligned_about_as_people_do(capsys):
    main(["--split", "dev"])
    (total,) = [line for line in capsys.readouterr().out.splitlines() if "合计" in line]
    assert float(total.split("│")[4]) >= 0.85


def test_an_unknown_suite_is_told(capsys):
    assert main(["--suite", "nowhere"]) == 2
    assert "没有找到评测集" in capsys.readouterr().err


# What people reviewed, over made texts with a suite of their own

TRAINING = ("country/1/1", "province/1/1")
PAY = ("country/2/3", "province/2/2")
"""Both are computed."""
NEW = ("country/2/4", "city/1/1")
"""This is not."""


@pytest.fixture
def clinics(tmp_path):
    return open_engine(write_clinics(tmp_path / "corpus"))


@pytest.fixture
def measured(tmp_path, clinics, capsys):
    """Runs the command on the made texts: what it prints; the right, given and wanted pairs in all with it."""
    folder = tmp_path / "suite"
    folder.mkdir()
    (folder / "suite.toml").touch()

    def run(split="dev", *lines):
        write(folder, *lines)
        options = ["--suite", str(folder), "--split", split, "--corpus", str(clinics.folder)]
        assert main(options) == 0
        said = capsys.readouterr().out
        (total,) = [line for line in said.splitlines() if "合计" in line]
        return said, tuple(int(count) for count in total.split("│")[6].split("/"))

    return run


def pair(one, other, strength=2, split="dev"):
    return {"one": one, "other": other, "strength": strength, "split": split}


SUITE = [pair(*TRAINING), pair("country/2/3", "city/1/1", 1), pair("country/2/4", "city/1/2", 1)]


def test_an_accepted_pair_is_wanted_and_not_held_to_be_found(measured, clinics):
    _, before = measured("dev", *SUITE)
    review(clinics, *NEW, "same")
    said, after = measured("dev", *SUITE)
    assert after == (before[0], before[1], before[2] + 1)
    assert "计入语料里人工核对的 1 对：同一事项 1，不是 0。" in said
    assert f"{NEW[0]} — {NEW[1]}  （人工核对）" in said


def test_an_accepted_pair_that_is_computed_anyway_is_right(measured, clinics):
    _, before = measured("dev", *SUITE)
    review(clinics, *PAY, "same")
    assert measured("dev", *SUITE)[1] == (before[0] + 1, before[1], before[2] + 1)


def test_a_rejected_pair_that_is_computed_is_wrong_and_wins_over_the_suite(measured, clinics):
    _, before = measured("dev", *SUITE)
    review(clinics, *reversed(TRAINING), "different", "对象不同")
    said, after = measured("dev", *SUITE)
    assert after == (before[0] - 1, before[1], before[2] - 1)
    assert f"{TRAINING[0]} — {TRAINING[1]}  对象不同（人工核对）" in said


def test_a_reviewed_pair_counts_in_the_split_of_its_higher_clause(measured, clinics):
    review(clinics, *TRAINING, "different")
    said, _ = measured("test", pair(*PAY, split="test"), pair(*TRAINING))
    assert "人工核对的 0 对" in said


def test_a_review_whose_clause_is_gone_is_not_judged(measured, clinics):
    review(clinics, *NEW, "same")
    path = clinics.folder / "alignment.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("city/1/1", "city/9/1"), encoding="utf-8")
    assert "人工核对的 0 对" in measured("dev", *SUITE)[0]


def test_a_broken_file_of_reviews_is_told(tmp_path, clinics, capsys):
    (clinics.folder / "alignment.toml").write_text("match = 3", encoding="utf-8")
    (tmp_path / "suite.toml").touch()
    write(tmp_path, *SUITE)
    assert main(["--suite", str(tmp_path), "--corpus", str(clinics.folder)]) == 2
    assert "请写成 [[match]]" in capsys.readouterr().err
