"""The draft of a briefing as the browser of its maker keeps it: JSON that only that browser has, and read back from it.

::

    {"title": "…", "front": "…", "entries": [{"key": "topic:继续教育", "note": "…", "unruled": false}, …]}

`front` has a paragraph a line; `unruled` is true for a topic that no text rules on. What is read back may have been
written by anybody: it is checked whole.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from search.brief import Part, Plan, Topic, Whole
from search.views.drafting import NOTE_LENGTH, TITLE_LENGTH, added, key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.model import Document
    from search.brief.plan import Entry

LONGEST = 200_000
"""Characters of what is kept; the page's script sends no more."""
MOST = 200
"""Entries that are read back."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan in the making; `unruled`: names of its topics that no text rules on."""

    plan: Plan = field(default_factory=lambda: Plan(()))
    unruled: frozenset[str] = frozenset()


def draft_text(draft: Draft) -> str:
    """The draft for the browser to keep; "" for one with nothing in it."""
    plan = draft.plan
    if plan == Plan(()):
        return ""
    entries = [
        {
            "key": key_of(entry),
            "note": entry.note,
            "unruled": isinstance(entry, Topic) and entry.name in draft.unruled,
        }
        for entry in plan.entries
    ]
    held = {"title": plan.title, "front": "\n".join(plan.notes), "entries": entries}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))  # to the character as a browser writes it


def read_draft(text: str, documents: Sequence[Document]) -> Draft | None:
    """The draft in `text`; None where that is none.

    Left out are clauses and chapters that are not in `documents`: the texts held may have changed since.
    """
    try:
        held = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):  # what a browser has stored may be anything
        return None
    if not isinstance(held, dict):
        return None
    title, front, entries = (held.get(name) for name in ("title", "front", "entries"))
    if not _is_text(title, TITLE_LENGTH) or not _is_text(front, NOTE_LENGTH) or not isinstance(entries, list):
        return None
    notes = tuple(line.strip() for line in str(front).splitlines() if line.strip())
    draft = Draft(Plan((), str(title), notes))
    for each in entries[:MOST]:
        entry = _entry(each)
        if entry is None:
            return None
        if not isinstance(entry, Part) or _is_held(entry.part_id, documents):
            draft = _with(draft, entry, is_unruled=each.get("unruled") is True)
    return draft


def joined(first: Draft, then: Draft) -> Draft:
    """Both drafts as one, title and front of `then` where it has any."""
    plan = replace(first.plan, title=then.plan.title or first.plan.title, notes=then.plan.notes or first.plan.notes)
    for entry in then.plan.entries:
        plan = added(plan, entry)
    return Draft(plan, first.unruled | then.unruled)


def _with(draft: Draft, entry: Entry, *, is_unruled: bool) -> Draft:
    names = {entry.name} if is_unruled and isinstance(entry, Topic) else set[str]()
    return Draft(added(draft.plan, entry), draft.unruled | names)


def _entry(held: object) -> Entry | None:
    """The entry that was kept; None for anything else."""
    if not isinstance(held, dict) or not _is_text(held.get("note"), NOTE_LENGTH):
        return None
    key, note = held.get("key"), str(held["note"])
    if not _is_text(key, LONGEST):
        return None
    kind, _, name = str(key).partition(":")
    if kind == "all":
        return Whole(note)
    if not name.strip():
        return None
    return Topic(name, note) if kind == "topic" else Part(name, note) if kind == "part" else None


def _is_text(held: object, most: int) -> bool:
    """Whether that is a text of so many characters at most; half a pair of surrogates is none."""
    return isinstance(held, str) and len(held) <= most and not any("\ud800" <= char <= "\udfff" for char in held)


def _is_held(part_id: str, documents: Sequence[Document]) -> bool:
    ids = (clause.clause_id for document in documents for clause in document.clauses)
    return any(clause_id == part_id or clause_id.startswith(f"{part_id}/") for clause_id in ids)
