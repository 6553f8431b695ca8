"""Baselines: the accepted figures of each suite, in ``eval/baselines/``, and whether a run falls below them.

A baseline is a JSON file, ``SUITE.SPLIT.json``: what gave it (fingerprints of corpus and questions, settings,
versions), the mean of each measure by system, and for the gated system the values of each question, one a line.
``python -m eval.baseline`` runs each suite that has a baseline and exits with 1 where a gated measure fell.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import msgspec
from rich.console import Console

from corpus.errors import PolicyError, reason
from eval.against import check_run, differing_settings, part_of, question_changes, tops_of
from eval.gates import Gate, GateCheck, GateResult, Gates, describe, load_gates
from eval.measures import per_question
from eval.measures.retrieval import DOCUMENTS, RANKINGS
from eval.model import Run, RunInfo, Suite
from eval.run import run_suite
from eval.suite import SUITES, find_suite, load_suite
from eval.systems import engines_for
from search import open_engine

BASELINES = Path(__file__).parent / "baselines"
"""Where the accepted figures of the suites are kept."""
_DECIMALS = 6
_ROUNDING = 1e-6
"""A difference of stored means no larger than this is none."""


@dataclass(frozen=True, slots=True)
class QuestionBaseline:
    """The best clause of the gated system (None: nothing found) and the question's value of each measure."""

    top: str | None
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Baseline:
    """Accepted figures and what gave them."""

    info: RunInfo
    asked: str
    """Fingerprint of the questions and their gold (sha-256, hex)."""
    system: str
    """The gated one."""
    figures: dict[str, dict[str, float]]
    """Mean of each measure, by system."""
    questions: dict[str, QuestionBaseline]

    def values(self, measure: str) -> dict[str, float]:
        """The measure's value of each question that has one."""
        return {query_id: q.values[measure] for query_id, q in self.questions.items() if measure in q.values}


def baseline_path(suite: str, split: str, folder: Path = BASELINES) -> Path:
    """Where the baseline of a part of a suite is kept; `PolicyError` for names that cannot be a file's."""
    for name in (suite, split):
        if not re.fullmatch(r"[\w-][\w.-]*", name):
            raise PolicyError(f"名称“{name}”不能用作基线的文件名；请只用字母、数字、“-”、“_”和“.”。")
    return folder / f"{suite}.{split}.json"


def check(
    suite: Suite,
    run: Run,
    path: Path | None = None,
    gates: Gates | None = None,
    labels: Mapping[str, str] | None = None,
) -> GateResult:
    """The gated measures of a run beside the baseline at `path` (None: the suite's own in `BASELINES`).

    Where the corpus or the questions are not those of the baseline nothing is compared, and the result says so.
    `labels`: clause labels by id, to show. Raises `PolicyError` where the run is not one of the suite, or the
    baseline or the gates cannot be read.
    """
    gates = gates or load_gates()
    check_run(suite, run, gates.system)
    path = path or baseline_path(suite.name, run.info.split)
    about = GateResult(suite.name, run.info.split, gates.system, "passed")
    if not path.is_file():
        return replace(about, verdict="no_baseline")
    baseline = load_baseline(path)
    changed = _changed(baseline, suite, run, gates)
    if changed:
        return replace(about, verdict="changed", changed=changed)
    part, now = part_of(suite, run), _baseline(suite, run, gates.system)
    held = baseline.figures[gates.system]
    checks = tuple(_check(gate, part, baseline, now, labels or {}) for gate in gates.gate if gate.measure in held)
    given, inexact = now.figures[gates.system], _inexact(run)
    return replace(
        about,
        verdict="failed" if inexact or not all(each.passed for each in checks) else "passed",
        checks=checks,
        inexact=inexact,
        settings=differing_settings(baseline.info, run.info),
        ungated=tuple(gate.measure for gate in gates.gate if gate.measure in given and gate.measure not in held),
    )


def accept(suite: Suite, run: Run, path: Path | None = None, gates: Gates | None = None) -> str:
    """Writes the run's figures as the new baseline at `path` (None: the suite's own); gives what changed, in Chinese.

    Raises `PolicyError` where the run is not one of the suite or the file cannot be written.
    """
    gates = gates or load_gates()
    check_run(suite, run, gates.system)
    path = path or baseline_path(suite.name, run.info.split)
    now = _baseline(suite, run, gates.system)
    before = load_baseline(path) if path.is_file() else None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_as_text(now), encoding="utf-8", newline="\n")
    except OSError as error:
        raise PolicyError(f"{path}：基线写不进去（{reason(error)}）；请检查路径和权限。") from error
    return "\n".join([f"已接受 {suite.name}/{run.info.split} 的基线：{path.name}", *_what_changed(before, now)])


def load_baseline(path: Path) -> Baseline:
    """The baseline in a file; raises `PolicyError` for one that cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Baseline)
    except OSError as error:
        raise PolicyError(f"{path}：基线读不出来（{reason(error)}）；请检查路径和权限。") from error
    except msgspec.DecodeError as error:
        raise PolicyError(f"{path}：不是合格的基线文件：{error}。请从版本库恢复，或用 --accept 重写。") from error


def fingerprint(suite: Suite, run: Run) -> str:
    """Changes when a question that the run was asked, or its gold, changes (sha-256, hex)."""
    return hashlib.sha256(msgspec.json.encode(part_of(suite, run).questions)).hexdigest()


def _baseline(suite: Suite, run: Run, system: str) -> Baseline:
    part = part_of(suite, run)
    by_system = {name: per_question(part, run, name) for name in run.info.systems}
    figures = {name: _means(held, whole=name == system) for name, held in by_system.items()}
    tops = tops_of(run, system)
    questions = {
        question.query_id: QuestionBaseline(
            tops.get(question.query_id),
            {
                measure: round(values[question.query_id], _DECIMALS)
                for measure, values in by_system[system].items()
                if question.query_id in values
            },
        )
        for question in part.questions
    }
    return Baseline(run.info, fingerprint(suite, run), system, figures, questions)


def _means(values: Mapping[str, Mapping[str, float]], *, whole: bool) -> dict[str, float]:
    """Mean of each measure that has values; of rankings alone unless `whole`, since the answers are the run's."""
    names = values if whole else (*RANKINGS, DOCUMENTS)
    return {name: round(fmean(values[name].values()), _DECIMALS) for name in names if values[name]}


def _changed(baseline: Baseline, suite: Suite, run: Run, gates: Gates) -> tuple[str, ...]:
    """What makes the baseline incomparable."""
    before = baseline.info
    found = []
    if (before.suite, before.split) != (suite.name, run.info.split):
        found.append(f"基线是 {before.suite}/{before.split} 的")
    if before.corpus != run.info.corpus:
        found.append(f"语料改过（指纹由 {before.corpus[:12]} 变为 {run.info.corpus[:12]}）")
    if baseline.asked != fingerprint(suite, run):
        found.append(f"测试集改过（{_questions_changed(baseline, suite, run)}）")
    if baseline.system != gates.system:
        found.append(f"把关的检索方式由 {baseline.system} 改为 {gates.system}")
    return tuple(found)


def _questions_changed(baseline: Baseline, suite: Suite, run: Run) -> str:
    asked = {question.query_id for question in part_of(suite, run).questions}
    gone, new = len(baseline.questions.keys() - asked), len(asked - baseline.questions.keys())
    return f"少了 {gone} 问，多了 {new} 问" if gone or new else "问题数不变，内容或依据有改动"


def _check(gate: Gate, part: Suite, baseline: Baseline, now: Baseline, labels: Mapping[str, str]) -> GateCheck:
    was = baseline.figures[baseline.system][gate.measure]
    value = now.figures[now.system].get(gate.measure)
    tops = tuple({i: q.top for i, q in each.questions.items() if q.top is not None} for each in (baseline, now))
    asked = part.questions
    changes = question_changes(
        asked, baseline.values(gate.measure), now.values(gate.measure), (tops[0], tops[1]), labels
    )
    passed = value is not None and was - value <= gate.tolerance + _ROUNDING
    return GateCheck(gate, was, value, passed, changes)


def _inexact(run: Run) -> tuple[str, ...]:
    """The questions with a quote that is not a slice of its source."""
    answers = ((outcome.query_id, outcome.answer) for outcome in run.outcomes if outcome.answer is not None)
    return tuple(i for i, answer in answers if not all(q.is_exact for d in answer.documents for q in d.quotes))


def _as_text(baseline: Baseline) -> str:
    """JSON in a stable order, a question a line, so that a diff reads as what changed."""
    built = msgspec.to_builtins(baseline)
    questions = built.pop("questions")
    head = json.dumps(built, ensure_ascii=False, indent=1, sort_keys=True)
    lines = [
        f"  {json.dumps(query_id, ensure_ascii=False)}: {json.dumps(held, ensure_ascii=False)}"
        for query_id, held in questions.items()
    ]
    return head.removesuffix("\n}") + ',\n "questions": {\n' + ",\n".join(lines) + "\n }\n}\n"


def _what_changed(before: Baseline | None, now: Baseline) -> list[str]:
    if before is None:
        return ["  原先没有基线。", *(f"  {name}：{value:.4f}" for name, value in now.figures[now.system].items())]
    lines = []
    if before.info.corpus != now.info.corpus:
        lines.append(f"  语料指纹：{before.info.corpus[:12]} → {now.info.corpus[:12]}")
    if before.asked != now.asked:
        lines.append(f"  测试集：{len(before.questions)} 问 → {len(now.questions)} 问，内容有改动")
    lines += [f"  {name}：{was} → {is_now}" for name, was, is_now in differing_settings(before.info, now.info)]
    for system in dict.fromkeys([*before.figures, *now.figures]):
        lines += _figures_changed(system, before.figures.get(system, {}), now.figures.get(system, {}))
    return lines or ["  与原先的基线完全相同。"]


def _figures_changed(system: str, before: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    def shown(value: float | None) -> str:
        return "无" if value is None else f"{value:.4f}"

    names = dict.fromkeys([*before, *now])
    return [
        f"  {system} {name}：{shown(before.get(name))} → {shown(now.get(name))}"
        for name in names
        if before.get(name) != now.get(name)
    ]


def main(arguments: list[str] | None = None) -> int:
    """Runs every part of the shipped suites and checks it against its baseline; 1 where a gated measure fell."""
    parser = argparse.ArgumentParser(prog="python -m eval.baseline", description="对照基线检查随附的测试集")
    parser.add_argument("suites", nargs="*", metavar="SUITE", help="只检查这些（名称或目录）")
    parser.add_argument("--baselines", type=Path, default=BASELINES, metavar="DIR", help="基线所在的目录")
    options = parser.parse_args(arguments)
    names = options.suites or sorted(path.parent.name for path in SUITES.glob("*/suite.toml"))
    try:
        results = list(_check_suites(names, options.baselines))
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    return max((result.exit_status for result in results), default=0)


def _check_suites(names: Sequence[str], folder: Path) -> Iterator[GateResult]:
    """Checks each part of the suites, and writes what was found to stdout."""
    engine, gates = open_engine(), load_gates()
    engines = engines_for((gates.system,), engine)
    labels = {clause.clause_id: clause.label for document in engine.documents() for clause in document.clauses}
    for name in names:
        suite = load_suite(find_suite(name), engine.documents())
        for split in sorted({question.split for question in suite.questions}):
            part = suite.part(split)
            run = run_suite(part, engines, Console(stderr=True))
            result = check(part, run, baseline_path(suite.name, split, folder), gates, labels)
            sys.stdout.write(f"{describe(result)}\n")
            yield result


if __name__ == "__main__":
    sys.exit(main())
