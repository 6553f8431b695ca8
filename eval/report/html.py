"""The report as one page that needs nothing but itself."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eval.measures import Figures
from eval.report.charts import (
    Series,
    confusion_chart,
    interval_chart,
    latency_chart,
    reliability_chart,
    threshold_chart,
)
from eval.report.page import SUMMARY, Page, curve_series
from eval.report.templating import TEMPLATES, environment
from eval.report.words import STATUSES


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its title, what it shows in a sentence, and the names of its lines."""

    title: str
    note: str
    svg: Markup
    legend: tuple[str, ...] = ()


def render_html(page: Page, figures: Figures, latency: Sequence[Series] = ()) -> str:
    """The page. Its policy lets the browser load nothing and run no script but the page's own."""
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment().get_template("report.html.jinja").render(
        page=page,
        summary=SUMMARY,
        systems=[(measure, _drawn(chart)) for measure, chart in _system_charts(page)],
        charts=[*_answer_charts(page, figures), *_latency_charts(latency)],
        style=_drawn((TEMPLATES / "report.css").read_text(encoding="utf-8")),
        script=_drawn(script),
        digest=digest,
        graded=any(quote for row in page.rows for cell in row.golds for quote in cell.quotes),
    )  # fmt: skip


def _drawn(markup: str) -> Markup:
    """Our own drawing, style or script: no word of a suite or corpus is in it unescaped."""
    return Markup(markup)  # noqa: S704 - matplotlib escapes text


def _system_charts(page: Page) -> Iterator[tuple[str, str]]:
    for place, measure in enumerate(SUMMARY):
        if page.bars[measure]:
            yield measure, interval_chart(f"measure{place}", page.bars[measure])


def _answer_charts(page: Page, figures: Figures) -> Iterator[Chart]:
    if figures.refusal is None:
        return
    lines = tuple(curve_series(figures.refusal.curve))
    if lines:
        svg = threshold_chart("curve", lines, figures.refusal.threshold)
        note = "门槛越高，多余的“没有”越多，乱答越少。门槛为 0 时还有的“没有”，来自文件门槛和对范围的判断。"
        yield Chart("答还是不答", note, _drawn(svg), tuple(line.name for line in lines))
    bins = [
        (each.confidence, each.right, each.count)
        for each in figures.refusal.questions.bins
        if each.confidence is not None and each.right is not None
    ]
    if bins:
        error = figures.refusal.questions.error
        note = "每点是把握相近的一组问题，越大问题越多；落在虚线上，说出的把握就等于实际占比。"
        note += "" if error is None else f"平均偏差 {error:.3f}。"
        yield Chart("把握可信吗", note, _drawn(reliability_chart("reliability", bins)))
    if page.confusion:
        names = list(STATUSES.values())
        note = "行是应当说的，列是系统说的；对角线上为对。颜色深浅是占本行的比例。"
        yield Chart("四种答复", note, _drawn(confusion_chart("confusion", names, names, page.confusion)))


def _latency_charts(latency: Sequence[Series]) -> Iterator[Chart]:
    if latency:
        note = "一问所需毫秒的中位数，随条文数变化；两轴都是对数。"
        yield Chart("速度", note, _drawn(latency_chart("latency", latency)), tuple(line.name for line in latency))
