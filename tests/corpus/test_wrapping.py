"""However a text is set, it gives the same clauses with the same words: wrapped, indented, double-spaced, paged."""

from pathlib import Path

import pytest
from soundness import parse_bytes, squeeze
from wrapping import Setting, set_text, wrap

from corpus import DEFAULT_CORPUS

MADE = Path(__file__).parent / "made"
TEXTS = {
    path.name: path
    for folder in (MADE, DEFAULT_CORPUS / "texts")
    for path in sorted(folder.iterdir())
    if path.suffix in {".txt", ".md"} and path.stem != "README"
}
NUMBER = ("- {} -",)
SELECTION = "青山局规范性文件选编"
HEAD = (SELECTION, "- {} -")
FOOT = ("第 {} 页", "", SELECTION)
TWO_BLANKS = "\u3000\u3000"
SETTINGS = {
    "indented": Setting(28, TWO_BLANKS),
    "indented, double-spaced": Setting(34, TWO_BLANKS, after_line=1),
    "indented, wide": Setting(40, TWO_BLANKS),
    "apart": Setting(28, after_paragraph=1),
    "apart, wide": Setting(40, after_paragraph=1),
    "page numbers": Setting(34, TWO_BLANKS, page=NUMBER),
    "page numbers, double-spaced": Setting(30, TWO_BLANKS, after_line=1, page=NUMBER),
    "running head": Setting(28, TWO_BLANKS, after_line=1, page=HEAD),
    "foot and head": Setting(34, after_paragraph=1, page=FOOT),
}
"""Ways in which the ends of paragraphs can still be told: by an indent or by an empty line."""


def outline(document):
    return {clause.clause_id: squeeze(clause.text) for clause in document.clauses}


@pytest.mark.parametrize(("name", "setting"), [(name, setting) for name in TEXTS for setting in SETTINGS])
def test_setting_changes_no_clause(tmp_path, name, setting):
    document = parse_bytes(tmp_path, TEXTS[name].read_bytes())
    text = set_text(document.text.split("\n"), SETTINGS[setting])
    if text.count(SELECTION) in {1, 2}:
        pytest.skip("a running head that comes once or twice cannot be told from a heading")
    assert outline(parse_bytes(tmp_path, text.encode())) == outline(document)


@pytest.mark.parametrize("name", TEXTS)
def test_clean_text_parses_to_itself(tmp_path, name):
    document = parse_bytes(tmp_path, TEXTS[name].read_bytes())
    assert outline(parse_bytes(tmp_path, document.text.encode())) == outline(document)


def test_wrap_breaks_as_a_word_processor_does():
    assert wrap("补贴标准为每月2020元，按月发放（含节日）。", 8, "　　") == [
        "　　补贴标准为每",
        "月2020元，按月发",
        "放（含节日）。",
    ]
