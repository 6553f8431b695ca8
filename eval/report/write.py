"""A run written as two files: Markdown for a repository, and one page that opens from disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import PolicyError, reason
from corpus.model import Document
from eval.against import RunComparison
from eval.measures import Figures
from eval.model import Run, Suite
from eval.report.html import render_html
from eval.report.latency import read_latency
from eval.report.markdown import render_markdown
from eval.report.page import page_of


def write_report(
    suite: Suite,
    run: Run,
    figures: Figures,
    folder: Path,
    comparison: RunComparison | None = None,
    *,
    documents: Sequence[Document] = (),
    bench: Path | None = None,
) -> tuple[Path, Path]:
    """Write ``report.md`` and ``report.html`` into `folder`, made where it is not there; gives both paths.

    The page needs no network and no other file. `documents`: where given, clauses are shown by name and can be read
    on the page. `bench`: a file of figures of speed (see `latency.read_latency`). The same run gives the same bytes.
    Raises `PolicyError` where a file cannot be read or written.
    """
    latency = () if bench is None else read_latency(bench)
    clauses = {clause.clause_id: clause for document in documents for clause in document.clauses}
    page = page_of(suite, run, figures, comparison, clauses)
    contents = {"report.md": render_markdown(page), "report.html": render_html(page, figures, latency)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise PolicyError(f"报告写不进 {folder}（{reason(error)}）。请换一个能写的位置。") from error
    return folder / "report.md", folder / "report.html"
