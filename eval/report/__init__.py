"""Runs shown: on a terminal, as JSON, as Markdown and as one page that opens from disk."""

from eval.report.terminal import as_json, print_report
from eval.report.write import write_report

__all__ = ["as_json", "print_report", "write_report"]
