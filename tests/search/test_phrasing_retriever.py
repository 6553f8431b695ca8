"""Phrasings as a retriever: what people wrote for a rule lifts its clause and sentence."""

import pytest

from search import open_engine

TEXT = (
    "某县关于加强乡村医生队伍建设的通知\n各乡镇：\n现通知如下：\n一、待遇\n（一）落实补助。乡村医生每月发放岗位津贴六百元。"
    "县财政按季拨付。\n（二）完善养老。到龄退出的，按规定办理养老保险。\n二、培训\n（一）岗位培训。每年培训不少于九十学时。\n"
    "（二）学历提升。鼓励参加成人高等教育。\n三、管理\n（一）规范准入。新聘人员应当具有执业资格。\n（二）严格考核。考核结果与津贴挂钩。\n"
)
PHRASINGS = "> 按规定办理养老保险\n干不动了以后靠啥生活\n老了有没有保障\n! 老了还能不能接着干\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "county.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def phrased(folder):
    (folder / "questions").mkdir()
    (folder / "questions" / "county.txt").write_text(PHRASINGS, encoding="utf-8")
    return open_engine(folder)


def test_a_known_phrasing_finds_its_rule_and_quotes_its_sentence(phrased):
    answer = phrased.ask("干不动了靠啥生活")
    hit = answer.hits[0]
    assert hit.clause_id == "county/1/2"
    assert hit.why.phrasing == "干不动了以后靠啥生活"
    assert dict(hit.why.ranks)["phrasing"] == 1
    assert hit.why.sentence.text == "到龄退出的，按规定办理养老保险。"


def test_without_phrasings_the_same_question_shares_no_word_with_the_rule(folder):
    hits = open_engine(folder).ask("干不动了靠啥生活").hits
    assert not hits or "phrasing" not in dict(hits[0].why.ranks)


def test_what_a_rule_does_not_answer_lifts_it_less(phrased, folder):
    row = phrased.index.row_of["county/1/2"]
    misled = phrased.find("老了还能不能接着干")[1].clauses("phrasing")[row]
    path = folder / "questions" / "county.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("! 老了还能不能接着干\n", ""), encoding="utf-8")
    assert misled < open_engine(folder).find("老了还能不能接着干")[1].clauses("phrasing")[row]


def test_a_question_may_be_spread_over_the_phrasings_of_a_rule(folder):
    """No phrasing has both halves of the question; one rule has them in two, the other has them apart."""
    (folder / "questions").mkdir()
    told = "> 按规定办理养老保险\n{}\n上了岁数有没有人管\n\n> 应当具有执业资格\n{}\n新来的要啥证\n"
    scores = []
    for here, there in (("干不动了以后靠啥生活", "聘人看不看本事"), ("聘人看不看本事", "干不动了以后靠啥生活")):
        (folder / "questions" / "county.txt").write_text(told.format(here, there), encoding="utf-8")
        found = open_engine(folder).find("上了岁数干不动了靠啥")[1]
        scores.append(found.clauses("phrasing")[found.index.row_of["county/1/2"]])
    assert scores[0] > 1.5 * scores[1]


def test_a_changed_phrasing_counts_at_the_next_start(phrased, folder):
    (folder / "questions" / "county.txt").write_text("> 应当具有执业资格\n干不动了以后靠啥生活\n", encoding="utf-8")
    assert open_engine(folder).ask("干不动了靠啥生活").hits[0].clause_id == "county/3/1"
