"""The parse of the three shipped texts, to the character, against files reviewed by eye."""

import difflib
import runpy
from pathlib import Path

import pytest
from soundness import assert_sound, squeeze

from corpus import DEFAULT_CORPUS, load_corpus

GOLDEN = Path(__file__).parents[1] / "golden"
golden_text = runpy.run_path(str(GOLDEN / "update.py"))["golden_text"]
NAMES = ("national", "chongqing", "liaocheng")


@pytest.fixture(scope="module")
def shipped():
    return load_corpus()


@pytest.mark.parametrize("name", NAMES)
def test_parse_equals_golden_file(shipped, name):
    expected = (GOLDEN / f"{name}.json").read_text(encoding="utf-8")
    changed = difflib.unified_diff(
        expected.splitlines(), golden_text(shipped.by_id[name]).splitlines(), "golden", "parsed", lineterm="", n=0
    )
    # 换一种解析结果之前先通读，再运行 python tests/golden/update.py
    assert "\n".join(changed) == ""


def test_every_shipped_text_has_a_golden_file(shipped):
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(shipped.by_id)


@pytest.mark.parametrize(
    ("name", "chapters", "clauses", "bodies", "others"),
    [
        ("national", 7, 20, 0, ["preface", "closing", "signature"]),
        ("chongqing", 8, 25, 0, ["cover", "preface", "closing"]),  # signed on the cover, not at its end
        ("liaocheng", 4, 10, 2, ["preface", "closing", "signature"]),  # 一、 and 二、 have no （一）
    ],
)
def test_counts(shipped, name, chapters, clauses, bodies, others):
    document = shipped.by_id[name]
    held = [clause for clause in document.clauses if clause.kind == "clause"]
    assert len(document.nodes) == chapters
    assert sum(1 for clause in held if clause.clause_id.count("/") == 2) == clauses
    assert sum(1 for clause in held if clause.clause_id.count("/") == 1) == bodies
    assert [clause.clause_id.split("/")[1] for clause in document.clauses if clause.kind != "clause"] == others


@pytest.mark.parametrize(
    ("name", "dropped"),
    [
        ("national", ["#", "##", "##", "###", "###", "##**", "**", "##**", "**", "##**", "**"]),
        ("chongqing", ["重庆市人力资源和社会保障局行政规范性文件重庆市人力资源和社会保障局发布-3-"]),
        ("liaocheng", []),
    ],
)
def test_only_marks_and_furniture_are_dropped(shipped, name, dropped):
    source = squeeze((DEFAULT_CORPUS / "texts" / f"{name}.txt").read_text(encoding="utf-8"))
    kept = squeeze(shipped.by_id[name].text)
    changes = difflib.SequenceMatcher(None, source, kept, autojunk=False).get_opcodes()
    assert [source[a:b] for tag, a, b, _, _ in changes if tag != "equal"] == dropped
    assert all(tag in {"equal", "delete"} for tag, *_ in changes)


@pytest.mark.parametrize("name", NAMES)
def test_shipped_parse_is_sound(shipped, name):
    assert_sound(shipped.by_id[name], (DEFAULT_CORPUS / "texts" / f"{name}.txt").read_bytes())
