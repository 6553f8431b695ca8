"""Two rules word by word: each word once, verbatim, and what is of substance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rules import pair

from corpus.model import Span
from search import open_engine
from search.compare.insubstantial import words_of
from search.compare.redline import redline, runs
from search.compare.rule import Rule


def told(of, to):
    pieces = redline(*pair(of, to))
    return [(p.change, (p.of or p.to).text, p.is_substantive) for p in pieces]


def test_what_is_kept_added_and_removed():
    assert told("每月补贴三百元，优先聘用", "每月补贴100元") == [
        ("kept", "每月补贴", False),
        ("removed", "100元", True),
        ("added", "三百元，优先聘用", True),
    ]


def test_other_words_for_the_same_are_kept():
    # 人员/人才, numerals, modal words of one step, punctuation
    of, to = "专业技术人才可以进修，满十年。", "专业技术人员可进修满10年"
    assert {change for change, _, _ in told(of, to)} == {"kept"}
    (piece,) = redline(*pair(of, to))
    assert (piece.of.text, piece.to.text) == ("专业技术人才可以进修，满十年", to)


def test_small_words_and_order_are_not_of_substance():
    assert not any(matters for _, _, matters in told("进一步做好宣传", "做好宣传工作"))
    assert not any(matters for _, _, matters in told("教案、病历", "病历、教案"))


@given(
    st.text("应可不得满三年10元、，。 補贴人才员", max_size=30),
    st.text("应可不得满三年10元、，。 補贴人才员", max_size=30),
)
def test_every_word_is_in_one_piece(of, to):
    rules = pair(of, to)
    pieces = redline(*rules)
    for rule, quotes in zip(rules, ([p.of for p in pieces if p.of], [p.to for p in pieces if p.to]), strict=True):
        words = words_of(rule.text)
        spans = [(quote.start - rule.span.start, quote.end - rule.span.start) for quote in quotes]
        assert all(quote.text == rule.document.text[quote.start : quote.end] for quote in quotes)
        assert all(sum(start <= word.start and word.end <= end for start, end in spans) == 1 for word in words)


def both(found):
    """The two rules as they can be read out of the runs: without what is removed, without what is added."""
    return tuple("".join(run.quote.text for run in found if run.change != change) for change in ("removed", "added"))


def test_runs_tell_the_rules_to_the_character():
    found = runs(*pair("人才可以进修、满十年。", "人员可进修，满10年"))
    assert [(run.change, run.quote.text) for run in found if run.change != "kept"] == [
        ("removed", "人员"),
        ("added", "人才"),
        ("removed", "可"),
        ("added", "可以"),
        ("removed", "，"),
        ("added", "、"),
        ("removed", "满10年"),
        ("added", "满十年"),
        ("added", "。"),
    ]
    assert not any(run.is_substantive for run in found)


def test_a_mark_goes_with_the_words_that_it_parts():
    found = runs(*pair("医院、学校、文化单位等", "医院、学校等"))
    assert [(run.change, run.quote.text, run.is_substantive) for run in found] == [
        ("kept", "医院、学校", False),
        ("added", "、文化单位", True),
        ("kept", "等", False),
    ]


@given(
    st.text("应可不得满三年10元、，。 補贴人才员", max_size=30),
    st.text("应可不得满三年10元、，。 補贴人才员", max_size=30),
)
def test_both_rules_can_be_read_out_of_their_runs(of, to):
    found = runs(*pair(of, to))
    assert both(found) == (of, to)
    assert all(run.is_substantive is False for run in found if run.change == "kept")


def test_so_can_all_joined_rules_of_the_shipped_texts_and_of_others(clinics):
    compared = 0
    for engine in (open_engine(), clinics):
        held = engine.index.document_of
        points = [point for matter in engine.compare_whole().matters for point in matter.comparison.points]
        for point in points:
            for relation in point.relations:
                cells = point.cells[relation.of], point.cells[relation.to]
                if None in cells:
                    continue
                rules = [Rule(held[c.doc_id], Span(c.quote.start, c.quote.end), c.quote.text) for c in cells]
                found = runs(*rules)
                assert both(found) == tuple(cell.quote.text for cell in cells)
                compared += 1
                for run in found:
                    text = rules[run.change == "removed"].document.text
                    assert text[run.quote.start : run.quote.end] == run.quote.text
    assert compared
