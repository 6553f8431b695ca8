"""What a speaker has to say of a slide: every quote with its clause, every label with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.brief import content, tally
from search.brief.content import Piece
from search.brief.labels import shown
from search.brief.model import Briefing, Section
from search.compare.model import LABELS, Point


def of_topic(number: int, section: Section, briefing: Briefing) -> str:
    """How many points the topic has, how many of one text alone, and how often each label stands for each pair."""
    names = content.named(briefing)
    points = section.comparison.points
    only = tally.alone(section)
    lines = [f"议题 {number}：{section.topic}", f"共 {len(points)} 点。"]
    if only:
        counts = "、".join(f"{names[doc_id]} {only[doc_id]} 点" for doc_id in names if only[doc_id])
        lines[-1] = f"共 {len(points)} 点，其中 {sum(only.values())} 点只有一份文件规定（{counts}）。"
    for (of, to), labels in tally.pairs([section]).items():
        counts = "、".join(f"{label} {labels[label]}" for label in LABELS if labels[label])
        lines.append(f"{names[of]}对{names[to]}：{counts}。")
    return "\n".join(lines)


def of_point(number: int, point: Point, briefing: Briefing) -> str:
    """What each text says on the point and where, then each label with its reason."""
    return "\n".join(_of_point(number, point, briefing))


def _of_point(number: int, point: Point, briefing: Briefing) -> Iterator[str]:
    names, documents = content.named(briefing), content.by_id(briefing)
    yield f"第 {number} 点"
    for doc_id, cell in point.cells.items():
        if cell is None:
            yield f"{names[doc_id]}：{content.SILENT}"
        else:
            yield f"{names[doc_id]} {content.cell_name(cell, documents)}：“{cell.quote.text}”"
    for relation in point.relations:
        difference = relation.difference
        yield f"{content.pair_name(relation, names)} {shown(difference.label)}：{difference.reason}"


def of_sentence(pieces: Sequence[Piece]) -> str:
    """The quotes of a sentence, each with the clause that it stands in; "" where it has none."""
    lines: list[str] = []
    quote = ""
    for piece in pieces:
        quote += piece.text if piece.place is not None else ""
        if piece.source is not None and quote:
            lines.append(f"“{quote}”——{piece.source}")
            quote = ""
    return "\n".join(lines)
