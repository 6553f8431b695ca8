from __future__ import annotations

import errno
import logging
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import filelock
import numpy as np
import pytest
from index_folder import BOTH, Folder, answers
from tiny_corpus import CITY, COUNTY, FakeEncoder

from corpus.errors import IndexStoreError
from indexer import (
    CorpusReader,
    IndexConfig,
    IndexStore,
    LexicalIndex,
    builds,
    default_directories,
    layout,
    open_index,
    store,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


CHILD = """
import os, signal, sys, pathlib
from tiny_corpus import FakeEncoder, make_corpus, COUNTY
from indexer import CorpusReader, IndexConfig, LexicalIndex, open_index
folder = pathlib.Path(sys.argv[1])
def load(path):
    with (folder / "loads").open("a") as file:
        file.write("x")
    return make_corpus(path, county=COUNTY)
save = LexicalIndex.save
def die(self, directory):
    save(self, directory)
    if directory.name == "sentence-words":
        os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "die":
    LexicalIndex.save = die
reader = CorpusReader(lambda _: "county", load, lambda _: ())
index = open_index(folder, reader, IndexConfig(), FakeEncoder(), index_dir=folder / "index")
print(len(index.clauses))
"""


def child(folder, how):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}
    command = [sys.executable, "-c", CHILD, str(folder.path), how]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_builder_killed_half_way_leaves_the_old_index_and_the_next_clears_up(folder):
    expected = answers(folder.open())
    killed = child(folder, "die")
    killed.communicate()
    assert killed.returncode < 0
    builds = folder.path / "index" / "builds"
    assert [path for path in builds.iterdir() if path.name.startswith("tmp-")]
    assert answers(folder.open()) == expected
    assert folder.loaded == 1
    folder.documents = {"city": CITY}
    folder.open()
    assert not [path for path in builds.iterdir() if path.name.startswith("tmp-")]


def test_a_first_builder_killed_half_way(folder):
    killed = child(folder, "die")
    killed.communicate()
    after = child(folder, "live")
    assert after.communicate() == ("2\n", "")


def test_two_builders_at_once(folder):
    both = [child(folder, "live"), child(folder, "live")]
    assert [process.communicate() for process in both] == [("2\n", "")] * 2
    assert (folder.path / "loads").read_text(encoding="utf-8") == "x"
    assert len(list((folder.path / "index" / "builds").iterdir())) == 1


def test_a_second_builder_waits_and_uses_what_the_first_built(folder, monkeypatch):
    waiting = threading.Event()
    monkeypatch.setattr(builds._log, "info", lambda message, *_: waiting.set() if "另一个进程" in message else None)
    other = Folder(folder.path)
    recipe = store.current_recipe(folder.reader.fingerprint(folder.path), IndexConfig(), FakeEncoder())
    kept = IndexStore(folder.path / "index")
    index = folder.open(index_dir=folder.path / "elsewhere")
    found = []
    thread = threading.Thread(target=lambda: found.append(other.open()))
    with kept.locked():
        thread.start()
        assert waiting.wait(60)
        kept.write(index, recipe)
    thread.join(60)
    assert answers(found[0]) == answers(index)
    assert other.loaded == 0


def test_a_build_replaced_while_it_is_read_is_no_damage(folder, monkeypatch):
    folder.open()
    load, tries = store.load_index, []

    def replaced(*args):
        tries.append(args)
        if len(tries) == 1:
            raise layout.DamagedError("缺少 units.npy")
        return load(*args)

    monkeypatch.setattr(store, "load_index", replaced)
    folder.open()
    assert len(tries) == 2
    assert folder.loaded == 1


def no_space(*_args, **_options):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


FULL = [
    # in numpy's writing, in a plain write, in the flush, in the last step
    ("numpy.save", no_space),
    ("pathlib.Path.write_bytes", no_space),
    ("os.fsync", no_space),
    ("pathlib.Path.replace", no_space),
    ("pathlib.Path.mkdir", no_space),
]


@pytest.mark.parametrize(("function", "failure"), FULL)
def test_a_full_disk_leaves_the_old_index_in_place(folder, monkeypatch, caplog, function, failure):
    expected = answers(folder.open())
    folder.documents = {"county": COUNTY}
    with monkeypatch.context() as patch:
        patch.setattr(function, failure)
        assert len(folder.open().clauses) == 2
        assert "磁盘已满" in caplog.text
        with pytest.raises(IndexStoreError, match=r"磁盘已满.*请清理") as raised:
            folder.open(must_store=True)
        assert raised.value.path == folder.path / "index"
    assert not [path for path in (folder.path / "index").rglob("*") if path.name.startswith(("tmp-", "CURRENT-"))]
    folder.documents = BOTH
    loaded = folder.loaded
    assert answers(folder.open()) == expected
    assert folder.loaded == loaded


def test_a_read_only_index_directory_is_read(folder, monkeypatch):
    expected = answers(folder.open())

    def refuse(*_args, **_options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    for function in ("pathlib.Path.mkdir", "pathlib.Path.write_bytes", "filelock.FileLock.acquire"):
        monkeypatch.setattr(function, refuse)
    assert answers(folder.open(must_store=True)) == expected


@pytest.mark.parametrize("function", ["pathlib.Path.mkdir", "filelock.FileLock.acquire"])
def test_without_a_writable_directory_it_works_in_memory(folder, monkeypatch, caplog, function):
    def refuse(*_args, **_options):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(function, refuse)
    index = folder.open()
    assert len(index.clauses) == 5
    [warning] = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert "不可写" in warning
    assert "请检查" in warning
    with pytest.raises(IndexStoreError, match="不可写"):
        folder.open(must_store=True)


def test_an_index_directory_that_is_a_file(folder, caplog):
    (folder.path / "index").write_text("", encoding="utf-8")
    assert len(folder.open().clauses) == 5
    assert "不可写" in caplog.text


def test_faults_of_the_corpus_are_not_taken_for_faults_of_the_store(folder):
    def fail(_path):
        raise PermissionError(errno.EACCES, "texts")

    reader = CorpusReader(lambda _: "", fail, lambda _: ())
    with pytest.raises(PermissionError, match="texts"):
        open_index(folder.path, reader, IndexConfig(), FakeEncoder(), index_dir=folder.path / "index")


def test_default_directories(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "corpus").mkdir()
    inside, outside = default_directories(tmp_path / "corpus")
    assert inside == tmp_path / "corpus" / ".index"
    assert tmp_path / "corpus" not in outside.parents
    assert outside != default_directories(tmp_path / "other")[1]


def test_where_the_corpus_folder_is_read_only_the_cache_is_used(tmp_path, monkeypatch, caplog):
    places = [tmp_path / "corpus" / ".index", tmp_path / "cache"]
    (tmp_path / "corpus").write_text("a file, so nothing can be made below it", encoding="utf-8")
    monkeypatch.setattr(store, "default_directories", lambda _: places)
    folder = Folder(tmp_path)
    built = folder.open(index_dir=None)
    assert (places[1] / "CURRENT").exists()
    assert answers(folder.open(index_dir=None)) == answers(built)
    assert folder.loaded == 1
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_the_lock_is_free_again(folder):
    folder.open()
    with filelock.FileLock(folder.path / "index" / ".lock", timeout=0):
        pass


def test_no_pickles(folder):
    folder.open()
    for path in folder.build.rglob("*.npy"):
        assert np.load(path, allow_pickle=False).dtype != object
    shutil.rmtree(folder.path / "index")
    assert LexicalIndex.build([]).size == 0
