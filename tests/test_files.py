from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from corpus.load import DEFAULT_CORPUS
from corpus.manifest import read_manifest

ROOT = Path(__file__).parents[1]


def entries(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", ["corpus/words.txt", "corpus/places-ambiguous.txt", "search/question-words.txt"])
def test_word_lists_are_sorted_and_say_each_word_once(name):
    words = entries(ROOT / name)
    assert words
    assert words == sorted(set(words))
    assert all(word == word.strip() for word in words)


def test_no_question_word_is_a_term_of_the_field():
    # It would be cut out of every question about it.
    assert not set(entries(ROOT / "search/question-words.txt")) & set(entries(ROOT / "corpus/words.txt"))


def test_example_questions_are_questions():
    examples = entries(DEFAULT_CORPUS / "questions" / "examples.txt")
    assert len(examples) == len(set(examples)) >= 5
    assert all(example.endswith("？") for example in examples)


@pytest.mark.parametrize("path", sorted(ROOT.glob("[a-z]*/**/*.toml")), ids=lambda path: path.name)
def test_data_files_parse(path):
    assert tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_shipped_manifest_lists_all_texts():
    listed = {entry.file for entry in read_manifest(DEFAULT_CORPUS / "manifest.toml").entries}
    assert listed == {path.relative_to(DEFAULT_CORPUS).as_posix() for path in DEFAULT_CORPUS.glob("texts/*")}
