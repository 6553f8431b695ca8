"""A sentence cut into its single rules: what stands for itself alone, what leads on with what follows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.compare.cut import rules_in


def cut(text):
    return [text[span.start : span.end] for span in rules_in(text, 0, len(text))]


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("建立登记制度，每季度公布一次名单。", ["建立登记制度", "每季度公布一次名单"]),
        ("落实养护责任；不得占用绿地。", ["落实养护责任", "不得占用绿地"]),
        ("住满两年的，可以续租。", ["住满两年的，可以续租"]),
        ("在汛期前，完成堤坝检查，补足防汛物资。", ["在汛期前，完成堤坝检查", "补足防汛物资"]),
        ("依托村卫生室等平台，开展慢性病随访。", ["依托村卫生室等平台，开展慢性病随访"]),
        ("引进的紧缺人才，其住房补贴可提高到每月800元。", ["引进的紧缺人才，其住房补贴可提高到每月800元"]),
        (
            "（含幼儿园，不含托班）应配备保健人员，建立健康档案。",
            ["（含幼儿园，不含托班）应配备保健人员", "建立健康档案"],
        ),
        ("推行“一窗受理，集成服务”模式，压缩办理时限。", ["推行“一窗受理，集成服务”模式", "压缩办理时限"]),
        ("对放宽年龄录用的人员，单位可约定服务期。", ["对放宽年龄录用的人员，单位可约定服务期"]),
        ("设置公共厕所，使用节水器具。", ["设置公共厕所", "使用节水器具"]),
        ("违反本办法规定，逾期不改的，处500元罚款。", ["违反本办法规定，逾期不改的，处500元罚款"]),
        ("通过结对帮扶等方式，改善山区教学点条件。", ["通过结对帮扶等方式，改善山区教学点条件"]),
        ("工作总结，获奖证书，均可作为评审参考。", ["工作总结，获奖证书，均可作为评审参考"]),
        ("集中供养机构，按月发放生活费。", ["集中供养机构，按月发放生活费"]),
        ("同时，加强巡查。", ["同时，加强巡查"]),
        ("发放补助，且不得低于上年标准。", ["发放补助，且不得低于上年标准"]),
        # a condition stays with what it conditions, the first of several too
        ("连续养护满5年，且验收合格的，可申请奖补。", ["连续养护满5年，且验收合格的，可申请奖补"]),
        ("累计经营满3年，信用良好的，可免交保证金。", ["累计经营满3年，信用良好的，可免交保证金"]),
        ("已建立台账的村（社区），不再重复登记。", ["已建立台账的村（社区），不再重复登记"]),
        # what only names a thing goes with what is said of it
        ("合作社取得的收入，按规定免税。", ["合作社取得的收入，按规定免税"]),
        ("城区新建小区，按每户一个车位配建。", ["城区新建小区，按每户一个车位配建"]),
        ("本办法所称绿道，是指供步行的道路。", ["本办法所称绿道，是指供步行的道路"]),
        ("改造老旧小区，加装电梯和扶手。", ["改造老旧小区", "加装电梯和扶手"]),
        # a verb stays with its object
        (
            "建立健全与服务质量紧密联系，体现多劳多得的薪酬制度。",
            ["建立健全与服务质量紧密联系，体现多劳多得的薪酬制度"],
        ),
        ("针对山区学校特点，分类制定办学标准。", ["针对山区学校特点，分类制定办学标准"]),
        # too short to rule alone: it goes with the rule before it
        ("服务期一般为3年，专人专用，期间工资照发。", ["服务期一般为3年，专人专用", "期间工资照发"]),
        ("——坚持就近便民。", ["坚持就近便民"]),
    ],
)
def test_a_sentence_falls_into_its_rules(sentence, rules):
    assert cut(sentence) == rules


def test_what_leads_on_to_nothing_is_still_a_rule():
    assert cut("符合下列条件的：") == ["符合下列条件的"]


def test_only_the_part_asked_for_is_cut_and_offsets_are_of_the_text():
    text = "前一句。建立巡查台账，及时更新。后一句。"
    spans = rules_in(text, 4, text.index("后"))
    assert [text[s.start : s.end] for s in spans] == ["建立巡查台账", "及时更新"]


@given(st.text(alphabet="建立的可，；。（）“”、 \n时A1", max_size=60))
def test_rules_are_in_order_and_leave_out_marks_and_blanks_alone(text):
    spans = rules_in(text, 0, len(text))
    covered = set()
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        covered |= set(range(span.start, span.end))
        end = span.end
    assert not [text[at] for at in range(len(text)) if text[at].isalnum() and at not in covered]
