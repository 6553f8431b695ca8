from __future__ import annotations

import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from eval.report.charts import (
    Bar,
    Series,
    confusion_chart,
    interval_chart,
    latency_chart,
    reliability_chart,
    threshold_chart,
)

LINES = (Series("甲", (0.0, 0.5, 1.0), (0.0, 0.2, 1.0)), Series("乙", (0.0, 0.5, 1.0), (1.0, 0.3, 0.0)))
CHARTS = {
    "intervals": lambda name: interval_chart(name, (Bar("lexical", 0.5, 0.4, 0.6), Bar("综合 $a$", 0.7, is_main=True))),
    "threshold": lambda name: threshold_chart(name, LINES, 0.7),
    "reliability": lambda name: reliability_chart(name, [(0.1, 0.2, 3), (0.9, 1.0, 30)]),
    "confusion": lambda name: confusion_chart(name, ("有规定", "未规定"), ("有规定", "未规定"), ((5, 1), (0, 0))),
    "latency": lambda name: latency_chart(name, (Series("甲", (1000.0, 55_000.0), (2.0, 90.0)),)),
}


@pytest.mark.parametrize("kind", CHARTS)
def test_the_same_values_give_the_same_drawing(kind):
    assert CHARTS[kind]("a") == CHARTS[kind]("a")


@pytest.mark.parametrize("kind", CHARTS)
def test_a_drawing_is_one_element_that_leans_on_nothing_outside(kind):
    svg = CHARTS[kind]("a")
    assert ET.fromstring(svg).tag == "svg"
    assert "http" not in svg
    assert "data:" not in svg
    assert "font-family" not in svg
    assert "<style" not in svg
    ids = re.findall(r' id="([^"]+)"', svg)
    assert all(each.startswith("a-") for each in ids)  # no two drawings of a page share an id
    assert set(re.findall(r"url\(#([^)]+)\)", svg) + re.findall(r'href="#([^"]+)"', svg)) <= set(ids)


@pytest.mark.parametrize("kind", CHARTS)
def test_colours_are_the_pages(kind):
    svg = CHARTS[kind]("a")
    assert "#0101" not in svg
    assert set(re.findall(r"(?:fill|stroke): ([^;\"]+)", svg)) <= {
        "none", "var(--ink)", "var(--soft)", "var(--line)", *(f"var(--c{i})" for i in range(1, 6)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("intervals", ["lexical", "综合 $a$", "0.700"]),
        ("threshold", ["现用门槛 0.700", "门槛"]),
        ("reliability", ["说出的把握"]),
        ("confusion", ["有规定", "5"]),
        ("latency", ["1000", "5.5 万", "毫秒/问"]),
    ],
)
def test_text_stays_text(kind, words):
    said = [element.text for element in ET.fromstring(CHARTS[kind]("a")).iter("text")]
    assert set(words) <= set(said)


def test_a_name_is_escaped():
    assert "<b>" not in interval_chart("a", (Bar("<b>x</b>", 0.5, 0.4, 0.6),))


def test_matplotlib_is_not_imported_before_a_chart_is_drawn():
    script = "import sys, eval.report; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
