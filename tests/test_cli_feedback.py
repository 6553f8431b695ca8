"""`clauselens feedback`, as who reviews what people found of answers sees it."""

import json
from dataclasses import replace

import pytest
from clinics import write_clinics

import cli
from corpus.load import load_corpus
from eval.suite import load_suite
from search import open_engine
from search.feedback import FeedbackStore, mark

PAY = "每名乡村医生每月发放补助多少元"
OLD = "干不动了谁来养"


@pytest.fixture
def folder(tmp_path):
    return write_clinics(tmp_path / "corpus")


@pytest.fixture
def store(folder):
    """Right, wrong with the right clause, wrong with none, wrong and not known."""
    held = FeedbackStore(folder / "feedback.sqlite")
    engine = open_engine(folder)
    mark(engine, held, PAY, "right", note="对")
    mark(engine, held, OLD, "wrong", ["country/2/4"])
    mark(engine, held, "每名乡村医生每月补助几时发放", "wrong", [])
    mark(engine, held, "乡村医生能不能轮岗", "wrong")
    return held


@pytest.fixture
def run(capsys, folder):
    """A command of the group over the made texts: (exit status, stdout, stderr)."""

    def main(*arguments):
        status = cli.main(["feedback", *map(str, arguments), "--corpus", str(folder)])
        return status, *capsys.readouterr()

    return main


def test_nothing_yet_is_no_failure_and_makes_no_file(run, folder):
    status, out, err = run("list")
    assert (status, err) == (0, "")
    assert "没有反馈" in out
    assert str(folder / "feedback.sqlite") in out
    assert not (folder / "feedback.sqlite").exists()


def test_it_is_listed_with_the_place_of_the_file(run, store):
    status, out, err = run("list")
    assert (status, err) == (0, "")
    assert f"✓ 答对  {PAY}" in out
    assert f"✗ 答错  {OLD}" in out
    assert out.splitlines()[-1] == f"记在 {store.path}"
    record = json.loads(run("list", "--json")[1])
    assert record["file"] == str(store.path)
    assert [each["id"] for each in record["feedback"]] == [1, 2, 3, 4]
    assert [each["right"] for each in record["feedback"]] == [None, ["country/2/4"], [], None]
    run("dismiss", 4)
    assert [each["id"] for each in json.loads(run("list", "--state", "dismissed", "--json")[1])["feedback"]] == [4]


def test_one_is_shown_whole(run, store):
    status, out, _ = run("show", 2)
    assert status == 0
    assert f"问题：{OLD}" in out
    assert "country/2/4 二、（四）完善养老保障" in out
    record = json.loads(run("show", 1, "--json")[1])
    assert (record["question"], record["verdict"], record["note"]) == (PAY, "right", "对")
    assert "每名乡村医生每月发放补助600元。" in record["shown"][0]["quotes"] + record["shown"][1]["quotes"]


def test_what_is_accepted_is_answered_from_then_on(run, store, folder, capsys):
    def ask():
        assert cli.main(["ask", f"请问{OLD}", "--corpus", str(folder), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    assert ask()["status"] != "answered"
    status, out, err = run("accept", 2)
    assert (status, err) == (0, "")
    assert f"{folder / 'questions' / 'country.txt'} 第 2 行" in out
    assert "年满60周岁的乡村医生退出岗位" in out
    answer = ask()
    assert (answer["status"], answer["answers"][0]["clause_id"]) == ("answered", "country/2/4")
    assert cli.main(["questions", "lint", "--corpus", str(folder)]) == 0
    capsys.readouterr()
    assert "已有这句，没有重复写" in run("accept", 2)[1]


def test_a_near_miss_is_written_with_its_mark(run, store, folder):
    status, out, _ = run("accept", 3, "--near-miss", "--clause", "country/2/3", "--json")
    record = json.loads(out)
    assert (status, record["near_miss"], record["feedback"]["state"]) == (0, True, "accepted")
    (written,) = record["written"]
    lines = (folder / "questions" / "country.txt").read_text(encoding="utf-8").splitlines()
    assert lines[written["line"] - 1] == "! 每名乡村医生每月补助几时发放"


def test_where_the_right_clause_is_not_known_it_has_to_be_named(run, store):
    status, out, err = run("accept", 4)
    assert (status, out) == (2, "")
    assert "--clause" in err
    assert run("accept", 4, "--clause", "city/1/2")[0] == 0


def test_a_question_of_a_held_out_suite_is_warned_of(run, store, monkeypatch):
    monkeypatch.setattr("eval.held_out.held_out", lambda text, _: ("made",) if text == OLD else ())
    status, out, err = run("accept", 2, "--json")
    assert (status, json.loads(out)["text"]) == (0, OLD)
    assert "评测集 made 的 test 部分有这个问题" in err
    assert run("accept", 1)[2] == ""


def test_what_is_exported_is_a_suite(run, store, folder, tmp_path, capsys):
    path = tmp_path / "suite" / "questions.jsonl"
    status, out, err = run("export", "-o", path)
    assert (status, err) == (0, "")
    assert "导出 3 题" in out
    assert "答错而不知道哪条对 1" in out
    documents = load_corpus(folder).documents
    right, wrong, none = load_suite(path.parent, documents).questions
    assert (right.query_id, right.text, right.expect) == ("feedback-1", PAY, "answered")
    assert "每名乡村医生每月发放补助600元。" in [gold.quote for gold in right.gold]
    assert [(gold.clause_id, gold.grade) for gold in wrong.gold] == [("country/2/4", 2)]
    assert (none.type, none.silent) == ("none", ("country", "province", "city"))
    assert cli.main(["eval", str(path.parent), "--split", "all", "--corpus", str(folder)]) == 0
    assert capsys.readouterr().out


def test_lines_go_to_standard_output_alone(run, store):
    status, out, err = run("export")
    assert status == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["feedback-1", "feedback-2", "feedback-3"]
    assert "导出 3 题" in err
    record = json.loads(run("export", "--json")[1])
    assert (record["count"], record["left_out"], record["file"]) == (3, {"unknown": 1}, None)


def test_what_was_dismissed_is_exported_only_when_asked_for(run, store):
    run("dismiss", 1)
    assert [json.loads(line)["id"] for line in run("export")[1].splitlines()] == ["feedback-2", "feedback-3"]
    assert [json.loads(line)["id"] for line in run("export", "--state", "dismissed")[1].splitlines()] == ["feedback-1"]
    status, out, err = run("export", "--state", "accepted")
    assert (status, out) == (0, "")
    assert "导出 0 题" in err


def test_a_suite_toml_that_is_there_stays(run, store, tmp_path):
    (tmp_path / "suite.toml").write_text("# mine\n", encoding="utf-8")
    run("export", "-o", tmp_path / "questions.jsonl")
    assert (tmp_path / "suite.toml").read_text(encoding="utf-8") == "# mine\n"


def test_what_is_forgotten_is_gone(run, store):
    assert json.loads(run("forget", 1, "--json")[1]) == {"id": 1, "forgotten": True}
    assert run("show", 1)[0] == 2
    assert PAY.encode() not in store.path.read_bytes()


def test_another_file_can_be_named(run, store, tmp_path, monkeypatch):
    other = FeedbackStore(tmp_path / "other.sqlite")
    other.add(replace(store.get(1).given, question="别处的问题"))
    assert "别处的问题" in run("list", "--feedback", other.path)[1]
    monkeypatch.setenv("CLAUSELENS_FEEDBACK", str(other.path))
    assert "别处的问题" in run("show", 1)[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "99"], "没有编号为 99 的反馈"),
        (["accept", "99"], "没有编号为 99 的反馈"),
        (["dismiss", "99"], "没有编号为 99 的反馈"),
        (["forget", "99"], "没有编号为 99 的反馈"),
        (["accept", "1", "--clause", "moon/1"], "没有编号为 moon/1 的条款"),
        (["show", "one"], "应当是整数"),
        (["list", "--state", "lost"], "lost"),
        (["list", "--feedback", ""], "应当是一个文件"),
    ],
)
def test_bad_input_is_told_in_one_line(run, store, arguments, said):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("arguments", [["list"], ["show", "1"], ["accept", "1"], ["export"], ["forget", "1"]])
def test_a_file_that_is_no_database_is_told_and_left_alone(run, tmp_path, arguments):
    path = tmp_path / "notes.txt"
    path.write_text("随手记的。" * 300, encoding="utf-8")
    status, out, err = run(*arguments, "--feedback", path)
    assert (status, out) == (2, "")
    assert f"{path}：不是 SQLite 文件，没有动它" in err
    assert path.read_text(encoding="utf-8") == "随手记的。" * 300
