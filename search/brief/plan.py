"""The plan of a briefing: what it compares, in order, with the notes of the person who makes it; also from a file.

::

    title = "基层职称政策培训"              # all but [[topic]] may be left out
    notes = ["供乡镇人事干部培训使用。"]     # paragraphs for the front
    texts = ["national", "liaocheng"]      # which texts; none: all

    [[topic]]
    name = "继续教育"                       # a topic in plain words, or
    note = "先讲学时，再讲经费。"            # optional

    [[topic]]
    part = "national/3"                    # a clause or a chapter of a text, or

    [[topic]]
    all = true                             # the texts as a whole
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import reason
from search.brief.errors import BriefingPlanError

_KINDS = ("name", "part", "all")
_FIELDS = (*_KINDS, "note")
_TOP = ("title", "notes", "texts", "topic")
_ENTRY = 'name = "话题"、part = "条款或章的编号"、all = true'


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic in plain words; `note`: what is said of it ("" for nothing)."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A clause, or all clauses of a chapter, by `clause_id` (`national/3`)."""

    part_id: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """The texts from beginning to end."""

    note: str = ""


Entry = Topic | Part | Whole


@dataclass(frozen=True, slots=True)
class Plan:
    """What to compare, in the order it is shown; `notes`: paragraphs for the front.

    `title`: "" for one made of the entries. `doc_ids`: the texts, () for those each topic names, or all.
    """

    entries: tuple[Entry, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    doc_ids: tuple[str, ...] = ()


def read_plan(path: Path) -> Plan:
    """The plan in the TOML file at `path`. Raises `BriefingPlanError` naming file, entry and field."""
    data = _data(path)
    for name in data:
        if name not in _TOP:
            raise BriefingPlanError(
                f"有不认识的项目“{name}”。可用的是 {'、'.join(_TOP[:3])} 和 [[topic]]；请改正拼写或删去。",
                path,
                field=name,
            )
    tables = data.get("topic", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BriefingPlanError(
            "“topic”不是一节一节的。请写成 [[topic]]（双方括号），每个议题一节。", path, field="topic"
        )
    if not tables:
        raise BriefingPlanError(f"没有议题。请至少写一节 [[topic]]，其中写 {_ENTRY} 之一。", path, field="topic")
    title = data.get("title", "")
    if not isinstance(title, str):
        raise BriefingPlanError(f"“title”应是加引号的文字，却是 {title!r}。请改正。", path, field="title")
    entries = tuple(_entry(table, path, number) for number, table in enumerate(tables, 1))
    return Plan(entries, title, _strings(data, "notes", path), _strings(data, "texts", path))


def _data(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BriefingPlanError(f"读不出来（{reason(error)}）。请检查路径和读取权限。", path) from error
    except UnicodeDecodeError as error:
        raise BriefingPlanError("不是 UTF-8 编码。请另存为 UTF-8 后重试。", path) from error
    except tomllib.TOMLDecodeError as error:
        raise BriefingPlanError(f"不是正确的 TOML（{error}）。请按这个位置改正。", path) from error


def _strings(data: Mapping[str, object], name: str, path: Path) -> tuple[str, ...]:
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, str) and each.strip() for each in found):
        raise BriefingPlanError(
            f'“{name}”应是一列加引号的非空文字，如 {name} = ["…", "…"]，却是 {found!r}。请改正。', path, field=name
        )
    return tuple(found)


def _entry(table: Mapping[str, object], path: Path, number: int) -> Entry:
    for name, value in table.items():
        if name not in _FIELDS:
            message = f"有不认识的字段“{name}”。可用的字段是 {'、'.join(_FIELDS)}；请改正拼写或删去。"
            raise BriefingPlanError(message, path, number, name)
        if name == "all":
            if value is not True:
                message = f"“all”只能是 true（整份文件），却是 {value!r}。不要整份时请改用 name 或 part。"
                raise BriefingPlanError(message, path, number, name)
        elif not isinstance(value, str) or (name in _KINDS and not value.strip()):
            message = f"“{name}”应是加引号的{'非空' if name in _KINDS else ''}文字，却是 {value!r}。请改正。"
            raise BriefingPlanError(message, path, number, name)
    kinds = [name for name in _KINDS if name in table]
    if len(kinds) != 1:
        found = f"同时写了 {'、'.join(kinds)}" if kinds else "没有写对照什么"
        field = kinds[1] if kinds else None
        raise BriefingPlanError(f"{found}。每节只写 {_ENTRY} 之一，请改正。", path, number, field)
    note = str(table.get("note", "")).strip()
    value = str(table[kinds[0]]).strip()
    return Topic(value, note) if kinds[0] == "name" else Part(value, note) if kinds[0] == "part" else Whole(note)
