"""Paragraphs (款) addressed by #n."""

import pytest
from soundness import parse_bytes

from corpus.paragraphs import paragraph_of

TEXT = (
    "某市图书馆管理办法\n第一条 甲馆应当开放。\n周末也应当开放。\n"
    "第二条 读者应当爱护图书。\n第三条 本办法自公布之日起施行。\n"
)
NOTICE = (
    "关于做好工作的通知\n各县：\n现通知如下：\n一、主要任务\n开展排查，建立台账。\n"
    "限期整改，逐一销号。\n二、其他\n做好宣传。\n"
)


@pytest.mark.parametrize(
    ("text", "clause_id", "number", "expected"),
    [
        (TEXT, "made/1", 1, "第一条 甲馆应当开放。"),
        (TEXT, "made/1", 2, "周末也应当开放。"),
        (TEXT, "made/1", 3, None),  # there are two
        (TEXT, "made/1", 0, None),  # counted from 1
        (TEXT, "made/2", 1, "第二条 读者应当爱护图书。"),
        (NOTICE, "made/1", 2, "限期整改，逐一销号。"),  # the heading line is no paragraph
    ],
)
def test_paragraph(tmp_path, text, clause_id, number, expected):
    data = text.encode()
    document = parse_bytes(tmp_path, data)
    paragraph = paragraph_of(document, document.by_id[clause_id], number)
    if expected is None:
        assert paragraph is None
        return
    assert paragraph.text == document.text[paragraph.start : paragraph.end] == expected
    assert b"".join(data[a:b] for a, b in paragraph.raw).decode() == expected
    assert paragraph.clause_id == f"{clause_id}#{number}"
