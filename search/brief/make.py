"""A plan → a briefing: each entry compared in the texts in scope, in the order given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import QuestionError
from search.brief.model import Briefing, Section, scope_of
from search.brief.plan import Entry, Part, Plan, Topic

if TYPE_CHECKING:
    from search.compare.model import Comparison, Matter, WholeComparison
    from search.engine import Engine

_NAMED = 3
"""Entries that a title names; of more it names the first."""
_Keyed = tuple[str, Section]
"""A section and what it is about: no two of a briefing are about the same."""


def briefing(engine: Engine, plan: Plan | Sequence[str], title: str = "", doc_ids: Sequence[str] = ()) -> Briefing:
    """What `plan` compares, each topic, clause and chapter once, dated today; topics alone make a plan as well.

    What comes up again stays where it came first, with the notes of both. `title` and `doc_ids`: in place of the
    plan's; "" for a title made of the entries. Raises `QuestionError` where there is nothing to compare or an entry
    cannot be compared.
    """
    if not isinstance(plan, Plan):
        plan = Plan(tuple(Topic(topic.strip()) for topic in plan if topic.strip()))
    if not plan.entries:
        raise QuestionError("简报至少要一个话题，例如 clauselens brief 继续教育 -o 简报.docx。")
    wanted = tuple(doc_ids) or plan.doc_ids
    made: dict[str, Section] = {}
    names: dict[str, None] = {}
    for entry in plan.entries:
        name, keyed = _compared(engine, entry, wanted)
        names.setdefault(name)
        for key, section in keyed:
            before = made.setdefault(key, section)
            if before is not section:
                made[key] = replace(before, note=_joined(before.note, section.note))
    sections = tuple(made.values())
    shown = dict.fromkeys(doc_id for section in sections for doc_id in section.comparison.doc_ids)
    documents = tuple(engine.index.document_of[doc_id] for doc_id in shown)
    named = title.strip() or plan.title.strip() or _title([*names])
    today = dt.datetime.now(dt.UTC).astimezone().date()
    return Briefing(named, today, scope_of(documents), plan.notes, sections, documents)


def _compared(engine: Engine, entry: Entry, doc_ids: Sequence[str]) -> tuple[str, list[_Keyed]]:
    """What an entry is called, and its sections; the note of one with several stands at the first."""
    if isinstance(entry, Topic):
        return entry.name, [
            (f"话题 {entry.name}", Section(entry.name, entry.note, engine.compare(entry.name, doc_ids)))
        ]
    if isinstance(entry, Part):
        whole = engine.compare_whole(doc_ids=tuple(doc_ids), parts=(entry.part_id,))
        name = _part_name(whole) or entry.part_id
    else:
        whole = engine.compare_whole(doc_ids=tuple(doc_ids))
        name = "整份文件"
    if not whole.matters:
        raise QuestionError(f"“{name}”里没有可以对照的条款。{whole.notice}请改选别的条款或章，或从简报里去掉它。")
    sections = [
        (matter.clause_id, Section(matter.title, "" if number else entry.note, _noted(matter, whole), matter.chapter))
        for number, matter in enumerate(whole.matters)
    ]
    return name, sections


def _noted(matter: Matter, whole: WholeComparison) -> Comparison:
    """The matter's comparison, with what is to know of the texts where it does not say so itself."""
    return replace(matter.comparison, notice=matter.comparison.notice or whole.notice)


def _part_name(whole: WholeComparison) -> str:
    """The clause's title, or the heading of the chapter that they are of."""
    if len(whole.matters) == 1:
        return whole.matters[0].title
    chapters = {matter.chapter for matter in whole.matters}
    return chapters.pop() if len(chapters) == 1 else ""


def _title(names: Sequence[str]) -> str:
    said = "、".join(names) if len(names) <= _NAMED else f"{names[0]}等 {len(names)} 个议题"
    return f"{said}：政策对照简报"


def _joined(*notes: str) -> str:
    return "\n".join(dict.fromkeys(note for note in notes if note))
