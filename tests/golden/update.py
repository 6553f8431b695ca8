"""Golden parses of the three shipped texts: `python tests/golden/update.py` writes them anew.

Read each against its text (`corpus/texts/`) before you commit it: the tests only hold the parse equal to these files.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from corpus import Clause, Corpus, Document, load_corpus

HERE = Path(__file__).parent


def golden_form(document: Document) -> dict[str, object]:
    """What a golden file holds of a document: everything a quote depends on."""
    return {
        "doc_id": document.doc_id,
        "path": document.path,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "metadata": asdict(document.metadata),
        "clauses": [_clause_form(document.text, clause) for clause in document.clauses],
    }


def _clause_form(text: str, clause: Clause) -> dict[str, object]:
    return {
        "clause_id": clause.clause_id,
        "kind": clause.kind,
        "label": clause.label,
        "heading": clause.heading,
        "trail": clause.trail,
        "start": clause.start,
        "body": clause.body,
        "end": clause.end,
        "raw": clause.raw,
        "text": clause.text,
        "sentences": [
            [one.start, one.end, one.paragraph, one.is_heading, text[one.start : one.end]] for one in clause.sentences
        ],
    }


def golden_text(document: Document) -> str:
    """The golden file of a document, as it is written."""
    return _laid_out(golden_form(document)) + "\n"


def _laid_out(value: object, depth: int = 0) -> str:
    """JSON with one line for each flat list, so that a change shows as the lines it touches."""
    pad = " " * (depth + 1)
    if isinstance(value, dict):
        rows = [f"{pad}{json.dumps(key)}: {_laid_out(inner, depth + 1)}" for key, inner in value.items()]
        return "{\n" + ",\n".join(rows) + "\n" + " " * depth + "}"
    if isinstance(value, list | tuple) and any(isinstance(inner, dict | list | tuple) for inner in value):
        rows = [f"{pad}{_laid_out(inner, depth + 1)}" for inner in value]
        return "[\n" + ",\n".join(rows) + "\n" + " " * depth + "]"
    return json.dumps(value, ensure_ascii=False)


def update(corpus: Corpus) -> None:
    """Write the golden file of every document of `corpus`."""
    for document in corpus.documents:
        (HERE / f"{document.doc_id}.json").write_text(golden_text(document), encoding="utf-8")


if __name__ == "__main__":
    update(load_corpus())
