"""The ladder of modal words: which words bind how much, and which only look like one."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.modals import ladder, modals, telling

# text, (words, kind) found in it
FOUND = [
    ("不得突破学历要求。", [("不得", "prohibition")]),
    ("严禁收取费用，禁止摊派", [("严禁", "prohibition"), ("禁止", "prohibition")]),
    ("招聘单位应当公开，必须公示", [("应当", "duty"), ("必须", "duty")]),
    ("应具有大专学历", [("应", "duty")]),
    ("一般应具有大专学历", [("一般应", "soft_duty")]),
    ("原则上适用于县级及以下", [("原则上", "soft_duty")]),
    ("可直接申报", [("可", "permission")]),
    ("可以减半，允许跨县参加", [("可以", "permission"), ("允许", "permission")]),
    ("不允许跨县参加", [("不允许", "prohibition")]),
    ("对论文不作硬性要求", [("不作硬性要求", "release")]),
    ("不受任职年限、职务级别限制", [("不受任职年限、职务级别限制", "release")]),
    ("不受干扰。不设限制", [("不设", "release")]),  # the gap does not cross a mark
    ("不再单独倾斜", [("不再", "release")]),
    ("鼓励并支持返乡", [("鼓励", "encouragement"), ("支持", "encouragement")]),
    ("不作統一要求", [("不作統一要求", "release")]),  # traditional characters
    ("相应岗位、主要任务、许可证、可持续发展", []),
    ("应用技术、应届毕业生、重要要求", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_modal_words_are_found_longest_first(text, expected):
    assert [(modal.text, modal.kind) for modal in modals(text)] == expected


def test_the_ladder_goes_from_prohibition_to_encouragement():
    ranks = {step.kind: step.rank for step in ladder().steps}
    order = ["prohibition", "duty", "soft_duty", "permission", "encouragement"]
    assert sorted(order, key=lambda kind: ranks[kind]) == order
    assert ranks["release"] == ranks["permission"]
    assert [step.rank for step in ladder().steps] == sorted(ranks.values())
    assert {modal.rank for modal in modals("不得")} == {ranks["prohibition"]}


def test_no_word_stands_twice():
    held = [word for step in ladder().steps for word in step.words] + list(ladder().plain)
    assert len(held) == len(set(held))
    assert set(telling().core) <= {step.kind for step in ladder().steps}


def test_the_lists_of_the_file_are_sorted():
    import tomllib

    data = tomllib.loads(files("search").joinpath("modals.toml").read_text(encoding="utf-8"))
    lists = [step["words"] for step in data["step"]]
    lists += [data["plain"]["words"], data["decisive"]["exception"], data["decisive"]["privilege"]]
    assert all(words == sorted(words) for words in lists)


@given(st.text("不得应当可以受限制作要求相严禁鼓励，。 （）", max_size=40))
def test_each_is_a_slice_and_they_do_not_overlap(text):
    found = modals(text)
    assert all(text[m.start : m.end] == m.text != "" for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
