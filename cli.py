"""The `clauselens` command: arguments in, one engine call, one view out."""

from __future__ import annotations

import getpass
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

import msgspec
import typer
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from corpus.errors import PolicyError, QuestionError
from corpus.load import load_corpus
from search.grouping import by_matter
from search.names import names_of
from search.serving.settings import PER_MINUTE, Serving
from search.views import comparison, record, text
from search.views.usage import usage_text

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="条文镜：用平常的话问政策，得到逐字引用的条文，或者一个老实的“没有”。只在本机运行。",
)
questions = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="写已知说法（questions/<文件编号>.txt）的工具。"
)
app.add_typer(questions, name="questions")
matches = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="核对条文的对应：确认、否定，记在语料目录的 alignment.toml。"
)
app.add_typer(matches, name="match")
feedbacks = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="反馈：看人们对回答标的对错，采用为已知说法，或导出成评测题。"
)
app.add_typer(feedbacks, name="feedback")
accounts = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="账号：多人共用的服务器要登录时，谁能登录。")
app.add_typer(accounts, name="accounts")


def _folder(value: str) -> Path:
    """The folder named; an empty name is an unset variable of somebody's script, not the working directory."""
    if not value.strip():
        raise typer.BadParameter("是空的，应当是一个目录。")
    return Path(value)


def _file(value: str) -> Path:
    """The file named; likewise."""
    if not value.strip():
        raise typer.BadParameter("是空的，应当是一个文件。")
    return Path(value)


CorpusDir = Annotated[
    Path | None, typer.Option("--corpus", metavar="DIR", parser=_folder, help="语料目录（默认随附的语料）")
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
One = Annotated[str, typer.Argument(metavar="ONE", help="一条的编号，如 national/3/7")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="另一份文件里一条的编号；哪条在前都行")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="备注（不写则保留同一结论原来的备注）")]
Number = Annotated[int, typer.Argument(metavar="ID", help="反馈的编号，见 feedback list")]
FeedbackFile = Annotated[
    Path | None,
    typer.Option(
        "--feedback", metavar="FILE", parser=_file, envvar="CLAUSELENS_FEEDBACK",
        help="反馈记在哪个文件（默认语料目录的 feedback.sqlite）",
    ),
]  # fmt: skip
AuthFile = Annotated[
    Path, typer.Option("--auth-file", metavar="FILE", parser=_file, help="账号文件，一行一个账号，只存密码的散列")
]
AccountName = Annotated[str, typer.Argument(metavar="NAME", help="登录用的名字")]
Docs = Annotated[list[str] | None, typer.Option("--doc", metavar="ID", help="只在这份文件里找（可写多次）")]
IndexDir = Annotated[
    Path | None,
    typer.Option("--index-dir", metavar="DIR", parser=_folder, envvar="CLAUSELENS_INDEX_DIR", help="索引放在哪里"),
]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", envvar="CLAUSELENS_MODEL", help="编码模型的名称或路径（默认内置）"),
]
Reranker = Annotated[
    str | None,
    typer.Option("--reranker", metavar="NAME", envvar="CLAUSELENS_RERANKER", help="重排模型的名称或路径（默认不重排）"),
]


class OutputError(PolicyError):
    """Standard output cannot be written."""

    exit_status = 1


class StateName(StrEnum):
    """What became of feedback."""

    new = "new"
    accepted = "accepted"
    dismissed = "dismissed"


class SystemName(StrEnum):
    """The retrieval systems by name."""

    hybrid = "hybrid"
    lexical = "lexical"
    dense = "dense"


class Asked(msgspec.Struct):
    """A line of a batch given as JSON; what else the line holds is left alone."""

    question: str
    doc: list[str] = []
    history: list[str] = []


@app.command()
def index(corpus: CorpusDir = None, index_dir: IndexDir = None, model: Model = None, *, as_json: AsJson = False,
          rebuild: Annotated[bool, typer.Option("--rebuild", help="全部重建")] = False) -> None:  # fmt: skip
    """建立或更新索引。"""
    engine = _open(corpus, index_dir, model, rebuild=rebuild, must_store=True)
    documents = engine.documents()
    facts = {
        "documents": len(documents),
        "clauses": len(engine.index.clauses),
        "sentences": len(engine.index.units.clause),
    }
    _put(
        facts if as_json else f"索引可用：{facts['documents']} 份文件，{facts['clauses']} 条，{facts['sentences']} 句。"
    )


@app.command()
def docs(corpus: CorpusDir = None, *, as_json: AsJson = False) -> None:
    """列出收录的文件及其元数据。"""
    documents = load_corpus(corpus).documents
    _put(record.documents_record(documents) if as_json else text.documents_text(documents))


@app.command()
def clauses(doc: Docs = None, corpus: CorpusDir = None, *, as_json: AsJson = False) -> None:
    """列出全部条文，按原文顺序。"""
    held = load_corpus(corpus)
    unknown = [doc_id for doc_id in doc or () if doc_id not in held.by_id]
    if unknown:
        raise QuestionError(f"没有编号为 {'、'.join(unknown)} 的文件。现有：{'、'.join(held.by_id)}。")
    documents = [document for document in held.documents if not doc or document.doc_id in doc]
    _put(record.clauses_record(documents) if as_json else text.clauses_text(documents))


@app.command()
def show(
    clause_id: Annotated[str, typer.Argument(metavar="CLAUSE_ID", help="条文编号，如 national/3/7")],
    corpus: CorpusDir = None,
    index_dir: IndexDir = None,
    *,
    as_json: AsJson = False,
) -> None:
    """显示一条条文的全文。"""
    engine = _open(corpus, index_dir, None)
    clause = engine.clause(clause_id)
    _put(record.clause_record(clause) if as_json else text.clause_text(clause, engine.document(clause.doc_id)))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="要问的事；写 - 则从标准输入逐行读")],
    doc: Docs = None,
    history: Annotated[
        list[str] | None, typer.Option("--history", metavar="QUESTION", help="之前问过的（可写多次）")
    ] = None,
    corpus: CorpusDir = None,
    index_dir: IndexDir = None,
    model: Model = None,
    reranker: Reranker = None,
    *,
    as_json: AsJson = False,
) -> None:
    """提问：每份文件怎么说，逐字引用；没有就说没有。"""
    engine = _open(corpus, index_dir, model, reranker)
    if question == "-":
        _batch(lambda a: record.answer_record(engine.ask(a.question, a.doc or doc or (), a.history or history or ())))
        return
    answer = engine.ask(question, doc or (), history or ())
    _put(record.answer_record(answer) if as_json else text.answer_text(answer, bold=sys.stdout.isatty()))


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="TEXT", help="词语或短语；写 - 则从标准输入逐行读")],
    k: Annotated[int, typer.Option("-k", metavar="N", help="最多列几条")] = 10,
    doc: Docs = None,
    system: Annotated[SystemName, typer.Option("--system", help="检索方式")] = SystemName.hybrid,
    corpus: CorpusDir = None,
    index_dir: IndexDir = None,
    model: Model = None,
    reranker: Reranker = None,
    *,
    grouped: Annotated[bool, typer.Option("--by-matter", help="各份文件里说同一件事的条文归在一起")] = False,
    as_json: AsJson = False,
) -> None:
    """检索条文。"""
    engine = _open(corpus, index_dir, model, reranker)
    if query == "-":
        _batch(lambda a: record.search_record(engine.search(a.question, k, a.doc or doc or (), system.value)))
        return
    result = engine.search(query, k, doc or (), system.value)
    if grouped and len(engine.documents()) > 1:
        groups = by_matter(result.hits, engine.align())
        _put(record.groups_record(result, groups) if as_json else text.groups_text(groups))
        return
    _put(record.search_record(result) if as_json else text.search_text(result))


@app.command()
def compare(
    topic: Annotated[
        str | None,
        typer.Argument(metavar="TOPIC", help="话题，或条款、章的编号（如 national/3）；写 - 则从标准输入逐行读话题"),
    ] = None,
    doc: Docs = None,
    corpus: CorpusDir = None,
    index_dir: IndexDir = None,
    *,
    whole: Annotated[bool, typer.Option("--all", help="整份文件逐条对照，不要话题")] = False,
    base: Annotated[
        str | None, typer.Option("--base", metavar="ID", help="整份或按条款、章对照时以哪份文件为底（默认层级最高的）")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """对照：一个话题各份文件怎么说，哪里不同；--all 为整份文件的对照。"""
    from search.compare.whole import is_part

    if whole == (topic is not None):
        raise QuestionError("请写一个话题，例如 clauselens compare 继续教育；或用 --all 对照整份文件（二者选一）。")
    engine = _open(corpus, index_dir, None)
    names = names_of(engine.documents())
    if topic == "-":
        _batch(lambda a: comparison.comparison_record(engine.compare(a.question, a.doc or doc or ())))
    elif topic is None or is_part(engine.documents(), topic):
        found = engine.compare_whole(base, doc or (), () if topic is None else (topic,))
        _put(comparison.whole_record(found) if as_json else comparison.whole_text(found, names, is_whole=whole))
    else:
        result = engine.compare(topic, doc or ())
        _put(comparison.comparison_record(result) if as_json else comparison.comparison_text(result, names))


@app.command()
def brief(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="写到哪里：.docx、.pptx、.xlsx 或 .md")
    ],
    topics: Annotated[
        list[str] | None,
        typer.Argument(metavar="TOPIC…", help="话题，或条款、章的编号（如 national/3），按先后"),
    ] = None,
    title: Annotated[str, typer.Option("--title", help="标题（默认由话题拼成）")] = "",
    note: Annotated[
        list[str] | None, typer.Option("--note", metavar="TEXT", help="开头的说明，一段（可写多次）")
    ] = None,
    plan: Annotated[
        Path | None, typer.Option("--plan", metavar="FILE", help="从 TOML 文件读议题、次序、标题和每个议题的说明")
    ] = None,
    doc: Docs = None,
    corpus: CorpusDir = None,
    index_dir: IndexDir = None,
    *,
    whole: Annotated[bool, typer.Option("--all", help="整份文件的对照（接在话题之后）")] = False,
    as_json: AsJson = False,
) -> None:
    """简报：几个话题的对照，写成可以改、可以讲的文件。"""
    from search.brief import Part, Plan, Topic, Whole, read_plan, write_briefing
    from search.compare.whole import is_part

    if plan is not None and (topics or whole or note):
        raise QuestionError("--plan 里已写明议题和说明，不能再写话题、--all 或 --note。请写进计划文件，或不用 --plan。")
    engine = _open(corpus, index_dir, None)
    if plan is None:
        named = [Part(t) if is_part(engine.documents(), t) else Topic(t.strip()) for t in topics or () if t.strip()]
        wanted = Plan((*named, *((Whole(),) if whole else ())), notes=tuple(note or ()))
    else:
        wanted = read_plan(plan)
    made = engine.brief(wanted, title, doc or ())
    write_briefing(made, output)
    points = sum(len(section.comparison.points) for section in made.sections)
    facts = {"file": str(output), "topics": len(made.sections), "points": points}
    _put(facts if as_json else f"已写好 {output}：{facts['topics']} 个议题，{points} 点对照。")


@app.command(name="eval")
def evaluate(
    suites: Annotated[list[str] | None, typer.Argument(metavar="SUITE…", help="评测集的名称或目录")] = None,
    *,
    beir: Annotated[
        Path | None, typer.Option("--beir", metavar="DIR", parser=_folder, help="改为评测 BEIR 目录：只检索，不回答")
    ] = None,
    split: Annotated[
        str | None,
        typer.Option("--split", metavar="NAME", help="用哪一部分：dev、test（默认）、all，BEIR 为 qrels 的文件名"),
    ] = None,
    systems: Annotated[
        str, typer.Option("--systems", metavar="A,B,C", help="比较哪些检索方式；all 为全部，逐一去掉综合检索的各部分")
    ] = "lexical,dense,hybrid",
    output: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="把全部结果写成 JSON 文件")] = None,
    run_file: Annotated[Path | None, typer.Option("--run", metavar="FILE", help="保存这次运行，供日后比较")] = None,
    against: Annotated[
        str | None, typer.Option("--against", metavar="RUN", help="与保存的运行（或另一检索方式）逐题比较")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="DIR", parser=_folder, help="写出 report.md 和 report.html")
    ] = None,
    bench: Annotated[
        Path | None,
        typer.Option("--bench", metavar="FILE", help="报告里加上测速结果（python -m eval.bench --json FILE）"),
    ] = None,
    trec: Annotated[
        Path | None, typer.Option("--trec", metavar="DIR", parser=_folder, help="写出 TREC 格式的 qrels 和各检索方式")
    ] = None,
    write_beir: Annotated[
        Path | None, typer.Option("--write-beir", metavar="DIR", parser=_folder, help="把评测集写成 BEIR 目录")
    ] = None,
    corpus: CorpusDir = None,
    index_dir: IndexDir = None,
    model: Model = None,
    reranker: Reranker = None,
    accept: Annotated[bool, typer.Option("--accept", help="把这次的结果接受为基线")] = False,
) -> None:
    """用评测集量一量：检索、回答和“没有”各对多少。"""
    from eval.beir import load_questions, open_beir
    from eval.command import Wishes, check_wishes, part_of, systems_with
    from eval.command import evaluate as run_all
    from eval.suite import find_suite, load_suite
    from eval.systems import engines_for, system_names
    from indexer.encoder import load_encoder
    from indexer.reranker import load_reranker

    wishes = Wishes(output, run_file, against, report, trec, write_beir, bench, accept)
    wanted = systems_with(system_names(systems), against)
    if beir is not None and (suites or corpus is not None):
        raise QuestionError("--beir 自带语料和题目，不能与 SUITE 或 --corpus 同用。请分两次运行。")
    names = suites or ["three-texts"]
    check_wishes(1 if beir is not None else len(names), wishes)
    if model is not None:
        load_encoder(model)  # figures must be those of the model named: an absent one is no reason to go on here
    if reranker is not None:
        load_reranker(reranker)
    with _Bars() as bars:
        if beir is not None:
            engine = open_beir(beir, index_dir=index_dir, model=model, reranker=reranker, progress=bars.report)
            held = [load_questions(beir, split, engine.index.row_of)]
        else:
            engine = _open(corpus, index_dir, model, reranker)
            held = [part_of(load_suite(find_suite(name), engine.documents()), split) for name in names]
        engines = engines_for(wanted, engine, bars.report)
    run_all(held, engines, wishes, Console(), Console(stderr=True), asks=beir is None)


@questions.command(name="lint")
def lint_questions(corpus: CorpusDir = None, *, as_json: AsJson = False) -> None:
    """查已知说法：原文对不上的、重复的、互相矛盾的，逐行指出。有要改的，退出状态为 2。"""
    from corpus.phrasing_lint import lint_phrasings
    from search.views.phrasing_faults import findings_record, findings_table

    findings = lint_phrasings(load_corpus(corpus))
    _put(findings_record(findings) if as_json else _drawn(findings_table(findings)))
    if findings.faults:
        raise typer.Exit(2)


@matches.command(name="list")
def list_matches(
    doc: Annotated[
        list[str] | None,
        typer.Option("--doc", metavar="ID", help="只列涉及这份文件的；写几次，就只列这几份之间的"),
    ] = None,
    corpus: CorpusDir = None,
    index_dir: IndexDir = None,
    *,
    as_json: AsJson = False,
) -> None:
    """列出对应的条文：自动得出的、确认和否定过的、核对过但没有采用的。"""
    from search.compare.matches import standing
    from search.views.matches import matches_record, matches_text

    engine = _open(corpus, index_dir, None)
    found = standing(engine, doc or ())
    _put(matches_record(found) if as_json else matches_text(found, engine.documents()))


@matches.command(name="accept")
def accept_match(
    one: One, other: Other, note: Note = None, corpus: CorpusDir = None, index_dir: IndexDir = None,
    *, as_json: AsJson = False,
) -> None:  # fmt: skip
    """确认两条规定的是同一事项；自动对照没有的，就此加上。"""
    _review(_open(corpus, index_dir, None), one, other, "same", note, as_json=as_json)


@matches.command(name="reject")
def reject_match(
    one: One, other: Other, note: Note = None, corpus: CorpusDir = None, index_dir: IndexDir = None,
    *, as_json: AsJson = False,
) -> None:  # fmt: skip
    """否定：两条规定的不是同一事项，自动得出的也不再采用。"""
    _review(_open(corpus, index_dir, None), one, other, "different", note, as_json=as_json)


def _review(engine: Any, one: str, other: str, verdict: Any, note: str | None, *, as_json: bool) -> None:
    from search.compare.matches import review
    from search.views.matches import match_record, match_text

    found = review(engine, one, other, verdict, note)
    _put(match_record(found) if as_json else match_text(found))


@matches.command(name="forget")
def forget_match(one: One, other: Other, corpus: CorpusDir = None, *, as_json: AsJson = False) -> None:
    """删去对两条的核对，回到自动对照的结果；条款已不在的也能删。"""
    from search.compare.reviewed import REVIEWED, remove_reviewed
    from search.views.matches import forgotten_text

    if not remove_reviewed(load_corpus(corpus).path, one, other):
        raise QuestionError(f"{REVIEWED} 里没有对 {one} 和 {other} 的核对。请用 clauselens match list 查看。")
    _put({"one": one, "other": other, "forgotten": True} if as_json else forgotten_text(one, other))


@feedbacks.command(name="list")
def list_feedback(
    state: Annotated[StateName | None, typer.Option("--state", help="只列这一类")] = None,
    corpus: CorpusDir = None,
    feedback: FeedbackFile = None,
    *,
    as_json: AsJson = False,
) -> None:
    """列出反馈，先来的在前；末行是记在哪个文件。"""
    from search.views.feedback import feedback_list_record, feedback_text

    _, store = _feedback(corpus, feedback)
    held = store.all(None if state is None else state.value)
    _put(feedback_list_record(held, store.path) if as_json else feedback_text(held, store.path))


@feedbacks.command(name="show")
def show_feedback(
    number: Number, corpus: CorpusDir = None, feedback: FeedbackFile = None, *, as_json: AsJson = False
) -> None:
    """显示一条反馈的全部内容。"""
    from search.views.feedback import feedback_detail_text, feedback_record

    held, store = _feedback(corpus, feedback)
    found = store.get(number)
    _put(feedback_record(found) if as_json else feedback_detail_text(found, held.documents))


@feedbacks.command(name="accept")
def accept_feedback(
    number: Number,
    clause: Annotated[
        list[str] | None,
        typer.Option("--clause", metavar="CLAUSE_ID", help="写给这一条（默认反馈里说对的那条；每份文件可写一条）"),
    ] = None,
    corpus: CorpusDir = None,
    feedback: FeedbackFile = None,
    *,
    near_miss: Annotated[
        bool, typer.Option("--near-miss", help="写作近似而不答（! 开头），默认写给错引的那条")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """采用：把问题写进 questions/<文件编号>.txt，作为这一条的说法。"""
    from eval.held_out import held_out
    from search.feedback.accept import accept
    from search.views.feedback import accepted_record, accepted_text

    held, store = _feedback(corpus, feedback)
    done = accept(held, store, number, clause or (), near_miss=near_miss)
    if suites := held_out(done.text, held.documents):
        sys.stderr.write(
            f"请注意：评测集 {'、'.join(suites)} 的 test 部分有这个问题（或几乎相同），写成说法会使那里的成绩虚高。\n"
        )
    _put(accepted_record(done) if as_json else accepted_text(done))


@feedbacks.command(name="dismiss")
def dismiss_feedback(
    number: Number, corpus: CorpusDir = None, feedback: FeedbackFile = None, *, as_json: AsJson = False
) -> None:
    """搁置：留着，但不采用，也不导出。"""
    from search.views.feedback import feedback_record

    found = _feedback(corpus, feedback)[1].settle(number, "dismissed")
    _put(feedback_record(found) if as_json else f"已搁置第 {number} 条：{found.given.question}")


@feedbacks.command(name="forget")
def forget_feedback(
    number: Number, corpus: CorpusDir = None, feedback: FeedbackFile = None, *, as_json: AsJson = False
) -> None:
    """删去一条反馈，不留内容；已写进说法的不受影响。"""
    _feedback(corpus, feedback)[1].forget(number)
    _put({"id": number, "forgotten": True} if as_json else f"已删去第 {number} 条反馈。")


@feedbacks.command(name="export")
def export_feedback(
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", parser=_file,
            help="写到这个文件（默认标准输出）；名为 questions.jsonl 而旁边没有 suite.toml 的，一并写好",
        ),
    ] = None,
    state: Annotated[StateName | None, typer.Option("--state", help="只导出这一类（默认除搁置的以外）")] = None,
    corpus: CorpusDir = None,
    feedback: FeedbackFile = None,
    *,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """导出成评测题，一行一题，格式见 eval/suite.py。"""
    from search.feedback.export import export, suite_lines, write_suite
    from search.views.feedback import exported_record, exported_text

    held, store = _feedback(corpus, feedback)
    chosen = [each for each in store.all() if each.state == state or (state is None and each.state != "dismissed")]
    exported = export(chosen, held.documents)
    if output is not None:
        write_suite(exported, output, held.path.resolve().name)
    if as_json:
        _put(exported_record(exported, output))
    elif output is not None:
        _put(f"已写好 {output}。{exported_text(exported)}")
    else:
        sys.stderr.write(f"{exported_text(exported)}\n")
        if exported.lines:
            _put(suite_lines(exported).rstrip("\n"))


def _feedback(corpus: Path | None, named: Path | None) -> tuple[Any, Any]:
    """The corpus, and where the feedback on it is kept."""
    from search.feedback.place import place_of
    from search.feedback.store import FeedbackStore

    held = load_corpus(corpus)
    return held, FeedbackStore(place_of(held.path, named))


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="监听的地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="端口")] = 7860,
    corpus: CorpusDir = None,
    model: Model = None,
    reranker: Reranker = None,
    auth_file: Annotated[
        Path | None,
        typer.Option("--auth-file", metavar="FILE", parser=_file, help="账号文件，要登录才能用（clauselens accounts）"),
    ] = None,
    root_path: Annotated[str, typer.Option("--root-path", metavar="PATH", help="反向代理的路径，如 /policy")] = "",
    rate: Annotated[int, typer.Option("--rate", metavar="N", help="每个客户端每分钟的请求数")] = PER_MINUTE,
) -> None:
    """打开网页，连同接口和 MCP 工具（与 python app.py 相同）。"""
    from app import serve as serve_page

    shared = Serving(auth_file, root_path, rate)
    serve_page(corpus, host, port, model=model, reranker=reranker, serving=shared)


@accounts.command(name="add")
def add_account(name: AccountName, auth_file: AuthFile) -> None:
    """加一个账号，或给已有的换密码；密码不显示，不是终端时从标准输入读一行。"""
    from search.serving.accounts import add_account as write_account
    from search.serving.accounts import checked_name

    kept = checked_name(name)
    is_new = write_account(auth_file, kept, _password())
    _put(f"{'已加上' if is_new else '已换密码'}：{kept}。正在运行的服务器即刻生效。")


@accounts.command(name="remove")
def remove_account(name: AccountName, auth_file: AuthFile) -> None:
    """删去一个账号；已登录的即刻失效。"""
    from search.serving.accounts import remove_account as take_account

    take_account(auth_file, name)
    _put(f"已删去 {name}。")


@accounts.command(name="list")
def list_accounts(auth_file: AuthFile, *, as_json: AsJson = False) -> None:
    """列出账号的名字。"""
    from search.serving.accounts import read_accounts

    names = list(read_accounts(auth_file))
    _put({"accounts": names} if as_json else "\n".join(names) or "还没有账号。请用 clauselens accounts add 加一个。")


def _password() -> str:
    """A password typed twice without echo, or a line of standard input where that is no terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("密码：")
    if getpass.getpass("再输一次：") != first:
        raise QuestionError("两次输入的密码不一样。请重来。")
    return first


def _open(
    corpus: Path | None, index_dir: Path | None, model: str | None, reranker: str | None = None,
    *, rebuild: bool = False, must_store: bool = False,
) -> Any:  # fmt: skip
    from search.engine import open_engine

    with _Bars() as bars:
        return open_engine(
            corpus, index_dir=index_dir, model=model, reranker=reranker,
            rebuild=rebuild, must_store=must_store, progress=bars.report,
        )  # fmt: skip


class _Bars:
    """Progress bars on stderr, one a stage, shown only while something is built."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._tasks:
            self._progress.stop()

    def report(self, stage: str, done: int, total: int) -> None:
        if not self._tasks:
            self._progress.start()
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)


def _drawn(shown: RenderableType) -> str:
    """As it looks on standard output; printed by `_put`, which knows what to do where nobody reads on."""
    console = Console()
    with console.capture() as capture:
        console.print(shown)
    return capture.get().rstrip("\n")


def _put(value: dict[str, Any] | str) -> None:
    """Print, at once. Who reads the output may have left, as `head` does: then there is nothing more to do."""
    content = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    try:
        sys.stdout.write(f"{content}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        raise typer.Exit from None
    except OSError as error:
        _drop_output()
        raise OutputError(f"结果写不出去（{error.strerror}）。请检查输出的位置和磁盘空间。") from error


def _batch(respond: Callable[[Asked], dict[str, Any]]) -> None:
    """Answer each line of stdin with a line of JSON, at once and in order; a bad line gives its error there."""
    for line in _lines():
        try:
            reply = respond(_asked(line))
        except PolicyError as error:
            reply = {"error": str(error)}
        _put(reply)


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        yield line.rstrip("\r\n").removeprefix("\ufeff")


def _asked(line: str) -> Asked:
    if not line.lstrip().startswith("{"):
        return Asked(line)
    try:
        return msgspec.json.decode(line, type=Asked)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise QuestionError(
            '这一行不是能读的 JSON。应当像 {"question": "…", "doc": ["…"], "history": ["…"]}。'
        ) from error


_ClickError: type[Exception] = typer.BadParameter.__mro__[2]


def _prepare_streams() -> None:
    """UTF-8 whatever the locale, undecodable input kept apart line by line; a closed stream is an empty one."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - stays open
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape" if name == "stdin" else "backslashreplace")


def _drop_output() -> None:
    """Let what is still to be written go nowhere, so that the interpreter does not try it again at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status: 0 for an answer or an honest "no", 2 for bad input, 1 for a fault."""
    _prepare_streams()
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        status = app(args=arguments, prog_name="clauselens", standalone_mode=False)
    except _ClickError as error:
        sys.stderr.write(usage_text(error))
        return 2
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("已中断。\n")
        return 130
    return status if isinstance(status, int) else 0


def run() -> None:
    """Entry point of the installed command."""
    sys.exit(main())


if __name__ == "__main__":
    run()
