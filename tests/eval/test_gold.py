"""Judged points and pairs of a suite: what is read, what is refused, and what reviews put in their place."""

from __future__ import annotations

import json

import pytest

from corpus.errors import SuiteError
from eval.gold import (
    APART,
    CLEAR,
    PAIRS,
    POINTS,
    GoldPair,
    read_pairs,
    read_points,
    reviewed_counted,
    split_of,
    with_reviewed,
)
from eval.measures.comparison import JudgedRelation
from search.compare.reviewed import Reviewed

FIRST = {"one": "town/1", "other": "city/1", "strength": 2, "split": "dev", "why": "都管钱"}
OPEN = {**FIRST, "other": "city/2", "strength": 1}


def write(path, *lines):
    written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(written) + "\n", encoding="utf-8")
    return path.parent


# Pairs


def test_judged_pairs_are_read(tmp_path, made_corpus):
    gold = read_pairs(write(tmp_path / PAIRS, FIRST, "", OPEN), made_corpus.documents)
    assert [(*each.pair, each.strength) for each in gold] == [("town/1", "city/1", 2), ("town/1", "city/2", 1)]
    assert (gold[0].why, gold[0].is_reviewed) == ("都管钱", False)


@pytest.mark.parametrize(
    ("lines", "line", "field", "said"),
    [
        ((FIRST, {**OPEN, "other": "city/9"}), 2, "other", "没有条款“city/9”"),
        (({**FIRST, "strength": 3},), 1, "strength", "strength"),
        (({**FIRST, "strength": 0},), 1, "strength", "strength"),  # what is not listed is no match
        (({**FIRST, "colour": 1},), 1, "colour", "colour"),
        (({**FIRST, "one": "city/1", "other": "town/1"},), 1, "one", "请对调"),
        (({**FIRST, "other": "town/2"},), 1, "one", "层级应高于"),
        ((FIRST, FIRST), 2, "one", "已经写过"),
        ((FIRST, {**OPEN, "split": "test"}), 2, "split", "请改为一致"),
        (("{",), 1, None, "JSON"),
        ((), None, None, "没有判定"),
    ],
)
def test_a_wrong_pair_is_told_with_line_and_field(tmp_path, made_corpus, lines, line, field, said):
    with pytest.raises(SuiteError, match=said) as told:
        read_pairs(write(tmp_path / PAIRS, *lines), made_corpus.documents)
    assert (told.value.path, told.value.line, told.value.field) == (tmp_path / PAIRS, line, field)


@pytest.mark.parametrize("read", [read_pairs, read_points])
def test_a_suite_without_the_file_or_with_one_that_is_no_text_is_told(tmp_path, made_corpus, read):
    with pytest.raises(SuiteError, match="读不出来"):
        read(tmp_path, made_corpus.documents)
    for name in (PAIRS, POINTS):
        (tmp_path / name).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SuiteError, match="UTF-8"):
        read(tmp_path, made_corpus.documents)


# Reviews


def test_a_review_wins_over_the_suite_and_others_are_added(tmp_path, made_corpus):
    gold = read_pairs(write(tmp_path / PAIRS, FIRST, OPEN), made_corpus.documents)
    reviewed = [
        Reviewed("city/1", "town/1", "different", "对象不同"),  # whichever is named first
        Reviewed("town/1", "city/2", "same"),
        Reviewed("town/2", "city/2", "same"),
    ]
    part = split_of(gold)
    assert with_reviewed(gold, reviewed, made_corpus.documents) == (
        GoldPair("town/1", "city/1", APART, "dev", "对象不同", is_reviewed=True),
        GoldPair("town/1", "city/2", CLEAR, "dev", is_reviewed=True),
        GoldPair("town/2", "city/2", CLEAR, part("town/2"), is_reviewed=True),
    )


def test_reviews_move_no_clause_to_another_split(tmp_path, made_corpus):
    line = {**FIRST, "split": "test" if split_of([])("town/1") == "dev" else "dev"}  # not where it would be dealt
    gold = read_pairs(write(tmp_path / PAIRS, line), made_corpus.documents)
    after = with_reviewed(gold, [Reviewed("town/1", "city/1", "different")], made_corpus.documents)
    assert split_of(after)("town/1") == line["split"]


def test_the_reviews_of_a_split_are_counted():
    gold = [
        GoldPair("town/1", "city/1", CLEAR, "dev"),
        GoldPair("town/1", "city/2", CLEAR, "dev", is_reviewed=True),
        GoldPair("town/2", "city/1", APART, "test", is_reviewed=True),
        GoldPair("town/2", "city/2", APART, "test", is_reviewed=True),
    ]
    assert reviewed_counted(gold, "dev") == "计入语料里人工核对的 1 对：同一事项 1，不是 0。"
    assert reviewed_counted(gold, "test") == "计入语料里人工核对的 2 对：同一事项 0，不是 2。"


# Points

CELLS = {
    "town": {"clause": "town/1", "quote": "山区学校 每月加发三百元"},
    "city": {"clause": "city/2", "quote": "另有规定的除外"},  # stands in town/2 as well
}
RELATION = {"of": "city", "to": "town", "label": "不同", "alt": ["更严"], "reason": "不是一回事"}
POINT = {"id": "p1", "topic": "补贴", "split": "dev", "cells": CELLS, "relations": [RELATION]}
SILENT = {**POINT, "id": "p2", "cells": {**CELLS, "city": None}, "relations": [{**RELATION, "label": "未规定"}]}


def test_judged_points_are_read_with_the_words_as_they_stand(tmp_path, made_corpus):
    full, silent = read_points(write(tmp_path / POINTS, POINT, "", SILENT), made_corpus.documents)
    assert (full.id, full.topic, full.split, full.line, silent.line) == ("p1", "补贴", "dev", 1, 3)
    assert full.cells["town"].text == "山区学校每月加发三百元"
    city = made_corpus.by_id["city"]
    assert city.by_id["city/2"].start <= full.cells["city"].span.start < city.by_id["city/2"].end
    assert full.relations == full.two_sided == (JudgedRelation("p1", "city", "town", "不同", ("更严",)),)
    assert silent.cells["city"] is None
    assert (len(silent.relations), silent.two_sided) == (1, ())


def changed(cell=None, relation=None, **fields):
    cells = {**CELLS, "town": {**CELLS["town"], **cell}} if cell is not None else CELLS
    relations = [RELATION, {**RELATION, **relation}] if relation is not None else [RELATION]
    return {**POINT, "cells": cells, "relations": relations, **fields}


@pytest.mark.parametrize(
    ("lines", "line", "field", "said"),
    [
        ((POINT, {**POINT, "topic": "另一个"}), 2, "id", "p1 在前面写过"),
        ((changed(id=" "),), 1, "id", "不能是空的"),
        ((changed(split="train"),), 1, "split", "train"),
        ((changed(colour=1),), 1, "colour", "不认识的字段"),
        ((changed({"quote": "没有这句"}),), 1, "cells.town.quote", "“town/1”里没有“没有这句”"),
        ((changed({"quote": "调离的次月停发"}),), 1, "cells.town.quote", "照抄原文"),  # in another clause
        ((changed({"clause": "city/1"}),), 1, "cells.town.clause", "“town”没有条款“city/1”"),
        ((changed(cells={**CELLS, "moon": None}),), 1, "cells", "“moon”不在语料中；已收录：town、city"),
        ((changed(cells={"town": None, "city": None}),), 1, "cells", "没有一份文件有规定"),
        ((changed(relation={"label": "更好"}),), 1, "relations[1].label", "更好"),
        ((changed(relation={"alt": ["更好"]}),), 1, "relations[1].alt[0]", "更好"),
        ((changed(relation={"of": "moon"}),), 1, "relations[1].of", "cells 里没有“moon”"),
        ((changed(relation={"to": "city"}),), 1, "relations[1].to", "应是两份文件"),
        (("{",), 1, None, "JSON"),
        ((), None, None, "没有判定"),
    ],
)
def test_a_wrong_point_is_told_with_line_and_field(tmp_path, made_corpus, lines, line, field, said):
    with pytest.raises(SuiteError, match=said) as told:
        read_points(write(tmp_path / POINTS, *lines), made_corpus.documents)
    assert (told.value.path, told.value.line, told.value.field) == (tmp_path / POINTS, line, field)
