"""A briefing on the page: what its files will say, and a file handed to the browser."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from search.brief import content
from search.brief.write import write_briefing
from search.views.comparing import chips, counted, notice_view, table
from search.views.html import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search.brief import Briefing, Section
    from search.brief.content import Overview, Piece

NAME_LENGTH = 60
"""Characters of a title that go into the name of its file; file systems take 255 bytes."""
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".md": "text/markdown;charset=utf-8",
}


def briefing_view(briefing: Briefing) -> str:
    """The briefing as its files will say it: front, texts, and for each entry a summary and the table."""
    notice = notice_view(content.common_notice(briefing))
    front = "".join(f"<p>{escape(note)}</p>" for note in briefing.notes)
    texts = "".join(
        f"<li>{escape(content.titled(entry.title, entry.number))} <small>{escape(entry.date or '')}"
        f"{' 试行' if entry.on_trial else ''}</small></li>"
        for entry in briefing.scope
    )
    sections = "".join(
        (f'<h3 class="cl-chapter">{escape(chapter)}</h3>' if chapter else "")
        + "".join(_section(section, briefing) for _, section in group)
        for chapter, group in content.chapters(briefing)
    )
    told = content.overview(briefing)
    opening = "" if told is None else _overview(told)
    return (
        f'<article class="cl-compare cl-briefing"><header><h2><bdi>{escape(briefing.title)}</bdi></h2>'
        f"<p><small>{briefing.date.isoformat()}</small></p></header>{front}"
        f'<ul class="cl-texts">{texts}</ul>{notice}{opening}{sections}</article>'
    )


def _overview(told: Overview) -> str:
    """The counts, and the points that weigh most."""
    pairs = "".join(
        f'<p class="cl-chips"><bdi>{escape(each.pair)}</bdi> {chips(each.labels)}</p>' for each in told.counts
    )
    heaviest = "".join(
        f"<li>{escape(heavy.topic)}（第 {heavy.number} 点）：{_pieces(heavy.pieces)}</li>" for heavy in told.weightiest
    )
    return (
        f'<section class="cl-section"><h3>概览</h3><p>{escape(told.sentence())}</p>{pairs}'
        f'<ol class="cl-summary">{heaviest}</ol></section>'
    )


def _section(section: Section, briefing: Briefing) -> str:
    comparison = section.comparison
    head = f"<h3><bdi>{escape(section.topic)}</bdi></h3>"
    remarks = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in content.remarks(section, briefing))
    if not comparison.points:
        return f'<section class="cl-section">{head}{remarks}</section>'
    counts = chips(counted(comparison.points, comparison.doc_ids[0]))
    return (
        f'<section class="cl-section">{head}<p class="cl-chips">{counts}</p>{remarks}'
        f'<p class="cl-summary">{_pieces(content.summary(section, briefing))}</p>'
        f"{table(comparison, briefing.documents, comparison.doc_ids)}</section>"
    )


def _pieces(pieces: Iterable[Piece]) -> str:
    return "".join(
        f"<strong>{escape(piece.text)}</strong>" if piece.is_strong else escape(piece.text) for piece in pieces
    )


def file_name(title: str, suffix: str) -> str:
    """A name for the file that every system takes.

    >>> file_name("继续教育/培训：对照", ".docx")
    '继续教育 培训：对照.docx'
    """
    stem = " ".join(_NOT_IN_NAMES.sub(" ", title).split())[:NAME_LENGTH].strip(" .")
    return f"{stem or '简报'}{suffix}"


def handed(briefing: Briefing, suffix: str) -> str:
    """The briefing as a file of that kind in JSON, `{"name", "type", "data": base64}`, for `clauselens.save`.

    It travels in the answer to who asked for it: nothing stays on the server that another could fetch by a path.
    Raises as `write_briefing` does.
    """
    with TemporaryDirectory(prefix="clauselens-") as folder:  # readable by this user of the machine alone
        path = Path(folder, f"briefing{suffix}")
        write_briefing(briefing, path)
        data = base64.b64encode(path.read_bytes()).decode("ascii")
    return json.dumps({"name": file_name(briefing.title, suffix), "type": TYPES.get(suffix, ""), "data": data})
