"""A briefing as Markdown for the web (CommonMark with tables and footnotes). Nothing of the texts acts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import Document
from search.brief import content
from search.brief.content import Piece
from search.brief.labels import shown
from search.brief.model import Briefing, Section

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
    """Footnotes as they are asked for, numbered from 1."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def mark(self, source: str) -> str:
        number = len(self.lines) + 1
        self.lines.append(f"[^{number}]: {paragraph(source)}")
        return f"[^{number}]"

    def pieces(self, pieces: Sequence[Piece]) -> str:
        return "".join(escaped(p.text) + (self.mark(p.source) if p.source else "") for p in pieces)


def render(briefing: Briefing) -> str:
    """The whole briefing, ending in one line break."""
    notes = _Footnotes()
    blocks = [f"# {escaped(briefing.title)}", briefing.date.isoformat()]
    blocks += [paragraph(note) for note in briefing.notes]
    blocks += ["## 文件", _scope(briefing)]
    blocks.append(paragraph(content.common_notice(briefing)))
    for chapter, numbered in content.chapters(briefing):
        blocks += [f"## {escaped(chapter)}"] if chapter else []
        for _, section in numbered:
            blocks += _section(section, briefing, notes, "###" if chapter else "##")
    blocks += _appendix(briefing)
    if notes.lines:
        blocks.append("\n".join(notes.lines))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _scope(briefing: Briefing) -> str:
    rows = [[escaped(fact) for fact in (entry.title, *content.scope_facts(entry))] for entry in briefing.scope]
    return _table(content.SCOPE_HEADS, rows)


def _section(section: Section, briefing: Briefing, notes: _Footnotes, level: str) -> Iterator[str]:
    yield f"{level} {escaped(section.topic)}"
    yield from map(paragraph, content.remarks(section, briefing))
    if not section.comparison.points:
        return
    documents, names = content.by_id(briefing), content.named(briefing)
    yield notes.pieces(content.summary(section, briefing))
    rows = []
    for number, point in enumerate(section.comparison.points, 1):
        row = [str(number)]
        for doc_id in section.comparison.doc_ids:
            cell = point.cells.get(doc_id)
            if cell is None:
                row.append(content.SILENT)
            else:
                pieces = content.cell_pieces(cell, point, documents)
                row.append(f"{escaped(content.cell_label(cell))} “{notes.pieces(pieces)}”")
        rows.append(row)
    yield _table(["序号", *(escaped(names[doc_id]) for doc_id in section.comparison.doc_ids)], rows)
    yield _relations(section, documents, names, notes)


def _relations(section: Section, documents: dict[str, Document], names: dict[str, str], notes: _Footnotes) -> str:
    rows = [
        [
            str(number),
            escaped(content.pair_name(relation, names)),
            shown(relation.difference.label),
            escaped(relation.difference.reason),
            notes.pieces(content.evidence_pieces(content.telling(relation, point), documents)),
        ]
        for number, point in enumerate(section.comparison.points, 1)
        for relation in point.relations
    ]
    return _table(["序号", "比较", "异同", "理由", "依据的词句"], rows) if rows else ""


def _appendix(briefing: Briefing) -> Iterator[str]:
    quoted = content.quoted_clauses(briefing)
    if quoted:
        yield "## 附录：引用的条文"
    for document, clauses in quoted:
        metadata = document.metadata
        yield f"### {escaped(content.titled(metadata.title or document.doc_id, metadata.number))}"
        for clause in clauses:
            yield f"#### {escaped(content.clause_name(clause))}"
            yield from (paragraph(line) for line in clause.body_text.split("\n"))
