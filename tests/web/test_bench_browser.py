"""Waits measured in a browser."""

from __future__ import annotations

from eval.bench.browser import browser_figures


def test_waits_are_measured_until_the_answer_is_shown(browser, real_server):
    page = browser.new_page(locale="zh-CN")
    asked = ["每年的继续教育要学满多少学时？", "成都的补贴有多少？", "食堂几点开饭"]
    figures = list(browser_figures(page, real_server[0], asked, lambda: 1.5))
    assert [(figure.unit, figure.target) for figure in figures] == [
        ("秒", 3.0), ("秒", 3.0), ("毫秒", None), ("毫秒", 300.0)
    ]  # fmt: skip
    assert figures[0].value == 1.5
    assert all(figure.value > 0 for figure in figures)
    assert "2 问" in figures[-1].note
    page.close()


def test_without_a_browser_it_is_said_that_nothing_was_measured():
    figures = list(browser_figures(None, "", ["问"], lambda: 0.0))
    assert [figure.value for figure in figures] == [None, None]
    assert all("Chromium" in figure.note for figure in figures)
