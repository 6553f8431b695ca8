"""Suites of judged questions, their measures and reports."""

from eval.measures import measure
from eval.report import as_json, print_report
from eval.run import SuiteRun, run_suite, run_suites
from eval.suite import find_suite, load_suite

__all__ = ["SuiteRun", "as_json", "find_suite", "load_suite", "measure", "print_report", "run_suite", "run_suites"]
