"""Rules of several texts joined into rows: one passage of a text in each, nothing joined by force."""

import pytest

from corpus.model import Span
from search import open_engine
from search.compare.join import join
from search.compare.kinship import Kinship
from search.compare.parts import Part, headings_of, parts_of

UPPER = (
    "省教育厅关于校车管理的意见\n教发〔2020〕1号\n各市教育局：\n一、安全\n"
    "（一）驾驶人。校车驾驶人应当每年接受不少于24小时的安全培训，学校应当每月检查车况。\n"
    "（二）建立跟车看护制度。路线由学校报县级部门审核。\n省教育厅\n2020年3月1日\n"
)
LOWER = (
    "县教育局关于校车管理的通知\n县教〔2021〕2号\n各学校：\n一、要求\n"
    "（一）人员。学校应当每月检查车况，校车驾驶人每年接受安全培训不少于24小时。\n"
    "（二）看护。建立跟车看护制度，每车配一名看护人员。\n（三）经费。校车运营补贴列入年度预算。\n县教育局\n2021年5月1日\n"
)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "upper.txt").write_text(UPPER, encoding="utf-8")
    (folder / "lower.txt").write_text(LOWER, encoding="utf-8")
    return open_engine(folder).index


def part(doc_id, sentence, order=0):
    return Part(doc_id, 0, sentence, order, Span(0, 1))


def rows_of(index, *, headed=False):
    rows = range(len(index.clauses))
    places = [u for row in rows if index.clauses[row].kind == "clause" for u in index.sentences_of(row)]
    parts = [*(headings_of(index, rows) if headed else ()), *parts_of(index, places)]

    def words(doc_id, run):
        return index.document_of[doc_id].text[parts[run[0]].span.start : parts[run[-1]].span.end]

    joined = join(parts, Kinship(index, parts).pairs(), 0.5)
    return [{doc_id: words(doc_id, run) for doc_id, run in row.items()} for row in joined]


def test_rules_in_another_order_find_each_other(index):
    rows = rows_of(index)
    assert {"upper": "学校应当每月检查车况", "lower": "学校应当每月检查车况"} in rows
    training = next(row for row in rows if "24小时" in row.get("upper", ""))
    assert training["lower"] == "校车驾驶人每年接受安全培训不少于24小时"


def test_a_rule_without_counterpart_stands_alone(index):
    assert {"lower": "校车运营补贴列入年度预算"} in rows_of(index)


def test_a_heading_stands_for_a_rule_only_where_the_other_text_has_it(index):
    headed = rows_of(index, headed=True)
    assert {"upper": "建立跟车看护制度", "lower": "建立跟车看护制度"} in headed
    assert not [row for row in headed if set(row.values()) & {"驾驶人", "人员", "经费"}]


def test_the_number_of_an_article_or_item_is_no_part_of_its_rule(tmp_path):
    text = "某市停车管理条例\n第一条 停车场应当公示收费标准。\n第二条 下列车辆免费：\n（一）消防车；\n（二）救护车。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    index = open_engine(tmp_path).index
    places = [u for row in range(len(index.clauses)) for u in index.sentences_of(row)]
    said = [index.document_of["a"].text[p.span.start : p.span.end] for p in parts_of(index, places)]
    assert "停车场应当公示收费标准" in said
    assert not [words for words in said if words.startswith(("第一条", "（一）"))]


def test_a_watchword_begins_the_rule_behind_it(tmp_path):
    text = (
        "某市垃圾分类实施方案\n某政发〔2022〕3号\n各区：\n一、总体要求\n"
        "（一）基本原则。——坚持全民参与。发动居民、物业和商户参与分类，形成良好习惯。——坚持城乡统筹。农村就地处理易腐垃圾。\n"
        "某市人民政府\n2022年1月5日\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    index = open_engine(tmp_path).index
    places = [u for row, c in enumerate(index.clauses) if c.kind == "clause" for u in index.sentences_of(row)]
    said = [index.document_of["a"].text[p.span.start : p.span.end] for p in parts_of(index, places)]
    assert said == [
        "坚持全民参与。发动居民、物业和商户参与分类",
        "形成良好习惯",
        "坚持城乡统筹。农村就地处理易腐垃圾",
    ]


def test_every_rule_stands_in_a_row(index):
    rows = range(len(index.clauses))
    parts = parts_of(index, [u for row in rows for u in index.sentences_of(row)])
    joined = join(parts, Kinship(index, parts).pairs(), 0.5)
    assert {place for row in joined for run in row.values() for place in run} == set(range(len(parts)))


def test_the_likest_pair_is_joined_first():
    parts = [part("a", 0), part("b", 1), part("b", 2)]
    rows = join(parts, {(0, 1): 0.51, (0, 2): 0.55}, 0.5)
    assert {"a": (0,), "b": (2,)} in rows
    assert {"b": (1,)} in rows


def test_a_passage_grows_by_its_neighbour_alone():
    near = [part("a", 0), part("b", 1, 0), part("b", 1, 1)]
    assert join(near, {(0, 1): 0.9, (0, 2): 0.8}, 0.5) == [{"a": (0,), "b": (1, 2)}]
    apart = [part("a", 0), part("b", 1, 0), part("b", 1, 2)]
    assert {"a": (0,), "b": (1,)} in join(apart, {(0, 1): 0.9, (0, 2): 0.8}, 0.5)


def test_many_rules_may_stand_against_one():
    parts = [part("a", 0), part("b", 1), part("b", 2)]
    rows = join(parts, {(0, 1): 0.9, (0, 2): 0.8}, 0.5)
    assert rows == [{"a": (0,), "b": (1,)}, {"a": (0,), "b": (2,)}]


def test_a_rule_left_over_stands_against_the_likest_of_each_text_and_tells_none_to_be_silent():
    parts = [part("a", 0), part("b", 1), part("b", 2), part("c", 3), part("c", 4)]
    rows = join(parts, {(0, 1): 0.95, (1, 3): 0.9, (0, 3): 0.9, (0, 2): 0.8}, 0.5)
    assert rows == [{"a": (0,), "b": (1,), "c": (3,)}, {"a": (0,), "c": (3,), "b": (2,)}, {"c": (4,)}]


def test_no_chain_joins_strangers():
    parts = [part("a", 0), part("b", 1), part("c", 2)]
    assert {"a": (0,), "b": (1,)} in join(parts, {(0, 1): 0.9, (1, 2): 0.5}, 0.5)


def test_a_row_may_be_begun_by_what_stands_out_but_a_passage_grows_by_likeness_alone():
    parts = [part("a", 0), part("b", 1, 0), part("b", 1, 1)]
    pairs = {(0, 1): 0.4, (0, 2): 0.4}
    begun = {(0, 1): 0.65, (0, 2): 0.6}
    assert {"a": (0,), "b": (1,)} in join(parts, pairs, 0.5, begun)
    assert {"a": (0,), "b": (1,)} not in join(parts, pairs, 0.5)


def test_what_has_likelier_rivals_begins_no_row():
    parts = [part("a", 0), part("b", 1)]
    assert len(join(parts, {(0, 1): 0.55}, 0.5, {(0, 1): 0.45})) == 2
