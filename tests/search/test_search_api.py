from __future__ import annotations

import inspect
from dataclasses import FrozenInstanceError, fields

import pytest
from clinics import write_clinics

import corpus
import search
from corpus.errors import IndexStoreError, PolicyError, QuestionError
from search import Engine, open_engine


@pytest.mark.parametrize("package", [corpus, search])
def test_public_names(package):
    assert package.__all__ == sorted(package.__all__, key=lambda name: (not name.isupper(), name))
    public = {n for n, value in vars(package).items() if not n.startswith("_") and not inspect.ismodule(value)}
    assert public == set(package.__all__)


def test_every_public_name_says_what_it_is():
    for name in search.__all__:
        assert inspect.getdoc(getattr(search, name)), name
    for name, member in inspect.getmembers(Engine, inspect.isfunction):
        assert name.startswith("_") or inspect.getdoc(member), name


def test_values_cannot_be_changed(clinics):
    answer = clinics.ask("每月发放补助多少")
    for value in (answer, answer.scope, answer.answers[0], answer.answers[0].quotes[0], answer.hits[0].why):
        with pytest.raises(FrozenInstanceError):
            setattr(value, fields(value)[0].name, "别的")


def test_errors_tell_whose_fault_it_is():
    assert QuestionError("x").exit_status == 2
    assert IndexStoreError.exit_status == 1
    assert issubclass(QuestionError, PolicyError)


def test_an_engine_opens_on_the_shipped_corpus_without_arguments(tmp_path):
    engine = open_engine(index_dir=tmp_path)
    assert engine.documents()
    assert (tmp_path / "CURRENT").exists()


def test_what_cannot_be_stored_is_used_from_memory_unless_it_must_be_stored(clinics, tmp_path, caplog):
    (tmp_path / "file").touch()
    corpus_dir = write_clinics(tmp_path / "corpus")
    engine = open_engine(corpus_dir, index_dir=tmp_path / "file" / "index")
    assert engine.search("补助").hits == clinics.search("补助").hits
    assert "本次在内存中使用索引" in caplog.text
    with pytest.raises(IndexStoreError, match="请检查"):
        open_engine(corpus_dir, index_dir=tmp_path / "file" / "index", must_store=True)
