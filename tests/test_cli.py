from __future__ import annotations

import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from clinics import CITY, MANIFEST, write_clinics, write_corpus

import cli
from indexer import store
from search import Engine

ROOT = Path(__file__).parents[1]
HAN = re.compile(r"[一-鿿]")


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return write_clinics(tmp_path_factory.mktemp("clinics"))


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs the command in this process: (exit status, stdout, stderr)."""

    def main(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = cli.main([str(argument) for argument in arguments])
        return status, *capsys.readouterr()

    return main


def command(*arguments, **options):
    """The command as a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | options.pop("env", {})
    script = [sys.executable, "-c", options.pop("script", "import cli; cli.run()"), *map(str, arguments)]
    return subprocess.Popen(
        script, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    )


def refused(result, said, status=2):
    """One line of Chinese on stderr, nothing on stdout, the status promised."""
    code, out, err = result
    assert (code, out) == (status, "")
    assert HAN.search(err)
    assert said in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def shaped(value, shape):
    assert {key: type(value.get(key)) for key in shape} == shape


# The contracts


def test_docs_tell_what_is_held(run, folder):
    status, out, err = run("docs", "--corpus", folder, "--json")
    assert (status, err) == (0, "")
    held = json.loads(out)["documents"]
    assert [document["doc_id"] for document in held] == ["country", "province", "city"]


def test_clauses_in_reading_order(run, folder):
    status, out, _ = run("clauses", "--corpus", folder, "--doc", "city", "--json")
    assert status == 0
    clauses = json.loads(out)["clauses"]
    assert [clause["clause_id"] for clause in clauses] == ["city/preface", "city/1/1", "city/1/2", "city/signature"]
    shaped(clauses[1], {"doc_id": str, "kind": str, "label": str, "heading": str, "trail": list, "text": str,
                        "start": int, "end": int, "raw": list})  # fmt: skip


def test_show_gives_one_clause(run, folder):
    status, out, _ = run("show", "city/1/2", "--corpus", folder, "--json")
    assert (status, json.loads(out)["label"]) == (0, "一、（二）")
    status, out, _ = run("show", "city/1/2", "--corpus", folder)
    assert (status, "每次不超过6个月" in out) == (0, True)


def test_index_builds_and_then_finds_nothing_to_do(run, tmp_path):
    write_clinics(tmp_path)
    status, out, err = run("index", "--corpus", tmp_path, "--json")
    assert (status, json.loads(out)["documents"], err) == (0, 3, "")
    current = (tmp_path / ".index" / "CURRENT").read_text(encoding="utf-8")
    run("ask", "补助多少", "--corpus", tmp_path)
    run("index", "--corpus", tmp_path)
    assert (tmp_path / ".index" / "CURRENT").read_text(encoding="utf-8") == current
    run("index", "--corpus", tmp_path, "--rebuild")
    assert (tmp_path / ".index" / "CURRENT").read_text(encoding="utf-8") != current


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("每月发放补助多少", "answered"),
        ("绵阳怎么换护照照片", "silent"),
        ("济南怎么换护照照片", "not_held"),
        ("怎么换护照照片", "no_basis"),
    ],
)
def test_an_honest_no_is_no_failure(run, folder, question, status):
    code, out, err = run("ask", question, "--corpus", folder, "--json")
    answer = json.loads(out)
    assert (code, answer["status"], err) == (0, status, "")
    shaped(answer, {"question": str, "standalone": str, "confidence": float, "answers": list, "hits": list,
                    "took_ms": float})  # fmt: skip
    assert answer["hits"]


def test_ask_takes_documents_and_history(run, folder):
    _, out, _ = run("ask", "每月补助", "--corpus", folder, "--json", "--doc", "city", "--doc", "country")
    assert {answer["doc_id"] for answer in json.loads(out)["answers"]} == {"city", "country"}
    earlier = ("--history", "四川每月补助多少", "--history", "那国家呢")
    _, out, _ = run("ask", "那绵阳呢", "--corpus", folder, "--json", *earlier)
    assert json.loads(out)["standalone"] == "绵阳每月补助多少"


@pytest.mark.parametrize("system", ["hybrid", "lexical", "dense"])
def test_search_by_each_system(run, folder, system):
    status, out, _ = run("search", "每月补助", "-k", 2, "--system", system, "--corpus", folder, "--json")
    hits = json.loads(out)["hits"]
    assert (status, [hit["rank"] for hit in hits]) == (0, [1, 2])
    shaped(hits[0], {"clause_id": str, "doc_id": str, "label": str, "heading": str, "text": str, "score": float,
                     "why": dict})  # fmt: skip


def test_more_hits_than_there_are_clauses(run, folder):
    status, out, _ = run("search", "每月补助", "-k", 100_000, "--corpus", folder, "--json")
    assert status == 0
    assert 5 < len(json.loads(out)["hits"]) <= 14


def test_an_answer_reads_well_without_json(run, folder):
    status, out, err = run("ask", "国家规定每月补助多少", "--corpus", folder)
    assert (status, err) == (0, "")
    *lines, quote = out.splitlines()
    assert lines == [
        "【有规定】",
        "“国家”按国家的文件找",
        "",
        "国家 · 国家卫生健康委关于加强乡村医生队伍建设的意见（国卫基层发〔2021〕12号）",
        "  二、（三） 发放基本补助  [country/2/3]",
    ]
    assert quote.startswith("  「每名乡村医生每月发放补助600元。")


def commands(run, *group):
    """Names of the commands that the help lists."""
    _, out, _ = run(*group, "--help")
    return re.findall(r"^  ([a-z]+)  +\S", out, re.MULTILINE)


def test_every_command_is_explained_in_chinese(run):
    names = commands(run)
    assert {"index", "docs", "clauses", "show", "ask", "search", "questions", "match", "eval", "serve"} <= set(names)
    groups = ("questions", "match", "feedback", "accounts")
    single = [[name] for name in names if name not in groups]
    for name in (*single, *([group, each] for group in groups for each in commands(run, group))):
        status, out, _ = run(*name, "--help")
        assert status == 0
        assert HAN.search(out)
        assert ("--corpus" in out) != (name[0] == "accounts")  # accounts are of a server, not of a corpus


# A batch


def batch(run, folder, stdin, *options):
    status, out, _ = run("ask", "-", "--corpus", folder, *options, stdin=stdin)
    assert status == 0
    return [json.loads(line) for line in out.splitlines()]


def test_a_batch_answers_line_by_line_in_order_and_goes_on_after_a_bad_one(run, folder):
    lines = [
        "每月补助多少".encode(),
        b"",
        '{"question": "每月补助多少", "doc": ["city"]}'.encode(),
        '{"question": "那国家呢", "history": ["四川每月补助多少"]}'.encode(),
        '{"question": "每月补助多少", "doc": ["nowhere"]}'.encode(),
        b'{"question": 1}',
        b'{"doc": ["city"]}',
        b"{not json",
        b"\xff\xfe\xfa",
        '{"question": "补助\\ud800"}'.encode(),
        "😀".encode(),
        "[每月补助]多少".encode(),
        "  每月补助多少  ".encode(),
    ]
    replies = batch(run, folder, b"\n".join(lines) + b"\n", "--json")
    assert len(replies) == len(lines)
    assert [number for number, reply in enumerate(replies) if "error" in reply] == [1, 4, 5, 6, 7, 8, 9, 10]
    assert all(HAN.search(reply["error"]) and reply.keys() == {"error"} for reply in replies if "error" in reply)
    assert [each["doc_id"] for each in replies[2]["answers"]] == ["city"]
    assert [each["clause_id"] for each in replies[3]["answers"]] == ["country/2/3"]
    assert "nowhere" in replies[4]["error"]
    assert replies[12]["answers"] == replies[0]["answers"]


@pytest.mark.parametrize(
    "stdin",
    [
        "每月补助多少".encode(),  # no line break at the end
        "每月补助多少\r\n".encode(),
        "\ufeff每月补助多少\n".encode(),
        '\ufeff{"question": "每月补助多少"}\r\n'.encode(),
        '  {"question": "每月补助多少"}\n'.encode(),
    ],
)
def test_a_batch_as_other_programs_write_it(run, folder, stdin):
    [reply] = batch(run, folder, stdin)
    assert reply["question"] == "每月补助多少"
    assert reply["status"] == "answered"


def test_an_empty_batch_gives_nothing(run, folder):
    assert batch(run, folder, b"") == []


def test_options_hold_for_every_line_that_has_none_of_its_own(run, folder):
    stdin = '每月补助\n{"question": "每月补助", "doc": ["country"]}\n'.encode()
    replies = batch(run, folder, stdin, "--doc", "province")
    assert [[each["doc_id"] for each in reply["answers"]] for reply in replies] == [["province"], ["country"]]


def test_search_takes_a_batch(run, folder):
    stdin = '每月补助\n？\n{"question": "轮岗", "doc": ["city"]}\n'.encode()
    status, out, _ = run("search", "-", "-k", 1, "--corpus", folder, stdin=stdin)
    first, bad, last = (json.loads(line) for line in out.splitlines())
    assert status == 0
    assert len(first["hits"]) == 1
    assert "标点" in bad["error"]
    assert last["hits"][0]["clause_id"] == "city/1/2"


def test_a_batch_gives_each_answer_before_the_next_question(folder):
    process = command("ask", "-", "--corpus", folder)
    for question in ("每月补助多少", "轮岗多久"):
        process.stdin.write(f"{question}\n".encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["question"] == question
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, b"", b"")


# Bad input

USAGE = [
    (["fly"], "没有命令 fly"),
    (["--fly"], "没有选项 --fly"),
    (["ask"], "缺少 QUESTION"),
    (["show"], "缺少 CLAUSE_ID"),
    (["search"], "缺少 TEXT"),
    (["ask", "补助", "--fly"], "没有选项 --fly"),
    (["ask", "补助", "多少"], "多出了 多少"),
    (["questions", "fly"], "没有命令 fly"),
    (["ask", "补助", "--doc"], "--doc 后面缺少值"),
    (["ask", "补助", "--json=1"], "--json 不带值"),
    (["search", "补助", "-k", "三"], "-k 的值不对：应当是整数"),
    (["search", "补助", "-k", "1.5"], "-k 的值不对：应当是整数"),
    (["search", "补助", "--system", "magic"], "--system 的值不对"),
    (["serve", "--port", "x"], "--port 的值不对：应当是整数"),
    (["docs", "--corpus", ""], "--corpus 的值不对：是空的"),
    (["index", "--index-dir", " "], "--index-dir 的值不对：是空的"),
]


@pytest.mark.parametrize(("arguments", "said"), USAGE, ids=lambda value: " ".join(value) if value is list else None)
def test_a_wrong_usage_is_told_in_chinese(run, arguments, said):
    result = run(*arguments)
    refused(result, said)
    assert "--help" in result[2]
    assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", result[2].replace("clauselens", ""))


def test_no_command_at_all_shows_the_commands(run):
    status, out, err = run()
    assert (status, out) == (2, "")
    assert "ask" in err
    assert "提问" in err


QUESTIONS = [
    ("", "空的"),
    (" \u3000 ", "空的"),
    ("？！…", "标点"),
    ("😀🎉", "标点"),
    ("\x01\x7f", "空的"),
    ("\udcff\udcfe", "空的"),  # bytes on the command line that are no UTF-8
    ("问" * 20_000, "20000 字"),
]


@pytest.mark.parametrize("name", ["ask", "search"])
@pytest.mark.parametrize(("question", "said"), QUESTIONS, ids=range(len(QUESTIONS)))
def test_a_question_that_cannot_be_asked(run, folder, name, question, said):
    refused(run(name, question, "--corpus", folder, "--json"), said)


@pytest.mark.parametrize("name", ["ask", "search"])
def test_a_question_with_markup_or_stray_characters_is_answered(run, folder, name):
    for question in ("<script>alert(1)</script> 每月补助", "补助\udcff每月", "每月\x1b[31m补助", "每月補助"):
        status, out, err = run(name, question, "--corpus", folder, "--json")
        assert (status, err) == (0, "")
        assert json.loads(out)["hits"]


OPTIONS = [
    (["ask", "补助", "--doc", "nowhere"], "nowhere"),
    (["search", "补助", "--doc", "city", "--doc", "nowhere"], "nowhere"),
    (["clauses", "--doc", "nowhere"], "nowhere"),
    (["search", "补助", "-k", "0"], "至少是 1"),
    (["search", "补助", "-k", "-3"], "至少是 1"),
    (["show", "city/9/9"], "city/9/9"),
    (["show", "nowhere/1"], "现有：country"),
    (["show", ""], "clauselens clauses"),
    (["ask", "补助", "--history", ""], "空的"),
    (["eval", "--systems", "magic"], "magic"),
    (["eval", "--systems", ","], "空"),
]


@pytest.mark.parametrize(("arguments", "said"), OPTIONS, ids=lambda value: " ".join(value) if value is list else None)
def test_an_option_that_fits_nothing(run, folder, arguments, said):
    refused(run(*arguments, "--corpus", folder), said)


BROKEN = {
    "missing": (lambda path: path.rmdir(), "没有语料目录"),
    "empty": (lambda _: None, "没有政策原文"),
    "file": (lambda path: (path.rmdir(), path.write_text("x", encoding="utf-8")), "是文件，不是目录"),
    "unknown field": (
        lambda path: write_corpus(path, {"city": CITY}, MANIFEST.replace("aliases", "nicknames")),
        "nicknames",
    ),
    "missing field": (lambda path: write_corpus(path, {"city": CITY}, '[[document]]\nid = "city"\n'), "file"),
    "duplicate id": (
        lambda path: write_corpus(path, {"city": CITY}, '[[document]]\nid = "a"\nfile = "texts/city.txt"\n' * 2),
        "第 5 行",
    ),
    "file not there": (lambda path: write_corpus(path, {"city": CITY}, MANIFEST), "texts/country.txt"),
    "no TOML": (lambda path: write_corpus(path, {"city": CITY}, "[[document]\n"), "第 1 行"),
    "binary": (lambda path: (path / "a.txt").write_bytes(b"\x00\x01\x02\x03" * 99), "a.txt"),
    "undecodable": (lambda path: (path / "a.txt").write_bytes(b"\xff\xfe\xfa\xff\x81"), "a.txt"),
    "blank": (lambda path: (path / "a.txt").write_text(" \n", encoding="utf-8"), "a.txt"),
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("arguments", [["ask", "补助", "--json"], ["index"], ["docs", "--json"]], ids=lambda a: a[0])
def test_a_corpus_that_cannot_be_read(run, tmp_path, how, arguments):
    path = tmp_path / "corpus"
    path.mkdir()
    make, said = BROKEN[how]
    make(path)
    refused(run(*arguments, "--corpus", path), said)
    assert not (path / ".index" / "CURRENT").exists()


@pytest.mark.parametrize("name", ["ask", "search"])
def test_a_fault_in_a_batch_that_concerns_every_line_stops_it(run, tmp_path, name):
    refused(run(name, "-", "--corpus", tmp_path / "none", stdin=b"a\nb\n"), "没有语料目录")


# A machine that does not play along


def test_where_no_index_can_be_stored_questions_are_answered_from_memory(folder, tmp_path):
    (tmp_path / "file").touch()
    options = ("--corpus", folder, "--index-dir", tmp_path / "file" / "index")
    process = command("index", *options)
    out, err = process.communicate()
    assert (process.returncode, out) == (1, b"")
    assert "请检查该文件夹的权限" in err.decode()
    process = command("ask", "每月补助多少", "--json", *options)
    out, err = process.communicate()
    assert process.returncode == 0
    assert json.loads(out)["status"] == "answered"
    assert "本次在内存中使用索引" in err.decode()
    assert b"Traceback" not in err


def test_a_full_disk(run, tmp_path, monkeypatch):
    write_clinics(tmp_path)
    run("index", "--corpus", tmp_path)
    before = (tmp_path / ".index" / "CURRENT").read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(store, "save_index", full)
    (tmp_path / "texts" / "city.txt").write_text(CITY.replace("6个月", "9个月"), encoding="utf-8")
    status, out, err = run("index", "--corpus", tmp_path, "--index-dir", tmp_path / ".index")
    assert (status, out) == (1, "")
    assert "磁盘已满" in err
    assert (tmp_path / ".index" / "CURRENT").read_bytes() == before
    status, out, _ = run("ask", "绵阳轮岗多久", "--corpus", tmp_path, "--index-dir", tmp_path / ".index")
    assert (status, "9个月" in out) == (0, True)


KILLED = """
import os, signal, cli
from indexer import LexicalIndex
save = LexicalIndex.save
def die(self, directory):
    save(self, directory)
    os.kill(os.getpid(), signal.SIGKILL)
LexicalIndex.save = die
cli.run()
"""


def test_a_build_that_is_killed_leaves_nothing_half_used(run, tmp_path):
    write_clinics(tmp_path)
    process = command("index", "--corpus", tmp_path, script=KILLED)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert list((tmp_path / ".index" / "builds").glob("tmp-*"))
    status, out, _ = run("ask", "每月补助多少", "--corpus", tmp_path, "--json")
    assert (status, json.loads(out)["status"]) == (0, "answered")
    assert not list((tmp_path / ".index" / "builds").glob("tmp-*"))


def test_a_reader_that_leaves_early_is_no_fault(folder):
    with command("ask", "-", "--corpus", folder) as process:
        process.stdin.write("每月补助多少\n".encode() * 50)
        process.stdin.flush()
        assert process.stdout.readline()
        process.stdout.close()
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_output_that_cannot_be_written_is_a_fault_told_in_one_line(folder):
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = subprocess.run(
            [sys.executable, "-c", "import cli; cli.run()", "docs", "--corpus", str(folder)],
            env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert process.returncode == 1
    assert "结果写不出去" in process.stderr.decode()
    assert b"Traceback" not in process.stderr


def test_another_encoding_of_the_terminal_breaks_nothing(folder):
    process = command("ask", "每月补助多少", "--corpus", folder, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert "「每名乡村医生每月发放补助600元。" in out.decode()


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_an_empty_one(folder, closed):
    process = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -c "import cli; cli.run()" ask - --corpus "$1" {closed}', sys.executable, str(folder)],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    assert (process.returncode, process.stdout, process.stderr) == (0, b"", b"")


def test_an_interrupt_ends_it_without_a_traceback(run, folder, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Engine, "ask", interrupted)
    status, out, err = run("ask", "补助", "--corpus", folder)
    assert (status, out) == (130, "")
    assert "Traceback" not in err
