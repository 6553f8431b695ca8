from __future__ import annotations

import json
import tomllib
from dataclasses import replace

import numpy as np
import pytest
from clinics import write_clinics

from eval.fit_alignment import Examples, best_threshold, cross_validated, examples_of, main, tried
from eval.gold import PAIRS, pairs_judged
from eval.quoted_pairs import PAIRS as QUOTED
from search import open_engine
from search.compare.align import SIGNALS
from search.compare.matches import review


def made(count=60):
    rng = np.random.default_rng(3)
    signals = rng.uniform(size=(count, 2))
    ones = np.array([f"a/{n % 12}" for n in range(count)])
    return Examples(signals, np.where(signals[:, 0] > 0.6, 2, 0), ones, missed=0)


def test_a_signal_that_tells_matches_apart_is_learned():
    examples = made()
    threshold, f1 = best_threshold([cross_validated(examples, seed) for seed in range(3)], examples)
    assert f1 > 0.8
    assert 0.1 <= threshold <= 0.9


def test_no_pair_is_judged_by_a_model_that_saw_its_clause():
    # what is wrong of a clause alone stays wrong: its own pairs did not teach it
    examples = made()
    turned = examples.strengths.copy()
    own = examples.ones == "a/3"
    turned[own] = 2 - turned[own]
    plain = cross_validated(examples, 0)
    odd = cross_validated(Examples(examples.signals, turned, examples.ones, 0), 0)
    assert np.allclose(plain[own], odd[own])


def test_matches_that_were_never_weighed_count_as_missed():
    given = [np.where(made().is_match, 0.9, 0.1)]
    full, short = made(), replace(made(), missed=10)
    assert best_threshold(given, short)[1] < best_threshold(given, full)[1] == 1


def test_pairs_that_may_be_seen_either_way_teach_but_count_for_nothing():
    examples = made()
    strengths = np.where((examples.strengths == 0) & (examples.signals[:, 0] > 0.4), 1, examples.strengths)
    graded = replace(examples, strengths=strengths)
    assert (strengths == 1).any()
    assert not np.allclose(cross_validated(graded, 0), cross_validated(examples, 0))
    for wrong in (0.1, 0.95):
        given = [np.where(graded.is_match, 0.9, np.where(graded.is_judged, 0.1, wrong))]
        assert best_threshold(given, graded)[1] == 1


def test_a_model_is_tried_on_pairs_that_it_did_not_see():
    strengths = np.array([2, 2, 0, 1])
    examples = Examples(np.array([[0.9], [0.1], [0.8], [0.9]]), strengths, np.array(["a/1"] * 4), missed=1)
    found = tried(np.array([10.0, -5.0]), 0.5, examples)
    assert (found.right, found.given, found.gold) == (1, 2, 3)  # the one that may be seen either way counts for nothing


def test_the_second_set_is_told_of_and_changes_no_weight(tmp_path, capsys):
    shipped, small = tmp_path / "shipped.toml", tmp_path / "small.toml"
    assert main(["--write", str(shipped)]) == 0
    assert "另一套文件：F1 0." in capsys.readouterr().out
    folder = asked_clinics(tmp_path / "second")
    (folder / QUOTED).write_text("2\t培训不少于80学时\t培训不少于120学时\t培训\n", encoding="utf-8")
    assert main(["--pairs", str(folder), "--write", str(small)]) == 0
    assert "应有 1）" in capsys.readouterr().out
    assert small.read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8")


def test_a_second_set_that_cannot_be_read_is_told(tmp_path, capsys):
    assert main(["--pairs", str(asked_clinics(tmp_path / "second"))]) == 2
    assert "pairs.tsv" in capsys.readouterr().err


def test_the_command_writes_a_model_of_sensible_signs(tmp_path, capsys):
    path = tmp_path / "align.toml"
    assert main(["--write", str(path)]) == 0
    fitted = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(fitted) == set(SIGNALS)
    for kind, names in SIGNALS.items():
        assert tuple(fitted[kind]["weights"]) == names
        assert min(fitted[kind]["weights"].values()) > 0
        assert 0 < fitted[kind]["threshold"] < 1
    assert "交叉验证 F1" in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_told(tmp_path, capsys):
    assert main(["--write", str(tmp_path / "gone" / "align.toml")]) == 2
    assert "写不进去" in capsys.readouterr().err


TRAINING = ("country/1/1", "province/1/1")
PAY = ("country/2/3", "province/2/2")
ASKED = {
    "country": "> 每名乡村医生每月发放补助600元\n村医一个月补助多少钱\n> 乡村医生每年参加培训不少于80学时\n培训几天\n",
    "province": "> 每名乡村医生每月发放补助900元\n一个月补助多少钱\n> 乡村医生每年参加培训不少于120学时\n培训多久\n",
}


@pytest.fixture
def suite(tmp_path):
    """The pair on training, of the higher clauses in `dev`; what else is not judged."""
    folder = tmp_path / "suite"
    folder.mkdir()
    (folder / "suite.toml").touch()
    lines = [
        {"one": one, "other": other, "strength": strength, "split": "dev"}
        for one, other, strength in ((*TRAINING, 2), ("country/2/3", "city/1/1", 1))
    ]
    (folder / PAIRS).write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return folder


def asked_clinics(folder):
    """The made texts, with what people ask of two rules of two of them."""
    write_clinics(folder)
    (folder / "questions").mkdir()
    for name, asked in ASKED.items():
        (folder / "questions" / f"{name}.txt").write_text(asked, encoding="utf-8")
    return folder


@pytest.fixture
def engine(tmp_path):
    return open_engine(asked_clinics(tmp_path / "corpus"))


def matches(engine, suite, kind="phrased"):
    found = examples_of(engine, pairs_judged(suite, engine), "dev")[kind]
    return set(found.ones[found.is_match].tolist()), len(found.is_match), found.missed


def test_what_people_reviewed_is_learned_from(engine, suite):
    ones, pairs, missed = matches(engine, suite)
    assert (ones, missed) == ({"country/1/1"}, 0)
    review(engine, *PAY, "same")
    assert matches(engine, suite) == ({"country/1/1", "country/2/3"}, pairs, 0)
    review(engine, *TRAINING, "different")  # wins over the suite: it is a pair that is none, not one left out
    assert matches(engine, suite) == ({"country/2/3"}, pairs, 0)


def test_pairs_of_both_splits_are_given_where_none_is_named(engine, suite):
    gold = pairs_judged(suite, engine)
    found = [len(examples_of(engine, gold, split)["plain"].ones) for split in ("dev", None)]
    assert found[0] < found[1]


def test_what_nobody_asks_about_teaches_the_plain_model_alone(engine, suite):
    review(engine, "country/2/3", "province/preface", "same")
    assert matches(engine, suite)[0] == {"country/1/1"}
    assert matches(engine, suite, "plain")[0] == {"country/1/1", "country/2/3"}


def test_matches_of_texts_that_nobody_asks_about_are_not_missed(engine, suite):
    review(engine, "country/1/1", "city/1/2", "same")
    assert matches(engine, suite)[2] == 0


def test_the_command_says_how_many_reviews_count(engine, suite, capsys):
    review(engine, *PAY, "same")
    assert main(["--suite", str(suite), "--corpus", str(engine.folder)]) == 0
    assert "计入语料里人工核对的 1 对：同一事项 1，不是 0。" in capsys.readouterr().out


def test_texts_without_phrasings_cannot_be_learned_from(tmp_path, suite, capsys):
    folder = write_clinics(tmp_path / "unasked")
    assert main(["--suite", str(suite), "--corpus", str(folder)]) == 2
    assert "没有可学的对应" in capsys.readouterr().err
