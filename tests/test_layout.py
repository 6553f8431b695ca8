from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.load import load_corpus

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "corpus": {"corpus"},
    "indexer": {"corpus", "indexer"},
    "search": {"corpus", "indexer", "search"},
    "eval": {"corpus", "indexer", "search", "eval"},
}
ONLY_IN = {
    "gradio": {"search/tabs"},
    "typer": {"cli.py", "search/commands"},
    "jieba": {"indexer/tokens.py"},
    "rank_bm25": {"indexer/lexical.py"},
    "faiss": {"indexer/dense.py"},
    "sentence_transformers": {"indexer/pretrained.py"},
}
OWN = {"corpus", "indexer", "search", "eval", "app", "cli"}


def sources():
    for name in ("corpus", "indexer", "search", "eval"):
        yield from sorted((ROOT / name).rglob("*.py"))
    yield from (ROOT / "app.py", ROOT / "cli.py")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_imports_point_one_way(package):
    for path in (ROOT / package).rglob("*.py"):
        assert set(imported(path)) & OWN <= MAY_IMPORT[package], path


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_each_named_library_is_imported_in_one_place(library):
    folders = {place for place in ONLY_IN[library] if not place.endswith(".py")}
    found = {path.relative_to(ROOT) for path in sources() if library in set(imported(path))}
    parent = {path.parent.as_posix() for path in found}
    files = {path.as_posix() for path in found if path.parent.as_posix() not in folders}
    assert files | (parent & folders) == ONLY_IN[library]


def test_measures_are_imported_in_eval_alone():
    found = {path.relative_to(ROOT).parts[0] for path in sources() if "ir_measures" in set(imported(path))}
    assert found == {"eval"}


def own_names():
    """What the shipped texts call themselves: places, numbers, ids, bodies and titles."""
    names = set()
    for document in load_corpus().documents:
        metadata = document.metadata
        names |= {document.doc_id, metadata.title, metadata.number, *metadata.issuers}
        if metadata.region_code:
            names |= {metadata.region, metadata.short_name}
    return {name for name in names if name} - {"national"}  # also the name of a level


def code(path):
    """The source without comments, docstrings and help texts: what it does, not what it explains."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [s for s in body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
            node.body = kept or [ast.Pass()]
        if isinstance(node, ast.Call):
            node.keywords = [keyword for keyword in node.keywords if keyword.arg != "help"]
    return ast.unparse(tree)


def test_no_code_knows_the_shipped_texts():
    pattern = re.compile("|".join(map(re.escape, sorted(own_names(), key=len, reverse=True))))
    assert pattern.search("chongqing")  # the names are read at all
    known = {path.relative_to(ROOT).as_posix(): sorted(set(pattern.findall(code(path)))) for path in sources()}
    assert {path: names for path, names in known.items() if names} == {}


@pytest.mark.parametrize("package", ["corpus", "indexer", "search", "search.views", "eval"])
def test_nothing_happens_on_import(package, tmp_path):
    # No file made, nothing printed, no heavy library brought along that only some users need.
    heavy = {"torch", "gradio", "typer", "sentence_transformers"}
    script = f"import sys, {package}; print(sorted({heavy!r} & set(sys.modules)))"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
    assert list(tmp_path.iterdir()) == []


def test_no_folder_is_a_drawer_for_everything():
    names = {path.stem for path in sources()} | {path.parent.name for path in sources()}
    assert not names & {"utils", "util", "helpers", "common", "manager", "misc"}
