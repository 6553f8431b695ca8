from __future__ import annotations

import ast
from pathlib import Path

import indexer

ROOT = Path(__file__).parents[2]
ONLY_IN = {
    "jieba": "indexer/tokens.py",
    "rank_bm25": "indexer/lexical.py",
    "faiss": "indexer/dense.py",
    "opencc": "indexer/fold.py",
}


def test_public_names():
    assert indexer.__all__ == sorted(indexer.__all__)
    public = {
        name for name, value in vars(indexer).items() if not name.startswith("_") and not hasattr(value, "__spec__")
    }
    assert public == set(indexer.__all__)


def test_each_library_is_imported_in_one_place():
    found = {}
    for package in ("corpus", "indexer", "search", "eval"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                else:
                    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                for name in names:
                    found.setdefault(name.partition(".")[0], set()).add(path.relative_to(ROOT).as_posix())
    assert {library: found[library] for library in ONLY_IN} == {library: {place} for library, place in ONLY_IN.items()}


def test_imports_point_one_way():
    for path in (ROOT / "indexer").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not any(f"{how} {package}" in text for how in ("from", "import") for package in ("search.", "eval.")), (
            path
        )
