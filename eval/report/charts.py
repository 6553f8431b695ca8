"""Charts as inline SVG: matplotlib draws, the page gives colours and fonts, so they follow light and dark.

Text stays text, drawn by the reader's own fonts; none is needed here. The same values give the same characters.
matplotlib is imported when the first chart is drawn.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

INK, SOFT, LINE = "#010101", "#010102", "#010103"
SERIES = ("#010111", "#010112", "#010113", "#010114", "#010115")
"""Stand-ins for colours that the page's style names: see `_COLOURS`."""
DASHES: tuple[Any, ...] = ("solid", (0, (5, 3)), (0, (9, 2, 2, 2)), (0, (2, 2)), (0, (1, 1)))
"""Of a chart's lines, in order; the legend of the page draws the same."""
_COLOURS = {INK: "ink", SOFT: "soft", LINE: "line", **{c: f"c{i}" for i, c in enumerate(SERIES, 1)}}

WIDTH = 5.4
"""Inches; 72 points each, and a point of the drawing is a pixel on a phone."""
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.family": ["DejaVu Sans"],
    "font.size": 12,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.unicode_minus": False,
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.minor.size": 0,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
}


@dataclass(frozen=True, slots=True)
class Series:
    """A line of a chart: its name and its points, in the order they are joined."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its interval (None: not known)."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    is_main: bool = False


def interval_chart(name: str, bars: Sequence[Bar]) -> str:
    """A dot for each value with its interval as a line, the first on top; values 0 to 1."""
    with _figure(0.42 * len(bars) + 0.7) as (figure, axes):
        left = min(0.42, 0.075 + 0.0195 * max((_ems(bar.name) for bar in bars), default=0))
        figure.subplots_adjust(left=left, right=0.89, top=0.98, bottom=0.42 / figure.get_figheight())
        lows = [bar.value if bar.low is None else bar.low for bar in bars]
        start = max(0.0, min([*lows, 0.95]) - 0.05)
        for place, bar in enumerate(reversed(bars)):
            colour = SERIES[0] if bar.is_main else SOFT
            if bar.is_main:
                axes.axvline(bar.value, color=colour, linewidth=1, linestyle=":")
            if bar.low is not None and bar.high is not None:
                axes.plot((bar.low, bar.high), (place, place), color=colour, linewidth=4 if bar.is_main else 2)
            axes.plot((bar.value,), (place,), "o", color=colour, markersize=9 if bar.is_main else 6)
            axes.text(1.02, place, f"{bar.value:.3f}", transform=axes.get_yaxis_transform(), va="center", color=INK)
        axes.set_yticks(range(len(bars)), [bar.name for bar in reversed(bars)], color=INK)
        axes.set_ylim(-0.6, len(bars) - 0.4)
        axes.set_xlim(start, 1.005)
        axes.grid(visible=False, axis="y")
        axes.locator_params(axis="x", nbins=5)
        return _svg(figure, name)


def threshold_chart(name: str, lines: Sequence[Series], threshold: float) -> str:
    """Shares (0 to 1) over the threshold, each a step line, and where the shipped threshold stands."""
    with _figure(3.6) as (figure, axes):
        figure.subplots_adjust(left=0.1, right=0.97, top=0.93, bottom=0.16)
        for colour, dash, line in zip(SERIES, DASHES, lines, strict=False):
            axes.plot(line.x, line.y, color=colour, linestyle=dash, linewidth=2, drawstyle="steps-post")
        axes.axvline(threshold, color=INK, linewidth=1)
        beside: dict[str, Any] = {"ha": "left"} if threshold < 0.5 else {"ha": "right"}
        gap = 0.012 if threshold < 0.5 else -0.012
        axes.text(threshold + gap, 1.03, f"现用门槛 {threshold:.3f}", color=INK, va="bottom", **beside)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.02)
        axes.set_xlabel("门槛")
        return _svg(figure, name)


def reliability_chart(name: str, points: Sequence[tuple[float, float, int]]) -> str:
    """(mean confidence, share that was right, questions) of each bin against the diagonal of a true probability."""
    with _figure(3.6) as (figure, axes):
        figure.subplots_adjust(left=0.12, right=0.97, top=0.96, bottom=0.16)
        axes.plot((0, 1), (0, 1), color=SOFT, linewidth=1, linestyle="--")
        axes.plot([p[0] for p in points], [p[1] for p in points], color=SERIES[0], linewidth=1.5)
        most = max((count for _, _, count in points), default=1)
        for confidence, share, count in points:
            axes.plot((confidence,), (share,), "o", color=SERIES[0], markersize=4 + 9 * (count / most) ** 0.5)
        axes.set_xlim(0, 1)
        axes.set_ylim(-0.03, 1.05)
        axes.set_xlabel("说出的把握")
        axes.set_ylabel("实际有依据的占比")
        return _svg(figure, name)


def confusion_chart(name: str, rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """Counts of what was right (rows) against what was said (columns), darker for a greater share of its row."""
    with _figure(0.5 * len(rows) + 0.6) as (figure, axes):
        figure.subplots_adjust(left=0.24, right=0.98, top=1 - 0.36 / figure.get_figheight(), bottom=0.02)
        for i, row in enumerate(counts):
            total = sum(row) or 1
            for j, count in enumerate(row):
                axes.fill((j, j + 1, j + 1, j), (i, i, i + 1, i + 1), color=SERIES[0], alpha=0.55 * count / total, lw=0)
                axes.text(j + 0.5, i + 0.5, str(count), ha="center", va="center", color=INK if count else SOFT)
        axes.set_xticks([j + 0.5 for j in range(len(columns))], list(columns), color=INK)
        axes.set_yticks([i + 0.5 for i in range(len(rows))], list(rows), color=INK)
        axes.xaxis.tick_top()
        axes.set_xlim(0, len(columns))
        axes.set_ylim(len(rows), 0)
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
        return _svg(figure, name)


def latency_chart(name: str, lines: Sequence[Series]) -> str:
    """Milliseconds a question over the number of clauses, both axes logarithmic."""
    with _figure(3.6) as (figure, axes):
        figure.subplots_adjust(left=0.14, right=0.97, top=0.96, bottom=0.16)
        for colour, dash, line in zip(SERIES, DASHES, lines, strict=False):
            axes.plot(line.x, line.y, "o", color=colour, linestyle=dash, linewidth=2, markersize=5)
        axes.set_xscale("log")
        axes.set_yscale("log")
        sizes = sorted({size for line in lines for size in line.x})
        axes.set_xticks(sizes, [_size(size) for size in sizes])
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.minorticks_off()
        axes.set_xlabel("条文数")
        axes.set_ylabel("毫秒/问")
        return _svg(figure, name)


def _size(clauses: float) -> str:
    return f"{clauses / 10_000:g} 万" if clauses >= 10_000 else f"{clauses:g}"


def _ems(text: str) -> float:
    """Width in half-width characters: a Chinese one takes two."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)


@contextmanager
def _figure(height: float) -> Iterator[tuple[Any, Any]]:
    """A figure of its own, bound to no window system and to no settings of the machine."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context(), warnings.catch_warnings():
        # The reader's fonts draw the text; that the one measured with lacks Chinese does not matter.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        figure = Figure(figsize=(WIDTH, height))
        FigureCanvasSVG(figure)
        yield figure, figure.add_subplot()


def _svg(figure: Any, name: str) -> str:
    """The figure as an SVG element for a page: ids are the chart's own, colours and fonts are the page's."""
    import matplotlib as mpl

    mpl.rcParams["svg.hashsalt"] = name
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    svg = written.getvalue()
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r"<metadata>.*?</metadata>\s*|<style.*?</style>\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<svg [^>]*?viewBox="([^"]*)"[^>]*>', r'<svg viewBox="\1">', svg)
    svg = svg.replace("xlink:href=", "href=").replace(' href="#', f' href="#{name}-').replace("url(#", f"url(#{name}-")
    svg = svg.replace(' id="', f' id="{name}-')
    svg = re.sub(r" font-family: [^;\"]*;", "", svg)
    for stand_in, colour in _COLOURS.items():
        svg = svg.replace(stand_in, f"var(--{colour})")
    return svg
