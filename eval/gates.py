"""Gates: the measures that may not fall below their baseline, by how much at most, and what a check of them found."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from corpus.errors import PolicyError, reason
from eval.against import QuestionChange

GATES = Path(__file__).parent / "gates.toml"
"""The gates that ship with the project."""
_SHOWN = 20
"""How many questions lost (and won) the text of a check shows in full; of the others it gives the ids."""

_Filled = Annotated[str, msgspec.Meta(pattern=r"\S")]


class Gate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`measure` may be `tolerance` below its baseline and no more; `reason` says why just so much."""

    measure: _Filled
    tolerance: Annotated[float, msgspec.Meta(ge=0, le=1)]
    reason: _Filled


class Gates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The gates and the system that they watch."""

    system: _Filled
    gate: tuple[Gate, ...]


@dataclass(frozen=True, slots=True)
class GateCheck:
    """A gated measure beside its baseline; `now` is None where the run no longer gives the measure."""

    gate: Gate
    baseline: float
    now: float | None
    passed: bool
    changes: tuple[QuestionChange, ...]
    """Questions lost and won against the baseline (a: the baseline, b: now)."""

    @property
    def fall(self) -> float:
        """By how much it is below its baseline; negative where it is above."""
        return self.baseline - (self.now or 0.0)


Verdict = Literal["passed", "failed", "changed", "no_baseline"]


@dataclass(frozen=True, slots=True)
class GateResult:
    """What a check found. `changed`: corpus or suite are not those of the baseline, so nothing was compared."""

    suite: str
    split: str
    system: str
    verdict: Verdict
    checks: tuple[GateCheck, ...] = ()
    changed: tuple[str, ...] = ()
    """What of corpus and suite changed, in words."""
    settings: tuple[tuple[str, str, str], ...] = ()
    """(name, with the baseline, now) of each setting and version that differs; compared all the same."""
    inexact: tuple[str, ...] = ()
    """Questions answered with a quote that is not the source's to the character: a fault, whatever the baseline."""
    ungated: tuple[str, ...] = ()
    """Gated measures that the run gives and the baseline does not hold yet."""

    @property
    def exit_status(self) -> int:
        """1 where a measure fell or nothing could be compared with a baseline that is there; else 0."""
        return int(self.verdict in ("failed", "changed"))


def load_gates(path: Path = GATES) -> Gates:
    """The gates in a file; raises `PolicyError` for one that does not fit."""
    try:
        gates = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Gates)
    except OSError as error:
        raise PolicyError(f"{path}：文件读不出来（{reason(error)}）；请检查路径和权限。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise PolicyError(f"{path}：{error}。应有 system，每个 [[gate]] 应有 measure、tolerance、reason。") from error
    names = [gate.measure for gate in gates.gate]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise PolicyError(f"{path}：指标 {'、'.join(twice)} 写了两次；每个指标只能有一个余量。")
    return gates


def describe(result: GateResult) -> str:
    """A check in words, in Chinese: each measure, and for those that fell by how much and on which questions."""
    lines = [_head(result)]
    lines += [f"  {name}：基线时 {before}，现在 {now}" for name, before, now in result.settings]
    lines += [f"  {_measured(check)}" for check in result.checks]
    lines += [f"  {name}：基线里还没有，不作判断；接受新的基线后才把关。" for name in result.ungated]
    for check in result.checks:
        if not check.passed:
            lines += _fallen(check)
    if result.inexact:
        lines.append(f"引文与原文不是一字不差，共 {len(result.inexact)} 问：{'、'.join(result.inexact)}")
    return "\n".join(lines)


def _head(result: GateResult) -> str:
    name = f"{result.suite}/{result.split}（{result.system}）"
    accept = f"clauselens eval {result.suite} --split {result.split} --accept"
    if result.verdict == "no_baseline":
        return f"{name}：还没有基线，无从比较。要把这次的结果存为基线：{accept}"
    if result.verdict == "changed":
        return f"{name}：{'；'.join(result.changed)}，与基线不能比较。看过结果后用 {accept} 接受新的基线。"
    if result.verdict == "failed":
        count = sum(not check.passed for check in result.checks)
        if not count:
            return f"{name}：不通过。"
        return f"{name}：不通过，{count} 项指标低于基线。确属有意的改变，用 {accept} 接受新的基线。"
    return f"{name}：通过，{len(result.checks)} 项指标都没有低于基线。"


def _measured(check: GateCheck) -> str:
    if check.now is None:
        return f"{check.gate.measure}：基线 {check.baseline:.4f}，这次没有算出来 ✗"
    mark = "✓" if check.passed else "✗"
    return (
        f"{check.gate.measure}：{check.now:.4f}，基线 {check.baseline:.4f}，相差 {check.now - check.baseline:+.4f}，"
        f"允许低 {check.gate.tolerance:g} {mark}"
    )


def _fallen(check: GateCheck) -> list[str]:
    """By how much a measure fell, and the questions."""
    lost = [change for change in check.changes if change.verdict == "lost"]
    won = [change for change in check.changes if change.verdict == "won"]
    fall = "" if check.now is None else f"低 {check.fall:.4f}，"
    lines = [f"{check.gate.measure} {fall}变差 {len(lost)} 问，变好 {len(won)} 问："]
    for sign, changes in (("−", lost), ("+", won)):
        lines += [f"  {sign} {_changed(change)}" for change in changes[:_SHOWN]]
        if changes[_SHOWN:]:
            lines.append(f"  {sign} 还有 {'、'.join(change.query_id for change in changes[_SHOWN:])}")
    return lines


def _changed(change: QuestionChange) -> str:
    gold = "、".join(map(str, change.gold)) or "无"
    return (
        f"{change.query_id} {change.value_a:.3f} → {change.value_b:.3f} {change.text}"
        f"（首条 {change.top_a or '无'} → {change.top_b or '无'}；应为 {gold}）"
    )
