from __future__ import annotations

import json

import pytest

from corpus.errors import SuiteError
from eval.alignment import GOLD, f1_interval, judge, load_gold, main, rows, split_of
from eval.splits import SPLITS
from search.compare.model import Match

FIRST = {"one": "town/1", "other": "city/1", "strength": 2, "split": "dev", "why": "都管钱"}
OPEN = {**FIRST, "other": "city/2", "strength": 1}


def write(folder, *lines):
    written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    (folder / GOLD).write_text("\n".join(written) + "\n", encoding="utf-8")
    return folder


def test_judged_pairs_are_read(tmp_path, made_corpus):
    gold = load_gold(write(tmp_path, FIRST, "", OPEN), made_corpus.documents)
    assert [(*each.pair, each.strength) for each in gold] == [("town/1", "city/1", 2), ("town/1", "city/2", 1)]


@pytest.mark.parametrize(
    ("lines", "line", "field", "said"),
    [
        ((FIRST, {**OPEN, "other": "city/9"}), 2, "other", "没有条款“city/9”"),
        (({**FIRST, "strength": 3},), 1, "strength", "strength"),
        (({**FIRST, "colour": 1},), 1, "colour", "colour"),
        (({**FIRST, "one": "city/1", "other": "town/1"},), 1, "one", "请对调"),
        (({**FIRST, "other": "town/2"},), 1, "one", "层级应高于"),
        ((FIRST, FIRST), 2, "one", "已经写过"),
        ((FIRST, {**OPEN, "split": "test"}), 2, "split", "请改为一致"),
        (("{",), 1, None, "JSON"),
        ((), None, None, "没有判定"),
    ],
)
def test_a_wrong_line_is_told_with_line_and_field(tmp_path, made_corpus, lines, line, field, said):
    with pytest.raises(SuiteError, match=said) as told:
        load_gold(write(tmp_path, *lines), made_corpus.documents)
    assert (told.value.line, told.value.field) == (line, field)


def test_a_suite_without_the_file_is_told(tmp_path, made_corpus):
    with pytest.raises(SuiteError, match="读不出来"):
        load_gold(tmp_path, made_corpus.documents)


def test_open_pairs_count_neither_way_and_unlisted_ones_as_wrong(tmp_path, made_corpus):
    gold = load_gold(write(tmp_path, FIRST, OPEN, {**FIRST, "one": "town/2", "other": "city/2"}), made_corpus.documents)
    given = [Match("town/1", "city/1", 1), Match("town/1", "city/2", 1), Match("town/2", "city/1", 1)]
    *_, whole = rows(judge(gold, given, "dev"), made_corpus.documents)
    assert (whole.figures.right, whole.figures.given, whole.figures.gold) == (1, 2, 2)
    assert whole.figures.f1 == pytest.approx(0.5)


def test_a_pair_is_of_the_split_of_its_first_clause(tmp_path, made_corpus):
    gold = load_gold(write(tmp_path, {**FIRST, "split": "test"}), made_corpus.documents)
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
    gold = load_gold(write(tmp_path, FIRST, {**FIRST, "one": "town/2"}), made_corpus.documents)
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
