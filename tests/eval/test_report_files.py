from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from made_report import CASES, EVIL, made_run, rankings_alone, write_made
from rich.console import Console

from corpus.errors import PolicyError
from eval.against import compare_runs
from eval.measures import measure
from eval.report import as_json, print_report
from eval.report.charts import Series
from eval.report.latency import read_latency
from eval.report.templating import markdown


@pytest.fixture
def html(tmp_path):
    return write_made(tmp_path)[1].read_text(encoding="utf-8")


@pytest.fixture
def written(tmp_path):
    return write_made(tmp_path)[0].read_text(encoding="utf-8")


def printed(made, *, compared=False):
    suite, run = made
    console = Console(file=StringIO(), width=160)
    comparison = compare_runs(suite, run, "lexical", run, "hybrid") if compared else None
    print_report(suite, run, measure(suite, run), console, comparison)
    return console.file.getvalue()


def row_of(html, query_id):
    return next(row for row in re.findall(r"<tr data-type.*?</tr>", html, re.DOTALL) if f">{query_id}<" in row)


def test_the_terminal_shows_each_system_and_the_nos():
    shown = printed(made_run())
    assert re.search(r"hit@1.*hit@3.*MRR.*nDCG@10.*R@10", shown)
    assert re.search(r"hybrid\D+0\.600", shown)  # right, partly and wrong_quote, of five with gold
    assert re.search(r"能答却说“没有”（越低越好）\W+0\.200\W+1/5", shown)
    assert re.search(r"话题在、细节无\W+1\.000\W+1/1", shown)
    assert re.search(r"引文与原文一字不差（应当全部）\W+1\.000", shown)


def test_the_terminal_shows_rankings_alone_without_answers():
    shown = printed(rankings_alone())
    assert "hybrid" in shown
    assert "能答却说" not in shown


def test_the_terminal_names_what_a_comparison_won_and_lost():
    shown = printed(made_run(), compared=True)
    assert "比较：lexical → hybrid" in shown
    assert re.search(r"赢了 right 补贴多少：county/1.* → city/1", shown)


def test_json_holds_figures_and_every_question():
    suite, run = made_run()
    record = json.loads(json.dumps(as_json(suite, run, measure(suite, run)), ensure_ascii=False))
    assert record["retrieval"]["hybrid"]["hit@1"] == 0.6
    assert record["answers"]["needless_no"] == {"count": 1, "total": 5, "value": 0.2}
    held = {question["id"]: question for question in record["questions"]}
    assert set(held) == set(CASES)
    assert held["wrong_clause"]["verdict"] == "wrong_clause"
    assert held["wrong_clause"]["systems"]["hybrid"] == {"rank": 2, "top": ["city/1", "city/2", "city/3"]}
    assert record["info"]["corpus"] == "c0ffee"


@pytest.mark.parametrize("made", [made_run, rankings_alone])
def test_the_same_run_gives_the_same_bytes(made, tmp_path):
    first, again = write_made(tmp_path / "a", made()), write_made(tmp_path / "b", made())
    assert [path.name for path in first] == ["report.md", "report.html"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes(seed, tmp_path):
    # The order of sets differs from process to process.
    script = "import sys; from pathlib import Path; from made_report import write_made; write_made(Path(sys.argv[1]))"
    tests = Path(__file__).parents[1]
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{tests.parent}{os.pathsep}{tests}"}
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "there")], env=environment, check=True)
    for path in write_made(tmp_path / "here"):
        assert path.read_bytes() == (tmp_path / "there" / path.name).read_bytes()


def test_the_page_names_nothing_outside_itself(html):
    assert not re.search(r"https?:|@import|\burl\((?!#)|<link|<iframe|\bsrc=(?!x)", html)
    assert "default-src 'none'" in html
    assert html.count("<script>") == 1


def test_words_of_the_suite_are_escaped_everywhere(html, written):
    assert EVIL not in html
    assert EVIL not in written
    assert "&lt;script&gt;window.pwned" in html
    assert "&lt;img src=x" in written


def test_a_question_is_shown_with_its_ranks_gold_and_verdict(html):
    row = row_of(html, "wrong_clause")
    assert 'data-verdict="wrong_clause"' in row
    assert "条文不对" in row
    assert "词 2 · 字 3 · 义 7" in row
    assert "「发放乡镇工作补贴」" in row
    assert "（二） 提高工资" in row  # the clause by name
    assert '<p class="history">补贴多少</p>' in row_of(html, "wrong_quote")
    assert "旁证" in row_of(html, "needless_no")


def test_a_clause_named_can_be_read_on_the_page(html):
    assert 'id="c-city/1"' in html
    assert "补贴每月不低于300元，满5年后提高。" in html


def test_without_the_texts_clauses_are_shown_by_id(tmp_path):
    html = write_made(tmp_path, documents=())[1].read_text(encoding="utf-8")
    assert 'href="#c-' not in html
    assert "city/2" in row_of(html, "wrong_clause")


def test_the_page_says_what_gave_it_and_what_it_is_compared_with(html):
    for words in ("c0ffee", "fusion.words", "numpy", "比较：lexical → hybrid", "输赢的问题"):
        assert words in html


def test_rankings_alone_make_a_page_without_answers(tmp_path):
    html = write_made(tmp_path, rankings_alone())[1].read_text(encoding="utf-8")
    assert "不在第一" in html
    assert "答还是不答" not in html


def test_charts_show_intervals_curve_reliability_and_statuses(html):
    for title in ("Success@1", "答还是不答", "把握可信吗", "四种答复"):
        assert f"<figcaption>{title}</figcaption>" in html
    assert "现用门槛 0.500" in html
    assert "速度" not in html


def timed(name, milliseconds):
    return {"name": name, "timing": {"questions": 9, "p50_ms": milliseconds, "p95_ms": 99}}


def test_speed_is_drawn_where_its_figures_are_given(tmp_path):
    bench = tmp_path / "bench.json"
    sizes = [
        {
            "clauses": 55_000,
            "build_s": 9,
            "ways": [timed("ask", 11), timed("lexical", 9)],
            "scorers": [timed("ours", 3)],
        },
        {"clauses": 1_000, "ways": [timed("ask", 2)], "scorers": [timed("ours", 1), timed("rank-bm25", 8)]},
    ]
    bench.write_text(json.dumps({"machine": {}, "sizes": sizes}), encoding="utf-8")
    assert read_latency(bench) == (
        Series("提问", (1_000, 55_000), (2, 11)),
        Series("本程序，只算 BM25", (1_000, 55_000), (1, 3)),
        Series("rank-bm25", (1_000,), (8,)),
    )
    html = write_made(tmp_path, bench=bench)[1].read_text(encoding="utf-8")
    assert "<figcaption>速度</figcaption>" in html
    assert "5.5 万" in html


@pytest.mark.parametrize("content", ["{", '{"speed": []}', None])
def test_figures_of_speed_that_cannot_be_read_are_told(content, tmp_path):
    bench = tmp_path / "bench.json"
    if content is not None:
        bench.write_text(content, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"bench\.json"):
        write_made(tmp_path / "report", bench=bench)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PolicyError, match="写不进"):
        write_made(tmp_path / "file" / "report")


def test_markdown_has_a_whole_line_for_each_question_gone_wrong(written):
    head, rows = written.split("没有答对的")
    assert "| hybrid | 0.600（" in head
    held = [line for line in rows.splitlines() if line.startswith("| ")]
    assert [line.split(" | ")[0].strip("| ") for line in held[1:]] == [
        "missed\\_no", "wrong\\_clause", "needless\\_no", "wrong\\_no", "partly", "wrong\\_quote",
    ]  # fmt: skip
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in held} == {8}


def test_markdown_tables_are_tables(written):
    for block in written.split("\n\n"):
        lines = block.strip().splitlines()
        if lines and lines[0].startswith("|"):
            assert re.fullmatch(r"\|(?:-+:?\|)+", lines[1])
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1, block


def test_markdown_takes_characters_for_themselves():
    assert markdown("a|b\n*c* <i>&") == "a\\|b \\*c\\* &lt;i>&amp;"
