"""Two systems or two saved runs compared question by question: which is better, and whether that is chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from corpus.errors import PolicyError
from eval.measures import per_question
from eval.measures.retrieval import DOCUMENTS, RANKINGS
from eval.model import Question, Run, RunInfo, Suite
from eval.significance import bootstrap_interval, holm, paired_randomisation

PRIMARY = "nDCG@10"
"""The measure by which questions are called won or lost, where a run has it; else the first one."""
WHOLE = "all"
"""The split of a run that was asked the whole suite."""
LEVEL = 0.05
"""A corrected p below it is called significant."""
_NAMED = 10
"""How many questions a refusal names."""


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """A clause by id; `label` (三、（七）) where known."""

    clause_id: str
    label: str | None = None

    def __str__(self) -> str:
        return self.clause_id if self.label is None else f"{self.clause_id} {self.label}"


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A question on which a measure is not the same: from `value_a` to `value_b`, with the best clause of each."""

    query_id: str
    text: str
    verdict: Literal["won", "lost"]
    """Won: b is better."""
    value_a: float
    value_b: float
    top_a: ClauseRef | None
    """None where nothing was found."""
    top_b: ClauseRef | None
    gold: tuple[ClauseRef, ...]
    """Judged clauses, the highest grade first."""


@dataclass(frozen=True, slots=True)
class MeasureComparison:
    """One measure over the questions that both have; `difference` is b - a, `low` to `high` its 95 % interval.

    `p` by paired randomisation, `corrected` by Holm over the measures compared in which any question differs (the
    others cannot be significant: Tarone 1990). `won`, `lost` (of b against a) and `tied` count questions.
    """

    measure: str
    questions: int
    mean_a: float
    mean_b: float
    difference: float
    low: float
    high: float
    p: float
    corrected: float
    won: int
    lost: int
    tied: int

    @property
    def is_significant(self) -> bool:
        """Whether the difference is unlikely to be chance."""
        return self.corrected < LEVEL


@dataclass(frozen=True, slots=True)
class RunComparison:
    """`a` (what was) beside `b` (what is tried) on one part of a suite."""

    suite: str
    split: str
    system_a: str
    system_b: str
    measures: tuple[MeasureComparison, ...]
    primary: str
    """The measure that `changes` and `sentence` go by."""
    changes: tuple[QuestionChange, ...]
    """Questions lost, then questions won, in each the largest difference first."""
    settings: tuple[tuple[str, str, str], ...]
    """(name, in a, in b) of each setting and version that differs between the runs."""
    sentence: str
    """In Chinese: which is better, and whether that is chance."""

    def of(self, measure: str) -> MeasureComparison:
        """The comparison by one measure; `KeyError` for one that is not compared."""
        return {each.measure: each for each in self.measures}[measure]


def compare_runs(
    suite: Suite,
    run_a: Run,
    system_a: str,
    run_b: Run,
    system_b: str,
    *,
    labels: Mapping[str, str] | None = None,
) -> RunComparison:
    """`system_b` of `run_b` against `system_a` of `run_a`; the runs may be one and the same.

    `labels`: clause labels by id, to show. Raises `PolicyError` where the runs are not of the same part of `suite`
    over the same corpus, lack a question or the system, or share no measure. Two systems of one run are compared by
    their rankings alone: its answers are the same.
    """
    _check_alike(run_a, run_b)
    part = part_of(suite, run_a)
    for run, system in ((run_a, system_a), (run_b, system_b)):
        check_run(suite, run, system)
    values_a, values_b = per_question(part, run_a, system_a), per_question(part, run_b, system_b)
    within = (*RANKINGS, DOCUMENTS) if run_a == run_b else tuple(values_a)
    names = [name for name in within if values_a[name] and values_b[name]]
    if not names:
        raise PolicyError("两次运行没有共同的指标，无法比较；请用同一个测试集重新运行。")
    compared = _compare_measures(names, values_a, values_b)
    primary = next((each for each in compared if each.measure == PRIMARY), compared[0])
    tops = (tops_of(run_a, system_a), tops_of(run_b, system_b))
    changes = question_changes(part.questions, values_a[primary.measure], values_b[primary.measure], tops, labels or {})
    name_a, name_b = _names(run_a, system_a, run_b, system_b)
    return RunComparison(
        suite=suite.name,
        split=run_a.info.split,
        system_a=system_a,
        system_b=system_b,
        measures=compared,
        primary=primary.measure,
        changes=changes,
        settings=differing_settings(run_a.info, run_b.info),
        sentence=_sentence(primary, compared, name_a, name_b),
    )


def part_of(suite: Suite, run: Run) -> Suite:
    """The part of the suite that the run was asked."""
    return suite if run.info.split == WHOLE else suite.part(run.info.split)


def check_run(suite: Suite, run: Run, system: str) -> None:
    """`PolicyError` where the run is of another suite, lacks the system, or was asked other questions."""
    info = run.info
    if info.suite != suite.name:
        raise PolicyError(f"这次运行用的是测试集“{info.suite}”，而现在的是“{suite.name}”；请换成同一个测试集。")
    if system not in info.systems:
        raise PolicyError(f"这次运行没有检索方式“{system}”，只有：{'、'.join(info.systems)}。")
    held = {outcome.query_id for outcome in run.outcomes}
    asked = {question.query_id: None for question in part_of(suite, run).questions}
    missing = [query_id for query_id in asked if query_id not in held]
    if missing:
        raise PolicyError(f"这次运行缺 {len(missing)} 个问题：{_listed(missing)}。请重新运行整个测试集。")
    unknown = [outcome.query_id for outcome in run.outcomes if outcome.query_id not in asked]
    if unknown:
        raise PolicyError(
            f"测试集“{suite.name}/{info.split}”里没有这次运行的 {len(unknown)} 个问题：{_listed(unknown)}。"
            "测试集改过，请重新运行。"
        )
    if not asked:
        raise PolicyError(f"测试集“{suite.name}”的“{info.split}”部分没有问题，无从比较。")


def tops_of(run: Run, system: str) -> dict[str, str]:
    """The best clause for each question, by `query_id`; questions for which nothing was found are left out."""
    ranked = {outcome.query_id: outcome.rankings.get(system, ()) for outcome in run.outcomes}
    return {query_id: ranking[0].clause_id for query_id, ranking in ranked.items() if ranking}


def question_changes(
    asked: Iterable[Question],
    values_a: Mapping[str, float],
    values_b: Mapping[str, float],
    tops: tuple[Mapping[str, str], Mapping[str, str]],
    labels: Mapping[str, str],
) -> tuple[QuestionChange, ...]:
    """The questions on which one measure differs: those lost, then those won, the largest difference first."""
    changes = []
    for question in asked:
        query_id = question.query_id
        if query_id not in values_a or query_id not in values_b or values_a[query_id] == values_b[query_id]:
            continue
        a, b = values_a[query_id], values_b[query_id]
        gold = sorted(question.grades, key=lambda clause_id: -question.grades[clause_id])
        top_a, top_b = (_ref(top[query_id], labels) if query_id in top else None for top in tops)
        changes.append(
            QuestionChange(
                query_id, question.text, "won" if b > a else "lost", a, b, top_a, top_b,
                tuple(_ref(clause_id, labels) for clause_id in gold),
            )
        )  # fmt: skip
    return tuple(sorted(changes, key=lambda c: (c.verdict == "won", -abs(c.value_b - c.value_a))))


def differing_settings(info_a: RunInfo, info_b: RunInfo) -> tuple[tuple[str, str, str], ...]:
    """(name, in a, in b) of each setting, threshold and version that is not the same; — where one has it not."""
    a, b = _settings(info_a), _settings(info_b)
    names = dict.fromkeys([*a, *b])
    return tuple((name, str(a.get(name, "—")), str(b.get(name, "—"))) for name in names if a.get(name) != b.get(name))


def _settings(info: RunInfo) -> dict[str, float | str]:
    thresholds = {"threshold": info.threshold, "document_threshold": info.document_threshold}
    return {**info.config, **thresholds, **info.versions}


def _check_alike(run_a: Run, run_b: Run) -> None:
    kinds = (("测试集", "suite"), ("测试集部分", "split"), ("语料指纹", "corpus"))
    for name, field in kinds:
        a, b = getattr(run_a.info, field), getattr(run_b.info, field)
        if a != b:
            raise PolicyError(f"两次运行的{name}不同（“{a}”和“{b}”），不能逐题比较；请在同样的条件下重新运行。")


def _compare_measures(
    names: Sequence[str], values_a: Mapping[str, Mapping[str, float]], values_b: Mapping[str, Mapping[str, float]]
) -> tuple[MeasureComparison, ...]:
    pairs = {name: _paired(name, values_a[name], values_b[name]) for name in names}
    raw = {name: paired_randomisation(*pair) for name, pair in pairs.items()}
    family = [name for name, (a, b) in pairs.items() if a != b]
    corrected = dict(zip(family, holm([raw[name] for name in family]), strict=True))
    return tuple(_compare_measure(name, *pairs[name], raw[name], corrected.get(name, 1.0)) for name in names)


def _paired(name: str, a: Mapping[str, float], b: Mapping[str, float]) -> tuple[list[float], list[float]]:
    apart = [query_id for query_id in {**a, **b} if (query_id in a) != (query_id in b)]
    if apart:
        raise PolicyError(f"指标 {name} 有 {len(apart)} 个问题只在一次运行里有值：{_listed(apart)}。请重新运行两边。")
    return list(a.values()), [b[query_id] for query_id in a]


def _compare_measure(name: str, a: list[float], b: list[float], p: float, corrected: float) -> MeasureComparison:
    differences = [after - before for before, after in zip(a, b, strict=True)]
    low, high = bootstrap_interval(differences)
    won, lost = sum(d > 0 for d in differences), sum(d < 0 for d in differences)
    count = len(differences)
    return MeasureComparison(
        name, count, fmean(a), fmean(b), fmean(differences), low, high, p, corrected, won, lost, count - won - lost
    )  # fmt: skip


def _names(run_a: Run, system_a: str, run_b: Run, system_b: str) -> tuple[str, str]:
    if run_a == run_b:
        return system_a, system_b
    return f"前一次运行的 {system_a}", f"后一次运行的 {system_b}"


def _sentence(primary: MeasureComparison, compared: Sequence[MeasureComparison], name_a: str, name_b: str) -> str:
    head = f"以 {primary.measure} 为准（{primary.questions} 问）：{name_b} {primary.mean_b:.3f}，"
    head += f"{name_a} {primary.mean_a:.3f}"
    if not primary.won and not primary.lost:
        verdict = "，每一问都相同，没有差别。"
    else:
        verdict = (
            f"，相差 {primary.difference:+.3f}（95% 区间 {primary.low:+.3f} 至 {primary.high:+.3f}，"
            f"校正后 {_p(primary.corrected)}）：{_verdict(primary, name_a, name_b)}。"
        )
    others = [each for each in compared if each is not primary and each.is_significant]
    for better, listed in (
        (name_b, [each.measure for each in others if each.difference > 0]),
        (name_a, [each.measure for each in others if each.difference < 0]),
    ):
        if listed:
            verdict += f"另外，按 {'、'.join(listed)}，{better} 显著更好。"
    return head + verdict


def _verdict(compared: MeasureComparison, name_a: str, name_b: str) -> str:
    if not compared.is_significant:
        return "差别可能是偶然"
    return f"{name_b if compared.difference > 0 else name_a} 显著更好"


def _p(value: float) -> str:
    return "p < 0.001" if value < 0.001 else f"p = {value:.3f}"


def _ref(clause_id: str, labels: Mapping[str, str]) -> ClauseRef:
    return ClauseRef(clause_id, labels.get(clause_id))


def _listed(query_ids: Sequence[str]) -> str:
    rest = "" if len(query_ids) <= _NAMED else f" 等 {len(query_ids)} 个"
    return "、".join(query_ids[:_NAMED]) + rest
