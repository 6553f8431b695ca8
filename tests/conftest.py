from __future__ import annotations

import pytest
from tiny_corpus import FakeEncoder, make_corpus


@pytest.fixture
def tiny_corpus(tmp_path):
    """Two documents, `city` with three clauses and `county` with two."""
    return make_corpus(tmp_path)


@pytest.fixture
def fake_encoder():
    return FakeEncoder()
