from __future__ import annotations

import shutil

import pytest
from clinics import write_clinics

from corpus.errors import SuiteError
from corpus.load import DEFAULT_CORPUS, load_corpus
from eval.fit_alignment import SECOND
from eval.gold import CLEAR, OPEN, GoldPair
from eval.measures.comparison import Pair, measure_alignment
from eval.quoted_pairs import PAIRS, read_quoted
from search import open_engine

TRAINING = "2\t每年参加培训不少于80学时\t每年参加培训不少于120学时\t培训学时"


@pytest.fixture
def clinics_folder(tmp_path):
    return write_clinics(tmp_path)


def read(folder, *lines):
    (folder / PAIRS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_quoted(folder, load_corpus(folder).documents)


def test_words_name_the_clause_they_stand_in(clinics_folder):
    found = read(clinics_folder, "# 说明", "", TRAINING, "1\t每月发放补助600元\t签订书面合同\t人员")
    assert found == (
        GoldPair("country/1/1", "province/1/1", CLEAR, "dev", "培训学时"),
        GoldPair("country/2/3", "city/1/1", OPEN, "dev", "人员"),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2\t每年参加培训不少于80学时\t培训学时", "第 2 行：有 3 栏，应有 4 栏"),
        ("3\t每年参加培训不少于80学时\t每年参加培训不少于120学时\t", "程度是“3”，应为 2（同一事项）或 1（两可）"),
        ("2\t每年参加培训不少于81学时\t每年参加培训不少于120学时\t", "“每年参加培训不少于81学时”哪一条里都没有"),
        ("2\t\t每年参加培训不少于120学时\t", "“”哪一条里都没有"),
        ("2\t每年参加培训\t每年参加培训不少于120学时\t", "在 2 条里都有（country/1/1、province/1/1）"),
        ("2\t每年参加培训不少于120学时\t每年参加培训不少于80学时\t", "请对调两栏"),
        ("2\t每年参加培训不少于80学时\t每月增加100元\t", "请对调两栏"),  # both of one text
        ("1\t每年参加培训不少于80学时\t凉山州的培训学时可以减半\t", "已经写过"),  # other words, the same two clauses
    ],
)
def test_a_line_that_does_not_fit_is_told(clinics_folder, line, said):
    with pytest.raises(SuiteError) as told:
        read(clinics_folder, TRAINING, line)
    assert said in str(told.value)
    assert told.value.line == 2


def test_a_file_without_judgments_is_told(clinics_folder):
    with pytest.raises(SuiteError, match="文件里没有判定；每行写程度、上级的话、下级的话、管什么"):
        read(clinics_folder, "# 说明")


def test_a_folder_without_the_file_is_told(clinics_folder):
    with pytest.raises(SuiteError, match="读不出来"):
        read_quoted(clinics_folder, load_corpus(clinics_folder).documents)


def test_a_file_that_is_not_utf8_is_told(clinics_folder):
    (clinics_folder / PAIRS).write_bytes(TRAINING.encode("gb18030"))
    with pytest.raises(SuiteError, match="不是 UTF-8 编码"):
        read_quoted(clinics_folder, load_corpus(clinics_folder).documents)


def test_the_shipped_model_holds_for_texts_of_another_field_that_it_was_not_fitted_on(tmp_path):
    folder = shutil.copytree(SECOND, tmp_path / "care", ignore=shutil.ignore_patterns(".index"))
    engine = open_engine(folder)
    gold = read_quoted(folder, engine.documents())
    undecided = {pair.pair for pair in gold if pair.strength == OPEN}
    given = [
        Pair(m.clause_id, m.other_id) for m in engine.align().matches if (m.clause_id, m.other_id) not in undecided
    ]
    wanted = [Pair(*pair.pair) for pair in gold if pair.strength == CLEAR]
    assert measure_alignment(wanted, given).f1 >= 0.9


def test_texts_of_other_matters_have_hardly_a_match_whatever_people_ask(tmp_path):
    # the likest clause of another field is still no match: what is asked has to be the same, not only the likest
    for folder, name in ((DEFAULT_CORPUS, "national"), (SECOND, "care-country")):
        for kind in ("texts", "questions"):
            (tmp_path / kind).mkdir(exist_ok=True)
            shutil.copy(folder / kind / f"{name}.txt", tmp_path / kind)
    alignment = open_engine(tmp_path).align()
    assert len(alignment.only["national"]) >= 15  # of 20; both speak of aims, and of who leads
    assert len(alignment.matches) <= 5
