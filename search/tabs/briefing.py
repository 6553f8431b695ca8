"""The tab 简报: a plan is made, looked at and written to files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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

SAVE = "(file) => clauselens.save(file)"
ADDED = "已加入简报，共 {} 项。可以在“简报”里排序、写备注、下载。"


@dataclass(frozen=True)
class Briefing:
    """What happens in the tab 简报: a plan goes in and comes out, held by the session of the one who makes it."""

    engine: Engine

    def form(self, plan: Plan, previewed: Plan | None, went: drafting.Followed | None = None) -> str:
        """Show the plan; `previewed` is the one that the preview shows."""
        is_stale = previewed is not None and previewed != plan
        return drafting.draft_view(plan, self.engine.documents(), went=went, is_stale=is_stale)

    def _add(self, plan: Plan, previewed: Plan | None, entry: Entry) -> tuple[Plan, str]:
        after = drafting.added(plan, entry)
        return after, self.form(after, previewed)

    @told
    def topic(self, plan: Plan, previewed: Plan | None, topic: str) -> tuple[Any, ...]:
        """Add a topic typed: (plan, form, box)."""
        if not topic.strip():
            gr.Warning("没有写话题。请写下要对照的事，例如“继续教育”，再按回车。")
            return gr.skip(), gr.skip(), gr.skip()
        return *self._add(plan, previewed, Topic(topic.strip())), ""

    @told
    def part(self, plan: Plan, previewed: Plan | None, part_id: str | None) -> tuple[Any, ...]:
        """Add a chapter or clause picked: (plan, form)."""
        if not part_id:
            gr.Warning("还没有选。请先从列表里选一章或一条。")
            return gr.skip(), gr.skip()
        return self._add(plan, previewed, Part(part_id))

    @told
    def whole(self, plan: Plan, previewed: Plan | None) -> tuple[Any, ...]:
        """Add the whole comparison: (plan, form)."""
        return self._add(plan, previewed, Whole())

    @told
    def bring(self, plan: Plan, previewed: Plan | None, event: gr.EventData) -> tuple[Any, ...]:
        """Add what a button in a comparison stands for: (plan, form)."""
        after, form = self._add(plan, previewed, drafting.entry_of(event.kind, event.name))
        gr.Info(ADDED.format(len(after.entries)))
        return after, form

    @told
    def edit(self, plan: Plan, previewed: Plan | None, event: gr.EventData) -> tuple[Any, ...]:
        """Take what is written in the form, and move or drop an entry: (plan, form)."""
        try:
            after, went = drafting.edited(plan, event.form)
        except PolicyError as error:
            gr.Warning(str(error))
            return gr.skip(), gr.skip()
        return after, self.form(after, previewed, went)

    @told
    def ask_file(self, plan: Plan, previewed: Plan | None, event: gr.EventData) -> tuple[Any, ...]:
        """Take what is written in the form: (plan, form, kind of file asked for)."""
        return *self.edit(plan, previewed, event), event.form["kind"]

    def parts(self, doc_id: str) -> gr.Dropdown:
        """List the chapters and clauses of a text."""
        return gr.Dropdown(drafting.parts_of(self.engine.document(doc_id)), value=None)

    @told
    def preview(self, plan: Plan, doc_ids: list[str]) -> tuple[Any, ...]:
        """Show the briefing: (view, the plan it shows)."""
        try:
            made = briefing(self.engine, plan, doc_ids=tuple(doc_ids))
        except PolicyError as error:
            return views.error_view(str(error)), None
        return briefed.briefing_view(made), plan

    @told
    def export(self, plan: Plan, doc_ids: list[str], kind: str) -> tuple[Any, ...]:
        """Make a file: (it, for the browser to save; what went wrong)."""
        try:
            return briefed.handed(briefing(self.engine, plan, doc_ids=tuple(doc_ids)), kind), gr.skip()
        except PolicyError as error:
            return "", views.error_view(str(error))


def briefing_tab(on: Briefing, documents: Sequence[Document]) -> tuple[gr.HTML, list[Any], list[Any]]:
    """Lay out the tab 简报; gives its preview, and what adding an entry takes in and gives out."""
    plan, previewed, kind = gr.State(Plan(())), gr.State(None), gr.State("")
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
    form = view_box(on.form(Plan(()), None), "cl-draft")
    shown = view_box("", "cl-preview")
    file = gr.Textbox(visible=False)

    takes, gives = [plan, previewed], [plan, form]
    topic.submit(on.topic, [*takes, topic], [*gives, topic], **IN_TURN)
    text.input(on.parts, text, part, **QUIET)
    pick.click(on.part, [*takes, part], gives, **IN_TURN)
    whole.click(on.whole, takes, gives, **IN_TURN)
    form.edit(on.edit, takes, gives, **IN_TURN).then(None, js=FOLLOW)
    busy: dict[str, Any] = {"js": BUSY.format("cl-preview"), **IN_TURN}
    wanted = form.preview(on.edit, takes, gives, **busy)
    seen = wanted.then(on.preview, [plan, scope], [shown, previewed], **QUIET)
    idle_after(wanted, seen, seen.then(on.form, [plan, previewed], form, **QUIET))
    asked = form.export(on.ask_file, takes, [*gives, kind], **busy)
    made = asked.then(on.export, [plan, scope, kind], [file, shown], **QUIET)
    idle_after(asked, made, made.then(None, file, None, js=SAVE))
    return shown, takes, gives
