"""Plain ↔ official terms and mistypings, read from the project and from a corpus of its own."""

import pytest

from corpus import CorpusError
from corpus.load import DEFAULT_CORPUS
from corpus.terms import read_homophones, read_terms


def test_the_shipped_pairs_are_sorted_and_unique():
    for name in ("terms.tsv", "homophones.tsv"):
        lines = [x for x in (DEFAULT_CORPUS / name).read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
        assert lines == sorted(set(lines))


def test_the_shipped_pairs_are_many_and_weighed(tmp_path):
    terms = read_terms(tmp_path)
    assert len({(t.plain, t.official) for t in terms}) >= 800
    assert all(0 < t.weight <= 1 and t.plain != t.official for t in terms)
    assert len(read_homophones(tmp_path)) >= 80


def test_a_corpus_adds_its_own(tmp_path):
    (tmp_path / "terms.tsv").write_text("# 说明\n山货钱\t林下经济补贴\t0.9\n", encoding="utf-8")
    (tmp_path / "homophones.tsv").write_text("林下经计\t林下经济\n", encoding="utf-8")
    assert ("山货钱", "林下经济补贴", 0.9) in [(t.plain, t.official, t.weight) for t in read_terms(tmp_path)]
    assert read_homophones(tmp_path)["林下经计"] == "林下经济"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("terms.tsv", "山货钱\t林下经济补贴"),  # no weight
        ("terms.tsv", "山货钱\t林下经济补贴\t很像"),  # no number
        ("terms.tsv", "山货钱\t林下经济补贴\t1.5"),  # above 1
        ("terms.tsv", "\t林下经济补贴\t0.5"),  # no plain word
        ("homophones.tsv", "林下经计"),  # no right spelling
    ],
)
def test_a_line_that_does_not_fit_is_named(tmp_path, name, line):
    (tmp_path / name).write_text(f"# 说明\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="第 2 行"):
        read_terms(tmp_path) if name == "terms.tsv" else read_homophones(tmp_path)
