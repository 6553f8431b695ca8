"""Suites of judged questions, their runs, measures and reports."""

from eval.beir import load_beir
from eval.run import run_suite
from eval.run_file import load_run, save_run
from eval.suite import find_suite, load_suite

__all__ = ["find_suite", "load_beir", "load_run", "load_suite", "run_suite", "save_run"]
