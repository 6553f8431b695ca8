from __future__ import annotations

import logging

import msgspec
import pytest
from index_folder import BOTH, Folder, answers
from tiny_corpus import CITY, COUNTY, FakeEncoder

from indexer import IndexConfig, store

PARTS = [
    "manifest.json",
    "documents.msgpack",
    "units.npy",
    "clause-words/vocabulary.json",
    "clause-words/items.npy",
    "clause-words/values.npy",
    "clause-words/indptr.npy",
    "clause-words/idfs.npy",
    "sentence-chars/values.npy",
    "clause-vectors.npy",
    "sentence-vectors.npy",
]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def test_saved_and_loaded_gives_the_same_answers(folder):
    built, encoder = folder.open(), FakeEncoder()
    loaded = folder.open(encoder)
    assert folder.loaded == 1
    assert encoder.encoded == []
    assert answers(loaded) == answers(built)


def test_says_nothing_when_all_is_well(folder, caplog):
    folder.open()
    caplog.clear()
    with caplog.at_level(logging.DEBUG, "indexer"):
        folder.open()
    assert caplog.messages == []


def test_a_changed_document_alone_is_encoded_again(folder, caplog):
    folder.open()
    folder.documents = {"city": CITY, "county": COUNTY[:1]}
    encoder = FakeEncoder()
    with caplog.at_level(logging.INFO, "indexer"):
        index = folder.open(encoder)
    assert len(encoder.encoded) == 3
    assert len(index.clauses) == 4
    assert "文本已有增减或改动" in caplog.text


def test_a_removed_document_is_gone_and_nothing_is_encoded(folder):
    folder.open()
    folder.documents = {"county": COUNTY}
    encoder = FakeEncoder()
    for index in (folder.open(encoder), folder.open(encoder)):
        assert [document.doc_id for document in index.documents] == ["county"]
        assert index.clause_words.scores(["薪级工资"]).tolist() == [0, 0]
    assert encoder.encoded == []


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"config": IndexConfig(k1=1.2)}, "索引设置已改变"),
        ({"encoder": FakeEncoder("2")}, "编码模型已更换"),
    ],
)
def test_another_setting_or_model_builds_anew(folder, caplog, options, reason):
    folder.open()
    with caplog.at_level(logging.INFO, "indexer"):
        index = folder.open(**options)
    assert folder.loaded == 2
    assert reason in caplog.text
    assert index.config == options.get("config", IndexConfig())


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("format", 0, "格式为第 0 版"),
        ("code", "", "程序已更新"),
        ("versions", {"jieba": "0.1"}, "依赖库版本已变"),
    ],
)
def test_an_index_of_another_program_is_built_anew_from_nothing(folder, caplog, monkeypatch, field, value, reason):
    now = store.current_recipe
    monkeypatch.setattr(store, "current_recipe", lambda *a: msgspec.structs.replace(now(*a), **{field: value}))
    folder.open()
    monkeypatch.setattr(store, "current_recipe", now)
    encoder = FakeEncoder()
    with caplog.at_level(logging.INFO, "indexer"):
        folder.open(encoder)
    assert reason in caplog.text
    assert len(encoder.encoded) == 12
    assert folder.open(encoder).keys
    assert folder.loaded == 2


def test_every_part_is_tried_below(folder):
    folder.open()
    written = {path.relative_to(folder.build).as_posix() for path in folder.build.rglob("*") if path.is_file()}
    kinds = {name.rpartition("/")[2] for name in written}
    assert kinds == {name.rpartition("/")[2] for name in PARTS}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("harm", ["changed", "cut", "emptied", "deleted"])
def test_a_damaged_index_is_built_anew(folder, caplog, part, harm):
    expected = answers(folder.open())
    path = folder.build / part
    content = path.read_bytes()
    middle = len(content) // 2
    if harm == "deleted":
        path.unlink()
    else:
        harmed = {
            "changed": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
            "cut": content[:-1],
            "emptied": b"",
        }
        path.write_bytes(harmed[harm])
    with caplog.at_level(logging.INFO, "indexer"):
        assert answers(folder.open()) == expected
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert "已损坏" in record.message
    assert path.name in record.message
    assert folder.loaded == 2
    folder.open()
    assert folder.loaded == 2


@pytest.mark.parametrize("content", ["", "nothing", "../../etc 00", "gone 00\n", "\udcff"])
def test_a_damaged_pointer(folder, content):
    expected = answers(folder.open())
    (folder.path / "index" / "CURRENT").write_text(content, encoding="utf-8", errors="surrogateescape")
    assert answers(folder.open()) == expected
    assert folder.loaded == 2


def test_a_manifest_of_an_unknown_form(folder):
    folder.open()
    pointer = folder.path / "index" / "CURRENT"
    (folder.build / "manifest.json").write_text("{}", encoding="utf-8")
    digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    pointer.write_text(f"{folder.build.name} {digest}", encoding="utf-8")
    folder.open()
    assert folder.loaded == 2


def test_rebuild_starts_from_nothing(folder):
    folder.open()
    encoder = FakeEncoder()
    folder.open(encoder, rebuild=True)
    assert len(encoder.encoded) == 12


def test_one_older_build_is_kept_for_who_still_reads_it(folder):
    builds = []
    for documents in (BOTH, {"city": CITY}, {"county": COUNTY}):
        folder.documents = documents
        index = folder.open()
        builds.append(folder.build.name)
    assert {path.name for path in (folder.path / "index" / "builds").iterdir()} == set(builds[1:])
    assert len(index.documents) == 1


def test_who_reads_while_another_builds_keeps_the_old_index(folder):
    folder.open()
    old = folder.open()
    before = answers(old)
    folder.documents = {"county": COUNTY}
    folder.open()
    assert answers(old) == before
