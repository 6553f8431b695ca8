"""Blocks → parts: forwarding notice, text proper, further texts, attachments; and each part's front and tail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from corpus.blocks import Block, ends_open
from corpus.lines import is_finished
from corpus.markers import ARTICLE, STATUTE_LEVELS, attachment
from corpus.signatures import is_closing_line, is_date, is_note, is_signer

PartKind = Literal["cover", "main", "text", "attachment"]

_SENTENCE_MARK = re.compile(r"[，。；！？,;]")
_CONTENTS = re.compile(r"目\s*[录次]")
_ENDS_AS_TITLE = re.compile(
    r"(?:意见|通知|决定|办法|规定|方案|细则|条例|规则|规程|公告|通告|通报|批复|函|报告|请示|纪要|令|计划|规划|纲要|预案|制度|标准"
    r"|目录|清单|章程|措施|要点|指南|指引|法|解释|名单|协议|说明)\s*(?:[（(《][^）)》]*[）)》]\s*)?$"
)
_CLOSING = re.compile(
    r"各(?:省|市|县|区|地|级|部门|单位|有关|乡镇|街道|相关|设区|盟|州|试点)|本(?:意见|通知|办法|规定|方案|细则|决定|条例|规则|计划"
    r"|措施|实施|文件|政策|预案|制度|指南)|以上|此[前复令]|特此|现行|上述|未尽|执行[中过]|工作过?[程]?中|请(?:各|认真|遵照|结合)"
    r"|国务院有关|国务院各|有关部门要|省[直级有]|市[直级有]|自.{0,16}起|原《|原有|未纳入|对.{2,30}适用"
)
_LISTS_ATTACHMENTS = re.compile(r"附\s*[件表]\s*[0-9０-９一二三四五六七八九十]*\s*[：:.．、]?\s*\S")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of blocks that is a text of its own.

    `number` counts attachments, or texts proper from 1. Blocks `[0:front]` come before the first numbered heading
    (all of them where `numbered` is False), `[tail:]` are its signature, `[closing:tail]` its closing paragraphs.
    """

    kind: PartKind
    number: int
    blocks: tuple[Block, ...]
    front: int
    closing: int
    tail: int

    @property
    def is_numbered(self) -> bool:
        """Whether any heading in it carries a number."""
        return self.front < self.closing


def split_parts(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """The parts of a document in order; every block is in exactly one."""
    main, attachments = _cut_attachments(list(blocks))
    parts: list[Part] = []
    end = _cover_end(main)
    if end:
        parts.append(Part("cover", 1, tuple(main[:end]), end, end, end))
        main = main[end:]
    texts = _cut_texts(main)
    for number, text in enumerate(texts, 1):
        parts.append(_part("main" if number == 1 else "text", number, text))
    seen: set[int] = set()
    for position, stretch in enumerate(attachments, 1):
        head = attachment(stretch[0].text)
        number = head.number[0] if head and head.number[0] not in seen else position
        seen.add(number)
        parts.append(_part("attachment", number, stretch))
    return tuple(part for part in parts if part.blocks)


def _cut_attachments(blocks: list[Block]) -> tuple[list[Block], list[list[Block]]]:
    """(the blocks before the attachments, each attachment's own)."""
    starts: list[int] = []
    is_signed = False
    for i, block in enumerate(blocks):
        head = attachment(block.text)
        if head is None:
            is_signed = is_signed or (block.marker is None and i > 0 and is_date(block.text))
            continue
        rest = block.text[head.length :].strip()
        if i and (not rest or ((is_signed or starts) and _is_title(rest) and not _is_listing(blocks, i))):
            starts.append(i)
    if not starts:
        return blocks, []
    edges = [*starts, len(blocks)]
    return blocks[: starts[0]], [blocks[a:b] for a, b in pairwise(edges)]


def _is_title(rest: str) -> bool:
    return len(rest) <= 40 and not _SENTENCE_MARK.search(rest) and not is_finished(rest)  # a title's length


def _is_listing(blocks: list[Block], i: int) -> bool:
    """Whether 附件：… at block `i` is in the list of attachments before a signature or at the text's end."""
    following = blocks[i + 1 : i + 12]
    return not following or any(is_date(block.text) for block in following if block.marker is None)


def _cover_end(blocks: list[Block]) -> int:
    """How many blocks from the start are a forwarding notice; 0 where the text proper begins at once."""
    for i, block in enumerate(blocks):
        if block.marker is not None and block.marker.level in (*STATUTE_LEVELS, ARTICLE):
            return 0
        if i < 2 or block.marker is not None or not is_date(block.text):
            continue
        if any(b.marker is not None for b in blocks[:i]) or not any("。" in b.text for b in blocks[:i]):
            return 0
        end = i + 1
        while (
            end < len(blocks)
            and blocks[end].marker is None
            and (is_note(blocks[end].text) or is_date(blocks[end].text))
        ):
            end += 1
        return end if any("。" in b.text for b in blocks[end:]) else 0
    return 0


def _cut_texts(blocks: list[Block]) -> list[list[Block]]:
    """Texts proper that follow one another under titles of their own, each numbered anew."""
    first = next((b.marker for b in blocks if b.marker), None)
    if first is None or first.number != (1,):
        return [blocks]
    starts = [0]
    seen = False
    for i, block in enumerate(blocks):
        if block.marker is None or block.marker.level != first.level or block.marker.number != first.number:
            continue
        if seen:
            start = _title_before(blocks, i, starts[-1])
            if start is not None:
                starts.append(start)
        seen = True
    edges = [*starts, len(blocks)]
    return [blocks[a:b] for a, b in pairwise(edges)]


def _title_before(blocks: list[Block], i: int, floor: int) -> int | None:
    """Where the title begins that stands at most four unnumbered blocks before block `i`."""
    for j in range(i - 1, max(floor, i - 5), -1):
        if blocks[j].marker is not None:
            return None
        text = blocks[j].text.strip()
        if ends_as_title(text) and is_title_line(text):
            start = j
            while start - 1 > floor and blocks[start - 1].marker is None and is_title_line(blocks[start - 1].text):
                start -= 1
            return start
    return None


def ends_as_title(text: str) -> bool:
    """Whether the last word names a kind of document: …的意见, …管理办法（试行）."""
    return _ENDS_AS_TITLE.search(text) is not None


def is_title_line(text: str) -> bool:
    """Short, without a sentence: what a line of a title looks like."""
    return len(text) <= 50 and not _SENTENCE_MARK.search(text) and not is_finished(text)


def _part(kind: PartKind, number: int, blocks: list[Block]) -> Part:
    blocks = _without_contents_numbers(blocks)
    tail = _signature_start(blocks, needs_date=kind == "attachment")
    listing = _listing_start(blocks, tail)
    blocks = [replace(b, marker=None) if i >= listing else b for i, b in enumerate(blocks)]
    numbered = [i for i, b in enumerate(blocks) if b.marker is not None]
    if not numbered:
        return Part(kind, number, tuple(blocks), listing, listing, tail)
    closing = min(listing, _closing_start(blocks, numbered, listing))
    return Part(kind, number, tuple(blocks), numbered[0], closing, tail)


def _without_contents_numbers(blocks: list[Block]) -> list[Block]:
    """The blocks, those of a table of contents (目录) no longer taken for headings."""
    start = next((i for i, b in enumerate(blocks) if _CONTENTS.fullmatch(b.text.strip())), None)
    if start is None:
        return blocks
    first = next((b for b in blocks[start:] if b.marker is not None), None)
    if first is None or first.marker is None:
        return blocks
    opening = (first.marker.level, first.marker.number)
    again = [i for i, b in enumerate(blocks) if i > start and b.marker and (b.marker.level, b.marker.number) == opening]
    if len(again) < 2:
        return blocks
    return [replace(b, marker=None) if start < i < again[1] else b for i, b in enumerate(blocks)]


def _signature_start(blocks: list[Block], *, needs_date: bool) -> int:
    start = len(blocks)
    while start > 0 and blocks[start - 1].marker is None and is_closing_line(blocks[start - 1].text):
        start -= 1
    signed = blocks[start:]
    has_date = any(is_date(b.text) or is_note(b.text) for b in signed)
    if has_date and not all(is_note(b.text) for b in signed):
        return start
    only_signers = (
        bool(signed) and all(is_signer(b.text) for b in signed) and start > 0 and is_finished(blocks[start - 1].text)
    )
    return start if not needs_date and (only_signers or has_date) else len(blocks)


def _listing_start(blocks: list[Block], tail: int) -> int:
    """Where the list of attachments (附件：1.…) before the signature begins; `tail` where there is none."""
    for i in range(max(1, tail - 12), tail):
        if _LISTS_ATTACHMENTS.match(blocks[i].text) and blocks[i].marker is None and "。" not in blocks[i].text:
            return i
    return tail


def _closing_start(blocks: list[Block], numbered: list[int], end: int) -> int:
    """Where the paragraphs begin that belong to the whole text rather than to its last provision."""
    if any(b.marker is not None and b.marker.level == ARTICLE for b in blocks):
        return end
    last = numbered[-1]
    first = last + 2 if _is_bare_heading(blocks[last]) else last + 1
    for i in range(first, end):
        if _CLOSING.match(blocks[i].text):
            return i
    level = _level(blocks[last])
    alone = [after == i + 1 for i, after in pairwise(numbered) if _level(blocks[i]) == level]
    return last + 1 if len(alone) >= 3 and all(alone) and first == last + 1 else end


def _level(block: Block) -> str | None:
    return None if block.marker is None else block.marker.level


def _is_bare_heading(block: Block) -> bool:
    return ends_open(block) or ("。" not in block.text[:-1] and len(block.text) <= 30)
