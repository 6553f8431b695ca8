"""The tab 条款检索."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from corpus.errors import PolicyError
from corpus.model import Document, Level
from search import Engine, views
from search.model import System
from search.names import names_of
from search.narrowing import Narrowing, Order, chapter_of, chapters_of, levels_of, narrowed
from search.tabs.widgets import BUSY, QUIET, TICKS, idle_after, line_box, named, say, scope_choice, told, view_box
from search.views.address import search_address
from search.views.hits import similar_view
from search.views.holding import LEVELS

SYSTEMS: list[tuple[str, System]] = [("综合", "hybrid"), ("按词语", "lexical"), ("按意思", "dense")]
ORDERS: list[tuple[str, Order]] = [("最相近的在前", "relevance"), ("按原文次序", "reading")]


@dataclass(frozen=True)
class Searching:
    """What happens in the tab 条款检索."""

    engine: Engine

    @told
    def search(
        self, text: str, doc_ids: list[str], levels: list[Level], chapters: list[str], order: Order, system: System
    ) -> str:
        """Give the clauses for a text."""
        wanted = Narrowing(tuple(doc_ids), tuple(levels), tuple(chapters), order, system)
        try:
            result = narrowed(self.engine, text, wanted)
        except PolicyError as error:
            return views.error_view(str(error))
        return views.search_view(result, names_of(self.engine.documents()), search_address(text, doc_ids))

    def again(self, text: str, *chosen: Any) -> Any:
        """Search again as something else was chosen; nothing before the first search."""
        return self.search(text, *chosen) if text.strip() else gr.skip()

    def chapters(self, doc_ids: list[str]) -> gr.Dropdown:
        """List the chapters of the texts chosen."""
        return gr.Dropdown(_chapters(self.engine.documents(), doc_ids), value=[])

    def similar(self, clause_id: str) -> tuple[Any, ...]:
        """Give (tabs, clauses like that one)."""
        try:
            found, clause = self.engine.similar(clause_id), self.engine.clause(clause_id)
        except PolicyError as error:
            return gr.Tabs(selected="search"), views.error_view(str(error))
        names = names_of(self.engine.documents())
        return gr.Tabs(selected="search"), similar_view(clause, found, names)

    @told
    def like(self, event: gr.EventData) -> tuple[Any, ...]:
        """Give what is like a clause clicked on."""
        return self.similar(event.clause)

    @told
    def arrive(self, request: gr.Request) -> tuple[Any, ...]:
        """Open what the address names: (tabs, what is found, box, texts ticked)."""
        query = request.query_params
        if "like" in query:
            return (*self.similar(query["like"]), gr.skip(), gr.skip())
        if "find" not in query:
            return (gr.skip(),) * 4
        text, doc_ids = query["find"], query.getlist("doc")
        held = {document.doc_id for document in self.engine.documents()}
        found = self.search(text, doc_ids, [], [], "relevance", "hybrid")
        return gr.Tabs(selected="search"), found, text, [doc_id for doc_id in doc_ids if doc_id in held]


def _chapters(documents: Sequence[Document], doc_ids: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The chapters to choose from, by name; with many texts, those of the ones chosen alone."""
    names = names_of(documents)
    if len(documents) > TICKS and not doc_ids:
        return []
    return [(f"{names[d]} · {heading}", chapter_of(d, heading)) for d, heading in chapters_of(documents, doc_ids)]


def searching_tab(on: Searching, documents: Sequence[Document]) -> tuple[gr.HTML, list[Any]]:
    """Lay out the tab 条款检索; gives its view, and what an address fills in: box, texts."""
    levels = [(say(LEVELS[level]), level) for level in levels_of(documents)]
    with gr.Group(elem_classes="cl-form"):
        text = line_box("检索词", "词语或短语，按回车检索", "检索", "cl-query")
        with gr.Row(elem_classes="cl-options"):
            scope = scope_choice(documents)
            level = gr.CheckboxGroup(levels, label=say("层级"), elem_classes="cl-scope", visible=len(levels) > 1)
        with gr.Row(elem_classes="cl-options"):
            chapter = gr.Dropdown(
                _chapters(documents),
                value=[],
                multiselect=True,
                label=say("章（不选就是全部）"),
                elem_id="cl-chapter",
                elem_classes="cl-scope cl-pick",
            )
            order = gr.Radio(named(ORDERS), value="relevance", label=say("排列"), elem_classes="cl-scope")
            system = gr.Radio(named(SYSTEMS), value="hybrid", label=say("方式"), elem_classes="cl-scope")
    found = view_box("", "cl-found")
    wanted = [text, scope, level, chapter, order, system]
    busy: dict[str, Any] = {"js": BUSY.format("cl-found"), **QUIET}
    idle_after(text.submit(on.search, wanted, found, **busy))
    scope.input(on.chapters, scope, chapter, **QUIET).then(on.again, wanted, found, **QUIET)
    for choice in (level, chapter, order, system):
        choice.input(on.again, wanted, found, **QUIET)
    return found, [text, scope]
