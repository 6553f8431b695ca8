"""Whole texts compared: every rule once, under the clause of the base that is on its matter."""

import pytest

from corpus.errors import QuestionError
from search import open_engine
from search.compare.reviewed import Reviewed, add_reviewed

HIGHER = (
    "省卫生厅关于村卫生室管理的意见\n卫发〔2020〕3号\n各市卫生局：\n一、人员\n"
    "（一）培训。村卫生室人员每年参加培训不少于60学时。\n（二）聘用。村卫生室人员由乡镇卫生院聘用，合同期不少于3年。\n"
    "二、保障\n（三）补助。基本公共卫生服务补助按季度拨付。\n省卫生厅\n2020年2月1日\n"
)
LOWER = (
    "县卫生局关于村卫生室管理的办法\n县卫〔2021〕8号\n各乡镇卫生院：\n"
    "根据《省卫生厅关于村卫生室管理的意见》（卫发〔2020〕3号），制定本办法。\n一、培训和补助\n"
    "（一）培训。村卫生室人员每年参加培训不少于80学时。\n（二）补助。基本公共卫生服务补助按月拨付。\n"
    "二、用房\n（三）房屋。村卫生室用房由村民委员会无偿提供。\n县卫生局\n2021年7月1日\n"
)
TRAINING = ("村卫生室人员每年参加培训不少于60学时", "村卫生室人员每年参加培训不少于80学时")
HIRING = ("村卫生室人员由乡镇卫生院聘用，合同期不少于3年", None)
HOUSE = (None, "村卫生室用房由村民委员会无偿提供")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "higher.txt").write_text(HIGHER, encoding="utf-8")
    (tmp_path / "lower.txt").write_text(LOWER, encoding="utf-8")
    return tmp_path


@pytest.fixture
def engine(folder):
    return open_engine(folder)


@pytest.fixture(scope="module")
def shipped():
    engine = open_engine()
    return engine, engine.compare_whole()


def said(point, *doc_ids):
    return tuple(None if point.cells[d] is None else point.cells[d].quote.text for d in doc_ids)


def found(whole):
    """(higher, lower) → the label of the lower text, of each point; and the clause whose matter it is."""
    points = [(m, p) for m in whole.matters for p in m.comparison.points]
    return {said(p, "higher", "lower"): (p.relations[0].difference.label, m.clause_id) for m, p in points}


def test_each_rule_is_held_against_its_counterpart_and_silence_told_both_ways(engine):
    points = found(engine.compare_whole())
    assert points[TRAINING] == ("更严", "higher/1/1")
    assert points[HIRING] == ("未规定", "higher/1/2")
    assert points[HOUSE] == ("新增", "lower/2/3")
    assert len(points) == 4


def test_texts_of_one_short_name_are_told_apart_in_titles_and_reasons(engine):
    (matter,) = (m for m in engine.compare_whole().matters if m.clause_id == "lower/2/3")
    assert matter.title == "县卫生局关于村卫生室管理的办法：二、（三）房屋"
    assert matter.chapter == "县卫生局关于村卫生室管理的办法：二、用房"
    reason = matter.comparison.points[0].relations[0].difference.reason
    assert reason == "县卫生局关于村卫生室管理的办法有这一条，省卫生厅关于村卫生室管理的意见没有规定。"


def test_any_text_may_be_the_base_and_labels_stay_those_of_the_lower_one(engine):
    whole = engine.compare_whole(base="lower")
    assert (whole.base, whole.doc_ids) == ("lower", ("lower", "higher"))
    points = found(whole)
    assert points[TRAINING] == ("更严", "lower/1/1")
    assert points[HIRING] == ("未规定", "higher/1/2")


@pytest.mark.parametrize(
    ("part", "clauses"), [("higher/1", {"higher/1/1", "higher/1/2"}), ("lower/2/3", {"lower/2/3"})]
)
def test_a_chapter_or_a_clause_may_be_picked(engine, part, clauses):
    assert {m.clause_id for m in engine.compare_whole(parts=[part]).matters} == clauses


def test_a_part_that_is_not_there_is_told(engine):
    with pytest.raises(QuestionError, match="没有编号为 higher/7 的章或条"):
        engine.compare_whole(parts=["higher/7"])


def test_one_text_alone_is_nothing_to_compare(engine):
    with pytest.raises(QuestionError, match="至少要两份文件"):
        engine.compare_whole(doc_ids=["higher"])


def test_rules_of_clauses_that_a_person_parted_are_never_joined(engine, folder):
    add_reviewed(folder, engine.documents(), Reviewed("higher/1/1", "lower/1/1", "different"))
    points = found(engine.compare_whole())
    assert (TRAINING[0], None) in points
    assert (None, TRAINING[1]) in points


def test_the_silent_text_is_said_to_rule_on_the_matter_where_it_does(engine, folder):
    add_reviewed(folder, engine.documents(), Reviewed("higher/1/2", "lower/2/3", "same"))
    whole = engine.compare_whole()
    points = [p for m in whole.matters for p in m.comparison.points]
    (hiring,) = (p for p in points if said(p, "higher", "lower") == HIRING)
    assert "“二、（三）”管同一事项，没有规定到这一条" in hiring.relations[0].difference.reason
    assert found(whole)[HOUSE] == ("新增", "higher/1/2")


def test_every_rule_of_the_shipped_texts_is_quoted(shipped):
    engine, whole = shipped
    cells = [c for m in whole.matters for p in m.comparison.points for c in p.cells.values() if c is not None]
    for cell in cells:
        document = engine.document(cell.doc_id)
        assert document.text[cell.quote.start : cell.quote.end] == cell.quote.text
        clause = document.by_id[cell.clause_id]
        assert clause.start <= cell.quote.start < cell.quote.end <= clause.end
    for document in engine.documents():
        quoted = {at for c in cells if c.doc_id == document.doc_id for at in range(c.quote.start, c.quote.end)}
        ruling = [c for c in document.clauses if c.kind in ("clause", "closing")]
        left = [
            document.text[at]
            for clause in ruling
            for sentence in clause.sentences
            if not sentence.is_heading
            for at in range(sentence.start, sentence.end)
            if at not in quoted and document.text[at].isalnum()
        ]
        assert left == []


def test_matters_follow_the_base_and_what_others_add_stands_behind_its_neighbour(shipped):
    engine, whole = shipped
    assert whole.base == "national"
    ids = [matter.clause_id for matter in whole.matters]
    order = [clause.clause_id for clause in engine.document("national").clauses]
    base = [clause_id for clause_id in ids if clause_id.startswith("national/")]
    assert base == sorted(base, key=order.index)
    added = ids.index("chongqing/3/6")
    assert ids.index("national/3/7") < added < ids.index("national/3/8")
    assert whole.matters[added].chapter == whole.matters[added - 1].chapter
    assert whole.matters[added].title == "重庆：三、（六）适当放宽专业要求"
