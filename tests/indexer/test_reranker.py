from __future__ import annotations

import shutil
import socket
import string
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from tiny_reranker import LENGTH, write_reranker

from corpus.errors import ModelError, ModelMissingError
from indexer import pretrained
from indexer.reranker import available_reranker, load_reranker
from indexer.static import BUILT_IN

QUESTION = "每月补助多少"
PASSAGES = ["每名乡村医生每月发放补助600元。", "乡村医生每年参加培训不少于80学时。", "", "合同期限不少于3年。", "😀"]
LETTERS = QUESTION + "".join(PASSAGES[:4]) + string.digits


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    return write_reranker(tmp_path_factory.mktemp("reranker") / "tiny", LETTERS)


def _plain(folder, passages):
    from sentence_transformers import CrossEncoder

    model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    return np.array([model.predict((QUESTION, passage), show_progress_bar=False) for passage in passages])


def test_a_local_cross_encoder_is_loaded_by_path(tiny):
    reranker = load_reranker(str(tiny))
    assert reranker.name == str(tiny)
    scores = reranker.scores(QUESTION, PASSAGES)
    assert (scores.shape, scores.dtype) == ((len(PASSAGES),), np.float32)
    assert np.allclose(scores, _plain(tiny, PASSAGES), atol=1e-5)
    assert len({round(float(score), 4) for score in scores}) == len(PASSAGES)


def test_many_passages_are_read_in_batches_and_keep_their_order(tiny):
    reranker = load_reranker(str(tiny))
    seen: list[int] = []
    scores = reranker.scores(QUESTION, PASSAGES * 20, seen.append)
    assert np.allclose(scores, np.tile(reranker.scores(QUESTION, PASSAGES), 20), atol=1e-5)
    assert sum(seen) == len(PASSAGES) * 20
    assert len(seen) > 1


def test_no_passages_give_no_scores(tiny):
    assert load_reranker(str(tiny)).scores(QUESTION, []).shape == (0,)


def test_what_is_longer_than_the_model_reads_is_cut_at_its_end(tiny):
    reranker = load_reranker(str(tiny))
    long = PASSAGES[1] * LENGTH
    cut, other = reranker.scores(QUESTION, [long + PASSAGES[0], PASSAGES[0] + long])
    assert cut == pytest.approx(reranker.scores(QUESTION, [long])[0])
    assert other != pytest.approx(cut)


def test_one_that_is_not_there_is_told_without_a_network_call(monkeypatch, caplog):
    def refuse(*_arguments, **_options):
        pytest.fail("a network call")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    for name in ("clauselens-tests/no-such-model", "不是 模型/名称/", "../nowhere", ""):
        with pytest.raises(ModelMissingError, match=r"未找到重排模型.*无网络.*不指定重排模型") as caught:
            load_reranker(name)
        assert caught.value.name == name
        caplog.clear()
        assert available_reranker(name) is None
        [told] = caplog.messages
        assert f"“{name}”" in told
        assert "本次不重排" in told


def test_none_is_asked_for_and_none_told(caplog):
    assert available_reranker(None) is None
    assert not caplog.messages


def test_a_download_happens_only_when_asked_for(monkeypatch, tiny):
    asked = []

    def fetch(name, *, local_files_only, **_options):
        asked.append((name, local_files_only))
        return str(tiny)

    monkeypatch.setattr(pretrained, "snapshot_download", fetch)
    assert load_reranker("some/model", allow_download=True).name == "some/model"
    load_reranker("some/model")
    assert asked == [("some/model", False), ("some/model", True)]


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: shutil.rmtree(folder) or folder.mkdir(),  # an empty folder
        lambda folder: (folder / "model.safetensors").write_bytes(b"\0" * 100),
        lambda folder: (folder / "config.json").write_text("{"),
    ],
)
def test_a_broken_one_is_told_and_not_passed_over(tiny, tmp_path, damage):
    folder = Path(shutil.copytree(tiny, tmp_path / "broken"))
    damage(folder)
    with pytest.raises(ModelError, match=r"重排模型.*不能加载.*请检查") as caught:
        available_reranker(str(folder))
    assert str(folder) in str(caught.value)
    assert not isinstance(caught.value, ModelMissingError)


def test_weights_that_give_no_numbers_are_told(tiny, tmp_path):
    folder = Path(shutil.copytree(tiny, tmp_path / "nan"))
    tensors = safetensors.numpy.load_file(folder / "model.safetensors")
    broken = tensors | {"classifier.bias": tensors["classifier.bias"] * np.float32(np.nan)}
    safetensors.numpy.save_file(broken, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match="非数值的分数"):
        load_reranker(str(folder)).scores(QUESTION, PASSAGES)


def test_a_model_of_another_kind_is_refused(tmp_path):
    # An encoder without its own scores gets some made up at random by the library: it must not be taken for a reranker.
    from transformers import BertConfig, BertModel

    size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    encoder = write_reranker(tmp_path / "encoder", LETTERS)
    vocabulary = len((tmp_path / "encoder" / "vocab.txt").read_text("utf-8").splitlines())
    (encoder / "modules.json").unlink()
    BertModel(BertConfig(vocab_size=vocabulary, max_position_embeddings=LENGTH, **size)).save_pretrained(encoder)
    with pytest.raises(ModelError, match=r"编码模型.*不是重排模型"):
        load_reranker(str(encoder))
    with pytest.raises(ModelError, match=r"每段给 3 个分数.*不是重排模型"):
        load_reranker(str(write_reranker(tmp_path / "three", LETTERS, labels=3)))
    with pytest.raises(ModelError, match="重排模型"):
        load_reranker(str(BUILT_IN))
