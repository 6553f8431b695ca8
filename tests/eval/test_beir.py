import gzip
import json

import pytest
from tiny_corpus import FakeEncoder

from corpus.errors import SuiteError
from eval import beir
from eval.beir import fingerprint, load_beir, load_passages, open_beir, write_beir
from eval.run import run_suite
from eval.suite import load_suite
from eval.systems import engines_for

PASSAGES = (
    {"_id": "7", "title": "补贴", "text": "山区学校每月加发三百元。调离的停发。"},
    {"_id": "a b", "title": "", "text": "由单位承担。\n另有规定的除外。"},
    {"_id": "empty", "title": "", "text": ""},
    {"_id": "07", "title": "只有标题", "text": " ", "metadata": {"any": 1}},
)
QUERIES = ({"_id": "1", "text": "山区加发多少"}, {"_id": "2", "text": "谁承担"}, {"_id": "3", "text": "没有判定"})
QRELS = "query-id\tcorpus-id\tscore\n2\ta b\t2\n1\t7\t1\n1\t07\t0\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "set" / "qrels").mkdir(parents=True)
    for name, lines in (("corpus", PASSAGES), ("queries", QUERIES)):
        content = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        (tmp_path / "set" / f"{name}.jsonl").write_text(content, encoding="utf-8")
    (tmp_path / "set" / "qrels" / "test.tsv").write_text(QRELS)
    return tmp_path / "set"


@pytest.fixture
def encoder(monkeypatch):
    monkeypatch.setattr(beir, "available_encoder", lambda _: FakeEncoder())


def test_a_passage_is_a_clause_of_one_document(folder):
    (document,) = load_passages(folder).documents
    assert [clause.clause_id for clause in document.clauses] == ["beir/7", "beir/a b", "beir/empty", "beir/07"]
    assert document.text == "\n".join(clause.text for clause in document.clauses)
    first = document.clauses[0]
    assert (first.heading, first.text) == ("补贴", "补贴\n山区学校每月加发三百元。调离的停发。")
    for clause in document.clauses:
        assert document.text[clause.start : clause.end] == clause.text
        pieces = [clause.slice(sentence.start, sentence.end) for sentence in clause.sentences]
        assert "".join(pieces) == clause.text.replace("\n", "")
    assert [sentence.is_heading for sentence in first.sentences] == [True, False, False]


def test_questions_are_those_that_something_is_relevant_for(folder):
    _, suite = load_beir(folder)
    assert [(q.query_id, q.type, q.split, q.grades) for q in suite.questions] == [
        ("1", "single", "test", {"beir/7": 1}),  # a score of 0 is no gold
        ("2", "single", "test", {"beir/a b": 2}),
    ]
    assert all(gold.quote == "" and gold.start == gold.end for q in suite.questions for gold in q.gold)


def test_gzipped_files_are_read_alike(folder):
    plain = load_beir(folder)
    for path in (folder / "corpus.jsonl", folder / "queries.jsonl", folder / "qrels" / "test.tsv"):
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    corpus, suite = load_beir(folder)
    assert corpus.documents[0].text == plain[0].documents[0].text
    assert suite == plain[1] or suite.questions == plain[1].questions


def test_a_folder_is_indexed_once_and_ranked_by_every_system(folder, encoder, tmp_path):
    stages = []
    for _ in range(2):
        engine = open_beir(folder, index_dir=tmp_path / "index", progress=lambda stage, *_: stages.append(stage))
    assert stages.count("读入段落") == 1  # the second time, the index is there
    _, suite = load_beir(folder)
    run = run_suite(suite, engines_for(("lexical", "dense", "hybrid"), engine), asks=False)
    assert [outcome.rankings["lexical"][0].clause_id for outcome in run.outcomes] == ["beir/7", "beir/a b"]
    assert (run.info.suite, run.info.split) == ("set", "test")


def test_another_corpus_has_another_fingerprint(folder):
    before = fingerprint(folder)
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "8", "text": "新"}\n')
    assert fingerprint(folder) != before


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("corpus.jsonl", None, "没有 corpus.jsonl"),  # missing
        ("queries.jsonl", None, "没有 queries.jsonl"),
        ("qrels/test.tsv", None, "没有 test.tsv.*现有：无"),
        ("corpus.jsonl", "", "没有段落"),  # empty
        ("qrels/test.tsv", "", "没有判定"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", "没有判定"),  # a header alone
        ("qrels/test.tsv", "1\t7\t0\n", "不大于 0"),  # nothing relevant
        ("qrels/test.tsv", "1\t7\t1\n9\t7\t1\n", "第 2 行.*“9”不在 queries"),  # unknown ids
        ("qrels/test.tsv", "1\t70\t1\n", "第 1 行.*“70”不在 corpus"),
        ("qrels/test.tsv", "1\t7\thigh\n", "第 1 行.*high.*整数"),  # bad scores
        ("qrels/test.tsv", "1\t7\t0.5\n", "整数"),
        ("qrels/test.tsv", "1 0 7 1\n", "三栏"),  # the columns of TREC
        ("corpus.jsonl", '{"_id": 7, "text": "数"}\n', "_id.*应当是文字"),  # an id that is a number
        ("corpus.jsonl", '{"_id": "7"}\n', "缺少字段“text”"),
        ("corpus.jsonl", '{"_id": "7", "text": ""}\n{"_id": "7", "text": ""}\n', "第 2 行.*重复"),
        ("queries.jsonl", "问题\n", "第 1 行.*JSON"),
    ],
)
def test_a_folder_that_does_not_fit_says_where(folder, name, content, said):
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(SuiteError, match=said):
        load_beir(folder)


def test_an_unknown_split_names_those_there_are(folder):
    with pytest.raises(SuiteError, match=r"dev\.tsv.*现有：test"):
        load_beir(folder, "dev")


def test_the_only_split_need_not_be_named(folder):
    (folder / "qrels" / "test.tsv").rename(folder / "qrels" / "train.tsv")
    assert {question.split for question in load_beir(folder)[1].questions} == {"train"}
    (folder / "qrels" / "dev.tsv").write_text(QRELS)
    with pytest.raises(SuiteError, match=r"没有 test\.tsv.*现有：dev、train"):
        load_beir(folder)


def test_a_broken_gzip_file_is_told(folder):
    (folder / "corpus.jsonl").unlink()
    (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(b"{}" * 1000)[:20])
    with pytest.raises(SuiteError, match="gzip"):
        load_beir(folder)


def test_a_suite_written_as_a_folder_is_read_with_the_same_judgments(write_suite, line, made_corpus, tmp_path):
    folder = write_suite(
        line(id="a", split="test"),
        line(id="b", split="test", type="followup", history=["补贴多少"], question="停发呢"),
        line(id="c", split="test", type="none", none="far", gold=[]),
    )
    suite = load_suite(folder, made_corpus.documents)
    write_beir(suite, made_corpus.documents, tmp_path / "out")
    corpus, read = load_beir(tmp_path / "out")
    assert [clause.clause_id for clause in corpus.documents[0].clauses] == [
        f"beir/{clause.clause_id}" for document in made_corpus.documents for clause in document.clauses
    ]
    assert [(q.query_id, q.text, q.grades) for q in read.questions] == [
        ("a", "山里老师多拿多少", {"beir/town/1": 2}),
        ("b", "补贴多少 停发呢", {"beir/town/1": 2}),
    ]


def test_a_written_folder_that_cannot_be_made_is_named(write_suite, line, made_corpus, tmp_path):
    suite = load_suite(write_suite(line()), made_corpus.documents)
    (tmp_path / "file").write_text("")
    with pytest.raises(SuiteError, match="写不进去"):
        write_beir(suite, made_corpus.documents, tmp_path / "file")
