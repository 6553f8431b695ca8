"""What is prepared of phrasings and kept gives the same answers as made anew, and is never used where it is stale."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_corpus import FakeEncoder

from corpus.phrasings import read_phrasings
from indexer import IndexConfig
from indexer.builds import Builds
from search import Engine, EngineConfig, engine, open_engine, prepared
from search.expand import open_expander
from search.prepared import prepare

ROOT = Path(__file__).parents[2]
TEXT = (
    "某县关于加强乡村医生队伍建设的通知\n各乡镇：\n现通知如下：\n一、待遇\n（一）落实补助。乡村医生每月发放岗位津贴六百元。"
    "县财政按季拨付。\n（二）完善养老。到龄退出的，按规定办理养老保险。\n二、培训\n（一）岗位培训。每年培训不少于九十学时。\n"
)
PHRASINGS = (
    "> 按规定办理养老保险\n干不动了以后靠啥生活\n老了有没有保障\n! 老了还能不能接着干\n\n"
    "> 每年培训不少于九十学时\n一年要学多久\n老了还用不用学\n"
)
QUESTIONS = ("干不动了靠啥生活", "老了还能不能接着干", "一年学多久", "岗位津贴六百元", "老了")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "questions").mkdir()
    (tmp_path / "county.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "questions" / "county.txt").write_text(PHRASINGS, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def made(monkeypatch):
    """The phrasings that were prepared, start by start."""
    found = []

    def noted(index, phrasings):
        found.append([phrasing.text for phrasing in phrasings])
        return prepare(index, phrasings)

    monkeypatch.setattr(prepared, "prepare", noted)
    return found


def answers(opened):
    """All that questions get, to the last bit, with what they are matched by."""
    told = []
    for question in QUESTIONS:
        _, found = opened.find(question)
        scores = (found.likeness(), found.rules(), found.fused("hybrid"), found.fused_sentences())
        odds = found.phrasings.asked.odds(found.chars)
        told.append((replace(opened.ask(question), took_ms=0), odds, *(array.tobytes() for array in scores)))
    return told


def test_a_phrasing_written_while_it_runs_is_taken_in(folder):
    opened, question = open_engine(folder), "药费谁给报"
    assert opened.ask(question).status == "no_basis"
    path = folder / "questions" / "county.txt"
    path.write_text(PHRASINGS + f"\n> 县财政按季拨付\n{question}\n", encoding="utf-8")
    assert opened.ask(question).status == "no_basis"
    opened.reread()
    assert opened.ask(question).answers[0].quotes[0].text.startswith("县财政按季拨付")
    assert answers(opened) == answers(open_engine(folder))


def from_memory(opened, folder):
    """The same engine, with nothing that was stored of phrasings."""
    phrasings = read_phrasings(folder, opened.documents())
    expander = open_expander(folder, opened.index, phrasings)
    return Engine(opened.index, opened.config, phrasings=phrasings, expander=expander, folder=folder)


def parts(folder):
    """The files of the build in use."""
    build, _ = Builds(folder / ".index" / "phrasings").current()
    return sorted(path for path in build.rglob("*") if path.is_file())


def test_the_second_start_prepares_nothing_and_answers_the_same(folder, made):
    first = answers(open_engine(folder))
    second = open_engine(folder)
    assert len(made) == 1
    assert answers(second) == first == answers(from_memory(second, folder))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("一年要学多久", "一年要学几天"),  # reworded
        ("一年要学多久\n", ""),  # taken out
        ("! 老了还能", "老了还能"),  # answered now
        ("老了还用不用学\n", "老了还用不用学\n学不满咋办\n"),  # added
        ("> 按规定办理养老保险", "> 县财政按季拨付"),  # moved to another rule
    ],
)
def test_a_changed_phrasing_is_seen_at_the_next_start(folder, made, old, new):
    open_engine(folder)
    path = folder / "questions" / "county.txt"
    path.write_text(PHRASINGS.replace(old, new), encoding="utf-8")
    opened = open_engine(folder)
    assert len(made) == 2
    assert answers(opened) == answers(from_memory(opened, folder))


def test_deleted_phrasings_find_nothing_and_come_back_with_their_file(folder):
    first = answers(open_engine(folder))
    path = folder / "questions" / "county.txt"
    path.unlink()
    hits = open_engine(folder).ask("干不动了靠啥生活").hits
    assert not hits or "phrasing" not in dict(hits[0].why.ranks)
    path.write_text(PHRASINGS, encoding="utf-8")
    assert answers(open_engine(folder)) == first


def test_another_encoder_has_its_own(folder, made, monkeypatch):
    vectors = []
    for version in ("1", "2", "2"):
        monkeypatch.setattr(engine, "available_encoder", lambda _, version=version: FakeEncoder(version))
        opened = open_engine(folder)
        vectors.append(opened.retriever.phrasings.centres.tolist())
    assert len(made) == 2
    assert vectors[1] == vectors[2]


def test_other_words_kept_whole_or_other_settings_have_their_own(folder, made, monkeypatch):
    open_engine(folder)
    monkeypatch.setattr(engine, "user_words", lambda _: ("岗位津贴",))
    open_engine(folder, rebuild=True)
    open_engine(folder)
    assert len(made) == 2
    opened = open_engine(folder, config=EngineConfig(index=IndexConfig(k1=1.1)))
    assert len(made) == 3
    assert answers(opened) == answers(from_memory(opened, folder))


def test_other_words_kept_whole_alone_are_noticed(folder):
    opened = open_engine(folder)
    phrasings = read_phrasings(folder, opened.documents())
    other = replace(opened.index, user_words=("干不动了",))
    assert prepared._key(opened.index, phrasings) != prepared._key(other, phrasings)


def test_a_changed_rule_has_its_new_words(folder, made):
    open_engine(folder)
    (folder / "county.txt").write_text(TEXT.replace("一、待遇", "一、老有所养的待遇"), encoding="utf-8")
    opened = open_engine(folder)
    assert len(made) == 2
    assert answers(opened) == answers(from_memory(opened, folder))


def test_every_damaged_part_is_made_anew_with_the_same_answers(folder, made, caplog):
    expected = answers(open_engine(folder))
    for number in range(len(parts(folder))):
        path = parts(folder)[number]
        content = path.read_bytes()
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        caplog.clear()
        assert answers(open_engine(folder)) == expected
        assert path.name in caplog.text
        assert len(made) == number + 2


def test_an_index_without_prepared_phrasings_gets_them(folder, made):
    open_engine(folder)
    kept = folder / ".index" / "phrasings"
    kept.rename(folder / ".index" / "gone")
    open_engine(folder)
    assert len(made) == 2
    assert parts(folder)


def test_where_nothing_can_be_stored_the_answers_are_the_same(folder, made, monkeypatch, caplog):
    expected = answers(open_engine(folder))
    (folder / "questions" / "county.txt").write_text(PHRASINGS + "学不满咋办\n", encoding="utf-8")

    def refuse(*_args, **_options):
        raise PermissionError(13, "read-only")

    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    for _ in range(2):
        opened = open_engine(folder)
        assert answers(opened) == answers(from_memory(opened, folder)) != expected
    assert len(made) == 3
    assert caplog.messages == []


def test_a_start_while_another_prepares_takes_what_that_one_stored(folder, made):
    opened = open_engine(folder)
    reader = Builds(folder / ".index" / "phrasings")
    with reader.locked():
        assert answers(open_engine(folder)) == answers(opened)  # reading needs no lock
    assert len(made) == 1


CHILD = """
import sys
from search import open_engine, prepared
prepare = prepared.prepare
def noted(index, phrasings):
    with open(sys.argv[1] + "/made", "a") as file:
        file.write("x")
    return prepare(index, phrasings)
prepared.prepare = noted
print(open_engine(sys.argv[1]).ask(sys.argv[2]).hits[0].clause_id)
"""


def test_two_starts_at_once_prepare_once(folder):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CHILD, str(folder), "干不动了靠啥生活"]
    both = [subprocess.Popen(command, env=environment, stdout=-1, stderr=-1, text=True) for _ in range(2)]
    assert [process.communicate() for process in both] == [("county/1/2\n", "")] * 2
    assert (folder / "made").read_text(encoding="utf-8") == "x"
