"""Parts and their trees → the clauses that tile a document, with their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, takewhile

from corpus.blocks import Block
from corpus.clean import CleanText
from corpus.headings import Headings, is_title_like
from corpus.markers import ARTICLE, DECIMAL, HAN, PAREN_ARABIC, PAREN_HAN, STATUTE_LEVELS, Marker
from corpus.model import Clause, ClauseKind, Node, Sentence
from corpus.offsets import to_raw
from corpus.parts import Part, ends_as_title, is_title_line
from corpus.sentences import paragraphs, sentences
from corpus.tree import Branch, Provision, grow, provisions

_TITLE_LINES = 4
_HANGING = ("的", "和", "与", "及", "、", "关于", "印发")
"""How a title line ends that goes on in the next one."""
_ADDRESSED_WITHIN = 14
"""Paragraphs before the addressees at most: red head, number, a title of several lines."""
_LABELS: dict[str, str] = {"preface": "前言", "closing": "结语", "cover": "印发通知", "signature": "落款"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause before its text is cut: blocks `start` to `end` of the document, its own from `body` on."""

    path: str
    kind: ClauseKind
    label: str
    heading: str
    trail: tuple[str, ...]
    start: int
    body: int
    end: int


def draft_clauses(parts: Sequence[Part]) -> tuple[tuple[Draft, ...], tuple[tuple[int, Branch], ...]]:
    """(the drafts in reading order, the trees' roots as (first block of their part, branch))."""
    drafts: list[Draft] = []
    roots: list[tuple[int, Branch]] = []
    offset = 0
    for part in parts:
        branches = grow(part.blocks, part.front, part.closing)
        roots.extend((offset, branch) for branch in branches)
        drafts.extend(_shift(draft, offset) for draft in _part_drafts(part, branches))
        offset += len(part.blocks)
    return tuple(_distinct(drafts)), tuple(roots)


def _shift(draft: Draft, by: int) -> Draft:
    return Draft(
        draft.path,
        draft.kind,
        draft.label,
        draft.heading,
        draft.trail,
        draft.start + by,
        draft.body + by,
        draft.end + by,
    )


def _distinct(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts with a number appended to a path that an original uses again."""
    taken: set[str] = set()
    for draft in drafts:
        names = chain((draft.path,), (f"{draft.path}-{n}" for n in count(2)))
        path = next(name for name in names if name not in taken)
        taken.add(path)
        yield Draft(path, draft.kind, draft.label, draft.heading, draft.trail, draft.start, draft.body, draft.end)


def _part_drafts(part: Part, branches: Sequence[Branch]) -> Iterator[Draft]:
    if part.kind == "cover":
        yield Draft("cover", "cover", _LABELS["cover"], "", (), 0, 0, len(part.blocks))
        return
    prefix, name, title = _part_names(part)
    if part.kind == "attachment":
        if part.front:
            yield Draft(prefix.rstrip("/"), "attachment", name.strip(), title, (), 0, 0, part.front)
    else:
        yield from _front(part, prefix)
    kind: ClauseKind = "attachment" if part.kind == "attachment" else "clause"
    above = (title,) if part.kind == "text" and title else ()
    chosen = tuple(provisions(branches, part.blocks))
    headings = Headings(part.blocks, chosen)
    for provision in chosen:
        yield _provision_draft(provision, part, prefix, name, kind, above, headings)
    tail_kind: ClauseKind = "attachment" if part.kind == "attachment" else "closing"
    if part.closing < part.tail:
        label = f"{name}{_LABELS['closing']}"
        yield Draft(f"{prefix}closing", tail_kind, label, "", above, part.closing, part.closing, part.tail)
    if part.tail < len(part.blocks):
        kind = "attachment" if part.kind == "attachment" else "signature"
        yield Draft(
            f"{prefix}signature", kind, f"{name}{_LABELS['signature']}", "", (), part.tail, part.tail, len(part.blocks)
        )


def _part_names(part: Part) -> tuple[str, str, str]:
    """(prefix of its ids, prefix of its labels, its title)."""
    if part.kind == "main":
        return "", "", ""
    if part.kind == "text":
        return f"text-{part.number}/", "", _title(part.blocks[: part.front])
    marker = part.blocks[0].text.strip()
    shown = re.sub(r"\s", "", re.match(r"附\s*[件表录]\s*[0-9０-９一二三四五六七八九十]*", marker).group(0))  # type: ignore[union-attr]
    rest = marker[len(shown) :].strip(" .．、：:")
    return f"attachment-{part.number}/", f"{shown} ", rest or _title(part.blocks[1 : part.front])


def _title(blocks: Sequence[Block]) -> str:
    """The title that `blocks` begin with, its lines joined, as far as they look like one."""
    lines = list(takewhile(is_title_line, (block.text.strip() for block in blocks[:_TITLE_LINES])))
    ends = next((i for i, line in enumerate(lines, 1) if ends_as_title(line)), None)
    if ends is not None:
        return "".join(lines[:ends])
    return "".join(lines[: 2 if lines and lines[0].endswith(_HANGING) else 1])


def _front(part: Part, prefix: str) -> Iterator[Draft]:
    """The preface, and for a text without any numbering its paragraphs, each a clause of its own."""
    if part.is_numbered:
        if part.front:
            yield Draft(f"{prefix}preface", "preface", _LABELS["preface"], "", (), 0, 0, part.front)
        return
    opening = _unnumbered_opening(part.blocks[: part.front])
    if opening:
        yield Draft(f"{prefix}preface", "preface", _LABELS["preface"], "", (), 0, 0, opening)
    for k in range(opening, part.front):
        number = k - opening + 1
        yield Draft(f"{prefix}body#{number}", "clause", f"正文第{number}段", "", (), k, k, k + 1)


def _unnumbered_opening(blocks: Sequence[Block]) -> int:
    """How many blocks of an unnumbered text are title, number and addressees."""
    for i, block in enumerate(blocks[:_ADDRESSED_WITHIN]):
        text = block.text.rstrip()
        if text.endswith(("：", ":")) and "。" not in text and i + 1 < len(blocks):
            return i + 1
        if "。" in text:
            break
    opening = 0
    while opening < len(blocks) - 1 and is_title_line(blocks[opening].text):
        opening += 1
    return opening


def _provision_draft(
    provision: Provision,
    part: Part,
    prefix: str,
    name: str,
    kind: ClauseKind,
    above: tuple[str, ...],
    headings: Headings,
) -> Draft:
    branch = provision.branch
    nested = (*provision.above, branch)
    own = [b for b in nested if b.marker.level == ARTICLE] or list(nested)
    is_holder = bool(branch.children) and provision.end == branch.own_end and branch.own_end < branch.end
    is_chapter = (
        not provision.above
        and branch.marker.level in (HAN, DECIMAL, *STATUTE_LEVELS)
        and len(branch.marker.number) == 1
    )
    trail = [headings.line(b) for b in provision.above]
    if is_holder or (is_chapter and is_title_like(part.blocks[branch.start])):
        trail.append(headings.line(branch))
    path = "/".join(_path_piece(b.marker) for b in (own if own[-1].marker.level != DECIMAL else own[-1:]))
    return Draft(
        f"{prefix}{path}",
        kind,
        name + _label(own),
        headings.of(branch, provision.end),
        (*above, *trail),
        provision.start,
        provision.body,
        provision.end,
    )


def _path_piece(marker: Marker) -> str:
    return "/".join(map(str, marker.number)) if marker.level == DECIMAL else "-".join(map(str, marker.number))


def _label(nested: Sequence[Branch]) -> str:
    """三、（七）; 二、1.; 第十二条; 第二章 五、 — the text's own numerals, in one kind of brackets."""
    marks = [_mark(b.marker) for b in nested]
    if nested[-1].marker.level in (ARTICLE, DECIMAL):
        return marks[-1]
    statute = [m for m, b in zip(marks, nested, strict=True) if b.marker.level in STATUTE_LEVELS]
    rest = [m for m, b in zip(marks, nested, strict=True) if b.marker.level not in STATUTE_LEVELS]
    return " ".join(filter(None, ["".join(statute), "".join(rest)]))


def _mark(marker: Marker) -> str:
    text = re.sub(r"\s", "", marker.text)
    if marker.level in (PAREN_HAN, PAREN_ARABIC):
        return text.replace("(", "（").replace(")", "）")
    if marker.level == HAN:
        return text.rstrip("．.、") + "、"
    if text[-1:] in "．、)）" and text[:-1].isdigit():
        return text[:-1] + "."
    return text


def cut_clauses(doc_id: str, clean: CleanText, drafts: Sequence[Draft], encoding: str) -> tuple[Clause, ...]:
    """The clauses of a document, in reading order; they tile `clean.text` up to the line break between them."""
    ends = [start + len(block.text) for start, block in zip(clean.starts, clean.blocks, strict=True)]
    # where a wrap left a blank between Latin words, a block's end is best told from the next block's start
    ends = [clean.starts[i + 1] - 1 if i + 1 < len(ends) else len(clean.text) for i in range(len(ends))]
    return tuple(_cut(doc_id, clean, draft, ends, encoding) for draft in drafts)


def _cut(doc_id: str, clean: CleanText, draft: Draft, ends: Sequence[int], encoding: str) -> Clause:
    start, body, end = clean.starts[draft.start], clean.starts[draft.body], ends[draft.end - 1]
    return Clause(
        clause_id=f"{doc_id}/{draft.path}",
        doc_id=doc_id,
        kind=draft.kind,
        label=draft.label,
        heading=draft.heading,
        trail=draft.trail,
        text=clean.text[start:end],
        start=start,
        end=end,
        body=body,
        raw=to_raw(clean.runs, clean.text, start, end, encoding),
        sentences=tuple(_sentences(clean.text, body, end, draft.heading)),
    )


def _sentences(text: str, start: int, end: int, heading: str) -> Iterator[Sentence]:
    for number, paragraph in enumerate(paragraphs(text, start, end)):
        for i, span in enumerate(sentences(text, paragraph.start, paragraph.end)):
            first = number == 0 and i == 0
            is_heading = first and bool(heading) and text[span.start : span.end].rstrip("。：:").endswith(heading)
            yield Sentence(span.start, span.end, number, is_heading)


def tree_nodes(roots: Sequence[tuple[int, Branch]], clean: CleanText) -> tuple[Node, ...]:
    """The document's tree, its offsets in clean text."""
    return tuple(_node(branch, offset, clean) for offset, branch in roots)


def _node(branch: Branch, offset: int, clean: CleanText) -> Node:
    first, last = offset + branch.start, offset + branch.end - 1
    block = clean.blocks[first]
    heading = block.text[branch.marker.length :].strip() if is_title_like(block) else ""
    end = clean.starts[last + 1] - 1 if last + 1 < len(clean.starts) else len(clean.text)
    return Node(
        branch.marker.level,
        branch.marker.number,
        branch.marker.text,
        heading,
        clean.starts[first],
        end,
        tuple(_node(child, offset, clean) for child in branch.children),
    )
