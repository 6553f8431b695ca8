"""The `clauselens` command: arguments in, one engine call, one view out. Its groups are in `search/commands/`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from corpus.errors import PolicyError, QuestionError
from corpus.load import load_corpus
from search.commands.accounts import accounts
from search.commands.feedback import Number, feedbacks, kept
from search.commands.match import matches
from search.commands.options import (
    AsJson,
    CorpusDir,
    Docs,
    FeedbackFile,
    IndexDir,
    Model,
    Reranker,
    SystemName,
    file,
    folder,
)
from search.commands.questions import questions
from search.commands.terminal import Bars, batch, opened, prepare_streams, put
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
for name, group in (("questions", questions), ("match", matches), ("feedback", feedbacks), ("accounts", accounts)):
    app.add_typer(group, name=name)


@app.command()
def index(corpus: CorpusDir = None, index_dir: IndexDir = None, model: Model = None, *, as_json: AsJson = False,
          rebuild: Annotated[bool, typer.Option("--rebuild", help="全部重建")] = False) -> None:  # fmt: skip
    """建立或更新索引。"""
    engine = opened(corpus, index_dir, model, rebuild=rebuild, must_store=True)
    documents = engine.documents()
    facts = {
        "documents": len(documents),
        "clauses": len(engine.index.clauses),
        "sentences": len(engine.index.units.clause),
    }
    put(
        facts if as_json else f"索引可用：{facts['documents']} 份文件，{facts['clauses']} 条，{facts['sentences']} 句。"
    )


@app.command()
def docs(corpus: CorpusDir = None, *, as_json: AsJson = False) -> None:
    """列出收录的文件及其元数据。"""
    documents = load_corpus(corpus).documents
    put(record.documents_record(documents) if as_json else text.documents_text(documents))


@app.command()
def clauses(doc: Docs = None, corpus: CorpusDir = None, *, as_json: AsJson = False) -> None:
    """列出全部条文，按原文顺序。"""
    held = load_corpus(corpus)
    unknown = [doc_id for doc_id in doc or () if doc_id not in held.by_id]
    if unknown:
        raise QuestionError(f"没有编号为 {'、'.join(unknown)} 的文件。现有：{'、'.join(held.by_id)}。")
    documents = [document for document in held.documents if not doc or document.doc_id in doc]
    put(record.clauses_record(documents) if as_json else text.clauses_text(documents))


@app.command()
def show(
    clause_id: Annotated[str, typer.Argument(metavar="CLAUSE_ID", help="条文编号，如 national/3/7")],
    corpus: CorpusDir = None,
    index_dir: IndexDir = None,
    *,
    as_json: AsJson = False,
) -> None:
    """显示一条条文的全文。"""
    engine = opened(corpus, index_dir, None)
    clause = engine.clause(clause_id)
    put(record.clause_record(clause) if as_json else text.clause_text(clause, engine.document(clause.doc_id)))


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
    engine = opened(corpus, index_dir, model, reranker)
    if question == "-":
        batch(lambda a: record.answer_record(engine.ask(a.question, a.doc or doc or (), a.history or history or ())))
        return
    answer = engine.ask(question, doc or (), history or ())
    put(record.answer_record(answer) if as_json else text.answer_text(answer, bold=sys.stdout.isatty()))


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
    engine = opened(corpus, index_dir, model, reranker)
    if query == "-":
        batch(lambda a: record.search_record(engine.search(a.question, k, a.doc or doc or (), system.value)))
        return
    result = engine.search(query, k, doc or (), system.value)
    if grouped and len(engine.documents()) > 1:
        groups = by_matter(result.hits, engine.align())
        put(record.groups_record(result, groups) if as_json else text.groups_text(groups))
        return
    put(record.search_record(result) if as_json else text.search_text(result))


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
    engine = opened(corpus, index_dir, None)
    names = names_of(engine.documents())
    if topic == "-":
        batch(lambda a: comparison.comparison_record(engine.compare(a.question, a.doc or doc or ())))
    elif topic is None or is_part(engine.documents(), topic):
        found = engine.compare_whole(base, doc or (), () if topic is None else (topic,))
        put(comparison.whole_record(found) if as_json else comparison.whole_text(found, names, is_whole=whole))
    else:
        result = engine.compare(topic, doc or ())
        put(comparison.comparison_record(result) if as_json else comparison.comparison_text(result, names))


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
    engine = opened(corpus, index_dir, None)
    if plan is None:
        named = [Part(t) if is_part(engine.documents(), t) else Topic(t.strip()) for t in topics or () if t.strip()]
        wanted = Plan((*named, *((Whole(),) if whole else ())), notes=tuple(note or ()))
    else:
        wanted = read_plan(plan)
    made = engine.brief(wanted, title, doc or ())
    write_briefing(made, output)
    points = sum(len(section.comparison.points) for section in made.sections)
    facts = {"file": str(output), "topics": len(made.sections), "points": points}
    put(facts if as_json else f"已写好 {output}：{facts['topics']} 个议题，{points} 点对照。")


@app.command(name="eval")
def evaluate(
    suites: Annotated[list[str] | None, typer.Argument(metavar="SUITE…", help="评测集的名称或目录")] = None,
    *,
    beir: Annotated[
        Path | None, typer.Option("--beir", metavar="DIR", parser=folder, help="改为评测 BEIR 目录：只检索，不回答")
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
        Path | None, typer.Option("--report", metavar="DIR", parser=folder, help="写出 report.md 和 report.html")
    ] = None,
    bench: Annotated[
        Path | None,
        typer.Option("--bench", metavar="FILE", help="报告里加上测速结果（python -m eval.bench --json FILE）"),
    ] = None,
    trec: Annotated[
        Path | None, typer.Option("--trec", metavar="DIR", parser=folder, help="写出 TREC 格式的 qrels 和各检索方式")
    ] = None,
    write_beir: Annotated[
        Path | None, typer.Option("--write-beir", metavar="DIR", parser=folder, help="把评测集写成 BEIR 目录")
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
    with Bars() as bars:
        if beir is not None:
            engine = open_beir(beir, index_dir=index_dir, model=model, reranker=reranker, progress=bars.report)
            held = [load_questions(beir, split, engine.index.row_of)]
        else:
            engine = opened(corpus, index_dir, model, reranker)
            held = [part_of(load_suite(find_suite(name), engine.documents()), split) for name in names]
        engines = engines_for(wanted, engine, bars.report)
    run_all(held, engines, wishes, Console(), Console(stderr=True), asks=beir is None)


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

    held, store = kept(corpus, feedback)
    done = accept(held, store, number, clause or (), near_miss=near_miss)
    if suites := held_out(done.text, held.documents):
        sys.stderr.write(
            f"请注意：评测集 {'、'.join(suites)} 的 test 部分有这个问题（或几乎相同），写成说法会使那里的成绩虚高。\n"
        )
    put(accepted_record(done) if as_json else accepted_text(done))


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="监听的地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="端口")] = 7860,
    corpus: CorpusDir = None,
    model: Model = None,
    reranker: Reranker = None,
    auth_file: Annotated[
        Path | None,
        typer.Option("--auth-file", metavar="FILE", parser=file, help="账号文件，要登录才能用（clauselens accounts）"),
    ] = None,
    root_path: Annotated[str, typer.Option("--root-path", metavar="PATH", help="反向代理的路径，如 /policy")] = "",
    rate: Annotated[int, typer.Option("--rate", metavar="N", help="每个客户端每分钟的请求数")] = PER_MINUTE,
    *,
    feedback: FeedbackFile = None,
) -> None:
    """打开网页，连同接口和 MCP 工具（与 python app.py 相同）。"""
    from app import serve as serve_page

    shared = Serving(auth_file, root_path, rate)
    serve_page(corpus, host, port, model=model, reranker=reranker, serving=shared, feedback=feedback)


_ClickError: type[Exception] = typer.BadParameter.__mro__[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status: 0 for an answer or an honest "no", 2 for bad input, 1 for a fault."""
    prepare_streams()
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
