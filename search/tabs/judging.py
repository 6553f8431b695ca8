"""What is said of an answer, below it, and the tab 反馈 with all that was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from corpus.errors import PolicyError, QuestionError
from corpus.model import Corpus
from search import Engine, views
from search.clause_named import clauses_named
from search.feedback import FeedbackStore, accept, given
from search.serving.settings import MAY_SETTLE
from search.tabs.widgets import QUIET, say, told, view_box
from search.views import judging
from search.views.conversation import Turn
from search.views.feedback import ONLY_TRAINERS, accepted_notice, feedback_view


@dataclass(frozen=True)
class Judging:
    """What happens below an answer and in the tab 反馈."""

    engine: Engine
    store: FeedbackStore

    @told
    def judge(self, turns: tuple[Turn, ...], kept: int | None, event: gr.EventData) -> tuple[Any, ...]:
        """Keep what is said of the newest answer, or take it back: (view, number kept)."""
        if event.form["verdict"] == "undo":
            if kept is not None:
                self.store.forget(kept)
            return judging.taken_back_view(), None
        turn = turns[-1]
        try:
            said = judging.judgment(event.form, judging.shown_in(turn.answer))
            right = (*said.picked, *clauses_named(self.engine, said.typed))
            chosen = right if right or said.is_unruled else None
            what = given(self.engine, turn.answer, said.verdict, chosen, said.note, turn.doc_ids, turn.history)
            added = self.store.add(what)
        except PolicyError as error:
            before = judging.read_form(event.form)
            return judging.judging_view(turn.answer, self.engine.documents(), str(error), before), None
        return judging.kept_view(added), added.number

    @told
    def list(self, request: gr.Request) -> str:
        """Show what is kept."""
        try:
            may_settle = _may_settle(request)
            return feedback_view(self.store.all(), self.engine.documents(), self.store.path, may_settle=may_settle)
        except PolicyError as error:
            return views.error_view(str(error))

    @told
    def settle(self, event: gr.EventData, request: gr.Request) -> str:
        """Accept, dismiss or delete one, then show what is kept."""
        try:
            if not _may_settle(request):
                raise QuestionError(f"没有改动。{ONLY_TRAINERS}")
            gr.Info(self._settled(int(event.feedback), event.act, event.clauses))
        except PolicyError as error:
            gr.Warning(str(error))
        return self.list(request)

    def _settled(self, number: int, act: str, named: str) -> str:
        if act == "forget":
            self.store.forget(number)
            return f"第 {number} 条已删去。"
        if act == "dismiss" or self.engine.folder is None:
            self.store.settle(number, "dismissed")
            return f"第 {number} 条已搁置。"
        corpus = Corpus(self.engine.folder, self.engine.documents())
        clause_ids = clauses_named(self.engine, named)
        accepted = accept(corpus, self.store, number, clause_ids, near_miss=act == "near_miss")
        self.engine.reread()
        return accepted_notice(accepted, self.engine.documents())


def _may_settle(request: gr.Request) -> bool:
    """Whether who asks may change what is kept: it is for the gate to say, in `search.serving.gate`."""
    return request.request is not None and bool(request.request.scope.get(MAY_SETTLE))


def judging_tab(on: Judging, answered: Sequence[Any]) -> gr.HTML:
    """Lay out the tab 反馈, and wire the judging below an answer; gives the list of what is kept.

    `answered`: what an answer fills in, as `asking_tab` gives it.
    """
    _, turns, _, judge = answered
    with gr.Tab(say("反馈"), id="feedback") as tab:
        kept = gr.State(None)  # inside the tab: what stands between tabs is taken for one
        listed = view_box("", "cl-feedback")
    judge.judge(on.judge, [turns, kept], [judge, kept], **QUIET)
    tab.select(on.list, None, listed, **QUIET)
    listed.settle(on.settle, None, listed, **QUIET)
    return listed
