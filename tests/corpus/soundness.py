"""What must hold of every parse, whatever the text: the promises of corpus/model.py, asserted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from corpus.document import parse
from corpus.read import read_source

BREAKS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
BLANKS = "\ufeff\u200b\u200c\u200d\u2060"
"""Characters without ink that `str.isspace` does not count as blank."""


def squeeze(text):
    """`text` without anything blank."""
    return "".join(char for char in text if not char.isspace() and char not in BLANKS)


def parse_bytes(folder: Path, data: bytes, name: str = "made.txt", doc_id: str = "made"):
    """The document that a file of these bytes gives."""
    path = folder / name
    path.write_bytes(data)
    return parse(read_source(path, doc_id, name))


def assert_sound(document, data):
    """Every promise that holds of any document; `data` is the file it was read from."""
    clauses = document.clauses
    assert "\n".join(clause.text for clause in clauses) == document.text
    assert all(document.text[clause.start : clause.end] == clause.text for clause in clauses)
    assert all(clause.start <= clause.body < clause.end for clause in clauses)
    assert len({clause.clause_id for clause in clauses}) == len(clauses)
    assert all(clause.clause_id.startswith(f"{document.doc_id}/") for clause in clauses)
    for clause in clauses:
        assert_same_characters(read_raw(clause.raw, data, document.encoding), clause.text)
        assert_sentences_cover(document.text, clause)
    assert_nested(document.nodes, 0, len(document.text))
    for citation in document.metadata.citations:
        assert 0 <= citation.start < citation.end <= len(document.text)


def read_raw(ranges, data, encoding):
    """The characters in these byte ranges, which must be in order and apart."""
    flat = [offset for pair in ranges for offset in pair]
    assert flat == sorted(flat)
    return "".join(data[start:end].decode(encoding) for start, end in ranges)


def assert_same_characters(received, shown):
    """`shown` is `received`, but for a line break that became one "\\n", or one blank between Latin words."""
    assert len(received) == len(shown)
    for before, after in zip(received, shown, strict=True):
        assert before == after or (after in "\n " and before in BREAKS)


def assert_sentences_cover(text, clause):
    position = clause.body
    paragraph = 0
    for sentence in clause.sentences:
        assert position <= sentence.start < sentence.end <= clause.end
        assert not squeeze(text[position : sentence.start])
        assert sentence.paragraph >= paragraph
        paragraph, position = sentence.paragraph, sentence.end
    assert not squeeze(text[position : clause.end])


def assert_nested(nodes, start, end):
    position = start
    for node in nodes:
        assert position <= node.start < node.end <= end
        position = node.end
        assert_nested(node.children, node.start, node.end)


def assert_subsequence(document, source_text):
    """No character of the clean text is new, and none stands more often than in the source."""
    assert not Counter(squeeze(document.text)) - Counter(squeeze(source_text))
