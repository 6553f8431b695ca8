"""What ``clauselens eval`` does once the suites are read: run, print, save, compare, accept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import PolicyError, QuestionError, SuiteError, reason
from eval.beir import write_beir
from eval.run import run_suite
from eval.run_file import load_run, save_run
from eval.systems import SYSTEMS
from eval.trec import write_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from corpus.model import Document
    from eval.against import RunComparison
    from eval.model import Run, Suite
    from search.engine import Engine

REPORTED = "test"
"""The part that figures are reported on."""
WHOLE = "all"
"""The name of both parts together."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be made of the runs; None: not wished. `against`: a system of the run, or a saved run's file.

    `bench`: figures of speed to show in the report, as `python -m eval.bench --json` writes them.

    `trec` and `beir`: folders to write in these formats.
    """

    json: Path | None = None
    run: Path | None = None
    against: str | None = None
    report: Path | None = None
    trec: Path | None = None
    beir: Path | None = None
    bench: Path | None = None
    accept: bool = False


def part_of(suite: Suite, split: str | None) -> Suite:
    """A part of the suite by name, or the whole (`WHOLE`); None: the part `test`, or where there is none the whole.

    Raises `SuiteError` where it has no such part.
    """
    if split == WHOLE:
        return suite
    part = suite.part(split or REPORTED)
    if not part.questions and split is None:
        return suite
    if not part.questions:
        held = "、".join(sorted({question.split for question in suite.questions}))
        raise SuiteError(f"没有“{split}”这一部分，可选：{held}、{WHOLE}。", Path(suite.name), field="split")
    return part


def check_wishes(suites: int, wishes: Wishes) -> None:
    """`QuestionError` for wishes that one suite alone can fulfil."""
    single = {"--run": wishes.run, "--against": wishes.against, "--trec": wishes.trec, "--write-beir": wishes.beir}
    asked = [name for name, wish in single.items() if wish is not None]
    if suites > 1 and asked:
        raise QuestionError(f"{'、'.join(asked)} 一次只能用于一个评测集，给出的有 {suites} 个。")


def systems_with(names: Sequence[str], against: str | None) -> tuple[str, ...]:
    """The systems to run: those named, and one more where the main one is to be compared with it."""
    return tuple(dict.fromkeys((*names, *((against,) if against in SYSTEMS else ()))))


def evaluate(
    suites: Sequence[Suite],
    engines: Mapping[str, Engine],
    wishes: Wishes,
    out: Console,
    progress: Console,
    *,
    asks: bool = True,
) -> None:
    """Run each suite, print its figures to `out`, and make what is wished. Raises `PolicyError`."""
    from eval.measures import measure
    from eval.report import as_json, print_report

    check_wishes(len(suites), wishes)
    before = None if wishes.against is None or wishes.against in SYSTEMS else load_run(Path(wishes.against))
    documents = next(iter(engines.values())).documents()
    records = []
    for suite in suites:
        run = run_suite(suite, engines, progress, asks=asks)
        _save(suite, run, documents, wishes)
        figures = measure(suite, run)
        comparison = None if wishes.against is None else _compared(suite, run, before, wishes.against, engines)
        print_report(suite, run, figures, out, comparison)
        records.append(as_json(suite, run, figures, comparison))
        if wishes.report is not None:
            from eval.report import write_report

            folder = wishes.report if len(suites) == 1 else wishes.report / suite.name
            shown = documents if asks else ()  # a public benchmark's passages would make the page too large
            written = write_report(suite, run, figures, folder, comparison, documents=shown, bench=wishes.bench)
            for path in written:
                out.print(f"报告：{path}", highlight=False, soft_wrap=True)
        if wishes.accept:
            from eval.baseline import accept

            out.print(accept(suite, run), highlight=False, soft_wrap=True)
    if wishes.json is not None:
        _write(wishes.json, json.dumps({"suites": records}, ensure_ascii=False, indent=1) + "\n")


def _save(suite: Suite, run: Run, documents: Sequence[Document], wishes: Wishes) -> None:
    if wishes.run is not None:
        save_run(run, wishes.run)
    if wishes.trec is not None:
        write_all(suite, run, wishes.trec)
    if wishes.beir is not None:
        write_beir(suite, documents, wishes.beir)


def _compared(suite: Suite, run: Run, before: Run | None, against: str, engines: Mapping[str, Engine]) -> RunComparison:
    """The main system beside another of the same run, or beside itself in the run `before`."""
    from eval.against import compare_runs

    index = next(iter(engines.values())).index
    labels = {clause.clause_id: clause.label for clause in index.clauses if clause.label}
    others = [name for name in run.info.systems if before is not None or name != against]
    if not others:
        raise QuestionError(f"--systems 里除了 {against} 还要有一个检索方式，才能比较。")
    main = "hybrid" if "hybrid" in others else others[-1]
    if before is None:
        return compare_runs(suite, run, against, run, main, labels=labels)
    return compare_runs(suite, before, main, run, main, labels=labels)


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise PolicyError(f"写不进 {path}（{reason(error)}）。请换一个能写的位置。") from error
