"""The page: its tabs put together and served."""

from __future__ import annotations

import functools
import ipaddress
import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

import gradio as gr
from gradio.events import api

from corpus.errors import PolicyError
from search import Engine, views
from search.feedback import FeedbackStore, place_of
from search.held import index_state
from search.serving.functions import FAULT, Functions
from search.serving.settings import Serving, checked
from search.serving.sockets import check_free
from search.serving.web import app_kwargs
from search.tabs.asking import Asking, asking_tab
from search.tabs.briefing import Briefing, briefing_tab, keeping
from search.tabs.comparing import Comparing, comparing_label, comparing_tab
from search.tabs.judging import Judging, judging_tab
from search.tabs.searching import Searching, searching_tab
from search.tabs.widgets import IN_TURN, QUIET, REVEAL, languages, say, text_choice, view_box
from search.views.assets import page_head
from search.views.holding import holding_view
from search.views.login import logout_view

P = ParamSpec("P")
R = TypeVar("R")
FONTS = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", "system-ui", "sans-serif"]
AT_ONCE = 8
"""Requests worked on at the same time; Gradio's own default of one makes everybody wait for everybody."""
WAITING = 128
"""Requests that may wait; one more is told that the page is busy."""


def _store(engine: Engine, feedback: Path | None) -> FeedbackStore | None:
    """Where feedback is kept: in that file, else beside the corpus; nowhere for an engine without a folder."""
    if engine.folder is None:
        return None if feedback is None else FeedbackStore(feedback)
    return FeedbackStore(place_of(engine.folder, feedback))


def build_app(engine: Engine, examples: Sequence[str] = (), feedback: Path | None = None) -> gr.Blocks:
    """Give the page over an engine, not yet served; `examples` are questions to try, `feedback` a file to keep it in.

    Without a file named, feedback is kept beside the corpus.
    """
    on, comparing, briefer = Asking(engine, tuple(examples)), Comparing(engine), Briefing(engine)
    documents, store = engine.documents(), _store(engine, feedback)
    app: gr.Blocks
    with gr.Blocks(title="条文镜", analytics_enabled=False, fill_width=True) as app:
        _programs(Functions(engine))  # first, lest a handler of the page takes one of the names
        banner = view_box(views.banner_view(documents), "cl-banner")
        with gr.Tabs(elem_id="cl-tabs", overflow_behavior="wrap") as tabs:
            with gr.Tab(say("问答"), id="ask"):
                answer, answered = asking_tab(on, documents)
            with gr.Tab(say("条款检索"), id="search"):
                searching = Searching(engine)
                found, sought = searching_tab(searching, documents)
            with gr.Tab(say(comparing_label(documents)), id="compare"):
                compared, addressed = comparing_tab(comparing, documents)
            with gr.Tab(say("简报"), id="brief"):
                shown, takes, gives = briefing_tab(briefer, documents)
            with gr.Tab(say("原文"), id="source"):
                chosen = text_choice(documents, "cl-chosen", elem_classes="cl-chosen", container=False)
                reader = view_box(on.read(documents[0].doc_id) if documents else "", "cl-source")
            listed = [judging_tab(Judging(engine, store), answered)] if store is not None else []
            with gr.Tab(say("语料"), id="corpus"):
                held = view_box(holding_view(documents, index_state(engine)), "cl-corpus")

        place = [tabs, chosen, reader]
        chosen.input(on.read, chosen, reader, **QUIET)
        for brought in (
            compared.bring(briefer.bring, takes, gives, **IN_TURN),
            banner.restore(briefer.restore, takes, gives, **IN_TURN),
        ):
            keeping(brought, gives[-1])
        for view in (answer, found, compared, shown, reader, held, *listed):
            view.open(on.open, None, place, **QUIET).then(None, js=REVEAL)
        for view in (answer, found, reader):
            view.like(searching.like, None, [tabs, found], **QUIET)
        app.load(on.arrive, None, [*place, *answered], **QUIET).then(None, js=REVEAL)
        app.load(searching.arrive, None, [tabs, found, *sought], **QUIET)
        app.load(comparing.arrive, None, [tabs, *addressed], **QUIET)
    return app


def _programs(functions: Functions) -> None:
    """Let gradio_client call the functions by their names; whatever else the page can do is private."""
    for function in (functions.ask, functions.search, functions.compare, functions.show_clause):
        api(_spoken(function), api_name=function.__name__)


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


def _is_own(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    addresses = {found[4][0] for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    return all(ipaddress.ip_address(str(address).partition("%")[0]).is_loopback for address in addresses)


def _not_by_proxy(host: str) -> None:
    """Keep Gradio's start-up check of its own address away from an office's proxy."""
    for name in ("NO_PROXY", "no_proxy"):
        held = [entry for entry in os.environ.get(name, "").split(",") if entry]
        os.environ[name] = ",".join([*held, "localhost", "127.0.0.1", host])


def _undrawn() -> None:
    """Keep Gradio from loading what draws on a screen, as it does at the first event: nothing is drawn here."""
    os.environ.setdefault("MPLBACKEND", "agg")


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
    check_free(host, port)
    shared = checked(serving or Serving())
    _not_by_proxy(host)
    _unwatched()
    _undrawn()
    if shared.auth_file:
        with app:
            gr.HTML(logout_view(f"{shared.root_path}/logout"), elem_id="cl-logout", apply_default_css=False)
    app.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING, api_open=False)
    _, address, _ = app.launch(
        server_name=host,
        server_port=port,
        theme=_theme(),
        head=page_head(),
        i18n=languages(),
        footer_links=[],
        root_path=shared.root_path,
        app_kwargs=dict(app_kwargs(Functions(engine), shared, AT_ONCE, WAITING, is_own=_is_own(host))),
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
