from __future__ import annotations

from dataclasses import replace

from search.views import text


def test_an_answer_reads_by_document_with_its_number_label_and_quote(clinics):
    answer = clinics.ask("每月发放补助多少")
    lines = text.answer_text(answer).splitlines()
    assert lines[0].startswith("【有规定】")
    assert "国家 · 国家卫生健康委关于加强乡村医生队伍建设的意见（国卫基层发〔2021〕12号）" in lines
    assert any("二、（三）" in line and "[country/2/3]" in line for line in lines)
    for said in answer.answers:
        assert all(f"  「{quote.text}」" in lines for quote in said.quotes)
    assert "  未规定" in lines  # the city says nothing


def test_a_no_is_named_once_and_its_suggestions_are_told_from_an_answer(clinics):
    shown = text.answer_text(clinics.ask("济南怎么换护照照片"))
    assert shown.splitlines()[0].count("未收录") == 1
    assert shown.startswith("【未收录】")
    assert "（不是答案）" in shown


def test_without_suggestions_none_are_announced(clinics):
    answer = replace(clinics.ask("怎么换护照照片"), hits=())
    assert "（不是答案）：" not in text.answer_text(answer)


def test_a_follow_up_is_shown_as_it_was_understood(clinics):
    assert "按“绵阳每月补助多少”理解" in text.answer_text(clinics.ask("那绵阳呢", history=["四川每月补助多少"]))


def test_hits_are_two_lines_each(clinics):
    result = clinics.search("每月发放补助", k=2)
    lines = text.search_text(result).splitlines()
    assert len(lines) == 4
    assert lines[0].split()[:2] == ["1.", result.hits[0].clause_id]
    assert lines[1].strip() == result.hits[0].why.sentence.text


def test_no_hits_are_said(clinics):
    assert text.search_text(replace(clinics.search("补助"), hits=())) == "没有找到相近的条文。"


def test_a_clause_stands_with_its_title_and_whole_text(clinics):
    clause = clinics.clause("province/2/2")
    shown = text.clause_text(clause, clinics.document("province"))
    assert "川卫发〔2022〕5号" in shown.splitlines()[0]
    assert shown.endswith(clause.text)


def test_documents_tell_what_they_rest_on_and_whether_it_is_held(clinics):
    shown = text.documents_text(clinics.documents())
    assert "依据：《国家卫生健康委关于加强乡村医生队伍建设的意见》（国卫基层发〔2021〕12号）  已收录：国家" in shown
    assert "发文：绵阳市卫生健康委员会" in shown


def test_clauses_are_a_line_each(clinics):
    lines = text.clauses_text(clinics.documents()).splitlines()
    assert [line.split()[0] for line in lines] == [c.clause_id for d in clinics.documents() for c in d.clauses]
