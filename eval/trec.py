"""Judgments and rankings in the formats of TREC, so that trec_eval, ir_measures or ranx can check our figures.

qrels: ``query_id 0 clause_id grade``; run: ``query_id Q0 clause_id rank score system``; blanks between.

The score written is 1 / rank, not the system's own: trec_eval orders by score, and equal ones by clause id, so that
only strictly falling scores keep the ranking as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import SuiteError, reason
from eval.model import Ranked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from eval.model import Run, Suite

_QRELS = "query_id 0 clause_id grade"
_RUN = "query_id Q0 clause_id rank score system"


def write_qrels(suite: Suite, path: Path) -> None:
    """Write the judged clauses of every question that has gold. Raises `SuiteError`."""
    lines = (
        (question.query_id, "0", clause_id, str(grade))
        for question in suite.questions
        for clause_id, grade in question.grades.items()
    )
    _write(lines, path)


def write_run(run: Run, system: str, path: Path) -> None:
    """Write a system's ranking of every question. Raises `SuiteError`."""
    lines = (
        (outcome.query_id, "Q0", ranked.clause_id, str(rank), repr(1 / rank), system)
        for outcome in run.outcomes
        for rank, ranked in enumerate(outcome.rankings.get(system, ()), start=1)
    )
    _write(lines, path)


def write_all(suite: Suite, run: Run, folder: Path) -> None:
    """Write ``qrels.txt`` and a run ``SYSTEM.txt`` of each system to `folder`. Raises `SuiteError`."""
    write_qrels(suite, folder / "qrels.txt")
    for system in run.info.systems:
        write_run(run, system, folder / f"{system}.txt")


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Grade by clause id, by query id. Raises `SuiteError`."""
    judged: dict[str, dict[str, int]] = {}
    for number, fields in _read(path, _QRELS):
        query_id, _, clause_id, grade = fields
        try:
            judged.setdefault(query_id, {})[clause_id] = int(grade)
        except ValueError as error:
            raise SuiteError(f"grade 是“{grade}”，应当是整数。", path, number, "grade") from error
    return judged


def read_run(path: Path) -> dict[str, tuple[Ranked, ...]]:
    """Ranking of each query by its id, as trec_eval reads it: by score, then clause id, both falling.

    Raises `SuiteError`.
    """
    held: dict[str, dict[str, Ranked]] = {}
    for number, fields in _read(path, _RUN):
        query_id, _, clause_id, _, score, _ = fields
        found = held.setdefault(query_id, {})
        if clause_id in found:
            raise SuiteError(f"“{query_id}”的“{clause_id}”重复。请删去一行。", path, number)
        try:
            found[clause_id] = Ranked(clause_id, float(score))
        except ValueError as error:
            raise SuiteError(f"score 是“{score}”，应当是数。", path, number, "score") from error
    return {
        query_id: tuple(sorted(found.values(), key=lambda ranked: (ranked.score, ranked.clause_id), reverse=True))
        for query_id, found in held.items()
    }


def _write(lines: Iterable[tuple[str, ...]], path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            for fields in lines:
                broken = next((field for field in fields if len(field.split()) != 1), None)
                if broken is not None:
                    raise SuiteError(f"编号“{broken}”里有空白，TREC 格式写不了。请改编号。", path)
                file.write(" ".join(fields) + "\n")
    except OSError as error:
        raise SuiteError(f"写不进去（{reason(error)}）。请换一个能写的位置。", path) from error


def _read(path: Path, columns: str) -> Iterator[tuple[int, list[str]]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise SuiteError(f"文件读不出来（{reason(error)}）；请检查路径和权限。", path) from error
    except UnicodeDecodeError as error:
        raise SuiteError("不是 UTF-8 编码；请另存为 UTF-8 后重试。", path) from error
    for number, line in enumerate(lines, start=1):
        fields = line.split()
        if fields and len(fields) != len(columns.split()):
            raise SuiteError(f"有 {len(fields)} 栏，应当是：{columns}。", path, number)
        if fields:
            yield number, fields
