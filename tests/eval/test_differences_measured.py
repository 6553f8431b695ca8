"""The labels of differences against readers': what is read, counted and shown, over a made suite."""

from __future__ import annotations

import json

import pytest

from corpus.errors import SuiteError
from eval.differences import interval, main, read_cases

TEXT = {
    "upper": "（一）进修。单位可以安排进修。\n（二）公示。结果应当公示。\n（三）补贴。每月补贴100元。",
    "lower": "（一）进修。单位应当安排进修。\n（二）公示。结果应公示。\n（三）补贴。每月补贴200元。",
}


def point(number, upper, lower, label, split="dev", **fields):
    cells = {
        "upper": {"clause": f"upper/{number}", "quote": upper},
        "lower": {"clause": f"lower/{number}", "quote": lower},
    }
    relation = {"of": "lower", "to": "upper", "label": label, **fields}
    return {"id": f"p{number}", "topic": "自编", "split": split, "cells": cells, "relations": [relation]}


RIGHT = point(1, "单位可以安排进修", "单位应当安排进修", "更严")
WRONG = point(2, "结果应当 公示", "结果应公示", "不同")
ALSO = point(3, "每月补贴100元", "每月补贴200元", "不同", alt=["更宽"])


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "texts").mkdir(parents=True)
    for name, text in TEXT.items():
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def suite(tmp_path):
    def write(*points):
        folder = tmp_path / "suite"
        folder.mkdir()
        (folder / "suite.toml").write_text('name = "made"\n', encoding="utf-8")
        lines = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in points]
        (folder / "points.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder

    return write


@pytest.fixture
def documents(texts):
    from corpus.load import load_corpus

    return load_corpus(texts).documents


def test_a_label_or_one_as_defensible_is_right(suite, documents):
    cases = read_cases(suite(RIGHT, WRONG, ALSO), documents, "dev")
    assert [(case.judged.point, case.is_right) for case in cases] == [("p1", True), ("p2", False), ("p3", True)]
    assert cases[1].to.text == "结果应当公示"  # as it stands in the text, whatever the blanks of the quote


def test_the_other_split_and_silent_cells_are_left_out(suite, documents):
    silent = {**ALSO, "id": "p4", "cells": {**ALSO["cells"], "upper": None}}
    assert [
        case.judged.point for case in read_cases(suite(RIGHT, {**WRONG, "split": "test"}, silent), documents, "dev")
    ] == ["p1"]


def test_the_interval_holds_the_accuracy(suite, documents):
    cases = read_cases(suite(RIGHT, WRONG, ALSO), documents, "dev")
    low, high = interval(cases, rounds=500)
    assert 0 <= low <= 2 / 3 <= high <= 1
    assert interval(cases[:1], rounds=500) == (1, 1)


BROKEN = [
    ("{", "不是合格的 JSON"),
    ({**RIGHT, "cells": {**RIGHT["cells"], "lower": {"clause": "lower/1", "quote": "没有这句"}}}, "没有这句"),
    ({**RIGHT, "cells": {**RIGHT["cells"], "lower": {"clause": "lower/9", "quote": "单位"}}}, "lower/9"),
    ({**RIGHT, "split": "test"}, "dev"),
]


@pytest.mark.parametrize(("line", "named"), BROKEN)
def test_what_does_not_fit_is_named(suite, documents, line, named):
    with pytest.raises(SuiteError, match=named):
        read_cases(suite(line), documents, "dev")


def test_failures_of_test_are_shown_only_when_asked(suite, texts, capsys):
    folder = suite(*({**each, "split": "test"} for each in (RIGHT, WRONG, ALSO)))
    asked = ["--suite", str(folder), "--corpus", str(texts)]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "2/3 = 0.667" in said
    assert "应为不同，判为一致" not in said
    assert main([*asked, "--failures"]) == 0
    assert "应为不同，判为一致" in capsys.readouterr().out


def test_a_suite_without_points_is_named(tmp_path, texts, capsys):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "suite.toml").touch()
    assert main(["--suite", str(tmp_path / "empty"), "--corpus", str(texts)]) == 2
    assert "points.jsonl" in capsys.readouterr().err
