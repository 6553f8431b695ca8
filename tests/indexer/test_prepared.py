"""What is prepared beside an index: taken where it fits, made anew where not, never mixed up."""

from __future__ import annotations

import errno
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import IndexStoreError
from indexer import prepared
from indexer.prepared import Kind, PreparedStore, open_prepared

ROOT = Path(__file__).parents[2]


def save(value, directory):
    (directory / "value").write_text(value, encoding="utf-8")
    (directory / "more").mkdir()
    (directory / "more" / "length").write_text(str(len(value)), encoding="utf-8")


def load(directory):
    value = (directory / "value").read_text(encoding="utf-8")
    if int((directory / "more" / "length").read_text(encoding="utf-8")) != len(value):
        raise ValueError("another length")
    return value


WORD = Kind("word", save, load)


class Maker:
    """Makes a word; counts how often."""

    def __init__(self, word="补贴"):
        self.word = word
        self.made = 0

    def __call__(self):
        self.made += 1
        return self.word


@pytest.fixture
def maker():
    return Maker()


def build(directory):
    name = (directory / "word" / "CURRENT").read_text(encoding="utf-8").split()[0]
    return directory / "word" / "builds" / name


def test_made_once_and_taken_again(tmp_path, maker, caplog):
    assert open_prepared([tmp_path], WORD, "a", maker) == "补贴"
    caplog.clear()
    with caplog.at_level(logging.DEBUG, "indexer"):
        assert open_prepared([tmp_path], WORD, "a", Maker("津贴")) == "补贴"
    assert maker.made == 1
    assert caplog.messages == []


def test_of_another_key_it_is_made_anew(tmp_path, maker):
    open_prepared([tmp_path], WORD, "a", maker)
    assert open_prepared([tmp_path], WORD, "b", Maker("津贴")) == "津贴"
    assert open_prepared([tmp_path], WORD, "b", maker) == "津贴"
    assert open_prepared([tmp_path], WORD, "a", maker) == "补贴"
    assert maker.made == 2


def test_rebuilt_when_asked_to(tmp_path, maker):
    open_prepared([tmp_path], WORD, "a", maker)
    assert open_prepared([tmp_path], WORD, "a", Maker("津贴"), rebuild=True) == "津贴"
    assert open_prepared([tmp_path], WORD, "a", maker) == "津贴"


@pytest.mark.parametrize("part", ["value", "more/length", "manifest.json"])
@pytest.mark.parametrize("harm", ["changed", "cut", "emptied", "deleted"])
def test_damaged_it_is_made_anew_with_a_warning(tmp_path, maker, caplog, part, harm):
    open_prepared([tmp_path], WORD, "a", maker)
    path = build(tmp_path) / part
    content = path.read_bytes()
    if harm == "deleted":
        path.unlink()
    else:
        path.write_bytes({"changed": bytes([content[0] ^ 1]) + content[1:], "cut": content[:-1], "emptied": b""}[harm])
    assert open_prepared([tmp_path], WORD, "a", maker) == "补贴"
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert "已损坏" in record.message
    assert path.name in record.message
    assert open_prepared([tmp_path], WORD, "a", maker) == "补贴"
    assert maker.made == 2


def test_what_its_kind_cannot_read_is_made_anew(tmp_path, maker, caplog):
    broken = Kind("word", lambda value, directory: save(f"{value}\n", directory) or (directory / "more").rename(
        directory / "other"), load)  # fmt: skip
    open_prepared([tmp_path], broken, "a", maker)
    assert open_prepared([tmp_path], WORD, "a", maker) == "补贴"
    assert "内容无法读取" in caplog.text


@pytest.mark.parametrize("content", ["", "nothing", "../../etc 00", "gone 00\n"])
def test_a_damaged_pointer_leads_nowhere(tmp_path, maker, content):
    open_prepared([tmp_path], WORD, "a", maker)
    (tmp_path / "word" / "CURRENT").write_text(content, encoding="utf-8")
    assert open_prepared([tmp_path], WORD, "a", maker) == "补贴"
    assert maker.made == 2


def test_of_an_older_format_it_is_made_anew(tmp_path, maker, monkeypatch, caplog):
    with monkeypatch.context() as patch:
        patch.setattr(prepared, "FORMAT", 0)
        open_prepared([tmp_path], WORD, "a", maker)
    with caplog.at_level(logging.INFO, "indexer"):
        open_prepared([tmp_path], WORD, "a", maker)
    assert maker.made == 2
    assert "已过时" in caplog.text
    assert json.loads((build(tmp_path) / "manifest.json").read_text(encoding="utf-8"))["format"] == 1


def test_kept_beside_an_index_that_is_there_already(tmp_path, maker):
    (tmp_path / "builds").mkdir()
    (tmp_path / "CURRENT").write_text("some 00\n", encoding="utf-8")
    open_prepared([tmp_path], WORD, "a", maker)
    assert (tmp_path / "CURRENT").read_text(encoding="utf-8") == "some 00\n"


def refuse(*_args, **_options):
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_in_a_read_only_folder_it_is_read(tmp_path, maker, monkeypatch):
    open_prepared([tmp_path], WORD, "a", maker)
    for function in ("pathlib.Path.mkdir", "pathlib.Path.write_bytes", "filelock.FileLock.acquire"):
        monkeypatch.setattr(function, refuse)
    assert open_prepared([tmp_path], WORD, "a", maker) == "补贴"
    assert maker.made == 1


@pytest.mark.parametrize("function", ["pathlib.Path.mkdir", "filelock.FileLock.acquire", "pathlib.Path.write_bytes"])
def test_where_nothing_can_be_written_it_is_made_once_and_used_from_memory(
    tmp_path, maker, monkeypatch, caplog, function
):
    monkeypatch.setattr(function, refuse)
    assert open_prepared([tmp_path / "one", tmp_path / "two"], WORD, "a", maker) == "补贴"
    assert maker.made == 1
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_the_next_folder_takes_what_the_first_cannot(tmp_path, maker):
    (tmp_path / "one").write_text("a file", encoding="utf-8")
    places = [tmp_path / "one", tmp_path / "two"]
    open_prepared(places, WORD, "a", maker)
    assert open_prepared(places, WORD, "a", maker) == "补贴"
    assert maker.made == 1
    with pytest.raises(IndexStoreError, match="不可写"):
        PreparedStore(places[0], WORD).read_or_make("a", maker)


CHILD = """
import pathlib, sys
from test_prepared import WORD
from indexer.prepared import open_prepared
folder = pathlib.Path(sys.argv[1])
def make():
    with (folder / "made").open("a") as file:
        file.write("x")
    return "补贴"
print(ascii(open_prepared([folder], WORD, "a", make)))
"""


def test_two_processes_at_once_make_it_once(tmp_path):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests" / "indexer")))}
    both = [
        subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], env=environment, stdout=-1, text=True)
        for _ in range(2)
    ]
    assert [process.communicate()[0] for process in both] == [ascii("补贴") + "\n"] * 2
    assert (tmp_path / "made").read_text(encoding="utf-8") == "x"
