"""Files as received: encodings, line ends, and what is no text at all."""

import codecs
import random
import unicodedata
from pathlib import Path

import pytest
from soundness import assert_sound, parse_bytes

from corpus import DEFAULT_CORPUS, PolicyError, SourceError
from corpus.read import byte_offsets, read_source

TEXTS = {path.stem: path for path in sorted((DEFAULT_CORPUS / "texts").glob("*.txt"))}
NOTICE = (
    "某县教育局关于乡村教师补贴的通知\n各中心校：\n为做好工作，现通知如下。\n"
    "一、补贴标准\n每人每月300元。\n二、其他\n按规定执行。\n"
)
TRADITIONAL = (
    "某縣教育局關於鄉村教師補貼的通知\n各中心校：\n為進一步加強鄉村教師隊伍建設，現將有關事項通知如下。\n"
    "一、補貼標準\n鄉村教師每人每月補貼三百元，由縣財政負擔，按月發放。\n二、工作要求\n各單位應當認真執行，不得挪用。\n"
)
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",  # with a byte order mark
    "utf-16": "utf-16-le",  # with a mark, in this machine's order
    "utf-16-be-mark": "utf-16-be",
    "utf-32": "utf-32-le",
    "gb18030": "gb18030",
    "gbk": "gb18030",
}


def encoded(text, name):
    if name == "utf-16-be-mark":
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return text.encode(name)


def outline(document):
    return document.text, [(c.clause_id, c.start, c.body, c.end, c.sentences) for c in document.clauses]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_same_parse_from_every_encoding(tmp_path, name, encoding):
    text = TEXTS[name].read_text(encoding="utf-8")
    if encoding == "gbk":
        text = text.replace("﹝", "〔").replace("﹞", "〕")  # GBK has no small brackets
    data = encoded(text, encoding)
    document = parse_bytes(tmp_path, data)
    assert document.encoding == ENCODINGS[encoding]
    assert outline(document) == outline(parse_bytes(tmp_path, text.encode()))
    assert_sound(document, data)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\x0c", "\u2028"])
def test_same_parse_from_every_line_end(tmp_path, name, line_end):
    text = TEXTS[name].read_text(encoding="utf-8")
    data = text.replace("\n", line_end).encode()
    document = parse_bytes(tmp_path, data)
    assert outline(document) == outline(parse_bytes(tmp_path, text.encode()))
    assert_sound(document, data)


def test_mixed_line_ends(tmp_path):
    ends = iter(["\r\n", "\n", "\r", "\x0c", "\r\n", "\n", "\x0b"])
    data = "".join(line + next(ends) for line in NOTICE.splitlines()).encode("gb18030")
    document = parse_bytes(tmp_path, data)
    assert document.text == NOTICE.strip()
    assert_sound(document, data)


@pytest.mark.parametrize("line_break", ["\x85", "\u2028", "\u2029"])
def test_wide_line_breaks_map_to_their_bytes(tmp_path, line_break):
    data = NOTICE.replace("\n", line_break).encode()
    document = parse_bytes(tmp_path, data)
    assert document.text == NOTICE.strip()
    assert_sound(document, data)


def test_a_short_notice_in_gbk(tmp_path):
    data = NOTICE.encode("gbk")
    document = parse_bytes(tmp_path, data)
    assert document.text == NOTICE.strip()
    assert_sound(document, data)


def test_big5_of_a_traditional_text(tmp_path):
    data = TRADITIONAL.encode("big5")
    document = parse_bytes(tmp_path, data)
    assert document.encoding == "big5"
    assert document.text == TRADITIONAL.strip()
    assert_sound(document, data)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_read_or_refused_but_never_garbled(tmp_path, encoding):
    data = TEXTS["national"].read_text(encoding="utf-8").encode(encoding)
    try:
        document = parse_bytes(tmp_path, data)
    except SourceError:
        return
    assert "人力资源社会保障部关于" in document.text
    assert_sound(document, data)


def test_characters_outside_the_basic_plane(tmp_path):
    text = NOTICE.replace("某县", "𠮷县😀")
    for encoding in ("utf-8", "utf-16", "gb18030"):
        document = parse_bytes(tmp_path, text.encode(encoding))
        assert document.text == text.strip()
        assert_sound(document, text.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-32"])
def test_byte_offsets_of_each_character(tmp_path, encoding):
    path = tmp_path / "made.txt"
    text = "甲a，\r\n😀éß乙" + NOTICE
    path.write_bytes(text.encode(encoding))
    source = read_source(path, "made", "made.txt")
    offsets = byte_offsets(source)
    assert len(offsets) == len(text) + 1
    assert offsets[0] == source.byte_order_mark
    assert offsets[-1] == path.stat().st_size
    data = path.read_bytes()
    pieces = [data[offsets[i] : offsets[i + 1]].decode(source.encoding) for i in range(len(text))]
    assert pieces == list(text)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空的"),
        (b" \r\n\t\n", "空的"),
        ("\u3000\u3000\n".encode("utf-8-sig"), "空的"),
        (codecs.BOM_UTF8, "空的"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10" + bytes(range(256)), ""),  # an image
        (b"PK\x03\x04\x14\0\x06\0\x08\0" + bytes(range(256)) * 4, ""),  # a .docx
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 4, ""),
        (b"\0" * 1000, "二进制"),
        (b"\x01\x02\x03" * 50, "二进制"),
        (random.Random(1).randbytes(4000), ""),
        ("通知".encode() + b"\xff\xfe\xff", ""),  # cut in the middle of nothing
        (codecs.BOM_UTF8 + NOTICE.encode("gb18030"), "utf-8"),  # a mark that lies
        (codecs.BOM_UTF16_LE + b"\x00", "utf-16-le"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "utf-16-le"),  # half a surrogate pair
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path, data, says):
    path = tmp_path / "坏文件.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError) as raised:
        read_source(path, "bad", "坏文件.txt")
    message = str(raised.value)
    assert message.startswith("坏文件.txt")
    assert says in message
    assert "请" in message  # what to do
    assert raised.value.path == path
    assert raised.value.exit_status == 2


@pytest.mark.parametrize(
    "text",
    ["\u200b\u200b", "\xa0\n\u2028", "- 3 -\n", "|---|---|\n"],  # no ink; only a page number; only a table's rule
)
def test_a_file_without_any_words_is_empty(tmp_path, text):
    with pytest.raises(SourceError, match="空"):
        parse_bytes(tmp_path, text.encode())


def test_missing_file(tmp_path):
    with pytest.raises(SourceError, match="没有的") as raised:
        read_source(tmp_path / "没有的.txt", "x", "没有的.txt")
    assert "读不出来" in str(raised.value)


def test_directory_instead_of_a_file(tmp_path):
    (tmp_path / "目录.txt").mkdir()
    with pytest.raises(SourceError, match=r"目录\.txt"):
        read_source(tmp_path / "目录.txt", "x", "目录.txt")


def test_file_without_permission(tmp_path, monkeypatch):
    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError, match="读取权限") as raised:
        read_source(tmp_path / "锁住.txt", "x", "锁住.txt")
    assert "锁住.txt" in str(raised.value)


def has_only_chinese(message, *allowed):
    for piece in allowed:
        message = message.replace(piece, "")
    return not any(unicodedata.category(char).startswith("L") and char.isascii() for char in message)


def test_message_of_a_missing_file_is_chinese(tmp_path):
    with pytest.raises(PolicyError) as raised:
        read_source(tmp_path / "没有的.txt", "x", "没有的.txt")
    assert has_only_chinese(str(raised.value), "没有的.txt")
