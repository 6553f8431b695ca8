"""Cells and labels of a compared topic against judged ones."""

from __future__ import annotations

import json

import pytest
from clinics import write_clinics

from corpus.errors import SuiteError
from corpus.load import load_corpus
from corpus.model import Span
from eval.comparing import Judged, figures, judge, main, overlap, read_held
from eval.gold import GoldPoint
from eval.measures.comparison import JudgedRelation
from search import open_engine
from search.compare.model import Cell, Comparison, Difference, Point, Relation
from search.compare.rule import Rule
from search.model import Quote


@pytest.fixture(scope="module")
def clinics(tmp_path_factory):
    return open_engine(write_clinics(tmp_path_factory.mktemp("corpus")))


class Compares:
    """An engine that compares every topic in the same rows."""

    def __init__(self, *points):
        self.points = points

    def compare(self, topic):
        return Comparison(topic, ("country", "province", "city"), self.points, "", 1.0)


WORDS = {
    "country": "每年参加培训不少于80学时",
    "province": "每年参加培训不少于120学时",
    "city": "合同期限不少于3年",
}


@pytest.fixture
def rule(clinics):
    def find(doc_id, words):
        document = clinics.document(doc_id)
        start = document.text.index(words)
        return Rule(document, Span(start, start + len(words)), words)

    return find


@pytest.fixture
def gold(rule):
    """A point of country and province (None for a silent text), with a label for the one towards the other."""

    def make(label="更严", alt=(), **silent):
        cells = {doc_id: rule(doc_id, WORDS[doc_id]) for doc_id in ("country", "province")} | {"city": None} | silent
        relation = JudgedRelation("p1", "province", "country", label, alt)
        return GoldPoint("p1", "培训学时", "dev", cells, (relation,), 1)

    return make


@pytest.fixture
def row(rule):
    """A row with these words in the cells, and a label for province towards country."""

    def make(label="更严", **words):
        cells = dict.fromkeys(("country", "province", "city"))
        for doc_id, said in words.items():
            span = rule(doc_id, said).span
            cells[doc_id] = Cell(doc_id, f"{doc_id}/1/1", "（一）", Quote(said, span.start, span.end))
        return Point(cells, (Relation("province", "country", Difference(label, "")),))

    return make


RIGHT = {doc_id: WORDS[doc_id] for doc_id in ("country", "province")}


def test_cells_silence_and_label_are_judged_in_the_row_that_has_most(gold, row):
    other = row("一致", country="每名乡村医生每月发放补助600元", province="每名乡村医生每月发放补助900元")
    found = judge(Compares(row(**RIGHT), other), gold())
    assert found == Judged("培训学时", (True, True), (True,), True, (True,), (1.0, 1.0))
    found = judge(Compares(other, row(**RIGHT)), gold())
    assert (found.cells, found.is_first, found.labels) == ((True, True), False, (True,))


@pytest.mark.parametrize(
    ("label", "alt", "given", "is_right"),
    [
        ("更严", (), "更严", True),
        ("更严", (), "更宽", False),
        ("细化", ("不同", "更严"), "更严", True),  # as defensible
    ],
)
def test_a_label_or_one_as_defensible_is_right(gold, row, label, alt, given, is_right):
    assert judge(Compares(row(given, **RIGHT)), gold(label, alt)).labels == (is_right,)


def test_a_row_that_lacks_a_cell_has_no_right_label(gold, row):
    lacking = row("新增", province=WORDS["province"])
    found = judge(Compares(lacking), gold("更严", ("新增",)))
    assert (found.cells, found.labels, found.overlaps) == ((False, True), (False,), (1.0,))


def test_the_label_the_other_way_round_does_not_count(gold, row):
    turned = Point(row(**RIGHT).cells, (Relation("country", "province", Difference("更严", "")),))
    assert judge(Compares(turned), gold()).labels == (False,)


def test_relations_to_a_silent_text_are_not_counted_and_no_rows_are_all_wrong(gold):
    assert judge(Compares(), gold()) == Judged("培训学时", (False, False), (True,), False, (False,), ())
    assert judge(Compares(), gold("新增", country=None)).labels == ()


def test_a_silent_text_that_is_given_words_is_wrong(gold, row):
    assert judge(Compares(row(**WORDS)), gold()).silent == (False,)


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ("每年参加培训不少于80学时", 1),
        ("参加培训不少于80学时", 11 / 13),  # less
        ("乡村医生每年参加培训不少于80学时", 13 / 17),  # more
        ("乡村医生每年", 2 / 17),  # beside
        ("但因病不能参加", 0),
    ],
)
def test_overlap_is_what_both_have_over_what_either_has(rule, said, share):
    span = rule("country", said).span
    cell = Cell("country", "country/1/1", "（一）", Quote(said, span.start, span.end))
    assert overlap(cell, rule("country", WORDS["country"])) == pytest.approx(share)


def test_blanks_do_not_count_in_the_overlap(tmp_path):
    (tmp_path / "a.txt").write_text("（一）培训。\n\n每年参加 培训 80学时。\n\n另行通知。\n", encoding="utf-8")
    (document,) = load_corpus(tmp_path).documents
    text = document.text
    start, end = text.index("每年"), text.index("80")
    assert text[start:end] == "每年参加 培训 "
    cell = Cell("a", "a/1", "", Quote(text[start:end], start, end))
    words = Span(start, text.index("学时") + 2)
    assert overlap(cell, Rule(document, words, text[words.start : words.end])) == pytest.approx(6 / 10)


def test_no_cell_has_no_overlap(rule):
    assert overlap(None, rule("country", WORDS["country"])) == 0


def test_figures_are_over_all_that_is_counted():
    found = [
        Judged("a", (True, True), (), True, (True, False, False), (1.0, 0.4)),
        Judged("b", (False,), (True,), False, (), ()),
    ]
    held = {each.name: each for each in figures(found)}
    assert [(name, each.right, each.total) for name, each in held.items()] == [
        ("cells", 2, 3), ("silent", 1, 1), ("first", 1, 2), ("labels", 1, 3), ("overlap", 1.4, 2),
    ]  # fmt: skip
    assert held["overlap"].value == pytest.approx(0.7)
    assert (held["cells"].low, held["cells"].high) == (0, 1)
    assert held["labels"].low <= held["labels"].value <= held["labels"].high
    nothing = figures([Judged("a", (True,), (), True, (), (1.0,))])[3]
    assert (nothing.value, nothing.low, nothing.high, nothing.total) == (None, None, None, 0)


# The command, over the made texts and a suite of their own

POINT = {
    "id": "p1",
    "topic": "乡村医生每年培训多少学时",
    "split": "dev",
    "cells": {
        "country": {"clause": "country/1/1", "quote": "乡村医生每年参加培训不少于 80学时"},
        "province": {"clause": "province/1/1", "quote": "每年参加培训不少于120学时"},
        "city": None,
    },
    "relations": [
        {"of": "province", "to": "country", "label": "更严"},
        {"of": "city", "to": "country", "label": "未规定"},
    ],
}
ABSENT = {
    **POINT,
    "id": "p2",
    "topic": "乡村医生每月补助多少[元]",
    "cells": {"country": {"clause": "country/2/4", "quote": "年满60周岁"}, "province": None},
    "relations": [],
}


@pytest.fixture
def suite(tmp_path):
    def write(*points):
        folder = tmp_path / "suite"
        folder.mkdir()
        (folder / "suite.toml").touch()
        lines = [json.dumps(each, ensure_ascii=False) for each in points]
        (folder / "points.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder

    return write


def test_the_command_prints_and_writes_the_figures_and_names_what_fell_short(suite, clinics, tmp_path, capsys):
    path = tmp_path / "figures.json"
    options = ["--suite", str(suite(POINT, ABSENT)), "--corpus", str(clinics.folder), "--split", "dev"]
    assert main([*options, "--failures", "--json", str(path)]) == 0
    out = capsys.readouterr().out
    assert "两边都有规定：标签也对" in out
    assert "找到的词句与标准的重合" in out
    assert "乡村医生每月补助多少[元]：格子 (False,)" in out
    assert "乡村医生每年培训多少学时：" not in out
    record = json.loads(path.read_text(encoding="utf-8"))
    assert (record["split"], record["points"]) == ("dev", 2)
    assert list(record["figures"]) == ["cells", "silent", "first", "labels", "overlap"]
    held = record["figures"]
    assert (held["cells"]["right"], held["cells"]["total"]) == (2, 3)
    assert (held["labels"]["value"], held["labels"]["total"]) == (1, 1)
    assert set(held["overlap"]) == {"title", "value", "low", "high", "right", "total"}
    assert 0.5 < held["overlap"]["value"] <= 1


def test_a_suite_without_two_sided_relations_has_no_such_figure(suite, clinics, capsys):
    folder = suite({**POINT, "relations": []})
    assert main(["--suite", str(folder), "--corpus", str(clinics.folder), "--split", "dev"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "标签也对" in line]
    assert "—" in line


def test_a_file_that_cannot_be_written_is_told(suite, clinics, tmp_path, capsys):
    options = ["--suite", str(suite(POINT)), "--corpus", str(clinics.folder), "--split", "dev"]
    assert main([*options, "--json", str(tmp_path / "gone" / "figures.json")]) == 2
    assert "写不进去" in capsys.readouterr().err


def test_a_relation_of_the_higher_text_is_told(suite, clinics):
    turned = {**POINT, "id": "p3", "relations": [{"of": "country", "to": "province", "label": "更宽"}]}
    with pytest.raises(SuiteError, match="请对调") as told:
        read_held(suite(POINT, turned), clinics.documents(), "dev")
    assert (told.value.line, told.value.field) == (2, "relations[0].of")


def test_a_split_without_points_is_told(suite, clinics, capsys):
    assert main(["--suite", str(suite(POINT)), "--corpus", str(clinics.folder), "--split", "test"]) == 2
    assert "test 部分没有点" in capsys.readouterr().err


def test_the_shipped_points_are_measured(capsys):
    assert main(["--split", "dev"]) == 0
    out = capsys.readouterr().out
    assert "未规定的格子：空着" in out


def test_an_unknown_suite_is_told(capsys):
    assert main(["--suite", "no-such-suite"]) == 2
    assert "no-such-suite" in capsys.readouterr().err
