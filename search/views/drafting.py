"""A briefing while it is being put together on the page: what changes its plan, and the form that shows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corpus.errors import QuestionError
from search.brief import SUFFIXES, Part, Plan, Topic, Whole
from search.views.html import escape, place

if TYPE_CHECKING:
    from corpus.model import Document
    from search.brief.plan import Entry

KINDS: dict[type[Entry], str] = {Topic: "话题", Part: "条款", Whole: "整份"}
"""What an entry is called on the page."""
WHOLE_NAME = "整份对照"
FILES = {".docx": "Word 文档", ".pptx": "幻灯片", ".xlsx": "Excel 表格", ".md": "Markdown"}
"""What each kind of file is called, those most asked for first; one not listed goes by its suffix."""
TITLE_LENGTH, NOTE_LENGTH = 200, 2000
"""Characters that a title and a note may have."""
_UNRULED = '<span class="cl-unruled">没有文本规定这件事</span>'


@dataclass(frozen=True, slots=True)
class Followed:
    """Where the keyboard goes after an edit: to the button `act` of the entry `key`; "" where none is left."""

    act: str
    key: str


def entry_of(kind: str, name: str) -> Entry:
    """The entry that a button of the page stands for, `kind` topic, part or all; `QuestionError` without a name."""
    if kind == "all":
        return Whole()
    if not name.strip():
        raise QuestionError("没有写话题。请写下要对照的事，例如“继续教育”，再按回车。")
    return Part(name.strip()) if kind == "part" else Topic(name.strip())


def place_of(plan: Plan, entry: Entry) -> int | None:
    """Which entry of the plan that is already, counted from 1, whatever its note; None where it is not in it.

    >>> place_of(Plan((Topic("学时"), Topic("补贴", note="先讲"))), Topic("补贴"))
    2
    """
    held = [replace(each, note="") for each in plan.entries]
    return held.index(replace(entry, note="")) + 1 if replace(entry, note="") in held else None


def added(plan: Plan, entry: Entry) -> Plan:
    """With one more entry at the end; each is in it once, whatever its note."""
    if place_of(plan, entry) is not None:
        return plan
    return replace(plan, entries=(*plan.entries, entry))


def key_of(entry: Entry) -> str:
    """What tells an entry from the others of a plan, whatever its note and place.

    >>> key_of(Part("north/3"))
    'part:north/3'
    """
    if isinstance(entry, Whole):
        return "all:"
    return f"topic:{entry.name}" if isinstance(entry, Topic) else f"part:{entry.part_id}"


def written(plan: Plan, form: Mapping[str, Any]) -> Plan:
    """With the title, front and notes as they stand in the form: `{"title", "front", "notes": {key: text}}`.

    `front` has a paragraph a line; entries without a note in the form keep theirs. Raises `QuestionError` for a text
    that is too long.
    """
    title, front = str(form.get("title", plan.title)), str(form.get("front", "\n".join(plan.notes)))
    notes = {str(key): str(note) for key, note in form.get("notes", {}).items()}
    for what, text, most in (
        ("标题", title, TITLE_LENGTH),
        *(("说明", text, NOTE_LENGTH) for text in (front, *notes.values())),
    ):
        if len(text) > most:
            raise QuestionError(f"{what}有 {len(text)} 字，最多 {most} 字。请删短一些。")
    return replace(
        plan,
        title=title,
        notes=tuple(line.strip() for line in front.splitlines() if line.strip()),
        entries=tuple(replace(each, note=notes.get(key_of(each), each.note).strip()) for each in plan.entries),
    )


def moved(plan: Plan, key: str, by: int) -> Plan:
    """With the entry of that key moved `by` places; as it is where there is none, or no such place."""
    keys = [key_of(entry) for entry in plan.entries]
    at = keys.index(key) if key in keys else -1
    if at < 0 or not 0 <= at + by < len(keys):
        return plan
    entries = list(plan.entries)
    entries.insert(at + by, entries.pop(at))
    return replace(plan, entries=tuple(entries))


def dropped(plan: Plan, key: str) -> Plan:
    """Without the entry of that key."""
    return replace(plan, entries=tuple(entry for entry in plan.entries if key_of(entry) != key))


def edited(plan: Plan, form: Mapping[str, Any]) -> tuple[Plan, Followed | None]:
    """(the plan after an edit on the page, where its user goes on; None where nothing moved): a form as for `written`.

    With `act` up, down or drop in it, that is done with the entry `key`. Edits name entries by key, not by place:
    two that cross on their way come out the same.
    """
    kept = written(plan, form)
    act, key = str(form.get("act", "")), str(form.get("key", ""))
    after = dropped(kept, key) if act == "drop" else moved(kept, key, {"up": -1, "down": 1}.get(act, 0))
    if after.entries == kept.entries:
        return kept, None
    if act != "drop":
        return after, Followed(act, key)
    at = min([key_of(entry) for entry in kept.entries].index(key), len(after.entries) - 1)
    return after, Followed(act, key_of(after.entries[at]) if after.entries else "")


def parts_of(document: Document) -> list[tuple[str, str]]:
    """(name, id) of each chapter and clause of a text that may be an entry, in reading order.

    A chapter is offered where its clauses stand one level below it; ids as in `Clause.clause_id`.
    """
    offered: list[tuple[str, str]] = []
    for clause in document.clauses:
        if clause.kind != "clause":
            continue
        chapter = clause.clause_id.rpartition("/")[0]
        if "/" in chapter and clause.trail and chapter not in {part for _, part in offered}:
            offered.append((f"{clause.trail[-1]}（整章）", chapter))
        name = " ".join(place(clause.clause_id, clause.label, clause.heading)).strip()
        offered.append((name, clause.clause_id))
    return offered


def entry_name(entry: Entry, documents: Sequence[Document]) -> str:
    """What an entry is called: a topic by its words, a part by text and heading."""
    if isinstance(entry, Topic):
        return entry.name
    if isinstance(entry, Whole):
        return WHOLE_NAME
    for document in documents:
        if entry.part_id.startswith(f"{document.doc_id}/"):
            names = {part: name for name, part in parts_of(document)}
            short = document.metadata.short_name or document.doc_id
            return f"{short} {names.get(entry.part_id, entry.part_id)}"
    return entry.part_id


def draft_view(
    plan: Plan,
    documents: Sequence[Document],
    *,
    unruled: Collection[str] = (),
    went: Followed | None = None,
    is_stale: bool = False,
) -> str:
    """The form: title, front, entries in order with their buttons, and what can be made of them.

    `unruled`: names of topics that no text rules on; `went`: after an edit, where the keyboard goes; `is_stale`: the
    preview shows an earlier state.
    """
    names = [entry_name(entry, documents) for entry in plan.entries]
    keys = [key_of(entry) for entry in plan.entries]
    items = "".join(
        _item(
            at,
            entry,
            name,
            is_last=at == len(names) - 1,
            is_unruled=isinstance(entry, Topic) and entry.name in unruled,
        )
        for at, (entry, name) in enumerate(zip(plan.entries, names, strict=True))
    )
    told, follow = "", ""
    if went is not None:
        follow = f' data-follow="{went.act}" data-key="{escape(went.key)}"'
        at = keys.index(went.key) if went.key in keys else None
        told = "没有内容了。" if at is None else f"“{names[at]}”现在是第 {at + 1} 项，共 {len(names)} 项。"
    front = _area("front", "\n".join(plan.notes))
    listed = (
        f'<ol class="cl-entries">{items}</ol>{_makes(is_stale=is_stale)}'
        if items
        else '<p class="cl-empty">还没有内容。在上面写一个话题按回车，或选一章、一条加入；'
        "也可以在对照的结果里点“加入简报”。</p>"
    )
    return (
        f'<section class="cl-draft" aria-label="简报内容"{follow}><p class="cl-sr" role="status">{escape(told)}</p>'
        f'<div class="cl-front"><label>标题<input type="text" data-field="title" maxlength="{TITLE_LENGTH}"'
        f' value="{escape(plan.title)}" placeholder="留空就用话题作标题"></label>'
        f"<label>开头的说明（一行一段）{front}</label></div>"
        f"<h2>内容 <small>{len(names)} 项</small></h2>{listed}{_kept(is_empty=plan == Plan(()))}</section>"
    )


def _kept(*, is_empty: bool) -> str:
    """Where the draft is kept, and the way to be rid of it; asked twice by the page's script."""
    erase = "" if is_empty else '<button type="button" data-act="erase">清空</button>'
    return (
        '<p class="cl-notice" role="note" data-elsewhere hidden>'
        "另一个窗口里改过这份草稿。留下的是最后改的那份；要看它，请刷新本页。</p>"
        f'<p class="cl-kept"><span>草稿只记在这个浏览器里，刷新或关掉网页也还在。</span>{erase}</p>'
    )


def _area(field: str, text: str, key: str = "") -> str:
    """A text area; its text also stands as `value`, which is what Gradio brings up to date on the page."""
    shown, of = escape(text), f' data-key="{escape(key)}"' if key else ""
    return f'<textarea data-field="{field}"{of} rows="2" maxlength="{NOTE_LENGTH}" value="{shown}">\n{shown}</textarea>'


def _item(at: int, entry: Entry, name: str, *, is_last: bool, is_unruled: bool) -> str:
    key = escape(key_of(entry))
    shown = escape(name) if isinstance(entry, Whole) else f"<bdi>{escape(name)}</bdi>"
    acts = (("up", "↑", "上移", at == 0), ("down", "↓", "下移", is_last), ("drop", "✕", "移除", False))
    buttons = "".join(
        f'<button type="button" data-act="{act}" data-key="{key}" aria-disabled="{"true" if is_idle else "false"}"'
        f' aria-label="{escape(f"{words}：{name}")}" title="{words}">{sign}</button>'
        for act, sign, words, is_idle in acts
    )
    return (
        f'<li><header><span class="cl-kind">{KINDS[type(entry)]}</span><b>{shown}</b>{_UNRULED if is_unruled else ""}'
        f'<span class="cl-moves">{buttons}</span></header>'
        f"<label>备注{_area('note', entry.note, key_of(entry))}</label></li>"
    )


def _makes(*, is_stale: bool) -> str:
    files = "".join(
        f'<button type="button" data-act="export" data-kind="{suffix}">{FILES.get(suffix, suffix)}</button>'
        for suffix in sorted(SUFFIXES, key=[*FILES, *SUFFIXES].index)
    )
    stale = '<span class="cl-stale">下面的预览是改动前的。</span>' if is_stale else ""
    return (
        f'<div class="cl-makes"><button type="button" class="cl-main" data-act="preview">预览</button>{stale}'
        f'<span class="cl-files" role="group" aria-label="下载"><span aria-hidden="true">下载</span>{files}</span>'
        "</div>"
    )
