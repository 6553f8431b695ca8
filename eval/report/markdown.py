"""The report as Markdown."""

from __future__ import annotations

from eval.report.page import SUMMARY, Page
from eval.report.templating import environment
from eval.report.words import STATUSES


def render_markdown(page: Page) -> str:
    """The whole report as Markdown: every figure of the page, and the questions that did not come out right."""
    template = environment().get_template("report.md.jinja")
    return template.render(page=page, summary=SUMMARY, statuses=list(STATUSES.values()))
