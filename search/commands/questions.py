"""`clauselens questions`: tools for phrasings."""

from __future__ import annotations

import typer

from corpus.load import load_corpus
from search.commands.options import AsJson, CorpusDir
from search.commands.terminal import drawn, put

questions = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="写已知说法（questions/<文件编号>.txt）的工具。"
)


@questions.command(name="lint")
def lint_questions(corpus: CorpusDir = None, *, as_json: AsJson = False) -> None:
    """查已知说法：原文对不上的、重复的、互相矛盾的，逐行指出。有要改的，退出状态为 2。"""
    from corpus.phrasing_lint import lint_phrasings
    from search.views.phrasing_faults import findings_record, findings_table

    findings = lint_phrasings(load_corpus(corpus))
    put(findings_record(findings) if as_json else drawn(findings_table(findings)))
    if findings.faults:
        raise typer.Exit(2)
