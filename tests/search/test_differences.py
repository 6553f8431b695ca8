"""What is said of two rules: the label, the reason in words, and words of both texts.

How far the rules carry was measured on made-up pairs of fields that they were not written for, labels set before any
run (`differences-fresh.tsv`), with readers' development points beside them:

====================================  =====  ===========  =====
                                      pairs  words alone  now
====================================  =====  ===========  =====
先: seen before the bound was chosen  60     0.650        0.817
后: written after it was chosen       40     0.525        0.750
末: written when all was done         24     0.625        0.833
points of three-texts, dev            66     0.924        0.955
====================================  =====  ===========  =====

Unseen are the figures of 末, and 0.675 of 后, taken before bodies were asked and two directions were weighed by
meaning too. Many of 后 are meant to mislead: one topic, other deeds, or one deed in hardly a common word.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules import pair

from search.compare.differences import difference
from search.compare.meaning import meaning
from search.compare.model import LABELS

DATA = Path(__file__).parent / "data"


def read_pairs(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


PAIRS, FRESH = read_pairs("differences.tsv"), read_pairs("differences-fresh.tsv")

# of, to, label, words of the reason
REASONS = [
    ("学习不少于90学时", "每年学习不低于 90 学时", "一致", "“不少于90学时”对“不低于 90 学时”：要求相同"),
    ("单位应当公示", "单位可公示", "更严", "“可”变为“应当”：要求更强"),
    ("对论文不作硬性要求", "对论文应有要求", "更宽", "不作硬性要求"),  # a release, not a ban
    ("服务满5年的可以转聘", "服务满3年的可以转聘", "更严", "“满3年”变为“满5年”：数额提高，要求更严"),
    ("年龄放宽至40周岁及以下", "年龄放宽至35周岁及以下", "更宽", "数额提高，更为宽松"),
    ("每门低于5分以内的可以录用", "每门低于3分以内的可以录用", "更宽", "“低于5分以内”"),
    ("十年可享受补贴", "10年可享受补贴", "一致", "要求相同"),
    ("县级及以下单位可申请补贴", "乡镇单位可申请补贴", "更宽", "“乡镇”变为“县级及以下”：范围更大"),
    ("医疗卫生专业除外，毕业生可直接报名", "毕业生可直接报名", "更严", "把一部分除外"),
    ("范围为沙坪坝区、渝北区、巴南区", "各地可根据实际情况确定范围", "细化", "列出3个地方"),
    ("各区县要加强宣传工作", "各地应加强宣传。", "一致", "不影响实质"),
    ("服务满5年，可以补贴200元", "服务满3年，可以补贴100元", "不同", "两头都有"),  # a mixture names both ways
]


@pytest.mark.parametrize(("of", "to", "label", "words"), REASONS)
def test_the_reason_names_the_words(of, to, label, words):
    found = difference(*pair(of, to))
    assert found.label == label
    assert words in found.reason


@pytest.mark.parametrize(("half", "field", "of", "to", "label", "alt", "missed"), [*PAIRS, *FRESH])
def test_rules_of_other_fields(half, field, of, to, label, alt, missed):
    # A pair that is known to be misjudged says so in its last cell.
    rules = pair(of, to)
    found = difference(*rules, meaning(*rules)).label
    assert found == missed if missed else found in (label, *alt.split(","))


def test_the_pairs_are_many_and_few_are_missed():
    halves = Counter(half for half, *_ in PAIRS)
    assert min(halves.values()) >= 60
    assert sum(bool(row[-1]) for row in PAIRS) <= 0.06 * len(PAIRS)
    assert {row[4] for row in PAIRS} == {"一致", "细化", "更严", "更宽", "不同"}


def test_the_fresh_pairs_are_missed_no_more_often_than_measured():
    missed = Counter(row[0] for row in FRESH if row[-1])
    assert Counter(row[0] for row in FRESH) == {"先": 60, "后": 40, "末": 24}
    assert all(missed[half] <= most for half, most in {"先": 11, "后": 10, "末": 4}.items())


# of, to, label, words of the reason; by meaning
MEANT = [
    ("养老机构应当与入住老人签订服务协议", "养老机构接收老年人入住，双方须订立书面的服务合同", "一致", "意思相同"),
    ("推广节水灌溉技术", "推广测土配方施肥技术", "不同", "各有各的做法"),  # one frame, other items
    ("课题由同行专家评议", "研究项目完成后由第三方机构出具报告", "不同", "“由同行专家评议”对“由第三方机构出具报告”"),
    ("学员可自主选择考试时间和考场", "考试时间与考场必须由学员自行决定", "更宽", "“必须”变为“可”"),  # force goes before
]


@pytest.mark.parametrize(("of", "to", "label", "words"), MEANT)
def test_other_words_for_one_rule_are_known_by_their_meaning(of, to, label, words):
    rules = pair(of, to)
    found = difference(*rules, meaning(*rules))
    assert found.label == label
    assert words in found.reason


def test_without_a_measure_of_meaning_other_words_are_another_rule():
    of, to, *_ = MEANT[0]
    assert difference(*pair(of, to)).label == "不同"


def test_blanks_and_line_breaks_have_no_meaning():
    spaced, plain = pair("应当 签订\n协议", "应当签订协议")
    assert meaning(spaced, plain) == pytest.approx(1)


@given(
    st.text("应可不得给予补贴元满年三10、，。的人才员单位除外 ", max_size=30),
    st.text("应可不得给予补贴元满年三10、，。的人才员单位除外 ", max_size=30),
)
def test_the_evidence_is_verbatim_and_of_both_texts(of, to):
    rules = pair(of, to)
    found = difference(*rules)
    assert found.label in LABELS[:5]
    assert found.reason.endswith("。")
    assert {each.doc_id for each in found.evidence} == {"of", "to"}
    for each in found.evidence:
        rule = next(rule for rule in rules if rule.document.doc_id == each.doc_id)
        assert rule.span.start <= each.words.start <= each.words.end <= rule.span.end
        assert rule.document.text[each.words.start : each.words.end] == each.words.text


@given(st.text("应可不得给予补贴元满年三10、，。的人才员单位除外 ", max_size=30))
def test_a_rule_does_not_differ_from_itself(text):
    assert difference(*pair(text, text)).label == "一致"
