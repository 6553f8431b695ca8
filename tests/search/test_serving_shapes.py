"""The documented shapes hold what the records hold: every field is described, none is promised that is not there."""

from __future__ import annotations

import pytest

from search import open_engine
from search.serving import shapes
from search.serving.functions import Functions
from search.serving.requests import said

CALLS = [
    (shapes.Answer, "ask", {"question": "每年的继续教育要学满多少学时？"}),
    (shapes.Answer, "ask", {"question": "停车难怎么办"}),
    (shapes.Answer, "ask", {"question": "火星上的落户条件"}),
    (shapes.Found, "search", {"text": "学时"}),
    (shapes.Comparison, "compare", {"topic": "继续教育"}),
    (shapes.Whole, "compare", {"topic": "*"}),
]


@pytest.fixture(scope="module")
def functions():
    return Functions(open_engine())


@pytest.mark.parametrize(("shape", "name", "given"), CALLS)
def test_a_record_is_what_its_shape_says(functions, shape, name, given):
    record = getattr(functions, name)(**given)
    assert shape.model_validate(record, strict=True).model_dump(exclude_unset=True) == record


def test_every_clause_found_can_be_shown(functions):
    for hit in functions.search("学时")["hits"]:
        shown = functions.show_clause(hit["clause_id"])
        assert shapes.Clause.model_validate(shown, strict=True).model_dump() == shown
        assert shown["text"] == hit["text"]


def test_an_error_of_a_kind_unknown_is_a_sentence_too():
    assert said([{"type": "odd", "loc": ("body", "k")}]) == "k 应当是另一种值。请照接口说明改正。"
