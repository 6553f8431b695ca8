from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from indexer.static import StaticEncoder
from indexer.train import main, save_model
from indexer.training.bags import bags, tf_idf
from indexer.training.cooccurrence import cooccurrences, ppmi, reduced, sif_weights
from indexer.training.material import read_material
from indexer.training.texts import bucket, sentences
from indexer.training.vocabulary import UNKNOWN, train_tokenizer

MATTERS = ("社会保险费", "职称评审", "森林防火", "学生资助", "医师执业", "农村宅基地", "工伤认定", "档案管理")
ARTICLES = [
    {
        "_id": str(number),
        "title": f"{matter}条例第{number}条",
        "text": f"{matter}应当依照规定办理。未按时办理{matter}的，由主管部门责令改正；情节严重的，处以罚款{number}元。",
    }
    for number, matter in enumerate(MATTERS * 4)
]
QUESTIONS = [{"_id": f"q{row['_id']}", "text": f"没有办{row['title'][:3]}会罚{row['_id']}元吗？"} for row in ARTICLES]
WRITTEN = [{"passage": row["_id"], "questions": [f"{row['title'][:4]}拖着不办咋罚", "要罚多少"]} for row in ARTICLES]
"""Two questions on each article."""


@pytest.fixture
def statutes(tmp_path) -> Path:
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(_lines(ARTICLES).encode()))
    (folder / "queries.jsonl").write_text(_lines(QUESTIONS), "utf-8")
    qrels = "".join(f"q{row['_id']}\t{row['_id']}\t1\n" for row in ARTICLES)
    (folder / "qrels" / "train.tsv").write_text("query-id\tcorpus-id\tscore\n" + qrels, "utf-8")
    return folder


@pytest.fixture
def policies(tmp_path) -> Path:
    folder = tmp_path / "policies"
    folder.mkdir()
    for number, matter in enumerate(MATTERS):
        first = f"加强{matter}工作。各地要提高认识，落实{matter}责任。"
        text = f"关于{matter}的意见\n{first}\n加快{matter}改革。简化{matter}程序。"
        (folder / f"{number}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def written(tmp_path) -> Path:
    folder = tmp_path / "written"
    folder.mkdir()
    (folder / "statutes.jsonl").write_text(_lines(WRITTEN), "utf-8")
    on_policies = [
        {"passage": f"{number}:2", "questions": [f"{matter}谁来管"]} for number, matter in enumerate(MATTERS)
    ]
    (folder / "policies.jsonl").write_text(_lines(on_policies), "utf-8")
    return folder


def _lines(rows: list[dict[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _train(out: Path, statutes: Path, written: Path, *more: str) -> int:
    size = ("--vocabulary", "200", "--dim", "16", "--steps", "5")
    return main(["--out", str(out), "--statutes", str(statutes), "--written", str(written), *size, *more])


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes(statutes, policies, written, tmp_path):
    for name, seed in (("one", "7"), ("two", "7"), ("three", "8")):
        assert _train(tmp_path / name, statutes, written, "--seed", seed, "--policies", str(policies)) == 0
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")
    assert _bytes(tmp_path / "one")["model.safetensors"] != _bytes(tmp_path / "three")["model.safetensors"]


def test_what_it_writes_is_an_encoder_and_the_held_back_are_measured(statutes, policies, written, tmp_path, capsys):
    assert _train(tmp_path / "out", statutes, written, "--policies", str(policies)) == 0
    encoder = StaticEncoder(tmp_path / "out")
    assert encoder.dim == 16
    assert np.isclose(np.linalg.norm(encoder.encode_queries(["职称评审"])), 1, atol=1e-5)
    captured = capsys.readouterr()
    material = read_material(statutes, policies, written)
    on_policies = [question for question in material.written if ":" in question.golds[0]]
    on_articles = [question for question in material.written if ":" not in question.golds[0]]
    for what, questions in (
        ("留出的法律提问找条文", material.questions),
        ("留出条文的自写提问找条文", on_articles),
        ("留出段落的自写提问找段落", on_policies),
    ):
        count = sum(question.held_back for question in questions)
        assert 0 < count < len(questions)
        for when in ("共现分解", "对比训练后"):
            assert re.search(
                rf"^{when}，{what}：{count} 题，R@10 [01]\.\d{{3}}，nDCG@10 [01]\.\d{{3}}$", captured.out, re.MULTILINE
            )
    assert "对比训练后，留出的政策段落首句找其余：" in captured.out
    assert "对比训练" in captured.err  # progress


def test_questions_that_are_shown_are_learned_from_and_those_held_back_are_not(statutes, written, tmp_path):
    held_back = {row["_id"] for row in ARTICLES if bucket(row["_id"]) < 10}
    assert 0 < len(held_back) < len(ARTICLES)
    for name, changed in (("as it was", set()), ("held back", held_back), ("shown", {"1"})):
        rows = [row | {"questions": ["职称评审学生"]} if row["passage"] in changed else row for row in WRITTEN]
        (written / "statutes.jsonl").write_text(_lines(rows), "utf-8")
        assert _train(tmp_path / name, statutes, written) == 0
    assert _bytes(tmp_path / "held back") == _bytes(tmp_path / "as it was")
    assert _bytes(tmp_path / "shown") != _bytes(tmp_path / "as it was")


def test_articles_alone_are_enough(statutes, tmp_path, capsys):
    (statutes / "queries.jsonl").unlink()
    assert _train(tmp_path / "out", statutes, tmp_path, "--steps", "0") == 0
    assert StaticEncoder(tmp_path / "out").dim == 16
    assert "提问" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "corpus.jsonl.gz").unlink(), "BEIR"),
        (lambda folder: (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(b"")), "没有条文"),
        (lambda folder: (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(b'{"_id": "1"}')), "缺少字段 text"),
        (lambda folder: (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(b"{")), "第 1 行不是 JSON"),
        (lambda folder: (folder / "corpus.jsonl.gz").write_bytes(b"plain"), "不能解压"),
        (lambda folder: (folder / "qrels" / "train.tsv").write_text("h\nq0 0 1\n"), "train.tsv 第 2 行"),
        (lambda folder: (folder / "qrels" / "train.tsv").write_text("h\nq0\tnone\t1\n"), "none"),
    ],
)
def test_a_wrong_statute_folder_is_told(statutes, tmp_path, capsys, damage, said):
    damage(statutes)
    assert _train(tmp_path / "out", statutes, tmp_path) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_policy_folder_without_texts_is_told(statutes, tmp_path, capsys):
    assert _train(tmp_path / "out", statutes, tmp_path, "--policies", str(tmp_path)) == 2
    assert "--policies" in capsys.readouterr().err


def test_sentences_are_cut_at_ends_and_lines_and_crumbs_are_dropped():
    text = "应当依法缴纳费用；逾期的责令改正。好。\n这是另外一行文字"
    assert sentences(text) == ("应当依法缴纳费用；", "逾期的责令改正。", "这是另外一行文字")


def test_the_vocabulary_is_characters_and_words_of_two():
    tokenizer = train_tokenizer(["社会保险费，社会保险费。ＡＢ"] * 3, 100)
    tokens = set(tokenizer.get_vocab())
    assert UNKNOWN in tokens
    assert {"社", "会", "社会", "保险", "a", "b"} <= tokens
    assert max(len(token) for token in tokens - {UNKNOWN}) == 2
    assert tokenizer.encode("社会，保险 Ａ龘").tokens == ["社会", "保险", "a", "龘"]
    assert tokenizer.encode("龘").ids == [0]


def test_a_small_vocabulary_keeps_the_frequent():
    tokens = set(train_tokenizer(["工资工资工资待遇"], 4).get_vocab())
    assert tokens == {UNKNOWN, "工", "资", "工资"}


def test_cooccurrences_weigh_by_distance_within_a_text():
    counts = cooccurrences([np.array([1, 2, 3], np.int32), np.array([1], np.int32)], 4, window=2).toarray()
    assert counts[1, 2] == counts[2, 1] == 1
    assert counts[1, 3] == counts[3, 1] == 0.5
    assert counts[3].sum() == 1.5  # nothing across texts, nothing with the unknown token


def test_ppmi_is_positive_where_neighbours_are_more_than_chance():
    counts = sparse.csr_matrix(np.array([[0, 9, 1], [9, 0, 1], [1, 1, 0]], np.float32))
    found = ppmi(counts).toarray()
    rows = np.array([10.0, 10.0, 2.0])
    context = rows**0.75 / (rows**0.75).sum()
    assert np.isclose(found[0, 1], np.log(9 / (10 * context[1])))
    assert found[0, 0] == 0
    assert (found >= 0).all()


def test_reduction_keeps_the_inner_structure():
    block = np.kron(np.eye(3), np.ones((4, 4))).astype(np.float32)
    vectors = reduced(sparse.csr_matrix(block), 3, np.random.default_rng(0))
    assert np.allclose(vectors @ vectors.T, block, atol=1e-4)
    assert reduced(sparse.csr_matrix(block[:2, :2]), 5, np.random.default_rng(0)).shape == (2, 5)


def test_sif_weights_fall_with_frequency():
    weights = sif_weights(np.array([0, 1, 999]))
    assert weights[0] == 1
    assert np.isclose(weights[1], 0.5)
    assert weights[1] > weights[2] > 0


def test_tf_idf_rows_have_unit_length_and_common_tokens_none():
    rows = tf_idf(sparse.csr_matrix(np.array([[1, 1, 0], [2, 0, 1], [1, 0, 0]], np.float32)))
    assert rows.toarray().tolist() == [[0, 1, 0], [0, 0, 1], [0, 0, 0]]


def test_bags_count_known_tokens(tmp_path):
    tokenizer = train_tokenizer(["护士护士医师"], 20)
    counts = bags(tokenizer, ["护士和护士", "", "医师"])
    columns = [tokenizer.token_to_id(token) for token in ("护士", "医师")]
    assert counts[:, columns].toarray().tolist() == [[2, 0], [0, 0], [0, 1]]
    assert counts.sum() == 3


def test_saved_vectors_come_back_but_for_rounding(tmp_path):
    tokenizer = train_tokenizer(["甲乙丙"], 8)
    vectors = np.random.default_rng(0).standard_normal((tokenizer.get_vocab_size(), 32)).astype(np.float32)
    vectors[0] = 0
    save_model(tmp_path, tokenizer, vectors)
    token = tokenizer.token_to_id("甲")
    found = StaticEncoder(tmp_path).encode_queries(["甲"])[0]
    assert found @ vectors[token] / np.linalg.norm(vectors[token]) > 0.9999
