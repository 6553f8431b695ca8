"""What the tabs of the page are made of."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec, TypeVar

import gradio as gr

from corpus.model import Document
from search.serving.functions import FAULT
from search.views.assets import english

P = ParamSpec("P")
R = TypeVar("R")
TICKS = 12
"""Texts up to which each has a box to tick; with more they are picked from a list."""
WIRE = (
    "clauselens.wire(element, trigger);"
    "// 'open' 'pick' 'bring' 'edit' 'preview' 'export' 'erase' 'restore' 'like' 'judge' 'settle': Gradio reads these"
)
REVEAL, FOLLOW, IDLE = "() => clauselens.reveal()", "() => clauselens.follow()", "() => clauselens.idle()"
_OURS = "clauselens "
"""Before the words of a widget: Gradio translates whatever is called so, and a text may be called 国家."""
BUSY = "(...given) => clauselens.busy('{}', given)"
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
IN_TURN: dict[str, Any] = {**QUIET, "trigger_mode": "multiple", "concurrency_id": "plan", "concurrency_limit": 1}
"""For edits of a plan: all are worked on, one after the other, lest one is lost. They take no time."""


@functools.cache
def languages() -> gr.I18n:
    """What widgets are called, by what they are called in Chinese; another language gets English."""
    meant = {_OURS + words: said for words, said in english().items()}
    chinese = {_OURS + words: words for words in english()}
    return gr.I18n(en=meant, **dict.fromkeys(("zh", "zh-CN", "zh-TW"), chinese))


def say(words: str) -> str:
    """The words of a widget, in the language of the browser."""
    return str(languages()(_OURS + words))


def named(choices: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give choices with their words in the language of the browser."""
    return [(say(words), value) for words, value in choices]


def told(handler: Callable[P, R]) -> Callable[P, R]:
    """Tell the user of a fault in a sentence; the fault itself goes to the log."""

    @functools.wraps(handler)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return handler(*args, **kwargs)
        except Exception as fault:
            raise gr.Error(FAULT) from fault

    return wrapped


def scope_choice(documents: Sequence[Document]) -> gr.CheckboxGroup | gr.Dropdown:
    """Give the choice of texts; none chosen means all."""
    choices = [(document.metadata.short_name or document.doc_id, document.doc_id) for document in documents]
    if len(choices) <= TICKS:
        return gr.CheckboxGroup(choices, label=say("范围（不勾选就是全部）"), elem_classes="cl-scope")
    return gr.Dropdown(choices, multiselect=True, value=[], label=say("范围（不选就是全部）"), elem_classes="cl-scope")


def line_box(label: str, placeholder: str, button: str, elem_id: str) -> gr.Textbox:
    """Give a line to type in, sent by Enter or its button."""
    return gr.Textbox(
        label=say(label),
        placeholder=say(placeholder),
        submit_btn=say(button),
        elem_id=elem_id,
        elem_classes="cl-line",
        show_label=False,
        container=False,
        html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="search"),
    )


def view_box(value: str, elem_id: str) -> gr.HTML:
    """Give the place of a view, whose links and buttons raise events."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=WIRE)


def text_choice(documents: Sequence[Document], elem_id: str, **look: Any) -> gr.Dropdown:
    """Give the choice of one text."""
    return gr.Dropdown(
        [(f"{d.metadata.short_name} · {d.metadata.title}", d.doc_id) for d in documents],
        value=documents[0].doc_id if documents else None,
        label=say("文本"),
        elem_id=elem_id,
        **look,
    )


def idle_after(*steps: Any) -> None:
    """No view is busy any more when the last of the steps is done, or one has failed."""
    steps[-1].then(None, js=IDLE)
    for step in steps:
        step.failure(None, js=IDLE)  # what is to follow in any case does not follow a failure in Gradio 6
