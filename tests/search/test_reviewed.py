from __future__ import annotations

import logging
from pathlib import Path

import pytest
from tiny_corpus import CITY, make_document

from corpus.errors import QuestionError, ReviewedError
from search.compare.reviewed import (
    REVIEWED,
    Entry,
    Reviewed,
    add_reviewed,
    read_entries,
    read_reviewed,
    remove_reviewed,
)

SAME = Reviewed("city/1", "county/2", "same", "都管待遇")
ENTRY = """[[match]]
one = "city/1"
other = "county/2"
verdict = "same"
quote_one = "（一）落实乡镇工作补贴对"
quote_other = "（二）约定服务期新聘人员"
"""


@pytest.fixture
def documents(tiny_corpus):
    return tiny_corpus.documents


def write(folder, text):
    (folder / REVIEWED).write_text(text, encoding="utf-8")


def test_a_corpus_may_have_nothing_reviewed(tmp_path, documents):
    assert read_reviewed(tmp_path, documents) == ()


def test_what_is_added_is_read_and_can_be_read_by_people(tmp_path, documents):
    add_reviewed(tmp_path, documents, SAME)
    add_reviewed(tmp_path, documents, Reviewed("city/3", "county/1", "different"))
    assert read_reviewed(tmp_path, documents) == (SAME, Reviewed("city/3", "county/1", "different"))
    written = (tmp_path / REVIEWED).read_text(encoding="utf-8")
    assert written.startswith("[[match]]\n")
    assert 'note = "都管待遇"' in written
    assert 'quote_one = "（一）落实乡镇工作补贴对"' in written


def test_another_finding_replaces_the_one_of_the_same_clauses_in_either_order(tmp_path, documents):
    add_reviewed(tmp_path, documents, SAME)
    turned = Reviewed("county/2", "city/1", "different")
    add_reviewed(tmp_path, documents, turned)
    assert read_reviewed(tmp_path, documents) == (turned,)


def test_what_people_wrote_stays_when_the_tool_writes(tmp_path, documents):
    write(tmp_path, f"# 张三核对，2024年\n\n{ENTRY}# 这一条有争议\n")
    add_reviewed(tmp_path, documents, Reviewed("city/2", "county/1", "same"))
    remove_reviewed(tmp_path, "county/1", "city/2")
    written = (tmp_path / REVIEWED).read_text(encoding="utf-8")
    assert written.startswith(f"# 张三核对，2024年\n\n{ENTRY}")
    assert "# 这一条有争议" in written


def test_a_finding_can_be_taken_back(tmp_path, documents):
    add_reviewed(tmp_path, documents, SAME)
    assert remove_reviewed(tmp_path, "county/2", "city/1")
    assert read_reviewed(tmp_path, documents) == ()
    assert not remove_reviewed(tmp_path, "county/2", "city/1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTRY.replace("city/1", "city/9"), "没有条款 city/9"),
        (ENTRY.replace("落实乡镇", "取消乡镇"), "city/1 现在以“（一）落实乡镇工作补贴对”开头，记下时是“（一）取消乡镇"),
        (ENTRY.replace("county/2", "city/2").replace("（二）约定服务期新聘人员", "（二）提高工资对到艰苦边"), "同一份"),
    ],
)
def test_an_entry_whose_text_changed_is_told_and_left_out(tmp_path, documents, caplog, text, said):
    write(tmp_path, text + '\n[[match]]\none = "city/2"\nother = "county/1"\nverdict = "different"\n'
          'quote_one = "（二）提高工资对到艰苦边"\nquote_other = "（一）放宽招聘条件基层事"\n')  # fmt: skip
    with caplog.at_level(logging.WARNING):
        assert read_reviewed(tmp_path, documents) == (Reviewed("city/2", "county/1", "different"),)
    assert said in caplog.text
    assert "第 1 个 [[match]]" in caplog.text


def test_entries_that_are_not_applied_are_given_with_why(tmp_path, documents):
    write(tmp_path, ENTRY.replace("city/1", "city/9") + "\n")
    add_reviewed(tmp_path, documents, SAME)
    stale, held = read_entries(tmp_path, documents)
    assert stale == Entry(Reviewed("city/9", "county/2", "same"), 1, "没有条款 city/9")
    assert held == Entry(SAME, 2)


def test_an_entry_whose_clause_is_gone_stays_in_the_file_and_can_be_taken_back(tmp_path, documents):
    write(tmp_path, ENTRY.replace("city/1", "city/9"))
    add_reviewed(tmp_path, documents, SAME)
    assert "city/9" in (tmp_path / REVIEWED).read_text(encoding="utf-8")
    assert remove_reviewed(tmp_path, "city/9", "county/2")
    assert [entry.reviewed for entry in read_entries(tmp_path, documents)] == [SAME]


@pytest.mark.parametrize(
    ("text", "entry", "field", "said"),
    [
        ("match = 3", None, "match", "请写成 [[match]]"),
        ("[[macth]]\n", None, "macth", "不认识的项目“macth”"),
        ("[[match]\n", None, None, "不是正确的 TOML"),
        (ENTRY + "colour = 'red'\n", 1, "colour", "可用的字段是 one、other"),
        (ENTRY + "note = 3\n", 1, "note", "应是加引号的非空文字，却是 3"),
        (ENTRY.replace('"same"', '"yes"'), 1, "verdict", "verdict“yes”不对，只能是 same"),
        (ENTRY.replace('verdict = "same"\n', ""), 1, "verdict", "缺少“verdict”"),
        (ENTRY.replace('"city/1"', '" "'), 1, "one", "非空"),
        (ENTRY.replace("county/2", "city/1"), 1, "other", "应是两条条款"),
        (f"{ENTRY}\n{ENTRY}", 2, "one", "与第 1 个"),
    ],
)
def test_a_wrong_file_is_told_with_entry_and_field(tmp_path, documents, text, entry, field, said):
    write(tmp_path, text)
    with pytest.raises(ReviewedError) as told:
        read_reviewed(tmp_path, documents)
    assert (told.value.entry, told.value.field) == (entry, field)
    assert said in str(told.value)
    assert str(tmp_path / REVIEWED) in str(told.value)


def test_nothing_is_added_to_a_file_that_is_wrong(tmp_path, documents):
    write(tmp_path, "[[match]\n")
    with pytest.raises(ReviewedError):
        add_reviewed(tmp_path, documents, SAME)
    assert (tmp_path / REVIEWED).read_text(encoding="utf-8") == "[[match]\n"


def test_a_file_that_is_no_text_is_told(tmp_path, documents):
    (tmp_path / REVIEWED).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ReviewedError, match="UTF-8"):
        read_reviewed(tmp_path, documents)


@pytest.mark.parametrize(
    ("reviewed", "said"),
    [
        (Reviewed("city/9", "county/1", "same"), "没有编号为 city/9"),
        (Reviewed("city/1", "city/2", "same"), "同一份文件"),
        (Reviewed("city/1#2", "county/1", "same"), "请写 city/1"),  # a paragraph of it
        (Reviewed("moon/1", "county/1", "same"), "没有编号为 moon 的文件，现有：city、county"),
        (Reviewed("", "county/1", "same"), "没有编号为 （空） 的文件"),
        (Reviewed("city/1", "county/1", "same", "\udcff"), "备注里有不是文字的字节"),
    ],
)
def test_only_clauses_of_two_held_texts_can_be_added(tmp_path, documents, reviewed, said):
    with pytest.raises(QuestionError, match=said):
        add_reviewed(tmp_path, documents, reviewed)
    assert not (tmp_path / REVIEWED).exists()


def test_a_write_that_fails_loses_nothing(tmp_path, documents, monkeypatch):
    write(tmp_path, ENTRY)

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ReviewedError, match="磁盘已满"):
        add_reviewed(tmp_path, documents, Reviewed("city/2", "county/1", "same"))
    assert (tmp_path / REVIEWED).read_text(encoding="utf-8") == ENTRY
    assert [path.name for path in tmp_path.glob(f".{REVIEWED}-*")] == []


def test_a_chapter_in_place_of_a_clause_is_told_with_its_clauses(tmp_path, documents):
    chaptered = make_document("city/2", CITY * 2)  # its clauses are numbered below `city/2`
    with pytest.raises(QuestionError) as told:
        add_reviewed(tmp_path, (chaptered, documents[1]), Reviewed("city/2", "county/1", "same"))
    assert "city/2 是章节，不是条款" in str(told.value)
    assert "city/2/1、city/2/2、city/2/3、city/2/4、city/2/5等，共 6 条" in str(told.value)


def test_a_folder_that_cannot_be_written_is_told(tmp_path, documents, monkeypatch):
    def refused(self, *arguments, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("search.compare.reviewed.FileLock.acquire", refused)
    with pytest.raises(ReviewedError, match="没有权限）。请检查语料目录的权限"):
        add_reviewed(tmp_path, documents, SAME)
    assert not (tmp_path / REVIEWED).exists()
