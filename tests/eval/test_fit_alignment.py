from __future__ import annotations

import tomllib

import numpy as np

from eval.fit_alignment import Examples, best_threshold, cross_validated, main
from search.compare.align import SIGNALS


def made(count=60):
    rng = np.random.default_rng(3)
    signals = rng.uniform(size=(count, 2))
    ones = np.array([f"a/{n % 12}" for n in range(count)])
    return Examples(signals, signals[:, 0] > 0.6, ones, missed=0)


def test_a_signal_that_tells_matches_apart_is_learned():
    examples = made()
    threshold, f1 = best_threshold([cross_validated(examples, seed) for seed in range(3)], examples)
    assert f1 > 0.8
    assert 0.1 <= threshold <= 0.9


def test_no_pair_is_judged_by_a_model_that_saw_its_clause():
    # what is wrong of a clause alone stays wrong: its own pairs did not teach it
    examples = made()
    turned = examples.is_match.copy()
    own = examples.ones == "a/3"
    turned[own] = ~turned[own]
    plain = cross_validated(examples, 0)
    odd = cross_validated(Examples(examples.signals, turned, examples.ones, 0), 0)
    assert np.allclose(plain[own], odd[own])


def test_matches_that_were_never_weighed_count_as_missed():
    given = [np.where(made().is_match, 0.9, 0.1)]
    full, short = made(), Examples(made().signals, made().is_match, made().ones, missed=10)
    assert best_threshold(given, short)[1] < best_threshold(given, full)[1] == 1


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
