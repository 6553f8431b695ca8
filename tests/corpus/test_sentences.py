"""Sentences of a paragraph: ends, quotes, brackets."""

import pytest

from corpus.sentences import paragraphs, sentences


def cut(text):
    return [text[span.start : span.end] for span in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("坚持德才兼备。克服唯学历倾向。", ["坚持德才兼备。", "克服唯学历倾向。"]),
        ("没有句号的一行", ["没有句号的一行"]),  # a heading, an address, a name
        ("第一句。第二句没有句号", ["第一句。", "第二句没有句号"]),
        ("怎么办？大家一起办！好。", ["怎么办？", "大家一起办！", "好。"]),
        ("真的吗？！当然！！！是。", ["真的吗？！", "当然！！！", "是。"]),  # a run of marks ends one sentence
        ("Really? Yes! 好。", ["Really?", "Yes!", "好。"]),  # half-width marks; the blanks fall between
        ("甲、乙、丙……都可以。完。", ["甲、乙、丙……都可以。", "完。"]),  # an ellipsis goes on
        ("比例不低于1.5%。其他按3.2.1执行。", ["比例不低于1.5%。", "其他按3.2.1执行。"]),  # decimals
        ("1.问题导向。针对问题。", ["1.问题导向。", "针对问题。"]),  # the dot of a numeral is no end
        ("符合条件的；不符合条件的，不予受理。", ["符合条件的；不符合条件的，不予受理。"]),  # ； is inside a sentence
        ("解决“招人难”问题。继续。", ["解决“招人难”问题。", "继续。"]),
        ("坚持“先批后建。先建后补。”的原则。完。", ["坚持“先批后建。先建后补。”的原则。", "完。"]),  # quoted rules
        ("实行“谁来干？怎么干？”清单管理。", ["实行“谁来干？怎么干？”清单管理。"]),
        ("他说：“好。不好！”大家同意。", ["他说：“好。不好！”", "大家同意。"]),  # a speech that ends its sentence
        ("要做到“能简必简”。压实责任。", ["要做到“能简必简”。", "压实责任。"]),
        ("申报（同年度不能同时申报。下同）职称。完。", ["申报（同年度不能同时申报。下同）职称。", "完。"]),
        ("申报(见附件1。下同)职称。完。", ["申报(见附件1。下同)职称。", "完。"]),  # half-width brackets
        ("按《关于甲。乙的通知》执行。完。", ["按《关于甲。乙的通知》执行。", "完。"]),
        ("“甲（乙。丙）丁。戊”己。庚。", ["“甲（乙。丙）丁。戊”己。", "庚。"]),  # nested
        ("（未闭合。第二句。", ["（未闭合。", "第二句。"]),  # an unclosed bracket holds nothing back
        ("“未闭合。第二句。", ["“未闭合。", "第二句。"]),
        ("多余的）。第二句。", ["多余的）。", "第二句。"]),  # a bracket that never opened
        ("甲（乙“丙）丁。戊”己。", ["甲（乙“丙）丁。", "戊”己。"]),  # crossed marks: the outer pair wins
        ("负责落实。（人社局负责）完成。", ["负责落实。", "（人社局负责）完成。"]),
        ("　　缩进的一句。  另一句。 ", ["缩进的一句。", "另一句。"]),
        ("。", ["。"]),
        ("。。。甲。", ["。。。", "甲。"]),
        ("", []),
        ("   ", []),
        ("😀好。😀", ["😀好。", "😀"]),
    ],
)
def test_sentences_of_a_paragraph(text, expected):
    assert cut(text) == expected


def test_sentences_of_a_stretch_do_not_look_outside_it():
    text = "（甲。乙。丙）丁。"
    assert [text[span.start : span.end] for span in sentences(text, 0, 5)] == ["（甲。", "乙。"]


def test_paragraphs_leave_out_empty_ones():
    text = "甲。\n\n 　\n乙。丙"
    assert [(span.start, span.end) for span in paragraphs(text, 0, len(text))] == [(0, 2), (7, 10)]


def test_paragraphs_of_a_stretch():
    text = "甲。\n乙。\n丙。"
    assert [text[span.start : span.end] for span in paragraphs(text, 1, 5)] == ["。", "乙。"]
