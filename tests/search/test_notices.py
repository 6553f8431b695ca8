from __future__ import annotations

import pytest

from search import DocumentAnswer, Scope
from search.notices import no_clause, of


def said(doc_id, status):
    return DocumentAnswer(doc_id, status, "题", None, doc_id, 0.5)


CASES = [
    # every document answered: nothing to add
    ("answered", Scope(("country",)), [said("country", "answered")], ""),
    (
        "answered",
        Scope(("country", "city")),
        [said("country", "answered"), said("city", "silent")],
        "绵阳的文件未规定。",
    ),
    ("silent", Scope(("city",), ("绵阳",)), [said("city", "silent")], "未规定：绵阳的文件收录在内"),
    ("no_basis", Scope(("country", "province", "city")), [said("city", "silent")], "未找到依据：收录的文件都没有"),
    (
        "not_held",
        Scope(("country",), ("济南",), ("济南",)),
        [said("country", "answered")],
        "未收录：没有收录济南的文件",
    ),
    ("not_held", Scope(("country",), ("济南",), ("济南",)), [said("country", "silent")], "未收录：没有收录济南的文件"),
]


@pytest.mark.parametrize(("status", "scope", "answers", "opening"), CASES)
def test_a_notice_opens_with_which_no_it_is(clinics, status, scope, answers, opening):
    notice = of(status, scope, answers, clinics.index)
    assert notice.startswith(opening)
    assert bool(notice) == bool(opening)


def test_only_a_national_rule_is_said_to_hold_elsewhere(clinics):
    scope = Scope(("country",), ("济南",), ("济南",))
    assert "以当地为准" in of("not_held", scope, [said("country", "answered")], clinics.index)
    assert "以当地为准" not in of("not_held", scope, [said("country", "silent")], clinics.index)
    assert "以当地为准" not in of("not_held", scope, [said("city", "answered")], clinics.index)


@pytest.mark.parametrize(
    ("clause_id", "hint"),
    [
        ("country/2/33", "country/2/3"),  # the nearest
        ("nowhere/1", "country、province、city"),  # the documents there are
        ("country/" + "第七条" * 9, "clauselens clauses"),  # nothing near
        ("", "country/preface"),  # how ids look
    ],
)
def test_a_wrong_clause_id_gets_a_hint(clinics, clause_id, hint):
    assert hint in no_clause(clause_id, clinics.index)
