"""A topic compared across texts: points as rows, texts as cells, silence kept, differences told."""

import pytest

from corpus.errors import QuestionError
from search import open_engine
from search.compare.model import LABELS

HIGHER = (
    "国务院关于加强乡村医生队伍建设的意见\n国发〔2020〕9号\n各省、自治区、直辖市人民政府：\n现提出以下意见：\n一、培训\n"
    "（一）强化培训。乡村医生每年参加培训不少于90学时。\n（二）学历提升。鼓励乡村医生参加成人高等教育。\n二、待遇\n"
    "（一）发放补助。各地可以给乡村医生发放岗位补助。\n（二）养老保障。到龄退出的，按规定办理养老保险。\n国务院\n2020年5月6日\n"
)
LOWER = (
    "重庆市人民政府关于加强乡村医生队伍建设的实施意见\n渝府发〔2021〕7号\n各区县人民政府：\n"
    "根据《国务院关于加强乡村医生队伍建设的意见》（国发〔2020〕9号），现提出以下意见：\n"
    "一、培训\n（一）强化培训。乡村医生每年参加培训不少于120学时。\n二、待遇\n（一）发放补助。区县应当给乡村医生发放岗位补助。\n"
    "三、住房\n（一）周转住房。优先保障乡村医生租住周转住房。\n重庆市人民政府\n2021年3月1日\n"
)


@pytest.fixture
def engine(tmp_path):
    (tmp_path / "upper.txt").write_text(HIGHER, encoding="utf-8")
    (tmp_path / "lower.txt").write_text(LOWER, encoding="utf-8")
    return open_engine(tmp_path)


def relation(comparison):
    (found,) = comparison.points[0].relations
    return found


def test_the_same_matter_stands_in_one_row_with_the_higher_text_first(engine):
    compared = engine.compare("乡村医生每年培训多少学时")
    assert compared.doc_ids == ("upper", "lower")
    cells = compared.points[0].cells
    assert {doc_id: cell.clause_id for doc_id, cell in cells.items()} == {"upper": "upper/1/1", "lower": "lower/1/1"}
    for doc_id, cell in cells.items():
        assert engine.document(doc_id).text[cell.quote.start : cell.quote.end] == cell.quote.text


@pytest.mark.parametrize(
    ("topic", "label", "words"),
    [("乡村医生每年培训多少学时", "更严", "120学时"), ("乡村医生岗位补助", "更严", "应当")],
)
def test_a_difference_is_told_from_the_lower_text_with_the_words_it_rests_on(engine, topic, label, words):
    found = relation(engine.compare(topic))
    assert (found.of, found.to, found.difference.label) == ("lower", "upper", label)
    assert words in found.difference.reason
    for each in found.difference.evidence:
        assert engine.document(each.doc_id).text[each.words.start : each.words.end] == each.words.text


@pytest.mark.parametrize(
    ("topic", "silent", "label"),
    [("乡村医生租住周转住房", "upper", "新增"), ("到龄退出办理养老保险", "lower", "未规定")],
)
def test_a_silent_text_stays_silent(engine, topic, silent, label):
    compared = engine.compare(topic)
    assert compared.points[0].cells[silent] is None
    assert relation(compared).difference.label == label


def test_what_no_text_rules_on_has_no_points_and_says_so(engine):
    compared = engine.compare("ქართული ენა")
    assert compared.points == ()
    assert "没有可以对照的" in compared.notice


def test_a_topic_that_a_question_would_find_no_basis_for_has_no_points():
    shipped = open_engine()
    for topic in ("垃圾分类", "驾驶证"):
        assert shipped.ask(topic).status == "no_basis"
        assert shipped.compare(topic).points == ()


def test_a_topic_in_a_heading_is_ruled_on_by_its_clause():
    compared = open_engine().compare("定向评价定向使用")
    assert compared.points[0].cells["liaocheng"].clause_id == "liaocheng/3/2"


def test_a_topic_that_heads_a_chapter_is_ruled_on_by_all_its_clauses(tmp_path):
    parts = [
        f"（{number}）{heading}。{rule}。\n"
        for number, heading, rule in zip(
            "一二三四五六七八",
            ("围栏", "灯杆", "座椅", "步道", "花坛", "泵房", "标牌", "厕所"),
            (
                "每年刷漆两次",
                "夜间常亮",
                "木条朽坏的及时更换",
                "雨后清扫积水",
                "每季换一次花",
                "专人值守",
                "双语书写",
                "每日消毒",
            ),
            strict=True,
        )
    ]
    text = (
        "某市公园维护办法\n某园〔2021〕4号\n各公园：\n一、公园设施养护\n"
        + "".join(parts)
        + "某市园林局\n2021年3月1日\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(HIGHER, encoding="utf-8")
    compared = open_engine(tmp_path).compare("公园设施养护")
    held = {cell.clause_id for point in compared.points for cell in point.cells.values() if cell is not None}
    assert {f"a/1/{number}" for number in range(1, 9)} <= held


def test_the_notice_tells_which_text_rests_on_which(engine):
    notice = engine.compare("乡村医生岗位补助").notice
    assert "重庆" in notice
    assert "依据" in notice


def test_every_label_of_the_shipped_texts_is_one_of_the_seven():
    shipped = open_engine()
    for topic in ("继续教育", "特设岗位", "适用范围"):
        compared = shipped.compare(topic)
        assert compared.points
        assert all(r.difference.label in LABELS and r.difference.reason for p in compared.points for r in p.relations)
        assert all(set(point.cells) == set(compared.doc_ids) for point in compared.points)


def test_one_text_alone_cannot_be_compared(engine):
    with pytest.raises(QuestionError, match="至少要两份文件"):
        engine.compare("培训", ["lower"])


def test_of_many_texts_those_that_rule_on_the_topic_are_shown_and_the_others_counted(tmp_path):
    for number in range(8):
        told = f"乡村医生每年培训不少于{40 + 10 * number}学时。" if number < 2 else f"第{number}条水渠由村集体维护。"
        text = (
            f"某县关于第{number}项工作的通知\n某政发〔202{number}〕1号\n各乡镇：\n一、要求\n（一）内容。{told}\n某县\n"
        )
        (tmp_path / f"t{number}.txt").write_text(text, encoding="utf-8")
    many = open_engine(tmp_path)
    compared = many.compare("乡村医生每年培训多少学时")
    assert set(compared.doc_ids) == {"t0", "t1"}
    assert "另外 6 份收录的文件没有涉及这个话题" in compared.notice
    assert len(many.compare("乡村医生每年培训多少学时", [f"t{n}" for n in range(8)]).doc_ids) == 8
