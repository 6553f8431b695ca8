from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import sparse
from tokenizers import Tokenizer

from corpus.terms import Term
from indexer.training import likeness
from indexer.training.bags import bags, tf_idf
from indexer.training.contrast import _dropped, _gradient, _thinned, contrasted
from indexer.training.likeness import like_pairs, nearest_others
from indexer.training.recipe import _neighbours, _question_pairs, _term_pairs
from indexer.training.sources import ClozePairs, NeighbourPairs, QuestionPairs, TermPairs, stacked
from indexer.training.texts import Passage, Question
from indexer.training.vocabulary import train_tokenizer


def _counts(rows: list[list[int]]) -> sparse.csr_matrix:
    return sparse.csr_matrix(np.array(rows, np.float32))


def _at_angles(*degrees: float) -> sparse.csr_matrix:
    """A unit row at each angle: the cosine of two rows is that of their difference."""
    angles = np.radians(degrees)
    return sparse.csr_matrix(np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32))


def test_a_cloze_pair_takes_the_sentence_out_of_its_passage():
    source = ClozePairs(_counts([[1, 0, 0]]), np.array([0]), _counts([[2, 1, 0]]), keep=0)
    pairs = source.draw(2, np.random.default_rng(0))
    assert pairs.passages.toarray().tolist() == [[1, 1, 0]] * 2
    assert pairs.clashes.tolist() == [[False, True], [True, False]]  # both from one passage


def test_other_golds_of_a_question_are_left_out():
    passages = _counts([[1, 0], [0, 1], [1, 1]])
    pairs = QuestionPairs(_counts([[1, 1]]), passages, ((0, 1),), ((2,),)).draw(8, np.random.default_rng(0))
    assert pairs.clashes.shape == (8, 16)
    assert not pairs.clashes.diagonal().any()
    assert pairs.clashes[:, :8].sum() == 8 * 7
    assert not pairs.clashes[:, 8:].any()


def test_near_misses_are_the_most_alike_without_the_golds():
    passages = _at_angles(0, 10, 20, 30, 40)
    questions = _at_angles(0, 0, 40)
    assert nearest_others(questions, passages, ((0,), (0, 2), (3,)), 2) == ((1, 2), (1, 3), (4, 2))
    assert nearest_others(questions[:1], passages, ((0, 4),), 9) == ((1, 2, 3),)  # no more are there


def test_near_misses_of_many_questions_are_those_of_each(monkeypatch):
    passages, questions = _at_angles(0, 10, 20, 30, 40), _at_angles(0, 40, 1, 39, 19)
    golds = ((0,), (4,), (1,), (3,), (2,))
    at_once = nearest_others(questions, passages, golds, 2)
    monkeypatch.setattr(likeness, "_BATCH", 2)
    assert nearest_others(questions, passages, golds, 2) == at_once


def test_a_question_has_no_near_miss_that_answers_it():
    texts = [f"{matter}按照规定办理" for matter in ("护士注册", "护士注销", "医师注册", "护士和医师注册")]
    tokenizer = train_tokenizer(texts, 100)
    questions, rows = [Question("护士怎么注册", ("a", "d"))], {"a": 0, "b": 1, "c": 2, "d": 3}
    source = _question_pairs(tokenizer, questions, bags(tokenizer, texts), rows)
    assert source is not None
    assert set(source.golds[0]) == {0, 3}
    assert set(source.near[0]) == {1, 2}


@pytest.mark.parametrize("batch", [256, 2])
def test_neighbours_are_of_different_groups_and_alike_but_no_copies(monkeypatch, batch):
    monkeypatch.setattr(likeness, "_BATCH", batch)
    degrees, laws = (0, 45, 45, 1, 85), ("甲", "甲", "乙", "丙", "丁")
    found = {tuple(pair) for pair in like_pairs(_at_angles(*degrees), laws)}
    assert found == {
        (i, j)
        for i, j in itertools.permutations(range(5), 2)
        if laws[i] != laws[j] and 0.2 <= np.cos(np.radians(degrees[i] - degrees[j])) <= 0.85
    }
    assert (0, 2) in found
    assert not found & {(0, 1), (1, 2), (0, 3), (0, 4)}  # one law; a copy; nearly a copy; little in common


def test_neighbours_are_none_where_nothing_is_alike():
    assert like_pairs(_at_angles(0, 90), ("甲", "乙")).shape == (0, 2)


def test_a_law_is_told_by_its_title_without_the_number_of_the_article():
    titles = ("甲法第一条", "甲法第二十条之一", "乙法第一条", "丙法第一百零三条")
    passages = [Passage(str(row), title, "") for row, title in enumerate(titles)]
    rows = _counts([[2, 1, 0, 0], [2, 0, 1, 0], [2, 1, 1, 0], [0, 0, 0, 3]])
    source = _neighbours(passages, rows)
    assert source is not None
    assert {tuple(pair) for pair in source.pairs} == {(0, 2), (2, 0), (1, 2), (2, 1)}
    cosines = (tf_idf(rows) @ tf_idf(rows).T).toarray()
    assert all(0.2 <= cosines[left, right] <= 0.85 for left, right in source.pairs)
    assert _neighbours(passages[:2], rows[:2]) is None


def test_neighbours_drawn_twice_do_not_count_against_each_other():
    source = NeighbourPairs(_counts([[1, 0], [0, 1]]), np.array([[0, 1]]))
    pairs = source.draw(3, np.random.default_rng(0))
    assert pairs.queries.toarray().tolist() == [[1, 0]] * 3
    assert pairs.passages.toarray().tolist() == [[0, 1]] * 3
    assert (pairs.clashes == ~np.eye(3, dtype=bool)).all()


def _words_of(texts: sparse.csr_matrix, tokenizer: Tokenizer, words: set[str]) -> list[str]:
    """The word that each row counts the tokens of."""
    counts = {tuple(bags(tokenizer, [word]).toarray()[0]): word for word in words}
    return [counts[tuple(row)] for row in texts.toarray()]


def test_term_pairs_of_the_same_word_do_not_count_against_each_other():
    words = [("社保", "保险"), ("社保", "养老"), ("五险", "保险"), ("工钱", "工资")]
    tokenizer = train_tokenizer([" ".join(pair) for pair in words] * 2, 100)
    source = _term_pairs(tokenizer, [Term(*pair, weight=1.0) for pair in words])
    assert source is not None
    pairs = source.draw(40, np.random.default_rng(0))
    plain, official = (
        _words_of(texts, tokenizer, {pair[side] for pair in words})
        for texts, side in ((pairs.queries, 0), (pairs.passages, 1))
    )
    drawn = list(zip(plain, official, strict=True))
    assert set(drawn) == set(words)
    for i, j in np.ndindex(40, 40):
        same = i != j and (drawn[i][0] == drawn[j][0] or drawn[i][1] == drawn[j][1])
        assert pairs.clashes[i, j] == same


def test_no_terms_are_no_source():
    assert _term_pairs(train_tokenizer(["社保"], 10), []) is None


def test_a_batch_is_its_parts_with_the_extra_passages_last():
    rng = np.random.default_rng(0)
    passages = _counts([[1, 0], [0, 1], [1, 1]])
    questions = QuestionPairs(passages, passages, ((0,), (1,), (2,)), ((1,), (2,), (0,))).draw(3, rng)
    neighbours = NeighbourPairs(passages, np.array([[0, 1]])).draw(2, rng)
    batch = stacked([questions, neighbours])
    assert batch.queries.toarray().tolist() == [*questions.queries.toarray().tolist(), [1, 0], [1, 0]]
    own = questions.passages.toarray().tolist()
    assert batch.passages.toarray().tolist() == [*own[:3], [0, 1], [0, 1], *own[3:]]
    assert (batch.clashes[:3, :3] == questions.clashes[:, :3]).all()
    assert (batch.clashes[:3, 5:] == questions.clashes[:, 3:]).all()
    assert (batch.clashes[3:, 3:5] == neighbours.clashes).all()
    assert not batch.clashes[:3, 3:5].any()
    assert not batch.clashes[3:, :3].any()
    assert not batch.clashes[3:, 5:].any()


def _batch(rng: np.random.Generator):
    """Pairs of every kind."""
    passages = sparse.csr_matrix(rng.integers(0, 3, (6, 5)).astype(np.float32))
    questions = QuestionPairs(passages[:4], passages, ((0,), (1,), (2,), (3,)), ((4,), (5,), (4,), (5,)))
    cloze = ClozePairs(passages[:3], np.array([3, 4, 5]), passages)
    neighbours = NeighbourPairs(passages, np.array([[0, 3], [1, 4]]))
    terms = TermPairs(passages[:2], passages[2:4], np.array([0, 0]), np.array([0, 1]))
    return stacked(
        [source.draw(count, rng) for source, count in ((cloze, 3), (questions, 4), (neighbours, 2), (terms, 2))]
    )


def test_the_gradient_is_the_slope_of_the_loss_without_dropout():
    rng = np.random.default_rng(0)
    batch = _thinned(_batch(rng), 0.0, rng)
    vectors = rng.standard_normal((5, 4))  # in float64, for the differences
    _, texts, slopes = _gradient(vectors, batch)
    gradient = texts.T @ slopes
    for cell in np.ndindex(5, 4):
        step = np.zeros((5, 4))
        step[cell] = 1e-5
        slope = (_gradient(vectors + step, batch)[0] - _gradient(vectors - step, batch)[0]) / 2e-5
        assert np.isclose(gradient[cell], slope, rtol=1e-3, atol=1e-4)


def test_without_dropout_texts_stay_as_they_are():
    rng = np.random.default_rng(0)
    batch = _batch(rng)
    kept = _thinned(batch, 0.0, rng)
    assert (kept.queries.toarray() == batch.queries.toarray()).all()
    assert (kept.passages.toarray() == batch.passages.toarray()).all()
    assert (kept.clashes == batch.clashes).all()


def test_dropout_leaves_out_about_its_share_of_tokens_and_nothing_else():
    texts = sparse.csr_matrix(np.full((100, 100), 2, np.float32))
    kept = _dropped(texts, 0.3, np.random.default_rng(0)).toarray()
    assert set(np.unique(kept)) == {0, 2}
    assert 0.28 < (kept == 0).mean() < 0.32
    assert (texts.toarray() == 2).all()  # what is drawn from stays whole


def test_training_brings_a_question_nearer_to_its_passage_and_tells_the_loss():
    questions = QuestionPairs(
        _counts([[1, 0, 0, 0], [0, 1, 0, 0]]), _counts([[0, 0, 1, 0], [0, 0, 0, 1]]), ((0,), (1,)), ((1,), (0,))
    )
    vectors = np.random.default_rng(1).normal(scale=0.1, size=(4, 8)).astype(np.float32)
    losses: list[float] = []
    learned = contrasted(vectors, [(questions, 8)], 200, np.random.default_rng(0), losses.append)
    assert len(losses) == 200
    assert losses[-1] < losses[0]
    assert learned[0] @ learned[2] > learned[0] @ learned[3]
    assert learned[1] @ learned[3] > learned[1] @ learned[2]
