"""The page from the command line: `python app.py`. What is on it and how it is served is in `search/tabs/`."""

from __future__ import annotations

import argparse
import gc
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import corpus.model
from corpus.errors import PolicyError
from search import Engine, open_engine
from search.serving.settings import PER_MINUTE, Serving, checked
from search.serving.sockets import check_free

SHIPPED = Path(corpus.model.__file__).parent
"""Where the shipped corpus is, whose example questions go with it."""


def read_examples(corpus_dir: Path) -> tuple[str, ...]:
    """Give the example questions of a corpus, one a line; none where it has no such file."""
    path = corpus_dir / "questions" / "examples.txt"
    if not path.is_file():
        return ()
    lines = (line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Nothing is garbage while libraries are imported: looking for it took a fifth of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _warm(engine: Engine, examples: Sequence[str]) -> None:
    """Ask and compare once, so that nobody waits for what is loaded and worked out at the first use."""
    for text in examples[:1] or [document.metadata.title or document.doc_id for document in engine.documents()[:1]]:
        engine.ask(text)
        engine.compare(text)


def serve(
    corpus_dir: Path | None = None,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    model: str | None = None,
    reranker: str | None = None,
    serving: Serving | None = None,
    feedback: Path | None = None,
) -> None:
    """Serve the page until interrupted; `model`, `reranker`: see `open_engine`; `serving`: how it is shared.

    `feedback`: the file to keep feedback in, see `build_app`.

    PolicyError when the corpus, a model, the port or the file of accounts cannot be used.
    """
    check_free(host, port)
    shared = checked(serving or Serving())
    engine = open_engine(corpus_dir, model=model, reranker=reranker)
    with _collecting_later():
        from search.tabs.page import build_app, launch  # Gradio takes seconds to import: what is wrong is told before

    examples = read_examples(corpus_dir or SHIPPED)
    app = build_app(engine, examples, feedback)
    address = launch(app, engine, host, port, shared)
    threading.Thread(target=_warm, args=(engine, examples), daemon=True).start()
    print(f"条文镜已启动：{address}（按 Ctrl+C 停止）", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        app.close(verbose=False)


def main(argv: Sequence[str] | None = None) -> int:
    """Start the page from the command line; gives the exit status."""
    parser = argparse.ArgumentParser(description="条文镜：以条文为据的政策问答与条款检索，只在本机运行")
    parser.add_argument("--host", default="127.0.0.1", help="监听的地址（默认 127.0.0.1，只有本机能访问）")
    parser.add_argument("--port", type=int, default=7860, help="端口（默认 7860）")
    parser.add_argument("--corpus", type=Path, default=None, metavar="DIR", help="语料目录（默认随附的语料）")
    parser.add_argument("--model", metavar="NAME", help="编码模型的名称或路径（默认内置）")
    parser.add_argument("--reranker", metavar="NAME", help="重排模型的名称或路径（默认不重排）")
    parser.add_argument("--auth-file", type=Path, metavar="FILE", help="账号文件，要登录才能用（clauselens accounts）")
    parser.add_argument("--root-path", default="", metavar="PATH", help="反向代理的路径，如 /policy")
    parser.add_argument("--rate", type=int, default=PER_MINUTE, metavar="N", help="每个客户端每分钟的请求数")
    parser.add_argument(
        "--feedback", type=Path, metavar="FILE", help="反馈记在哪个文件（默认语料目录的 feedback.sqlite）"
    )
    options = parser.parse_args(argv)
    shared = Serving(options.auth_file, options.root_path, options.rate)
    try:
        serve(
            options.corpus,
            options.host,
            options.port,
            model=options.model,
            reranker=options.reranker,
            serving=shared,
            feedback=options.feedback,
        )
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
