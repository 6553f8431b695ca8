"""The weighing of signals: named on both sides, readable, and true to the reason."""

from __future__ import annotations

from rules import pair

from search.compare.counterparts import counterparts
from search.compare.meaning import meaning
from search.compare.signals import AGAINST, EVIDENCE, JUDGED, SIDES, signals
from search.compare.weighing import TABLES, score, shipped, verdict

ALIKE = ("对种粮大户每亩补贴120元", "对种粮大户每亩补贴100元")


def found(of, to):
    rules = pair(of, to)
    return signals(*rules, meaning(*rules))


def test_every_signal_has_a_weight_and_every_weight_a_signal():
    held = found(*ALIKE)
    for label in JUDGED:
        assert set(held.values[label]) == set(shipped()[TABLES[label]])


def test_evidence_speaks_for_its_label_and_against_speaks_against():
    for label in JUDGED:
        weights = shipped()[TABLES[label]]
        assert all(weights[name] > 0 for name in EVIDENCE[label])
        assert all(weights[name] <= 0 for name in AGAINST[TABLES[label]])


def test_both_sides_are_weighed_alike():
    there, back = found(*ALIKE), found(*reversed(ALIKE))
    assert verdict(there).label == "更宽"
    assert verdict(back).label == "更严"
    for label, other in SIDES.items():
        assert abs(score(there, label, shipped()) - score(back, other, shipped())) < 1e-6


def test_no_side_without_a_test_that_pulls_there():
    # whatever the weights, 更严 needs a reason
    held = found("加强宣传引导", "做好宣传引导")
    eager = {table: dict.fromkeys(weights, 9.0 if table == "sided" else 0.0) for table, weights in shipped().items()}
    assert verdict(held, eager).label not in SIDES


def test_nothing_of_substance_may_be_left_open_in_what_is_the_same():
    # whatever the weights, a limit dropped is no other wording
    held = found("对首次创业者给予补贴", "对首次创业者给予补贴，最高5000元")
    eager = {table: dict.fromkeys(weights, 9.0 if table == "same" else 0.0) for table, weights in shipped().items()}
    assert not held.allows("一致")
    assert verdict(held, eager).label != "一致"


def test_words_that_whole_texts_say_all_over_count_less():
    of, to = "基层人才可提前晋升岗位", "基层人才可提前休假疗养"
    alone = counterparts(of, to)
    within = counterparts(of, to, ("基层人才工作。" * 20, "基层人才队伍。" * 20))
    assert within.cover_of < alone.cover_of


def test_the_pulls_of_a_verdict_are_of_its_label():
    weighed = verdict(found(*ALIKE))
    assert [pull.reason for pull in weighed.pulls] == ["“100元”变为“120元”：提高，更为宽松"]


def test_without_a_measure_of_meaning_shared_words_stand_for_it():
    rules = pair("证件丢失的可以补发", "证件遗失的可以补领")
    assert 0 < signals(*rules).values["一致"]["near"] <= 1
    assert verdict(signals(*rules)).label == "一致"
