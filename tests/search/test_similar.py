"""Clauses like one, across texts."""

from __future__ import annotations

import pytest
from clinics import COUNTRY, write_corpus

from corpus.errors import QuestionError
from search import open_engine

# a clause, what another text says on the same matter
PAIRS = [
    ("country/1/1", "province/1/1"),  # training
    ("country/2/3", "province/2/2"),  # pay
    ("province/1/1", "country/1/1"),
    ("country/2/3#1", "province/2/2"),  # a paragraph stands for its clause
]


@pytest.mark.parametrize(("clause_id", "expected"), PAIRS)
def test_the_nearest_is_the_one_on_the_same_matter(clinics, clause_id, expected):
    hits = clinics.similar(clause_id).hits
    assert hits[0].clause_id == expected
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 < hit.score <= 1 for hit in hits)


def test_only_other_texts_are_looked_in_and_no_signature(clinics):
    found = [hit.clause_id for hit in clinics.similar("country/1/1", k=100).hits]
    assert found
    assert not any(each.startswith("country/") or each.endswith("/signature") for each in found)


def test_it_says_which_words_both_have_and_how_each_measure_ranks_it(clinics):
    why = clinics.similar("country/2/3").hits[0].why
    text = clinics.clause("country/2/3").text
    assert why.terms
    assert all(each.term in text for each in why.terms)
    assert dict(why.ranks).keys() == {"words", "dense"}


def test_where_there_is_one_text_its_own_clauses_are_looked_in(tmp_path):
    engine = open_engine(write_corpus(tmp_path, {"country": COUNTRY}))
    found = [hit.clause_id for hit in engine.similar("country/1/1").hits]
    assert "country/1/2" in found
    assert "country/1/1" not in found


def test_no_more_than_asked_for_are_given(clinics):
    assert len(clinics.similar("country/1/1", k=2).hits) == 2
    with pytest.raises(QuestionError, match="至少是 1"):
        clinics.similar("country/1/1", k=0)
    with pytest.raises(QuestionError, match="country/9"):
        clinics.similar("country/9")
