"""The manifest: what it may say, and what is told to someone who wrote it wrong."""

from pathlib import Path

import pytest

import corpus
from corpus.errors import ManifestError
from corpus.manifest import Entry, apply, read_manifest
from corpus.model import Metadata

SHIPPED = Path(next(iter(corpus.__path__))) / "manifest.toml"
GOOD = '[[document]]\nid = "a"\nfile = "texts/a.txt"\n'


def write(folder, text):
    path = folder / "manifest.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_reads_every_field(tmp_path):
    text = (
        GOOD + 'title = "办法"\nnumber = "甲发〔2020〕1号"\nissuers = ["甲局"]\ndate = "2020-06-05"\n'
        'addressees = ["各县"]\non_trial = true\nexpires = "2025"\nlevel = "city"\nregion = "聊城市"\n'
        'short_name = "聊"\naliases = ["聊城"]\n'
    )
    (entry,) = read_manifest(write(tmp_path, text)).entries
    assert entry == Entry(
        "a", "texts/a.txt", "办法", "甲发〔2020〕1号", ("甲局",), "2020-06-05", ("各县",), True, "2025", "city",
        "聊城市", "聊", ("聊城",), line=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "field", "said"),
    [
        (GOOD + 'titel = "x"\n', 4, "titel", "不认识"),  # a slip of the pen
        ('[[document]]\nfile = "a.txt"\n', 1, "id", "缺少"),
        (GOOD + '\n[[document]]\nid = "b"\n', 5, "file", "缺少"),
        (GOOD + 'aliases = "渝"\n', 4, "aliases", "列表"),  # a text where a list is wanted
        (GOOD + 'aliases = ["渝", 1]\n', 4, "aliases", "列表"),
        (GOOD + 'on_trial = "是"\n', 4, "on_trial", "true"),
        (GOOD + "date = 2020-06-05\n", 4, "date", "加引号"),  # a TOML date
        (GOOD + 'title = ""\n', 4, "title", "非空"),
        (GOOD + 'date = "2020-02-30"\n', 4, "date", "日期"),
        (GOOD + 'level = "省"\n', 4, "level", "province"),
        ('[[document]]\nid = "聊城"\nfile = "a.txt"\n', 2, "id", "小写字母"),
        ('[[document]]\nid = "a"\nfile = "../a.txt"\n', 3, "file", "文件夹内"),  # out of the folder
        ('[[document]]\nid = "a"\nfile = "/etc/passwd"\n', 3, "file", "文件夹内"),
        ('[[document]]\nid = "a"\nfile = "c:\\\\a.txt"\n', 3, "file", "文件夹内"),
        (GOOD + '[[document]]\nid = "a"\nfile = "b.txt"\n', 5, "id", "第 2 行重复"),
        (GOOD + '[[document]]\nid = "b"\nfile = "texts/./a.txt"\n', 6, "file", "第 3 行重复"),
        (GOOD + "[settings]\nx = 1\n", 4, "settings", "不认识"),
        ('[document]\nid = "a"\n', 1, "document", "[[document]]"),  # single brackets
        (GOOD + "title = \n", 4, None, "TOML"),
        (GOOD.encode() + "title = '办法'\n".encode("gbk"), 4, None, "UTF-8"),
    ],
)
def test_says_line_field_and_remedy(tmp_path, text, line, field, said):
    with pytest.raises(ManifestError) as caught:
        read_manifest(write(tmp_path, text))
    assert (caught.value.line, caught.value.field) == (line, field)
    assert said in str(caught.value)
    assert "请" in str(caught.value)


def test_missing_file_is_said(tmp_path):
    with pytest.raises(ManifestError, match="读不了清单"):
        read_manifest(tmp_path / "manifest.toml")


def test_windows_line_ends_and_byte_order_mark(tmp_path):
    text = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert read_manifest(write(tmp_path, text)).entries[0].id == "a"


def test_apply_replaces_only_what_is_said():
    read = Metadata(title="甲", number="1号", on_trial=True, region="重庆市", short_name="重庆")
    assert apply(Entry("a", "a.txt"), read) == read
    changed = apply(Entry("a", "a.txt", title="乙", on_trial=False, aliases=("渝",)), read)
    assert (changed.title, changed.number, changed.on_trial, changed.aliases) == ("乙", "1号", False, ("渝",))


def test_a_region_brings_code_level_and_short_name():
    changed = apply(Entry("a", "a.txt", region="聊城"), Metadata(title="甲"))
    assert (changed.region, changed.region_code, changed.level, changed.short_name) == (
        "聊城市", "371500", "city", "聊城",
    )  # fmt: skip
    national = apply(Entry("a", "a.txt", level="national"), changed)
    assert (national.region, national.region_code) == ("全国", None)


def test_shipped_manifest_names_each_document_apart():
    entries = read_manifest(SHIPPED).entries
    assert [(entry.id, entry.short_name) for entry in entries] == [
        ("national", "国家"), ("chongqing", "重庆"), ("liaocheng", "聊城"),
    ]  # fmt: skip
    assert all((SHIPPED.parent / entry.file).is_file() for entry in entries)
    aliases = [alias for entry in entries for alias in entry.aliases or ()]
    assert len(aliases) == len(set(aliases))  # an alias points at exactly one document
    assert "市里" not in aliases  # Chongqing and Liaocheng are both cities
