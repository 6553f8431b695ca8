"""A question that was asked becomes a phrasing of the right rule, and everything else in the file stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from clinics import write_clinics
from made_feedback import GIVEN, QUESTIONS, a_right, a_wrong, write_questions

from corpus.errors import QuestionError
from corpus.load import load_corpus
from corpus.phrasing_lint import lint_phrasings
from search import open_engine
from search.feedback import FeedbackError, FeedbackStore, accept, mark

PAY = "> 每名乡村医生每月发放补助600元"


@pytest.fixture
def folder(tmp_path):
    return write_clinics(tmp_path)


@pytest.fixture
def store(folder):
    return FeedbackStore(folder / "feedback.sqlite")


def accepted(folder, store, given, *clause_ids, near_miss=False):
    number = store.add(given).number
    return accept(load_corpus(folder), store, number, clause_ids, near_miss=near_miss)


def test_it_goes_behind_the_phrasings_of_the_rule_and_all_else_stays(folder, store):
    path = write_questions(folder)
    done = accepted(folder, store, a_right(folder, "country/2/3"))
    (written,) = done.written
    assert path.read_text(encoding="utf-8") == QUESTIONS.replace(
        "村医一个月能拿几个钱\n", "村医一个月能拿几个钱\n大夫每月发多少补助\n"
    )
    assert (written.line, written.rule, written.rules) == (6, PAY[2:], 2)
    assert (written.is_new, written.is_new_rule) == (True, False)
    assert lint_phrasings(load_corpus(folder)).faults == ()
    assert (done.feedback.state, store.get(1).state) == ("accepted", "accepted")


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("每月一共能拿几个钱", "每名乡村医生每月发放补助600元"),
        ("干得久了会不会多加", "在村卫生室工作满6年的，每月增加100元"),
    ],
)
def test_of_several_rules_of_the_clause_it_goes_to_the_one_most_like_it(folder, store, question, rule):
    write_questions(folder)
    given = a_wrong(folder, ["country/2/3"], question=question)
    assert accepted(folder, store, given).written[0].rule == rule


def test_a_near_miss_goes_to_the_clause_that_was_shown_and_stands_at_the_end_of_its_rule(folder, store):
    path = write_questions(folder)
    done = accepted(folder, store, a_wrong(folder, ["country/2/4"], ["country/2/3"]), near_miss=True)
    assert done.is_apart
    assert "! 学校谁来挑\n! 大夫每月发多少补助\n" in path.read_text(encoding="utf-8")
    assert lint_phrasings(load_corpus(folder)).faults == ()


def test_a_clause_that_nothing_asks_for_gets_a_rule_in_the_order_of_the_text(folder, store):
    path = write_questions(folder)
    done = accepted(folder, store, a_wrong(folder, ["country/2/4"], question="老了有没有养老钱"))
    assert done.written[0].is_new_rule
    accepted(folder, store, a_wrong(folder, ["country/1/2"], question="念个大专学费谁出"))
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n\n> 年满60周岁的乡村医生退出岗位，按月领取养老补助。\n老了有没有养老钱\n\n"
                         "> 乡村医生取得大专以上学历的，学费由县级财政补助一半。\n念个大专学费谁出\n")  # fmt: skip
    accepted(folder, store, a_wrong(folder, ["country/2/4"], question="退了还有钱吗"))
    assert "老了有没有养老钱\n退了还有钱吗\n" in path.read_text(encoding="utf-8")
    assert lint_phrasings(load_corpus(folder)).faults == ()


def test_between_two_rules_a_new_one_is_parted_by_empty_lines(folder, store):
    path = write_questions(folder, "> 每年参加培训不少于80学时\n一年学多久\n> 按月领取养老补助\n养老钱咋领\n")
    accepted(folder, store, a_right(folder, "country/2/3"))
    assert path.read_text(encoding="utf-8") == (
        "> 每年参加培训不少于80学时\n一年学多久\n\n> 每名乡村医生每月发放补助600元。\n大夫每月发多少补助\n\n"
        "> 按月领取养老补助\n养老钱咋领\n"
    )


def test_the_file_is_made_where_there_is_none_in_every_text_that_was_right(folder, store):
    done = accepted(folder, store, a_right(folder, "country/2/3", "province/2/2"))
    assert [each.path.name for each in done.written] == ["country.txt", "province.txt"]
    assert (folder / "questions" / "province.txt").read_text(encoding="utf-8") == (
        "> 每名乡村医生每月发放补助900元。\n大夫每月发多少补助\n"
    )


def test_line_ends_and_byte_order_mark_stay(folder, store):
    path = write_questions(folder, "\ufeff" + PAY + "\r\n村医一个月能拿几个钱")
    accepted(folder, store, a_right(folder, "country/2/3"))
    assert path.read_bytes().decode() == f"\ufeff{PAY}\r\n村医一个月能拿几个钱\r\n大夫每月发多少补助\r\n"


def test_what_stands_there_already_is_told_and_not_written_again(folder, store):
    path = write_questions(folder)
    done = accepted(folder, store, a_right(folder, "country/2/3", question="村医一个月，能拿几个钱？"))
    assert [(each.is_new, each.line) for each in done.written] == [(False, 5)]
    assert path.read_text(encoding="utf-8") == QUESTIONS
    assert done.feedback.state == "accepted"


@pytest.mark.parametrize(
    ("question", "clause_id", "near_miss", "said"),
    [
        # lint would tell of each of these
        ("村医一个月能拿几个钱啊", "country/2/4", False, "第 5 行“村医一个月能拿几个钱”与它几乎相同，却指向另一条"),
        ("干久了加不加钱", "country/1/1", False, "第 11 行“干久了加不加钱”与它几乎相同，却指向另一条"),
        ("学校谁来挑", "country/2/3", False, "第 7 行“学校谁来挑”与它在同一条里"),
        ("村医一个月能拿几个钱", "country/2/3", True, "第 5 行“村医一个月能拿几个钱”与它在同一条里"),
        ("学校谁来挑", "country/2/4", True, "第 7 行“学校谁来挑”与它重复"),
    ],
)
def test_what_lint_would_not_let_stand_is_refused_naming_the_line(
    folder, store, question, clause_id, near_miss, said
):  # fmt: skip
    path = write_questions(folder)
    with pytest.raises(QuestionError) as told:
        accepted(folder, store, replace(GIVEN, question=question), clause_id, near_miss=near_miss)
    assert said in str(told.value)
    assert path.read_text(encoding="utf-8") == QUESTIONS
    assert store.get(1).state == "new"


def test_what_was_wrong_in_the_file_before_does_not_hinder(folder, store):
    write_questions(folder, f"{QUESTIONS}\n> 原文里没有的话\n问一问\n")
    assert accepted(folder, store, a_right(folder, "country/2/3")).written[0].is_new


def test_if_one_text_refuses_nothing_is_written_in_the_other(folder, store):
    write_questions(folder, "> 合同期限不少于3年\n大夫每月发多少补助\n", "city")
    with pytest.raises(QuestionError, match="指向另一条"):
        accepted(folder, store, GIVEN, "country/2/3", "city/1/2")
    assert not (folder / "questions" / "country.txt").exists()


@pytest.mark.parametrize(
    ("make", "clause_ids", "near_miss", "said"),
    [
        (lambda f: a_wrong(f, None), (), False, "没有说明哪一条才是对的"),
        (lambda f: a_wrong(f, []), (), False, "没有说明哪一条才是对的"),
        (lambda _: replace(GIVEN, status="no_basis"), (), False, "没有说明哪一条才是对的"),
        (lambda f: a_right(f, "country/2/3"), (), True, "没有说明错在哪一条"),
        (lambda _: GIVEN, ("country/9",), False, "没有编号为 country/9 的条款"),
        (lambda _: GIVEN, ("country/2/3", "country/2/4"), False, "同一份文件的两条"),
    ],
)
def test_where_it_is_not_known_which_clause_is_meant_it_has_to_be_named(
    folder, store, make, clause_ids, near_miss, said
):  # fmt: skip
    with pytest.raises(QuestionError, match=said):
        accepted(folder, store, make(folder), *clause_ids, near_miss=near_miss)
    assert not (folder / "questions").exists()


def test_a_clause_that_has_changed_since_has_to_be_named_anew(folder, store):
    given = a_right(folder, "country/2/3")
    text = folder / "texts" / "country.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("发放基本补助", "取消基本补助"), encoding="utf-8")
    with pytest.raises(QuestionError, match="之后原文改过：country/2/3 现在以“（三）取消基本补助"):
        accepted(folder, store, given)
    assert accepted(folder, store, given, "country/2/3").written


def test_marks_of_the_file_in_front_of_a_question_are_no_marks(folder, store):
    path = write_questions(folder)
    accepted(folder, store, a_right(folder, "country/2/3", question="! # > 大夫每月补多少"))
    assert "\n大夫每月补多少\n" in path.read_text(encoding="utf-8")


def test_a_question_that_hangs_on_others_is_written_as_understood(folder, store):
    given = a_right(folder, "country/2/3", question="那多少呢", standalone="每月补多少", history=("补不补",))
    assert accepted(folder, store, given).text == "每月补多少"


def test_a_file_in_another_encoding_is_left_alone(folder, store):
    path = write_questions(folder)
    path.write_bytes(QUESTIONS.encode("gb18030"))
    with pytest.raises(FeedbackError, match="不是 UTF-8 编码"):
        accepted(folder, store, a_right(folder, "country/2/3"))
    assert path.read_bytes() == QUESTIONS.encode("gb18030")


def test_a_folder_that_cannot_be_written_is_told(folder, store, monkeypatch):
    def refused(self, *arguments, **options):
        raise PermissionError(13, "Permission denied")

    number = store.add(a_right(folder, "country/2/3")).number
    monkeypatch.setattr("search.feedback.files.FileLock.acquire", refused)
    with pytest.raises(FeedbackError, match="没有权限"):
        accept(load_corpus(folder), store, number)


def test_many_who_accept_at_once_lose_nothing(folder, store):
    path = write_questions(folder)
    corpus = load_corpus(folder)
    words = ["甲子乙丑", "丙寅丁卯", "戊辰己巳", "庚午辛未", "壬申癸酉", "天地玄黄", "宇宙洪荒", "日月盈昃"]
    numbers = [store.add(a_right(folder, "country/2/3", question=word)).number for word in words]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: accept(corpus, store, number), numbers))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all(lines.count(word) == 1 for word in words)
    assert [line for line in lines if line not in words] == QUESTIONS.splitlines()


def test_the_tool_gets_better_with_use(folder, store):
    asked, again = "干不动了谁来养", "干不动了，谁来养活"
    engine = open_engine(folder)
    assert engine.ask(again).status == engine.ask(asked).status == "no_basis"
    number = mark(engine, store, asked, "wrong", ["country/2/4"]).number
    accept(load_corpus(folder), store, number)
    better = open_engine(folder).ask(again)
    assert better.status == "answered"
    assert better.answers[0].clause.clause_id == "country/2/4"
