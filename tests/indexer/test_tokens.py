from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import tokens
from indexer.fold import fold
from indexer.tokens import Tokenizer

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "corpus" / "texts").glob("*.txt"))

WORDS = [
    # search mode: the short words inside the long one as well
    ("专业技术人员", {"专业", "技术", "人员", "技术人员"}, {"、"}),
    # punctuation and blanks are no words
    ("补贴，工资 。", {"补贴", "工资"}, {"，", ",", "。", " "}),
    # traditional and full-width text gives the same words
    ("鄉鎮補貼３００元", {"乡镇", "补贴", "300元"}, {"鄉鎮"}),
    # a number and its measure word, with or without a blank between
    ("聊人社字〔2020〕57 号", {"57号", "57", "(2020)57号"}, {"号"}),
    # the other brackets
    ("人社部发[2016]57号", {"57号", "(2016)57号"}, set()),
    # percentages and decimals stay whole
    ("提高12.5％", {"12.5%", "12.5"}, {"5"}),
    # a spelled quantity is found by its digits
    ("满五年或二十年", {"五年", "5年", "20年"}, set()),
    # …but "one" is mostly part of another word
    ("一次性奖励", {"一次性"}, {"1次"}),
    ("👍\x00\ud800！", set(), {"👍"}),
]

CHARS = [
    # characters and pairs, in order; no pair across punctuation
    ("补贴，工", ["补", "贴", "补贴", "工"]),
    # a number is one unit
    ("57 号", ["57", "号", "57号"]),
    # Latin words too
    ("ICU beds", ["icu", "beds"]),
    ("5％", ["5%"]),
    ("𠮷野〇", ["𠮷", "野", "𠮷野", "〇", "野〇"]),
    ("。！？", []),
]


@pytest.mark.parametrize(("text", "present", "absent"), WORDS)
def test_words(text, present, absent):
    found = Tokenizer().words(text)
    assert present <= set(found)
    assert not absent & set(found)


@pytest.mark.parametrize(("text", "expected"), CHARS)
def test_chars(text, expected):
    assert Tokenizer().chars(text) == expected


def test_a_user_word_is_kept_whole_beside_its_parts():
    assert "乡镇工作补贴" not in Tokenizer().words("发放乡镇工作补贴")
    assert {"乡镇工作补贴", "乡镇", "补贴"} <= set(Tokenizer(("鄉鎮工作補貼",)).words("发放乡镇工作补贴"))


def test_of_a_document_number_the_letters_are_a_word():
    number = "渝人社发〔2017〕206号"
    assert {"渝人社发", "206号", "(2017)206号"} <= set(Tokenizer((number,)).words(f"根据{number}文件"))


def test_user_words_of_one_tokenizer_are_not_those_of_another():
    Tokenizer(("乡镇工作补贴",)).words("乡镇工作补贴")
    assert "乡镇工作补贴" not in Tokenizer().words("乡镇工作补贴")


def test_characters_unknown_to_the_dictionary_stay_single_unless_guessing():
    assert "多拿点" not in "".join(word for word in Tokenizer().words("能多拿点钱") if len(word) > 1)
    assert Tokenizer(guess_words=True).words("能多拿点钱") != Tokenizer().words("能多拿点钱")


def test_identity_tells_tokenizers_apart():
    assert Tokenizer(("甲乙", "丙丁")).identity() == Tokenizer(("丙丁", "甲乙")).identity()
    assert len({Tokenizer(w, guess_words=g).identity() for w in ((), ("甲乙",)) for g in (False, True)}) == 4


@pytest.fixture(scope="module")
def jieba_alone(tmp_path_factory):
    """A tokenizer as jieba makes it."""
    alone = tokens._import_jieba().Tokenizer()
    alone.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    alone.initialize()
    return alone


@pytest.mark.parametrize("guess", [False, True])
def test_splits_as_jieba_does(jieba_alone, guess):
    # reading only the part of the dictionary that a text needs makes no difference
    for path in TEXTS:
        text = fold(path.read_text(encoding="utf-8"))
        ours = Tokenizer(guess_words=guess)._prepared(text)
        expected = list(jieba_alone.cut_for_search(text, HMM=guess))
        assert list(ours.cut_for_search(text, HMM=guess)) == expected


def test_reads_the_dictionary_as_jieba_does(jieba_alone):
    dictionary = Tokenizer()._dictionary
    assert dictionary.total == jieba_alone.total
    ours = {}
    for character in {word[0] for word in jieba_alone.FREQ}:
        ours |= dictionary.words(character)
    assert ours == jieba_alone.FREQ


def test_leaves_nothing_in_the_temporary_directory_and_does_not_import_pkg_resources(tmp_path):
    temporary, modules = tmp_path / "tmp", tmp_path / "modules"
    temporary.mkdir()
    modules.mkdir()
    (modules / "pkg_resources.py").write_text("raise SystemExit('pkg_resources was imported')", encoding="utf-8")
    code = (
        "import sys; from indexer.tokens import Tokenizer; Tokenizer().words('乡镇补贴');"
        "print('pkg_resources' in sys.modules)"
    )
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONPATH": f"{modules}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (done.stdout, done.stderr) == ("False\n", "")
    assert list(temporary.iterdir()) == []


SHARED = Tokenizer(("乡镇工作补贴", "人社部发〔2016〕57号"))


@settings(deadline=None)
# without unassigned characters: newer Unicode has Han among them, which are tokens and yet "not alphanumeric"
@given(st.text(st.characters(exclude_categories=["Cn"])) | st.text("一二十百年月57.%号﹝〔[2016]乡镇工作补贴 \n\ud800"))
def test_any_text_gives_tokens_without_blanks_or_punctuation(text):
    for token in SHARED.words(text) + SHARED.chars(text):
        assert any(character.isalnum() for character in token)
        assert not any(character.isspace() for character in token)
        token.encode()


@pytest.mark.parametrize("part", ["补贴", "鄉", "五年", "1", "a", "57号", "👍", " ", "﹝2016﹞第"])
def test_a_very_long_text(part):
    repeated = part * 20_000
    assert len(SHARED.words(repeated)) <= 2 * len(repeated)
    assert len(SHARED.chars(repeated)) <= 2 * len(repeated)
