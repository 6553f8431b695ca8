"""What a report shows, as values: the templates of Markdown and HTML only place them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Clause
from eval.against import RunComparison
from eval.measures import CurvePoint, Figures, RankingFigures, per_question
from eval.measures.answering import expected_statuses
from eval.measures.judged import relevant_from
from eval.model import Outcome, Question, Ranked, Run, Suite
from eval.report.charts import Bar, Series
from eval.report.terminal import answer_rows, number
from eval.report.verdict import Verdict, gold_rank, main_system, verdict_of
from eval.report.words import NONES, RETRIEVERS, STATUSES, TYPES, VERDICTS, type_name
from eval.significance import bootstrap_interval

SUMMARY = ("Success@1", "Success@3", "RR", "nDCG@10", "R@10")
"""Measures of the summary, in this order."""
TOPS = 5
"""Clauses of a ranking that are shown."""


@dataclass(frozen=True, slots=True)
class ClauseCell:
    """A clause in a row; `name` is its label and heading, "" where the texts were not given."""

    clause_id: str
    name: str
    rank: int | None
    """In the main system's ranking, from 1; None where it is not in it."""
    ranks: tuple[tuple[str, int], ...]
    """(retriever, rank in it), where known."""
    grade: int
    """As judged; 0 where it is not."""
    quotes: tuple[str, ...] = ()
    """Of the gold."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question with what came of it."""

    query_id: str
    type: str
    type_name: str
    text: str
    history: tuple[str, ...]
    verdict: Verdict
    verdict_name: str
    gravity: int
    """Place of the verdict among all, the gravest 0."""
    said: str
    confidence: float | None
    tops: tuple[ClauseCell, ...]
    golds: tuple[ClauseCell, ...]
    rank: int | None
    """Of the first right clause."""


@dataclass(frozen=True, slots=True)
class Page:
    """A report. Shares and measures are 0 to 1."""

    title: str
    about: tuple[tuple[str, str], ...]
    main: str
    bars: Mapping[str, tuple[Bar, ...]]
    """By measure: a value with its interval for each system."""
    answers: tuple[tuple[str, str, str], ...]
    """(what is counted, share, count of total)."""
    by_type: tuple[tuple[str, int, tuple[str, ...]], ...]
    """(type, questions, the summary's measures of the main system)."""
    by_document: tuple[tuple[str, int, tuple[str, ...]], ...]
    verdicts: tuple[tuple[str, str, int], ...]
    """(key, name, questions), the gravest first, none without questions."""
    types: tuple[tuple[str, str, int], ...]
    rows: tuple[Row, ...]
    confusion: tuple[tuple[int, ...], ...]
    """Questions by expected status (rows) and given one (columns), both in the order of `STATUSES`."""
    clauses: tuple[Clause, ...]
    """Those that the rows name, where the texts were given, in reading order."""
    facts: tuple[tuple[str, str], ...]
    comparison: RunComparison | None


def page_of(
    suite: Suite, run: Run, figures: Figures, comparison: RunComparison | None, clauses: Mapping[str, Clause]
) -> Page:
    """The report of a run; `clauses` by id, as far as they are at hand."""
    outcomes = {outcome.query_id: outcome for outcome in run.outcomes}
    asked = [(q, outcomes[q.query_id]) for q in suite.questions if q.query_id in outcomes]
    grade = relevant_from(suite)
    rows = tuple(_row(question, outcome, run, grade, clauses) for question, outcome in asked)
    named = {cell.clause_id for row in rows for cell in (*row.tops, *row.golds)}
    main = main_system(run.info)
    chosen = next((each for each in figures.systems if each.system == main), None)
    kinds = {row.type: TYPES.get(row.type, row.type) for row in rows}
    return Page(
        title=suite.title,
        about=tuple(_about(suite, run)),
        main=main,
        bars=_bars(suite, run, main),
        answers=tuple((label, number(s.value), f"{s.count}/{s.total}") for _, label, s in answer_rows(figures)),
        by_type=_breakdown({} if chosen is None else chosen.by_type, TYPES),
        by_document=_breakdown({} if chosen is None else chosen.by_document, {}),
        verdicts=_counted(VERDICTS, [row.verdict.kind for row in rows]),
        types=_counted(kinds, [row.type for row in rows]),
        rows=rows,
        confusion=_confusion(asked),
        clauses=tuple(clause for clause_id, clause in clauses.items() if clause_id in named),
        facts=tuple(_facts(run)),
        comparison=comparison,
    )


def curve_series(curve: Sequence[CurvePoint]) -> Iterator[Series]:
    """Needless "no"s and missed ones by kind over the threshold, as far as the suite has such questions."""
    needless = [(point.threshold, point.needless) for point in curve if point.needless is not None]
    if needless:
        yield Series("能答却说“没有”", tuple(t for t, _ in needless), tuple(v for _, v in needless))
    for kind, name in NONES.items():
        missed = [(point.threshold, value) for point in curve if (value := point.missed.get(kind)) is not None]
        if missed:
            yield Series(f"该说“没有”却答了：{name}", tuple(t for t, _ in missed), tuple(v for _, v in missed))


def _about(suite: Suite, run: Run) -> Iterator[tuple[str, str]]:
    yield "评测集", f"{suite.name} / {run.info.split}，{len(suite.questions)} 问"
    yield "测什么", suite.tests
    yield "语料", suite.corpus
    yield "来源", suite.provenance
    yield "许可", suite.licence


def _bars(suite: Suite, run: Run, main: str) -> dict[str, tuple[Bar, ...]]:
    values = {system: per_question(suite, run, system) for system in run.info.systems}
    return {
        measure: tuple(
            _bar(system, list(held[measure].values()), is_main=system == main)
            for system, held in values.items()
            if held[measure]
        )
        for measure in SUMMARY
    }


def _bar(system: str, values: list[float], *, is_main: bool) -> Bar:
    low, high = bootstrap_interval(values)
    return Bar(system, sum(values) / len(values), low, high, is_main)


def _breakdown(
    held: Mapping[str, RankingFigures], names: Mapping[str, str]
) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    return tuple(
        (names.get(key, key), each.questions, tuple(number(each.values.get(measure)) for measure in SUMMARY))
        for key, each in held.items()
    )


def _counted(names: Mapping[str, str], held: Sequence[str]) -> tuple[tuple[str, str, int], ...]:
    counts = {key: held.count(key) for key in names}
    return tuple((key, names[key], count) for key, count in counts.items() if count)


def _confusion(asked: Sequence[tuple[Question, Outcome]]) -> tuple[tuple[int, ...], ...]:
    """A question that allows several statuses counts for the given one where it is among them, else for the first."""
    places = {status: place for place, status in enumerate(STATUSES)}
    counts = [[0] * len(places) for _ in places]
    for question, outcome in asked:
        if outcome.answer is not None:
            expected = expected_statuses(question)
            given = outcome.answer.status
            counts[places[given if given in expected else expected[0]]][places[given]] += 1
    return tuple(tuple(row) for row in counts) if any(map(any, counts)) else ()


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    info = run.info
    yield "语料指纹", info.corpus
    yield "检索方式", "、".join(info.systems)
    yield "门槛", f"{info.threshold:g}"
    yield "文件门槛", f"{info.document_threshold:g}"
    yield from ((name, str(value)) for name, value in sorted(info.config.items()))
    yield from ((name, value) for name, value in sorted(info.versions.items()))


def _row(question: Question, outcome: Outcome, run: Run, grade: int, clauses: Mapping[str, Clause]) -> Row:
    ranking = outcome.rankings.get(main_system(run.info), ())
    verdict = verdict_of(question, outcome, run.info, grade)
    grades = question.grades
    places = {each.clause_id: (rank, each) for rank, each in enumerate(ranking, 1)}
    answer = outcome.answer
    return Row(
        query_id=question.query_id,
        type=question.type,
        type_name=type_name(question.type, question.none),
        text=question.text,
        history=question.history,
        verdict=verdict,
        verdict_name=VERDICTS[verdict.kind],
        gravity=list(VERDICTS).index(verdict.kind),
        said="" if answer is None else STATUSES[answer.status],
        confidence=None if answer is None else answer.confidence,
        tops=tuple(
            _cell(each.clause_id, (rank, each), grades.get(each.clause_id, 0), (), clauses)
            for rank, each in enumerate(ranking[:TOPS], 1)
        ),
        golds=tuple(
            _cell(clause_id, places.get(clause_id), held, _quotes(question, clause_id), clauses)
            for clause_id, held in sorted(grades.items(), key=lambda pair: -pair[1])
        ),
        rank=gold_rank(question, ranking, grade),
    )


def _quotes(question: Question, clause_id: str) -> tuple[str, ...]:
    return tuple(gold.quote for gold in question.gold if gold.clause_id == clause_id and gold.quote)


def _cell(
    clause_id: str,
    place: tuple[int, Ranked] | None,
    grade: int,
    quotes: tuple[str, ...],
    clauses: Mapping[str, Clause],
) -> ClauseCell:
    clause = clauses.get(clause_id)
    ranks = () if place is None else tuple((RETRIEVERS.get(n, n), rank) for n, rank in place[1].ranks.items())
    name = "" if clause is None else f"{clause.label} {clause.heading}".strip()
    return ClauseCell(clause_id, name, None if place is None else place[0], ranks, grade, quotes)
