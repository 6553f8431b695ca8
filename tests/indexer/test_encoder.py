from __future__ import annotations

import hashlib
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ModelError
from indexer.encoder import available_encoder, load_encoder
from indexer.static import BUILT_IN, SCALES, TOKENIZER, VECTORS, WEIGHTS, StaticEncoder

ROOT = BUILT_IN.parents[1]
TEXTS = [
    "大学生分到镇里头一年能多拿点钱不",
    "在乡镇工作的高校毕业生，可提前转正定级，转正定级时薪级工资高定一至两级。",
    "ＩＣＵ 护士怎么评职称？",
    "第三十二条　用人单位应当按照国家有关规定缴纳社会保险费。\n逾期不缴纳的，由社会保险费征收机构责令限期缴纳。" * 40,
    "",
    "😀",
]


@pytest.fixture(scope="module")
def built_in() -> StaticEncoder:
    return StaticEncoder()


def _folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUILT_IN, tmp_path / "model"))


def test_none_means_the_built_in_encoder(built_in):
    encoder = load_encoder(None)
    assert (encoder.name, encoder.dim) == ("built-in", built_in.dim)
    assert encoder.identity() == built_in.identity()


def test_rows_are_unit_float32_or_zero_where_nothing_is_known(built_in):
    for vectors in (built_in.encode_queries(TEXTS), built_in.encode_passages(TEXTS)):
        assert vectors.shape == (len(TEXTS), built_in.dim)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 1, 0, 0], atol=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t　",
        "，。？！……（）",  # punctuation is not part of the meaning
        "😀🎉",
        "\x00\x07",
        "\ud800",  # half of a pair, which no encoding can carry
        "ꙮ𓀀",  # letters outside the vocabulary
    ],
)
def test_a_text_with_nothing_known_gives_zeros(built_in, text):
    assert not built_in.encode_queries([text]).any()


def test_no_texts_give_no_rows(built_in):
    assert built_in.encode_queries([]).shape == (0, built_in.dim)
    assert built_in.encode_passages([]).shape == (0, built_in.dim)


ARTICLES = [
    "用人单位未按时足额缴纳社会保险费的，由社会保险费征收机构责令限期缴纳或者补足。",
    "森林防火期内，禁止在森林防火区野外用火。",
    "夫妻双方自愿离婚的，应当签订书面离婚协议。",
    "职工发生事故伤害，所在单位应当提出工伤认定申请。",
]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("公司不给交社保怎么办", 0),  # 社保 for 社会保险
        ("上山烧荒犯法吗", 1),  # no character in common
        ("两口子想分开", 2),  # no character in common
        ("上班路上摔伤了算工伤吗", 3),
    ],
)
def test_plain_words_lie_nearest_to_their_article(built_in, question, row):
    assert np.argmax(built_in.encode_passages(ARTICLES) @ built_in.encode_queries([question])[0]) == row


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("ICU护士", "ｉｃｕ护士"),  # width and case
        ("护士，晋升。", "护士 晋升"),  # punctuation
    ],
)
def test_width_case_and_punctuation_do_not_matter(built_in, text, same):
    vectors = built_in.encode_queries([text, same])
    assert np.array_equal(vectors[0], vectors[1])


def test_a_batch_gives_what_each_text_gives_alone(built_in):
    together = built_in.encode_passages(TEXTS * 400)  # more than one internal batch
    alone = np.concatenate([built_in.encode_passages([text]) for text in TEXTS])
    assert np.array_equal(together, np.tile(alone, (400, 1)))


def test_progress_counts_every_text(built_in):
    seen: list[int] = []
    built_in.encode_passages(["条文"] * 2500, seen.append)
    assert sum(seen) == 2500
    assert len(seen) > 1


@given(texts=st.lists(st.text(st.characters(), max_size=60), max_size=4))
def test_any_text_is_encoded(built_in, texts):
    vectors = built_in.encode_queries(texts)
    lengths = np.linalg.norm(vectors, axis=1)
    assert vectors.shape[0] == len(texts)
    assert np.all(np.isclose(lengths, 1, atol=1e-5) | (lengths == 0))


def test_plain_sentence_transformers_gives_the_same_vectors(built_in):
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(BUILT_IN), device="cpu", local_files_only=True).encode(TEXTS)
    ours = built_in.encode_passages(TEXTS)
    assert np.all((theirs * ours).sum(axis=1)[:4] >= 0.9999)
    assert not theirs[4:].any()


def test_the_built_in_path_imports_neither_torch_nor_sentence_transformers():
    code = (
        "import sys; from indexer.encoder import load_encoder; load_encoder().encode_queries(['问']);"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers', 'jieba') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_shipped_model_is_small():
    assert sum(path.stat().st_size for path in BUILT_IN.rglob("*") if path.is_file()) <= 12_000_000


def test_identity_changes_with_weights_and_tokenizer(tmp_path, built_in):
    folder = _folder(tmp_path)
    assert StaticEncoder(folder).identity() == built_in.identity()
    tensors = safetensors.numpy.load_file(folder / WEIGHTS)
    safetensors.numpy.save_file(tensors | {SCALES: tensors[SCALES] * 2}, folder / WEIGHTS)
    weighed = StaticEncoder(folder).identity()
    (folder / TOKENIZER).write_bytes((folder / TOKENIZER).read_bytes() + b"\n")
    assert len({built_in.identity(), weighed, StaticEncoder(folder).identity()}) == 3


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER])
@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-1000]),  # cut short
        lambda path: path.write_text("版本控制的指针，不是文件本身"),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_a_broken_file_is_named(tmp_path, name, damage):
    folder = _folder(tmp_path)
    damage(folder / name)
    with pytest.raises(ModelError, match=r"indexer\.train") as caught:
        StaticEncoder(folder)
    assert str(folder / name) in str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: {VECTORS: t[VECTORS]}, "weights"),  # no scales
        (lambda t: {"embedding.weight": t[VECTORS]}, "embedding.weight"),  # another layout
        (lambda t: t | {SCALES: t[SCALES][1:]}, "应含"),  # one scale short
        (lambda t: {VECTORS: t[VECTORS][1:], SCALES: t[SCALES][1:]}, "不配套"),  # one token short
        (lambda t: t | {SCALES: t[SCALES] * np.float32(np.nan)}, "非数值"),
    ],
)
def test_weights_that_do_not_fit_are_told(tmp_path, change, said):
    folder = _folder(tmp_path)
    tensors = safetensors.numpy.load_file(folder / WEIGHTS)
    (folder / WEIGHTS).write_bytes(safetensors.numpy.save(change(tensors)))
    with pytest.raises(ModelError, match=said):
        StaticEncoder(folder)


QUERY_PROMPT, PASSAGE_PROMPT = "问：", "文："


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    """A one-layer BERT with random weights, in the layout that sentence-transformers saves."""
    import torch
    from sentence_transformers import SentenceTransformer, models
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    written = "".join(TEXTS) + QUERY_PROMPT + PASSAGE_PROMPT + "为这个句子生成表示以用于检索相关文章"
    letters = sorted(set(written) - {"\n", "　"})
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]), "utf-8")
    torch.manual_seed(0)
    size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertModel(BertConfig(vocab_size=len(letters) + 5, max_position_embeddings=64, **size)).save_pretrained(folder / "b")
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=64).save_pretrained(folder / "b")
    word = models.Transformer(str(folder / "b"))
    SentenceTransformer(modules=[word, models.Pooling(16)], device="cpu").save(str(folder / "model"))
    return folder / "model"


def _with_prompts(tiny: Path, tmp_path: Path, name: str = "prompted") -> Path:
    folder = Path(shutil.copytree(tiny, tmp_path / name))
    config = folder / "config_sentence_transformers.json"
    config.write_text(f'{{"prompts": {{"query": "{QUERY_PROMPT}", "document": "{PASSAGE_PROMPT}"}}}}', "utf-8")
    return folder


def _plain(folder: Path, texts: list[str]) -> np.ndarray:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu").encode(texts, prompt="", normalize_embeddings=True)


def test_a_local_model_is_loaded_by_path(tiny):
    encoder = load_encoder(str(tiny))
    assert (encoder.name, encoder.dim) == (str(tiny), 16)
    seen: list[int] = []
    vectors = encoder.encode_passages(TEXTS * 60, seen.append)
    assert sum(seen) == len(TEXTS) * 60
    assert len(seen) > 1
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 1, 0, 1] * 60, atol=1e-5)
    assert np.allclose(vectors[:4], _plain(tiny, TEXTS[:4]), atol=1e-5)
    assert vectors.dtype == np.float32
    assert encoder.encode_passages([]).shape == encoder.encode_queries([]).shape == (0, 16)


def test_prompts_of_the_model_go_in_front(tiny, tmp_path):
    folder = _with_prompts(tiny, tmp_path)
    encoder, text = load_encoder(str(folder)), TEXTS[0]
    assert np.allclose(encoder.encode_queries([text]), _plain(folder, [QUERY_PROMPT + text]), atol=1e-5)
    assert np.allclose(encoder.encode_passages([text]), _plain(folder, [PASSAGE_PROMPT + text]), atol=1e-5)


def test_bge_gets_the_query_prompt_that_its_configuration_lacks(tiny, tmp_path):
    from indexer.pretrained import QUERY_PROMPTS

    folder = Path(shutil.copytree(tiny, tmp_path / "bge-small-zh-v1.5"))
    encoder, text = load_encoder(str(folder)), TEXTS[0]
    prompted = QUERY_PROMPTS["bge-small-zh-v1.5"] + text
    assert np.allclose(encoder.encode_queries([text]), _plain(folder, [prompted]), atol=1e-5)
    assert np.allclose(encoder.encode_passages([text]), _plain(folder, [text]), atol=1e-5)


def test_identity_of_a_model_changes_with_files_and_prompts(tiny, tmp_path):
    from indexer.pretrained import SentenceTransformerEncoder

    first = load_encoder(str(tiny)).identity()
    assert load_encoder(str(tiny)).identity() == first
    others = [
        load_encoder(str(_with_prompts(tiny, tmp_path))).identity(),
        SentenceTransformerEncoder(str(tiny), query_prompt="查：").identity(),
    ]
    assert len({first, *others}) == 3


def test_a_model_that_is_not_there_is_told_without_a_network_call(monkeypatch):
    def refuse(*_arguments, **_options):
        pytest.fail("a network call")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    for name in ("clauselens-tests/no-such-model", "不是 模型/名称/", "../nowhere"):
        with pytest.raises(ModelError, match=r"未找到模型.*无网络.*内置模型") as caught:
            load_encoder(name)
        assert caught.value.name == name


def test_the_built_in_one_goes_on_where_the_named_one_is_not_there(caplog, built_in):
    assert available_encoder("clauselens-tests/no-such-model").identity() == built_in.identity()
    [told] = caplog.messages
    assert "未找到模型“clauselens-tests/no-such-model”" in told
    assert "本次改用内置模型" in told


def test_one_that_is_there_or_broken_is_not_replaced(tiny, tmp_path, caplog):
    assert available_encoder(str(tiny)).name == str(tiny)
    with pytest.raises(ModelError, match="不能加载"):
        available_encoder(str(tmp_path))
    assert not caplog.messages


def test_a_download_happens_only_when_asked_for(monkeypatch, tiny):
    from indexer import pretrained

    asked = []

    def fetch(name, *, local_files_only, **_options):
        asked.append((name, local_files_only))
        return str(tiny)

    monkeypatch.setattr(pretrained, "snapshot_download", fetch)
    assert load_encoder("some/model", allow_download=True).name == "some/model"
    load_encoder("some/model")
    assert asked == [("some/model", False), ("some/model", True)]


def test_a_failed_download_is_told(monkeypatch):
    from indexer import pretrained

    def fail(*_arguments, **_options):
        raise OSError("no route")

    monkeypatch.setattr(pretrained, "snapshot_download", fail)
    with pytest.raises(ModelError, match=r"下载失败.*no route.*内置模型"):
        load_encoder("some/model", allow_download=True)


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: shutil.rmtree(folder) or folder.mkdir(),  # an empty folder
        lambda folder: next(folder.rglob("model.safetensors")).write_bytes(b"\0" * 100),
        lambda folder: (folder / "modules.json").write_text("{"),
    ],
)
def test_a_broken_local_model_is_told(tiny, tmp_path, damage):
    folder = Path(shutil.copytree(tiny, tmp_path / "broken"))
    damage(folder)
    with pytest.raises(ModelError, match=r"不能加载.*内置模型") as caught:
        load_encoder(str(folder))
    assert str(folder) in str(caught.value)


def test_the_model_card_names_the_weights_it_describes():
    card = (BUILT_IN / "README.md").read_text("utf-8")
    assert hashlib.sha256((BUILT_IN / WEIGHTS).read_bytes()).hexdigest() in card
