from __future__ import annotations

import numpy as np
from tiny_corpus import CITY, COUNTY, FakeEncoder, make_corpus

from indexer import IndexConfig, build_index

CONFIG = IndexConfig()


def test_rows(tiny_corpus, fake_encoder):
    index = build_index(tiny_corpus, CONFIG, fake_encoder)
    assert [clause.clause_id for clause in index.clauses] == ["city/1", "city/2", "city/3", "county/1", "county/2"]
    assert index.row_of["county/1"] == 3
    assert index.rows_of == {"city": range(3), "county": range(3, 5)}
    assert index.document_of["county"] is tiny_corpus.documents[1]
    assert [len(index.sentences_of(row)) for row in range(5)] == [2, 1, 1, 2, 1]


def test_every_index_finds_the_clause(tiny_corpus, fake_encoder):
    index = build_index(tiny_corpus, CONFIG, fake_encoder)
    question = "乡镇工作补贴每月多少"
    words, chars = index.tokenizer.words(question), index.tokenizer.chars(question)
    [vector] = fake_encoder.encode_queries([question])
    for scores in (
        index.clause_words.scores(words),
        index.clause_chars.scores(chars),
        index.units.lift(index.sentence_words.scores(words)),
        index.units.lift(index.sentence_chars.scores(chars)),
        index.clause_vectors.scores(vector),
        index.units.lift(index.sentence_vectors.scores(vector)),
    ):
        assert scores.shape == (5,)
        assert int(scores.argmax()) == 0


def test_user_words_are_kept_whole(tiny_corpus, fake_encoder):
    index = build_index(tiny_corpus, CONFIG, fake_encoder, ("艰苦边远地区",))
    assert "艰苦边远地区" in index.clause_words.vocabulary
    assert "艰苦边远地区" in index.tokenizer.words("到艰苦边远地区")


def test_only_changed_documents_are_encoded_again(tmp_path):
    first = build_index(make_corpus(tmp_path), CONFIG, FakeEncoder())
    changed = (*COUNTY[:1], ("二、服务年限", "（二）", "约定服务期", "新聘人员应在基层服务满3年。"))
    again = FakeEncoder()
    index = build_index(make_corpus(tmp_path, new=COUNTY, city=CITY, county=changed), CONFIG, again, (), first)
    assert not any("乡镇工作补贴" in text for text in again.encoded)
    assert any("满3年" in text for text in again.encoded)
    fresh = build_index(make_corpus(tmp_path, new=COUNTY, city=CITY, county=changed), CONFIG, FakeEncoder())
    np.testing.assert_array_equal(index.clause_vectors.vectors, fresh.clause_vectors.vectors)
    np.testing.assert_array_equal(index.sentence_vectors.vectors, fresh.sentence_vectors.vectors)


def test_nothing_changed_nothing_encoded(tmp_path, fake_encoder):
    first = build_index(make_corpus(tmp_path), CONFIG, FakeEncoder())
    build_index(make_corpus(tmp_path), CONFIG, fake_encoder, (), first)
    assert fake_encoder.encoded == []


def test_everything_is_encoded_again(tmp_path, tiny_corpus):
    first = build_index(make_corpus(tmp_path), CONFIG, FakeEncoder())
    total = len(first.clauses) + len(first.units.clause)
    cases = [
        # by another model
        (FakeEncoder("2"), CONFIG),
        # the encoder is to read other texts
        (FakeEncoder(), IndexConfig(passage_trail=False)),
    ]
    for encoder, config in cases:
        build_index(tiny_corpus, config, encoder, (), first)
        assert len(encoder.encoded) == total


def test_a_removed_document_is_gone(tmp_path, fake_encoder):
    first = build_index(make_corpus(tmp_path), CONFIG, FakeEncoder())
    index = build_index(make_corpus(tmp_path, county=COUNTY), CONFIG, fake_encoder, (), first)
    assert set(index.rows_of) == {"county"}
    assert "转正" not in index.clause_words.vocabulary
    assert len(index.clause_vectors) == 2
    assert fake_encoder.encoded == []


def test_progress_ends_at_the_total(tiny_corpus, fake_encoder):
    calls = []
    build_index(tiny_corpus, CONFIG, fake_encoder, progress=lambda *call: calls.append(call))
    last = {stage: (done, total) for stage, done, total in calls}
    encoding, splitting, counting = {"编码": (12, 12)}, (5, 5), (2, 2)
    words, chars = {"切分词语": splitting, "统计词语": counting}, {"切分字符": splitting, "统计字符": counting}
    assert last == encoding | words | chars
