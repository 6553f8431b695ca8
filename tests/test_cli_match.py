"""`clauselens match`, as who reviews what rules on the same matter sees it."""

import json

import pytest
from clinics import write_clinics

import cli

REVIEWED = "alignment.toml"
PAY = ("country/2/3", "province/2/2")
"""A pair that is computed."""
NEW = ("country/2/4", "city/1/1")
"""One that is not."""


@pytest.fixture
def folder(tmp_path):
    return write_clinics(tmp_path)


@pytest.fixture
def run(capsys, folder):
    """A command of the group over the made texts: (exit status, stdout, stderr)."""

    def main(*arguments):
        status = cli.main(["match", *arguments, "--corpus", str(folder)])
        return status, *capsys.readouterr()

    return main


def listed(run, *options):
    status, out, _ = run("list", "--json", *options)
    assert status == 0
    return {(each["one"], each["other"]): each for each in json.loads(out)["matches"]}


def line(out, *clauses):
    (found,) = [each for each in out.splitlines() if all(f"{clause} " in f"{each} " for clause in clauses)]
    return found


def test_pairs_are_listed_with_score_and_marked_as_reviewed(run):
    run("accept", *PAY, "--note", "都管\n补助")
    run("reject", "province/1/1", "country/1/1")
    run("accept", *NEW)
    status, out, err = run("list")
    assert (status, err) == (0, "")
    said = line(out, *PAY)
    assert said.startswith("✓ 已确认  ")
    assert said.endswith("country/2/3 二、（三）发放基本补助 — province/2/2 二、（二）提高基本补助  备注：都管 补助")
    assert line(out, "country/1/1", "province/1/1").startswith("✗ 已否定  ")
    assert line(out, "country/preface", "province/preface").startswith("自动      ")
    assert line(out, *NEW).startswith("✓ 已确认  —")
    assert "已确认 2，已否定 1。" in out
    held = listed(run)
    assert 0 < held[PAY].pop("score") <= 1
    assert held[PAY] == {
        "one": PAY[0], "other": PAY[1], "state": "confirmed", "computed": True, "verdict": "same",
        "note": "都管\n补助", "reason": None,
    }  # fmt: skip
    assert (held[NEW]["computed"], held[NEW]["score"]) == (False, None)


def test_it_is_said_whether_a_pair_was_computed(run):
    assert "自动对照也有这一对" in run("accept", *PAY)[1]
    assert "新加的" in run("accept", *NEW)[1]
    assert "不再采用" in run("reject", *PAY)[1]
    assert "自动对照本来没有" in run("reject", *NEW)[1]
    record = json.loads(run("accept", *reversed(NEW), "--json")[1])
    assert (record["one"], record["other"], record["state"], record["computed"]) == (*NEW, "confirmed", False)


def test_a_review_is_forgotten_whichever_clause_is_named_first(run, folder):
    before = listed(run)
    run("reject", *PAY)
    status, out, _ = run("forget", *reversed(PAY))
    assert (status, "以后照自动对照" in out) == (0, True)
    assert listed(run) == before
    run("accept", *NEW)
    assert json.loads(run("forget", *NEW, "--json")[1]) == {"one": NEW[0], "other": NEW[1], "forgotten": True}


def test_what_was_reviewed_of_a_clause_that_is_gone_is_kept_and_told(run, folder):
    run("accept", *NEW)
    path = folder / REVIEWED
    path.write_text(path.read_text(encoding="utf-8").replace("city/1/1", "city/9/1"), encoding="utf-8")
    status, out, err = run("list")
    assert (status, err) == (0, "")
    said = line(out, "city/9/1")
    assert said.startswith("！未采用（没有条款 city/9/1）  记的是同一事项")
    assert "另有 1 条核对没有采用" in out
    gone = listed(run)["country/2/4", "city/9/1"]
    assert (gone["state"], gone["reason"], gone["verdict"]) == ("stale", "没有条款 city/9/1", "same")
    run("accept", *PAY)
    assert "city/9/1" in path.read_text(encoding="utf-8")
    assert run("forget", "city/9/1", "country/2/4")[0] == 0
    assert "city/9/1" not in path.read_text(encoding="utf-8")


def test_the_texts_to_list_can_be_named(run):
    assert all("city" in {one.split("/")[0], other.split("/")[0]} for one, other in listed(run, "--doc", "city"))
    between = listed(run, "--doc", "country", "--doc", "province")
    assert {(one.split("/")[0], other.split("/")[0]) for one, other in between} == {("country", "province")}


def test_nothing_to_list_is_said(capsys, tmp_path):
    (tmp_path / "only.txt").write_text("（一）申领。采砂应当申领许可证。", encoding="utf-8")
    assert cli.main(["match", "list", "--corpus", str(tmp_path)]) == 0
    assert "没有对应的条文" in capsys.readouterr().out


@pytest.mark.parametrize("verb", ["accept", "reject"])
@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("country/9", "city/1/1", "没有编号为 country/9 的条款"),
        ("country/2", "city/1/1", "country/2 是章节，不是条款；其中有 country/2/3、country/2/4"),
        ("country/2/3", "country/2/4", "在同一份文件里"),
        ("country/2/3#2", "city/1/1", "请写 country/2/3"),
        ("moon/1", "city/1/1", "没有编号为 moon 的文件"),
    ],
)
def test_what_is_no_pair_of_clauses_is_refused_in_one_line(run, folder, verb, one, other, said):
    status, out, err = run(verb, one, other)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert not (folder / REVIEWED).exists()


def test_nothing_to_forget_is_told(run):
    status, out, err = run("forget", *PAY)
    assert (status, out) == (2, "")
    assert "没有对 country/2/3 和 province/2/2 的核对" in err


@pytest.mark.parametrize("arguments", [["list"], ["accept", *PAY], ["reject", *PAY], ["forget", *PAY]])
def test_a_broken_file_is_told_and_left_alone(run, folder, arguments):
    (folder / REVIEWED).write_text("[[match]\n", encoding="utf-8")
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "不是正确的 TOML" in err
    assert str(folder / REVIEWED) in err
    assert (folder / REVIEWED).read_text(encoding="utf-8") == "[[match]\n"


@pytest.mark.parametrize("arguments", [["accept", *PAY], ["reject", *PAY], ["forget", *PAY]])
def test_a_corpus_folder_that_cannot_be_written_is_told(run, monkeypatch, arguments):
    def refused(self, *arguments, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("search.compare.reviewed.FileLock.acquire", refused)
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "没有权限" in err
    assert "请检查语料目录的权限" in err


def test_an_unknown_text_is_told(run):
    status, _, err = run("list", "--doc", "moon")
    assert status == 2
    assert "没有编号为 moon 的文件" in err
