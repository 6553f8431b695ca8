"""`clauselens feedback`: what people said of answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.load import load_corpus
from search.commands.options import AsJson, CorpusDir, FeedbackFile, StateName, file
from search.commands.terminal import put

feedbacks = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="反馈：看人们对回答标的对错，采用为已知说法，或导出成评测题。"
)
Number = Annotated[int, typer.Argument(metavar="ID", help="反馈的编号，见 feedback list")]


@feedbacks.command(name="list")
def list_feedback(
    state: Annotated[StateName | None, typer.Option("--state", help="只列这一类")] = None,
    corpus: CorpusDir = None,
    feedback: FeedbackFile = None,
    *,
    as_json: AsJson = False,
) -> None:
    """列出反馈，先来的在前；末行是记在哪个文件。"""
    from search.views.feedback import feedback_list_record, feedback_text

    _, store = kept(corpus, feedback)
    held = store.all(None if state is None else state.value)
    put(feedback_list_record(held, store.path) if as_json else feedback_text(held, store.path))


@feedbacks.command(name="show")
def show_feedback(
    number: Number, corpus: CorpusDir = None, feedback: FeedbackFile = None, *, as_json: AsJson = False
) -> None:
    """显示一条反馈的全部内容。"""
    from search.views.feedback import feedback_detail_text, feedback_record

    held, store = kept(corpus, feedback)
    found = store.get(number)
    put(feedback_record(found) if as_json else feedback_detail_text(found, held.documents))


@feedbacks.command(name="dismiss")
def dismiss_feedback(
    number: Number, corpus: CorpusDir = None, feedback: FeedbackFile = None, *, as_json: AsJson = False
) -> None:
    """搁置：留着，但不采用，也不导出。"""
    from search.views.feedback import feedback_record

    found = kept(corpus, feedback)[1].settle(number, "dismissed")
    put(feedback_record(found) if as_json else f"已搁置第 {number} 条：{found.given.question}")


@feedbacks.command(name="forget")
def forget_feedback(
    number: Number, corpus: CorpusDir = None, feedback: FeedbackFile = None, *, as_json: AsJson = False
) -> None:
    """删去一条反馈，不留内容；已写进说法的不受影响。"""
    kept(corpus, feedback)[1].forget(number)
    put({"id": number, "forgotten": True} if as_json else f"已删去第 {number} 条反馈。")


@feedbacks.command(name="export")
def export_feedback(
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", parser=file,
            help="写到这个文件（默认标准输出）；名为 questions.jsonl 而旁边没有 suite.toml 的，一并写好",
        ),
    ] = None,
    state: Annotated[StateName | None, typer.Option("--state", help="只导出这一类（默认除搁置的以外）")] = None,
    corpus: CorpusDir = None,
    feedback: FeedbackFile = None,
    *,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """导出成评测题，一行一题，格式见 eval/suite.py。"""
    from search.feedback.export import export, suite_lines, write_suite
    from search.views.feedback import exported_record, exported_text

    held, store = kept(corpus, feedback)
    chosen = [each for each in store.all() if each.state == state or (state is None and each.state != "dismissed")]
    exported = export(chosen, held.documents)
    if output is not None:
        write_suite(exported, output, held.path.resolve().name)
    if as_json:
        put(exported_record(exported, output))
    elif output is not None:
        put(f"已写好 {output}。{exported_text(exported)}")
    else:
        sys.stderr.write(f"{exported_text(exported)}\n")
        if exported.lines:
            put(suite_lines(exported).rstrip("\n"))


def kept(corpus: Path | None, named: Path | None) -> tuple[Any, Any]:
    """The corpus, and where the feedback on it is kept."""
    from search.feedback.place import place_of
    from search.feedback.store import FeedbackStore

    held = load_corpus(corpus)
    return held, FeedbackStore(place_of(held.path, named))
