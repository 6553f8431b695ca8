"""The file of feedback: many writers, hostile words, other versions, other programs' files, damage."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_feedback import GIVEN

from corpus.errors import QuestionError
from search.feedback import Cited, Feedback, FeedbackError, FeedbackStore, schema

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[3:]
from dataclasses import replace
from made_feedback import GIVEN
from search.feedback import FeedbackStore
for n in range(10):
    FeedbackStore(Path(sys.argv[1])).add(replace(GIVEN, question=f"{sys.argv[2]}-{n}"))
"""


@pytest.fixture
def store(tmp_path):
    return FeedbackStore(tmp_path / "feedback.sqlite")


def test_there_is_no_file_before_the_first_writing(store):
    assert store.all() == ()
    with pytest.raises(QuestionError, match="没有编号为 1 的反馈"):
        store.get(1)
    assert list(store.path.parent.iterdir()) == []


def test_what_is_kept_comes_back_as_it_was(store):
    full = replace(
        GIVEN,
        history=("先问的", "后问的"),
        chosen=("city",),
        scope=None,
        shown=(Cited("city/1", "（一）", ("原“文”", "二")),),
        verdict="wrong",
        right=(Cited("city/2", "（二）"),),
        note="一\n二",
    )
    assert store.add(full) == Feedback(1, "new", full)
    assert store.add(replace(full, right=())).given.right == ()
    assert store.add(replace(full, right=None)).given.right is None
    assert [each.given.right for each in FeedbackStore(store.path).all()] == [full.right, (), None]
    assert store.get(1).given == full


def test_its_state_is_changed_and_listed_by(store):
    for _ in range(3):
        store.add(GIVEN)
    assert store.settle(2, "accepted").state == "accepted"
    store.settle(3, "dismissed")
    assert [each.number for each in store.all("new")] == [1]
    assert [each.number for each in store.all("accepted")] == [2]
    assert [each.state for each in store.all()] == ["new", "accepted", "dismissed"]


@pytest.mark.parametrize("number", [0, -1, 7, 1 << 70])
def test_a_number_that_is_not_there_is_told(store, number):
    store.add(GIVEN)
    for act in (store.get, store.forget, lambda n: store.settle(n, "dismissed")):
        with pytest.raises(QuestionError, match=f"没有编号为 {number} 的反馈"):
            act(number)


def test_what_is_forgotten_leaves_no_words_and_its_number_is_not_given_again(store):
    store.add(GIVEN)
    secret = store.add(replace(GIVEN, question="不想让人知道的事", note="秘密" * 200)).number
    store.forget(secret)
    assert [each.number for each in store.all()] == [1]
    for path in store.path.parent.iterdir():
        assert "不想让人知道".encode() not in path.read_bytes()
        assert "秘密".encode() not in path.read_bytes()
    assert store.add(GIVEN).number == secret + 1


@given(words=st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_are_only_words(store, words):
    words = words.replace("\x00", " ")  # `give` leaves no control characters
    number = store.add(replace(GIVEN, question=words, note=words, history=(words,))).number
    held = store.get(number).given
    assert (held.question, held.note, held.history) == (words, words, (words,))


def test_statements_in_a_question_do_nothing(store):
    evil = "'); DROP TABLE feedback; --"
    store.add(replace(GIVEN, question=evil, note=evil))
    store.add(GIVEN)
    assert [each.given.question for each in store.all()] == [evil, GIVEN.question]


def test_many_threads_lose_nothing(store):
    with ThreadPoolExecutor(12) as pool:
        held = list(pool.map(lambda n: store.add(replace(GIVEN, question=f"问{n}")).number, range(60)))
    assert len(set(held)) == 60
    assert {each.given.question for each in store.all()} == {f"问{n}" for n in range(60)}


def test_many_processes_begin_one_file_and_lose_nothing(store):
    places = [str(ROOT), str(Path(__file__).parent)]
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(store.path), str(name), *places], stderr=subprocess.PIPE)
        for name in range(5)
    ]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [(b"", 0)] * 5
    assert {each.given.question for each in store.all()} == {f"{name}-{n}" for name in range(5) for n in range(10)}


def test_readers_are_not_kept_waiting_by_who_writes(store):
    store.add(GIVEN)
    with sqlite3.connect(store.path) as writer:
        assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        writer.execute("BEGIN IMMEDIATE")
        assert len(store.all()) == 1
    writer.close()


def test_a_file_of_an_older_version_is_brought_up_and_keeps_what_it_holds(store, monkeypatch):
    store.add(GIVEN)
    later = (*schema.STEPS, ("ALTER TABLE feedback ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'",))
    monkeypatch.setattr(schema, "STEPS", later)
    assert [each.given for each in store.all()] == [GIVEN]
    store.add(GIVEN)
    connection = sqlite3.connect(store.path)
    assert connection.execute("SELECT mood FROM feedback").fetchall() == [("calm",), ("calm",)]
    assert connection.execute("PRAGMA user_version").fetchone() == (len(later),)
    connection.close()


def test_a_step_that_fails_leaves_the_older_file_as_it_was(store, monkeypatch):
    store.add(GIVEN)
    broken = ("ALTER TABLE feedback ADD COLUMN mood TEXT", "ALTER TABLE nothing ADD COLUMN mood TEXT")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", (*schema.STEPS, broken))
        with pytest.raises(FeedbackError):
            store.all()
    assert [each.given for each in store.all()] == [GIVEN]
    connection = sqlite3.connect(store.path)
    assert "mood" not in {column[1] for column in connection.execute("PRAGMA table_info(feedback)")}
    connection.close()


def test_a_file_of_a_later_version_is_left_alone(store):
    store.add(GIVEN)
    connection = sqlite3.connect(store.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(FeedbackError, match="由更新的版本写成（第 99 版"):
        store.add(GIVEN)


def test_the_database_of_another_program_is_left_alone(store):
    connection = sqlite3.connect(store.path)
    connection.execute("CREATE TABLE songs (name)")
    connection.commit()
    connection.close()
    before = store.path.read_bytes()
    for act in (store.all, lambda: store.add(GIVEN)):
        with pytest.raises(FeedbackError, match="别的程序的数据库"):
            act()
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("content", ["这不是数据库。" * 200, "短"])
def test_a_file_that_is_no_database_is_left_alone(store, content):
    store.path.write_text(content, encoding="utf-8")
    for act in (store.all, lambda: store.add(GIVEN), lambda: store.forget(1)):
        with pytest.raises(FeedbackError, match="不是 SQLite 文件") as told:
            act()
        assert str(store.path) in str(told.value)
    assert store.path.read_text(encoding="utf-8") == content


def test_an_empty_file_is_a_beginning(store):
    store.path.touch()
    assert store.all() == ()
    assert store.add(GIVEN).number == 1


def test_a_damaged_file_is_told_and_left_alone(store):
    for _ in range(40):
        store.add(replace(GIVEN, note="备注" * 400))
    content = bytearray(store.path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    store.path.write_bytes(content)
    with pytest.raises(FeedbackError, match="已损坏"):
        store.all()
    assert store.path.read_bytes() == bytes(content)


def test_a_row_that_does_not_fit_is_named(store):
    store.add(GIVEN)
    connection = sqlite3.connect(store.path)
    connection.execute("UPDATE feedback SET shown = 'nonsense'")
    connection.commit()
    connection.close()
    with pytest.raises(FeedbackError, match="第 1 条反馈读不懂"):
        store.all()


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(FeedbackError, match="打不开"):
        FeedbackStore(tmp_path).add(GIVEN)


def test_a_place_below_a_file_is_told(tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises(FeedbackError, match="请检查路径和权限"):
        FeedbackStore(tmp_path / "a" / "feedback.sqlite").add(GIVEN)
