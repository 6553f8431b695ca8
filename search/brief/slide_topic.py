"""A topic as blocks for slides: the summary, what several texts rule, how that differs, what one alone rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Document
from search.brief import content, slide_notes
from search.brief.model import Briefing, Section
from search.brief.redlined import redlined
from search.brief.slide_text import Box, Row, Rows, Run, Runs, Words, box, mark, runs_of, stacked
from search.brief.slides import INNER
from search.brief.tally import ruling
from search.brief.weight import are_comparable
from search.compare.model import Cell, Label, Point, Relation

NUMBER = 64.0
"""Width of the column of numbers in points."""
_PAIR = 176.0
"""Width of the column with who is held against whom."""
_COLUMNS = 4
"""Documents side by side on one slide."""
_FEW = 2
"""Points that a table shows at a glance: no summary tells them first."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A section with its number in the briefing, from 1."""

    number: int
    section: Section
    briefing: Briefing

    @property
    def numbered(self) -> tuple[tuple[int, Point], ...]:
        """The points with their numbers, from 1."""
        return tuple(enumerate(self.section.comparison.points, 1))

    def said(self, number: int, point: Point) -> str:
        """What the speaker has to say of a point."""
        return slide_notes.of_point(number, point, self.briefing)


def summary(topic: Topic, size: float) -> tuple[Words, ...]:
    """The summary, an item a sentence; () where the table says it as shortly: few points, or one text alone."""
    points = topic.section.comparison.points
    several = any(len(ruling(point)) > 1 for point in points)
    if not several or (len(points) <= _FEW and topic.section.chapter):
        return ()
    sentences = content.sentences(topic.section, topic.briefing)
    return tuple(Words(runs_of(each), size, slide_notes.of_sentence(each), is_item=True) for each in sentences)


def tables(topic: Topic, size: float) -> Iterator[Rows]:
    """What several texts rule on, in panels of `_COLUMNS` texts; how it differs; what only one text rules."""
    several = [(number, point) for number, point in topic.numbered if len(ruling(point)) > 1]
    doc_ids = [
        doc_id for doc_id in topic.section.comparison.doc_ids if any(point.cells.get(doc_id) for _, point in several)
    ]
    for panel in content.panels(doc_ids, _COLUMNS):
        yield _side_by_side(topic, several, panel, size)
    differing = [row for number, point in several for row in _differing(topic, number, point)]
    if differing:
        heads = ("序号", "异同", "理由和改了哪些词")
        yield Rows(heads, tuple(differing), (NUMBER, _PAIR, INNER - NUMBER - _PAIR), size)
    yield from _of_one(topic, size)


def _side_by_side(topic: Topic, several: Sequence[tuple[int, Point]], panel: Sequence[str], size: float) -> Rows:
    names = content.named(topic.briefing)
    said = [1.0] * len(panel)
    rows: list[Row] = []
    for number, point in several:
        cells = [point.cells.get(doc_id) for doc_id in panel]
        if not any(cells):
            continue  # stands in the table of the texts that rule on it
        said = [length + (len(cell.quote.text) if cell else 0) for length, cell in zip(said, cells, strict=True)]
        boxes = (_cell_box(topic, point, doc_id) for doc_id in panel)
        rows.append(Row((box(str(number)), *boxes), topic.said(number, point)))
    widths = (NUMBER, *(share * (INNER - NUMBER) for share in content.shares_of(said)))
    silent = [
        doc_id
        for doc_id in topic.section.comparison.doc_ids
        if not any(point.cells.get(doc_id) for _, point in several)
    ]
    caption = (Run(f"下列各点，{'、'.join(names[doc_id] for doc_id in silent)} "), mark("未规定")) if silent else ()
    return Rows(("序号", *(names[doc_id] for doc_id in panel)), tuple(rows), widths, size, caption)


def _cell_box(topic: Topic, point: Point, doc_id: str) -> Box:
    """The clause's label, the quote on lines of its own, and the labels of what differs."""
    names, documents = content.named(topic.briefing), content.by_id(topic.briefing)
    cell = point.cells.get(doc_id)
    if cell is None:
        return Box((mark("未规定"),))
    quote = runs_of(content.cell_pieces(cell, point, documents))
    labels = [(mark(label), Run(towards)) for label, towards in content.labels_of(point, doc_id, names).items()]
    return Box(stacked((Run(content.cell_name(cell, documents)),), quote, *labels))


def _differing(topic: Topic, number: int, point: Point) -> Iterator[Row]:
    """A row for each label of a text that tells of a difference from others that rule on the point as well."""
    documents, names = content.by_id(topic.briefing), content.named(topic.briefing)
    for doc_id in point.cells:
        for (label, reason), relations in _grouped(point, doc_id, documents).items():
            if label == "一致":
                continue
            towards = "、".join(names[relation.to] for relation in relations)
            pair = (Run(f"{names[doc_id]}对{towards}"), Run("\n"), mark(label))
            words = runs_of(redlined(relations[0], point, documents))
            boxes = (box(str(number)), Box(pair, label), Box(stacked((Run(reason),), words)))
            yield Row(boxes, topic.said(number, point))


def _grouped(point: Point, doc_id: str, documents: dict[str, Document]) -> dict[tuple[Label, str], list[Relation]]:
    """The relations of the text to others that rule as well, by label and reason.

    Two places of which neither holds the other are held against each other only where there is nothing above them.
    """
    both = [each for each in point.relations if each.of == doc_id and not content.is_alone(each, point)]
    held = [each for each in both if are_comparable(documents[each.of], documents[each.to])]
    found: dict[tuple[Label, str], list[Relation]] = {}
    for relation in held or both:
        found.setdefault((relation.difference.label, relation.difference.reason), []).append(relation)
    return found


def _of_one(topic: Topic, size: float) -> Iterator[Rows]:
    """What only one text rules, text by text, across the slide."""
    names = content.named(topic.briefing)
    doc_ids = topic.section.comparison.doc_ids
    found = [(number, point, ruling(point)[0]) for number, point in topic.numbered if len(ruling(point)) == 1]
    if not found:
        return
    ruled = {cell.doc_id for _, point in topic.numbered for cell in ruling(point)}
    head = "只有一份文件规定的"
    if len(ruled) == 1:
        silent = [names[doc_id] for doc_id in doc_ids if doc_id not in ruled]
        head = f"只有{names[found[0][2].doc_id]}有规定" + (f"，{'、'.join(silent)}没有规定" if silent else "")
    found.sort(key=lambda each: doc_ids.index(each[2].doc_id))
    rows = (
        Row((box(str(number)), Box(_alone(topic, point, cell, with_labels=len(ruled) > 1))), topic.said(number, point))
        for number, point, cell in found
    )
    yield Rows(("序号", head), tuple(rows), (NUMBER, INNER - NUMBER), size)


def _alone(topic: Topic, point: Point, cell: Cell, *, with_labels: bool) -> Runs:
    """Whose rule it is and in what clause, its labels and who is silent; the rule below."""
    names, documents = content.named(topic.briefing), content.by_id(topic.briefing)
    first = [Run(f"{names[cell.doc_id]} {content.cell_name(cell, documents)}", is_strong=True)]
    labels = content.labels_of(point, cell.doc_id, names) if with_labels else {}
    for label, towards in labels.items():
        first += [Run("\u3000"), mark(label), Run(towards)]
    silent = [names[each.of] for each in point.relations if each.to == cell.doc_id] if with_labels else []
    if silent:
        first += [Run("\u3000"), mark("未规定"), Run(f"（{'、'.join(silent)}）")]
    return stacked(tuple(first), runs_of(content.cell_pieces(cell, point, documents)))
