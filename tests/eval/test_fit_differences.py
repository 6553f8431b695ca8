"""The weights of differences fitted: what tells labels apart is learned, and the pairs are read whole."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import SuiteError
from corpus.model import Document, Metadata
from eval.fit_differences import accuracy, examples_of, main, read_pairs
from search.compare.signals import AGAINST, EVIDENCE, JUDGED
from search.compare.weighing import TABLES, shipped

LINES = [
    "甲\t补贴\t每亩补贴120元\t每亩补贴100元\t更宽\t",
    "甲\t补贴\t每亩补贴80元\t每亩补贴100元\t更严\t不同",
    "乙\t方式\t采用因素法分配资金\t采用招标法分配资金\t不同\t",
    "乙\t证件\t证件遗失可补发\t证件丢失可补领\t一致\t",
]


def write(folder: Path, lines: list[str]) -> Path:
    (folder / "some.tsv").write_text("\n".join(["# 说明", *lines]) + "\n", encoding="utf-8")
    return folder


def test_pairs_are_read_with_their_labels(tmp_path):
    pairs = read_pairs(write(tmp_path, LINES))
    assert [pair.label for pair in pairs] == ["更宽", "更严", "不同", "一致"]
    assert pairs[1].alt == ("不同",)
    assert {pair.source for pair in pairs} == {"甲", "乙"}


def test_a_rule_whose_words_stand_in_a_document_is_a_rule_of_it(tmp_path):
    document = Document("city", "", "", "utf-8", "总则。\n每亩补贴\n120元。", (), Metadata(title="市"), (), ())
    first = read_pairs(write(tmp_path, LINES), (document,))[0]
    assert first.of.document is document
    assert first.of.text == "每亩补贴\n120元"
    assert first.to.document.doc_id == "to"


@pytest.mark.parametrize(("line", "words"), [("甲\t短", "应有 6 栏"), ("甲\t\t一\t二\t更好\t", "没有“更好”这个标签")])
def test_a_line_that_does_not_fit_is_told(tmp_path, line, words):
    with pytest.raises(SuiteError, match=words):
        read_pairs(write(tmp_path, [line]))


def test_what_tells_labels_apart_is_learned(tmp_path):
    pairs = read_pairs(write(tmp_path, LINES))
    found = [pair.found() for pair in pairs]
    weights = examples_of(pairs, found).fitted(np.ones(len(pairs), np.bool_))
    assert accuracy(weights, pairs, found, np.ones(len(pairs), np.bool_)) == 1


def test_the_command_writes_weights_of_sensible_signs(tmp_path, capsys):
    path = tmp_path / "weighing.toml"
    assert main(["--write", str(path)]) == 0
    fitted = tomllib.loads(path.read_text(encoding="utf-8"))
    assert {table: set(names) for table, names in fitted.items()} == {t: set(names) for t, names in shipped().items()}
    for label in JUDGED:
        assert all(fitted[TABLES[label]][name] > 0 for name in EVIDENCE[label])
        assert all(fitted[TABLES[label]][name] <= 0 for name in AGAINST[TABLES[label]])
    assert "交叉验证 10 折" in capsys.readouterr().out


def test_a_suite_that_is_not_there_is_told(capsys):
    assert main(["--suite", "没有这个评测集"]) == 2
    assert "没有这个评测集" in capsys.readouterr().err
