"""Two rules word by word: each word once, verbatim, and what is of substance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rules import pair

from search.compare.insubstantial import words_of
from search.compare.redline import redline


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
