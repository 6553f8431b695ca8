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
        "绵阳的文件里没有找到规定这件事的条文。",
    ),
    ("silent", Scope(("city",), ("绵阳",)), [said("city", "silent")], "未规定：绵阳的文件收录在内"),
    ("no_basis", Scope(("country", "province", "city")), [said("city", "silent")], "未找到依据：收录的文件里没有找到"),
    (
        "not_held",
        Scope(("country",), ("济南",), ("济南",)),
        [said("country", "answered")],
        "未收录：没有收录济南的文件",
    ),
    ("not_held", Scope(("country",), ("济南",), ("济南",)), [said("country", "silent")], "未收录：没有收录济南的文件"),
    (
        "not_held",
        Scope(("country",), ("绵阳",), (), "", ("绵阳",), ("city",)),
        [said("country", "answered")],
        "您问的是绵阳，但只在国家里找。",
    ),
    (
        "answered",
        Scope(("country",), ("国家", "绵阳"), (), "", ("绵阳",), ("city",)),
        [said("country", "answered")],
        "您还问了绵阳，但只在国家里找。",
    ),
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


@pytest.mark.parametrize("status", ["silent", "no_basis"])
def test_a_no_says_what_was_not_found_and_claims_nothing_of_the_world(status, clinics):
    notice = of(status, Scope(("city",)), [], clinics.index, "停车费能报吗")
    assert "没有找到" in notice
    assert not any(claim in notice for claim in ("没有规定", "没有写到", "没有对此作出规定"))


@pytest.mark.parametrize(
    ("question", "is_told"),
    [
        ("How many hours of training a year?", True),
        ("asdfgh", True),
        ("研修班 MBA", False),
        ("培训多少学时", False),
        ("90", False),
    ],
)
def test_a_no_to_a_question_in_another_language_asks_for_chinese(question, is_told, clinics):
    notice = of("no_basis", Scope(("city",)), [], clinics.index, question)
    assert notice.startswith("未找到依据：")
    assert ("请用中文提问" in notice) is is_told
    assert ("ask in Chinese" in notice) is is_told


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
