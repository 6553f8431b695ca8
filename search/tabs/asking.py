"""The tab 问答: a conversation, and the whole text at the clause that answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from corpus.errors import PolicyError
from corpus.model import Document
from search import Engine, views
from search.tabs.widgets import BUSY, QUIET, idle_after, line_box, say, scope_choice, told, view_box
from search.views import judging
from search.views.conversation import Turn, questions
from search.views.keys import keys_view

HISTORY = 6
"""Questions that a conversation remembers."""
REMEMBER = "() => clauselens.remember()"


@dataclass(frozen=True)
class Asking:
    """What happens on an event: values of widgets in, values of widgets out."""

    engine: Engine
    examples: tuple[str, ...]

    def welcome(self) -> str:
        """Show what is held and what may be asked."""
        return views.welcome_view(self.engine.documents(), self.examples)

    @told
    def ask(self, question: str, doc_ids: list[str], turns: tuple[Turn, ...]) -> tuple[Any, ...]:
        """Give (answer, conversation, question box, judging)."""
        history = questions(turns)
        try:
            answer = self.engine.ask(question, doc_ids=tuple(doc_ids), history=history)
        except PolicyError as error:
            return views.error_view(str(error)), turns, gr.skip(), ""
        documents = self.engine.documents()
        shown = views.answer_view(answer, documents, [turn.answer for turn in turns], doc_ids)
        after = (*turns, Turn(answer, tuple(doc_ids), history))[-HISTORY:]
        return shown, after, "", judging.judging_view(answer, documents)

    @told
    def pick(self, doc_ids: list[str], turns: tuple[Turn, ...], event: gr.EventData) -> tuple[Any, ...]:
        """Ask a question clicked on: by itself, of other texts, as its button says; gives the texts ticked too."""
        chosen = event.doc.split() if event.doc else doc_ids
        return (*self.ask(event.question, chosen, () if event.alone else turns), chosen)

    def clear(self) -> tuple[Any, ...]:
        """Begin a new conversation: (answer, conversation, question box, judging, texts ticked)."""
        return self.welcome(), (), "", "", []

    @told
    def read(self, doc_id: str) -> str:
        """Show a whole text."""
        return views.reader_view(self.engine.document(doc_id), documents=self.engine.documents())

    def source(self, clause_id: str, mark: str) -> tuple[Any, ...]:
        """Give (tabs, text chosen, reader) at a clause."""
        try:
            clause = self.engine.clause(clause_id)
            document, marks = self.engine.document(clause.doc_id), views.parse_marks(mark)
            shown = views.reader_view(document, clause_id, marks, self.engine.documents())
        except PolicyError as error:
            return gr.Tabs(selected="source"), gr.skip(), views.error_view(str(error))
        return gr.Tabs(selected="source"), clause.doc_id, shown

    @told
    def open(self, event: gr.EventData) -> tuple[Any, ...]:
        """Open the source of a quote clicked on."""
        return self.source(event.clause, event.mark)

    @told
    def arrive(self, request: gr.Request) -> tuple[Any, ...]:
        """Open what the address names: (tabs, text chosen, reader, answer, conversation, question box, judging)."""
        query = request.query_params
        if "clause" in query:
            return (*self.source(query["clause"], query.get("mark", "")), *(gr.skip(),) * 4)
        if "q" in query:
            return (*(gr.skip(),) * 3, *self.ask(query["q"], query.getlist("doc"), ()))
        return (gr.skip(),) * 7


def asking_tab(on: Asking, documents: Sequence[Document]) -> tuple[gr.HTML, list[Any]]:
    """Lay out the tab 问答; gives its view, and what an answer fills in: view, conversation, question box, judging."""
    turns = gr.State(())
    with gr.Group(elem_classes="cl-form"):
        question = line_box("问题", "用平常的话问，按回车提交", "提问", "cl-question")
        with gr.Row(elem_classes="cl-options"):
            asked = scope_choice(documents)
            clear = gr.Button(say("清空对话"), size="sm", variant="secondary", elem_id="cl-clear", scale=0)
    answer, judge = view_box(on.welcome(), "cl-answer"), view_box("", "cl-judge")
    gr.HTML(keys_view(), elem_id="cl-keys", apply_default_css=False)
    fills = [answer, turns, question, judge]
    busy: dict[str, Any] = {"js": BUSY.format("cl-answer"), **QUIET}
    for step in (
        question.submit(on.ask, [question, asked, turns], fills, **busy),
        answer.pick(on.pick, [asked, turns], [*fills, asked], **busy),
    ):
        idle_after(step, step.then(None, js=REMEMBER))
    clear.click(on.clear, None, [*fills, asked], **QUIET)
    return answer, fills
