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
from search import open_engine, views

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corpus.model import Document
    from search import Engine
    from search.model import System

P = ParamSpec("P")
R = TypeVar("R")

SHIPPED = Path(corpus.model.__file__).parent
"""Where the shipped corpus is, whose example questions go with it."""
ASSETS = Path(views.__file__).parent
FONTS = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", "system-ui", "sans-serif"]
HISTORY = 6
"""Questions that a conversation remembers."""
TICKS = 12
"""Texts up to which each has a box to tick; with more they are picked from a list."""
AT_ONCE = 8
"""Requests worked on at the same time; Gradio's own default of one makes everybody wait for everybody."""
LAST_PORT = 65535
WAITING = 128
"""Requests that may wait; one more is told that the page is busy."""
FAULT = "这次没有成功，是程序的问题，详情已记在服务器的日志里。请再试一次；若还不行，请告诉管理员。"
SYSTEMS: list[tuple[str, System]] = [("综合", "hybrid"), ("按词语", "lexical"), ("按意思", "dense")]
WIRE = "clauselens.wire(element, trigger, ['open', 'pick']);"
REVEAL = "() => clauselens.reveal()"


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
    def ask(self, question: str, doc_ids: list[str], history: tuple[str, ...]) -> tuple[Any, ...]:
        """Give (answer, history, question box)."""
        try:
            answer = self.engine.ask(question, doc_ids=tuple(doc_ids), history=history)
        except PolicyError as error:
            return views.error_view(str(error)), history, gr.skip()
        shown = views.answer_view(answer, self.engine.documents(), history)
        return shown, (*history, answer.question)[-HISTORY:], ""

    @_told
    def pick(self, doc_ids: list[str], history: tuple[str, ...], event: gr.EventData) -> tuple[Any, ...]:
        """Ask a question clicked on."""
        return self.ask(event.question, doc_ids, history)

    def clear(self) -> tuple[Any, ...]:
        """Begin a new conversation."""
        return self.welcome(), (), ""

    @_told
    def search(self, text: str, doc_ids: list[str], system: System) -> str:
        """Give the clauses for a text."""
        try:
            result = self.engine.search(text, doc_ids=tuple(doc_ids), system=system)
        except PolicyError as error:
            return views.error_view(str(error))
        names = {d.doc_id: d.metadata.short_name or d.doc_id for d in self.engine.documents()}
        return views.search_view(result, names)

    @_told
    def read(self, doc_id: str) -> str:
        """Show a whole text."""
        return views.reader_view(self.engine.document(doc_id))

    def source(self, clause_id: str, mark: str) -> tuple[Any, ...]:
        """Give (tabs, text chosen, reader) at a clause."""
        try:
            clause = self.engine.clause(clause_id)
            shown = views.reader_view(self.engine.document(clause.doc_id), clause_id, views.parse_marks(mark))
        except PolicyError as error:
            return gr.Tabs(selected="source"), gr.skip(), views.error_view(str(error))
        return gr.Tabs(selected="source"), clause.doc_id, shown

    @_told
    def open(self, event: gr.EventData) -> tuple[Any, ...]:
        """Open the source of a quote clicked on."""
        return self.source(event.clause, event.mark)

    @_told
    def arrive(self, request: gr.Request) -> tuple[Any, ...]:
        """Open what the address names: (tabs, text chosen, reader, answer, history, question box)."""
        query = request.query_params
        if "clause" in query:
            return (*self.source(query["clause"], query.get("mark", "")), gr.skip(), gr.skip(), gr.skip())
        if "q" in query:
            return (gr.skip(), gr.skip(), gr.skip(), *self.ask(query["q"], query.getlist("doc"), ()))
        return (gr.skip(),) * 6


def _scope(documents: Sequence[Document]) -> gr.CheckboxGroup | gr.Dropdown:
    """Give the choice of texts; none chosen means all."""
    choices = [(document.metadata.short_name or document.doc_id, document.doc_id) for document in documents]
    if len(choices) <= TICKS:
        return gr.CheckboxGroup(choices, label="范围（不勾选就是全部）", elem_classes="cl-scope")
    return gr.Dropdown(choices, multiselect=True, value=[], label="范围（不选就是全部）", elem_classes="cl-scope")


def _line(label: str, placeholder: str, button: str, elem_id: str) -> gr.Textbox:
    return gr.Textbox(
        label=label,
        placeholder=placeholder,
        submit_btn=button,
        elem_id=elem_id,
        elem_classes="cl-line",
        show_label=False,
        container=False,
        html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="search"),
    )


def _view(value: str, elem_id: str) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=WIRE)


def build_app(engine: Engine, examples: Sequence[str] = ()) -> gr.Blocks:
    """Give the page over an engine, not yet served; `examples` are questions to try."""
    on = Handlers(engine, tuple(examples))
    documents = engine.documents()
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    app: gr.Blocks
    with gr.Blocks(title="条文镜", analytics_enabled=False, fill_width=True) as app:
        gr.HTML(views.banner_view(documents), elem_id="cl-banner", apply_default_css=False)
        history = gr.State(())
        with gr.Tabs(elem_id="cl-tabs") as tabs:
            with gr.Tab("问答", id="ask"):
                with gr.Group(elem_classes="cl-form"):
                    question = _line("问题", "用平常的话问，按回车提交", "提问", "cl-question")
                    with gr.Row(elem_classes="cl-options"):
                        asked = _scope(documents)
                        clear = gr.Button("清空对话", size="sm", variant="secondary", elem_id="cl-clear", scale=0)
                answer = _view(on.welcome(), "cl-answer")
            with gr.Tab("条款检索", id="search"):
                with gr.Group(elem_classes="cl-form"):
                    text = _line("检索词", "词语或短语，按回车检索", "检索", "cl-query")
                    with gr.Row(elem_classes="cl-options"):
                        searched = _scope(documents)
                        system = gr.Radio(SYSTEMS, value="hybrid", label="方式", elem_classes="cl-scope")
                found = _view("", "cl-found")
            with gr.Tab("原文", id="source"):
                chosen = gr.Dropdown(
                    [(f"{d.metadata.short_name} · {d.metadata.title}", d.doc_id) for d in documents],
                    value=documents[0].doc_id if documents else None,
                    label="文本",
                    elem_id="cl-chosen",
                    container=False,
                )
                reader = _view(on.read(documents[0].doc_id) if documents else "", "cl-source")

        told, place = [answer, history, question], [tabs, chosen, reader]
        question.submit(on.ask, [question, asked, history], told, **quiet)
        clear.click(on.clear, None, told, **quiet)
        text.submit(on.search, [text, searched, system], found, **quiet)
        chosen.input(on.read, chosen, reader, **quiet)
        for view in (answer, found):
            view.open(on.open, None, place, **quiet).then(None, js=REVEAL)
        answer.pick(on.pick, [asked, history], told, **quiet)
        app.load(on.arrive, None, [*place, *told], **quiet).then(None, js=REVEAL)
    return app


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


def launch(app: gr.Blocks, host: str = "127.0.0.1", port: int = 7860) -> str:
    """Serve the page from a thread of its own and give its address. PolicyError when the port is not free."""
    _free(host, port)
    _not_by_proxy(host)
    script = (ASSETS / "page.js").read_text(encoding="utf-8")
    style = (ASSETS / "page.css").read_text(encoding="utf-8")
    app.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING, api_open=False)
    _, address, _ = app.launch(
        server_name=host,
        server_port=port,
        theme=_theme(),
        head=f"<style>{style}</style><script>{script}</script>",
        footer_links=[],
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
) -> None:
    """Serve the page until interrupted; `model`, `reranker`: see `open_engine`.

    PolicyError when the corpus, a model or the port cannot be used.
    """
    _free(host, port)
    engine = open_engine(corpus_dir, model=model, reranker=reranker)
    app = build_app(engine, read_examples(corpus_dir or SHIPPED))
    address = launch(app, host, port)
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
    options = parser.parse_args(argv)
    try:
        serve(options.corpus, options.host, options.port, model=options.model, reranker=options.reranker)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
