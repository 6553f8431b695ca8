"""`clauselens match`: people review which clauses rule on the same matter."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from corpus.errors import QuestionError
from corpus.load import load_corpus
from search.commands.options import AsJson, CorpusDir, IndexDir
from search.commands.terminal import opened, put

matches = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="核对条文的对应：确认、否定，记在语料目录的 alignment.toml。"
)
One = Annotated[str, typer.Argument(metavar="ONE", help="一条的编号，如 national/3/7")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="另一份文件里一条的编号；哪条在前都行")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="备注（不写则保留同一结论原来的备注）")]


@matches.command(name="list")
def list_matches(
    doc: Annotated[
        list[str] | None,
        typer.Option("--doc", metavar="ID", help="只列涉及这份文件的；写几次，就只列这几份之间的"),
    ] = None,
    corpus: CorpusDir = None,
    index_dir: IndexDir = None,
    *,
    as_json: AsJson = False,
) -> None:
    """列出对应的条文：自动得出的、确认和否定过的、核对过但没有采用的。"""
    from search.compare.matches import standing
    from search.views.matches import matches_record, matches_text

    engine = opened(corpus, index_dir, None)
    found = standing(engine, doc or ())
    put(matches_record(found) if as_json else matches_text(found, engine.documents()))


@matches.command(name="accept")
def accept_match(
    one: One, other: Other, note: Note = None, corpus: CorpusDir = None, index_dir: IndexDir = None,
    *, as_json: AsJson = False,
) -> None:  # fmt: skip
    """确认两条规定的是同一事项；自动对照没有的，就此加上。"""
    _review(opened(corpus, index_dir, None), one, other, "same", note, as_json=as_json)


@matches.command(name="reject")
def reject_match(
    one: One, other: Other, note: Note = None, corpus: CorpusDir = None, index_dir: IndexDir = None,
    *, as_json: AsJson = False,
) -> None:  # fmt: skip
    """否定：两条规定的不是同一事项，自动得出的也不再采用。"""
    _review(opened(corpus, index_dir, None), one, other, "different", note, as_json=as_json)


def _review(engine: Any, one: str, other: str, verdict: Any, note: str | None, *, as_json: bool) -> None:
    from search.compare.matches import review
    from search.views.matches import match_record, match_text

    found = review(engine, one, other, verdict, note)
    put(match_record(found) if as_json else match_text(found))


@matches.command(name="forget")
def forget_match(one: One, other: Other, corpus: CorpusDir = None, *, as_json: AsJson = False) -> None:
    """删去对两条的核对，回到自动对照的结果；条款已不在的也能删。"""
    from search.compare.reviewed import REVIEWED, remove_reviewed
    from search.views.matches import forgotten_text

    if not remove_reviewed(load_corpus(corpus).path, one, other):
        raise QuestionError(f"{REVIEWED} 里没有对 {one} 和 {other} 的核对。请用 clauselens match list 查看。")
    put({"one": one, "other": other, "forgotten": True} if as_json else forgotten_text(one, other))
