from __future__ import annotations

import pytest
from clinics import write_clinics

from indexer import IndexConfig, build_index
from search import Engine, open_engine
from search.decide import Decision, Decisions

_SURE = Decision(weights=(12.0, 0.0, 0.0, 0.0), bias=-1.0, threshold=0.5, document_threshold=0.4)
SURE = Decisions(plain=_SURE, phrased=_SURE)
"""Answers where a sentence has a good part of the question's words."""


@pytest.fixture
def tiny_index(tiny_corpus, fake_encoder):
    return build_index(tiny_corpus, IndexConfig(), fake_encoder)


@pytest.fixture
def tiny_engine(tiny_index):
    return Engine(tiny_index, decision=SURE)


@pytest.fixture(scope="session")
def clinics(tmp_path_factory):
    """Engine over the made texts of `clinics.py`, with the built-in model."""
    return open_engine(write_clinics(tmp_path_factory.mktemp("clinics")))
