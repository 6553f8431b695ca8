"""Numerals as policy texts write them."""

import pytest

from corpus.numerals import to_int, year


@pytest.mark.parametrize(
    ("numeral", "expected"),
    [
        ("一", 1),
        ("十二", 12),
        ("二十一", 21),
        ("一百零三", 103),
        ("一千二百六十", 1260),  # the last articles of a civil code
        ("〇", 0),
        ("零", 0),
        ("廿三", 23),
        ("卅一", 31),
        ("12", 12),
        ("１２", 12),  # full-width
        ("㈠", 1),
        ("⑴", 1),
        ("①", 1),
        ("Ⅱ", 2),  # a roman numeral in one character
        ("（三）", 3),  # the brackets of a marker may stay on
        ("甲", None),
        ("", None),
        ("十十", None),  # not well formed
        ("百", None),
        ("一点五", None),  # cn2an alone reads these three
        ("负一", None),
        ("3十", None),
        ("½", None),
        ("9" * 5000, None),  # longer than int() takes
    ],
)
def test_to_int(numeral, expected):
    assert to_int(numeral) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇二一", 2021),  # U+3007
        ("二○○四", 2004),  # U+25CB
        ("二零一八", 2018),
        ("二ＯＯ四", 2004),  # letters O
        ("２０１６", 2016),
        ("2 016", 2016),  # a blank from typesetting
        ("二十", None),
        ("3016", None),
    ],
)
def test_year(text, expected):
    assert year(text) == expected
