"""The tab 简报: a plan is made, looked at and written to files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from corpus.errors import PolicyError
from corpus.model import Document
from search import Engine, views
from search.brief import Part, Plan, Topic, Whole
from search.brief.make import briefing
from search.brief.plan import Entry
from search.tabs.widgets import (
    BUSY,
    FOLLOW,
    IN_TURN,
    QUIET,
    idle_after,
    line_box,
    say,
    scope_choice,
    text_choice,
    told,
    view_box,
)
from search.views import briefing as briefed
from search.views import drafting
from search.views.keeping import Draft, draft_text, joined, read_draft

SAVE = "(file) => clauselens.save(file)"
KEEP = "(draft) => clauselens.keepDraft(draft)"
ADDED = "已加入简报，共 {} 项。可以在“简报”里排序、写备注、下载。"
THERE = "“{}”已经在简报里了，是第 {} 项。"
SKIPPED = (gr.skip(),) * 3
"""For a draft, its form and what is kept of it."""


@dataclass(frozen=True)
class Briefing:
    """What happens in the tab 简报: a draft goes in and comes out, held by the session of the one who makes it.

    Where a draft comes out it is followed by the form and by what the browser keeps of it.
    """

    engine: Engine

    def form(self, draft: Draft, previewed: Plan | None, went: drafting.Followed | None = None) -> str:
        """Show the plan; `previewed` is the one that the preview shows."""
        is_stale = previewed is not None and previewed != draft.plan
        documents = self.engine.documents()
        return drafting.draft_view(draft.plan, documents, unruled=draft.unruled, went=went, is_stale=is_stale)

    def _out(self, draft: Draft, previewed: Plan | None, went: drafting.Followed | None = None) -> tuple[Any, ...]:
        return draft, self.form(draft, previewed, went), draft_text(draft)

    def _added(self, draft: Draft, entry: Entry) -> Draft:
        """With the entry, marked if no text rules on it; as it is, and so told, where it is in already."""
        if (at := drafting.place_of(draft.plan, entry)) is not None:
            gr.Info(THERE.format(drafting.entry_name(entry, self.engine.documents()), at))
            return draft
        unruled = frozenset[str]()
        if isinstance(entry, Topic) and not self.engine.compare(entry.name).points:
            unruled = frozenset({entry.name})
        return joined(draft, Draft(Plan((entry,)), unruled))

    def _add(self, draft: Draft, previewed: Plan | None, entry: Entry) -> tuple[Any, ...]:
        try:
            return self._out(self._added(draft, entry), previewed)
        except PolicyError as error:
            gr.Warning(str(error))
            return SKIPPED

    @told
    def topic(self, draft: Draft, previewed: Plan | None, topic: str) -> tuple[Any, ...]:
        """Add a topic typed: (draft, form, kept, box)."""
        if not topic.strip():
            gr.Warning("没有写话题。请写下要对照的事，例如“继续教育”，再按回车。")
            return *SKIPPED, gr.skip()
        return *self._add(draft, previewed, Topic(topic.strip())), ""

    @told
    def part(self, draft: Draft, previewed: Plan | None, part_id: str | None) -> tuple[Any, ...]:
        """Add a chapter or clause picked: (draft, form, kept)."""
        if not part_id:
            gr.Warning("还没有选。请先从列表里选一章或一条。")
            return SKIPPED
        return self._add(draft, previewed, Part(part_id))

    @told
    def whole(self, draft: Draft, previewed: Plan | None) -> tuple[Any, ...]:
        """Add the whole comparison: (draft, form, kept)."""
        return self._add(draft, previewed, Whole())

    @told
    def bring(self, draft: Draft, previewed: Plan | None, event: gr.EventData) -> tuple[Any, ...]:
        """Add what a button in a comparison stands for: (draft, form, kept)."""
        entry = drafting.entry_of(event.kind, event.name)
        is_new = drafting.place_of(draft.plan, entry) is None
        out = self._add(draft, previewed, entry)
        if is_new and out is not SKIPPED:
            gr.Info(ADDED.format(len(out[0].plan.entries)))
        return out

    @told
    def edit(self, draft: Draft, previewed: Plan | None, event: gr.EventData) -> tuple[Any, ...]:
        """Take what is written in the form, and move or drop an entry: (draft, form, kept)."""
        try:
            plan, went = drafting.edited(draft.plan, event.form)
        except PolicyError as error:
            gr.Warning(str(error))
            return SKIPPED
        return self._out(replace(draft, plan=plan), previewed, went)

    @told
    def ask_file(self, draft: Draft, previewed: Plan | None, event: gr.EventData) -> tuple[Any, ...]:
        """Take what is written in the form: (draft, form, kept, kind of file asked for)."""
        return *self.edit(draft, previewed, event), event.form["kind"]

    @told
    def erase(self) -> tuple[Any, ...]:
        """Begin anew: (draft, form, kept, preview, the plan it shows)."""
        return *self._out(Draft(), None, drafting.Followed("erase", "")), "", None

    @told
    def restore(self, draft: Draft, previewed: Plan | None, event: gr.EventData) -> tuple[Any, ...]:
        """Put what the browser has kept in front of what is there: (draft, form, kept)."""
        kept = read_draft(str(event.draft), self.engine.documents())
        return SKIPPED if kept is None else self._out(joined(kept, draft), previewed)

    def parts(self, doc_id: str) -> gr.Dropdown:
        """List the chapters and clauses of a text."""
        return gr.Dropdown(drafting.parts_of(self.engine.document(doc_id)), value=None)

    @told
    def preview(self, draft: Draft, doc_ids: list[str]) -> tuple[Any, ...]:
        """Show the briefing: (view, the plan it shows)."""
        try:
            made = briefing(self.engine, draft.plan, doc_ids=tuple(doc_ids))
        except PolicyError as error:
            return views.error_view(str(error)), None
        return briefed.briefing_view(made), draft.plan

    @told
    def export(self, draft: Draft, doc_ids: list[str], kind: str) -> tuple[Any, ...]:
        """Make a file: (it, for the browser to save; what went wrong)."""
        try:
            return briefed.handed(briefing(self.engine, draft.plan, doc_ids=tuple(doc_ids)), kind), gr.skip()
        except PolicyError as error:
            return "", views.error_view(str(error))


def briefing_tab(on: Briefing, documents: Sequence[Document]) -> tuple[gr.HTML, list[Any], list[Any]]:
    """Lay out the tab 简报; gives its preview, and what adding an entry takes in and gives out."""
    draft, previewed, kind = gr.State(Draft()), gr.State(None), gr.State("")
    with gr.Group(elem_classes="cl-form"):
        topic = line_box("加入的话题", "写一个话题，按回车加入简报", "加入", "cl-add-topic")
        with gr.Row(elem_classes="cl-options cl-parts"):
            text = text_choice(documents, "cl-part-text", elem_classes="cl-scope cl-pick")
            part = gr.Dropdown(
                drafting.parts_of(documents[0]) if documents else [],
                value=None,
                label=say("章或条"),
                elem_id="cl-part",
                elem_classes="cl-scope cl-pick",
            )
            pick = gr.Button(say("加入所选章条"), size="sm", variant="secondary", elem_id="cl-add-part", scale=0)
            whole = gr.Button(say("加入整份对照"), size="sm", variant="secondary", elem_id="cl-add-whole", scale=0)
        with gr.Row(elem_classes="cl-options"):
            scope = scope_choice(documents)
    form = view_box(on.form(Draft(), None), "cl-draft")
    shown = view_box("", "cl-preview")
    file, kept = gr.Textbox(visible=False), gr.Textbox(visible=False)

    takes, gives = [draft, previewed], [draft, form, kept]
    text.input(on.parts, text, part, **QUIET)
    _wire_edits(on, form, (takes, gives, [shown, previewed]), (topic, pick, part, whole))
    busy: dict[str, Any] = {"js": BUSY.format("cl-preview"), **IN_TURN}
    wanted = form.preview(on.edit, takes, gives, **busy)
    seen = keeping(wanted, kept).then(on.preview, [draft, scope], [shown, previewed], **QUIET)
    idle_after(wanted, seen, seen.then(on.form, [draft, previewed], form, **QUIET))
    asked = form.export(on.ask_file, takes, [*gives, kind], **busy)
    made = keeping(asked, kept).then(on.export, [draft, scope, kind], [file, shown], **QUIET)
    idle_after(asked, made, made.then(None, file, None, js=SAVE))
    return shown, takes, gives


def _wire_edits(on: Briefing, form: gr.HTML, flows: tuple[list[Any], ...], widgets: tuple[Any, ...]) -> None:
    """Wire what changes the draft; `flows`: what an edit takes and gives, and the preview with the plan it shows."""
    (takes, gives, seen), (topic, pick, part, whole) = flows, widgets
    busy: dict[str, Any] = {"js": BUSY.format("cl-draft"), **IN_TURN}
    typed = topic.submit(on.topic, [*takes, topic], [*gives, topic], **busy)
    idle_after(typed)
    for step in (
        typed,
        pick.click(on.part, [*takes, part], gives, **IN_TURN),
        whole.click(on.whole, takes, gives, **IN_TURN),
    ):
        keeping(step, gives[-1])
    for step in (
        form.edit(on.edit, takes, gives, **IN_TURN),
        form.erase(on.erase, None, [*gives, *seen], **IN_TURN),
    ):
        keeping(step, gives[-1]).then(None, js=FOLLOW)


def keeping(step: Any, kept: Any) -> Any:
    """After the step, the browser keeps what it gave; gives the step to go on from."""
    return step.then(None, kept, None, js=KEEP)
