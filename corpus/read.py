"""A file as received → its characters, and where in the file each of them stands."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import numpy as np
from charset_normalizer import from_bytes
from numpy.typing import NDArray

from corpus.errors import SourceError, reason
from corpus.model import Source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ["gb18030", "big5", "utf_16_le", "utf_16_be"]
_LAYOUT_CONTROLS = frozenset("\t\n\r\x0b\x0c\x85")


def read_source(path: Path, doc_id: str, shown_path: str) -> Source:
    """Read one policy text. `shown_path` is how messages and the page name the file.

    Raises `SourceError` where the file cannot be opened, is empty, is not text, or is in no encoding we can tell.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"读不出来（{reason(error)}）。请检查文件是否存在、是否有读取权限。", path) from error
    text, encoding, mark = decode(data, path)
    return Source(doc_id, shown_path, hashlib.sha256(data).hexdigest(), encoding, text, mark)


def decode(data: bytes, path: Path) -> tuple[str, str, int]:
    """(text, encoding, length of the byte order mark in bytes) of `data`; `path` is named in errors."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding)
            if text is None:
                raise SourceError(f"有 {encoding} 的字节序标记，内容却不是 {encoding}。请重新存为 UTF-8。", path)
            return _checked(text, path), encoding, len(mark)
    text = _strict(data, "utf-8")
    if text is not None:
        return _checked(text, path), "utf-8", 0
    best = from_bytes(data, cp_isolation=_CANDIDATES, threshold=0.3).best()
    text = None if best is None else _strict(data, best.encoding)
    if best is None or text is None:
        raise SourceError("不是文本文件，或编码无法识别。请在记事本或 WPS 中另存为 UTF-8 纯文本。", path)
    return _checked(text, path), best.encoding, 0


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str, path: Path) -> str:
    if not text.strip("\ufeff \u3000\t\r\n\x0b\x0c"):
        raise SourceError("文件是空的。请放入政策原文，或把它移出语料目录。", path)
    controls = sum(1 for char in text if (char < " " or char == "\x7f") and char not in _LAYOUT_CONTROLS)
    if "\0" in text or controls > len(text) // 50:
        raise SourceError("是二进制文件，不是文本。请另存为 UTF-8 纯文本（.txt 或 .md）。", path)
    return text


def byte_offsets(source: Source) -> NDArray[np.int64]:
    """Where each character of `source.text` begins in the file: (characters + 1,) int64, the last one the end."""
    points = np.frombuffer(source.text.encode("utf-32-le"), dtype=np.uint32)
    if source.encoding == "utf-8":
        widths = 1 + (points >= 0x80).astype(np.int64) + (points >= 0x800) + (points >= 0x10000)
    elif source.encoding.replace("_", "-").startswith("utf-16"):
        widths = 2 + 2 * (points >= 0x10000).astype(np.int64)
    elif source.encoding.startswith("utf-32"):
        widths = np.full(len(points), 4, dtype=np.int64)
    else:
        width = {char: len(char.encode(source.encoding)) for char in set(source.text)}
        widths = np.fromiter((width[char] for char in source.text), dtype=np.int64, count=len(source.text))
    offsets = np.empty(len(points) + 1, dtype=np.int64)
    offsets[0] = source.byte_order_mark
    np.cumsum(widths, out=offsets[1:])
    offsets[1:] += source.byte_order_mark
    return offsets
