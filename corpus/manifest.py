"""`manifest.toml`: which files a corpus holds, under which ids, and what overrides what they say of themselves.

::

    [[document]]
    id = "chongqing"                # required: a-z, 0-9, - and _, beginning with a letter or digit
    file = "texts/chongqing.txt"    # required: inside the corpus folder
    short_name = "重庆"              # optional, as all below; each replaces what was read from the text
    aliases = ["渝"]                 # title, number, issuers, date, addressees, on_trial, expires, level, region
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, get_args

from corpus import places
from corpus.dates import is_iso_date
from corpus.errors import ManifestError, reason
from corpus.model import Level, Metadata

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_TABLE = re.compile(r"\s*\[\[\s*document\s*\]\]")
_TEXTS = frozenset({"id", "file", "title", "number", "date", "expires", "level", "region", "short_name"})
_LISTS = frozenset({"issuers", "addressees", "aliases"})
_SWITCHES = frozenset({"on_trial"})
_DATES = frozenset({"date", "expires"})
FIELDS = ("id", "file", "title", "number", "issuers", "date", "addressees", "on_trial", "expires", "level", "region",
          "short_name", "aliases")  # fmt: skip
"""The keys a `[[document]]` table may have, in the order they are explained in."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One `[[document]]`: `id` and `file` (relative, with /), and overrides, None where the text is to speak."""

    id: str
    file: str
    title: str | None = None
    number: str | None = None
    issuers: tuple[str, ...] | None = None
    date: str | None = None
    addressees: tuple[str, ...] | None = None
    on_trial: bool | None = None
    expires: str | None = None
    level: Level | None = None
    region: str | None = None
    short_name: str | None = None
    aliases: tuple[str, ...] | None = None
    line: int = 0
    """Of its `[[document]]` in the manifest, from 1."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The entries in the order written, which is the reading order of the corpus."""

    path: Path
    entries: tuple[Entry, ...]


def read_manifest(path: Path) -> Manifest:
    """Read and check a whole manifest.

    Raises ManifestError at the first thing wrong: unreadable, not UTF-8, not TOML, an unknown, missing or wrongly
    typed field, a bad id, date or level, a path out of the folder, an id or file twice. Whether the files exist is
    for the reader of the corpus.
    """
    text = _read(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        line = int(where[1]) if where else text.count("\n") + 1
        message = f"不是合法的 TOML（{error}）。请检查这一行的引号、括号和等号。"
        raise ManifestError(message, path, line) from error
    _check_top(data, text, path)
    tables = data.get("document", [])
    lines = _table_lines(text, len(tables))
    entries = tuple(_entry(table, line, text, path) for table, line in zip(tables, lines, strict=True))
    _check_unique(entries, text, path)
    return Manifest(path, entries)


def apply(entry: Entry, metadata: Metadata) -> Metadata:
    """`metadata` with what the entry overrides; a region found in the gazetteer brings its code and level along.

    A `short_name` that was made from the region follows a new one.
    """
    known = {field.name for field in fields(Metadata)} & {field.name for field in fields(Entry)}
    changes: dict[str, Any] = {name: getattr(entry, name) for name in known if getattr(entry, name) is not None}
    if entry.region is not None:
        changes |= _region(entry.region, entry.level)
        changes |= {"short_name": entry.short_name} if entry.short_name is not None else {}
    elif entry.level == "national":
        changes |= {"region": "全国", "region_code": None}
    return replace(metadata, **changes)


def _region(region: str, level: Level | None) -> dict[str, Any]:
    if region in {"全国", "国家"}:
        return {"region": "全国", "region_code": None, "level": "national", "short_name": "国家"}
    candidates = [place for place in places.load().named(region) if level in {None, place.level}]
    if len(candidates) != 1:
        return {"region": region, "region_code": None, "short_name": places.short_form(region)}
    place = candidates[0]
    return {"region": place.name, "region_code": place.code, "level": place.level, "short_name": place.short}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise ManifestError(f"读不了清单文件（{reason(error)}）。请检查路径和读取权限。", path) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ManifestError("不是 UTF-8 编码。请另存为 UTF-8 后重试。", path, line) from error


def _check_top(data: Mapping[str, Any], text: str, path: Path) -> None:
    for name in data:
        if name != "document":
            raise ManifestError(
                f"有不认识的项目“{name}”，顶层只能有 [[document]]。请删去，或移入某个 [[document]]。",
                path,
                _key_line(text, 1, name),
                name,
            )
    tables = data.get("document", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        line = next((n for n, row in enumerate(text.split("\n"), 1) if "document" in row), 1)
        raise ManifestError(
            "“document”不是一节一节的。请写成 [[document]]（双方括号），每个文件一节。", path, line, "document"
        )


def _table_lines(text: str, count: int) -> list[int]:
    """Lines of the `[[document]]` headers; 1 for all where the tables are written inline."""
    found = [number for number, line in enumerate(text.split("\n"), 1) if _TABLE.match(line)]
    return found if len(found) == count else [1] * count


def _key_line(text: str, start: int, key: str) -> int:
    """Find the line of `key = …` in the table that begins at line `start`; `start` itself if it is not found."""
    pattern = re.compile(rf"""\s*\[{{0,2}}\s*["']?{re.escape(key)}["']?\s*[=.\]]""")
    for number, line in enumerate(text.split("\n")[start - 1 :], start):
        if number > start and _TABLE.match(line):
            break
        if pattern.match(line):
            return number
    return start


def _entry(table: Mapping[str, Any], start: int, text: str, path: Path) -> Entry:
    for name, value in table.items():
        problem = _problem(name, value)
        if problem:
            raise ManifestError(problem, path, _key_line(text, start, name), name)
    for name in ("id", "file"):
        if name not in table:
            raise ManifestError(f'这一节 [[document]] 缺少“{name}”。请补上 {name} = "…"。', path, start, name)
    values: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in table.items()}
    return Entry(**values, line=start)


def _problem(name: str, value: object) -> str | None:
    """Say what is wrong with `name = value`, in a sentence; None if nothing is."""
    if name not in FIELDS:
        return f"有不认识的字段“{name}”。可用的字段是 {'、'.join(FIELDS)}；请改正拼写或删去。"
    if name in _SWITCHES:
        return None if isinstance(value, bool) else f"“{name}”应是 true 或 false，却是 {value!r}。请改正。"
    if name in _LISTS:
        good = isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)
        return None if good else f'“{name}”应是非空文字的列表，如 ["甲", "乙"]，却是 {value!r}。请改正。'
    if not isinstance(value, str) or not value.strip():
        return f"“{name}”应是加引号的非空文字，却是 {value!r}。请改正。"
    return _problem_of_text(name, value)


def _problem_of_text(name: str, value: str) -> str | None:
    if name == "id" and not _ID.fullmatch(value):
        return f"id“{value}”不合规则：只用小写字母、数字、- 和 _，以字母或数字开头。请改名。"
    if name == "file":
        inside = PurePosixPath(value)
        if inside.is_absolute() or ".." in inside.parts or "\\" in value or ":" in value:
            return f"file“{value}”不在语料文件夹内。请写成文件夹内的相对路径，如 texts/a.txt，用 / 分隔。"
    if name in _DATES and not is_iso_date(value):
        return f"“{name}”的日期“{value}”不对，应如 2020-06-05（也可 2020-06 或 2020）。请改正。"
    if name == "level" and value not in get_args(Level):
        return f"level“{value}”不对，只能是 {'、'.join(get_args(Level))} 之一。请改正。"
    return None


def _check_unique(entries: tuple[Entry, ...], text: str, path: Path) -> None:
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        for name, value in (("id", entry.id), ("file", str(PurePosixPath(entry.file)))):
            line = _key_line(text, entry.line, name)
            first = seen.setdefault((name, value), line)
            if first != line:
                message = f"{name}“{value}”与第 {first} 行重复，每个 {name} 只能用一次。请改名或删去一节。"
                raise ManifestError(message, path, line, name)
