"""A briefing as Markdown for the web (CommonMark with tables and footnotes). Nothing of the texts acts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from search.brief import content
from search.brief.content import Overview, Piece
from search.brief.labels import shown
from search.brief.listing import reasons, silences
from search.brief.model import Briefing, Section
from search.brief.summary import FEW
from search.compare.model import LABELS, Point

_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_SPECIAL = re.compile(r"[\\`*_\[\]{}#!|~$:@^<>&]|(?<=www)\.", re.IGNORECASE)
_OPENING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
"""What makes a list or an underlined heading of a line that begins with it."""


def escaped(text: str) -> str:
    r"""`text` as words of one line: no markup, HTML, link, formula or table border; a line break is a `<br>`.

    >>> escaped("a|<b>*")
    'a\\|&lt;b&gt;\\*'
    """
    lines = re.split(r"\r\n|\r|\n", text)
    return "<br>".join(_SPECIAL.sub(lambda found: _ENTITIES.get(found[0], "\\" + found[0]), line) for line in lines)


def paragraph(text: str) -> str:
    """`text` escaped, as a paragraph: its beginning opens no list, code or heading either."""
    return _OPENING.sub(_harmless, escaped(text).strip())


def _harmless(found: re.Match[str]) -> str:
    return f"\\{found[2]}" if not found[2].isdigit() else f"{found[2]}\\"


class _Footnotes:
    """Footnotes as they are asked for, numbered from 1; under one topic (`begin`) the same source is one."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._here: dict[str, int] = {}

    def begin(self) -> None:
        self._here = {}

    def mark(self, source: str) -> str:
        if source not in self._here:
            self._here[source] = len(self.lines) + 1
            self.lines.append(f"[^{self._here[source]}]: {paragraph(source)}")
        return f"[^{self._here[source]}]"

    def pieces(self, pieces: Sequence[Piece]) -> str:
        return "".join(escaped(p.text) + (self.mark(p.source) if p.source else "") for p in pieces)


def render(briefing: Briefing) -> str:
    """The whole briefing, ending in one line break."""
    notes = _Footnotes()
    blocks = [f"# {escaped(briefing.title)}", briefing.date.isoformat()]
    blocks += [paragraph(note) for note in briefing.notes]
    blocks += ["## 文件", _scope(briefing)]
    blocks.append(paragraph(content.common_notice(briefing)))
    told = content.overview(briefing)
    blocks += _overview(told, notes) if told is not None else ()
    for chapter, numbered in content.chapters(briefing):
        blocks += [f"## {escaped(chapter)}"] if chapter else []
        for _, section in numbered:
            blocks += _section(section, briefing, notes, "###" if chapter else "##")
    blocks += _appendix(briefing)
    if notes.lines:
        blocks.append("\n".join(notes.lines))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _overview(told: Overview, notes: _Footnotes) -> Iterator[str]:
    notes.begin()
    yield "## 概览"
    yield paragraph(told.sentence())
    labels = [label for label in LABELS if any(counted.labels.get(label) for counted in told.counts)]
    rows = [[escaped(each.pair), *(str(each.labels.get(label, 0)) for label in labels)] for each in told.counts]
    if rows:
        yield _table(["比较（点数）", *labels], rows)
    lines = [
        f"{number}. {escaped(heavy.topic)}（第 {heavy.number} 点）：{notes.pieces(heavy.pieces)}"
        for number, heavy in enumerate(told.weightiest, 1)
    ]
    yield "\n".join(lines)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _scope(briefing: Briefing) -> str:
    rows = [[escaped(fact) for fact in (entry.title, *content.scope_facts(entry))] for entry in briefing.scope]
    return _table(content.SCOPE_HEADS, rows)


def _section(section: Section, briefing: Briefing, notes: _Footnotes, level: str) -> Iterator[str]:
    notes.begin()
    yield f"{level} {escaped(section.topic)}"
    yield from map(paragraph, content.remarks(section, briefing))
    points = section.comparison.points
    if not points:
        return
    names = content.named(briefing)
    told = silences(section, briefing)
    only = content.only_text(section)
    if only is not None:
        silent = "、".join(names[doc_id] for doc_id in section.comparison.doc_ids if doc_id != only)
        yield paragraph(f"只有{names[only]}有规定" + (f"，{silent}没有规定。" if silent else "。"))
        lines = [f"{number}. {_said(point, only, briefing, notes)}" for number, point in enumerate(points, 1)]
        yield "\n".join(lines)
        told = told[1:]
    else:
        if len(points) > FEW:
            yield notes.pieces(content.summary(section, briefing))
        rows = [
            [str(number), *(_cell(point, doc_id, briefing, notes) for doc_id in section.comparison.doc_ids)]
            for number, point in enumerate(points, 1)
        ]
        yield _table(["序号", *(escaped(names[doc_id]) for doc_id in section.comparison.doc_ids)], rows)
    if told:
        yield paragraph(f"{'；'.join(told)}。")


def _said(point: Point, doc_id: str, briefing: Briefing, notes: _Footnotes) -> str:
    """Clause and words of what the text says; that it says nothing."""
    documents, cell = content.by_id(briefing), point.cells.get(doc_id)
    if cell is None:
        return content.SILENT
    pieces = content.cell_pieces(cell, point, documents)
    return f"{escaped(content.cell_name(cell, documents))} “{notes.pieces(pieces)}”"


def _cell(point: Point, doc_id: str, briefing: Briefing, notes: _Footnotes) -> str:
    """What the text says, then the labels of how that differs from the others, with their reasons."""
    names = content.named(briefing)
    found = reasons(point, doc_id, briefing)
    why = [f"{shown(each.label)}（对{'、'.join(each.towards)}）{each.reason}" for each in found]
    alone = content.labels_of(point, doc_id, names)
    why += [f"{shown(label)}{towards}" for label, towards in alone.items() if label == "新增"]
    return "<br>".join([_said(point, doc_id, briefing, notes), *map(escaped, why)])


def _appendix(briefing: Briefing) -> Iterator[str]:
    quoted = () if content.is_whole(briefing) else content.quoted_clauses(briefing)
    if quoted:
        yield "## 附录：引用的条文"
    for document, clauses in quoted:
        metadata = document.metadata
        yield f"### {escaped(content.titled(metadata.title or document.doc_id, metadata.number))}"
        for heading, group in content.headed(clauses):
            yield f"#### {escaped(heading)}" if heading else ""
            yield from (paragraph(line) for clause in group for line in clause.body_text.split("\n"))
