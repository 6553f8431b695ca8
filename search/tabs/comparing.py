"""The tab 对照."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from corpus.errors import PolicyError
from corpus.model import Document
from search import Engine, views
from search.tabs.widgets import BUSY, QUIET, idle_after, line_box, say, scope_choice, told, view_box
from search.views.address import WHOLE
from search.views.comparing import comparison_view
from search.views.whole import whole_view

THREE = 3


@dataclass(frozen=True)
class Comparing:
    """What happens in the tab 对照. Each gives a view; nothing of it is kept for anybody else."""

    engine: Engine

    @told
    def topic(self, topic: str, doc_ids: list[str], base: str | None) -> str:
        """Compare a topic in the texts ticked, seen from `base`."""
        try:
            if base:
                self.engine.document(base)
            chosen = [*doc_ids, base] if doc_ids and base and base not in doc_ids else doc_ids
            return comparison_view(self.engine.compare(topic, tuple(chosen)), self.engine.documents(), base)
        except PolicyError as error:
            return views.error_view(str(error))

    @told
    def whole(self, doc_ids: list[str], base: str | None) -> str:
        """Compare whole texts, clause by clause."""
        try:
            return whole_view(self.engine.compare_whole(base or None, tuple(doc_ids)), self.engine.documents())
        except PolicyError as error:
            return views.error_view(str(error))

    def whole_anew(self, doc_ids: list[str], base: str | None) -> tuple[str, str]:
        """Compare whole texts: (view, topic box); no topic is left in the box that is not the one shown."""
        return self.whole(doc_ids, base), ""

    @told
    def arrive(self, request: gr.Request) -> tuple[Any, ...]:
        """Open what the address names: (tabs, topic box, texts ticked, base, view)."""
        query = request.query_params
        if "compare" not in query:
            return (gr.skip(),) * 5
        named, doc_ids, base = query["compare"], query.getlist("doc"), query.get("base")
        held = {document.doc_id for document in self.engine.documents()}
        ticked = [doc_id for doc_id in doc_ids if doc_id in held]
        chosen = base if base in held else ""
        if named == WHOLE:
            return gr.Tabs(selected="compare"), gr.skip(), ticked, chosen, self.whole(doc_ids, base)
        return gr.Tabs(selected="compare"), named, ticked, chosen, self.topic(named, doc_ids, base)


def comparing_label(documents: Sequence[Document]) -> str:
    """What the tab of comparisons is called: 三地对照 where there are three texts of three places, else 对照."""
    places = {document.metadata.region for document in documents if document.metadata.region}
    return "三地对照" if len(places) == len(documents) == THREE else "对照"


def _base_choice(documents: Sequence[Document]) -> gr.Dropdown:
    """Give the choice of the text that the others are held against."""
    choices = [(document.metadata.short_name or document.doc_id, document.doc_id) for document in documents]
    return gr.Dropdown(
        [(say("层级最高的"), ""), *choices],
        value="",
        label=say("基准"),
        elem_id="cl-base",
        elem_classes="cl-scope cl-pick",
    )


def comparing_tab(on: Comparing, documents: Sequence[Document]) -> tuple[gr.HTML, list[Any]]:
    """Lay out the tab 对照; gives its view, and what an address fills in: topic box, texts, base, view."""
    with gr.Group(elem_classes="cl-form"):
        topic = line_box("对照的话题", "写一个话题，按回车对照，如“继续教育”", "对照", "cl-topic")
        with gr.Row(elem_classes="cl-options"):
            scope = scope_choice(documents)
            base = _base_choice(documents)
            whole = gr.Button(say("整份文件逐条对照"), size="sm", variant="secondary", elem_id="cl-whole", scale=0)
    compared = view_box("", "cl-compared")
    busy: dict[str, Any] = {"js": BUSY.format("cl-compared"), **QUIET}
    idle_after(topic.submit(on.topic, [topic, scope, base], compared, **busy))
    idle_after(whole.click(on.whole_anew, [scope, base], [compared, topic], **busy))
    return compared, [topic, scope, base, compared]
