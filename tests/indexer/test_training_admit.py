from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from indexer.training.admit import Admission, admitted, main
from indexer.training.texts import read_policies, read_statutes, read_written

PASSAGE = "用人单位应当自用工之日起三十日内为其职工办理社会保险登记。"
ARTICLES = [
    {"_id": "2", "title": "社会保险法第二条", "text": PASSAGE},
    {"_id": "10", "title": "社会保险法第十条", "text": "职工应当参加基本养老保险，费用由双方共同缴纳。"},
    {"_id": "1", "title": "社会保险法第一条", "text": "县级以上人民政府加强社会保险工作。"},
]
PAPERS = {
    "13": "加强乡村医生队伍建设，落实补助政策。",
    "04": "\n" * 2 + "推进简政放权，减少行政审批事项。" + "\n" * 9 + "加快政务服务改革，方便群众办事。",
}
"""Text by name of its file; paragraphs 04:3, 04:12 and 13:1."""
ROWS = [
    ("policies:13:1", ["村里大夫的补贴谁来发"]),
    ("statutes:10", ["养老钱是不是老板跟我都得掏"]),
    ("policies:04:12", ["去大厅跑手续会不会省事点"]),
    ("statutes:2", ["进厂多久得给我上保险", "不给上社保的老板多久算违规"]),
    ("policies:04:3", ["开店要盖的章会少吗"]),
]


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "beir").mkdir()
    (tmp_path / "policies").mkdir()
    (tmp_path / "beir" / "corpus.jsonl").write_text(_lines(ARTICLES), "utf-8")
    for name, text in PAPERS.items():
        (tmp_path / "policies" / f"{name}.txt").write_text(text, "utf-8")
    return tmp_path


def _lines(rows: list[dict[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _raw(path: Path, rows: list[tuple[str, list[str]]]) -> Path:
    path.write_text(_lines([{"id": name, "questions": questions} for name, questions in rows]), "utf-8")
    return path


def _admit(folder: Path, *raw: Path) -> int:
    places = ["--statutes", str(folder / "beir"), "--policies", str(folder / "policies"), "--out", str(folder / "out")]
    return main([*map(str, raw), *places])


def _written(folder: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "out" / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("question", "copied"),
    [
        ("自用工之日起三十算几天", False),  # eight characters in a row
        ("自用工之日起三十日算几天", True),  # nine
        ("职工 办理，社会保险 登记咋弄", True),  # blanks and marks do not part what was copied
        ("職工辦理社會保險登記咋弄", True),  # nor do traditional characters
    ],
)
def test_more_than_eight_characters_of_the_passage_in_a_row_are_a_copy(question, copied):
    admission = Admission()
    assert admission.admits(question, PASSAGE) is not copied
    assert dict(admission.rejected) == ({"照抄条文": 1} if copied else {})


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("工资少", False),
        ("工资少？！", False),  # marks do not count
        ("工资少了", True),
        ("".join(map(chr, range(0x4E00, 0x4E00 + 60))), True),
        ("".join(map(chr, range(0x4E00, 0x4E00 + 61))), False),
    ],
)
def test_questions_have_four_to_sixty_characters(question, fits):
    admission = Admission()
    assert admission.admits(question, "") is fits
    assert dict(admission.rejected) == ({} if fits else {"过短或过长": 1})


@pytest.mark.parametrize(
    ("question", "repeats"),
    [
        ("甲乙丙丁戊己庚辛壬", True),  # the same
        ("甲乙丙，丁戊己庚 辛壬？", True),  # but for marks
        ("甲乙丙丁戊己庚子丑", True),  # six pairs of ten
        ("甲乙丙丁戊己寅子丑", False),  # five of eleven
    ],
)
def test_a_question_close_to_one_admitted_before_is_rejected_whatever_its_passage(question, repeats):
    admission = Admission()
    assert admission.admits("甲乙丙丁戊己庚辛壬", "一段条文")
    assert admission.admits(question, "另一段") is not repeats
    assert dict(admission.rejected) == ({"与已有的几乎相同": 1} if repeats else {})


def test_what_was_rejected_does_not_count_as_held():
    admission = Admission()
    assert not admission.admits("办理社会保险登记要多久", PASSAGE[:-1] + "办理社会保险登记要多久")
    assert admission.admits("办理社会保险登记要多久", "别的")


def test_passages_without_an_admitted_question_are_left_out_and_the_same_passage_comes_together():
    rows = [("a", ["进厂多久上保险"]), ("b", ["短"]), ("a", ["老板不给交怎么告"])]
    assert admitted(rows, {"a": "", "b": ""}, Admission()) == {"a": ("进厂多久上保险", "老板不给交怎么告")}


def test_an_unknown_id_is_refused():
    with pytest.raises(CorpusError, match=r"statutes:77.*--statutes"):
        admitted([("statutes:77", ["进厂多久上保险"])], {"statutes:7": ""}, Admission())


def test_what_is_admitted_is_written_sorted_one_file_a_source(folder, capsys):
    assert _admit(folder, _raw(folder / "raw.jsonl", ROWS)) == 0
    assert _written(folder, "statutes") == [
        {
            "passage": "2",
            "title": "社会保险法第二条",
            "questions": ["进厂多久得给我上保险", "不给上社保的老板多久算违规"],
        },
        {"passage": "10", "title": "社会保险法第十条", "questions": ["养老钱是不是老板跟我都得掏"]},
    ]
    assert _written(folder, "policies") == [
        {"passage": "04:3", "questions": ["开店要盖的章会少吗"]},
        {"passage": "04:12", "questions": ["去大厅跑手续会不会省事点"]},
        {"passage": "13:1", "questions": ["村里大夫的补贴谁来发"]},
    ]
    assert "收下 6 问，关于 5 条" in capsys.readouterr().out


def test_what_is_written_is_what_the_training_reads(folder):
    assert _admit(folder, _raw(folder / "raw.jsonl", ROWS)) == 0
    for name, passages in (
        ("statutes", read_statutes(folder / "beir").passages),
        ("policies", read_policies(folder / "policies")),
    ):
        found = read_written(folder / "out" / f"{name}.jsonl", {passage.passage_id: passage for passage in passages})
        assert {(question.golds[0], question.text) for question in found} == {
            (row.partition(":")[2], text) for row, texts in ROWS if row.startswith(name) for text in texts
        }


def test_several_files_are_taken_together_and_what_was_rejected_is_counted(folder, capsys):
    more = [("statutes:1", ["短", "进厂多久得给我上保险呢", "县级以上人民政府加强啥"])]
    assert _admit(folder, _raw(folder / "one.jsonl", ROWS), _raw(folder / "two.jsonl", more)) == 0
    told = "".join(capsys.readouterr().out.split())  # the console breaks long lines
    assert "收下6问，关于5条" in told
    for reason in ("过短或过长", "与已有的几乎相同", "照抄条文"):
        assert f"'{reason}':1" in told
    assert [row["passage"] for row in _written(folder, "statutes")] == ["2", "10"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "statutes:77", "questions": ["进厂多久上保险"]}', "没有编号为 statutes:77 的条文"),
        ('{"id": "policies:04:4", "questions": ["进厂多久上保险"]}', "没有编号为 policies:04:4 的条文"),
        ('{"questions": ["进厂多久上保险"]}', "two.jsonl 第 1 行缺少字段 id"),
        ('{"id": "statutes:2"}', "two.jsonl 第 1 行的 questions 应为一列文字"),
        ('{"id": "statutes:2", "questions": "进厂多久上保险"}', "two.jsonl 第 1 行的 questions 应为一列文字"),
        ("\n进厂多久上保险", "two.jsonl 第 2 行不是 JSON"),
        ("[1]", "two.jsonl 第 1 行应是一个 JSON 对象"),
    ],
)
def test_a_wrong_line_is_told_and_nothing_is_written(folder, capsys, line, said):
    (folder / "two.jsonl").write_text(line + "\n", "utf-8")
    assert _admit(folder, _raw(folder / "one.jsonl", ROWS), folder / "two.jsonl") == 2
    assert said in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_a_missing_statute_folder_is_told(tmp_path, capsys):
    assert _admit(tmp_path, _raw(tmp_path / "raw.jsonl", ROWS)) == 2
    assert "--statutes" in capsys.readouterr().err
