"""Words of weight: a preference had or lost, a rule that is only tried or urged."""

from __future__ import annotations

import pytest
from rules import pair

from search.compare.steps import pull_of_maturity, pull_of_preference

# of, to, label, words of the reason
PREFERRED = [
    ("家庭可申请公租房", "家庭可优先申请公租房", "更严", "本方没有“优先”：少了照顾"),
    ("优先给予担保贷款", "给予担保贷款", "更宽", "本方说“优先”，对方没有：本方多了照顾"),
    ("同等条件下优先录用退役军人", "优先录用退役军人", "更严", "同等条件"),  # a limit to the preference
    ("重点支持山区发展旅游", "支持山区发展旅游", "更严", "重点支持"),
    ("应当检查加油站", "应当重点检查加油站", "更严", "重点检查"),  # of a burden, more have it
]


@pytest.mark.parametrize(("of", "to", "label", "words"), PREFERRED)
def test_a_preference_had_or_lost(of, to, label, words):
    found = pull_of_preference(*pair(of, to))
    assert found.label == label
    assert words in found.reason


def test_preference_in_other_words_is_none_lost():
    assert pull_of_preference(*pair("在用地上予以倾斜", "在用地上优先保障")) is None


# of, to, label, words of the reason
TRIED = [
    ("探索建立家庭病床制度", "建立家庭病床制度", "更宽", "本方还在“探索”"),
    ("健全村务公开制度", "鼓励建立村务公开制度", "更严", "对方还在“鼓励”"),
    ("试行积分落户补贴", "实行积分落户补贴", "更严", "本方还在“试行”"),  # of a gain, less is had
]


@pytest.mark.parametrize(("of", "to", "label", "words"), TRIED)
def test_what_is_tried_is_not_yet_laid_down(of, to, label, words):
    found = pull_of_maturity(*pair(of, to))
    assert found is not None
    assert words in found.reason
    assert found.label in {"更严", "更宽"}


@pytest.mark.parametrize(("of", "to"), [("试行分级管理", "探索分级管理"), ("健全制度", "建立制度"), ("水", "探索水")])
def test_two_steps_on_the_way_are_not_told_apart(of, to):
    assert pull_of_maturity(*pair(of, to)) is None
