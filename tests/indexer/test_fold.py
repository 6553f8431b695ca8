from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.fold import fold, fold_map

CASES = [
    # full-width digits, letters and punctuation
    ("２０１６年ＡＢＣ，", "2016年abc,"),
    # every kind of bracket is one kind
    ("〔a〕﹝b﹞[c]【d】（e）(f)［g］", "(a)(b)(c)(d)(e)(f)(g)"),
    # blanks beside Han characters go, whatever their kind
    ("第 57　号\t文", "第57号文"),
    # a blank between Latin words or numbers holds them apart
    ("ICU  beds 2016 57", "icu beds 2016 57"),
    # a line break stays one line break
    ("职称\r\n \n评审", "职称\n评审"),
    # nothing is left of blanks at the ends
    (" \n职称 ", "职称"),
    # traditional characters, one by one
    ("鄉鎮衛生院職稱評審", "乡镇卫生院职称评审"),
    # a character that is simplified in two steps
    ("薴", "苎"),
    # numbers in one character
    ("㈠①Ⅳ", "(一)1iv"),
    # controls, zero-width marks, variation selectors and lone surrogates
    ("职\x00称\u200b评\ufe0f审\ud800", "职称评审"),
    # emoji are kept, they match themselves
    ("👍", "👍"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "folded"), CASES)
def test_fold(text, folded):
    assert fold(text) == folded


def test_marks_a_match_in_the_text_as_received():
    received = "依据 人社部发﹝２０１６﹞ 57 号 文"
    folded, offsets = fold_map(received)
    start = folded.index("(2016)57号")
    assert received[offsets[start] : offsets[start + len("(2016)57号") - 1] + 1] == "﹝２０１６﹞ 57 号"


def test_every_character_folds_to_something_folded():
    for start in range(0, 0x110000, 256):
        folded = fold("。".join(map(chr, range(start, start + 256))))
        assert fold(folded) == folded, hex(start)


@settings(deadline=None)
@given(st.text(st.characters()) | st.text(" \n\u3000A1第（﹝\u200b"))
def test_fold_and_fold_map_agree_on_any_text(text):
    folded, offsets = fold_map(text)
    assert folded == fold(text)
    assert fold(folded) == folded
    assert len(offsets) == len(folded)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)
    folded.encode()
