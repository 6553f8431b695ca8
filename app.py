"""The page: Gradio widgets and their wiring. Every handler is one engine call and one view."""

from __future__ import annotations

import argparse
import errno
import functools
import os
import socket
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import gradio as gr

import corpus.model
from corpus.errors import PolicyError, reason
from corpus.model import Corpus
from search import open_engine, views
from search.brief import Part, Plan, Topic, Whole
from search.brief.make import briefing
from search.clause_named import clauses_named
from search.feedback import FeedbackStore, accept, given, place_of
from search.held import index_state
from search.names import names_of
from search.narrowing import Narrowing, chapter_of, chapters_of, levels_of, narrowed
from search.serving.functions import FAULT, Functions
from search.serving.settings import PER_MINUTE, Serving, checked
from search.serving.web import app_kwargs
from search.views import briefing as briefed
from search.views import drafting, judging
from search.views.address import WHOLE, search_address
from search.views.assets import english, page_head
from search.views.comparing import comparison_view
from search.views.conversation import Turn, questions
from search.views.feedback import accepted_text, feedback_view
from search.views.hits import similar_view
from search.views.holding import LEVELS, holding_view
from search.views.login import logout_view
from search.views.whole import whole_view

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corpus.model import Document, Level
    from search import Engine
    from search.brief.plan import Entry
    from search.model import System
    from search.narrowing import Order

P = ParamSpec("P")
R = TypeVar("R")

SHIPPED = Path(corpus.model.__file__).parent
"""Where the shipped corpus is, whose example questions go with it."""
FONTS = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", "system-ui", "sans-serif"]
HISTORY = 6
"""Questions that a conversation remembers."""
TICKS = 12
"""Texts up to which each has a box to tick; with more they are picked from a list."""
AT_ONCE = 8
"""Requests worked on at the same time; Gradio's own default of one makes everybody wait for everybody."""
THREE = 3
LAST_PORT = 65535
WAITING = 128
"""Requests that may wait; one more is told that the page is busy."""
SYSTEMS: list[tuple[str, System]] = [("综合", "hybrid"), ("按词语", "lexical"), ("按意思", "dense")]
ORDERS: list[tuple[str, Order]] = [("最相近的在前", "relevance"), ("按原文次序", "reading")]
WIRE = (
    "clauselens.wire(element, trigger);"
    "// 'open' 'pick' 'bring' 'edit' 'preview' 'export' 'like' 'judge' 'settle': Gradio reads the events' names here"
)
REVEAL, FOLLOW, IDLE = "() => clauselens.reveal()", "() => clauselens.follow()", "() => clauselens.idle()"
REMEMBER = "() => clauselens.remember()"
BUSY = "(...given) => clauselens.busy('{}', given)"
SAVE = "(file) => clauselens.save(file)"
ADDED = "已加入简报，共 {} 项。可以在“简报”里排序、写备注、下载。"


@functools.cache
def _languages() -> gr.I18n:
    """What widgets are called, by what they are called in Chinese; another language gets English."""
    chinese = {words: words for words in english()}
    return gr.I18n(en=english(), **dict.fromkeys(("zh", "zh-CN", "zh-TW"), chinese))


def _say(words: str) -> str:
    """The words of a widget, in the language of the browser."""
    return str(_languages()(words))


def _named(choices: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(_say(words), value) for words, value in choices]


def _told(handler: Callable[P, R]) -> Callable[P, R]:
    """Tell the user of a fault in a sentence; the fault itself goes to the log."""

    @functools.wraps(handler)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return handler(*args, **kwargs)
        except Exception as fault:
            raise gr.Error(FAULT) from fault

    return told


@dataclass(frozen=True)
class Handlers:
    """What happens on an event: values of widgets in, values of widgets out."""

    engine: Engine
    examples: tuple[str, ...]

    def welcome(self) -> str:
        """Show what is held and what may be asked."""
        return views.welcome_view(self.engine.documents(), self.examples)

    @_told
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

    @_told
    def pick(self, doc_ids: list[str], turns: tuple[Turn, ...], event: gr.EventData) -> tuple[Any, ...]:
        """Ask a question clicked on."""
        return self.ask(event.question, doc_ids, turns)

    def clear(self) -> tuple[Any, ...]:
        """Begin a new conversation."""
        return self.welcome(), (), "", ""

    @_told
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

    @_told
    def open(self, event: gr.EventData) -> tuple[Any, ...]:
        """Open the source of a quote clicked on."""
        return self.source(event.clause, event.mark)

    @_told
    def arrive(self, request: gr.Request) -> tuple[Any, ...]:
        """Open what the address names: (tabs, text chosen, reader, answer, conversation, question box, judging)."""
        query = request.query_params
        if "clause" in query:
            return (*self.source(query["clause"], query.get("mark", "")), *(gr.skip(),) * 4)
        if "q" in query:
            return (*(gr.skip(),) * 3, *self.ask(query["q"], query.getlist("doc"), ()))
        return (gr.skip(),) * 7


@dataclass(frozen=True)
class Searching:
    """What happens in the tab 条款检索."""

    engine: Engine

    @_told
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

    @_told
    def like(self, event: gr.EventData) -> tuple[Any, ...]:
        """Give what is like a clause clicked on."""
        return self.similar(event.clause)

    @_told
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


@dataclass(frozen=True)
class Judging:
    """What happens below an answer and in the tab 反馈."""

    engine: Engine
    store: FeedbackStore

    @_told
    def judge(self, turns: tuple[Turn, ...], kept: int | None, event: gr.EventData) -> tuple[Any, ...]:
        """Keep what is said of the newest answer, or take it back: (view, number kept)."""
        if event.form["verdict"] == "undo":
            if kept is not None:
                self.store.forget(kept)
            return judging.taken_back_view(), None
        turn = turns[-1]
        try:
            said = judging.judgment(event.form)
            right = (*said.picked, *clauses_named(self.engine, said.typed))
            chosen = right if right or said.is_unruled else None
            what = given(self.engine, turn.answer, said.verdict, chosen, said.note, turn.doc_ids, turn.history)
            added = self.store.add(what)
        except PolicyError as error:
            return judging.judging_view(turn.answer, self.engine.documents(), str(error)), None
        return judging.kept_view(added), added.number

    @_told
    def list(self) -> str:
        """Show what is kept."""
        try:
            return feedback_view(self.store.all(), self.engine.documents(), self.store.path)
        except PolicyError as error:
            return views.error_view(str(error))

    @_told
    def settle(self, event: gr.EventData) -> str:
        """Accept, dismiss or delete one, then show what is kept."""
        try:
            gr.Info(self._settled(int(event.feedback), event.act, event.clauses))
        except PolicyError as error:
            gr.Warning(str(error))
        return self.list()

    def _settled(self, number: int, act: str, named: str) -> str:
        if act == "forget":
            self.store.forget(number)
            return f"第 {number} 条已删去。"
        if act == "dismiss" or self.engine.folder is None:
            self.store.settle(number, "dismissed")
            return f"第 {number} 条已搁置。"
        corpus = Corpus(self.engine.folder, self.engine.documents())
        clause_ids = clauses_named(self.engine, named)
        return accepted_text(accept(corpus, self.store, number, clause_ids, near_miss=act == "near_miss"))


@dataclass(frozen=True)
class Comparing:
    """What happens in the tab 对照. Each gives a view; nothing of it is kept for anybody else."""

    engine: Engine

    @_told
    def topic(self, topic: str, doc_ids: list[str], base: str | None) -> str:
        """Compare a topic in the texts ticked, seen from `base`."""
        try:
            if base:
                self.engine.document(base)
            chosen = [*doc_ids, base] if doc_ids and base and base not in doc_ids else doc_ids
            return comparison_view(self.engine.compare(topic, tuple(chosen)), self.engine.documents(), base)
        except PolicyError as error:
            return views.error_view(str(error))

    @_told
    def whole(self, doc_ids: list[str], base: str | None) -> str:
        """Compare whole texts, clause by clause."""
        try:
            return whole_view(self.engine.compare_whole(base or None, tuple(doc_ids)), self.engine.documents())
        except PolicyError as error:
            return views.error_view(str(error))

    @_told
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

    @_told
    def topic(self, plan: Plan, previewed: Plan | None, topic: str) -> tuple[Any, ...]:
        """Add a topic typed: (plan, form, box)."""
        if not topic.strip():
            gr.Warning("没有写话题。请写下要对照的事，例如“继续教育”，再按回车。")
            return gr.skip(), gr.skip(), gr.skip()
        return *self._add(plan, previewed, Topic(topic.strip())), ""

    @_told
    def part(self, plan: Plan, previewed: Plan | None, part_id: str | None) -> tuple[Any, ...]:
        """Add a chapter or clause picked: (plan, form)."""
        if not part_id:
            gr.Warning("还没有选。请先从列表里选一章或一条。")
            return gr.skip(), gr.skip()
        return self._add(plan, previewed, Part(part_id))

    @_told
    def whole(self, plan: Plan, previewed: Plan | None) -> tuple[Any, ...]:
        """Add the whole comparison: (plan, form)."""
        return self._add(plan, previewed, Whole())

    @_told
    def bring(self, plan: Plan, previewed: Plan | None, event: gr.EventData) -> tuple[Any, ...]:
        """Add what a button in a comparison stands for: (plan, form)."""
        after, form = self._add(plan, previewed, drafting.entry_of(event.kind, event.name))
        gr.Info(ADDED.format(len(after.entries)))
        return after, form

    @_told
    def edit(self, plan: Plan, previewed: Plan | None, event: gr.EventData) -> tuple[Any, ...]:
        """Take what is written in the form, and move or drop an entry: (plan, form)."""
        try:
            after, went = drafting.edited(plan, event.form)
        except PolicyError as error:
            gr.Warning(str(error))
            return gr.skip(), gr.skip()
        return after, self.form(after, previewed, went)

    @_told
    def ask_file(self, plan: Plan, previewed: Plan | None, event: gr.EventData) -> tuple[Any, ...]:
        """Take what is written in the form: (plan, form, kind of file asked for)."""
        return *self.edit(plan, previewed, event), event.form["kind"]

    def parts(self, doc_id: str) -> gr.Dropdown:
        """List the chapters and clauses of a text."""
        return gr.Dropdown(drafting.parts_of(self.engine.document(doc_id)), value=None)

    @_told
    def preview(self, plan: Plan, doc_ids: list[str]) -> tuple[Any, ...]:
        """Show the briefing: (view, the plan it shows)."""
        try:
            made = briefing(self.engine, plan, doc_ids=tuple(doc_ids))
        except PolicyError as error:
            return views.error_view(str(error)), None
        return briefed.briefing_view(made), plan

    @_told
    def export(self, plan: Plan, doc_ids: list[str], kind: str) -> tuple[Any, ...]:
        """Make a file: (it, for the browser to save; what went wrong)."""
        try:
            return briefed.handed(briefing(self.engine, plan, doc_ids=tuple(doc_ids)), kind), gr.skip()
        except PolicyError as error:
            return "", views.error_view(str(error))


def _scope(documents: Sequence[Document]) -> gr.CheckboxGroup | gr.Dropdown:
    """Give the choice of texts; none chosen means all."""
    choices = [(document.metadata.short_name or document.doc_id, document.doc_id) for document in documents]
    if len(choices) <= TICKS:
        return gr.CheckboxGroup(choices, label=_say("范围（不勾选就是全部）"), elem_classes="cl-scope")
    return gr.Dropdown(choices, multiselect=True, value=[], label=_say("范围（不选就是全部）"), elem_classes="cl-scope")


def _chapters(documents: Sequence[Document], doc_ids: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The chapters to choose from, by name; with many texts, those of the ones chosen alone."""
    names = names_of(documents)
    if len(documents) > TICKS and not doc_ids:
        return []
    return [(f"{names[d]} · {heading}", chapter_of(d, heading)) for d, heading in chapters_of(documents, doc_ids)]


def _line(label: str, placeholder: str, button: str, elem_id: str) -> gr.Textbox:
    return gr.Textbox(
        label=_say(label),
        placeholder=_say(placeholder),
        submit_btn=_say(button),
        elem_id=elem_id,
        elem_classes="cl-line",
        show_label=False,
        container=False,
        html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="search"),
    )


def _view(value: str, elem_id: str) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=WIRE)


def _base(documents: Sequence[Document]) -> gr.Dropdown:
    """Give the choice of the text that the others are held against."""
    choices = [(document.metadata.short_name or document.doc_id, document.doc_id) for document in documents]
    return gr.Dropdown(
        [(_say("层级最高的"), ""), *choices],
        value="",
        label=_say("基准"),
        elem_id="cl-base",
        elem_classes="cl-scope cl-pick",
    )


def _texts(documents: Sequence[Document], elem_id: str, **look: Any) -> gr.Dropdown:
    return gr.Dropdown(
        [(f"{d.metadata.short_name} · {d.metadata.title}", d.doc_id) for d in documents],
        value=documents[0].doc_id if documents else None,
        label=_say("文本"),
        elem_id=elem_id,
        **look,
    )


QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
IN_TURN: dict[str, Any] = {**QUIET, "trigger_mode": "multiple", "concurrency_id": "plan", "concurrency_limit": 1}
"""For edits of a plan: all are worked on, one after the other, lest one is lost. They take no time."""


def _idle_after(*steps: Any) -> None:
    """No view is busy any more when the last of the steps is done, or one has failed."""
    steps[-1].then(None, js=IDLE)
    for step in steps:
        step.failure(None, js=IDLE)  # what is to follow in any case does not follow a failure in Gradio 6


def _comparing(on: Comparing, documents: Sequence[Document]) -> tuple[gr.HTML, list[Any]]:
    """Lay out the tab 对照; gives its view, and what an address fills in: topic box, texts, base, view."""
    with gr.Group(elem_classes="cl-form"):
        topic = _line("对照的话题", "写一个话题，按回车对照，如“继续教育”", "对照", "cl-topic")
        with gr.Row(elem_classes="cl-options"):
            scope = _scope(documents)
            base = _base(documents)
            whole = gr.Button(_say("整份文件逐条对照"), size="sm", variant="secondary", elem_id="cl-whole", scale=0)
    compared = _view("", "cl-compared")
    busy: dict[str, Any] = {"js": BUSY.format("cl-compared"), **QUIET}
    _idle_after(topic.submit(on.topic, [topic, scope, base], compared, **busy))
    _idle_after(whole.click(on.whole, [scope, base], compared, **busy))
    return compared, [topic, scope, base, compared]


def _briefing(on: Briefing, documents: Sequence[Document]) -> tuple[gr.HTML, list[Any], list[Any]]:
    """Lay out the tab 简报; gives its preview, and what adding an entry takes in and gives out."""
    plan, previewed, kind = gr.State(Plan(())), gr.State(None), gr.State("")
    with gr.Group(elem_classes="cl-form"):
        topic = _line("加入的话题", "写一个话题，按回车加入简报", "加入", "cl-add-topic")
        with gr.Row(elem_classes="cl-options cl-parts"):
            text = _texts(documents, "cl-part-text", elem_classes="cl-scope cl-pick")
            part = gr.Dropdown(
                drafting.parts_of(documents[0]) if documents else [],
                value=None,
                label=_say("章或条"),
                elem_id="cl-part",
                elem_classes="cl-scope cl-pick",
            )
            pick = gr.Button(_say("加入所选章条"), size="sm", variant="secondary", elem_id="cl-add-part", scale=0)
            whole = gr.Button(_say("加入整份对照"), size="sm", variant="secondary", elem_id="cl-add-whole", scale=0)
        with gr.Row(elem_classes="cl-options"):
            scope = _scope(documents)
    form = _view(on.form(Plan(()), None), "cl-draft")
    shown = _view("", "cl-preview")
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
    _idle_after(wanted, seen, seen.then(on.form, [plan, previewed], form, **QUIET))
    asked = form.export(on.ask_file, takes, [*gives, kind], **busy)
    made = asked.then(on.export, [plan, scope, kind], [file, shown], **QUIET)
    _idle_after(asked, made, made.then(None, file, None, js=SAVE))
    return shown, takes, gives


def comparing_label(documents: Sequence[Document]) -> str:
    """What the tab of comparisons is called: 三地对照 where there are three texts of three places, else 对照."""
    places = {document.metadata.region for document in documents if document.metadata.region}
    return "三地对照" if len(places) == len(documents) == THREE else "对照"


def _asking(on: Handlers, documents: Sequence[Document]) -> tuple[gr.HTML, list[Any]]:
    """Lay out the tab 问答; gives its view, and what an answer fills in: view, conversation, question box, judging."""
    turns = gr.State(())
    with gr.Group(elem_classes="cl-form"):
        question = _line("问题", "用平常的话问，按回车提交", "提问", "cl-question")
        with gr.Row(elem_classes="cl-options"):
            asked = _scope(documents)
            clear = gr.Button(_say("清空对话"), size="sm", variant="secondary", elem_id="cl-clear", scale=0)
    answer, judge = _view(on.welcome(), "cl-answer"), _view("", "cl-judge")
    told = [answer, turns, question, judge]
    busy: dict[str, Any] = {"js": BUSY.format("cl-answer"), **QUIET}
    for step in (
        question.submit(on.ask, [question, asked, turns], told, **busy),
        answer.pick(on.pick, [asked, turns], told, **busy),
    ):
        _idle_after(step, step.then(None, js=REMEMBER))
    clear.click(on.clear, None, told, **QUIET)
    return answer, told


def _searching(on: Searching, documents: Sequence[Document]) -> tuple[gr.HTML, list[Any]]:
    """Lay out the tab 条款检索; gives its view, and what an address fills in: box, texts."""
    levels = [(_say(LEVELS[level]), level) for level in levels_of(documents)]
    with gr.Group(elem_classes="cl-form"):
        text = _line("检索词", "词语或短语，按回车检索", "检索", "cl-query")
        with gr.Row(elem_classes="cl-options"):
            scope = _scope(documents)
            level = gr.CheckboxGroup(levels, label=_say("层级"), elem_classes="cl-scope", visible=len(levels) > 1)
        with gr.Row(elem_classes="cl-options"):
            chapter = gr.Dropdown(
                _chapters(documents),
                value=[],
                multiselect=True,
                label=_say("章（不选就是全部）"),
                elem_id="cl-chapter",
                elem_classes="cl-scope cl-pick",
            )
            order = gr.Radio(_named(ORDERS), value="relevance", label=_say("排列"), elem_classes="cl-scope")
            system = gr.Radio(_named(SYSTEMS), value="hybrid", label=_say("方式"), elem_classes="cl-scope")
    found = _view("", "cl-found")
    wanted = [text, scope, level, chapter, order, system]
    busy: dict[str, Any] = {"js": BUSY.format("cl-found"), **QUIET}
    _idle_after(text.submit(on.search, wanted, found, **busy))
    scope.input(on.chapters, scope, chapter, **QUIET).then(on.again, wanted, found, **QUIET)
    for choice in (level, chapter, order, system):
        choice.input(on.again, wanted, found, **QUIET)
    return found, [text, scope]


def _judging(on: Judging, told: Sequence[Any]) -> gr.HTML:
    """Lay out the tab 反馈, and wire the judging below an answer; gives the list of what is kept."""
    _, turns, _, judge = told
    with gr.Tab(_say("反馈"), id="feedback") as tab:
        kept = gr.State(None)  # inside the tab: what stands between tabs is taken for one
        listed = _view("", "cl-feedback")
    judge.judge(on.judge, [turns, kept], [judge, kept], **QUIET)
    tab.select(on.list, None, listed, **QUIET)
    listed.settle(on.settle, None, listed, **QUIET)
    return listed


def _store(engine: Engine, feedback: Path | None) -> FeedbackStore | None:
    """Where feedback is kept: in that file, else beside the corpus; nowhere for an engine without a folder."""
    if feedback is None and engine.folder is None:
        return None
    return FeedbackStore(feedback or place_of(engine.folder))


def build_app(engine: Engine, examples: Sequence[str] = (), feedback: Path | None = None) -> gr.Blocks:
    """Give the page over an engine, not yet served; `examples` are questions to try, `feedback` a file to keep it in.

    Without a file named, feedback is kept beside the corpus.
    """
    on, comparing, briefer = Handlers(engine, tuple(examples)), Comparing(engine), Briefing(engine)
    documents, store = engine.documents(), _store(engine, feedback)
    app: gr.Blocks
    with gr.Blocks(title="条文镜", analytics_enabled=False, fill_width=True) as app:
        _programs(Functions(engine))  # first, lest a handler of the page takes one of the names
        gr.HTML(views.banner_view(documents), elem_id="cl-banner", apply_default_css=False)
        with gr.Tabs(elem_id="cl-tabs", overflow_behavior="wrap") as tabs:
            with gr.Tab(_say("问答"), id="ask"):
                answer, told = _asking(on, documents)
            with gr.Tab(_say("条款检索"), id="search"):
                searching = Searching(engine)
                found, sought = _searching(searching, documents)
            with gr.Tab(_say(comparing_label(documents)), id="compare"):
                compared, addressed = _comparing(comparing, documents)
            with gr.Tab(_say("简报"), id="brief"):
                shown, takes, gives = _briefing(briefer, documents)
            with gr.Tab(_say("原文"), id="source"):
                chosen = _texts(documents, "cl-chosen", elem_classes="cl-chosen", container=False)
                reader = _view(on.read(documents[0].doc_id) if documents else "", "cl-source")
            listed = [_judging(Judging(engine, store), told)] if store is not None else []
            with gr.Tab(_say("语料"), id="corpus"):
                held = _view(holding_view(documents, index_state(engine)), "cl-corpus")

        place = [tabs, chosen, reader]
        chosen.input(on.read, chosen, reader, **QUIET)
        compared.bring(briefer.bring, takes, gives, **IN_TURN)
        for view in (answer, found, compared, shown, reader, held, *listed):
            view.open(on.open, None, place, **QUIET).then(None, js=REVEAL)
        for view in (answer, found, reader):
            view.like(searching.like, None, [tabs, found], **QUIET)
        app.load(on.arrive, None, [*place, *told], **QUIET).then(None, js=REVEAL)
        app.load(searching.arrive, None, [tabs, found, *sought], **QUIET)
        app.load(comparing.arrive, None, [tabs, *addressed], **QUIET)
    return app


def _programs(functions: Functions) -> None:
    """Let gradio_client call the functions by their names; whatever else the page can do is private."""
    for function in (functions.ask, functions.search, functions.compare, functions.show_clause):
        gr.api(_spoken(function), api_name=function.__name__)


def _spoken(function: Callable[P, R]) -> Callable[P, R]:
    """Tell a program what is wrong with what it asked, and of a fault in a sentence."""

    @functools.wraps(function)
    def spoken(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except PolicyError as error:
            raise gr.Error(str(error), print_exception=False) from None
        except Exception as fault:
            raise gr.Error(FAULT) from fault

    return spoken


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue="blue",
        neutral_hue="slate",
        radius_size="sm",
        font=FONTS,
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )


def _free(host: str, port: int) -> None:
    """Raise PolicyError unless `host` and `port` can be listened on."""
    if not 0 < port <= LAST_PORT:
        raise PolicyError(f"不能在 {host} 的 {port} 端口上启动：端口应在 1 到 {LAST_PORT} 之间，请用 --port 换一个。")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "端口已被占用" if taken else f"这个地址或端口用不了（{reason(error)}）"
        raise PolicyError(
            f"不能在 {host} 的 {port} 端口上启动：{why}。请用 --host、--port 换一个，或先停掉占用它的程序。"
        ) from error


def _not_by_proxy(host: str) -> None:
    """Keep Gradio's start-up check of its own address away from an office's proxy."""
    for name in ("NO_PROXY", "no_proxy"):
        held = [entry for entry in os.environ.get(name, "").split(",") if entry]
        os.environ[name] = ",".join([*held, "localhost", "127.0.0.1", host])


def _unwatched() -> None:
    """Keep Gradio from keeping who asked when: a table of it is made anew at every event, the slower the longer."""
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)


def launch(
    app: gr.Blocks, engine: Engine, host: str = "127.0.0.1", port: int = 7860, serving: Serving | None = None
) -> str:
    """Serve the page, the API and the tools from a thread of their own; gives the page's address.

    PolicyError when the port is not free, or `serving` not to be used.
    """
    _free(host, port)
    shared = checked(serving or Serving())
    _not_by_proxy(host)
    _unwatched()
    if shared.auth_file:
        with app:
            gr.HTML(logout_view(f"{shared.root_path}/logout"), elem_id="cl-logout", apply_default_css=False)
    app.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING, api_open=False)
    _, address, _ = app.launch(
        server_name=host,
        server_port=port,
        theme=_theme(),
        head=page_head(),
        i18n=_languages(),
        footer_links=[],
        root_path=shared.root_path,
        app_kwargs=dict(app_kwargs(Functions(engine), shared, AT_ONCE, WAITING)),
        share=False,
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
        pwa=False,
        inbrowser=False,
        quiet=True,
        max_file_size=1,  # byte: nothing here takes uploads
        prevent_thread_lock=True,
    )
    return address


def read_examples(corpus_dir: Path) -> tuple[str, ...]:
    """Give the example questions of a corpus, one a line; none where it has no such file."""
    path = corpus_dir / "questions" / "examples.txt"
    if not path.is_file():
        return ()
    lines = (line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def serve(
    corpus_dir: Path | None = None,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    model: str | None = None,
    reranker: str | None = None,
    serving: Serving | None = None,
) -> None:
    """Serve the page until interrupted; `model`, `reranker`: see `open_engine`; `serving`: how it is shared.

    PolicyError when the corpus, a model, the port or the file of accounts cannot be used.
    """
    _free(host, port)
    shared = checked(serving or Serving())
    engine = open_engine(corpus_dir, model=model, reranker=reranker)
    app = build_app(engine, read_examples(corpus_dir or SHIPPED))
    address = launch(app, engine, host, port, shared)
    print(f"条文镜已启动：{address}（按 Ctrl+C 停止）", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        app.close(verbose=False)


def main(argv: Sequence[str] | None = None) -> int:
    """Start the page from the command line; gives the exit status."""
    parser = argparse.ArgumentParser(description="条文镜：以条文为据的政策问答与条款检索，只在本机运行")
    parser.add_argument("--host", default="127.0.0.1", help="监听的地址（默认 127.0.0.1，只有本机能访问）")
    parser.add_argument("--port", type=int, default=7860, help="端口（默认 7860）")
    parser.add_argument("--corpus", type=Path, default=None, metavar="DIR", help="语料目录（默认随附的语料）")
    parser.add_argument("--model", metavar="NAME", help="编码模型的名称或路径（默认内置）")
    parser.add_argument("--reranker", metavar="NAME", help="重排模型的名称或路径（默认不重排）")
    parser.add_argument("--auth-file", type=Path, metavar="FILE", help="账号文件，要登录才能用（clauselens accounts）")
    parser.add_argument("--root-path", default="", metavar="PATH", help="反向代理的路径，如 /policy")
    parser.add_argument("--rate", type=int, default=PER_MINUTE, metavar="N", help="每个客户端每分钟的请求数")
    options = parser.parse_args(argv)
    shared = Serving(options.auth_file, options.root_path, options.rate)
    try:
        serve(
            options.corpus, options.host, options.port, model=options.model, reranker=options.reranker, serving=shared
        )
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
