"""What stands on slides before and after the topics: agenda, marks, the whole at a glance, the sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from search.brief import content, slide_notes
from search.brief.labels import LEGEND_HEADS, LOOKS, READING
from search.brief.model import Briefing, Section
from search.brief.slide_fit import MARGIN_X
from search.brief.slide_text import Block, Box, Row, Rows, Run, Words, box, mark, runs_of, stacked
from search.brief.slide_topic import NUMBER
from search.brief.slides import INNER
from search.brief.tally import alone
from search.brief.textwidth import count_lines
from search.brief.weight import are_comparable
from search.compare.model import LABELS, Label

_SIZE = 16.0
_TOLD = 20.0
"""Points of the type of tables, and of what is read out."""
_POINTS = 64.0
"""Width of the column that counts the points."""
_TOPIC = 0.46
"""Share of the agenda's width for the topics."""
_MARK = 110.0
"""Width of a column of labels in points."""


def agenda(briefing: Briefing) -> Rows:
    """A row for each topic by its number, with how many points it has and what they show; a chapter above its first."""
    rows: list[Row] = []
    for chapter, numbered in content.chapters(briefing):
        for number, section in numbered:
            is_first = number == numbered[0][0] and chapter != section.topic
            above = (Run(chapter, is_strong=True),) if is_first else ()
            topic = Box(stacked(above, (Run(section.topic),)))
            count = str(len(section.comparison.points) or "—")
            rows.append(Row((box(str(number)), topic, box(count), _shown(section, briefing))))
    left = INNER - NUMBER - _POINTS
    widths = (NUMBER, left * _TOPIC, _POINTS, left * (1 - _TOPIC))
    return Rows(("序号", "议题", "点数", "异同"), tuple(rows), widths, _SIZE)


def _shown(section: Section, briefing: Briefing) -> Box:
    """How often each label stands where both texts rule, and how many points one text alone rules on."""
    documents = content.by_id(briefing)
    counts: Counter[Label] = Counter(
        relation.difference.label
        for point in section.comparison.points
        for relation in point.relations
        if not content.is_alone(relation, point) and are_comparable(documents[relation.of], documents[relation.to])
    )
    runs = [run for label in LABELS if counts[label] for run in (mark(label), Run(f" {counts[label]}\u3000"))]
    only = alone(section).total()
    if only:
        runs.append(Run(f"单独规定 {only}"))
    return Box(tuple(runs))


def reading(notice: str) -> tuple[Block, ...]:
    """What the marks say, and what to know of all the texts."""
    meanings = [(Box((mark(label),), label), box(LOOKS[label].meaning)) for label in LABELS]
    half = -(-len(meanings) // 2)
    empty = (box(""), box(""))
    columns = zip(meanings[:half], [*meanings[half:], *[empty] * (2 * half - len(meanings))], strict=True)
    rows = tuple(Row((*left, *right)) for left, right in columns)
    widths = (_MARK, INNER / 2 - _MARK) * 2
    remarks = (Words((Run(text),), _SIZE) for text in (READING, notice) if text)
    return (Rows(LEGEND_HEADS * 2, rows, widths, _SIZE), *remarks)


def glance(briefing: Briefing) -> tuple[Block, ...]:
    """The whole comparison: how many points, how often each label, the weightiest points; () for a short briefing."""
    told = content.overview(briefing)
    if told is None:
        return ()
    blocks: list[Block] = [Words((Run(told.sentence()),), _TOLD)]
    labels = [label for label in LABELS if any(counted.labels.get(label) for counted in told.counts)]
    if labels:
        width = (INNER - 2 * _MARK) / len(labels)
        rows = (
            Row((box(each.pair), *(box(str(each.labels.get(label, 0)), label) for label in labels)))
            for each in told.counts
        )
        blocks.append(Rows(("比较", *labels), tuple(rows), (2 * _MARK, *[width] * len(labels)), _SIZE))
    if told.weightiest:
        blocks.append(Words((Run("分量最重的几点", is_strong=True),), _TOLD, is_heading=True))
    for heavy in told.weightiest:
        lead = Run(f"{heavy.topic}（第 {heavy.number} 点）：", is_strong=True)
        said = slide_notes.of_sentence(heavy.pieces)
        blocks.append(Words((lead, *runs_of(heavy.pieces)), _TOLD, said, is_item=True))
    return tuple(blocks)


def sources(briefing: Briefing) -> Rows:
    """The documents in scope and the clauses quoted from each, no clause's number broken over lines."""
    widths = (NUMBER, 380.0, INNER - NUMBER - 380.0)
    quoted = {document.doc_id: clauses for document, clauses in content.quoted_clauses(briefing)}
    rows = []
    for number, entry in enumerate(briefing.scope, 1):
        names = [content.label_name(clause) for clause in quoted.get(entry.doc_id, ())]
        facts = "\u3000".join(filter(None, ("、".join(entry.issuers), entry.date)))
        title = "\n".join(filter(None, (content.titled(entry.title, entry.number), facts)))
        clauses = "\n".join(_lines(names, widths[-1] - 2 * MARGIN_X)) or "—"
        rows.append(Row((box(str(number)), box(title), box(clauses))))
    return Rows(("序号", "文件", "引用的条文"), tuple(rows), widths, _SIZE)


def _lines(names: Sequence[str], room: float) -> Iterator[str]:
    """The names one after the other, as many on a line as it holds whole."""
    line = ""
    for name in names:
        longer = f"{line}；{name}" if line else name
        if line and count_lines(longer, room, _SIZE) > 1:
            yield line
            longer = name
        line = longer
    if line:
        yield line
