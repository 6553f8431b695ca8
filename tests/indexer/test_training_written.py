"""The questions written for this project: how they are read, what of them is held back, and those that are shipped."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from indexer.train import main
from indexer.training.material import WRITTEN, read_material
from indexer.training.texts import Passage, read_policies, read_statutes, read_written

ARTICLES = [
    {"_id": str(number), "title": f"甲法第{number}条", "text": f"办理第{number}项事务。"} for number in range(3000)
]
PAPERS = 100
"""Policy texts, of three paragraphs each."""


@pytest.fixture
def statutes(tmp_path) -> Path:
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    _write(folder / "corpus.jsonl", ARTICLES)
    _write(folder / "queries.jsonl", [{"_id": f"q{row['_id']}", "text": f"{row['title']}咋办"} for row in ARTICLES])
    judged = "".join(f"q{row['_id']}\t{row['_id']}\t1\n" for row in ARTICLES)
    (folder / "qrels" / "train.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}", "utf-8")
    return folder


@pytest.fixture
def policies(tmp_path) -> Path:
    folder = tmp_path / "policies"
    folder.mkdir()
    for number in range(PAPERS):
        text = "\n".join(f"关于第{number}件事的第{line}段规定" for line in range(3))
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def written(tmp_path) -> Path:
    folder = tmp_path / "written"
    folder.mkdir()
    rows = [{"passage": row["_id"], "questions": [f"{row['_id']}怎么办", f"{row['_id']}找谁"]} for row in ARTICLES]
    _write(folder / "statutes.jsonl", rows)
    paragraphs = [f"{number:02}:{line}" for number in range(PAPERS) for line in (1, 2, 3)]
    _write(folder / "policies.jsonl", [{"passage": name, "questions": [f"{name}说了啥"]} for name in paragraphs])
    return folder


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def test_written_questions_are_read_with_their_passage_in_file_order(statutes, policies, written):
    found = [(question.text, question.golds) for question in read_material(statutes, policies, written).written]
    assert found[:3] == [("0怎么办", ("0",)), ("0找谁", ("0",)), ("1怎么办", ("1",))]
    assert found[2 * len(ARTICLES)] == ("00:1说了啥", ("00:1",))
    assert len(found) == 2 * len(ARTICLES) + 3 * PAPERS


def test_without_policies_those_on_policies_are_not_read(statutes, written):
    found = read_material(statutes, None, written).written
    assert len(found) == 2 * len(ARTICLES)


def test_about_a_tenth_of_the_articles_is_held_back_with_all_their_questions(statutes, written):
    kept: dict[str, set[bool]] = {}
    for question in read_material(statutes, None, written).written:
        kept.setdefault(question.golds[0], set()).add(question.held_back)
    assert all(len(values) == 1 for values in kept.values())
    assert 0.08 < np.mean([value for values in kept.values() for value in values]) < 0.12


def test_what_is_held_back_stays_so_when_others_come_and_go(statutes, written):
    before = {q.golds[0]: q.held_back for q in read_material(statutes, None, written).written}
    _write(written / "statutes.jsonl", [{"passage": str(n), "questions": ["换了问法"]} for n in range(2999, 0, -3)])
    after = {q.golds[0]: q.held_back for q in read_material(statutes, None, written).written}
    assert len(after) == 1000
    assert after.items() <= before.items()


def test_about_a_fifth_of_the_judged_questions_is_held_back(statutes):
    assert 0.17 < np.mean([question.held_back for question in read_statutes(statutes).questions]) < 0.23


def test_policies_are_held_back_as_whole_files_with_all_their_questions(statutes, policies, written):
    material = read_material(statutes, policies, written)
    by_file: dict[str, set[bool]] = {}
    for passage in material.policies:
        by_file.setdefault(passage.passage_id.partition(":")[0], set()).add(passage.held_back)
    assert all(len(values) == 1 for values in by_file.values())
    held_back = {name for name, values in by_file.items() if values == {True}}
    assert 10 <= len(held_back) <= 30  # of a hundred: about a fifth
    on_policies = [question for question in material.written if ":" in question.golds[0]]
    on_held = [question for question in on_policies if question.golds[0].partition(":")[0] in held_back]
    assert all(question.held_back for question in on_held)
    others = [question.held_back for question in on_policies if question not in on_held]
    assert 0.03 < np.mean(others) < 0.2  # of the other files about a tenth of the paragraphs


def test_nothing_held_back_is_shown_and_nothing_else_is_kept_away(statutes, policies, written):
    material = read_material(statutes, policies, written)
    shown = material.shown()
    for everything, some in (
        (material.policies, shown.policies),
        (material.questions, shown.questions),
        (material.written, shown.written),
    ):
        assert 0 < len(some) < len(everything)
        assert set(some) == {one for one in everything if not one.held_back}
    assert (shown.articles, shown.terms) == (material.articles, material.terms)
    golds = {gold for question in (*shown.questions, *shown.written) for gold in question.golds}
    assert golds <= {passage.passage_id for passage in (*shown.articles, *shown.policies)}


GOOD = '{"passage": "1", "questions": ["怎么办"]}\n'


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("statutes", '{"passage": "nowhere", "questions": ["怎么办"]}', "条文 nowhere 不在所给的文本里"),
        ("policies", '{"passage": "77:99", "questions": ["怎么办"]}', "条文 77:99 不在所给的文本里"),
        ("statutes", '{"passage": "2", "questions": "怎么办"}', "questions 应为一列文字"),
        ("statutes", '{"passage": "2", "questions": ["怎么办", 3]}', "questions 应为一列文字"),
        ("statutes", '{"passage": "2"}', "questions 应为一列文字"),
        ("statutes", '{"questions": ["怎么办"]}', "缺少字段 passage"),
        ("statutes", '{"passage": 2, "questions": ["怎么办"]}', "缺少字段 passage"),
        ("statutes", '{"passage": "2", ', "不是 JSON"),
    ],
)
def test_a_wrong_line_is_told_with_its_file_and_number(statutes, policies, written, tmp_path, capsys, name, line, said):
    path, out = written / f"{name}.jsonl", tmp_path / "out"
    path.write_text((GOOD if name == "statutes" else GOOD.replace("1", "01:1")) + line + "\n", "utf-8")
    places = ["--statutes", str(statutes), "--policies", str(policies), "--written", str(written)]
    assert main([*places, "--out", str(out)]) == 2
    told = capsys.readouterr().err
    assert f"{path} 第 2 行" in told
    assert said in told
    assert not out.exists()


def test_a_policy_text_is_held_back_as_a_whole_whatever_its_length(policies):
    (policies / "00.txt").write_text("\n".join(f"第{number}段写得足够长。" for number in range(50)), "utf-8")
    found = [passage.held_back for passage in read_policies(policies) if passage.passage_id.startswith("00:")]
    assert len(found) == 50
    assert len(set(found)) == 1


def _shipped(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (WRITTEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_shipped_questions_are_many_and_none_is_there_twice():
    rows = [*_shipped("statutes"), *_shipped("policies")]
    questions = [question for row in rows for question in row["questions"]]
    assert len(rows) >= 800
    assert len(questions) >= 6000
    assert len(set(questions)) == len(questions)


@pytest.mark.parametrize(
    ("name", "fields"), [("statutes", ["passage", "title", "questions"]), ("policies", ["passage", "questions"])]
)
def test_every_shipped_line_is_well_formed(name, fields):
    rows = _shipped(name)
    for row in rows:
        assert list(row) == fields
        assert row["questions"]
        assert all(question == question.strip() and 4 <= len(question) <= 80 for question in row["questions"])
    ids = [tuple(int(part) for part in row["passage"].split(":")) for row in rows]
    assert ids == sorted(set(ids))  # in order, each passage once
    assert {len(parts) for parts in ids} == ({1} if name == "statutes" else {2})


@pytest.mark.parametrize("name", ["statutes", "policies"])
def test_the_shipped_questions_are_read_as_they_stand(name):
    rows = _shipped(name)
    passages = {row["passage"]: Passage(row["passage"], "", "") for row in rows}
    found = read_written(WRITTEN / f"{name}.jsonl", passages)
    assert [question.text for question in found] == [question for row in rows for question in row["questions"]]
    assert 0.05 < np.mean([question.held_back for question in found]) < 0.15


def test_the_card_of_the_shipped_questions_counts_them():
    card = (WRITTEN / "README.md").read_text(encoding="utf-8")
    for name in ("statutes", "policies"):
        rows = _shipped(name)
        count = sum(len(row["questions"]) for row in rows)
        assert f"| `{name}.jsonl` | {len(rows):,} | {count:,} |" in card
