"""Pairs as they stand: computed, reviewed either way, or reviewed of a text that is another by now."""

from __future__ import annotations

import pytest
from clinics import write_clinics

from corpus.errors import QuestionError
from search import Engine, open_engine
from search.compare.matches import Standing, computed, review, standing
from search.compare.reviewed import REVIEWED, Reviewed, add_reviewed

PAY = ("country/2/3", "province/2/2")
"""A pair that is computed."""
NEW = ("country/2/4", "city/1/1")
"""One that is not."""


@pytest.fixture
def engine(tmp_path):
    return open_engine(write_clinics(tmp_path))


def of(found, pair):
    return [each for each in found if {each.one, each.other} == set(pair)]


def test_without_reviews_the_pairs_are_those_computed(engine):
    assert [(each.one, each.other, each.score) for each in standing(engine)] == [
        (match.clause_id, match.other_id, match.score)
        for match in sorted(computed(engine), key=lambda m: place(engine, m))
    ]
    assert {each.state for each in standing(engine)} == {"computed"}


def place(engine, match):
    rows = engine.index.row_of  # the texts stand in the order of their level
    return rows[match.clause_id], rows[match.other_id]


def test_a_review_leaves_the_computed_score_beside_the_verdict(engine):
    (before,) = of(standing(engine), PAY)
    given = review(engine, *reversed(PAY), "same", "都管补助")
    assert given == Standing(*PAY, "confirmed", before.score, "same", "都管补助")
    assert of(standing(engine), PAY) == [given]


def test_a_pair_that_is_not_computed_is_added_without_a_score(engine):
    assert review(engine, *NEW, "same") == Standing(*NEW, "confirmed", None, "same")
    assert [(m.clause_id, m.other_id) for m in engine.align().matches if m.is_reviewed] == [NEW]


def test_a_rejected_pair_is_listed_and_no_longer_aligned(engine):
    review(engine, *PAY, "different")
    (found,) = of(standing(engine), PAY)
    assert (found.state, found.score is None) == ("rejected", False)
    assert PAY not in {(m.clause_id, m.other_id) for m in engine.align().matches}


def test_reviews_do_not_change_what_is_computed(engine):
    before = computed(engine)
    review(engine, *NEW, "same")
    review(engine, *PAY, "different")
    assert computed(engine) == before


@pytest.mark.parametrize(
    ("verdict", "note", "kept"),
    [
        ("same", None, "原来的"),
        ("same", "新的", "新的"),
        ("same", "", ""),
        ("different", None, ""),  # what was noted is of the other verdict
    ],
)
def test_a_note_stays_until_it_is_written_anew(engine, verdict, note, kept):
    review(engine, *PAY, "same", "原来的")
    assert review(engine, *PAY, verdict, note).note == kept


def test_a_review_of_a_changed_text_comes_last_and_the_pair_counts_as_computed(engine):
    review(engine, *PAY, "different", "存疑")
    path = engine.folder / REVIEWED
    path.write_text(path.read_text(encoding="utf-8").replace("（三）发放", "（三）取消"), encoding="utf-8")
    found = standing(engine)
    assert (found[-1].state, found[-1].verdict, found[-1].note) == ("stale", "different", "存疑")
    assert "现在以“（三）发放" in found[-1].stale
    assert [each.state for each in of(found, PAY)] == ["computed", "stale"]


@pytest.mark.parametrize(
    ("doc_ids", "is_held"),
    [
        ((), bool),
        (("city",), lambda texts: "city" in texts),
        (("province", "country"), lambda texts: texts == {"province", "country"}),
    ],
)
def test_one_text_gives_its_pairs_and_several_those_between_them(engine, doc_ids, is_held):
    held = [each for each in standing(engine) if is_held({each.one.split("/")[0], each.other.split("/")[0]})]
    assert list(standing(engine, doc_ids)) == held != []


def test_an_unknown_text_is_told(engine):
    with pytest.raises(QuestionError, match="没有编号为 moon"):
        standing(engine, ["moon"])


def test_the_only_text_left_still_shows_reviews_of_one_that_is_gone(tmp_path):
    engine = open_engine(write_clinics(tmp_path / "both"))
    add_reviewed(engine.folder, engine.documents(), Reviewed(*PAY, "same"))
    left = tmp_path / "left"
    (left / "texts").mkdir(parents=True)
    for name in ("texts/country.txt", REVIEWED):
        (left / name).write_bytes((tmp_path / "both" / name).read_bytes())
    (found,) = standing(open_engine(left))
    assert (found.state, found.stale) == ("stale", "没有条款 province/2/2")


def test_an_engine_without_a_folder_keeps_no_reviews(engine):
    with pytest.raises(QuestionError, match="--corpus"):
        review(Engine(engine.index), *PAY, "same")
