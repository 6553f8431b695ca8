import random

import pytest

from eval.model import Gold, Question
from eval.splits import assign, stratum


def question(query_id, clause_id="town/1", grade=2, **fields):
    gold = (Gold("town", "town/9", "", 0, 0, 1), Gold("town", clause_id, "", 0, 0, grade))
    return Question(query_id, "single", "问", gold=gold, **fields)


def none(query_id, kind):
    return Question(query_id, "none", "问", none=kind)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (question("a"), "town/1"),  # the first clause that answers, not one that supports
        (none("a", "far"), "none/far"),
        (none("a", "near"), "none/near"),
        (question("a", grade=1), "single"),  # nothing answers
    ],
)
def test_a_stratum_is_the_clause_that_answers_or_the_kind_of_no(asked, name):
    assert stratum(asked) == name


def test_both_parts_ask_about_every_clause_that_is_asked_twice():
    asked = [question(f"{clause}-{i}", f"town/{clause}") for clause in range(50) for i in range(2)]
    parts = assign(asked, {})
    for clause in range(50):
        assert {parts[f"{clause}-{i}"] for i in range(2)} == {"dev", "test"}


def test_clauses_asked_once_do_not_all_fall_to_one_part():
    parts = assign([question(f"q{i}", f"town/{i}") for i in range(100)], {})
    assert 30 < list(parts.values()).count("dev") < 70


def test_a_question_keeps_the_part_it_names_and_the_others_make_up_for_it():
    parts = assign([question("old"), question("new")], {"old": "dev"})
    assert parts == {"old": "dev", "new": "test"}


def test_the_order_of_the_file_does_not_matter():
    asked = [question(f"q{i}", f"town/{i % 5}") for i in range(40)]
    shuffled = random.Random(0).sample(asked, len(asked))
    assert assign(asked, {}) == assign(shuffled, {})


def test_questions_added_to_one_stratum_move_no_other():
    asked = [question(f"q{i}", f"town/{i % 5}") for i in range(40)] + [none(f"n{i}", "far") for i in range(7)]
    before = assign(asked, {})
    for more in range(1, 6):
        after = assign([*asked, *(question(f"more{i}", "town/3") for i in range(more))], {})
        assert {q.query_id: after[q.query_id] for q in asked if stratum(q) != "town/3"} == {
            q.query_id: before[q.query_id] for q in asked if stratum(q) != "town/3"
        }
