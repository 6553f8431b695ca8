from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import IndexStoreError, ModelError
from indexer.dense import DenseIndex

ROOT = Path(__file__).parents[2]


def _unit(rows: list[list[float]]) -> np.ndarray:
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


FOUR = _unit([[1, 0], [0, 1], [1, 1], [1, 0]])
EAST = np.array([1, 0], dtype=np.float32)


@pytest.mark.parametrize(
    ("k", "rows"),
    [
        (4, [0, 3, 2, 1]),  # all, best first, the two equal ones by row
        (2, [0, 3]),
        (1, [0]),  # the tie lies across the cut: the earlier row stays
        (3, [0, 3, 2]),
        (99, [0, 3, 2, 1]),  # more than there are
        (0, []),
        (-1, []),
    ],
)
def test_top_is_best_first_and_ties_go_by_row(k, rows):
    found, scores = DenseIndex(FOUR).top(EAST, k)
    assert found.tolist() == rows
    assert found.dtype == np.int64
    assert scores.dtype == np.float32
    assert np.allclose(scores, (FOUR @ EAST)[rows], atol=1e-6)


def test_many_equal_scores_across_the_cut_keep_the_first_rows():
    vectors = np.tile(EAST, (50, 1))
    vectors[7] = [0, 1]
    assert DenseIndex(vectors).top(EAST, 10)[0].tolist() == [0, 1, 2, 3, 4, 5, 6, 8, 9, 10]


def test_scores_are_inner_products_in_row_order():
    scores = DenseIndex(FOUR).scores(EAST)
    assert scores.shape == (4,)
    assert scores.dtype == np.float32
    assert np.allclose(scores, [1, 0, 0.5**0.5, 1])


def test_an_empty_index_finds_nothing(tmp_path):
    index = DenseIndex(np.empty((0, 2), dtype=np.float32))
    assert len(index) == 0
    assert index.scores(EAST).shape == (0,)
    assert [found.shape for found in index.top(EAST, 5)] == [(0,), (0,)]
    index.save(tmp_path / "dense")
    assert DenseIndex.load(tmp_path / "dense").vectors.shape == (0, 2)


def test_vectors_outlive_the_index_and_do_not_reach_into_it():
    index = DenseIndex(FOUR)
    copy = index.vectors
    copy[:] = 0
    assert np.array_equal(index.vectors, FOUR)
    kept = index.vectors
    del index
    assert np.array_equal(kept, FOUR)


@given(st.integers(0, 40), st.integers(1, 8), st.integers(0, 50), st.integers(0, 2**31))
def test_top_agrees_with_sorting_all_scores(n, dim, k, seed):
    rng = np.random.default_rng(seed)
    vectors = rng.integers(-2, 3, (n, dim)).astype(np.float32)  # small whole numbers: sums are exact, ties many
    query = rng.integers(-2, 3, dim).astype(np.float32)
    scores = vectors @ query
    expected = np.lexsort((np.arange(n), -scores))[:k]
    rows, found = DenseIndex(vectors).top(query, k)
    assert rows.tolist() == expected.tolist()
    assert np.array_equal(found, scores[expected])


def test_save_then_load_gives_the_same_answers(tmp_path):
    index = DenseIndex(FOUR)
    index.save(tmp_path / "dense")
    again = DenseIndex.load(tmp_path / "dense")
    assert np.array_equal(again.vectors, FOUR)
    assert again.top(EAST, 3)[0].tolist() == index.top(EAST, 3)[0].tolist()


@pytest.mark.parametrize(
    "shape",
    [
        (4,),  # one vector, not a matrix
        (2, 2, 2),
        (3, 0),  # vectors without a dimension
    ],
)
def test_vectors_of_another_shape_are_refused(shape):
    with pytest.raises(ValueError, match="shape"):
        DenseIndex(np.zeros(shape, dtype=np.float32))


def test_vectors_that_are_no_numbers_are_refused():
    with pytest.raises(ValueError, match="nan"):
        DenseIndex(np.array([[np.nan, 1]], dtype=np.float32))


def test_a_query_of_another_dimension_says_both():
    with pytest.raises(ModelError, match=r"3.*2.*重建索引"):
        DenseIndex(FOUR).top(np.zeros(3, dtype=np.float32), 1)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],  # cut short
        lambda _: b"",
        lambda _: b"not an index at all",
        lambda data: data.replace(b"<f4", b"<i4"),  # another type
        lambda data: data[:-8] + b"\xff" * 8,  # nan
    ],
)
def test_a_damaged_file_is_named(tmp_path, damage):
    path = tmp_path / "dense"
    DenseIndex(FOUR).save(path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(IndexStoreError, match="重建索引") as caught:
        DenseIndex.load(path)
    assert caught.value.path == path


def test_a_missing_file_or_folder_is_named(tmp_path):
    with pytest.raises(IndexStoreError, match="不能读取"):
        DenseIndex.load(tmp_path / "none")
    with pytest.raises(IndexStoreError, match="不能写入"):
        DenseIndex(FOUR).save(tmp_path / "none" / "dense")


def test_scoring_every_row_starts_without_the_library_for_the_nearest_ones():
    code = (
        "import sys, numpy; from indexer.dense import DenseIndex; held = DenseIndex(numpy.eye(2, dtype='float32'));"
        "held.scores(numpy.eye(2, dtype='float32')[0]); print('faiss' in sys.modules);"
        "held.top(numpy.eye(2, dtype='float32')[0], 1); print('faiss' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told == "False\nTrue\n"


def test_vectors_given_may_change_afterwards():
    given = FOUR.copy()
    index = DenseIndex(given)
    given[:] = 0
    assert np.array_equal(index.vectors, FOUR)
