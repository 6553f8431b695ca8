"""A search narrowed to levels and chapters, put in order; and clauses called by name."""

from __future__ import annotations

import pytest

from corpus.errors import QuestionError
from search.clause_named import clauses_named
from search.narrowing import Narrowing, chapter_of, chapters_of, levels_of, narrowed

PAY = "每月发放补助"

# what is wanted, the clauses that may be found
NARROWED = [
    (Narrowing(), {"country/2/3", "province/2/2"}),
    (Narrowing(doc_ids=("country",)), {"country/2/3"}),
    (Narrowing(levels=("province",)), {"province/2/2"}),
    (Narrowing(levels=("national", "province")), {"country/2/3", "province/2/2"}),
    (Narrowing(chapters=(chapter_of("country", "二、收入待遇"),)), {"country/2/3"}),
    (Narrowing(doc_ids=("country",), levels=("national",), system="lexical"), {"country/2/3"}),
]


@pytest.mark.parametrize(("wanted", "expected"), NARROWED)
def test_only_what_is_wanted_is_found(clinics, wanted, expected):
    hits = narrowed(clinics, PAY, wanted).hits
    assert expected <= {hit.clause_id for hit in hits}
    assert not wanted.doc_ids or {hit.doc_id for hit in hits} <= set(wanted.doc_ids)
    levels = {clinics.document(hit.doc_id).metadata.level for hit in hits}
    assert not wanted.levels or levels <= set(wanted.levels)
    assert not wanted.chapters or all(chapter_of(h.doc_id, h.trail[0]) in wanted.chapters for h in hits)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


def test_a_level_that_no_chosen_text_has_finds_nothing(clinics):
    assert narrowed(clinics, PAY, Narrowing(doc_ids=("country",), levels=("city",))).hits == ()


def test_reading_order_is_that_of_the_texts(clinics):
    hits = narrowed(clinics, "补助", Narrowing(order="reading")).hits
    rows = [clinics.index.row_of[hit.clause_id] for hit in hits]
    assert rows == sorted(rows)
    assert [hit.rank for hit in hits] != list(range(1, len(hits) + 1))  # the ranks stay those of relevance


def test_nothing_to_search_for_is_told(clinics):
    with pytest.raises(QuestionError):
        narrowed(clinics, " ", Narrowing())


def test_levels_and_chapters_are_those_of_the_texts(clinics):
    documents = clinics.documents()
    assert levels_of(documents) == ("national", "province", "city")
    assert chapters_of(documents, ("province",)) == (("province", "一、教育培训"), ("province", "二、收入待遇"))
    assert len(chapters_of(documents)) == 5


# as typed, clause ids
NAMED = [
    ("", ()),
    ("country/1/1", ("country/1/1",)),
    ("国家 一、（一）", ("country/1/1",)),
    ("国家一、(一)", ("country/1/1",)),  # half-width, no blank
    ("四川 二、（二）；country/2/4; 四川二、（二）", ("province/2/2", "country/2/4")),  # several, each once
]


@pytest.mark.parametrize(("typed", "expected"), NAMED)
def test_clauses_are_called_by_id_or_as_on_the_page(clinics, typed, expected):
    assert clauses_named(clinics, typed) == expected


def test_a_name_that_no_clause_has_is_told_with_one_that_is(clinics):
    with pytest.raises(QuestionError, match=r"没有叫“国家 九、（九）”的条款.*国家 一、（一）"):
        clauses_named(clinics, "国家 九、（九）")
